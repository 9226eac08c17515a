import type { CallerIdentity } from '../../fairness/caller-identity.ts';
import { FairQueue } from '../../fairness/fair-queue.ts';
import { FairShare } from '../../fairness/fair-share.ts';

/** How much work the gateway accepts at once. */
export interface LoadLimits {
  /** Requests of one caller that may run. All callers together may have a third more. */
  maxInFlight: number;
  /** Requests that may wait for one of those to end. */
  maxQueue: number;
  /** Bytes of their bodies together. If the queue is empty, any request may wait. */
  maxQueueBytes: number;
  /** A request that is expected to wait longer is rejected at once. */
  maxWaitMs: number;
  /** Event streams, which are counted apart from requests since they last. */
  maxStreams: number;
}

/** Exactly one of `start` and `reject` is called, once. */
export interface QueuedRequest {
  /** Memory that it holds while it waits. */
  bytes: number;
  start(ticket: Ticket): void;
  reject(): void;
}

/** One caller alone gets `maxInFlight`, which leaves a third as many permits for the callers that come next. */
const REQUESTS_HELD_PER_FREE = 3;
/** One caller gets at most half of the streams. */
const STREAMS_HELD_PER_FREE = 1;

/**
 * Requests started in one round of the event loop. Together they share its writes, but the data of too many does not fit into
 * the processor's caches. Measured with `bench/overload.ts`.
 */
const MAX_STARTS_PER_ROUND = 16;

/** Weight of the latest value in the moving average. */
const SMOOTHING = 0.05;

type State = 'queued' | 'running' | 'streaming' | 'done';

/**
 * Admission control with load shedding. Requests that can run soon wait in a short queue; the rest are rejected at once, so
 * that response times stay low at ten times the load that the gateway can serve. The queue is fair to callers: when it is
 * full, the caller with the most requests in it loses one.
 */
