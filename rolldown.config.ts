import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'src/bin.ts',
  platform: 'node',
  // The modules and the CommonJS files of graphql would be two copies, which reject each other's types.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  // As deep as src/graphql/, so that paths to schema/ stay the same.
  output: { dir: 'dist/bundle', cleanDir: true },
});
