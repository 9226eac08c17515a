/**
 * Goodput at ten times the capacity, with two bottlenecks: an SMS that takes 50 ms over 32 connections, which allows 640
 * requests per second, and the gateway's own processor. `node overload.ts [seconds]`
 */
import { gateway, type Measured, script, usage } from './children.ts';
import { closedLoad, EXPORT, openLoad, percentile, type Tally } from './load.ts';
import { print, report } from './report.ts';

const [seconds = 10] = process.argv.slice(2).map(Number);
const LATENCY_MS = 50;
const CONNECTIONS = 32;
const CAPACITY = (CONNECTIONS * 1000) / LATENCY_MS;

const slow = await script('upstream.ts', { LATENCY: String(LATENCY_MS) });
const behindSms = await gateway(slow.url, {
  SMS_CONNECTIONS: String(CONNECTIONS),
  MAX_IN_FLIGHT: String(CONNECTIONS),
});
await closedLoad(behindSms.url, '/graphql', EXPORT, 2_000, CONNECTIONS);
report(`SMS is the bottleneck, at ${CAPACITY} per second: ${seconds} s each, open load`, {
  'at 1x': await measured(behindSms, () => openLoad(behindSms.url, '/graphql', EXPORT, CAPACITY, seconds)),
  'at 10x': await measured(behindSms, () => openLoad(behindSms.url, '/graphql', EXPORT, CAPACITY * 10, seconds)),
  'at 10x, continued': await measured(behindSms, () =>
    openLoad(behindSms.url, '/graphql', EXPORT, CAPACITY * 10, seconds),
  ),
  'at 1x again': await measured(behindSms, () => openLoad(behindSms.url, '/graphql', EXPORT, CAPACITY, seconds)),
});
await behindSms.stop();
await slow.stop();

const fast = await script('upstream.ts');
const busy = await gateway(fast.url);
await closedLoad(busy.url, '/graphql', EXPORT, 10_000, 64);
const count = 4_000 * seconds;
print('');
report(`The gateway is the bottleneck: ${count} requests each, closed load`, {
  '64 at a time': await measured(busy, () => closedLoad(busy.url, '/graphql', EXPORT, count, 64)),
  '640 at a time': await measured(busy, () => closedLoad(busy.url, '/graphql', EXPORT, count, 640)),
  '2,560 at a time': await measured(busy, () => closedLoad(busy.url, '/graphql', EXPORT, count, 2_560)),
});
await busy.stop();
await fast.stop();

async function measured({ pid }: Measured, load: () => Promise<Tally>) {
  const begin = performance.now();
  const { good, rejected, failed, latencies } = await load();
  const elapsed = (performance.now() - begin) / 1000;
  return {
    'good per second': Math.round(good / elapsed),
    rejected,
    failed,
    'p50 ms': Math.round(percentile(latencies, 0.5)),
    'p99 ms': Math.round(percentile(latencies, 0.99)),
    'MiB after': Math.round(usage(pid).memory),
  };
}
