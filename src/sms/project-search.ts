import DataLoader from 'dataloader';
import type { SmsClient } from './client.ts';
import type { Entity } from './entities.ts';

const PROJECTS_A_PAGE = 100;
const SERVERS_A_PAGE = 200;

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
      for (const project of await allOf(sms, '/v3/migprojects', 'migprojects', PROJECTS_A_PAGE)) {
        const left = serverIds.filter((id) => !found.has(id));
        if (left.length === 0 || !project.id) break;
        const [only] = left;
        const filter = { migproject: project.id, ...(left.length === 1 && { id: only }) };
        const servers = await allOf(sms, '/v3/sources', 'source_servers', SERVERS_A_PAGE, filter);
        for (const { id } of servers) if (id) found.set(id, project);
      }
      return serverIds.map((id) => found.get(id) ?? null);
    },
    { cache: false },
  );
}

async function allOf(sms: SmsClient, list: string, items: string, limit: number, filter = {}): Promise<Entity[]> {
  const pageAt = (offset: number) => sms.list<Entity>(list, items, { ...filter, limit, offset });
  const first = await pageAt(0);
  const others = Math.max(0, Math.ceil(first.count / limit) - 1);
  const rest = await Promise.all(Array.from({ length: others }, (_, page) => pageAt((page + 1) * limit)));
  return [first, ...rest].flatMap((page) => page.items);
}
