import DataLoader from 'dataloader';
import type { SmsClient } from '../client.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { orNull } from './absence.ts';
import type { Entity } from './entities.ts';
import { readPages } from './pages.ts';

const PROJECTS = { path: '/v3/migprojects', items: 'migprojects', limit: 100 };
const SERVERS = { path: '/v3/sources', items: 'source_servers', limit: 200 };
/** Calls of one search. There may be 1,000 servers, so 1,000 projects that are not empty. */
const MAX_CALLS = 1_000;

/**
 * The migration project of a source server. No answer of SMS names it; only the list of source servers can be filtered
 * by project. So the projects are listed, and each is asked for the servers that are wanted: one server by its id, more
 * by pages. Servers that are asked for at the same time share the search.
 */
export function projectSearch(sms: SmsClient): ProjectSearch {
  let search: DataLoader<string, Entity | null> | undefined;
  return (serverId) => {
    search ??= searchOf(sms);
    return search.load(serverId);
  };
}

export type ProjectSearch = (serverId: string) => Promise<Entity | null>;

function searchOf(sms: SmsClient) {
  return new DataLoader<string, Entity | null>(
    async (serverIds) => {
      const found = new Map<string, Entity>();
      const left = new Set(serverIds);
      let calls = 0;
      const mayGoOn = () => {
        calls += 1;
        return calls < MAX_CALLS;
      };

      const projects: (Entity & { id: string })[] = [];
      let sawAll = await readPages<Entity>(sms, PROJECTS, ({ items }) => {
        projects.push(...items.filter(isNamed));
        return mayGoOn();
      });
      for (const project of projects) {
        if (left.size === 0 || calls >= MAX_CALLS) break;
        const [only] = left;
        const filter = { migproject: project.id, ...(left.size === 1 && { id: only }) };
        const readServers = () =>
          readPages<Entity>(sms, { ...SERVERS, filter }, ({ items }) => {
            for (const { id } of items.filter(isNamed)) if (left.delete(id)) found.set(id, project);
            return mayGoOn() && left.size > 0;
          });
        // A project that was deleted since it was listed has no servers.
        sawAll = (await orNull('MigrationProject', readServers)) !== false && sawAll;
      }
      sawAll &&= calls < MAX_CALLS;
      return serverIds.map((id) => found.get(id) ?? (sawAll ? null : incomplete()));
    },
    { cache: false },
  );
}

function isNamed(entity: Entity | null): entity is Entity & { id: string } {
  return typeof entity?.id === 'string' && entity.id !== '';
}

/** Not null: the server may be in a project that was not seen. */
function incomplete(): SmsUnavailableError {
  return new SmsUnavailableError(
    'INVALID_ANSWER',
    'SMS did not give all the rows that it reports, so the migration project was not found. Try later.',
  );
}
