import type { CallerIdentity } from './caller-identity.ts';
import type { FairShare } from './fair-share.ts';

export interface Waiting {
  readonly caller: CallerIdentity;
}

type Shares = Pick<FairShare, 'lineMayTake' | 'mayTake' | 'heldByLine' | 'heldByMember'>;

interface Line<Item> {
  /** By fingerprint, in the order of their turns: the callers of one address that are not known yet. */
  members: Map<string, Set<Item>>;
  size: number;
}

/**
 * A queue in which callers take turns: however many items of one caller wait, the next caller's first item is next. In one
 * line, callers that are not known yet take turns in the same way.
 */
export class FairQueue<Item extends Waiting> {
  /** In the order of their turns. */
  readonly #lines = new Map<string, Line<Item>>();
  /** The line of each item, in the order of arrival. */
  readonly #items = new Map<Item, string>();

  get size(): number {
    return this.#items.size;
  }

  get oldest(): Item | undefined {
    return this.#items.keys().next().value;
  }

  add(item: Item): void {
    const { line: name, fingerprint } = item.caller;
    const line = this.#lines.get(name) ?? { members: new Map(), size: 0 };
    const items = line.members.get(fingerprint) ?? new Set();
    this.#items.set(item, name);
    this.#lines.set(name, line);
    line.members.set(fingerprint, items.add(item));
    line.size += 1;
  }

  /** False where the item does not wait. */
  remove(item: Item): boolean {
    const name = this.#items.get(item);
    const line = name === undefined ? undefined : this.#lines.get(name);
    if (name === undefined || line === undefined) return false;
    const { fingerprint } = item.caller;
    const items = line.members.get(fingerprint);
    this.#items.delete(item);
    items?.delete(item);
    line.size -= 1;
    if (items?.size === 0) line.members.delete(fingerprint);
    if (line.size === 0) this.#lines.delete(name);
    return true;
  }

  /**
   * Removes the item whose turn it is, among those whose callers may take a permit: one of the line that holds the fewest,
   * and where lines hold as many, of the one that had its last turn before the others.
   */
  take(share: Shares): Item | undefined {
    const found = first(this.#lines, (name, line) => {
      if (!share.lineMayTake(name)) return null;
      return { held: share.heldByLine(name), value: () => this.#turnIn(name, line, share) };
    });
    if (found === undefined) return undefined;
    const { line, fingerprint } = found.caller;
    this.remove(found);
    toTheEnd(this.#lines.get(line)?.members, fingerprint);
    toTheEnd(this.#lines, line);
    return found;
  }

  /** The item whose turn it is in a line. One whose caller has got a line of its own in the meantime moves there. */
  #turnIn(name: string, { members }: Line<Item>, share: Shares): Item | undefined {
    return first(members, (fingerprint, [item]) => {
      if (item === undefined) return null;
      if (item.caller.line !== name) {
        this.remove(item);
        this.add(item);
        return null;
      }
      return share.mayTake(item.caller) ? { held: share.heldByMember(fingerprint), value: () => item } : null;
    });
  }

  /** How many items would be taken before another one of this caller, at most. */
  ahead({ line: name, fingerprint }: CallerIdentity): number {
    const line = this.#lines.get(name);
    const items = line?.members.get(fingerprint)?.size ?? 0;
    const inLine = line === undefined ? 0 : turnsBefore(items, line.members.size, line.size);
    return turnsBefore(inLine, this.#lines.size, this.size);
  }

  /**
   * The item that should leave a full queue for another one of this caller: the last of the caller with most items in the
   * longest line. None where that would only move the injustice.
   */
  dropFor({ line: name, fingerprint }: CallerIdentity): Item | undefined {
    const [longName, line] = longest(this.#lines, ({ size }) => size) ?? [];
    const [longMember, items] = line === undefined ? [] : (longest(line.members, ({ size }) => size) ?? []);
    if (line === undefined || items === undefined) return undefined;
    const isOwnLine = longName === name;
    const [most, own] = isOwnLine
      ? [items.size, line.members.get(fingerprint)?.size ?? 0]
      : [line.size, this.#lines.get(name)?.size ?? 0];
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
