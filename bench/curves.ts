/**
 * How the processor time of a request and the number of requests grow with connections, tasks, rows and workers, for the
 * gateway and for L. In each round all of them take turns.
 * `node curves.ts [--seconds 1] [--rounds 3] [--out FILE, of the points for charts.ts]`
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cpuWithWorkers, gateway, type Measured, script } from './children.ts';
import { timedLoad } from './load.ts';
import { report } from './report.ts';
import { exportOf, pageOf, type Workload } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    out: { type: 'string' },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);

const CONNECTIONS = 64;
const WARM_UP_MS = 3_000;

export interface Point {
  curve: string;
  server: string;
  x: number;
  /** Microseconds of processor time per request. */
  cpu: number;
  /** Responses per second. */
  rate: number;
}

interface Server extends Measured {
  name: string;
  speaksGraphql: boolean;
}

interface Load {
  curve: string;
  x: number;
  workload: Workload;
  connections: number;
  servers: readonly Server[];
}

const sms = await script('sms.ts');
const gatewayOf = async (workers: string): Promise<Server> => ({
  name: 'gateway',
  speaksGraphql: true,
  ...(await gateway(sms.url, { SMS_AUTH: 'forward', LOG_LEVEL: 'info', WORKERS: workers })),
});
const L: Server = { name: 'L', speaksGraphql: false, ...(await script('proxy.ts', { UPSTREAM: sms.url })) };
const oneWorker = await gatewayOf('1');
const twoWorkers = await gatewayOf('2');

const usual = { workload: exportOf(1), connections: CONNECTIONS, servers: [L, oneWorker] };
const loads: readonly Load[] = [
  ...[1, 4, 16, 64, 256].map((x) => ({ ...usual, curve: 'connections', x, connections: x })),
  ...[1, 10, 50, 100, 200].map((x) => ({ ...usual, curve: 'tasks', x, workload: exportOf(x) })),
  ...[1, 10, 50, 100, 200].map((x) => ({ ...usual, curve: 'rows', x, workload: pageOf(x) })),
  { ...usual, curve: 'workers', x: 1, servers: [oneWorker] },
  { ...usual, curve: 'workers', x: 2, servers: [twoWorkers] },
];

for (const workload of [exportOf(200), pageOf(200), exportOf(1)])
  for (const server of [L, oneWorker, twoWorkers]) await measure(server, { ...usual, workload }, WARM_UP_MS);
const points: Point[] = [];
for (const load of loads) {
  const results = load.servers.map((): { cpu: number; rate: number }[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, server] of load.servers.entries())
      results[index]?.push(await measure(server, load, seconds * 1000));
  for (const [index, { name }] of load.servers.entries()) {
    const of = results[index] ?? [];
    points.push({
      curve: load.curve,
      server: name,
      x: load.x,
      cpu: Math.min(...of.map(({ cpu }) => cpu)),
      rate: Math.max(...of.map(({ rate }) => rate)),
    });
  }
}
for (const { stop } of [L, oneWorker, twoWorkers, sms]) await stop();

for (const curve of new Set(points.map((point) => point.curve)))
  report(
    `${curve}, best of ${rounds} rounds of ${seconds} s`,
    Object.fromEntries(
      points
        .filter((point) => point.curve === curve)
        .map(({ server, x, cpu, rate }) => [
          `${server}, ${x}`,
          { 'us of CPU': Math.round(cpu), 'a second': Math.round(rate) },
        ]),
    ),
  );
if (options.out !== undefined) writeFileSync(options.out, JSON.stringify(points, null, 2));

async function measure(
  { url, pid, speaksGraphql }: Server,
  { workload, connections }: Pick<Load, 'workload' | 'connections'>,
  duration: number,
): Promise<{ cpu: number; rate: number }> {
  const [path, body] = speaksGraphql ? ['/graphql', workload.graphql] : [workload.path, workload.plain];
  const before = cpuWithWorkers(pid);
  const { good, failed, milliseconds } = await timedLoad(url + path, body, connections, duration);
  if (failed > 0 || good === 0) throw new Error(`${workload.title}: ${failed} of ${good + failed} requests failed.`);
  return { cpu: ((cpuWithWorkers(pid) - before) * 1000) / good, rate: (good / milliseconds) * 1000 };
}
