import { getHeapStatistics } from 'node:v8';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import type { HeldBytes } from './held-bytes.ts';

/** What one request may use. */
export interface RequestLimits {
  /** Calls to SMS, repetitions included. */
  maxCalls: number;
  /** References to entities, over all `_entities` of the request. */
  maxReferences: number;
  /** Milliseconds for the whole request. An event stream has them for each event. */
  requestTimeout: number;
  /** Bytes of all that SMS sends: they are held until the response is made. */
  maxReadBytes: number;
  /** Bytes of the response, counted while it is made. */
  maxResponseBytes: number;
}

export const REQUEST_LIMITS: RequestLimits = {
  // A report on 2,000 tasks makes 2,000 calls and reads some pages of the list.
  maxCalls: 2_500,
  maxReferences: 2_000,
  requestTimeout: 60_000,
  ...memoryLimits(getHeapStatistics().heap_size_limit),
};

/**
 * Objects take several times as many bytes as their JSON, those of a response the most, and the largest request must leave
 * room for others.
 */
export function memoryLimits(heapBytes: number): Pick<RequestLimits, 'maxReadBytes' | 'maxResponseBytes'> {
  const upTo = (part: number) => Math.min(64 * 1024 ** 2, Math.floor(heapBytes / part));
  return { maxReadBytes: upTo(16), maxResponseBytes: upTo(20) };
}

/** What all requests together may hold. */
export function maxHeldBytes(heapBytes: number): number {
  return Math.floor(heapBytes / 8);
}

/** So much every request may hold, however much the others do. */
const SMALL_SHARE = 256 * 1024;
/** The bytes of a response are added to those of all requests when there are so many more. */
const ADDED_AT_ONCE = 64 * 1024;

/** Errors that one response holds. The others are counted. */
export const MAX_ERRORS = 100;

/**
 * Values that a request completes without a look at the clock. Most requests have fewer, so they do not wait for a turn when
 * others keep the process busy.
 */
const UNPACED_VALUES = 128;

/** Timers may fire so many milliseconds early. */
const TIMER_PRECISION = 1;

const CALL_BUDGET_EXCEEDED = 'CALL_BUDGET_EXCEEDED';

type Stop = RequestRejectedError | SmsUnavailableError;

/**
 * What one request has used so far, and what ended its calls: the first error that every further call would meet, such as
 * a limit that is used up, the deadline, a rejected token, or SMS's "too many calls". It is one error object, however many
 * fields wait for a call, so the response reports it once.
 */
export class Budget {
  readonly #limits: RequestLimits;
  #all: HeldBytes | null;
  /** What was added to the bytes of all requests. */
  #held = 0;
  #calls = 0;
  #readBytes = 0;
  #responseBytes = 0;
  #end = 0;
  #stop: Stop | null = null;
  #isStopReported = false;
  #errors = 0;
  #unpaced = UNPACED_VALUES;
  /** The client has left. Nothing more is done for it. */
  hasLeft = false;

  /** Where the bytes of all requests are counted, `end` must be called. */
  constructor(limits: RequestLimits = REQUEST_LIMITS, all: HeldBytes | null = null) {
    this.#limits = limits;
    this.#all = all;
    this.renew();
  }

  /** Gives everything back: the next event of a stream has a budget of its own. */
  renew(): void {
    this.#release();
    this.#calls = 0;
    this.#readBytes = 0;
    this.#responseBytes = 0;
    this.#end = performance.now() + this.#limits.requestTimeout;
    this.#stop = null;
    this.#isStopReported = false;
    this.#errors = 0;
    this.#unpaced = UNPACED_VALUES;
  }

  /** What every further call fails with. Null while calls may be made. */
  get stop(): Stop | null {
    return this.#stop;
  }

  /** What a call fails with that was taken, but not sent yet. A later call beyond the limit does not end it. */
  get stopOfTakenCall(): Stop | null {
    return this.#stop?.code === CALL_BUDGET_EXCEEDED ? null : this.#stop;
  }

  get maxCalls(): number {
    return this.#limits.maxCalls;
  }

  get maxReferences(): number {
    return this.#limits.maxReferences;
  }

  /** Milliseconds. */
  get timeLeft(): number {
    return this.#end - performance.now();
  }

