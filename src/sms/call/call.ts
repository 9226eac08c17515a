import type { Credentials } from '../auth/credentials.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';
import { Deadline, DeadlineExceededError, within } from '../http/deadline.ts';
import type { HttpResponse } from '../http/response.ts';
import { deadlineExceeded } from '../http/transport-errors.ts';
import { isRetryable, retryDelay } from '../resilience/retry-policy.ts';
import { canonicalQuery } from '../sign.ts';
import { toWire } from '../wire.ts';
import { type Attempt, attempt, type PreparedCall, settled } from './attempt.ts';
import { acquireEndpoint, type Endpoint, type EndpointPermit, type SmsUpstream } from './upstream.ts';

/** Who makes the calls of one client. */
export interface Caller {
  /** For a fair share of what callers use together. */
  identity?: CallerIdentity | undefined;
  credentials: Credentials;
  /** Sent as `X-Request-Id`. */
  requestId: string;
  /** Sent as `X-Language` where an operation takes it and none is chosen. */
  language?: string | undefined;
  /** Ends every call of this caller. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that a call which begins now may take, where that is less than the upstream's own limit. */
  timeLeft?: (() => number) | undefined;
  /** What the request behind these calls may use. Without one each call is on its own. */
  budget?: Budget | undefined;
  /** Told of every attempt: the answer, if one came, and how many milliseconds it took. */
  onAttempt?: ((answer: HttpResponse | null, milliseconds: number) => void) | undefined;
  /** Why this caller may not change anything; every write is refused with it before anything is sent. */
  noWrites?: RequestRejectedError | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A call as a resolver thinks of it. Keys of query and body are renamed to their wire form. */
export interface CallRequest {
  method: PreparedCall['method'];
  path: string;
  query?: Query | undefined;
  body?: object | undefined;
  language?: string | undefined;
  /** The call changes nothing, so it may be repeated. */
  onlyReads: boolean;
}

/**
 * The answer of SMS, which is a success. Throws `SmsRefused` or `SmsUnreachable`. Only what reads is repeated, or sent to
 * another target: while the budget of retries lasts, and never past the deadline.
 */
export async function call(upstream: SmsUpstream, caller: Caller, wanted: CallRequest): Promise<HttpResponse> {
  const { budget } = caller;
  takeCall(caller, wanted);
  const { totalTimeout } = upstream.limits;
  const milliseconds = caller.timeLeft === undefined ? totalTimeout : Math.min(totalTimeout, caller.timeLeft());
  if (milliseconds <= 0) throw deadlineExceeded();
  const deadline = new Deadline(Math.ceil(milliseconds), caller.signal);
  try {
    return await persistently(upstream, caller, wanted, deadline);
  } catch (error) {
    // It passed while nothing was under way: before the call was sent, or between two attempts.
    const own = error instanceof DeadlineExceededError ? deadlineExceeded(error) : error;
    throw budget === undefined ? own : budget.failed(own, wanted.onlyReads);
  } finally {
    deadline.clear();
  }
}

/** Throws what ended the calls of the request. A write says that it was not sent. */
function takeCall({ budget }: Caller, { onlyReads }: CallRequest): void {
  try {
    budget?.takeCall();
  } catch (stop) {
    throw onlyReads ? stop : notSent(stop);
  }
}

async function persistently(
  upstream: SmsUpstream,
  caller: Caller,
  wanted: CallRequest,
  deadline: Deadline,
): Promise<HttpResponse> {
  const { identity = ANONYMOUS_CALLER } = caller;
  const request = callOf(wanted, caller);
  const failed = new Set<Endpoint>();
  let hasWaited = false;
  for (let retry = 0; ; retry += 1) {
    let attempted: Attempt | null = null;
    let place: EndpointPermit | null = null;
    try {
      const ready = caller.credentials.ready?.();
      if (ready instanceof Promise) await within(deadline.signal, ready);
      const entered = upstream.throttle.admit(identity, hasWaited, deadline.signal);
      const trial = entered instanceof Promise ? await entered : entered;
      try {
        // Others of this request may have found out in the meantime that it gets nothing more.
        if (caller.budget?.stop) throw caller.budget.stop;
        const taken = upstream.rateLimiter.take(identity, retry > 0);
        if (taken instanceof Promise) await within(deadline.signal, taken);
        const turn = acquireEndpoint(upstream, identity, failed, wanted.onlyReads, deadline.signal);
        place = turn instanceof Promise ? await turn : turn;
        const begin = performance.now();
        attempted = await attempt(upstream, place, caller.credentials, request, deadline.signal);
        caller.onAttempt?.(attempted.answer, performance.now() - begin);
        if (attempted.suspicion) attempted = await settled(upstream, attempted, caller.credentials, deadline.signal);
      } finally {
        const isBusy = (attempted?.answer?.status ?? 500) >= 500 || isThrottled(attempted?.error);
        if (trial !== null) upstream.throttle.endTrial(identity, trial, !isBusy);
      }
    } catch (error) {
      throw place === null ? notSent(error) : error;
    }
    const { endpoint } = place;
    const { answer, error } = attempted;
    if (error === null) {
      identity.markVerified();
      if (retry === 0) endpoint.budget.deposit();
      return answer;
    }
    if (!wanted.onlyReads || retry >= upstream.options.retries || !isRetryable(answer, error)) throw error;
    hasWaited = isThrottled(error);
    if (answer === null) failed.add(endpoint);
    await untilNext(upstream, identity.group, endpoint, failed, { answer, error, retry }, deadline);
    takeCall(caller, wanted);
  }
}

/** Until it is time to repeat a call. Throws its error where it cannot be repeated. */
async function untilNext(
  upstream: SmsUpstream,
  caller: string,
  { budget }: Endpoint,
  failed: ReadonlySet<Endpoint>,
  { answer, error, retry }: { answer: HttpResponse | null; error: Error; retry: number },
  deadline: Deadline,
): Promise<void> {
  const { random, wait } = upstream.options;
  const isElsewhere =
    answer === null && upstream.endpoints.some((other) => !failed.has(other) && other.circuit.retryAfter(caller) === 0);
  const pause = isElsewhere ? 0 : retryDelay(retry, retryAfterOf(error), random);
  if (pause === null || pause >= deadline.left() || !budget.tryWithdraw()) throw error;
  if (pause > 0) await wait(pause, deadline.signal);
  deadline.signal.throwIfAborted();
  if (upstream.endpoints.every(({ circuit }) => circuit.retryAfter(caller) > 0)) throw error;
}

function callOf(
  { method, path, query = {}, body, language, onlyReads }: CallRequest,
  { requestId, budget }: Caller,
): PreparedCall {
  const pairs = Object.entries(toWire(query) as Query).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)] as const],
  );
  return {
    method,
    path,
    query: pairs,
    line: pairs.length === 0 ? path : `${path}?${canonicalQuery(pairs)}`,
    body: body === undefined ? null : JSON.stringify(toWire(body)),
    headers: {
      'Content-Type': 'application/json',
      'X-Request-Id': requestId,
      ...(language !== undefined && { 'X-Language': language }),
    },
    // What SMS says of a write must be heard, whatever was read before.
    budget: onlyReads ? budget : undefined,
  };
}

function retryAfterOf(error: Error): number {
  return error instanceof RequestRejectedError || error instanceof SmsUnavailableError
    ? (error.facts.retryAfter ?? 0)
    : 0;
}
