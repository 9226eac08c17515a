/** How much work the gateway takes on at once. */
export interface LoadLimits {
  /** Requests that are being answered. */
  maxInFlight: number;
  /** Requests that wait for one of those to end. */
  maxQueue: number;
  /** Milliseconds that one waits at most. Who would have to wait longer, as things go, is refused at once. */
  maxWait: number;
  /** Event streams, which last: they are counted apart from requests. */
  maxStreams: number;
}

/** What a request does when its turn has come, or will not come. One of the two is called, once. */
export interface Turn {
  start(ticket: Ticket): void;
  refuse(): void;
}

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
 * is answered nearly as fast at ten times the load as at the most that can be served.
 */
export class Admission {
  readonly #limits: LoadLimits;
  /** In the order of arrival. */
  readonly #queue = new Set<Ticket>();
  #inFlight = 0;
  #streams = 0;
  #watch: NodeJS.Timeout | undefined;
  #round: NodeJS.Immediate | undefined;
  /** Milliseconds from one end to the next while others wait, as a moving average. */
  #pace = 0;
  #lastEnd = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get streams(): number {
    return this.#streams;
  }

  /** Whether a request that came now would be refused. */
  get isFull(): boolean {
    const { maxQueue, maxWait } = this.#limits;
    const behind = this.#queue.size - this.#free;
    return behind >= 0 && (behind >= maxQueue || behind * this.#pace > maxWait);
  }

  /** The turn comes later, or never if the ticket is given back before. */
  enter(turn: Turn): Ticket {
    const ticket = new Ticket(turn, (from, to) => this.#move(ticket, from, to));
    if (this.isFull) {
      ticket.end();
      return ticket;
    }
    if (this.#queue.size === 0) this.#lastEnd = performance.now();
    this.#queue.add(ticket.wait());
    this.#watch ??= this.#watchQueue(this.#limits.maxWait);
    this.#beginSoon();
    return ticket;
  }

  get #free(): number {
    return this.#limits.maxInFlight - this.#inFlight;
  }

  #move(ticket: Ticket, from: State, to: State): boolean {
    if (to === 'streaming' && this.#streams >= this.#limits.maxStreams) return false;
    if (from === 'waiting') this.#queue.delete(ticket);
    if (from === 'running') this.#inFlight -= 1;
    if (from === 'streaming') this.#streams -= 1;
    if (to === 'running') this.#inFlight += 1;
    if (to === 'streaming') this.#streams += 1;
    if (from === 'running') this.#ended();
    return true;
  }

  #ended(): void {
    if (this.#queue.size === 0) return;
    const now = performance.now();
    this.#pace += (now - this.#lastEnd - this.#pace) * SMOOTHING;
    this.#lastEnd = now;
    this.#beginSoon();
  }

  // Not in the midst of what is going on: a request that begins inside another's end costs a quarter more.
  #beginSoon(): void {
    if (this.#free <= 0 || this.#queue.size === 0) return;
    this.#round ??= setImmediate(() => {
      this.#round = undefined;
      for (let begun = 0; begun < BEGUN_AT_ONCE && this.#free > 0; begun += 1) this.#oldest()?.run();
      this.#beginSoon();
    });
  }

  #oldest(): Ticket | undefined {
    return this.#queue.values().next().value;
  }

  // One timer for all who wait: the first of them is the first whose time is over.
  #watchQueue(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      const { maxWait } = this.#limits;
      for (let first = this.#oldest(); first && first.waited >= maxWait; first = this.#oldest()) first.end();
      const first = this.#oldest();
      this.#watch = first && this.#watchQueue(maxWait - first.waited);
    }, milliseconds);
  }
}

/** The place of one request, from its arrival until its answer is made, or for a stream until it ends. */
export class Ticket {
  readonly #turn: Turn;
  readonly #move: (from: State, to: State) => boolean;
  #since = 0;
  #state: State = 'waiting';

  constructor(turn: Turn, move: (from: State, to: State) => boolean) {
    this.#turn = turn;
    this.#move = move;
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

  run(): void {
    this.#become('running');
    this.#turn.start(this);
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
    const before = this.#state;
    this.#state = state;
    if (this.#move(before, state)) return true;
    this.#state = before;
    return false;
  }
}
