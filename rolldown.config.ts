import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  // One graphql for us and for packages in CommonJS: two would be two realms.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  output: {
    // As deep as the sources, so that paths to schema/ hold.
    dir: 'dist/bundle',
    format: 'esm',
    minify: false,
    cleanDir: true,
  },
});
