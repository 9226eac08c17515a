import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take the ES build for our files and Node the CommonJS one for the rest: two graphqls, two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { include: ['test/**/*.test.ts'] },
});
