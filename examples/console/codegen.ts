import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

const config: CodegenConfig = {
  schema: '../../schema/*.graphql',
  documents: 'src/**/*.ts',
  ignoreNoDocuments: false,
  generates: {
    // Also writes persisted-documents.json, the list of documents for the setting DOCUMENTS of the gateway.
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', DateTime: 'string', Long: 'number | string' },
      },
    },
  },
};

export default config;
