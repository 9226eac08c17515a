/**
 * What a request costs: processor time of the gateway, of L (a bare proxy that does the same work without GraphQL) and of its
 * peers, in interleaved rounds of one run, over the same connections. Of times the best round counts. A ratio is the median
 * of those of the rounds, so other work on the machine changes it little.
 *
 * `node compare.ts [--peers] [--seconds 3] [--rounds 3] [--connections 64] [--only W1,W2] [--check] [--no-start]
 * [--out FILE, of the numbers for charts.ts]`. With `--check` it fails if a ratio has become much worse than that in
 * ratios.json, or the gateway takes too much memory.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BUILT, build, gateway, type Measured, script, usage } from './children.ts';
import { timedLoad } from './load.ts';
import { report } from './report.ts';
import { startTimes } from './start-time.ts';
import { WORKLOADS } from './workloads.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    only: { type: 'string', default: Object.keys(WORKLOADS).join(',') },
    check: { type: 'boolean', default: false },
    out: { type: 'string' },
    start: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const only = values.only.split(',');

/** A committed ratio may be missed by this factor: the machine of a check is not the one of the measurement. */
const TOLERANCE = 0.8;
/** Resident memory of the gateway in MiB, under all workloads. */
const MAX_MEMORY = 220;
/** The first round lasts longer, until most of the code is compiled. */
const WARM_UP_MS = 4_000;

interface Contender {
  name: string;
  measured: Measured;
  /** What it is compared with. Null for L itself. */
  baseline: string | null;
  speaksGraphql: boolean;
  /** In place of the workloads' own requests. */
  requests?: Readonly<Record<string, object>>;
  /** The workloads it takes part in. */
  workloads: readonly string[];
}

interface Result {
  /** Microseconds per request, in each round. */
  cpu: number[];
  rate: number;
  p50: number;
  p99: number;
  memory: number;
}

build();
const sms = await script('sms.ts');
const L = 'L';
const SIGNED_L = 'L, signed';
const all = Object.keys(WORKLOADS);
const proxy = (env: Record<string, string> = {}) => script('proxy.ts', { UPSTREAM: sms.url, ...env });
const forwarding = { SMS_AUTH: 'forward', LOG_LEVEL: 'silent' };
const built = (env?: Record<string, string>) => gateway(sms.url, env, undefined, BUILT);

const contenders: Contender[] = [
  { name: L, measured: await proxy(), baseline: null, speaksGraphql: false, workloads: all },
  { name: SIGNED_L, measured: await proxy({ SIGN: 'true' }), baseline: null, speaksGraphql: false, workloads: ['W1'] },
  {
    name: 'gateway',
    measured: await built({ ...forwarding, LOG_LEVEL: 'info' }),
    baseline: L,
    speaksGraphql: true,
    workloads: all,
  },
  {
    name: 'gateway, log off',
    measured: await built(forwarding),
    baseline: L,
    speaksGraphql: true,
    workloads: values.check ? [] : ['W1'],
  },
  {
    name: 'gateway, signed',
    measured: await built(),
    baseline: SIGNED_L,
    speaksGraphql: true,
    workloads: ['W1'],
  },
];
if (values.peers) {
  const { peers } = await import('./peers/peers.ts');
  for (const peer of await peers(sms.url))
    contenders.push({ ...peer, baseline: L, speaksGraphql: true, workloads: all });
}

const results = new Map<string, Result>();
for (let round = 0; round <= Number(values.rounds); round += 1)
  for (const { name, measured, speaksGraphql, requests, workloads } of contenders)
    for (const key of workloads.filter((workload) => only.includes(workload))) {
      const workload = WORKLOADS[key];
      if (workload === undefined) continue;
      const request = requests?.[key] ?? workload.graphql;
      const [path, body] = speaksGraphql ? ['/graphql', request] : [workload.path, workload.plain];
      const before = usage(measured.pid).cpu;
      const duration = round === 0 ? Math.max(WARM_UP_MS, seconds * 1000) : seconds * 1000;
      const { good, failed, milliseconds, times } = await timedLoad(measured.url + path, body, connections, duration);
      if (failed > 0 || good === 0) throw new Error(`${name}, ${key}: ${failed} of ${good + failed} requests failed.`);
      // The first round warms up.
      if (round === 0) continue;
      const { cpu, memory } = usage(measured.pid);
      keepBest(`${name} ${key}`, {
        cpu: [((cpu - before) * 1000) / good],
        rate: (good / milliseconds) * 1000,
        p50: times[Math.floor(times.length * 0.5)] ?? 0,
        p99: times[Math.floor(times.length * 0.99)] ?? 0,
        memory,
      });
    }

function keepBest(key: string, { cpu, rate, p50, p99, memory }: Result): void {
  const best = results.get(key) ?? { cpu, rate, p50, p99, memory };
  results.set(key, {
    cpu: best.cpu === cpu ? cpu : [...best.cpu, ...cpu],
    rate: Math.max(rate, best.rate),
    p50: Math.min(p50, best.p50),
    p99: Math.min(p99, best.p99),
    memory: Math.max(memory, best.memory),
  });
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const ratios: Record<string, number> = {};
for (const key of only) {
  const rows: Record<string, Record<string, string | number>> = {};
  for (const { name, baseline } of contenders) {
    const result = results.get(`${name} ${key}`);
    if (result === undefined) continue;
    const base = results.get(`${baseline ?? name} ${key}`)?.cpu ?? [];
    const ratio = median(result.cpu.map((cpu, index) => (base[index] ?? 0) / cpu));
    if (name.startsWith('gateway')) ratios[`${name} ${key}`] = Number(ratio.toFixed(2));
    rows[name] = {
      'us of CPU': Math.round(Math.min(...result.cpu)),
      'L/x': ratio.toFixed(2),
      'a second': Math.round(result.rate),
      'p50 ms': result.p50.toFixed(1),
      'p99 ms': result.p99.toFixed(1),
      MiB: Math.round(result.memory),
    };
  }
  report(
    `${key}: ${WORKLOADS[key]?.title}. ${connections} connections, ${values.rounds} rounds of ${seconds} s, best`,
    rows,
  );
}
for (const { measured } of contenders) await measured.stop();
if (values.start) report('From the start of the process to its first response, median', await startTimes(sms.url));
await sms.stop();

if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(Object.fromEntries(results), null, 2));
if (values.check) {
  const committed = JSON.parse(readFileSync(new URL('ratios.json', import.meta.url), 'utf8')) as Record<string, number>;
  const slower = Object.entries(ratios).filter(([key, ratio]) => ratio < (committed[key] ?? 0) * TOLERANCE);
  for (const [key, ratio] of slower)
    process.stderr.write(`${key}: L/x is ${ratio}; ${committed[key]} is committed, and ${TOLERANCE} of it required.\n`);
  const memory = Math.max(...only.map((key) => results.get(`gateway ${key}`)?.memory ?? 0));
  const isTooMuch = memory > MAX_MEMORY;
  if (isTooMuch) process.stderr.write(`The gateway takes ${Math.round(memory)} MiB; ${MAX_MEMORY} are allowed.\n`);
  process.exitCode = slower.length > 0 || isTooMuch ? 1 : 0;
}
