import { path } from '../../sms/http/path.ts';
import { nullIfNotFound } from '../../sms/operations/not-found.ts';
import type { Wire } from '../../sms/wire.ts';
import type { CertificateKey, Resolvers } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  Query: {
    certificateKey: (_, { taskId, enableCaCert }, { sms }) =>
      nullIfNotFound('MigrationTask', () =>
        sms.get<Wire<CertificateKey>>(path`/v3/tasks/${taskId}/certkey`, { enableCaCert }),
      ),
    passphrase: (_, { taskId }, { sms }) =>
      nullIfNotFound(
        'MigrationTask',
        async () => (await sms.get<{ passphrase?: string }>(path`/v3/tasks/${taskId}/passphrase`)).passphrase ?? null,
      ),
    targetPassword: (_, { templateId }, { sms }) =>
      nullIfNotFound(
        'ServerTemplate',
        async () =>
          (await sms.get<{ target_password?: string }>(path`/v3/vm/templates/${templateId}/target-password`))
            .target_password ?? null,
      ),
  },
};
