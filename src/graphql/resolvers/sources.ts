import { path } from '../../sms/http/path.ts';
import { errorInText, errorWithCode } from '../../sms/operations/migration-error.ts';
import type { Wire } from '../../sms/wire.ts';
import { readPart } from '../entity-parts.ts';
import { successOrError } from '../errors.ts';
import type { FailedServer, Resolvers } from '../generated/graphql.ts';
import { connection } from '../relay-connection.ts';
import { serverConnection } from '../whole-list-connections.ts';

export const resolvers: Resolvers = {
  Query: {
    sourceServer: (_, { id }, { entities }) => entities.SourceServer.detail(id),
    sourceServers: (_, page, { sms }) => serverConnection(sms, page),
    failedServers: (_, page, { sms }) => connection<Wire<FailedServer>>(sms, '/v3/errors', 'migration_errors', page),
    overview: (_, _arguments, { sms }) => sms.get('/v3/sources/overview'),
  },
  Mutation: {
    updateServer: (_, { input: { id, ...changes } }, { sms }) =>
      successOrError('UpdateServerSuccess', sms.put(path`/v3/sources/${id}`, changes), { source_server: { id } }),
    deleteServer: (_, { input: { id } }, { sms }) =>
      successOrError('DeleteServerSuccess', sms.delete(path`/v3/sources/${id}`), { deleted_id: id }),
    deleteServers: (_, { input }, { sms }) =>
      successOrError('DeleteServersSuccess', sms.post('/v3/sources/delete', input), { deleted_ids: input.ids }),
  },
  SourceServer: {
    __resolveReference: ({ id }, { entities }) => entities.SourceServer.summary(id),
    memory: (server, _, { entities }) => {
      const memory = entities.SourceServer.readField(server, 'memory', 'any');
      return memory instanceof Promise ? memory.then(megabytes) : megabytes(memory);
    },
    migrationProject: ({ id }, _, { projectOf }) => (id ? projectOf(id) : null),
  },
  EnvironmentCheck: {
    error: async (check, _, { entities, language }) => {
      const [code, params] = await Promise.all(
        ['error_code', 'error_params'].map((name) => readPart(check, name, 'any', entities)),
      );
      return errorWithCode(code, params, language);
    },
  },
  FailedServer: {
    error: ({ error_json }, _, { language }) => errorInText(error_json, language),
    sourceServer: ({ source_id: id, name }) => (id ? { id, ...(name && { name }) } : null),
  },
};

/** SMS sends memory in bytes or in MB. No server has less than 16 MiB or more than 16 TiB. */
const MIN_MEMORY_BYTES = 2 ** 24;

function megabytes(memory: unknown): number | null {
  if (typeof memory !== 'number') return null;
  return memory < MIN_MEMORY_BYTES ? memory : Math.round(memory / 2 ** 20);
}
