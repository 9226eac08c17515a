import { defineConfig } from 'rolldown';
import { thirdParty } from './packaging/third-party.ts';

export default defineConfig({
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // The modules and the CommonJS files of graphql would be two copies, which reject each other's types.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  output: {
    dir: 'dist/package',
    cleanDir: true,
    // As deep as src/graphql/, so that paths to schema/ stay the same.
    entryFileNames: 'lib/bundle/[name].js',
    chunkFileNames: 'lib/bundle/[name]-[hash].js',
  },
  plugins: [thirdParty()],
});
