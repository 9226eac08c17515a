/** Runs the programs of docs/clients.md as they are printed there. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { listen, startGateway } from './support/harness.ts';
import { isInstalled } from './support/installed.ts';

const run = promisify(execFile);
const ROOT = new URL('..', import.meta.url).pathname;
const VERDICT = 'NOT_VERIFIED';

const sections = readFileSync(`${ROOT}docs/clients.md`, 'utf8').split('\n## ').slice(1);
const programs = sections.flatMap((section) => {
  const [title = ''] = section.split('\n');
  return [...section.matchAll(/```(js|python|go|sh)\n(.*?)```/gs)].map(
    ([, language = '', source = '']) => ({ title, language, source }) as const,
  );
});

/** How a program is run, and the name of its file. */
const RUNNERS: Readonly<Record<string, readonly [command: string, args: readonly string[], file: string]>> = {
  js: [process.execPath, [], 'program.mjs'],
  python: ['python3', [], 'program.py'],
  go: ['go', ['run'], 'main.go'],
  sh: ['sh', [], 'program.sh'],
};

/** What a program prints. Its file is in the project, so that it finds the packages. */
async function outputOf(language: string, source: string, env: Record<string, string>): Promise<string> {
  const [command = '', args = [], file = ''] = RUNNERS[language] ?? [];
  const folder = mkdtempSync(join(ROOT, 'node_modules/.snippet-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, file), source);
  const { stdout, stderr } = await run(command, [...args, join(folder, file)], {
    cwd: ROOT,
    env: { ...process.env, GOCACHE: join(folder, 'cache'), CGO_ENABLED: '0', ...env },
  });
  return (stdout + stderr).trim();
}

for (const { title, language, source } of programs) {
  // Skipped where the language is not installed, except in CI.
  test.skipIf(!isInstalled(RUNNERS[language]?.[0] ?? ''))(
    `the program below "${title}" in docs/clients.md works`,
    async () => {
      const gateway = await startGateway();
      const { emulator } = gateway;
      const env = { GATEWAY: `${await listen(gateway)}/graphql`, TOKEN: DEMO_TOKEN, IAM: emulator.url };
      const output = await outputOf(language, source, env);
      if (title === 'A token') expect(emulator.state.tokens.has(output)).toBe(true);
      else expect(output).toMatch(new RegExp(`^${VERDICT}( 53\\.1)?$`));
    },
  );
}

test('docs/clients.md has a program for each client', () => {
  expect(programs.map(({ title }) => title)).toEqual([
    'A token',
    'fetch',
    'urql',
    'Apollo Client',
    'graphql-request',
    'Relay',
    'Python',
    'Go',
  ]);
});
