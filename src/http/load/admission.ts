import type { CallerIdentity } from '../../sms/fairness/caller-identity.ts';
import { FairQueue } from '../../sms/fairness/fair-queue.ts';
import { FairShare } from '../../sms/fairness/fair-share.ts';

/** How much work the gateway takes on at once. */
export interface LoadLimits {
  /** Requests of one caller that are being answered; of all together, a third more. */
  maxInFlight: number;
  /** Requests that wait for one of those to end. */
  maxQueue: number;
  /** Bytes of their bodies together. A single one may always wait. */
  maxQueueBytes: number;
  /** Milliseconds that one waits at most. Who would have to wait longer, as things go, is refused at once. */
  maxWait: number;
  /** Event streams, which last: they are counted apart from requests. */
  maxStreams: number;
}

/** What a request does when its turn has come, or will not come. One of the two is called, once. */
export interface QueuedRequest {
  /** Bytes that it holds while it waits. */
  bytes: number;
  start(ticket: Ticket): void;
  reject(): void;
}

/** For each of `maxInFlight`, which one caller gets, others get a third more, so that the next that comes finds room. */
const REQUESTS_HELD_PER_FREE = 3;
/** One caller gets at most half of the streams. */
const STREAMS_HELD_PER_FREE = 1;

/**
 * Begun in one round of the event loop. Together they share its writes, but the data of many does not fit into the
 * processor's caches. Found with `bench/overload.ts`.
 */
const BEGUN_AT_ONCE = 16;

/** How much one end counts in the moving average. */
const SMOOTHING = 0.05;

type State = 'waiting' | 'running' | 'streaming' | 'over';

/**
 * Lets in what can be answered soon, keeps a queue of what can wait a little, and refuses the rest at once: what was let in
 * is answered nearly as fast at ten times the load as at the most that can be served. Callers take turns, and where the
 * queue is full, the caller that fills it most loses a request.
 */
export class Admission {
  readonly #limits: LoadLimits;
  readonly #requests: FairShare;
  readonly #streams: FairShare;
  readonly #queue = new FairQueue<Ticket>();
  #queuedBytes = 0;
  /** Let in, and about to begin. */
  readonly #ready: Ticket[] = [];
  #watch: NodeJS.Timeout | undefined;
  #round: NodeJS.Immediate | undefined;
  /** Milliseconds from one end to the next while others wait, as a moving average. */
  #pace = 0;
  #lastEnd = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
    const { maxInFlight, maxStreams } = limits;
    const permits = maxInFlight + Math.ceil(maxInFlight / REQUESTS_HELD_PER_FREE);
    this.#requests = new FairShare({ permits, maxPerGroup: maxInFlight, maxHeldPerFree: REQUESTS_HELD_PER_FREE });
    this.#streams = new FairShare({ permits: maxStreams, maxHeldPerFree: STREAMS_HELD_PER_FREE });
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

  /** Whether a request of this caller that came now would be refused. */
  wouldReject(caller: CallerIdentity): boolean {
    return !this.#requests.mayAcquire(caller) && !this.#mayWait(caller);
  }

  /** The turn comes later, or never if the ticket is given back before. */
  submit(turn: QueuedRequest, caller: CallerIdentity): Ticket {
    const ticket = new Ticket(turn, caller, (to) => this.#move(ticket, to));
    if (this.#requests.mayAcquire(caller)) this.#letIn(ticket);
    else if (this.#mayWait(caller) && this.#makeRoom(ticket)) this.#wait(ticket);
    else ticket.end();
    return ticket;
  }

  #mayWait(caller: CallerIdentity): boolean {
    if (this.#queue.ahead(caller) * this.#pace > this.#limits.maxWait) return false;
    return !this.#isQueueFull(1) || this.#queue.dropFor(caller) !== undefined;
  }

  /** Drops requests of the callers that fill the queue. False where that would be unfair, or not enough. */
  #makeRoom({ caller, bytes }: Ticket): boolean {
    while (this.#isQueueFull(bytes)) {
      const dropped = this.#queue.dropFor(caller);
      if (dropped === undefined) return false;
      dropped.end();
    }
    return true;
  }

  /** Whether another request with so many bytes would be too much. */
  #isQueueFull(bytes: number): boolean {
    const { maxQueue, maxQueueBytes } = this.#limits;
    if (this.#queue.size >= maxQueue) return true;
    return this.#queue.size > 0 && this.#queuedBytes + bytes > maxQueueBytes;
  }

  #wait(ticket: Ticket): void {
    if (this.#queue.size === 0) this.#lastEnd = performance.now();
    this.#queue.add(ticket.wait());
    this.#queuedBytes += ticket.bytes;
    this.#watch ??= this.#watchQueue(this.#limits.maxWait);
  }

  #letInWaiting(): void {
    const next = () => this.#queue.take(this.#requests);
    for (let ticket = next(); ticket !== undefined; ticket = next()) {
      this.#queuedBytes -= ticket.bytes;
      this.#letIn(ticket);
    }
  }

  #letIn(ticket: Ticket): void {
    ticket.letIn();
    this.#ready.push(ticket);
    this.#beginSoon();
  }

