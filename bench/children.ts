/** Processes of their own for what is measured, so that nothing shares an event loop with it. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';

export interface Measured {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const fileIn = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A script of this folder that sends its URL when it listens. */
export async function script(name: string, env: Record<string, string> = {}): Promise<Measured> {
  const child = fork(fileIn(`./${name}`), { env: { ...process.env, ...env } });
  const [url] = await once(child, 'message');
  return measured(child, String(url));
}

/** The gateway as it is started in production. Its log goes to a reader that is always there. */
export async function gateway(
  sms: string,
  env: Record<string, string> = {},
  onLog: (text: string) => void = () => {},
): Promise<Measured> {
  return main(
    'start',
    {
      NODE_ENV: 'production',
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

/** The emulator of SMS. */
export async function emulator(): Promise<Measured> {
  return main('emulator', { EMULATOR_PORT: '0' }, () => {});
}

async function main(command: string, env: Record<string, string>, onLog: (text: string) => void): Promise<Measured> {
  const child = spawn(process.execPath, [fileIn('../src/main.ts'), command], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', onLog);
  const [first] = await once(child.stdout.setEncoding('utf8'), 'data');
  return measured(child, /http:\/\/[\d.:]+/.exec(String(first))?.[0] ?? '');
}

function measured(child: ChildProcess, url: string): Measured {
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Processor time of a process so far, in milliseconds, and its memory, in MiB. Linux only. */
export function usage(pid: number): { cpu: number; memory: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // In ticks of 10 ms: user, then system.
  const ticks = Number(fields[11]) + Number(fields[12]);
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { cpu: ticks * 10, memory: (pages * 4096) / 1024 ** 2 };
}
