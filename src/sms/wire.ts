/** GraphQL says `taskInfo`, SMS says `task_info`. The rule is mechanical, and this is its only implementation. */

/** More than the schema has. */
const MAX_CACHED_NAMES = 2_000;
const cache = new Map<string, string>();

/** `taskInfo` -> `task_info` */
export function wireName(name: string): string {
  const cached = cache.get(name);
  if (cached !== undefined) return cached;
  const renamed = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (cache.size < MAX_CACHED_NAMES) cache.set(name, renamed);
  return renamed;
}

/** JSON that belongs to the caller, so its keys are not renamed. */
export class Verbatim {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Renames every key to its wire name. Leaves out null and undefined, since SMS accepts null nowhere. */
export function toWire(value: unknown): unknown {
  if (typeof value === 'bigint') return JSON.rawJSON(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof Verbatim) return value.value;
  const wire: Record<string, unknown> = {};
  // `Object.keys` would make an array for each entry, and an export may have 10,000 tasks.
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name];
    if (inner !== null && inner !== undefined) wire[wireName(name)] = typeof inner === 'string' ? inner : toWire(inner);
  }
  return wire;
}

type WireName<Name extends string> = Name extends `__${string}`
  ? Name
  : Name extends `${infer Head}${infer Rest}`
    ? Head extends Lowercase<Head>
      ? `${Head}${WireName<Rest>}`
      : `_${Lowercase<Head>}${WireName<Rest>}`
    : Name;

/** A GraphQL type as SMS sends it. Maps promises and bytes explicitly, or every async resolver would type-check. */
export type Wire<T> =
  T extends Promise<infer Value>
    ? Promise<Wire<Value>>
    : T extends Uint8Array | Date
      ? T
      : T extends readonly (infer Item)[]
        ? Wire<Item>[]
        : T extends object
          ? { [Name in keyof T as Name extends string ? WireName<Name> : Name]: Wire<T[Name]> }
          : T;

declare global {
  interface JSON {
    /** A number with all of its digits. Node has it, but TypeScript's library does not yet. */
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}
