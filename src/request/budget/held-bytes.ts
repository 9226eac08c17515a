/** A request that holds bytes. */
export interface Holder {
  /** The fairness group of its caller. */
  readonly group: string;
}

/** Bytes that all requests of the process hold together: what they have read from SMS, and what is in their responses. */
export class HeldBytes {
  readonly max: number;
  /** The oldest first. */
  readonly #holders = new Map<Holder, number>();
  #bytes = 0;

  constructor(max: number) {
    this.max = max;
  }

  /** Sets what a request holds. Zero removes it. */
  set(holder: Holder, bytes: number): void {
    this.#bytes += bytes - (this.#holders.get(holder) ?? 0);
    if (bytes === 0) this.#holders.delete(holder);
    else this.#holders.set(holder, bytes);
  }

  /**
   * Whether a request must stop because too much is held. Each group is sure of an equal share, and may use what others leave of
   * theirs. In a group the oldest requests go on: if all of them stopped, none would be answered.
   */
  mustStop(holder: Holder): boolean {
    if (this.#bytes <= this.max) return false;
    const totals = new Map<string, number>();
    let older = 0;
    for (const [{ group }, bytes] of this.#holders) totals.set(group, (totals.get(group) ?? 0) + bytes);
    for (const [other, bytes] of this.#holders) {
      if (other === holder) break;
      if (other.group === holder.group) older += bytes;
    }
    const share = this.max / totals.size;
    const own = older + (this.#holders.get(holder) ?? 0);
    totals.delete(holder.group);
    const others = [...totals.values()].reduce((sum, bytes) => sum + Math.min(bytes, share), 0);
    return own > this.max - others;
  }
}
