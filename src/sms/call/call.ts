import type { CredentialProvider } from '../auth/credentials.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';
import { Deadline, DeadlineExceededError, within } from '../http/deadline.ts';
import type { HttpResponse } from '../http/response.ts';
import { deadlineExceeded } from '../http/transport-errors.ts';
import { isRetryable, retryDelay } from '../resilience/retry-policy.ts';
import type { Pause } from '../resilience/throttle.ts';
import { canonicalQuery } from '../sign.ts';
import { toWire } from '../wire.ts';
import { type AttemptResult, attempt, type PreparedCall, settleSuspicion } from './attempt.ts';
import { acquireEndpoint, type Endpoint, hasReadyEndpoint, type SmsUpstream } from './upstream.ts';

/** Who makes the calls of one client. */
export interface Caller {
  /** For a fair share of what callers use together. */
  identity?: CallerIdentity | undefined;
  credentials: CredentialProvider;
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
 * The response of SMS, which is a success. Throws `RequestRejectedError` or `SmsUnavailableError`. Only reads are retried, or sent
 * to another endpoint, while the retry budget lasts and never past the deadline.
 */
export async function call(upstream: SmsUpstream, caller: Caller, request: CallRequest): Promise<HttpResponse> {
  const { budget, timeLeft, signal } = caller;
  takeCall(caller, request);
  const { totalTimeout } = upstream.limits;
  const milliseconds = timeLeft === undefined ? totalTimeout : Math.min(totalTimeout, timeLeft());
  if (milliseconds <= 0) throw deadlineExceeded();
  const deadline = new Deadline(Math.ceil(milliseconds), signal);
  try {
    return await new Call(upstream, caller, request, deadline).run();
  } catch (error) {
    // It passed before the call was sent, or between two attempts.
    const own = error instanceof DeadlineExceededError ? deadlineExceeded(error) : error;
    throw budget === undefined ? own : budget.failed(own, request.onlyReads);
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

/** A call with its retries. */
class Call {
  readonly #upstream: SmsUpstream;
  readonly #caller: Caller;
  readonly #identity: CallerIdentity;
  readonly #request: CallRequest;
  readonly #prepared: PreparedCall;
  readonly #deadline: Deadline;
  /** Endpoints that did not respond to it. */
  readonly #failed = new Set<Endpoint>();
  #retry = 0;
  /** It has waited as long as SMS told its caller to. */
  #hasWaited = false;

  constructor(upstream: SmsUpstream, caller: Caller, request: CallRequest, deadline: Deadline) {
    this.#upstream = upstream;
    this.#caller = caller;
    this.#identity = caller.identity ?? ANONYMOUS_CALLER;
    this.#request = request;
    this.#prepared = preparedCall(request, caller);
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
      if (!this.#mayRetry(result)) throw result.error;
      await this.#waitForRetry(endpoint, result.response, result.error);
      takeCall(this.#caller, this.#request);
    }
  }

  /** Makes an attempt once its caller may have one. Throws if nothing could be sent. */
  async #attempt(): Promise<{ endpoint: Endpoint; result: AttemptResult }> {
    const upstream = this.#upstream;
    const { credentials: provider, budget, onAttempt } = this.#caller;
    const identity = this.#identity;
    const { signal } = this.#deadline;
    let pause: Pause | null = null;
    let result: AttemptResult | null = null;
    try {
      const credentials = await within(signal, provider.resolve());
      pause = await upstream.throttle.admit(identity, this.#hasWaited, signal);
      // Another call of this request may have found out in the meantime that it gets nothing more.
      if (budget?.stopOfTakenCall) throw budget.stopOfTakenCall;
      await within(signal, upstream.rateLimiter.take(identity, this.#retry > 0));
      const place = await acquireEndpoint(upstream, identity, this.#failed, this.#request.onlyReads, signal);
      const begin = performance.now();
      result = await attempt(upstream, place, credentials, this.#prepared, signal);
      if (result.kind !== 'held-back' && !this.#caller.signal?.aborted)
        onAttempt?.(result.response, performance.now() - begin);
      result = await settleSuspicion(upstream, result, provider, signal);
      return { endpoint: place.endpoint, result };
    } catch (error) {
      throw notSent(error);
    } finally {
      const isBusy = (result?.response?.status ?? 500) >= 500 || isThrottled(result?.error);
      if (pause !== null) upstream.throttle.endTrial(identity, pause, !isBusy);
    }
  }

  #mayRetry({ kind, response, error }: AttemptResult): boolean {
    if (error === null || kind === 'held-back' || !this.#request.onlyReads) return false;
    return this.#retry < this.#upstream.options.retries && isRetryable(response, error);
  }

  /** Throws the error of the last attempt if the call cannot be repeated in time, or no endpoint takes it. */
  async #waitForRetry(endpoint: Endpoint, response: HttpResponse | null, error: Error): Promise<void> {
    const { random, wait } = this.#upstream.options;
    const { group } = this.#identity;
    this.#hasWaited = isThrottled(error);
    if (response === null) this.#failed.add(endpoint);
    const canSwitch = response === null && hasReadyEndpoint(this.#upstream, group, this.#failed);
    const delay = canSwitch ? 0 : retryDelay(this.#retry, retryAfterOf(error), random);
    if (delay === null || delay >= this.#deadline.left() || !endpoint.retryBudget.tryWithdraw()) throw error;
    if (delay > 0) await wait(delay, this.#deadline.signal);
    this.#deadline.signal.throwIfAborted();
    if (!hasReadyEndpoint(this.#upstream, group)) throw error;
  }
}

function preparedCall(
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
    target: pairs.length === 0 ? path : `${path}?${canonicalQuery(pairs)}`,
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
