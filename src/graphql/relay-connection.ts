import type { Query, SmsClient } from '../sms/client.ts';
import { InvalidInputError } from '../sms/errors/errors.ts';
import { markView } from '../sms/operations/entities.ts';
import { MAX_OFFSET, totalOf } from '../sms/operations/pages.ts';

export interface PageArguments {
  filter?: object | null;
  first: number;
  after?: string | null;
}

/** A page of an SMS list as a Relay connection, with wire names. `items` is the name of the list in the response. */
export async function connection<Node>(
  sms: SmsClient,
  list: string,
  items: string,
  { filter, first, after }: PageArguments,
): Promise<ConnectionPage<Node>> {
  const offset = offsetOf(after);
  // SMS takes a limit of 0 for its maximum, so one row is read if the caller selects only the count.
  const limit = Math.max(1, first);
  const page = await sms.list<Node>(list, items, { ...(filter as Query | null), limit, offset });
  const nodes = page.items.length <= first ? page.items : page.items.slice(0, first);
  const received = Math.min(page.items.length, limit);
  const next = offset + nodes.length;
  for (const node of nodes) markView(node, 'listed');
  /** A count that is below the number of rows seen is ignored. */
  const mayHaveMore = (count: number | null) => (count === null || count < next ? received === limit : next < count);
  // An empty page is the last one, even if the count is higher. Otherwise a client would page forever.
  const hasNext = received > 0 && next <= MAX_OFFSET && mayHaveMore(page.count);
  return new ConnectionPage(nodes, offset, totalOf(page.count, { offset, received, limit }), hasNext);
}

/** A page of a list whose rows have all been read. */
export function connectionOf<Node>(rows: readonly Node[], totalCount: number | null, { first, after }: PageArguments) {
  const offset = offsetOf(after);
  const nodes = rows.slice(offset, offset + first);
  return new ConnectionPage(nodes, offset, totalCount, offset + nodes.length < rows.length);
}

/** Edges and cursors are only made if they are selected. */
export class ConnectionPage<Node> {
  readonly nodes: Node[];
  readonly total_count: number | null;
  readonly #offset: number;
  readonly #hasNext: boolean;

  constructor(nodes: Node[], offset: number, totalCount: number | null, hasNext: boolean) {
    this.nodes = nodes;
    this.total_count = totalCount;
    this.#offset = offset;
    this.#hasNext = hasNext;
  }

  get edges() {
    return this.nodes.map((node, index) => ({ cursor: cursorOf(this.#offset + index + 1), node }));
  }

  get page_info() {
    const { length } = this.nodes;
    return {
      has_next_page: this.#hasNext,
      has_previous_page: this.#offset > 0,
      start_cursor: length > 0 ? cursorOf(this.#offset + 1) : null,
      end_cursor: length > 0 ? cursorOf(this.#offset + length) : null,
    };
  }
}

function cursorOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

/** Throws `InvalidInputError` for an invalid cursor. */
export function offsetOf(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return 0;
  const offset = Number(/^offset:(\d{1,5})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1] ?? Number.NaN);
  if (offset <= MAX_OFFSET) return offset;
  throw new InvalidInputError([{ path: ['after'], message: 'Must be a cursor that this list returned.' }]);
}
