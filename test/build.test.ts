/** The program that `npm run build` makes. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { startGatewayProcess } from './support/process.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const FOLDER = `${ROOT}dist/bundle/`;

let printed: string;

beforeAll(() => {
  printed = execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' });
});

test('the build runs the demo once, so that later starts find compiled code', () => {
  expect(printed).toContain('"__typename": "ExportConsistencyResultsSuccess"');
  expect(readdirSync(`${FOLDER}compile-cache`)).not.toEqual([]);
});

test.each(['1', '2'])(
  'the built program serves the first example and stops on SIGTERM, with WORKERS=%s',
  async (workers) => {
    const { url, signal, exit } = await startGatewayProcess({ WORKERS: workers }, { program: `${FOLDER}bin.js` });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
      body: JSON.stringify(example),
    });
    expect(await response.json()).toMatchObject({
      data: { exportConsistencyResults: { __typename: 'ExportConsistencyResultsSuccess' } },
    });
    signal('SIGTERM');
    expect(await exit).toBe(0);
  },
);

test('the built program loads the emulator, the metrics and GraphiQL only when they are used', () => {
  const isMain = (name: string) => /^(?:bin|main-.*)\.js$/.test(name);
  const loaded = new Set(readdirSync(FOLDER).filter(isMain));
  // A set is iterated with what is added on the way.
  for (const name of loaded)
    for (const [, imported = ''] of readFileSync(FOLDER + name, 'utf8').matchAll(/^import .*"\.\/([\w.-]+)";$/gm))
      loaded.add(imported);
  const text = [...loaded].map((name) => readFileSync(FOLDER + name, 'utf8')).join('');
  expect(
    ['x-iam-action', 'prom-client', 'monaco-editor', '@redis/client'].filter((mark) => text.includes(mark)),
  ).toEqual([]);
});
