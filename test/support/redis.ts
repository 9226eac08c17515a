/** A Redis for one test, which can be killed, paused and restarted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { redisStore } from '../../src/redis-store.ts';

export interface Redis {
  url: string;
  /** Loses all data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Accepts connections, but does not respond until `resume`. */
  pause(): void;
  resume(): void;
}

export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  let server: ChildProcess;
  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
    if (server.stdout === null) throw new Error('There is no output to read.');
    for await (const line of createInterface(server.stdout)) if (line.includes('Ready to accept connections')) return;
    throw new Error('redis-server did not start.');
  };
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const end = once(server, 'exit');
    server.kill('SIGKILL');
    await end;
  };
  await start();
  onTestFinished(kill);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
  };
}

/** The store of one replica. */
export async function openStore(url: string) {
  const store = await redisStore(url, { info: () => {}, warn: () => {} });
  onTestFinished(() => store.close());
  return store;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
