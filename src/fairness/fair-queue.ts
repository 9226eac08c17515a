import type { CallerIdentity } from './caller-identity.ts';
import type { FairShare } from './fair-share.ts';

export interface Waiting {
  readonly caller: CallerIdentity;
}

interface Group<Item> {
  /** By fingerprint, least recently served first. More than one only in the group of a network address. */
  members: Map<string, Set<Item>>;
  size: number;
}

/**
 * Items that wait for permits of a `FairShare`. Fairness groups are served round-robin, however many items each has, and so
 * are the callers within a group.
 */
export class FairQueue<Item extends Waiting> {
  readonly #share: FairShare;
  /** By name, least recently served first. */
  readonly #groups = new Map<string, Group<Item>>();
  /** Each item with its group, oldest first. */
  readonly #items = new Map<Item, string>();

  constructor(share: FairShare) {
    this.#share = share;
  }

  get size(): number {
    return this.#items.size;
  }

  get oldest(): Item | undefined {
    return this.#items.keys().next().value;
  }

  add(item: Item): void {
    const { group: name, fingerprint } = item.caller;
    const group = this.#groups.get(name) ?? { members: new Map(), size: 0 };
    const items = group.members.get(fingerprint) ?? new Set();
    this.#items.set(item, name);
    this.#groups.set(name, group);
    group.members.set(fingerprint, items.add(item));
    group.size += 1;
  }

  /** Returns false if the item is not in the queue. */
  remove(item: Item): boolean {
    const name = this.#items.get(item);
    const group = name === undefined ? undefined : this.#groups.get(name);
    if (name === undefined || group === undefined) return false;
    const { fingerprint } = item.caller;
    const items = group.members.get(fingerprint);
    this.#items.delete(item);
    items?.delete(item);
    group.size -= 1;
    if (items?.size === 0) group.members.delete(fingerprint);
    if (group.size === 0) this.#groups.delete(name);
    return true;
  }

  /**
   * Removes the next item whose caller may acquire a permit. It comes from the group that holds the fewest permits, and among
   * equals from the one that was served least recently.
   */
  take(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = withFewestPermits(
      this.#groups,
      (name) => this.#share.heldByGroup(name),
      (name, group) => (this.#share.groupMayAcquire(name) ? this.#nextOf(name, group) : undefined),
    );
    if (item === undefined) return undefined;
    const { group, fingerprint } = item.caller;
    this.remove(item);
    moveToEnd(this.#groups.get(group)?.members, fingerprint);
    moveToEnd(this.#groups, group);
    return item;
  }

  #nextOf(name: string, { members }: Group<Item>): Item | undefined {
    return withFewestPermits(
      members,
      (fingerprint) => this.#share.heldByMember(fingerprint),
      (_, [item]) => {
        if (item === undefined) return undefined;
        if (item.caller.group === name) return this.#share.mayAcquire(item.caller) ? item : undefined;
        // Its caller was verified while it waited, so it moves to the caller's own group.
        this.remove(item);
        this.add(item);
        return undefined;
      },
    );
  }

  /** At most how many items would be taken before another one of this caller. */
  ahead({ group: name, fingerprint }: CallerIdentity): number {
    const group = this.#groups.get(name);
    const items = group?.members.get(fingerprint)?.size ?? 0;
    const inGroup = group === undefined ? 0 : takenBefore(items, group.members.size, group.size);
    return takenBefore(inGroup, this.#groups.size, this.size);
  }

  /**
   * The item to evict from a full queue for another one of this caller: the newest of the caller with the most items in the
   * largest group. None if the caller would then have as many items as the one that loses its item.
   */
  evictionFor({ group: name, fingerprint }: CallerIdentity): Item | undefined {
    const [largestName, group] = largest(this.#groups, ({ size }) => size) ?? [];
    const [largestMember, items] = group === undefined ? [] : (largest(group.members, ({ size }) => size) ?? []);
    if (group === undefined || items === undefined) return undefined;
    const isOwnGroup = largestName === name;
    const [most, own] = isOwnGroup
      ? [items.size, group.members.get(fingerprint)?.size ?? 0]
      : [group.size, this.#groups.get(name)?.size ?? 0];
    if ((isOwnGroup && largestMember === fingerprint) || most <= own + 1) return undefined;
    return [...items].at(-1);
  }
}

/** Items taken round-robin from `count` sources, `all` in total, before the next new one of a source that has `own`. */
function takenBefore(own: number, count: number, all: number): number {
  const others = own === 0 ? count : count - 1;
  return Math.min(all, own + (own + 1) * others);
}

/** What `find` returns for the entry with the fewest permits, and among equals for the first. Skips `undefined`. */
function withFewestPermits<Value, Found>(
  map: Map<string, Value>,
  heldBy: (key: string) => number,
  find: (key: string, value: Value) => Found | undefined,
): Found | undefined {
  let fewest = Number.POSITIVE_INFINITY;
  let best: Found | undefined;
  for (const [key, value] of map) {
    const held = heldBy(key);
    const candidate = held < fewest ? find(key, value) : undefined;
    if (candidate === undefined) continue;
    best = candidate;
    fewest = held;
    if (fewest === 0) break;
  }
  return best;
}

/** A map iterates in the order of insertion. */
function moveToEnd<Value>(map: Map<string, Value> | undefined, key: string): void {
  const value = map?.get(key);
  if (map === undefined || value === undefined) return;
  map.delete(key);
  map.set(key, value);
}

/** The entry with the largest size, and among equals the last. */
function largest<Value>(map: Map<string, Value>, sizeOf: (value: Value) => number): [string, Value] | undefined {
  let best: [string, Value] | undefined;
  for (const entry of map) if (best === undefined || sizeOf(entry[1]) >= sizeOf(best[1])) best = entry;
  return best;
}
