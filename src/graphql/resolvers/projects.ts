import { path } from '../../sms/http/path.ts';
import { createdReference, type Entity } from '../../sms/operations/entities.ts';
import { successOrError } from '../errors.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { connection } from '../relay-connection.ts';

export const resolvers: Resolvers = {
  Query: {
    migrationProject: (_, { id }, { entities }) => entities.MigrationProject.detail(id),
    migrationProjects: (_, page, { sms }) => connection<Entity>(sms, '/v3/migprojects', 'migprojects', page),
  },
  Mutation: {
    createMigrationProject: (_, { input }, { sms }) =>
      successOrError('CreateMigrationProjectSuccess', sms.post<Entity>('/v3/migprojects', input), (project) => ({
        migration_project: createdReference(project),
      })),
    updateMigrationProject: (_, { input: { id, ...changes } }, { sms }) =>
      successOrError('UpdateMigrationProjectSuccess', sms.put(path`/v3/migprojects/${id}`, changes), {
        migration_project: { id },
      }),
    deleteMigrationProject: (_, { input: { id } }, { sms }) =>
      successOrError('DeleteMigrationProjectSuccess', sms.delete(path`/v3/migprojects/${id}`), {
        deleted_id: id,
      }),
    setDefaultMigrationProject: (_, { input: { id } }, { sms }) =>
      successOrError('SetDefaultMigrationProjectSuccess', sms.put(path`/v3/migprojects/${id}/default`), {
        migration_project: { id },
      }),
  },
  MigrationProject: {
    __resolveReference: ({ id }, { entities }) => entities.MigrationProject.summary(id),
    // In a list SMS uses this name for another fact: see MigrationProjectEdge.hasSourceServers.
    existServer: async (project, _, { entities }) =>
      (await entities.MigrationProject.readFromView(project, 'exist_server', 'detail')) as boolean | null,
  },
  MigrationProjectEdge: {
    hasSourceServers: ({ node }: { node: Entity | null }) => (node?.['exist_server'] ?? null) as boolean | null,
  },
};
