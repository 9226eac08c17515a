/** The command line of docs/queries.md by which a pipeline asks whether a wave can be launched. */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEMO_TOKEN, EXPIRED_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { DEMO_DATA, frozenGateway, READY_WAVE, UNKNOWN_ID, WAVE_1 } from './support/ask.ts';
import { listen } from './support/harness.ts';

const hasPrograms = ['curl', 'jq'].every((program) => {
  try {
    execFileSync(program, ['--version']);
    return true;
  } catch {
    return false;
  }
});

const markdown = readFileSync(new URL('../docs/queries.md', import.meta.url), 'utf8');
const commands = [...markdown.matchAll(/```sh\n(.*?)```/gs)].map(([, command = '']) => command);
const command = commands.find((one) => one.includes('cutoverGate')) ?? '';
const DOCUMENTED_URL = 'http://127.0.0.1:4000';

/** The exit code and the output of the command. */
function runCommand(url: string, env: Record<string, string>): Promise<[exitCode: unknown, stdout: string]> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', command.replace(DOCUMENTED_URL, url)], { env: { ...process.env, ...env } }, (error, stdout) =>
      resolve([error?.code ?? 0, stdout]),
    );
  });
}

// Skipped where a program is missing; CI has them.
describe.skipIf(!hasPrograms && !process.env['CI'])('the exit code of the documented command is', () => {
  test.each([
    ['0 for a wave that is ready', READY_WAVE, DEMO_TOKEN, 0, 'true\n'],
    ['1 for a wave that is not ready', WAVE_1, DEMO_TOKEN, 1, 'false\n'],
    ['1 for an unknown wave', UNKNOWN_ID, DEMO_TOKEN, 1, 'false\n'],
    ['1 for a token that is not valid', READY_WAVE, EXPIRED_TOKEN, 1, 'false\n'],
  ])('%s', async (_, PROJECT, TOKEN, exitCode, output) => {
    const url = await listen(await frozenGateway({}, DEMO_DATA));
    expect(command).toContain(DOCUMENTED_URL);
    expect(await runCommand(url.replace('/graphql', ''), { PROJECT, TOKEN })).toEqual([exitCode, output]);
  });

  test('1 if the gateway does not respond', async () => {
    expect(await runCommand('http://127.0.0.1:1', { PROJECT: READY_WAVE, TOKEN: DEMO_TOKEN })).toEqual([1, 'false\n']);
  });
});
