import type { Query, SmsClient } from '../client.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import { type Entity, markView } from './entities.ts';
import { readPages } from './pages.ts';

/** Rows that are read at most, in 50 calls. */
const MAX_READ_ROWS = 10_000;
/** Rows that are sorted at most. */
const MAX_SORTED_ROWS = 2_000;
const PAGE_SIZE = 200;

export interface RowOrder {
  /** A wire name. Equal rows are sorted by name, then by id. */
  by: 'name' | 'state' | 'create_date' | 'add_date';
  isDescending: boolean;
}

export interface WholeListQuery {
  list: 'tasks' | 'source servers';
  /** The list has the rows that meet one of these filters of SMS. */
  filters: readonly Query[];
  /** A condition for which SMS has no filter. */
  matches?: (row: Entity) => boolean;
  order?: RowOrder | null;
}

const LISTS = {
  tasks: { path: '/v3/tasks', items: 'tasks', code: 'TOO_MANY_TASKS' },
  'source servers': { path: '/v3/sources', items: 'source_servers', code: 'TOO_MANY_SERVERS' },
};

/**
 * All rows of a list that meet conditions, or have an order, which SMS does not offer. Makes a call for 200 rows, and at
 * least one for each filter. `isComplete` is false if SMS reported more rows than it gave.
 * Throws `RequestRejectedError` TOO_MANY_TASKS or TOO_MANY_SERVERS above 10,000 rows to read or 2,000 to sort, after the first
 * call if SMS reports the number.
 */
export async function readWholeList(
  sms: SmsClient,
  { list, filters, matches, order = null }: WholeListQuery,
): Promise<{ rows: readonly Entity[]; isComplete: boolean }> {
  const { code, ...pages } = LISTS[list];
  const rowsById = new Map<unknown, Entity>();
  /** Rows of each filter, as far as they are known. */
  const sizes = filters.map(() => 0);
  const check = () => {
    const size = sizes.reduce((sum, rows) => sum + rows, 0);
    if (size > MAX_READ_ROWS) throw tooManyRows(code, `read and filter ${size}`, list, MAX_READ_ROWS);
    const sorted = matches ? rowsById.size : Math.max(rowsById.size, size);
    if (order && sorted > MAX_SORTED_ROWS) throw tooManyRows(code, `sort ${sorted}`, list, MAX_SORTED_ROWS);
  };

  const walks = filters.map((filter, index) => {
    let read = 0;
    return readPages<Entity>(sms, { ...pages, limit: PAGE_SIZE, filter }, ({ count, items }) => {
      read += items.length;
      sizes[index] = Math.max(read, count ?? 0);
      for (const row of items) {
        if (typeof row !== 'object' || row === null || matches?.(row) === false) continue;
        markView(row, 'listed');
        rowsById.set(row.id ?? row, row);
      }
      check();
      return true;
    });
  });
  const isComplete = (await Promise.all(walks)).every(Boolean);
  const rows = [...rowsById.values()];
  return { rows: order ? rows.toSorted(comparisonBy(order)) : rows, isComplete };
}

function tooManyRows(code: string, what: string, list: string, max: number): RequestRejectedError {
  const message = `SMS cannot do this itself, so the gateway would have to ${what} ${list}; at most ${max} are allowed. Add conditions to the filter, or read the list in SMS's own order.`;
  return new RequestRejectedError(400, code, message);
}

type Comparison = (a: Entity, b: Entity) => number;

/** `web-2` comes before `web-10`. */
const collator = new Intl.Collator('en', { numeric: true });

function comparisonBy({ by, isDescending }: RowOrder): Comparison {
  const byField = comparisonOf(by);
  const byName = comparisonOf('name');
  return (a, b) =>
    (isMissing(a[by]) || isMissing(b[by]) || !isDescending ? byField(a, b) : byField(b, a)) ||
    byName(a, b) ||
    collator.compare(String(a.id), String(b.id));
}

/** Rows without a value come last, in either direction. */
function comparisonOf(name: string): Comparison {
  return ({ [name]: a }, { [name]: b }) => {
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
