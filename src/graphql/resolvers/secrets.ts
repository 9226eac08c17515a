import { path } from '../../sms/http/path.ts';
import { orNull } from '../../sms/operations/absence.ts';
import type { Wire } from '../../sms/wire.ts';
import type { CertificateKey, Resolvers } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  Query: {
    certificateKey: (_, { taskId, enableCaCert }, { sms }) =>
      orNull('MigrationTask', () => sms.get<Wire<CertificateKey>>(path`/v3/tasks/${taskId}/certkey`, { enableCaCert })),
    passphrase: (_, { taskId }, { sms }) =>
      orNull(
        'MigrationTask',
        async () => (await sms.get<{ passphrase?: string }>(path`/v3/tasks/${taskId}/passphrase`)).passphrase ?? null,
      ),
    targetPassword: (_, { templateId }, { sms }) =>
      orNull(
        'ServerTemplate',
        async () =>
          (await sms.get<{ target_password?: string }>(path`/v3/vm/templates/${templateId}/target-password`))
            .target_password ?? null,
      ),
  },
};
