import type { ServerResponse } from 'node:http';

/** How much work the gateway takes on at once. */
export interface LoadLimits {
  /** Requests that are being answered. */
  maxInFlight: number;
  /** Requests that wait for one of those to end. */
  maxQueue: number;
  /** Milliseconds that one waits at most. */
  maxWait: number;
  /** Event streams, which last: they are counted apart from requests. */
  maxStreams: number;
}

/** The place that a request takes up until its response has ended, in whatever way. */
export interface Slot {
  /** Gives the place back to requests and takes one among the streams. False when there is none. */
  becomeStream(): boolean;
}

interface Waiting {
  response: ServerResponse;
  start(slot: Slot): void;
}

/**
 * Lets in what can be answered soon, keeps a short queue of what can wait, and refuses the rest at once: what was let in
 * is answered as fast at ten times the load as at the most that can be served.
 */
export class Admission {
  readonly #limits: LoadLimits;
  /** In the order of arrival. */
  readonly #queue = new Set<Waiting>();
  #inFlight = 0;
  #streams = 0;

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
    return this.#inFlight >= this.#limits.maxInFlight && this.#queue.size >= this.#limits.maxQueue;
  }

  /** Calls one of the two, now or later; neither, if the client leaves before. */
  enter(response: ServerResponse, start: (slot: Slot) => void, refuse: () => void): void {
    if (this.isFull) refuse();
    else if (this.#inFlight < this.#limits.maxInFlight) this.#start({ response, start });
    else this.#wait({ response, start }, refuse);
  }

  #wait(waiting: Waiting, refuse: () => void): void {
    const { response } = waiting;
    this.#queue.add(waiting);
    const tooLong = setTimeout(() => this.#queue.delete(waiting) && refuse(), this.#limits.maxWait);
    response.once('close', () => {
      clearTimeout(tooLong);
      this.#queue.delete(waiting);
    });
  }

  #start({ response, start }: Waiting): void {
    let isStream = false;
    this.#inFlight += 1;
    response.once('close', () => {
      if (isStream) this.#streams -= 1;
      else this.#end();
    });
    start({
      becomeStream: () => {
        if (isStream || this.#streams >= this.#limits.maxStreams) return isStream;
        isStream = true;
        this.#streams += 1;
        this.#end();
        return true;
      },
    });
  }

  #end(): void {
    this.#inFlight -= 1;
    const [next] = this.#queue;
    if (next === undefined) return;
    this.#queue.delete(next);
    this.#start(next);
  }
}
