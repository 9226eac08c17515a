/** A request that holds bytes. */
export interface Holder {
  /** The fairness group of its caller. */
  readonly group: string;
  /** Called once, when the request must hold no more. */
  stopHolding(): void;
}

interface Holding {
  bytes: number;
  /** The request was stopped, and will release its bytes soon. */
  isStopped: boolean;
}

/** Every request may hold this much, unless the heap is full. */
const SMALL_SHARE_BYTES = 256 * 1024;
/** However full the heap is, some requests go on, with this part of what all may hold. */
const MIN_ROOM = 1 / 16;
/** How often what all may hold may be held, if some of it will be released soon. */
const MAX_WITH_STOPPED = 2;

/**
 * Bytes that all requests of the process hold together: what they have read from SMS, what they made of it, and their responses.
 * These are estimates, so `adjust` corrects them by what the heap really holds. If it is too much, requests of greedy callers stop:
 * those that hold more than an equal share. The oldest requests go on, since if all stopped, none would be answered.
 */
export class HeldBytes {
  readonly max: number;
  /** What may be held. Less than `max` if the heap is full. */
  #room: number;
  /** The oldest request first. */
  readonly #holdings = new Map<Holder, Holding>();
  #bytes = 0;

  constructor(max: number) {
    this.max = max;
    this.#room = max;
  }

  /** Sets what a request holds. Stops requests, perhaps this one, if it is too much for all together. */
  set(holder: Holder, bytes: number): void {
    const holding = this.#holdings.get(holder) ?? { bytes: 0, isStopped: false };
    this.#bytes += bytes - holding.bytes;
    holding.bytes = bytes;
    this.#holdings.set(holder, holding);
    this.#stopNewest();
    if (this.#bytes > this.#room * MAX_WITH_STOPPED) this.#stopUnlessModest(holder);
  }

  release(holder: Holder): void {
    this.#bytes -= this.#holdings.get(holder)?.bytes ?? 0;
    this.#holdings.delete(holder);
  }

  /** Takes the bytes of all requests that are in the heap, and how many may be. If there are more, requests are stopped. */
  adjust(bytes: number, maxBytes: number): void {
    const room = bytes > maxBytes ? (this.#bytes * maxBytes) / bytes : this.max;
    this.#room = Math.min(this.max, Math.max(room, this.max * MIN_ROOM));
    this.#stopNewest();
  }

  #stopNewest(): void {
    if (this.#bytes <= this.#room) return;
    let holders = this.#holdersThatGoOn();
    for (let held = this.#sum(holders); held > this.#room; held = this.#sum(holders)) {
      const newest = this.#greedy(holders).at(-1);
      if (newest === undefined) return;
      this.#stop(newest);
      holders = holders.filter((holder) => holder !== newest);
    }
  }

  /** What was stopped is still held, so a greedy request may not take more. Only the oldest may. */
  #stopUnlessModest(holder: Holder): void {
    const holders = this.#holdersThatGoOn();
    if (holders[0] !== holder && this.#greedy(holders).includes(holder)) this.#stop(holder);
  }

  #stop(holder: Holder): void {
    const holding = this.#holdings.get(holder);
    if (holding) holding.isStopped = true;
    holder.stopHolding();
  }

  #holdersThatGoOn(): Holder[] {
    const exempt = this.#room === this.max ? SMALL_SHARE_BYTES : 0;
    return [...this.#holdings].flatMap(([holder, { bytes, isStopped }]) =>
      isStopped || bytes <= exempt ? [] : [holder],
    );
  }

  #greedy(holders: readonly Holder[]): Holder[] {
    const groups = Map.groupBy(holders, ({ group }) => group);
    const share = this.#room / groups.size;
    const greedy = new Set([...groups].flatMap(([group, own]) => (this.#sum(own) > share ? [group] : [])));
    return holders.filter(({ group }) => greedy.has(group));
  }

  #sum(holders: readonly Holder[]): number {
    return holders.reduce((sum, holder) => sum + (this.#holdings.get(holder)?.bytes ?? 0), 0);
  }
}