  #move(ticket: Ticket, to: State): boolean {
    const { state: from, caller, group } = ticket;
    if (to === 'streaming' && from !== to && !this.#streams.mayAcquire(caller)) return false;
    if (from === 'waiting' && this.#queue.remove(ticket)) this.#queuedBytes -= ticket.bytes;
    if (from === 'running') this.#requests.release(caller, group);
    if (from === 'streaming') this.#streams.release(caller, group);
    if (to === 'running') ticket.group = this.#requests.acquire(caller);
    if (to === 'streaming') ticket.group = this.#streams.acquire(caller);
    if (from === to) this.#letInWaiting();
    else if (from === 'running') this.#ended();
    return true;
  }

  #ended(): void {
    if (this.#queue.size === 0) return;
    const now = performance.now();
    this.#pace += (now - this.#lastEnd - this.#pace) * SMOOTHING;
    this.#lastEnd = now;
    this.#letInWaiting();
  }

  // Not in the midst of what is going on: a request that begins inside another's end costs a quarter more.
  #beginSoon(): void {
    if (this.#ready.length === 0) return;
    this.#round ??= setImmediate(() => {
      this.#round = undefined;
      for (const ticket of this.#ready.splice(0, BEGUN_AT_ONCE)) ticket.begin();
      this.#beginSoon();
    });
  }

  // One timer for all who wait: the first of them is the first whose time is over.
  #watchQueue(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      const { maxWait } = this.#limits;
      for (let first = this.#queue.oldest; first && first.waited >= maxWait; first = this.#queue.oldest) first.end();
      const first = this.#queue.oldest;
      this.#watch = first && this.#watchQueue(maxWait - first.waited);
    }, milliseconds);
  }
}

/** The place of one request, from its arrival until its answer is made, or for a stream until it ends. */
export class Ticket {
  readonly caller: CallerIdentity;
  /** The group of the caller that holds what the ticket has taken. */
  group = '';
  readonly #turn: QueuedRequest;
  readonly #move: (to: State) => boolean;
  #since = 0;
  #state: State = 'waiting';

  constructor(turn: QueuedRequest, caller: CallerIdentity, move: (to: State) => boolean) {
    this.caller = caller;
    this.#turn = turn;
    this.#move = move;
  }

  get state(): State {
    return this.#state;
  }

  get bytes(): number {
    return this.#turn.bytes;
  }

  /** Begins to wait. */
  wait(): this {
    this.#since = performance.now();
    return this;
  }

  /** Milliseconds since it began to wait. */
  get waited(): number {
    return performance.now() - this.#since;
  }

  /** It counts among the requests that are being answered, and begins in a moment. */
  letIn(): void {
    this.#become('running');
    // What it holds then counts in that group.
    this.caller.onVerified(() => this.#become(this.#state));
  }

  begin(): void {
    if (this.#state === 'running') this.#turn.start(this);
  }

  /** No turn comes. */
  end(): void {
    this.#become('over');
    this.#turn.reject();
  }

  /** Gives the place back to requests and takes one among the streams. False when there is none. */
  becomeStream(): boolean {
    if (this.#state === 'over') return false;
    return this.#state === 'streaming' || this.#become('streaming');
  }

  get isStream(): boolean {
    return this.#state === 'streaming';
  }

  /** The response has ended, in whatever way, or the client has left. */
  release(): void {
    if (this.#state !== 'over') this.#become('over');
  }

  #become(state: State): boolean {
    if (!this.#move(state)) return false;
    this.#state = state;
    if (state === 'over') this.caller.onVerified(null);
    return true;
  }
}
