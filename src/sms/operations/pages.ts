/** Lists of SMS, page by page. Neither the count nor the size of a page is trusted: a walk ends whatever SMS reports. */
import type { Page, Query, SmsClient } from '../client.ts';

/** SMS accepts no greater offset. */
export const MAX_OFFSET = 65_535;
/** Pages that are read at once. It grows to this while pages are full, so that an empty list costs one call. */
const MAX_PAGES_AT_ONCE = 8;

export interface List {
  path: string;
  /** The name of the list in the response. */
  items: string;
  /** Rows of a page. */
  limit: number;
  filter?: Query | undefined;
}

/**
 * Reads the rows of a list, each `visit` being one page; it returns whether more are needed. Stops at an empty or short
 * page, at a page without a new id, at the count, and at the greatest offset.
 * Resolves to false if SMS reported more rows than it gave: then a row that was not seen may still exist.
 */
export async function readPages<Row extends { id?: string | null }>(
  sms: SmsClient,
  { path, items, limit, filter }: List,
  visit: (page: Page<Row>) => boolean,
): Promise<boolean> {
  const ids = new Set<unknown>();
  let count: number | null = null;
  let offset = 0;
  for (let atOnce = 1; offset <= MAX_OFFSET; atOnce = Math.min(2 * atOnce, MAX_PAGES_AT_ONCE)) {
    const offsets: number[] = offsetsFrom(offset, limit, count).slice(0, atOnce);
    const pages: Page<Row>[] = await Promise.all(
      offsets.map((at) => sms.list<Row>(path, items, { ...filter, limit, offset: at })),
    );
    let isEnd = false;
    for (const page of pages) {
      const known = ids.size;
      for (const row of page.items) ids.add(row?.id);
      isEnd ||= page.items.length < limit || ids.size === known;
      count = page.count;
      if (!visit(page)) return true;
    }
    if (isEnd || count === ids.size) return count === null || ids.size >= count;
    offset += pages.length * limit;
  }
  return false;
}

/** Where pages begin that may have rows. A count that is not larger than the offset says nothing, so one page is tried. */
function offsetsFrom(offset: number, limit: number, count: number | null): number[] {
  const rows = Math.min(count ?? 0, MAX_OFFSET + 1) - offset;
  const pages = Math.min(Math.max(1, Math.ceil(rows / limit)), MAX_PAGES_AT_ONCE);
  return Array.from({ length: pages }, (_, page) => offset + page * limit);
}

/**
 * How many rows a list has, as SMS reports it. Null where that cannot be: fewer than the page has, more than an `Int` can
 * say, or more than any offset reaches though the page is not full. Without a report, a page that is not full shows it.
 * `given` are the rows that SMS gave at `offset`, where `limit` were requested.
 */
export function totalOf(
  count: number | null,
  { offset, given, limit }: { offset: number; given: number; limit: number },
): number | null {
  const seen = offset + given;
  const isShort = given < limit;
  if (count === null) return isShort && (given > 0 || offset === 0) ? seen : null;
  const isPossible = count <= MAX_INT && (given === 0 || count >= seen) && !(isShort && count > MAX_OFFSET + limit);
  return isPossible ? count : null;
}

/** The largest `Int` of GraphQL. */
const MAX_INT = 2 ** 31 - 1;
