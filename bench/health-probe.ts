/**
 * Requests `/health` of a gateway again and again, in a thread of its own: the sender of the load may be busy. Reports the longest time
 * and the most memory when it gets a message, or that the gateway did not answer.
 */
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import { type Measured, usage } from './children.ts';

/** What a probe has seen. */
export interface Health {
  survives: boolean;
  /** Milliseconds. */
  longest: number;
  /** MiB. */
  memory: number;
}

const INTERVAL_MS = 5;

/** Starts to probe a gateway, once a request has succeeded. Returns a function that ends this. */
export async function probeHealth({ url, pid }: Measured): Promise<() => Promise<Health>> {
  const probe = new Worker(new URL(import.meta.url), { workerData: { url, pid } });
  await once(probe, 'message');
  return async () => {
    probe.postMessage('end');
    const [health] = await once(probe, 'message');
    return health as Health;
  };
}

if (parentPort !== null) {
  const { url, pid } = workerData as Measured;
  const pool = new Pool(url, { connections: 1, headersTimeout: 60_000 });
  const health: Health = { survives: true, longest: 0, memory: 0 };
  let isOver = false;
  parentPort.once('message', () => {
    isOver = true;
  });
  const request = async () => (await pool.request({ method: 'GET', path: '/health' })).body.dump();
  await request();
  parentPort.postMessage('ready');
  while (!isOver && health.survives) {
    const begin = performance.now();
    try {
      await request();
      health.memory = Math.max(health.memory, usage(pid).memory);
    } catch {
      health.survives = false;
    }
    health.longest = Math.max(health.longest, performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  await pool.destroy();
  parentPort.postMessage(health);
}
