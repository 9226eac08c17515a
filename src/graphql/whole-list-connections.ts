/** Connections with conditions or an order that SMS does not support, so that the whole list is read. */
import type { Query, SmsClient } from '../sms/client.ts';
import type { Entity } from '../sms/operations/entities.ts';
import { type RowOrder, readWholeList } from '../sms/operations/whole-list.ts';
import type {
  MigrationTaskFilter,
  MigrationTaskOrder,
  MigrationTaskState,
  SourceServerFilter,
  SourceServerOrder,
} from './generated/graphql.ts';
import { type ConnectionPage, connection, connectionOf, offsetOf, type PageArguments } from './relay-connection.ts';

/** States that SMS has no filter for. To find tasks in them, the tasks in all states are read. */
const UNFILTERABLE_STATES: ReadonlySet<MigrationTaskState> = new Set([
  'SYNC_SUCCESS',
  'SYNC_FAIL',
  'SKIPPING',
  'RESETING',
]);

interface TaskPage extends PageArguments {
  filter?: MigrationTaskFilter | null;
  orderBy?: MigrationTaskOrder | null;
}

/** A page of tasks. Reads the whole list for `states` and `orderBy`, else only the page. */
export async function taskConnection(
  sms: SmsClient,
  { filter, orderBy, ...page }: TaskPage,
): Promise<ConnectionPage<Entity>> {
  const { states = null, ...conditions } = filter ?? {};
  const order = orderBy ? TASK_ORDERS[orderBy] : null;
  if (states === null && order === null)
    return connection<Entity>(sms, '/v3/tasks', 'tasks', { ...page, filter: conditions });
  const query = { list: 'tasks' as const, order };
  if (states === null) return connectionOfList(sms, { ...query, filters: [conditions as Query] }, page);
  const selected = new Set(states.filter((state) => !conditions.state || state === conditions.state));
  // If the list is read once per state, SMS sends only rows that are needed.
  if (![...selected].some((state) => UNFILTERABLE_STATES.has(state)))
    return connectionOfList(sms, { ...query, filters: [...selected].map((state) => ({ ...conditions, state })) }, page);
  const matches = ({ state }: Entity) => selected.has(state as MigrationTaskState);
  return connectionOfList(sms, { ...query, filters: [conditions as Query], matches }, page);
}

interface ServerPage extends PageArguments {
  filter?: SourceServerFilter | null;
  orderBy?: SourceServerOrder | null;
}

/** A page of source servers. Reads the whole list for `orderBy`, else only the page. */
export async function serverConnection(
  sms: SmsClient,
  { orderBy, ...page }: ServerPage,
): Promise<ConnectionPage<Entity>> {
  if (!orderBy) return connection<Entity>(sms, '/v3/sources', 'source_servers', page);
  const filters = [{ ...(page.filter as Query | null) }];
  return connectionOfList(sms, { list: 'source servers', filters, order: SERVER_ORDERS[orderBy] }, page);
}

async function connectionOfList(sms: SmsClient, query: Parameters<typeof readWholeList>[1], page: PageArguments) {
  // An invalid cursor is rejected before any call.
  offsetOf(page.after);
  const { rows, isComplete } = await readWholeList(sms, query);
  return connectionOf(rows, isComplete ? rows.length : null, page);
}

const TASK_ORDERS: Readonly<Record<MigrationTaskOrder, RowOrder>> = {
  NAME_ASC: { by: 'name', isDescending: false },
  NAME_DESC: { by: 'name', isDescending: true },
  CREATED_ASC: { by: 'create_date', isDescending: false },
  CREATED_DESC: { by: 'create_date', isDescending: true },
  STATE_ASC: { by: 'state', isDescending: false },
  STATE_DESC: { by: 'state', isDescending: true },
};

const SERVER_ORDERS: Readonly<Record<SourceServerOrder, RowOrder>> = {
  NAME_ASC: { by: 'name', isDescending: false },
  NAME_DESC: { by: 'name', isDescending: true },
  ADDED_ASC: { by: 'add_date', isDescending: false },
  ADDED_DESC: { by: 'add_date', isDescending: true },
  STATE_ASC: { by: 'state', isDescending: false },
  STATE_DESC: { by: 'state', isDescending: true },
};
