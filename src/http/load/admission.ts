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
  refuse(): void;
}

/** For each of `maxInFlight`, which one caller gets, others get a third more, so that the next that comes finds room. */
const REQUESTS_GREED = 3;
/** One caller gets at most half of the streams. */
const STREAMS_GREED = 1;

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
    const all = maxInFlight + Math.ceil(maxInFlight / REQUESTS_GREED);
    this.#requests = new FairShare({ all, most: maxInFlight, greed: REQUESTS_GREED });
    this.#streams = new FairShare({ all: maxStreams, greed: STREAMS_GREED });
  }

  get inFlight(): number {
    return this.#requests.taken;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get streams(): number {
    return this.#streams.taken;
  }

  /** Whether a request of this caller that came now would be refused. */
  isFull(caller: CallerIdentity): boolean {
    return !this.#requests.mayTake(caller) && !this.#mayWait(caller);
  }

  /** The turn comes later, or never if the ticket is given back before. */
  enter(turn: QueuedRequest, caller: CallerIdentity): Ticket {
    const ticket = new Ticket(turn, caller, (to) => this.#move(ticket, to));
    if (this.#requests.mayTake(caller)) this.#letIn(ticket);
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
    const { state: from, caller, line } = ticket;
    if (to === 'streaming' && from !== to && !this.#streams.mayTake(caller)) return false;
    if (from === 'waiting' && this.#queue.remove(ticket)) this.#queuedBytes -= ticket.bytes;
    if (from === 'running') this.#requests.giveBack(caller, line);
    if (from === 'streaming') this.#streams.giveBack(caller, line);
    if (to === 'running') ticket.line = this.#requests.take(caller);
    if (to === 'streaming') ticket.line = this.#streams.take(caller);
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
  /** The line of the caller that holds what the ticket has taken. */
  line = '';
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
    // What it holds then counts in that line.
    this.caller.onKnown(() => this.#become(this.#state));
  }

  begin(): void {
    if (this.#state === 'running') this.#turn.start(this);
  }

  /** No turn comes. */
  end(): void {
    this.#become('over');
    this.#turn.refuse();
  }

  /** Gives the place back to requests and takes one among the streams. False when there is none. */
  becomeStream(): boolean {
    if (this.#state === 'over') return false;
    return this.#state === 'streaming' || this.#become('streaming');
  }

  /** A whole answer was made, which its client may take as slowly as it likes. An event stream goes on. */
  answered(): void {
    if (this.#state === 'running') this.#become('over');
  }

  get isStream(): boolean {
    return this.#state === 'streaming';
  }

  /** The response has ended, in whatever way, or the client has left. */
  leave(): void {
    if (this.#state !== 'over') this.#become('over');
  }

  #become(state: State): boolean {
    if (!this.#move(state)) return false;
    this.#state = state;
    if (state === 'over') this.caller.onKnown(null);
    return true;
  }
}
