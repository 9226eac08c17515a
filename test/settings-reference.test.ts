/** The settings, and everything that names them. `npm run codegen:check` compares docs/configuration.md with the sources. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingNames, settingsIn } from '../src/config/config.ts';
import { help } from '../src/process/help.ts';

const ROOT = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** Variables of glibc, of Node, of OpenTelemetry, of the build and of the tests, variables of a shell, and an example. */
const OTHERS =
  /^(?:MALLOC_ARENA_MAX|NODE_OPTIONS|NODE_TLS_REJECT_UNAUTHORIZED|OTEL_\w+|NODE_VERSION|\w+_DIGEST|UNPINNED|SCREENSHOTS|GATEWAY|METRICS|NAME)$/;
const DOCUMENTS = ['*.md', 'docs/**/*.md', 'deploy/**/*.{yaml,env}', 'deploy/Dockerfile', 'examples/*/README.md'];

test('every setting says what it means, its default and what is allowed', () => {
  const incomplete = settingsIn({}).filter(
    ({ meaning, default: standard, allowed }) => meaning === '' || standard === '' || allowed === '',
  );
  expect(incomplete).toEqual([]);
});

test('whatever holds a key, a token or a password is declared a secret', () => {
  const secrets = settingsIn({}).filter(({ isSecret }) => isSecret);
  expect(secrets.map(({ name }) => name).toSorted()).toEqual([
    'CHECK_CONFIG_TOKEN',
    'GATEWAY_API_KEYS',
    'GATEWAY_JWT_SECRET',
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'HUAWEICLOUD_SDK_AK',
    'HUAWEICLOUD_SDK_SECURITY_TOKEN',
    'HUAWEICLOUD_SDK_SK',
    'REDIS_URL',
  ]);
});

test('every variable that the documentation, the help or a manifest sets is a setting', () => {
  const texts = [help, ...globSync(DOCUMENTS, { cwd: ROOT, exclude: ['**/node_modules'] }).map(read)];
  const names = new Set(texts.flatMap((text) => text.match(/\b[A-Z][A-Z0-9_]{2,}(?==)/g) ?? []));
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !settingNames().has(name) && !OTHERS.test(name))).toEqual([]);
});

test('every variable that the help names is a setting', () => {
  const names = help.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !settingNames().has(name))).toEqual([]);
});
