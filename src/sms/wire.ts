/** Names on the wire: GraphQL says `taskInfo`, SMS says `task_info`. The rule is mechanical; this is the only place of it. */

/** The names of the schema, and not many more. */
const MAX_NAMES = 2_000;
const wireNames = new Map<string, string>();

/** `taskInfo` -> `task_info` */
export function wireName(name: string): string {
  const known = wireNames.get(name);
  if (known !== undefined) return known;
  const renamed = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (wireNames.size < MAX_NAMES) wireNames.set(name, renamed);
  return renamed;
}

/** JSON of the caller's own: its keys are no names of SMS's and stay as they are. */
export class Verbatim {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** What is sent, with every key in its wire form. SMS takes no null anywhere, so what is null or undefined is left out. */
export function toWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === 'bigint') return JSON.rawJSON(String(value));
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Verbatim) return value.value;
  const wire: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value))
    if (inner !== null && inner !== undefined) wire[wireName(name)] = toWire(inner);
  return wire;
}

type WireName<Name extends string> = Name extends `__${string}`
  ? Name
  : Name extends `${infer Head}${infer Rest}`
    ? Head extends Lowercase<Head>
      ? `${Head}${WireName<Rest>}`
      : `_${Lowercase<Head>}${WireName<Rest>}`
    : Name;

/** A type of the graph as SMS sends it. Promises and bytes are themselves, or every async resolver would type-check. */
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
    /** A number that is written with all of its digits. In Node, but not yet in TypeScript's own library. */
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}
