/** The headers of a request -> its GraphQL context. No other file reads the caller's headers. */
import { randomUUID } from 'node:crypto';
import { CallerIdentity, VerifiedCallers } from '../fairness/caller-identity.ts';
import { type CredentialProvider, rejecting } from '../sms/auth/credentials.ts';
import { type Caller, SmsClient, type SmsUpstream } from '../sms/client.ts';
import { deadlineExceeded } from '../sms/http/transport-errors.ts';
import { type Entities, type Entity, RequestEntities } from '../sms/operations/entities.ts';
import type { MessageLanguage } from '../sms/operations/migration-error.ts';
import type { ProgressUpdate } from '../sms/operations/progress-watch.ts';
import { type ProjectSearch, projectSearch } from '../sms/operations/project-search.ts';
import type { ServerSelection } from '../sms/operations/selected-servers.ts';
import type { TaskWatches, Watcher, WatchUpdate } from '../sms/operations/task-watch.ts';
import { type AbortState, Deadline, DeadlineExceededError } from '../time/deadline.ts';
import { type AuthSettings, credentialsFor, writeRejection } from './authentication.ts';
import type { HeldBytes } from './budget/held-bytes.ts';
import { Budget, type RequestLimits } from './budget/request-budget.ts';
import { parseMaxCalls } from './max-calls.ts';
import { type RequestHead, requestIdOf } from './request-id.ts';
import { parseRequestTimeout } from './request-timeout.ts';

export type { AuthSettings } from './authentication.ts';

/** What resolvers use. Each request has its own, so nothing of one caller can reach another. */
export interface Context {
  /** What this request may still use, and the error that ended its calls. */
  budget: Budget;
  /** Throws or rejects if the caller's credentials are not valid. Undefined if there is nothing to wait for. */
  checkCredentials(): Promise<unknown> | undefined;
  sms: SmsClient;
  entities: Entities;
  /** The language of the messages about failed migrations. */
  language: MessageLanguage;
  /** The migration project of a source server. */
  projectOf: ProjectSearch;
  /** For a subscription. */
  watches(): RequestWatches;
}

export interface RequestWatches {
  /** Polls a task until it ends. `interval` is in seconds. */
  watchTask(taskId: string, interval: number): AsyncIterableIterator<WatchUpdate<Entity>>;
  /** Polls the selected source servers until all of their tasks have ended. */
  watchServers(selection: ServerSelection, interval: number): AsyncIterableIterator<WatchUpdate<ProgressUpdate>>;
  /** See `TaskWatches.endOnStop`. */
  endOnStop: TaskWatches['endOnStop'];
}

/** How callers authenticate, and the limits of one request. */
export interface ContextSettings extends AuthSettings {
  requestLimits: RequestLimits;
}

export function contextOf(
  request: RequestHead,
  { upstream, watches, held }: { upstream: SmsUpstream; watches: TaskWatches; held: HeldBytes | null },
  settings: ContextSettings,
  identity: CallerIdentity,
  onAttempt?: Caller['onAttempt'],
): Context {
  const { credentials, limits } = termsOf(request.headers, settings, identity);
  const language = languageOf(request.headers);
  const caller = { identity, credentials, language, noWrites: writeRejection(settings) };
  const budget = new Budget(limits, held, identity);
  const timeLeft = () => budget.timeLeft;
  const { signal } = request;
  const sms = new SmsClient(upstream, {
    ...caller,
    requestId: requestIdOf(request),
    signal,
    timeLeft,
    budget,
    onAttempt,
  });
  return {
    budget,
    checkCredentials: () => {
      const check = credentials.resolve();
      return check instanceof Promise ? inTime(check, budget, signal) : undefined;
    },
    sms,
    entities: new RequestEntities(sms),
    language: language === 'zh-cn' ? 'zh' : 'en',
    projectOf: projectSearch(sms),
    watches: () =>
      requestWatches(watches, {
        key: identity.fingerprint,
        sharedKey: identity.sharedKey,
        client: (closed) => new SmsClient(upstream, { ...caller, requestId: randomUUID(), signal: closed }),
      }),
  };
}

function requestWatches(watches: TaskWatches, watcher: Watcher): RequestWatches {
  return {
    watchTask: (taskId, interval) => watches.watch(watcher, taskId, interval),
    watchServers: (selection, interval) => watches.watchServers(watcher, selection, interval),
    endOnStop: watches.endOnStop,
  };
}

/**
 * The identity of the caller of a request, from the header that the authentication mode uses and the network address, or from the
 * caller of the previous request on the same connection.
 */
export type IdentifyCaller = (
  header: (name: string) => unknown,
  address: string,
  previous?: CallerIdentity | null,
) => CallerIdentity;

export function callerIdentifier({ auth, open }: Pick<AuthSettings, 'auth' | 'open'>): IdentifyCaller {
  const verified = new VerifiedCallers();
  const name = auth === 'service' ? 'authorization' : 'x-auth-token';
  return (header, address, previous = null) => {
    const value = open ? '' : header(name);
    const credentials = typeof value === 'string' ? value : '';
    return previous?.next(credentials) ?? new CallerIdentity(credentials, address, verified);
  };
}

/** The outcome of the check, unless the deadline of the request passes or its client disconnects first. */
async function inTime(check: Promise<unknown>, budget: Budget, signal: AbortState): Promise<unknown> {
  const deadline = new Deadline(Math.max(0, budget.timeLeft), signal);
  try {
    return await deadline.within(check);
  } catch (error) {
    throw budget.failed(error instanceof DeadlineExceededError ? deadlineExceeded(error) : error, true);
  } finally {
    deadline.clear();
  }
}

/** The credentials and the limits of a request. Callers may lower the limits of the gateway. */
function termsOf(
  headers: RequestHead['headers'],
  settings: ContextSettings,
  identity: CallerIdentity,
): { credentials: CredentialProvider; limits: RequestLimits } {
  let limits = settings.requestLimits;
  const authHeaders = { token: headers.get('x-auth-token'), authorization: headers.get('authorization') };
  try {
    const timeout = parseRequestTimeout(headers.get('x-request-timeout'));
    if (timeout !== undefined) limits = { ...limits, requestTimeout: Math.min(limits.requestTimeout, timeout) };
    const maxCalls = parseMaxCalls(headers.get('x-max-calls'));
    if (maxCalls !== undefined) limits = { ...limits, maxCalls: Math.min(limits.maxCalls, maxCalls) };
    return { credentials: credentialsFor(authHeaders, settings, identity), limits };
  } catch (error) {
    return { credentials: rejecting(error as Error), limits };
  }
}

function languageOf(headers: RequestHead['headers']): string | undefined {
  const language = headers.get('x-language')?.toLowerCase();
  return language === 'en-us' || language === 'zh-cn' ? language : undefined;
}
