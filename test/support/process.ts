/** The gateway as a process of its own, and all that it says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

export interface Process {
  /** Of the gateway; its path is not in it. */
  url: string;
  /** Everything printed, and everything logged. */
  output: { stdout: string; stderr: string };
  signal(signal: NodeJS.Signals): void;
  /** The exit code, or the signal that ended it. */
  exit: Promise<number | NodeJS.Signals | null>;
}

interface Options {
  /** The program, in place of its sources. */
  program?: string;
  folder?: string;
  /** How many files it may have open. */
  openFiles?: number;
}

/** Starts the gateway on a free port, and waits until it listens. */
export async function startGatewayProcess(
  env: Record<string, string>,
  { program = MAIN, folder = tmpdir(), openFiles }: Options = {},
): Promise<Process> {
  const command = [process.execPath, program, 'start'];
  const [file = '', ...parameters] =
    openFiles === undefined ? command : ['sh', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'sh', ...command];
  const child = spawn(file, parameters, {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  while (!said.stdout.includes('\n')) await Promise.race([once(child.stdout, 'data'), ended.then(() => failed(said))]);
  const [, url = ''] = /^GraphQL: +(http\S+)\/graphql/.exec(said.stdout) ?? [];
  return { url, output: said, signal: (name) => void child.kill(name), exit: ended };
}

function failed({ stderr }: Process['output']): never {
  throw new Error(`The gateway did not start: ${stderr}`);
}
