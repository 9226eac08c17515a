import type { Context } from '../../request/context.ts';
import { InvalidInputError } from '../../sms/errors/errors.ts';
import { cutoverGate } from '../../sms/operations/cutover-gate.ts';
import { nullIfNotFound } from '../../sms/operations/not-found.ts';
import type { ProgressUpdate } from '../../sms/operations/progress-watch.ts';
import { projectConsistency } from '../../sms/operations/project-consistency.ts';
import { projectProgress } from '../../sms/operations/project-progress.ts';
import type { WatchUpdate } from '../../sms/operations/task-watch.ts';
import { errorObject } from '../errors.ts';
import { eventOf } from '../events.ts';
import type { Resolvers, SourceServerFilter } from '../generated/graphql.ts';
import { requireOne, serverSelection } from '../selection.ts';
import { serverConnection } from '../whole-list-connections.ts';

export const resolvers: Resolvers = {
  Subscription: {
    migrationProgress: {
      subscribe: (_, { interval, migrationProject, sourceServers }, { watches }) => {
        requireOne({ migrationProject, sourceServers });
        return watches().watchServers(serverSelection({ migrationProject, sourceServers }), interval);
      },
      resolve: (update: WatchUpdate<ProgressUpdate>, _: unknown, { sms }: Context) => {
        sms.clearCache();
        return eventOf(update, ({ value, ended }) => ({
          __typename: 'MigrationProgressUpdate' as const,
          ...value,
          ended,
        }));
      },
    },
  },
  MigrationProject: {
    sourceServers: ({ id }, { filter, ...page }, { sms }) =>
      id ? serverConnection(sms, { ...page, filter: inProject(filter, id) }) : null,
    consistency: ({ id }, { maxServers }, { sms }) =>
      id ? nullIfNotFound('MigrationProject', () => projectConsistency(sms, id, maxServers)) : null,
    progress: ({ id }, _, { sms }) => (id ? nullIfNotFound('MigrationProject', () => projectProgress(sms, id)) : null),
    cutoverGate: ({ id }, { checkedAfter, maxServers }, { sms }) =>
      id
        ? nullIfNotFound('MigrationProject', () =>
            cutoverGate(sms, id, { checkedAfter: checkedAfter ? Number(checkedAfter) : null, maxServers }),
          )
        : null,
  },
  MigrationProjectConsistency: {
    failedTasks: ({ failed }) => failed.map(({ task_id, error }) => ({ task_id, error: errorObject(error) })),
  },
  CutoverGate: {
    readyServers: ({ servers }) => servers.filter(({ ready }) => ready).length,
    notReadyServers: ({ servers }) => servers.filter(({ ready }) => !ready).length,
    servers: ({ servers }, { ready: wanted }) =>
      typeof wanted === 'boolean' ? servers.filter(({ ready }) => ready === wanted) : servers,
  },
  CutoverGateServer: {
    sourceServer: ({ server }) => server,
    migrationTask: ({ task }) => task,
    notVerifiedReason: ({ reason }) => reason,
    error: ({ error }) => error && errorObject(error),
  },
};

function inProject(filter: SourceServerFilter | null | undefined, id: string): SourceServerFilter {
  const { migproject } = filter ?? {};
  if (typeof migproject !== 'string' || migproject === id) return { ...filter, migproject: id };
  throw new InvalidInputError([
    { path: ['filter', 'migproject'], message: `Must be omitted, because the servers are those of project ${id}.` },
  ]);
}
