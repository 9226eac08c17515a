import { path } from '../../sms/http/path.ts';
import { createdReference, type Entity } from '../../sms/operations/entities.ts';
import { nullIfNotFound } from '../../sms/operations/not-found.ts';
import type { Wire } from '../../sms/wire.ts';
import { successOrError } from '../errors.ts';
import type { AgentCommand, Resolvers } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  Query: {
    agentConfig: (_, _arguments, { sms }) => sms.get('/v3/config'),
    agentCommand: (_, { serverId }, { sms }) =>
      nullIfNotFound('SourceServer', () => sms.get<Wire<AgentCommand>>(path`/v3/sources/${serverId}/command`)),
  },
  Mutation: {
    registerServer: (_, { input }, { sms }) =>
      successOrError('RegisterServerSuccess', sms.post<Entity>('/v3/sources', input), (server) => ({
        source_server: createdReference(server),
      })),
    updateCopyState: (_, { input: { id, ...state } }, { sms }) =>
      successOrError('UpdateCopyStateSuccess', sms.put(path`/v3/sources/${id}/changestate`, state), {
        source_server: { id },
      }),
    updateDiskInfo: (_, { input: { id, ...disks } }, { sms }) =>
      successOrError('UpdateDiskInfoSuccess', sms.put(path`/v3/sources/${id}/diskinfo`, disks), {
        source_server: { id },
      }),
    updateCommandResult: (_, { input: { serverId: id, ...result } }, { sms }) =>
      successOrError('UpdateCommandResultSuccess', sms.post(path`/v3/sources/${id}/command_result`, result), {
        source_server: { id },
      }),
    updateConsistencyResult: (_, { input: { taskId: id, ...result } }, { sms }) =>
      successOrError('UpdateConsistencyResultSuccess', sms.post(path`/v3/tasks/${id}/consistency-result`, result), {
        migration_task: { id },
      }),
    updateTaskSpeed: (_, { input: { taskId: id, ...progress } }, { sms }) =>
      successOrError('UpdateTaskSpeedSuccess', sms.put(path`/v3/tasks/${id}/progress`, progress), {
        migration_task: { id },
      }),
    updateNetworkCheckInfo: (_, { input: { taskId: id, ...quality } }, { sms }) =>
      successOrError('UpdateNetworkCheckInfoSuccess', sms.post(path`/v3/${id}/update-network-check-info`, quality), {
        migration_task: { id },
      }),
  },
};
