/**
 * What the gateway spends on a request, beside L, a bare proxy that makes the same signed call. Processor time of each
 * process, in turns, in one run; the best of the rounds. `node overhead.ts [requests a round] [rounds]`
 */
import { gateway, type Measured, script, usage } from './children.ts';
import { closed, EXPORT, TASK } from './load.ts';
import { report } from './report.ts';

const [count = 20_000, rounds = 5] = process.argv.slice(2).map(Number);
const AT_ONCE = 16;

const upstream = await script('upstream.ts');
const contenders: [string, Measured, string, object][] = [
  ['L', await script('bare-proxy.ts', { UPSTREAM: upstream.url }), '/', { task_info: [TASK] }],
  ['gateway, log off', await gateway(upstream.url, { LOG_LEVEL: 'silent' }), '/graphql', EXPORT],
  ['gateway', await gateway(upstream.url), '/graphql', EXPORT],
  ['gateway, metrics', await gateway(upstream.url, { METRICS_PORT: '0' }), '/graphql', EXPORT],
];

const best = new Map<string, { cpu: number; rate: number }>();
for (let round = 0; round <= rounds; round += 1)
  for (const [name, { url, pid }, path, body] of contenders) {
    const [before, begin] = [usage(pid).cpu, performance.now()];
    const { good, failed } = await closed(url, path, body, count, AT_ONCE);
    if (failed > 0) throw new Error(`${name}: ${failed} requests failed.`);
    // The first round warms up.
    if (round === 0) continue;
    const cpu = ((usage(pid).cpu - before) * 1000) / good;
    const rate = (good / (performance.now() - begin)) * 1000;
    const known = best.get(name);
    best.set(name, { cpu: Math.min(cpu, known?.cpu ?? cpu), rate: Math.max(rate, known?.rate ?? rate) });
  }

const least = best.get('L')?.cpu ?? 0;
report(
  `${count} requests a round, ${AT_ONCE} at once, best of ${rounds} rounds`,
  Object.fromEntries(
    [...best].map(([name, { cpu, rate }]) => [
      name,
      { 'us of CPU': Math.round(cpu), 'L/x': (least / cpu).toFixed(2), 'a second': Math.round(rate) },
    ]),
  ),
);
for (const [, { stop }] of contenders) await stop();
await upstream.stop();
