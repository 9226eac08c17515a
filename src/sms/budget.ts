import { SmsRefused, SmsUnreachable } from './errors.ts';

/** What one request may use. */
export interface RequestLimits {
  /** Calls to SMS, repetitions included. */
  maxCalls: number;
  /** References to entities, over all `_entities` of the request. */
  maxReferences: number;
  /** Milliseconds for the whole request. An event stream has them for each event. */
  requestTimeout: number;
}

export const REQUEST_LIMITS: RequestLimits = {
  // A report on 2,000 tasks makes 2,000 calls and reads some pages of the list.
  maxCalls: 2_500,
  maxReferences: 2_000,
  requestTimeout: 60_000,
};

/** Errors that one response holds. The others are counted. */
export const MAX_ERRORS = 100;

/** Timers may fire so many milliseconds early. */
const TIMER_PRECISION = 1;

type Stop = SmsRefused | SmsUnreachable;

/**
 * What one request has used so far, and what ended its calls: the first error that every further call would meet, such as
 * a limit that is used up, the deadline, a rejected token, or SMS's "too many calls". It is one error object, however many
 * fields wait for a call, so the response reports it once.
 */
export class Budget {
  readonly #limits: RequestLimits;
  #calls = 0;
  #references = 0;
  #end = 0;
  #stop: Stop | null = null;
  #isStopReported = false;
  #errors = 0;
  /** The client has left. Nothing more is done for it. */
  hasLeft = false;

  constructor(limits: RequestLimits = REQUEST_LIMITS) {
    this.#limits = limits;
    this.renew();
  }

  /** Gives everything back: the next event of a stream has a budget of its own. */
  renew(): void {
    this.#calls = 0;
    this.#references = 0;
    this.#end = performance.now() + this.#limits.requestTimeout;
    this.#stop = null;
    this.#isStopReported = false;
    this.#errors = 0;
  }

  /** What every further call fails with. Null while calls may be made. */
  get stop(): Stop | null {
    return this.#stop;
  }

  get maxCalls(): number {
    return this.#limits.maxCalls;
  }

  /** Milliseconds. */
  get timeLeft(): number {
    return this.#end - performance.now();
  }

  /** Errors that the response has no room for. */
  get omittedErrors(): number {
    return Math.max(0, this.#errors - MAX_ERRORS);
  }

  /** Ends all further calls, with the first error that does so. Returns that one. */
  stopWith(error: Stop): Stop {
    this.#stop ??= error;
    return this.#stop;
  }

  /** Takes one call from what is left. Throws what ended the calls. */
  takeCall(): void {
    if (this.#stop !== null) throw this.#stop;
    if (this.timeLeft <= 0) throw this.stopWith(timedOut(this.#limits));
    if (this.#calls >= this.#limits.maxCalls) throw this.stopWith(tooManyCalls(this.#limits));
    this.#calls += 1;
  }

  /** Takes references from what is left. Throws where there are too many, and ends the calls. */
  takeReferences(count: number): void {
    this.#references += count;
    if (this.#references > this.#limits.maxReferences) throw this.stopWith(tooManyReferences(this.#limits));
  }

  /**
   * The error to report for a failed call. A read that failed by what ends all calls shares that error. A write keeps its own,
   * which says what became of it.
   */
  failed(error: unknown, onlyReads: boolean): unknown {
    const endsAll = this.#noteFailure(error);
    return endsAll && onlyReads ? this.#stop : error;
  }

  /** Whether an error is to be reported: what ended the calls once, and of all others the first hundred. */
  admits(error: unknown): boolean {
    if (error === this.#stop) {
      if (this.#isStopReported) return false;
      this.#isStopReported = true;
      return true;
    }
    this.#errors += 1;
    return this.#errors <= MAX_ERRORS;
  }

  #noteFailure(error: unknown): boolean {
    if (isTimeout(error) && this.timeLeft <= TIMER_PRECISION) this.stopWith(timedOut(this.#limits));
    else if (isForAllCalls(error)) this.stopWith(error);
    else return false;
    return true;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof SmsUnreachable && error.reason === 'TIMEOUT';
}

/** An error that every further call of the caller would meet: a rejected token, or too many calls. */
function isForAllCalls(error: unknown): error is SmsRefused {
  return error instanceof SmsRefused && ['unauthenticated', 'throttled'].includes(error.kind);
}

function timedOut({ requestTimeout }: RequestLimits): SmsUnreachable {
  const message = `The request took longer than its limit of ${requestTimeout} ms. What was not read by then is null. Request less, or allow more time.`;
  return new SmsUnreachable('TIMEOUT', message);
}

function tooManyCalls({ maxCalls }: RequestLimits): SmsRefused {
  const message = `The request needs more calls to SMS than its limit of ${maxCalls}. What was not read by then is null. Request less, such as smaller pages or fewer joins.`;
  return new SmsRefused(400, 'CALL_BUDGET_EXCEEDED', message);
}

function tooManyReferences({ maxReferences }: RequestLimits): SmsRefused {
  const message = `The request has more references to entities than its limit of ${maxReferences}. Send several requests.`;
  return new SmsRefused(400, 'REFERENCE_BUDGET_EXCEEDED', message);
}
