import type { CallerIdentity } from './caller-identity.ts';

/** Entries of callers without a permit that are kept, since most of them return. */
const MAX_IDLE_ENTRIES = 1024;

export interface ShareLimits {
  permits: number;
  /** Default: all of them. */
  maxPerGroup?: number;
  /** A group may acquire another permit while it holds fewer than this many times the free ones. */
  maxHeldPerFree: number;
}

/**
 * Divides permits among fairness groups by a dynamic threshold: the fewer permits are free, the fewer a group may hold. So a
 * permit is left for the next group, however many others take all they can. A group alone gets at most `n / (n + 1)` of the
 * permits, where `n` is `maxHeldPerFree`. Unverified callers divide the share of their group in the same way.
 */
export class FairShare {
  readonly #permits: number;
  readonly #maxPerGroup: number;
  readonly #maxHeldPerFree: number;
  readonly #groups = new Tally();
  /** Permits of unverified callers, by fingerprint. */
  readonly #members = new Tally();
  #inUse = 0;

  constructor({ permits, maxPerGroup = permits, maxHeldPerFree }: ShareLimits) {
    this.#permits = permits;
    this.#maxPerGroup = maxPerGroup;
    this.#maxHeldPerFree = maxHeldPerFree;
  }

  get inUse(): number {
    return this.#inUse;
  }

  mayAcquire(caller: CallerIdentity): boolean {
    const { group } = caller;
    if (!this.groupMayAcquire(group)) return false;
    if (!sharesGroup(caller, group)) return true;
    return this.#members.of(caller.fingerprint) < this.#maxHeldPerFree * this.#leftFor(group);
  }

  groupMayAcquire(group: string): boolean {
    const held = this.#groups.of(group);
    return this.#free > 0 && held < this.#maxPerGroup && held < this.#maxHeldPerFree * this.#free;
  }

  heldByGroup(group: string): number {
    return this.#groups.of(group);
  }

  /** Permits of an unverified caller. */
  heldByMember(fingerprint: string): number {
    return this.#members.of(fingerprint);
  }

  /** Returns the caller's present group. Pass it to `release`, since the caller may be verified in between. */
  acquire(caller: CallerIdentity): string {
    const { group } = caller;
    this.#inUse += 1;
    this.#groups.add(group, 1);
    if (sharesGroup(caller, group)) this.#members.add(caller.fingerprint, 1);
    return group;
  }

  release(caller: CallerIdentity, group: string): void {
    this.#inUse -= 1;
    this.#groups.add(group, -1);
    if (sharesGroup(caller, group)) this.#members.add(caller.fingerprint, -1);
  }

  /** Permits that the group could acquire now, one after another. */
  #leftFor(group: string): number {
    const held = this.#groups.of(group);
    const belowThreshold = Math.ceil((this.#maxHeldPerFree * this.#free - held) / (this.#maxHeldPerFree + 1));
    return Math.min(this.#maxPerGroup - held, belowThreshold);
  }

  get #free(): number {
    return this.#permits - this.#inUse;
  }
}

/** Whether the group is that of a network address, and not the caller's own. */
function sharesGroup(caller: CallerIdentity, group: string): boolean {
  return caller.hasCredentials && group !== caller.fingerprint;
}

/** Permits held, by key. */
class Tally {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string, change: 1 | -1): void {
    const count = this.of(key) + change;
    if (count === 0 && this.#counts.size > MAX_IDLE_ENTRIES) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}
