import { path } from '../../sms/http/path.ts';
import { createdReference, type Entity } from '../../sms/operations/entities.ts';
import { successOrError } from '../errors.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { connection } from '../relay-connection.ts';

export const resolvers: Resolvers = {
  Query: {
    serverTemplate: (_, { id }, { entities }) => entities.ServerTemplate.detail(id),
    serverTemplates: (_, page, { sms }) => connection<Entity>(sms, '/v3/vm/templates', 'templates', page),
  },
  Mutation: {
    createServerTemplate: (_, { input }, { sms }) =>
      successOrError('CreateServerTemplateSuccess', sms.post<Entity>('/v3/vm/templates', input), (template) => ({
        server_template: createdReference(template),
      })),
    updateServerTemplate: (_, { input: { id, ...content } }, { sms }) =>
      successOrError('UpdateServerTemplateSuccess', sms.put(path`/v3/vm/templates/${id}`, content), {
        server_template: { id },
      }),
    deleteServerTemplate: (_, { input: { id } }, { sms }) =>
      successOrError('DeleteServerTemplateSuccess', sms.delete(path`/v3/vm/templates/${id}`), {
        deleted_id: id,
      }),
    deleteServerTemplates: (_, { input }, { sms }) =>
      successOrError('DeleteServerTemplatesSuccess', sms.post('/v3/vm/templates/delete', input), {
        deleted_ids: input.ids,
      }),
  },
  ServerTemplate: {
    __resolveReference: ({ id }, { entities }) => entities.ServerTemplate.summary(id),
    // A boolean in requests, but a string in responses.
    isTemplate: async (template, _, { entities }) => {
      const text = await entities.ServerTemplate.readField(template, 'is_template', 'detail');
      return text === null || text === undefined ? null : String(text) === 'true';
    },
  },
};
