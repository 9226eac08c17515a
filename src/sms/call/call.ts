import type { CredentialProvider } from '../auth/credentials.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';
import { Deadline, DeadlineExceededError, within } from '../http/deadline.ts';
import type { HttpResponse } from '../http/response.ts';
import { deadlineExceeded } from '../http/transport-errors.ts';
import type { EndedCall } from '../http/upstream-observer.ts';
import { isRetryable, retryDelay } from '../resilience/retry-policy.ts';
import type { Pause } from '../resilience/throttle.ts';
import { canonicalQuery } from '../sign.ts';
import { toWire } from '../wire.ts';
import { type AttemptResult, attempt, type PreparedCall, withTokenCheck } from './attempt.ts';
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
  signal?: AbortSignal | undefined;
  /** Milliseconds that a call which begins now may take, if that is less than the limit of the upstream. */
  timeLeft?: (() => number) | undefined;
  /** What the request that makes these calls may use. Without it, calls are not limited together. */
  budget?: Budget | undefined;
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
export async function call(upstream: SmsUpstream, caller: Caller, request: CallRequest): Promise<HttpResponse> {
  const { budget, timeLeft, signal } = caller;
  const { onlyReads } = request;
  takeCall(budget, onlyReads);
  const { totalTimeout } = upstream.limits;
  const milliseconds = timeLeft === undefined ? totalTimeout : Math.min(totalTimeout, timeLeft());
  if (milliseconds <= 0) throw deadlineExceeded();
  const deadline = new Deadline(Math.ceil(milliseconds), signal);
  try {
    return await new Call(upstream, caller, prepared(request, caller), deadline).run();
  } catch (cause) {
    // The deadline passed before the call was sent, or between two attempts.
    const error = cause instanceof DeadlineExceededError ? deadlineExceeded(cause) : cause;
    if (error !== cause)
      reportUnsent(upstream, { ...request, requestId: caller.requestId }, error as SmsUnavailableError);
    throw budget === undefined ? error : budget.failed(error, onlyReads);
  } finally {
    deadline.clear();
  }
}

function reportUnsent({ endpoints, observers }: SmsUpstream, call: EndedCall, error: SmsUnavailableError): void {
  const [first] = endpoints;
  if (first) for (const observer of observers) observer.callEnded?.(first.peer, call, { response: null, error }, 0);
}

/** Throws the error that ended the calls of the request. For a write it says that nothing was sent. */
function takeCall(budget: Budget | undefined, onlyReads: boolean): void {
  try {
    budget?.takeCall();
  } catch (stop) {
    throw onlyReads ? stop : notSent(stop);
  }
}

function prepared(
  { method, path, query = {}, body, language, onlyReads }: CallRequest,
  { requestId, budget }: Caller,
): PreparedCall {
  const pairs = Object.entries(toWire(query) as Query).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)] as const],
  );
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

/** A call with its retries. */
class Call {
  readonly #upstream: SmsUpstream;
  readonly #caller: Caller;
  readonly #identity: CallerIdentity;
  readonly #prepared: PreparedCall;
  readonly #deadline: Deadline;
  /** Endpoints that did not respond. */
  readonly #failed = new Set<Endpoint>();
  #retry = 0;
  /** The call has waited as long as SMS asked its caller to. */
  #hasWaited = false;

  constructor(upstream: SmsUpstream, caller: Caller, call: PreparedCall, deadline: Deadline) {
    this.#upstream = upstream;
    this.#caller = caller;
    this.#identity = caller.identity ?? ANONYMOUS_CALLER;
    this.#prepared = call;
    this.#deadline = deadline;
  }

  async run(): Promise<HttpResponse> {
    for (; ; this.#retry += 1) {
      const { endpoint, result } = await this.#attempt();
      if (result.error === null) {
        this.#identity.markVerified();
        if (this.#retry === 0) endpoint.retryBudget.deposit();
        return result.response;
      }
      await this.#waitForRetry(endpoint, result, result.error);
      takeCall(this.#caller.budget, this.#prepared.onlyReads);
    }
  }

  /** Makes an attempt when it is the caller's turn. Throws if the call is rejected before that. */
  async #attempt(): Promise<{ endpoint: Endpoint; result: AttemptResult }> {
    const { throttle, rateLimiter } = this.#upstream;
    const { credentials: provider, budget, onAttempt, signal: callerSignal } = this.#caller;
    const { signal } = this.#deadline;
    const identity = this.#identity;
    let pause: Pause | null = null;
    let result: AttemptResult | null = null;
    try {
      const credentials = await within(signal, provider.resolve());
      pause = await throttle.admit(identity, this.#hasWaited, signal);
      // Meanwhile another call of the same request may have found out that no more calls can succeed.
      if (budget?.stopOfTakenCall) throw budget.stopOfTakenCall;
      await within(signal, rateLimiter.take(identity, this.#retry > 0));
      const granted = await acquireEndpoint(this.#upstream, identity, this.#failed, this.#prepared.onlyReads, signal);
      const begin = performance.now();
      result = await attempt(this.#upstream, granted, credentials, this.#prepared, signal);
      const milliseconds = performance.now() - begin;
      if (result.kind !== 'held-back' && !callerSignal?.aborted) onAttempt?.(result.response, milliseconds);
      result = await withTokenCheck(this.#upstream, result, provider, signal);
      if (result.kind !== 'held-back' && !callerSignal?.aborted) this.#report(granted.endpoint, result, milliseconds);
      return { endpoint: granted.endpoint, result };
    } catch (error) {
      throw notSent(error);
    } finally {
      const isBusy = (result?.response?.status ?? 500) >= 500 || isThrottled(result?.error);
      if (pause !== null) throttle.endTrial(identity, pause, !isBusy);
    }
  }

  #report({ peer }: Endpoint, result: AttemptResult, milliseconds: number): void {
    for (const observer of this.#upstream.observers) observer.callEnded?.(peer, this.#prepared, result, milliseconds);
  }

  /** Throws the error of the attempt unless the call may be repeated, in time and by an endpoint that takes it. */
  async #waitForRetry(endpoint: Endpoint, { kind, response }: AttemptResult, error: Error): Promise<void> {
    const { retries, random, wait } = this.#upstream.options;
    const { group } = this.#identity;
    const mayRetry = kind !== 'held-back' && this.#prepared.onlyReads && this.#retry < retries;
    if (!mayRetry || !isRetryable(response, error)) throw error;
    this.#hasWaited = isThrottled(error);
    if (response === null) this.#failed.add(endpoint);
    const canSwitch = response === null && secondsUntilReady(this.#upstream, group, this.#failed) === 0;
    const delay = canSwitch ? 0 : retryDelay(this.#retry, retryAfterOf(error), random);
    if (delay === null || delay >= this.#deadline.remaining() || !endpoint.retryBudget.tryWithdraw()) throw error;
    if (delay > 0) await wait(delay, this.#deadline.signal);
    this.#deadline.signal.throwIfAborted();
    if (secondsUntilReady(this.#upstream, group) > 0) throw error;
  }
}

function retryAfterOf(error: Error): number {
  const isWorded = error instanceof RequestRejectedError || error instanceof SmsUnavailableError;
  return isWorded ? (error.facts.retryAfter ?? 0) : 0;
}
