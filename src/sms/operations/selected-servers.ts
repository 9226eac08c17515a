import type { Query, SmsClient } from '../client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { path } from '../http/path.ts';
import { type Entity, markView } from './entities.ts';
import { readPages } from './pages.ts';

/** Source servers to select: those of a migration project, or those that meet a filter of the list of source servers. */
export type ServerSelection = { migrationProject: string } | { filter: Query };

export type IdentifiedEntity = Entity & { readonly id: string };

export interface SelectedServer {
  server: IdentifiedEntity;
  /** The task of the server, as SMS shows it in the list. Null if the server has none. */
  task: IdentifiedEntity | null;
}

/** How many source servers may be selected, and what the caller can do if there are more. */
export interface SelectionLimit {
  maxServers: number;
  advice: string;
}

const SERVERS = { path: '/v3/sources', items: 'source_servers', limit: 200 };

/**
 * All selected source servers, each with its current task. Reads 200 of them in a call. A migration project without
 * servers costs one more call, because SMS lists no servers for an unknown project either.
 * Throws `RequestRejectedError` TOO_MANY_SERVERS above the limit, after the first call if SMS reports the number; SMS's own
 * error for an unknown project; and `SmsUnavailableError` INVALID_ANSWER if SMS lists fewer servers than it reports.
 */
export function selectedServers(
  sms: SmsClient,
  selection: ServerSelection,
  limit: SelectionLimit,
): Promise<readonly SelectedServer[]> {
  const key = `source servers ${JSON.stringify([selection, limit.maxServers])}`;
  return sms.cached(key, () => readServers(sms, selection, limit));
}

async function readServers(
  sms: SmsClient,
  selection: ServerSelection,
  { maxServers, advice }: SelectionLimit,
): Promise<SelectedServer[]> {
  const filter = 'filter' in selection ? selection.filter : { migproject: selection.migrationProject };
  const servers = new Map<string, SelectedServer>();
  const isComplete = await readPages<Entity>(sms, { ...SERVERS, filter }, ({ count, items }) => {
    if (count !== null && count > maxServers) throw tooManyServers(count, maxServers, advice);
    for (const server of items) {
      if (!isIdentified(server)) throw invalidAnswer('a source server without an id');
      markView(server, 'listed');
      const task = server['current_task'];
      servers.set(server.id, { server, task: isIdentified(task) ? task : null });
    }
    if (servers.size > maxServers) throw tooManyServers(`more than ${maxServers}`, maxServers, advice);
    return true;
  });
  if (!isComplete) throw invalidAnswer('fewer source servers than it reports');
  if (servers.size === 0 && 'migrationProject' in selection)
    await sms.get(path`/v3/migprojects/${selection.migrationProject}`);
  return [...servers.values()];
}

function isIdentified(entity: unknown): entity is IdentifiedEntity {
  return (
    typeof entity === 'object' && entity !== null && 'id' in entity && typeof entity.id === 'string' && entity.id !== ''
  );
}

function tooManyServers(count: number | string, maxServers: number, advice: string): RequestRejectedError {
  const message = `The selection has ${count} source servers; at most ${maxServers} are allowed. ${advice}`;
  return new RequestRejectedError(400, 'TOO_MANY_SERVERS', message);
}

function invalidAnswer(what: string): SmsUnavailableError {
  return new SmsUnavailableError(
    'INVALID_ANSWER',
    `SMS sent ${what}, so the selection is not complete. Try again later.`,
  );
}
