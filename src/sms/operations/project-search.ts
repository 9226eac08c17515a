import DataLoader from 'dataloader';
import type { SmsClient } from '../client.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import type { Entity } from './entities.ts';
import { nullIfNotFound } from './not-found.ts';
import { readPages } from './pages.ts';

const PROJECTS = { path: '/v3/migprojects', items: 'migprojects', limit: 100 };
const SERVERS = { path: '/v3/sources', items: 'source_servers', limit: 200 };
/** For one search. An account has at most 1,000 servers, so at most 1,000 projects that are not empty. */
const MAX_CALLS = 1_000;

export type ProjectSearch = (serverId: string) => Promise<Entity | null>;

/**
 * Finds the migration project of a source server. SMS returns it nowhere, but the list of source servers can be filtered by
 * project. So this lists the projects, and then the servers of each: a single server by its id, several by pages. Servers
 * that are requested at the same time share the search.
 */
export function projectSearch(sms: SmsClient): ProjectSearch {
  let search: DataLoader<string, Entity | null> | undefined;
  return (serverId) => {
    search ??= new DataLoader((serverIds) => findProjects(sms, serverIds), { cache: false });
    return search.load(serverId);
  };
}

async function findProjects(sms: SmsClient, serverIds: readonly string[]): Promise<(Entity | null | Error)[]> {
  const projectOf = new Map<string, Entity>();
  const missing = new Set(serverIds);
  let calls = 0;
  const mayContinue = () => {
    calls += 1;
    return calls < MAX_CALLS;
  };

  const projects: EntityWithId[] = [];
  let sawAll = await readPages<Entity>(sms, PROJECTS, ({ items }) => {
    projects.push(...items.filter(hasId));
    return mayContinue();
  });
  for (const project of projects) {
    if (missing.size === 0 || calls >= MAX_CALLS) break;
    const [id] = missing;
    const filter = { migproject: project.id, ...(missing.size === 1 && { id }) };
    const readServers = () =>
      readPages<Entity>(sms, { ...SERVERS, filter }, ({ items }) => {
        for (const server of items.filter(hasId)) if (missing.delete(server.id)) projectOf.set(server.id, project);
        return mayContinue() && missing.size > 0;
      });
    // A project that was deleted in the meantime has no servers.
    sawAll = (await nullIfNotFound('MigrationProject', readServers)) !== false && sawAll;
  }
  sawAll &&= calls < MAX_CALLS;
  return serverIds.map((id) => projectOf.get(id) ?? (sawAll ? null : incomplete()));
}

type EntityWithId = Entity & { id: string };

function hasId(entity: Entity | null): entity is EntityWithId {
  return typeof entity?.id === 'string' && entity.id !== '';
}

/** Null would be wrong, since the server may be in a project that SMS did not return. */
function incomplete(): SmsUnavailableError {
  return new SmsUnavailableError(
    'INVALID_ANSWER',
    'SMS returned fewer rows than it reported, so the migration project was not found. Try later.',
  );
}
