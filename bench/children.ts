/** Starts what is measured in processes of their own, so that nothing else shares their event loop. */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';

/** A running process under measurement. */
export interface Measured {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const fileIn = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const SOURCES = fileIn('../src/main.ts');
/** What `npm run build` makes. */
export const BUILT = fileIn('../dist/package/bin/sms-graphql-gateway.cjs');

/** The options of node in production. */
const NODE_OPTIONS = manifest.scripts['start:built'].split(' ').filter((word) => word.startsWith('--'));

/** Makes `BUILT`. */
export function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: fileIn('..') });
}

/** Starts a script of this folder, which sends its URL once it listens. */
export async function script(name: string, env: Record<string, string> = {}): Promise<Measured> {
  const child = fork(fileIn(`./${name}`), { env: { ...process.env, ...env } });
  const [url] = await once(child, 'message');
  return measured(child, String(url));
}

/** Starts the gateway as in production. `onLog` gets its log, which is always read. */
export async function gateway(
  sms: string,
  env: Record<string, string> = {},
  onLog: (text: string) => void = () => {},
  program = SOURCES,
): Promise<Measured> {
  return main(
    [program, 'start'],
    {
      NODE_ENV: 'production',
      MALLOC_ARENA_MAX: '1',
      SMS_ENDPOINT: sms,
      SMS_CHECK_TOKENS: 'false',
      HUAWEICLOUD_SDK_IAM_ENDPOINT: sms,
      HUAWEICLOUD_SDK_AK: DEMO_ACCESS_KEY.ak,
      HUAWEICLOUD_SDK_SK: DEMO_ACCESS_KEY.sk,
      SHUTDOWN_DELAY: '0',
      ...env,
    },
    onLog,
  );
}

/** Starts the emulator of SMS. */
export async function emulator(): Promise<Measured> {
  return main([SOURCES, 'emulator'], { EMULATOR_PORT: '0' }, () => {});
}

async function main(
  args: readonly string[],
  env: Record<string, string>,
  onLog: (text: string) => void,
): Promise<Measured> {
  const child = spawn(process.execPath, [...NODE_OPTIONS, ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', onLog);
  const [output] = await once(child.stdout.setEncoding('utf8'), 'data');
  return measured(child, /http:\/\/[\d.:]+/.exec(String(output))?.[0] ?? '');
}

function measured(child: ChildProcess, url: string): Measured {
  // If a measurement fails, nothing it has started goes on.
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Processor time that a process has used, in milliseconds, and its resident memory, in MiB. Linux only. */
export function usage(pid: number): { cpu: number; memory: number } {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const statistics = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8');
    nanoseconds += Number(statistics.split(' ')[0]);
  }
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { cpu: nanoseconds / 1e6, memory: (pages * 4096) / 1024 ** 2 };
}

/** Processor time of a process and its workers, in milliseconds. */
export function cpuWithWorkers(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.map(Number)].reduce((sum, id) => sum + usage(id).cpu, 0);
}
