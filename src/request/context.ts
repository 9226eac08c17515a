/** One request's headers -> one SMS client: the only reader of the caller's headers. */
import { randomUUID } from 'node:crypto';
import { type Credentials, refused } from '../sms/auth/credentials.ts';
import type { HeldBytes } from '../sms/budget/held-bytes.ts';
import { Budget, REQUEST_LIMITS, type RequestLimits } from '../sms/budget/request-budget.ts';
import { type Caller, type SmsClient, type SmsUpstream, smsClient } from '../sms/client.ts';
import { CallerIdentity, VerifiedCallers } from '../sms/fairness/caller-identity.ts';
import { Deadline, DeadlineExceededError, within } from '../sms/http/deadline.ts';
import { deadlineExceeded } from '../sms/http/transport-errors.ts';
import { type Entities, entitiesOf } from '../sms/operations/entities.ts';
import { type ProjectSearch, projectSearch } from '../sms/operations/project-search.ts';
import type { TaskUpdate, TaskWatches } from '../sms/operations/task-watch.ts';
import { type AuthSettings, credentialsFor, writesRefused } from './authentication.ts';
import { callLimitIn } from './call-limit.ts';
import { requestIdOf } from './request-id.ts';
import { timeLimitIn } from './time-limit.ts';

export type { AuthSettings } from './authentication.ts';

/** What resolvers get. It belongs to one request, so nothing of one caller can reach another. */
export interface Context {
  /** What this request may use, and what ended its calls. */
  budget: Budget;
  /** Throws, at once or later, where the caller's credentials are not valid. */
  identify(): Promise<unknown> | undefined;
  sms: SmsClient;
  entities: Entities;
  /** The migration project of a source server. */
  projectOf: ProjectSearch;
  /** Looks at a task until it ends. */
  watchTask(taskId: string, interval: number): AsyncIterableIterator<TaskUpdate>;
}

/** How callers prove who they are, and what one request may use. */
export interface ContextSettings extends AuthSettings {
  requestLimits?: Partial<RequestLimits>;
}

export function contextOf(
  request: Request,
  { endpoint, watches, held }: { endpoint: SmsUpstream; watches: TaskWatches; held: HeldBytes | null },
  settings: ContextSettings,
  identity: CallerIdentity,
  onAttempt?: Caller['onAttempt'],
): Context {
  const { credentials, limits } = termsOf(request.headers, settings, identity);
  const language = languageOf(request.headers);
  const noWrites = writesRefused(settings);
  const caller = { identity, credentials, language, noWrites };
  const budget = new Budget(limits, held);
  const timeLeft = () => budget.timeLeft;
  const { signal } = request;
  const sms = smsClient(endpoint, { ...caller, requestId: requestIdOf(request), signal, timeLeft, budget, onAttempt });
  return {
    budget,
    identify: () => {
      const ready = credentials.ready?.();
      return ready instanceof Promise ? inTime(ready, budget, signal) : undefined;
    },
    sms,
    entities: entitiesOf(sms),
    projectOf: projectSearch(sms),
    watchTask: (taskId, interval) =>
      watches.watch(
        {
          key: identity.fingerprint,
          sharedKey: identity.sharedKey,
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
  const known = new VerifiedCallers();
  const name = auth === 'service' ? 'authorization' : 'x-auth-token';
  return (header, address) => {
    const credentials = open ? '' : header(name);
    return new CallerIdentity(typeof credentials === 'string' ? credentials : '', address, known);
  };
}

/** The outcome, if it comes before the request's time is over and its client leaves. */
async function inTime(ready: Promise<unknown>, budget: Budget, signal: AbortSignal): Promise<unknown> {
  const deadline = new Deadline(Math.max(0, budget.timeLeft), signal);
  try {
    return await within(deadline.signal, ready);
  } catch (error) {
    throw budget.failed(error instanceof DeadlineExceededError ? deadlineExceeded(error) : error, true);
  } finally {
    deadline.clear();
  }
}

interface Terms {
  credentials: Credentials;
  limits: RequestLimits;
}

/** As whom the calls of a request are made, and within what limits: a caller may lower those of the gateway. */
function termsOf(headers: Headers, settings: ContextSettings, identity: CallerIdentity): Terms {
  const limits = { ...REQUEST_LIMITS, ...settings.requestLimits };
  const proof = { token: headers.get('x-auth-token'), authorization: headers.get('authorization') };
  try {
    limits.requestTimeout = Math.min(limits.requestTimeout, timeLimitIn(headers.get('x-request-timeout')) ?? Infinity);
    limits.maxCalls = Math.min(limits.maxCalls, callLimitIn(headers.get('x-max-calls')) ?? Infinity);
    return { credentials: credentialsFor(proof, settings, identity), limits };
  } catch (error) {
    return { credentials: refused(error as Error), limits };
  }
}

function languageOf(headers: Headers): string | undefined {
  const language = headers.get('x-language')?.toLowerCase();
  return language === 'en-us' || language === 'zh-cn' ? language : undefined;
}
