import type { Context } from '../../request/context.ts';
import type { SmsClient } from '../../sms/client.ts';
import { RequestRejectedError } from '../../sms/errors/errors.ts';
import { path } from '../../sms/http/path.ts';
import { allowedActions } from '../../sms/operations/allowed-actions.ts';
import { consistencyChecks } from '../../sms/operations/consistency-checks.ts';
import { createdReference, type Entity } from '../../sms/operations/entities.ts';
import { errorInText } from '../../sms/operations/migration-error.ts';
import { nullIfNotFound } from '../../sms/operations/not-found.ts';
import type { WatchUpdate } from '../../sms/operations/task-watch.ts';
import type { Wire } from '../../sms/wire.ts';
import { successOrError } from '../errors.ts';
import { eventOf } from '../events.ts';
import type {
  CloneServer,
  ConfigurationSetting,
  MigrationTaskOperation,
  Resolvers,
  SpeedLimit,
} from '../generated/graphql.ts';
import { taskConnection } from '../whole-list-connections.ts';

export const resolvers: Resolvers = {
  Query: {
    migrationTask: (_, { id }, { entities }) => entities.MigrationTask.detail(id),
    migrationTasks: (_, page, { sms }) => taskConnection(sms, page),
    speedLimits: (_, { taskId }, { sms }) => nullIfNotFound('MigrationTask', () => speedLimits(sms, taskId)),
    configurationSetting: (_, { taskId, configKey }, { sms }) =>
      nullIfNotFound('MigrationTask', () => setting(sms, taskId, configKey)),
  },
  Mutation: {
    createTask: (_, { input }, { sms }) =>
      successOrError('CreateTaskSuccess', sms.post<Entity>('/v3/tasks', input), (task) => ({
        migration_task: createdReference(task),
      })),
    updateTask: (_, { input: { id, ...changes } }, { sms }) =>
      successOrError('UpdateTaskSuccess', sms.put(path`/v3/tasks/${id}`, changes), { migration_task: { id } }),
    deleteTask: (_, { input: { id } }, { sms }) =>
      successOrError('DeleteTaskSuccess', sms.delete(path`/v3/tasks/${id}`), { deleted_id: id }),
    deleteTasks: (_, { input }, { sms }) =>
      successOrError('DeleteTasksSuccess', sms.post('/v3/tasks/delete', input), { deleted_ids: input.ids }),
    updateTaskStatus: (_, { input: { id, ...action } }, { sms }) =>
      successOrError('UpdateTaskStatusSuccess', sms.post(path`/v3/tasks/${id}/action`, action), {
        migration_task: { id },
      }),
    updateSpeed: (_, { input: { taskId: id, ...limits } }, { sms }) =>
      successOrError('UpdateSpeedSuccess', sms.post(path`/v3/tasks/${id}/speed-limit`, limits), {
        migration_task: { id },
      }),
    collectLog: (_, { input: { taskId: id, ...bucket } }, { sms }) =>
      successOrError('CollectLogSuccess', sms.post(path`/v3/tasks/${id}/log`, bucket), { migration_task: { id } }),
    uploadConfigurationSetting: (_, { input: { taskId: id, ...options } }, { sms }) =>
      successOrError(
        'UploadConfigurationSettingSuccess',
        sms.post(path`/v3/tasks/${id}/configuration-setting`, options),
        { migration_task: { id } },
      ),
  },
  Subscription: {
    migrationTask: {
      subscribe: (_, { id, interval }, { watches }) => watches().watchTask(id, interval),
      resolve: (update: WatchUpdate<Entity>, _: unknown, { sms }: Context) => {
        // Objects that an earlier event joined may have changed.
        sms.clearCache();
        return eventOf(update, ({ value, ended }) => ({
          __typename: 'MigrationTaskUpdate' as const,
          migration_task: value,
          ended,
        }));
      },
    },
  },
  MigrationTask: {
    __resolveReference: ({ id }, { entities }) => entities.MigrationTask.summary(id),
    error: async (task, _, { entities, language }) =>
      errorInText(await entities.MigrationTask.readField(task, 'error_json', 'any'), language),
    // The values of a `@lowerCase` enum are SMS's, not the names that the type has.
    allowedActions: async (task, _, { entities }) =>
      (await allowedActions(task, entities.MigrationTask)) as unknown as MigrationTaskOperation[] | null,
    // A list may contain an empty clone server for a task that has none.
    cloneServer: async (task, _, { entities }) => {
      const row = task['clone_server'] as Wire<CloneServer> | null | undefined;
      if (row?.vm_id) return row;
      return (await entities.MigrationTask.readFromView(task, 'clone_server', 'detail')) as Wire<CloneServer> | null;
    },
    consistencyResults: ({ id }, _, { sms }) =>
      id ? nullIfNotFound('MigrationTask', () => consistencyChecks(sms, id)) : null,
    speedLimits: ({ id }, _, { sms }) => (id ? nullIfNotFound('MigrationTask', () => speedLimits(sms, id)) : null),
    configurationSetting: ({ id }, { configKey }, { sms }) =>
      id ? nullIfNotFound('MigrationTask', () => setting(sms, id, configKey)) : null,
    migrationProject: async (task, _, { entities, projectOf }) => {
      const server = (await entities.MigrationTask.readField(task, 'source_server', 'any')) as Entity | null;
      return server?.id ? projectOf(server.id) : null;
    },
    serverTemplate: async (task, _, { entities }) => {
      const id = (await entities.MigrationTask.readField(task, 'vm_template_id', 'detail')) as string | null;
      return id ? { id } : null;
    },
  },
};

/** SMS's error for a task without speed limits. */
const NO_SPEED_LIMIT = 'SMS.6302';

async function speedLimits(sms: SmsClient, taskId: string): Promise<Wire<SpeedLimit>[]> {
  try {
    return (await sms.list<Wire<SpeedLimit>>(path`/v3/tasks/${taskId}/speed-limit`, 'speed_limit')).items;
  } catch (error) {
    if (error instanceof RequestRejectedError && error.code === NO_SPEED_LIMIT) return [];
    throw error;
  }
}

function setting(sms: SmsClient, taskId: string, configKey: string | null | undefined) {
  return sms.get<Wire<ConfigurationSetting>>(path`/v3/tasks/${taskId}/configuration-setting`, { configKey });
}
