/** The gateway as a separate process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

export interface Process {
  /** Without the path of GraphQL. */
  url: string;
  pid: number;
  /** Everything printed and logged so far. */
  output: { stdout: string; stderr: string };
  signal(signal: NodeJS.Signals): void;
  /** The exit code, or the signal that ended it. Resolves when its workers have ended too, since they use its output. */
  exit: Promise<number | NodeJS.Signals | null>;
}

interface Options {
  /** The program, in place of its sources. */
  program?: string;
  /** All words of the command, in place of this Node, the program and its command. */
  command?: readonly string[];
  /** The user and the group that the process belongs to. */
  uid?: number;
  folder?: string;
  /** The limit of open files. */
  openFiles?: number;
}

/** Starts the gateway on a free port, and waits until it listens. */
export async function startGatewayProcess(
  env: Record<string, string>,
  { program = MAIN, command = [process.execPath, program, 'start'], folder = tmpdir(), openFiles, uid }: Options = {},
): Promise<Process> {
  const [file = '', ...parameters] =
    openFiles === undefined ? command : ['sh', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'sh', ...command];
  const child = spawn(file, parameters, {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    cwd: folder,
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  while (!output.stdout.includes('\n'))
    await Promise.race([once(child.stdout, 'data'), ended.then(() => failed(output))]);
  const [, url = ''] = /^GraphQL: +(http\S+)\/graphql/.exec(output.stdout) ?? [];
  return { url, pid: child.pid ?? 0, output, signal: (name) => void child.kill(name), exit: ended };
}

function failed({ stderr }: Process['output']): never {
  throw new Error(`The gateway did not start: ${stderr}`);
}
