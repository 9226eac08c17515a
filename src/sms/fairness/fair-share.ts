import type { CallerIdentity } from './caller-identity.ts';

/** Callers without a permit whose entry is kept, since most come back. */
const MAX_IDLE_ENTRIES = 1024;

export interface ShareLimits {
  /** Permits in all. */
  permits: number;
  /** Permits of one group. Default: all. */
  maxPerGroup?: number;
  /** A group may take one while it holds fewer than so many times what is free. */
  maxHeldPerFree: number;
}

/**
 * Permits that callers share. What a group may hold depends on what is free, so one that takes all it gets leaves some to the
 * next that comes, however many do so. Alone it gets at most `maxHeldPerFree` of `maxHeldPerFree + 1` parts, where there are enough permits to
 * divide. Callers that share a group divide its part in the same way.
 */
export class FairShare {
  readonly #permits: number;
  readonly #maxPerGroup: number;
  readonly #maxHeldPerFree: number;
  readonly #groups = new Tally();
  /** Callers that are not known yet, in the groups of their networks. */
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
    return (
      !isMember(caller, group) || this.#members.of(caller.fingerprint) < this.#maxHeldPerFree * this.#leftFor(group)
    );
  }

  groupMayAcquire(group: string): boolean {
    const held = this.#groups.of(group);
    return this.#free > 0 && held < this.#maxPerGroup && held < this.#maxHeldPerFree * this.#free;
  }

  heldByGroup(group: string): number {
    return this.#groups.of(group);
  }

  /** By a caller that is not known yet. */
  heldByMember(fingerprint: string): number {
    return this.#members.of(fingerprint);
  }

  /** Returns the group that holds the permit, which is the caller's at present and has to be given back with it. */
  acquire(caller: CallerIdentity): string {
    const { group } = caller;
    this.#inUse += 1;
    this.#groups.add(group, 1);
    if (isMember(caller, group)) this.#members.add(caller.fingerprint, 1);
    return group;
  }

  release(caller: CallerIdentity, group: string): void {
    this.#inUse -= 1;
    this.#groups.add(group, -1);
    if (isMember(caller, group)) this.#members.add(caller.fingerprint, -1);
  }

  /** How many permits the group could take now, one after another. */
  #leftFor(group: string): number {
    const held = this.#groups.of(group);
    return Math.min(
      this.#maxPerGroup - held,
      Math.ceil((this.#maxHeldPerFree * this.#free - held) / (this.#maxHeldPerFree + 1)),
    );
  }

  get #free(): number {
    return this.#permits - this.#inUse;
  }
}

/** Whether the caller shares the group with others, as it does until it is known. */
function isMember(caller: CallerIdentity, group: string): boolean {
  return caller.hasCredentials && group !== caller.fingerprint;
}

/** How many permits each holds. */
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
