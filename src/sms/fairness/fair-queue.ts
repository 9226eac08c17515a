import type { CallerIdentity } from './caller-identity.ts';
import type { FairShare } from './fair-share.ts';

export interface Waiting {
  readonly caller: CallerIdentity;
}

type Shares = Pick<FairShare, 'groupMayAcquire' | 'mayAcquire' | 'heldByGroup' | 'heldByMember'>;

interface Group<Item> {
  /** By fingerprint, in the order of their turns: the callers of one address that are not known yet. */
  members: Map<string, Set<Item>>;
  size: number;
}

/**
 * A queue in which callers take turns: however many items of one caller wait, the next caller's first item is next. In one
 * group, callers that are not known yet take turns in the same way.
 */
export class FairQueue<Item extends Waiting> {
  /** In the order of their turns. */
  readonly #groups = new Map<string, Group<Item>>();
  /** The group of each item, in the order of arrival. */
  readonly #items = new Map<Item, string>();

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

  /** False where the item does not wait. */
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
   * Removes the item whose turn it is, among those whose callers may take a permit: one of the group that holds the fewest,
   * and where groups hold as many, of the one that had its last turn before the others.
   */
  take(share: Shares): Item | undefined {
    const found = first(this.#groups, (name, group) => {
      if (!share.groupMayAcquire(name)) return null;
      return { held: share.heldByGroup(name), value: () => this.#turnIn(name, group, share) };
    });
    if (found === undefined) return undefined;
    const { group, fingerprint } = found.caller;
    this.remove(found);
    toTheEnd(this.#groups.get(group)?.members, fingerprint);
    toTheEnd(this.#groups, group);
    return found;
  }

  /** The item whose turn it is in a group. One whose caller has got a group of its own in the meantime moves there. */
  #turnIn(name: string, { members }: Group<Item>, share: Shares): Item | undefined {
    return first(members, (fingerprint, [item]) => {
      if (item === undefined) return null;
      if (item.caller.group !== name) {
        this.remove(item);
        this.add(item);
        return null;
      }
      return share.mayAcquire(item.caller) ? { held: share.heldByMember(fingerprint), value: () => item } : null;
    });
  }

  /** How many items would be taken before another one of this caller, at most. */
  ahead({ group: name, fingerprint }: CallerIdentity): number {
    const group = this.#groups.get(name);
    const items = group?.members.get(fingerprint)?.size ?? 0;
    const inLine = group === undefined ? 0 : turnsBefore(items, group.members.size, group.size);
    return turnsBefore(inLine, this.#groups.size, this.size);
  }

  /**
   * The item that should leave a full queue for another one of this caller: the last of the caller with most items in the
   * longest group. None where that would only move the injustice.
   */
  dropFor({ group: name, fingerprint }: CallerIdentity): Item | undefined {
    const [longName, group] = longest(this.#groups, ({ size }) => size) ?? [];
    const [longMember, items] = group === undefined ? [] : (longest(group.members, ({ size }) => size) ?? []);
    if (group === undefined || items === undefined) return undefined;
    const isOwnLine = longName === name;
    const [most, own] = isOwnLine
      ? [items.size, group.members.get(fingerprint)?.size ?? 0]
      : [group.size, this.#groups.get(name)?.size ?? 0];
    if ((isOwnLine && longMember === fingerprint) || most <= own + 1) return undefined;
    return [...items].at(-1);
  }
}

/** Turns that come before the next free one of something that has `own` already, among `count` that take turns. */
function turnsBefore(own: number, count: number, all: number): number {
  const others = own === 0 ? count : count - 1;
  return Math.min(all, own + (own + 1) * others);
}

interface Candidate<Found> {
  /** How many permits it holds. */
  held: number;
  value(): Found | undefined;
}

/** What has the fewest permits, and of those that have as few, the first. */
function first<Value, Found>(
  map: Map<string, Value>,
  candidateOf: (key: string, value: Value) => Candidate<Found> | null,
): Found | undefined {
  let fewest = Number.POSITIVE_INFINITY;
  let found: Found | undefined;
  for (const [key, value] of map) {
    const candidate = candidateOf(key, value);
    if (candidate === null || candidate.held >= fewest) continue;
    const better = candidate.value();
    if (better === undefined) continue;
    found = better;
    fewest = candidate.held;
    if (fewest === 0) return found;
  }
  return found;
}

/** A map keeps the order in which its keys were set. */
function toTheEnd<Value>(map: Map<string, Value> | undefined, key: string): void {
  const value = map?.get(key);
  if (map === undefined || value === undefined) return;
  map.delete(key);
  map.set(key, value);
}

/** The largest, and of those that are as large, the last. */
function longest<Value>(map: Map<string, Value>, sizeOf: (value: Value) => number): [string, Value] | undefined {
  let found: [string, Value] | undefined;
  for (const entry of map) if (found === undefined || sizeOf(entry[1]) >= sizeOf(found[1])) found = entry;
  return found;
}
