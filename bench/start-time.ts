/** How long a process takes from its start to its first response, and what memory it has then. */
import { gateway, type Measured, script, usage } from './children.ts';
import { timedLoad } from './load.ts';
import { WORKLOADS } from './workloads.ts';

const STARTS = 5;

export async function startTimes(sms: string): Promise<Record<string, Record<string, number>>> {
  const { W1 } = WORKLOADS;
  if (W1 === undefined) return {};
  return {
    L: await median(() => script('proxy.ts', { UPSTREAM: sms }), W1.path, W1.plain),
    gateway: await median(() => gateway(sms, { SMS_AUTH: 'forward', LOG_LEVEL: 'silent' }), '/graphql', W1.graphql),
  };
}

async function median(start: () => Promise<Measured>, path: string, body: object) {
  const runs: { ms: number; MiB: number }[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    const begin = performance.now();
    const { url, pid, stop } = await start();
    await timedLoad(url + path, body, 1, 1);
    runs.push({ ms: Math.round(performance.now() - begin), MiB: Math.round(usage(pid).memory) });
    await stop();
  }
  return runs.toSorted((one, other) => one.ms - other.ms)[Math.floor(STARTS / 2)] ?? { ms: 0, MiB: 0 };
}