  /** Errors that the response has no room for. */
  get omittedErrors(): number {
    return Math.max(0, this.#errors - MAX_ERRORS);
  }

  /** Bytes of the response so far. */
  get responseBytes(): number {
    return this.#responseBytes;
  }

  /** Whether the request may complete so many more values without a look at the clock. */
  takeUnpaced(values = 1): boolean {
    if (values > this.#unpaced) return false;
    this.#unpaced -= values;
    return true;
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

  /** Nothing more is held: the response is made, or nobody waits for it. */
  end(): void {
    this.#release();
    this.#all = null;
  }

  /** Takes bytes that SMS sends from what is left. What ends the calls, where there are too many; else null. */
  takeRead(bytes: number): Stop | null {
    this.#readBytes += bytes;
    this.#hold();
    if (this.#readBytes > this.#limits.maxReadBytes) return this.stopWith(tooMuchRead(this.#limits));
    return this.#isTooMuchHeld ? this.stopWith(tooMuchHeld()) : null;
  }

  /** Counts bytes of the response. */
  addToResponse(bytes: number): void {
    this.#responseBytes += bytes;
    if (this.#responseBytes + this.#readBytes - this.#held > ADDED_AT_ONCE) this.#hold();
  }

  /** Throws where the response has no room for more, or its time is over. A long text leaves a quarter to all else. */
  checkResponse(textBytes = 0): void {
    const { maxResponseBytes: max } = this.#limits;
    const room = textBytes === 0 ? max : (max * 3) / 4;
    if (this.#responseBytes + textBytes > room) throw this.stopWith(tooLarge(this.#limits));
    if (this.timeLeft <= 0) throw this.stopWith(timedOut(this.#limits));
    if (this.#isTooMuchHeld) throw this.stopWith(tooMuchHeld());
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

  #release(): void {
    this.#all?.add(-this.#held);
    this.#held = 0;
  }

  #hold(): void {
    const bytes = this.#readBytes + this.#responseBytes;
    this.#all?.add(bytes - this.#held);
    this.#held = bytes;
  }

  get #isTooMuchHeld(): boolean {
    return this.#held > SMALL_SHARE && this.#all?.isFull === true;
  }

  #noteFailure(error: unknown): boolean {
    if (isTimeout(error) && this.timeLeft <= TIMER_PRECISION) this.stopWith(timedOut(this.#limits));
    else if (isForAllCalls(error)) this.stopWith(error);
    else return false;
    return true;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof SmsUnavailableError && error.reason === 'TIMEOUT';
}

/** An error that every further call of the caller would meet: a rejected token, too many calls, or a 401 of any sort. */
function isForAllCalls(error: unknown): error is Stop {
  if (error instanceof RequestRejectedError) return error.kind === 'unauthenticated' || error.kind === 'throttled';
  return error instanceof SmsUnavailableError && error.facts.httpStatus === 401;
}

function timedOut({ requestTimeout }: RequestLimits): SmsUnavailableError {
  const message = `The request took longer than its limit of ${requestTimeout} ms. What was not read by then is null. Request less, or allow more time.`;
  return new SmsUnavailableError('TIMEOUT', message);
}

function tooManyCalls({ maxCalls }: RequestLimits): RequestRejectedError {
  const message = `The request needs more calls to SMS than its limit of ${maxCalls}. What was not read by then is null. Request less, such as smaller pages or fewer joins.`;
  return new RequestRejectedError(400, CALL_BUDGET_EXCEEDED, message);
}

function tooMuchRead({ maxReadBytes }: RequestLimits): RequestRejectedError {
  const message = `The request reads more from SMS than its limit of ${maxReadBytes} bytes. What was not read by then is null. Request less at once.`;
  return new RequestRejectedError(413, 'READ_BUDGET_EXCEEDED', message);
}

function tooMuchHeld(): SmsUnavailableError {
  const message = 'The gateway holds as much for all requests as it can. What was not read by then is null. Try later.';
  return new SmsUnavailableError('OVERLOADED', message);
}

function tooLarge({ maxResponseBytes }: RequestLimits): RequestRejectedError {
  const message = `The response is larger than its limit of ${maxResponseBytes} bytes. What has no room in it is null. Request less at once.`;
  return new RequestRejectedError(413, 'RESPONSE_TOO_LARGE', message);
}
