/**
 * Responses per second and processor time of one worker and of two, which take turns in one run. The client and SMS use the
 * same processors, so two workers on two processors cannot double the rate. `node workers.ts [W1, W2 or W3]`
 */
import { cpuWithWorkers, gateway, type Measured, script } from './children.ts';
import { timedLoad } from './load.ts';
import { report } from './report.ts';
import { WORKLOADS } from './workloads.ts';

const ROUND_MS = 3_000;
const ROUNDS = 5;
const CONNECTIONS = 64;

const [name = 'W2'] = process.argv.slice(2);
const workload = WORKLOADS[name];
if (workload === undefined) throw new Error(`There is no workload ${name}.`);
const sms = await script('sms.ts');
const start = (workers: string) => gateway(sms.url, { WORKERS: workers, SMS_AUTH: 'forward' });
const contenders: [string, Measured][] = [
  ['1', await start('1')],
  ['2', await start('2')],
];
const rounds: { workers: string; rate: number; cpu: number }[] = [];
for (let round = 0; round <= ROUNDS; round += 1)
  for (const [workers, { url, pid }] of contenders) {
    const before = cpuWithWorkers(pid);
    const { good, failed, milliseconds } = await timedLoad(`${url}/graphql`, workload.graphql, CONNECTIONS, ROUND_MS);
    // The first round warms up.
    if (round === 0) continue;
    if (failed > 0) throw new Error(`${failed} requests failed.`);
    rounds.push({ workers, rate: (good / milliseconds) * 1000, cpu: ((cpuWithWorkers(pid) - before) * 1000) / good });
  }
const baseline = median('1', 'rate');
report(
  `${name}, ${CONNECTIONS} connections, median of ${ROUNDS} rounds`,
  Object.fromEntries(
    contenders.map(([workers]) => [
      `WORKERS=${workers}`,
      {
        'per second': Math.round(median(workers, 'rate')),
        'times one worker': (median(workers, 'rate') / baseline).toFixed(2),
        'us of CPU per request': Math.round(median(workers, 'cpu')),
      },
    ]),
  ),
);
for (const { stop } of [...contenders.map(([, gateway]) => gateway), sms]) await stop();

function median(workers: string, value: 'rate' | 'cpu'): number {
  const values = rounds.filter((round) => round.workers === workers).map((round) => round[value]);
  return values.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0;
}