export class Admission {
  readonly #limits: LoadLimits;
  readonly #requests: FairShare;
  readonly #streams: FairShare;
  readonly #queue: FairQueue<Ticket>;
  #queuedBytes = 0;
  #queueTimer: NodeJS.Timeout | undefined;
  /** Admitted, but not started yet. */
  readonly #ready: Ticket[] = [];
  #nextRound: NodeJS.Immediate | undefined;
  /** Moving average of the milliseconds between two requests that end while others wait. */
  #msPerEnd = 0;
  #lastEnd = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
    const { maxInFlight, maxStreams } = limits;
    this.#requests = new FairShare({
      permits: maxInFlight + Math.ceil(maxInFlight / REQUESTS_HELD_PER_FREE),
      maxPerGroup: maxInFlight,
      maxHeldPerFree: REQUESTS_HELD_PER_FREE,
    });
    this.#streams = new FairShare({ permits: maxStreams, maxHeldPerFree: STREAMS_HELD_PER_FREE });
    this.#queue = new FairQueue(this.#requests);
  }

  get inFlight(): number {
    return this.#requests.inUse;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get streams(): number {
    return this.#streams.inUse;
  }

  /** Whether a request of this caller would be rejected now. */
  wouldReject(caller: CallerIdentity): boolean {
    return !this.#requests.mayAcquire(caller) && !this.#mayQueue(caller);
  }

  /** Starts, queues or rejects a request. Release the ticket when its response ends or its client disconnects. */
  submit(request: QueuedRequest, caller: CallerIdentity): Ticket {
    const ticket = new Ticket(request, caller, this);
    if (this.#requests.mayAcquire(caller)) this.#admit(ticket);
    else if (this.#mayQueue(caller) && this.#makeRoomFor(ticket)) this.#enqueue(ticket);
    else ticket.reject();
    return ticket;
  }

  #mayQueue(caller: CallerIdentity): boolean {
    if (this.#queue.ahead(caller) * this.#msPerEnd > this.#limits.maxWaitMs) return false;
    return !this.#isQueueFull(1) || this.#queue.evictionFor(caller) !== undefined;
  }

  /** Evicts requests of the callers that fill the queue. Returns false if that would be unfair, or not enough. */
  #makeRoomFor({ caller, bytes }: Ticket): boolean {
    while (this.#isQueueFull(bytes)) {
      const evicted = this.#queue.evictionFor(caller);
      if (evicted === undefined) return false;
      evicted.reject();
    }
    return true;
  }

  /** Whether the queue has no room for a request of this size. */
  #isQueueFull(bytes: number): boolean {
    const { maxQueue, maxQueueBytes } = this.#limits;
    if (this.#queue.size >= maxQueue) return true;
    return this.#queue.size > 0 && this.#queuedBytes + bytes > maxQueueBytes;
  }

  #enqueue(ticket: Ticket): void {
    ticket.queuedAt = performance.now();
    if (this.#queue.size === 0) this.#lastEnd = ticket.queuedAt;
    this.#queue.add(ticket);
    this.#queuedBytes += ticket.bytes;
    this.#queueTimer ??= this.#rejectExpiredIn(this.#limits.maxWaitMs);
  }

  #admitQueued(): void {
    for (let ticket = this.#queue.take(); ticket !== undefined; ticket = this.#queue.take()) {
      this.#queuedBytes -= ticket.bytes;
      this.#admit(ticket);
    }
  }

  #admit(ticket: Ticket): void {
    ticket.admit();
    this.#ready.push(ticket);
    this.#startSoon();
  }

  /** Moves the ticket to a state, or within it to the caller's new group. Returns false if it gets no stream. */
  move(ticket: Ticket, to: State): boolean {
    const { state: from, caller, group } = ticket;
    if (to === 'streaming' && from !== to && !this.#streams.mayAcquire(caller)) return false;
    if (from === 'queued' && this.#queue.remove(ticket)) this.#queuedBytes -= ticket.bytes;
    if (from === 'running') this.#requests.release(caller, group);
    if (from === 'streaming') this.#streams.release(caller, group);
    if (to === 'running') ticket.group = this.#requests.acquire(caller);
    if (to === 'streaming') ticket.group = this.#streams.acquire(caller);
    if (from === to) this.#admitQueued();
    else if (from === 'running') this.#requestEnded();
    return true;
  }

  #requestEnded(): void {
    if (this.#queue.size === 0) return;
    const now = performance.now();
    this.#msPerEnd += (now - this.#lastEnd - this.#msPerEnd) * SMOOTHING;
    this.#lastEnd = now;
    this.#admitQueued();
  }

  // Starting a request directly when another one ends costs a quarter more per request.
  #startSoon(): void {
    if (this.#ready.length === 0) return;
    this.#nextRound ??= setImmediate(() => {
      this.#nextRound = undefined;
      for (const ticket of this.#ready.splice(0, MAX_STARTS_PER_ROUND)) ticket.start();
      this.#startSoon();
    });
  }

  // One timer is enough, since the oldest request is always the first to expire.
  #rejectExpiredIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      const { maxWaitMs } = this.#limits;
      let oldest = this.#queue.oldest;
      while (oldest !== undefined && oldest.waitedMs >= maxWaitMs) {
        oldest.reject();
        oldest = this.#queue.oldest;
      }
      this.#queueTimer = oldest && this.#rejectExpiredIn(maxWaitMs - oldest.waitedMs);
    }, milliseconds);
  }
}

/** One request in the queue, running or streaming. */
export class Ticket {
  readonly caller: CallerIdentity;
  /** The fairness group that holds its permit. */
  group = '';
  /** Monotonic ms. */
  queuedAt = 0;
  readonly #request: QueuedRequest;
  readonly #admission: Admission;
  #state: State = 'queued';

  constructor(request: QueuedRequest, caller: CallerIdentity, admission: Admission) {
    this.caller = caller;
    this.#request = request;
    this.#admission = admission;
  }

  get state(): State {
    return this.#state;
  }

  get isStream(): boolean {
    return this.#state === 'streaming';
  }

  get bytes(): number {
    return this.#request.bytes;
  }

  get waitedMs(): number {
    return performance.now() - this.queuedAt;
  }

  admit(): void {
    this.#become('running');
    // Once the caller is verified, its own group holds the permit.
    this.caller.onVerified(() => this.#become(this.#state));
  }

  start(): void {
    if (this.#state === 'running') this.#request.start(this);
  }

  reject(): void {
    this.#become('done');
    this.#request.reject();
  }

  /** Exchanges the request's permit for one of a stream. Returns false if there is none. */
  becomeStream(): boolean {
    if (this.#state === 'done') return false;
    return this.#state === 'streaming' || this.#become('streaming');
  }

  release(): void {
    if (this.#state !== 'done') this.#become('done');
  }

  #become(state: State): boolean {
    if (!this.#admission.move(this, state)) return false;
    this.#state = state;
    if (state === 'done') this.caller.onVerified(null);
    return true;
  }
}
