/**
 * Processor time per request: the gateway compared with a bare proxy that makes the same signed call. All take turns in one
 * run, and the best round counts. `node overhead.ts [requests per round] [rounds]`
 */
import { gateway, type Measured, script, usage } from './children.ts';
import { closedLoad, EXPORT, TASK } from './load.ts';
import { report } from './report.ts';

const [count = 20_000, rounds = 5] = process.argv.slice(2).map(Number);
const CONCURRENCY = 16;
const BASELINE = 'bare proxy';

const upstream = await script('upstream.ts');
const contenders: [string, Measured, string, object][] = [
  [BASELINE, await script('bare-proxy.ts', { UPSTREAM: upstream.url }), '/', { task_info: [TASK] }],
  ['gateway, log off', await gateway(upstream.url, { LOG_LEVEL: 'silent' }), '/graphql', EXPORT],
  ['gateway', await gateway(upstream.url), '/graphql', EXPORT],
  ['gateway, metrics', await gateway(upstream.url, { METRICS_PORT: '0' }), '/graphql', EXPORT],
];

const best = new Map<string, { cpu: number; rate: number }>();
for (let round = 0; round <= rounds; round += 1)
  for (const [name, { url, pid }, path, body] of contenders) {
    const [before, begin] = [usage(pid).cpu, performance.now()];
    const { good, failed } = await closedLoad(url, path, body, count, CONCURRENCY);
    if (failed > 0) throw new Error(`${name}: ${failed} requests failed.`);
    // The first round warms up.
    if (round === 0) continue;
    const cpu = ((usage(pid).cpu - before) * 1000) / good;
    const rate = (good / (performance.now() - begin)) * 1000;
    const previous = best.get(name);
    best.set(name, { cpu: Math.min(cpu, previous?.cpu ?? cpu), rate: Math.max(rate, previous?.rate ?? rate) });
  }

const baseline = best.get(BASELINE)?.cpu ?? 0;
report(
  `${count} requests per round, ${CONCURRENCY} at a time, best of ${rounds} rounds`,
  Object.fromEntries(
    [...best].map(([name, { cpu, rate }]) => [
      name,
      {
        'us of CPU per request': Math.round(cpu),
        'baseline / this': (baseline / cpu).toFixed(2),
        'per second': Math.round(rate),
      },
    ]),
  ),
);
for (const [, { stop }] of contenders) await stop();
await upstream.stop();
