import { ANONYMOUS_CALLER, type CallerIdentity } from '../../fairness/caller-identity.ts';
import { type AbortState, Deadline, DeadlineExceededError } from '../../time/deadline.ts';
import type { CredentialProvider } from '../auth/credentials.ts';
import type { CallBudget } from '../call-budget.ts';
import { isThrottled, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import type { HttpResponse } from '../http/response.ts';
import { deadlineExceeded } from '../http/transport-errors.ts';
import { isRetryable, retryDelay } from '../resilience/retry-policy.ts';
import type { Account, Pause } from '../resilience/throttle.ts';
import { canonicalQuery } from '../sign.ts';
import { toWire } from '../wire.ts';
import { accountOf } from './account.ts';
import { Attempt, type PreparedCall } from './attempt.ts';
import { acquireEndpoint, type Endpoint, type SmsUpstream, secondsUntilReady } from './upstream.ts';

/** The caller on whose behalf one client makes its calls. */
export interface Caller {
  /** Among whom the caller gets a fair share. */
  identity?: CallerIdentity | undefined;
  credentials: CredentialProvider;
  /** Sent as `X-Request-Id`. */
  requestId: string;
  /** Sent as `X-Language` if an operation takes it and the request chooses none. */
  language?: string | undefined;
  /** Ends every call of this caller. */
  signal?: AbortState | undefined;
  /** Milliseconds that are left to a new call, if that is less than the limit of the upstream. */
  timeLeft?: (() => number) | undefined;
  /** What the request that makes these calls may use. Without it, calls are not limited together. */
  budget?: CallBudget | undefined;
  /** Called after every attempt with the response, if there is one, and the duration in milliseconds. */
  onAttempt?: ((response: HttpResponse | null, milliseconds: number) => void) | undefined;
  /** Set if this caller may not change anything: every write is rejected with it, and nothing is sent. */
  noWrites?: RequestRejectedError | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A call as a resolver describes it. Keys of query and body are renamed to their wire form. */
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
 * Returns the response of SMS if it is a success. Throws `RequestRejectedError` or `SmsUnavailableError`. Only reads
 * are retried or sent to another endpoint, while the retry budget lasts and never past the deadline.
 */
export function call(upstream: SmsUpstream, caller: Caller, request: CallRequest): Promise<HttpResponse> {
  return new Call(upstream, caller, request).run();
}

/** Throws the error that ended the calls of the request. For a write it says that nothing was sent. */
function takeCall(budget: CallBudget | undefined, onlyReads: boolean): void {
  try {
    budget?.takeCall();
  } catch (stop) {
    throw onlyReads ? stop : notSent(stop);
  }
}

function prepared(
  { method, path, query, body, language, onlyReads }: CallRequest,
  { requestId, budget }: Caller,
): PreparedCall {
  const pairs = query === undefined ? [] : pairsOf(query);
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'X-Request-Id': requestId };
  if (language !== undefined) headers['X-Language'] = language;
  return {
    method,
    path,
    query: pairs,
    target: pairs.length === 0 ? path : `${path}?${canonicalQuery(pairs)}`,
    body: body === undefined ? null : JSON.stringify(toWire(body)),
    headers,
    requestId,
    onlyReads,
    // The response to a write must be read, however much was read before.
    budget: onlyReads ? budget : undefined,
  };
}

function pairsOf(query: Query): [name: string, value: string][] {
  return Object.entries(toWire(query) as Query).map(([name, value]) => [name, String(value)]);
}

/** A call with its retries. */
class Call {
  readonly #upstream: SmsUpstream;
  readonly #caller: Caller;
  readonly #identity: CallerIdentity;
  readonly #request: CallRequest;
  /** Endpoints that did not respond. */
  #failed: readonly Endpoint[] = [];
  #retry = 0;
  /** Whether the call has already waited for as long as SMS requested. */
  #hasWaited = false;

  constructor(upstream: SmsUpstream, caller: Caller, request: CallRequest) {
    this.#upstream = upstream;
    this.#caller = caller;
    this.#identity = caller.identity ?? ANONYMOUS_CALLER;
    this.#request = request;
  }

  async run(): Promise<HttpResponse> {
    const { budget, timeLeft, signal } = this.#caller;
    const { onlyReads } = this.#request;
    const { totalTimeout } = this.#upstream.limits;
    takeCall(budget, onlyReads);
    const milliseconds = timeLeft === undefined ? totalTimeout : Math.min(totalTimeout, timeLeft());
    if (milliseconds <= 0) throw deadlineExceeded();
    const deadline = new Deadline(Math.ceil(milliseconds), signal);
    try {
      const call = prepared(this.#request, this.#caller);
      for (; ; this.#retry += 1) {
        const attempt = await this.#attempt(call, deadline);
        const { endpoint, response, error } = attempt;
        if (error === null && response !== null) {
          this.#identity.markVerified();
          if (this.#retry === 0) endpoint.retryBudget.deposit();
          return response;
        }
        await this.#waitForRetry(attempt, error as Error, deadline);
        takeCall(budget, onlyReads);
      }
    } catch (cause) {
      // The deadline passed before the call was sent, or between two attempts.
      const error = cause instanceof DeadlineExceededError ? deadlineExceeded(cause) : cause;
      if (error !== cause) this.#reportUnsent(error as Error);
      throw budget === undefined ? error : budget.failed(error, onlyReads);
    } finally {
      deadline.clear();
    }
  }

  #reportUnsent(error: Error): void {
    const {
      endpoints: [first],
      observers,
    } = this.#upstream;
    const call = { ...this.#request, requestId: this.#caller.requestId };
    if (first) for (const observer of observers) observer.callEnded?.(first.peer, call, { response: null, error }, 0);
  }

  /** Makes an attempt when it is the caller's turn. Throws if the call is rejected before that. */
  async #attempt(call: PreparedCall, deadline: Deadline): Promise<Attempt> {
    const { throttle, rateLimiter, observers } = this.#upstream;
    const { credentials: provider, budget, onAttempt, signal: callerSignal } = this.#caller;
    const identity = this.#identity;
    let account: Account | null = null;
    let pause: Pause | null = null;
    let attempt: Attempt | null = null;
    try {
      let credentials = provider.resolve();
      if (credentials instanceof Promise) credentials = await deadline.within(credentials);
      const counted = accountOf(credentials, identity);
      account = counted instanceof Promise ? await deadline.within(counted) : counted;
      const admission = throttle.admit(account, this.#hasWaited, deadline);
      pause = admission instanceof Promise ? await admission : admission;
      // Meanwhile, another call of the same request may have shown that no further call can succeed.
      if (budget?.stopOfTakenCall) throw budget.stopOfTakenCall;
      const rated = rateLimiter.take(identity, this.#retry > 0);
      if (rated instanceof Promise) await deadline.within(rated);
      const acquired = acquireEndpoint(this.#upstream, identity, account, this.#failed, call.onlyReads, deadline);
      const granted = acquired instanceof Promise ? await acquired : acquired;
      attempt = new Attempt(this.#upstream, granted, call);
      const begin = performance.now();
      await attempt.send(credentials, deadline);
      const milliseconds = performance.now() - begin;
      if (!callerSignal?.aborted) onAttempt?.(attempt.response, milliseconds);
      if (attempt.needsTokenCheck) await attempt.checkToken(provider, deadline);
      if (!callerSignal?.aborted)
        for (const observer of observers) observer.callEnded?.(granted.endpoint.peer, call, attempt, milliseconds);
      return attempt;
    } catch (error) {
      throw notSent(error);
    } finally {
      const isBusy = (attempt?.response?.status ?? 500) >= 500 || isThrottled(attempt?.error);
      if (account !== null && pause !== null) throttle.endTrial(account, pause, !isBusy);
    }
  }

  /** Throws the error of the attempt unless the call may be repeated, in time and by an endpoint that takes it. */
  async #waitForRetry({ endpoint, response }: Attempt, error: Error, deadline: Deadline): Promise<void> {
    const { retries, random, wait } = this.#upstream.options;
    const { group } = this.#identity;
    const mayRetry = this.#request.onlyReads && this.#retry < retries;
    if (!mayRetry || !isRetryable(response, error)) throw error;
    this.#hasWaited = isThrottled(error);
    if (response === null) this.#failed = [...this.#failed, endpoint];
    const canSwitch = response === null && secondsUntilReady(this.#upstream, group, this.#failed) === 0;
    const delay = canSwitch ? 0 : retryDelay(this.#retry, retryAfterOf(error), random);
    if (delay === null || delay >= deadline.remaining() || !endpoint.retryBudget.tryWithdraw()) throw error;
    if (delay > 0) await wait(delay, deadline.signal);
    deadline.throwIfAborted();
    if (secondsUntilReady(this.#upstream, group) > 0) throw error;
  }
}

function retryAfterOf(error: Error): number {
  const isWorded = error instanceof RequestRejectedError || error instanceof SmsUnavailableError;
  return isWorded ? (error.facts.retryAfter ?? 0) : 0;
}
