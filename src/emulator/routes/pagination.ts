/** Filters and pages of lists. */

type Value = string | number | boolean;
type Query = Readonly<Record<string, Value>>;
/** By query parameter: whether a row matches its value. */
export type Filters<T> = Readonly<Record<string, (row: T, value: Value) => boolean>>;

interface Page<T> {
  /** Of all matching rows. */
  count: number;
  rows: T[];
}

/** The page of the matching rows that `offset` and `limit` ask for. */
export function pageOf<T>(all: Iterable<T>, query: Query, defaultLimit: number, filters: Filters<T> = {}): Page<T> {
  const matching = [...all].filter((row) =>
    Object.entries(filters).every(([name, matches]) => query[name] === undefined || matches(row, query[name])),
  );
  const offset = Number(query['offset'] ?? 0);
  return { count: matching.length, rows: matching.slice(offset, offset + Number(query['limit'] ?? defaultLimit)) };
}

export function nameContains({ name }: { name: string }, text: Value): boolean {
  return name.includes(String(text));
}
