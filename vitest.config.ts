import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take the ES build for our files and Node the CommonJS one for the rest: two graphqls, two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  // A test ends by itself; the limit is for a bug, not for a slow machine.
  // Tests mostly wait for servers and browsers. By default, a machine with two cores would run one file at a time.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 },
});
