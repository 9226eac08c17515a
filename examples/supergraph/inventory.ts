/** A subgraph of another team: who owns the source servers, and when they are cut over. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import { createYoga, type YogaInitialContext } from 'graphql-yoga';
import { assignments, type Owner, owners, type Wave, waves } from './inventory-records.ts';
import { listen, type RunningServer } from './listen.ts';

interface Reference {
  id: string;
}

/** What a router sends for `@requires`. In place of a value that it could not read, it may send null or an object. */
interface SourceServer extends Reference {
  cpuQuantity?: unknown;
  /** In MB. A string beyond 2^53 - 1. */
  memory?: unknown;
}

interface MigrationTask extends Reference {
  stateText?: unknown;
  sourceServer?: Reference | null;
}

const EUR_PER_VCPU = 12;
const EUR_PER_GB = 3;

const resolvers = {
  Query: {
    owners: () => [...owners.values()],
    owner: (_: unknown, { id }: Reference) => owners.get(id) ?? null,
    waves: () => [...waves.values()],
  },
  Owner: {
    __resolveReference: ({ id }: Reference) => owners.get(id) ?? null,
    servers: (owner: Owner) => serversOf('owner', owner),
  },
  Wave: {
    __resolveReference: ({ id }: Reference) => waves.get(id) ?? null,
    servers: (wave: Wave) => serversOf('wave', wave),
  },
  SourceServer: {
    owner: ({ id }: SourceServer) => assignments.get(id)?.owner ?? null,
    wave: ({ id }: SourceServer) => assignments.get(id)?.wave ?? null,
    monthlyPrice: ({ cpuQuantity, memory }: SourceServer) =>
      typeof cpuQuantity === 'number' && (typeof memory === 'number' || typeof memory === 'string')
        ? cpuQuantity * EUR_PER_VCPU + (Number(memory) / 1024) * EUR_PER_GB
        : null,
  },
  MigrationTask: {
    ownerNotice({ stateText, sourceServer }: MigrationTask, _: unknown, { request }: YogaInitialContext) {
      const owner = sourceServer && assignments.get(sourceServer.id)?.owner;
      if (!owner || typeof stateText !== 'string') return null;
      const isChinese = request.headers.get('x-language')?.toLowerCase() === 'zh-cn';
      return isChinese
        ? `${owner.name}：您的迁移任务状态为 ${stateText}。`
        : `${owner.name}: your migration task is ${stateText}.`;
    },
  },
};

/** References: the entities of SMS are resolved by the router, which asks SMS for the rest. */
function serversOf(key: 'owner' | 'wave', value: Owner | Wave): Reference[] {
  return [...assignments].flatMap(([id, assignment]) => (assignment[key] === value ? [{ id }] : []));
}

export const typeDefs = parse(readFileSync(new URL('inventory.graphql', import.meta.url), 'utf8'));

export async function startInventory(port: number): Promise<RunningServer> {
  const yoga = createYoga({
    schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
    graphiql: false,
    logging: false,
    context: ({ request }) => {
      // The router must forward the caller's token. A real inventory would also verify it, as the gateway to SMS does.
      if (request.headers.get('x-auth-token')) return {};
      throw new GraphQLError('The request has no token. Send an IAM token as X-Auth-Token.', {
        extensions: { code: 'TOKEN_MISSING' },
      });
    },
  });
  return listen(createServer(yoga), port);
}
