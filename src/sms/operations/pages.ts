/** Reads lists of SMS, page by page. The loop ends whatever SMS reports: neither the count nor the page size is trusted. */
import type { Page, Query, SmsClient } from '../client.ts';

/** The greatest offset that SMS accepts. */
export const MAX_OFFSET = 65_535;
/** Pages read concurrently. Reading starts with one, so an empty list costs one call, and doubles while pages are full. */
const MAX_PAGES_AT_ONCE = 8;

export interface List {
  path: string;
  /** The name of the list in the response. */
  items: string;
  /** Rows per page. */
  limit: number;
  filter?: Query | undefined;
}

/**
 * Reads a list and calls `visit` with each page, until it returns false. Also stops at a page that is not full, at a page
 * without a new id, at the count, and at the greatest offset. Resolves to false if SMS returned fewer rows than it counted, so
 * the list may have others.
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
      const before = ids.size;
      for (const row of page.items) ids.add(row?.id);
      isEnd ||= page.items.length < limit || ids.size === before;
      count = page.count;
      if (!visit(page)) return true;
    }
    if (isEnd || count === ids.size) return count === null || ids.size >= count;
    offset += pages.length * limit;
  }
  return false;
}

/** The offsets of the next pages that may have rows. One page is read even beyond the count, since the count may be wrong. */
function offsetsFrom(offset: number, limit: number, count: number | null): number[] {
  const rows = Math.min(count ?? 0, MAX_OFFSET + 1) - offset;
  const pages = Math.min(Math.max(1, Math.ceil(rows / limit)), MAX_PAGES_AT_ONCE);
  return Array.from({ length: pages }, (_, page) => offset + page * limit);
}

/**
 * The number of rows in a list: the count that SMS reports, or without one, what a page that is not full shows. Null if the count
 * cannot be right: it is below the rows seen, too large for an `Int`, or beyond any offset although the page is not full.
 * `received` is the number of rows that SMS sent at `offset`, of the `limit` requested.
 */
export function totalOf(
  count: number | null,
  { offset, received, limit }: { offset: number; received: number; limit: number },
): number | null {
  const seen = offset + received;
  const isShort = received < limit;
  if (count === null) return isShort && (received > 0 || offset === 0) ? seen : null;
  const isPossible = count <= MAX_INT && (received === 0 || count >= seen) && !(isShort && count > MAX_OFFSET + limit);
  return isPossible ? count : null;
}

/** The largest `Int` of GraphQL. */
const MAX_INT = 2 ** 31 - 1;
