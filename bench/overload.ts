/**
 * What is still answered when ten times as much is asked as can be. Two bottlenecks: SMS, which takes 50 ms and lets 32
 * calls in at once, so 640 requests a second can be answered, and the gateway's own processor. `node overload.ts [seconds]`
 */
import { gateway, type Measured, script, usage } from './children.ts';
import { closed, EXPORT, open, percentile, type Tally } from './load.ts';
import { print, report } from './report.ts';

const [seconds = 10] = process.argv.slice(2).map(Number);
const LATENCY = 50;
const CONNECTIONS = 32;
const CAPACITY = (CONNECTIONS * 1000) / LATENCY;

const slow = await script('upstream.ts', { LATENCY: String(LATENCY) });
const behindSms = await gateway(slow.url, {
  SMS_CONNECTIONS: String(CONNECTIONS),
  MAX_IN_FLIGHT: String(CONNECTIONS),
});
await closed(behindSms.url, '/graphql', EXPORT, 2_000, CONNECTIONS);
report(`SMS is the bottleneck: ${CAPACITY} a second; ${seconds} s each, open load`, {
  'at 1x': await measured(behindSms, () => open(behindSms.url, '/graphql', EXPORT, CAPACITY, seconds)),
  'at 10x': await measured(behindSms, () => open(behindSms.url, '/graphql', EXPORT, CAPACITY * 10, seconds)),
  'at 10x, still': await measured(behindSms, () => open(behindSms.url, '/graphql', EXPORT, CAPACITY * 10, seconds)),
  'at 1x again': await measured(behindSms, () => open(behindSms.url, '/graphql', EXPORT, CAPACITY, seconds)),
});
await behindSms.stop();
await slow.stop();

const fast = await script('upstream.ts');
const busy = await gateway(fast.url);
await closed(busy.url, '/graphql', EXPORT, 10_000, 64);
const count = 4_000 * seconds;
print('');
report(`The gateway is the bottleneck; ${count} requests each, closed load`, {
  '64 at once': await measured(busy, () => closed(busy.url, '/graphql', EXPORT, count, 64)),
  '640 at once': await measured(busy, () => closed(busy.url, '/graphql', EXPORT, count, 640)),
  '2,560 at once': await measured(busy, () => closed(busy.url, '/graphql', EXPORT, count, 2_560)),
});
await busy.stop();
await fast.stop();

async function measured({ pid }: Measured, load: () => Promise<Tally>) {
  const begin = performance.now();
  const { good, refused, failed, times } = await load();
  const took = (performance.now() - begin) / 1000;
  return {
    'good a second': Math.round(good / took),
    refused,
    failed,
    'p50 ms': Math.round(percentile(times, 0.5)),
    'p99 ms': Math.round(percentile(times, 0.99)),
    'MiB after': Math.round(usage(pid).memory),
  };
}
