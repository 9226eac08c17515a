import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    // What Apollo Client needs to match fragments on unions and on SmsError: docs/clients.md.
    'schema/possible-types.json': {
      plugins: ['fragment-matcher'],
      config: { deterministic: true },
    },
    'src/generated/graphql.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.ts',
        skipTypename: true,
        resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
        contextType: '../context.ts#Context',
        defaultMapper: '../sms/wire.ts#Wire<{T}>',
        mappers: {
          ConsistencyReport: '../sms/consistency-file.ts#FiledReport',
          ExportedTask: '../sms/consistency-export.ts#RequestedTask',
          ExportedFile: '../sms/download.ts#DownloadedFile',
          MigrationTask: '../sms/entities.ts#Entity',
          SourceServer: '../sms/entities.ts#Entity',
          MigrationProject: '../sms/entities.ts#Entity',
          ServerTemplate: '../sms/entities.ts#Entity',
        },
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', JSON: 'unknown', DateTime: 'number', Long: 'number' },
      },
    },
  },
};

export default config;
