import type { CodegenConfig } from '@graphql-codegen/cli';
import { parts } from './codegen/schema-parts.ts';

const reference = (part?: string) => ({
  plugins: ['./codegen/schema-reference.ts'],
  ...(part && { config: { part } }),
});

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    // What Apollo Client needs to match fragments on unions and on SmsError: docs/clients.md.
    'schema/possible-types.json': {
      plugins: ['fragment-matcher'],
      config: { deterministic: true },
    },
    'docs/configuration.md': { plugins: ['./codegen/settings-reference.ts'] },
    'docs/reference/README.md': reference(),
    ...Object.fromEntries(parts.map(({ name }) => [`docs/reference/${name}.md`, reference(name)])),
    'src/graphql/generated/graphql.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.ts',
        skipTypename: true,
        resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
        contextType: '../../request/context.ts#Context',
        defaultMapper: '../../sms/wire.ts#Wire<{T}>',
        mappers: {
          ConsistencyReport: '../../sms/operations/consistency-file.ts#FiledReport',
          MigrationProgressUpdate: '../../sms/operations/progress-watch.ts#ProgressUpdate',
          MigrationProjectConsistency: '../../sms/operations/project-consistency.ts#ProjectConsistency',
          MigrationProjectProgress: '../../sms/operations/project-progress.ts#ProjectProgress',
          CutoverGate: '../../sms/operations/cutover-gate.ts#ProjectGate',
          CutoverGateServer: '../../sms/operations/cutover-gate.ts#GatedServer',
          ExportedTask: '../../sms/operations/consistency-export.ts#RequestedTask',
          ExportedFile: '../../sms/http/file-response.ts#DownloadedFile',
          MigrationTask: '../../sms/operations/entities.ts#Entity',
          SourceServer: '../../sms/operations/entities.ts#Entity',
          MigrationProject: '../../sms/operations/entities.ts#Entity',
          ServerTemplate: '../../sms/operations/entities.ts#Entity',
        },
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', JSON: 'unknown', DateTime: 'number', Long: 'number' },
      },
    },
  },
};

export default config;
