/** One request's headers -> one SMS client: the only reader of the caller's headers. */
import { randomUUID } from 'node:crypto';
import { type AuthSettings, credentialsFor, writesRefused } from './authentication.ts';
import { CallerIdentity, KnownCallers } from './sms/caller-identity.ts';
import { type Caller, type SmsClient, type SmsEndpoint, smsClient } from './sms/client.ts';
import { type Credentials, refused } from './sms/credentials.ts';
import { type Entities, entitiesOf } from './sms/entities.ts';
import { type ProjectSearch, projectSearch } from './sms/project-search.ts';
import type { Look, TaskWatches } from './sms/task-watch.ts';
import { timeLimitIn } from './time-limit.ts';

export type { AuthSettings } from './authentication.ts';

/** What resolvers get. It belongs to one request, so nothing of one caller can reach another. */
export interface Context {
  sms: SmsClient;
  entities: Entities;
  /** The migration project of a source server. */
  projectOf: ProjectSearch;
  /** Looks at a task until it ends. */
  watchTask(taskId: string, interval: number): AsyncIterableIterator<Look>;
}

export function contextOf(
  request: Request,
  { endpoint, watches }: { endpoint: SmsEndpoint; watches: TaskWatches },
  settings: AuthSettings,
  identity: CallerIdentity,
  onAttempt?: Caller['onAttempt'],
): Context {
  const { credentials, timeLeft } = termsOf(request.headers, settings);
  const language = languageOf(request.headers);
  const noWrites = writesRefused(settings);
  const caller = { identity, credentials, language, noWrites };
  const { signal } = request;
  const sms = smsClient(endpoint, { ...caller, requestId: requestIdOf(request), signal, timeLeft, onAttempt });
  return {
    sms,
    entities: entitiesOf(sms),
    projectOf: projectSearch(sms),
    watchTask: (taskId, interval) =>
      watches.watch(
        {
          key: identity.fingerprint,
          client: (signal) => smsClient(endpoint, { ...caller, requestId: randomUUID(), signal }),
        },
        taskId,
        interval,
      ),
  };
}

/** Who sends a request, by the header that counts in this way of authentication, and by its network address. */
export type Identify = (header: (name: string) => unknown, address: string) => CallerIdentity;

export function identifier({ auth, open }: Pick<AuthSettings, 'auth' | 'open'>): Identify {
  const known = new KnownCallers();
  const name = auth === 'service' ? 'authorization' : 'x-auth-token';
  return (header, address) => {
    const credentials = open ? '' : header(name);
    return new CallerIdentity(typeof credentials === 'string' ? credentials : '', address, known);
  };
}

interface Terms {
  credentials: Credentials;
  timeLeft?: () => number;
}

/** As whom the calls of a request are made, and for how long. */
function termsOf(headers: Headers, settings: AuthSettings): Terms {
  const proof = { token: headers.get('x-auth-token'), authorization: headers.get('authorization') };
  try {
    const limit = timeLimitIn(headers.get('x-request-timeout'));
    const credentials = credentialsFor(proof, settings);
    if (limit === undefined) return { credentials };
    // The events of a stream come when they come: there the limit is that of each call.
    if (headers.get('accept')?.includes('text/event-stream')) return { credentials, timeLeft: () => limit };
    const end = performance.now() + limit;
    return { credentials, timeLeft: () => end - performance.now() };
  } catch (error) {
    return { credentials: refused(error as Error) };
  }
}

const requestIds = new WeakMap<Request, string>();

/** The caller's `X-Request-Id`, or a new one. Sent upstream and returned. */
export function requestIdOf(request: Request): string {
  const known = requestIds.get(request);
  if (known !== undefined) return known;
  const id = safeRequestId(request.headers.get('x-request-id')) ?? randomUUID();
  requestIds.set(request, id);
  return id;
}

/** A caller's id of a request, when it can be repeated anywhere. */
export function safeRequestId(given: unknown): string | null {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : null;
}

function languageOf(headers: Headers): string | undefined {
  const language = headers.get('x-language')?.toLowerCase();
  return language === 'en-us' || language === 'zh-cn' ? language : undefined;
}
