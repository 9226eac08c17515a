/** A request that holds bytes. */
export interface Holder {
  /** The fairness group of its caller. */
  readonly group: string;
  /** Called once, when the request must end and release its bytes. */
  stopHolding(): void;
  /** Called after that if the heap is full: the request must not wait for anything before it releases its bytes. */
  abandon(): void;
}

interface Holding {
  bytes: number;
  /** The request was stopped, and will release its bytes soon. */
  isStopped: boolean;
}

/** Every request may hold this much, unless the heap is full. */
const SMALL_SHARE_BYTES = 256 * 1024;
/** Requests may hold this share of the maximum even if the heap is full, so that some of them can finish. */
const MIN_ROOM_SHARE = 1 / 16;
/** Including stopped requests, which will release their bytes soon, requests may hold this many times the maximum. */
const MAX_FACTOR_WITH_STOPPED = 2;

/**
 * Counts the bytes that all requests of the process hold together: data read from SMS, values derived from it, and responses. These
 * are estimates, so `adjust` corrects them by the measured heap. If they are too many, requests of greedy callers are stopped,
 * newest first: those of callers with more than an equal share. The oldest go on, since otherwise none would finish.
 */
export class HeldBytes {
  readonly max: number;
  /** How many bytes may be held now. Less than `max` if the heap is full. */
  #room: number;
  /** The oldest request first. */
  readonly #holdings = new Map<Holder, Holding>();
  #bytes = 0;

  constructor(max: number) {
    this.max = max;
    this.#room = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Sets the bytes that a request holds. Stops requests, perhaps this one, if all together hold too many. */
  set(holder: Holder, bytes: number): void {
    const held = this.#holdings.get(holder);
    // A map that is filled and emptied all the time leaves old tables, which keep the requests in them from being collected.
    if (held === undefined && bytes === 0) return;
    const holding = held ?? { bytes: 0, isStopped: false };
    this.#bytes += bytes - holding.bytes;
    holding.bytes = bytes;
    this.#holdings.set(holder, holding);
    this.#stopNewest();
    if (this.#bytes > this.#room * MAX_FACTOR_WITH_STOPPED) this.#stopUnlessModest(holder);
  }

  release(holder: Holder): void {
    this.#bytes -= this.#holdings.get(holder)?.bytes ?? 0;
    this.#holdings.delete(holder);
  }

  /** Corrects the estimate by the bytes that requests really take in the heap, and by how many they may take. */
  adjust(bytes: number, maxBytes: number): void {
    const room = bytes > maxBytes ? (this.#bytes * maxBytes) / bytes : this.max;
    this.#room = Math.min(this.max, Math.max(room, this.max * MIN_ROOM_SHARE));
    this.#stopNewest();
    if (bytes <= maxBytes) return;
    for (const [holder, { isStopped }] of [...this.#holdings]) if (isStopped) holder.abandon();
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

  /** Stops a greedy request, unless it is the oldest: stopped requests still hold their bytes, so there is no room for more. */
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
