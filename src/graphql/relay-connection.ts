import type { Query, SmsClient } from '../sms/client.ts';
import { InvalidInputError } from '../sms/errors/errors.ts';
import { markView } from '../sms/operations/entities.ts';
import { MAX_OFFSET, totalOf } from '../sms/operations/pages.ts';

/** The arguments of a list: Relay's, over the limit and offset of SMS. */
export interface PageArguments {
  filter?: object | null;
  first: number;
  after?: string | null;
}

/** A page of a list of SMS as a Relay connection, under wire names. `items` is the name of the list in the answer. */
export async function connection<Node>(
  sms: SmsClient,
  list: string,
  items: string,
  { filter, first, after }: PageArguments,
) {
  const offset = offsetOf(after);
  // SMS takes a limit of 0 for its greatest, so one is asked for where only the count is wanted.
  const limit = Math.max(1, first);
  const page = await sms.list<Node>(list, items, { ...(filter as Query | null), limit, offset });
  const nodes = page.items.slice(0, first);
  const given = Math.min(page.items.length, limit);
  const next = offset + nodes.length;
  for (const node of nodes) markView(node, 'listed');
  const edges = nodes.map((node, index) => ({ cursor: cursorOf(offset + index + 1), node }));
  return {
    nodes,
    edges,
    total_count: totalOf(page.count, { offset, given, limit }),
    page_info: {
      // An empty page is the last one, whatever the count says: a client that believed it would never end.
      has_next_page: given > 0 && next <= MAX_OFFSET && (page.count === null ? given === limit : next < page.count),
      has_previous_page: offset > 0,
      start_cursor: edges[0]?.cursor ?? null,
      end_cursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function cursorOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

function offsetOf(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return 0;
  const offset = Number(/^offset:(\d{1,5})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1] ?? Number.NaN);
  if (offset <= MAX_OFFSET) return offset;
  throw new InvalidInputError([{ path: ['after'], message: 'Is not a cursor of this list.' }]);
}
