/** How long a process takes from its start to its first response, and what memory it has then. */
import { execFileSync } from 'node:child_process';
import { BUILT, gateway, type Measured, script, usage } from './children.ts';
import { timedLoad } from './load.ts';
import { WORKLOADS } from './workloads.ts';

const STARTS = 9;

interface Start {
  ms: number;
  /** Processor time of all threads, in ms. Other processes hardly change it. */
  cpu: number;
  MiB: number;
}

/** `BUILT` must be made. Starts of each kind take turns, so that other processes slow down all of them alike. */
export async function startTimes(sms: string): Promise<Record<string, Record<string, number>>> {
  const { W1 } = WORKLOADS;
  if (W1 === undefined) return {};
  // The first run compiles.
  execFileSync(process.execPath, [BUILT, 'demo']);
  const env = { SMS_AUTH: 'forward', LOG_LEVEL: 'silent' };
  const starts: Record<string, () => Promise<Start>> = {
    bare: () => timed(() => script('bare.ts'), '/', {}),
    L: () => timed(() => script('proxy.ts', { UPSTREAM: sms }), W1.path, W1.plain),
    built: () => timed(() => gateway(sms, env, undefined, BUILT), '/graphql', W1.graphql),
    sources: () => timed(() => gateway(sms, env), '/graphql', W1.graphql),
  };
  const runs = new Map<string, Start[]>();
  for (let run = 0; run < STARTS; run += 1)
    for (const [name, start] of Object.entries(starts)) runs.set(name, [...(runs.get(name) ?? []), await start()]);
  const bare = median(runs.get('bare'), 'ms');
  return Object.fromEntries(
    [...runs].map(([name, starts]) => {
      const [ms, cpu, MiB] = [median(starts, 'ms'), median(starts, 'cpu'), median(starts, 'MiB')];
      return [name, { ms, 'times bare': Number((ms / bare).toFixed(1)), cpu, MiB }];
    }),
  );
}

async function timed(start: () => Promise<Measured>, path: string, body: object): Promise<Start> {
  const begin = performance.now();
  const { url, pid, stop } = await start();
  await timedLoad(url + path, body, 1, 1);
  const ms = Math.round(performance.now() - begin);
  const { cpu, memory } = usage(pid);
  await stop();
  return { ms, cpu, MiB: Math.round(memory) };
}

function median(starts: readonly Start[] = [], key: keyof Start): number {
  return starts.map((start) => start[key]).toSorted((one, other) => one - other)[Math.floor(STARTS / 2)] ?? 0;
}
