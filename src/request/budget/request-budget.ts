import type { CallBudget } from '../../sms/call-budget.ts';
import { RequestRejectedError, SmsUnavailableError } from '../../sms/errors/errors.ts';
import { REQUEST_HEAP_BYTES } from './heap.ts';
import type { HeldBytes, Holder } from './held-bytes.ts';

/** What one request may use. */
export interface RequestLimits {
  /** Calls to SMS, including retries. */
  maxCalls: number;
  /** References to entities, over all `_entities` fields. */
  maxReferences: number;
  /** Milliseconds for the whole request, or for each event of a subscription. */
  requestTimeout: number;
  /** Bytes that SMS sends. They are held until the response is complete. */
  maxReadBytes: number;
  /** Approximate bytes of the response. */
  maxResponseBytes: number;
}

export const REQUEST_LIMITS: RequestLimits = {
  // A report on 2,000 tasks makes 2,000 calls and reads some pages of the list.
  maxCalls: 2_500,
  maxReferences: 2_000,
  requestTimeout: 60_000,
  ...memoryLimits(REQUEST_HEAP_BYTES),
};

/** Parts of the heap for requests. They are small, since objects take several times the bytes of their JSON. */
export function memoryLimits(heapBytes: number): Pick<RequestLimits, 'maxReadBytes' | 'maxResponseBytes'> {
  const upTo = (part: number) => Math.min(64 * 1024 ** 2, Math.floor(heapBytes / part));
  return { maxReadBytes: upTo(8), maxResponseBytes: upTo(9) };
}

/** Estimated bytes that all requests together may hold. */
export const MAX_HELD_BYTES = Math.floor(REQUEST_HEAP_BYTES / 4);
/** Bytes of the heap that all requests together may use. The rest is for what they create until the next garbage collection. */
export const MAX_USED_BYTES = Math.floor(REQUEST_HEAP_BYTES * 0.6);

/** Bytes of reads, of the response and of queued calls are added to the held bytes in steps of this size. */
const STEP_BYTES = 64 * 1024;

/** Memory of a queued call and of everything that waits for it: promises, closures, the field of the response. */
const QUEUED_CALL_BYTES = 4 * 1024;

/** Memory of a reference to an entity until it is resolved: the variable, promises, closures. */
const REFERENCE_BYTES = 1024;

/** Derived values, such as the rows and the text of a report, may take this many times the maximum of a response. */
const MAX_DERIVED_PER_RESPONSE = 2;
/** Parsed values may take this many times the maximum of what a request reads. Only hostile JSON takes more. */
const MAX_PARSED_PER_READ = 2;

/** Errors in one response. Further ones are only counted. */
export const MAX_ERRORS = 100;

/**
 * Values that a request completes without checking the time. Most requests have fewer, so they do not queue behind the long work
 * of others.
 */
const UNPACED_VALUES = 128;

/** Timers may fire this many milliseconds early. */
const TIMER_PRECISION_MS = 1;

const CALL_BUDGET_EXCEEDED = 'CALL_BUDGET_EXCEEDED';

type Stop = RequestRejectedError | SmsUnavailableError;

/**
 * What one request has used so far, and the error that ended its calls: the first one that every further call would get as well,
 * such as an exceeded limit, the deadline, a rejected token or a 429 of SMS. All fields that wait for a call fail with this same
 * object, so the response reports it once.
 */
export class Budget implements Holder, CallBudget {
  readonly #limits: RequestLimits;
  readonly #caller: { readonly group: string };
  #held: HeldBytes | null;
  /** Bytes that were added to those of all requests, and bytes of reads and of the response that were not added yet. */
  #heldBytes = 0;
  #unheldBytes = 0;
  /** Of the event of a subscription before this one. */
  #carriedBytes = 0;
  #calls = 0;
  #readBytes = 0;
  #responseBytes = 0;
  #derivedBytes = 0;
  #parsedBytes = 0;
  #queuedCalls = 0;
  #references = 0;
  #end = 0;
  #stop: Stop | null = null;
  #isStopReported = false;
  #errors = 0;
  #unpaced = UNPACED_VALUES;
  /** See `emptyAtEnd`. */
  #lists: unknown[][] = [];
  /** All requests together hold too much, so this one must end. */
  #mustRelease = false;
  isAbandoned = false;
  /** Called when the request is abandoned because others need its memory at once. If null, it is never abandoned for that. */
  onAbandoned: ((stop: Stop) => void) | null = null;

