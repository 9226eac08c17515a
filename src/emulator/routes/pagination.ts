/** Filters and pages, as every list of SMS has them. */

type Query = Readonly<Record<string, string | number | boolean>>;
/** What each filter of the query means for a row. */
export type Filters<T> = Readonly<Record<string, (row: T, wanted: string | number | boolean) => boolean>>;

/** The rows that pass every filter that the query names. */
export function selected<T>(rows: Iterable<T>, query: Query, filters: Filters<T>): T[] {
  const named = Object.entries(filters).flatMap(([name, passes]) => {
    const wanted = query[name];
    return wanted === undefined ? [] : [(row: T) => passes(row, wanted)];
  });
  return [...rows].filter((row) => named.every((passes) => passes(row)));
}

/** One page: `offset` rows skipped, `limit` rows given, or `usual` where the query names no limit. */
export function page<T>(rows: T[], query: Query, usual: number): T[] {
  const offset = Number(query['offset'] ?? 0);
  return rows.slice(offset, offset + Number(query['limit'] ?? usual));
}

/** Whether a name holds the text that is looked for. */
export function holds(name: string, wanted: string | number | boolean): boolean {
  return name.includes(String(wanted));
}