  /** With `held`, the bytes count among those of all requests until `end` is called. */
  constructor(
    limits: RequestLimits = REQUEST_LIMITS,
    held: HeldBytes | null = null,
    caller: { readonly group: string } = { group: '' },
  ) {
    this.#limits = limits;
    this.#held = held;
    this.#caller = caller;
    this.renew();
  }

  /**
   * Resets everything: each event of a subscription has a budget of its own. The event before still counts among the held bytes,
   * since its client may not have read it yet.
   */
  renew(): void {
    if (this.#responseBytes > 0) this.#carriedBytes = this.#responseBytes;
    this.#release();
    this.#calls = 0;
    this.#readBytes = 0;
    this.#responseBytes = 0;
    this.#derivedBytes = 0;
    this.#parsedBytes = 0;
    this.#end = performance.now() + this.#limits.requestTimeout;
    this.#stop = null;
    this.#isStopReported = false;
    this.#errors = 0;
    this.#lists = [];
    this.#unpaced = UNPACED_VALUES;
    if (this.#carriedBytes > STEP_BYTES) this.#hold();
  }

  get group(): string {
    return this.#caller.group;
  }

  /** The error of every further call. Null while calls may be made. */
  get stop(): Stop | null {
    return this.#stop;
  }

  /** The error of a call that was counted but not sent yet. That a later call exceeds the limit does not end it. */
  get stopOfTakenCall(): Stop | null {
    return this.#stop?.code === CALL_BUDGET_EXCEEDED ? null : this.#stop;
  }

  get maxCalls(): number {
    return this.#limits.maxCalls;
  }

  get maxReferences(): number {
    return this.#limits.maxReferences;
  }

  /** In milliseconds. */
  get timeLeft(): number {
    return this.#end - performance.now();
  }

  /** Errors beyond those that the response reports. */
  get omittedErrors(): number {
    return Math.max(0, this.#errors - MAX_ERRORS);
  }

  get responseBytes(): number {
    return this.#responseBytes;
  }

  /** Whether the request may complete this many more values without checking the time. */
  takeUnpaced(values = 1): boolean {
    if (values > this.#unpaced) return false;
    this.#unpaced -= values;
    return true;
  }

  /** Ends all further calls. Returns the first error that did so. */
  stopWith(error: Stop): Stop {
    this.#stop ??= error;
    return this.#stop;
  }

  /** Counts one call, or throws the error that ended the calls. */
  takeCall(): void {
    if (this.#stop !== null) throw this.#stop;
    if (this.timeLeft <= 0) throw this.stopWith(timedOut(this.#limits));
    if (this.#calls >= this.#limits.maxCalls) throw this.stopWith(tooManyCalls(this.#limits));
    this.#calls += 1;
  }

  /** Counts bytes of values that are derived from reads, less than 0 to release them. Throws if there is no room for them. */
  holdDerived(bytes: number): void {
    this.#derivedBytes += bytes;
    this.#hold();
    if (this.#derivedBytes > MAX_DERIVED_PER_RESPONSE * this.#limits.maxResponseBytes)
      throw this.stopWith(tooLarge(this.#limits));
    this.#throwIfTooMuchHeld();
  }

  /** Counts bytes that parsed responses take in addition to their text. Throws if they are too many. */
  holdParsed(bytes: number): void {
    this.#parsedBytes += bytes;
    this.#hold();
    if (this.#parsedBytes > MAX_PARSED_PER_READ * this.#limits.maxReadBytes)
      throw this.stopWith(tooMuchRead(this.#limits));
    this.#throwIfTooMuchHeld();
  }

  /** Counts calls that start or cease to wait. They hold memory until they are sent, and there may be thousands. */
  addQueuedCalls(change: 1 | -1): void {
    this.#queuedCalls += change;
    if ((this.#queuedCalls * QUEUED_CALL_BYTES) % STEP_BYTES === 0) this.#hold();
  }

  /** Counts references to entities before they are resolved. Returns an error if there is no memory for them. */
  holdReferences(count: number): Stop | null {
    if (count === 0) return null;
    this.#references = count;
    this.#hold();
    return this.#mustRelease ? this.#stop : null;
  }

  /**
   * Empties a list of rows in `emptyLists`. A request outlives some garbage collections of young objects. Its promises are old
   * then, and what they have resolved to later is kept until a full collection, although nothing can reach it.
   */
  emptyAtEnd(list: unknown[]): void {
    this.#lists.push(list);
  }

  /** For a response that is written. */
  emptyLists(): void {
    for (const list of this.#lists) list.length = 0;
    this.#lists = [];
  }

  /** Releases the held bytes: the response is complete, or nobody waits for it. */
  end(): void {
    this.#release();
    this.#held = null;
    this.onAbandoned = null;
  }

  /** Counts bytes that SMS sends. Returns the error that ends the calls if they are too many. */
  takeRead(bytes: number): Stop | null {
    this.#readBytes += bytes;
    this.#addUnheld(bytes);
    if (this.#readBytes > this.#limits.maxReadBytes) return this.stopWith(tooMuchRead(this.#limits));
    return this.#mustRelease ? this.#stop : null;
  }

  /** Counts bytes of the response. */
  addToResponse(bytes: number): void {
    this.#responseBytes += bytes;
    this.#addUnheld(bytes);
  }

  /** Throws if the response has no room or no time left. Long strings must leave a quarter of it to everything else. */
  checkResponse(stringBytes = 0): void {
    const { maxResponseBytes: max } = this.#limits;
    const room = stringBytes === 0 ? max : (max * 3) / 4;
    if (this.#responseBytes + stringBytes > room) throw this.stopWith(tooLarge(this.#limits));
    if (this.timeLeft <= 0) throw this.stopWith(timedOut(this.#limits));
    this.#throwIfTooMuchHeld();
  }

  /**
   * The error to report for a failed call. If the failure ends all calls, all reads report the same error. A write keeps its
   * own, which says whether it was sent.
   */
  failed(error: unknown, onlyReads: boolean): unknown {
    const endsAll = this.#noteFailure(error);
    return endsAll && onlyReads ? this.#stop : error;
  }

  /** Whether to report an error. The one that ended the calls is reported once; of all others, the first hundred are. */
  admits(error: unknown): boolean {
    if (error === this.#stop) {
      if (this.#isStopReported) return false;
      this.#isStopReported = true;
      return true;
    }
    this.#errors += 1;
    return this.#errors <= MAX_ERRORS;
  }

  stopHolding(): void {
    this.#mustRelease = true;
    const max = this.#held?.max ?? 0;
    // For a request that alone exceeds what all may hold, trying again later is no help.
    this.stopWith(this.#heldBytes > max ? needsTooMuchMemory(max) : tooMuchHeld());
  }

  #addUnheld(bytes: number): void {
    this.#unheldBytes += bytes;
    if (this.#unheldBytes > STEP_BYTES) this.#hold();
  }

  /** Called after `stopHolding` if the heap is full. What waits for calls would hold its memory until each of them has failed. */
  abandon(): void {
    if (this.onAbandoned === null || this.#stop === null) return;
    this.isAbandoned = true;
    this.onAbandoned(this.#stop);
    this.end();
    // Responses that still arrive are not read.
    this.#mustRelease = true;
  }

  #release(): void {
    this.#mustRelease = false;
    this.#held?.release(this);
  }

  #hold(): void {
    this.#unheldBytes = 0;
    const waitingBytes = this.#queuedCalls * QUEUED_CALL_BYTES + this.#references * REFERENCE_BYTES;
    const usedBytes = this.#readBytes + this.#parsedBytes + this.#derivedBytes + this.#responseBytes;
    this.#heldBytes = usedBytes + this.#carriedBytes + waitingBytes;
    this.#held?.set(this, this.#heldBytes);
  }

  #throwIfTooMuchHeld(): void {
    if (this.#mustRelease && this.#stop !== null) throw this.#stop;
  }

  #noteFailure(error: unknown): boolean {
    if (isTimeout(error) && this.timeLeft <= TIMER_PRECISION_MS) this.stopWith(timedOut(this.#limits));
    else if (isForAllCalls(error)) this.stopWith(error);
    else return false;
    return true;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof SmsUnavailableError && error.reason === 'TIMEOUT';
}

/** Whether every further call of the caller would fail in the same way: a rejected token, a 429, or any 401. */
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
  const message =
    'The gateway holds as much data for all requests as it can. What was not read by then is null. Try again later.';
  return new SmsUnavailableError('OVERLOADED', message);
}

function needsTooMuchMemory(max: number): RequestRejectedError {
  const message = `The request needs more memory than all requests together may take, ${max} bytes. What has no room is null. Request less at once.`;
  return new RequestRejectedError(413, 'RESPONSE_TOO_LARGE', message);
}

function tooLarge({ maxResponseBytes }: RequestLimits): RequestRejectedError {
  const message = `The response is larger than its limit of ${maxResponseBytes} bytes. What has no room in it is null. Request less at once.`;
  return new RequestRejectedError(413, 'RESPONSE_TOO_LARGE', message);
}
