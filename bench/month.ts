/**
 * A month in which 5,000 servers are migrated: calls to SMS, processor time and throttling. The requests are simulated second by
 * second; what each costs is measured at a gateway with an emulator. `node month.ts [seed]`, 1 by default. The same seed gives
 * the same numbers.
 */
import { measureCosts } from './month/measure.ts';
import { simulate } from './month/simulate.ts';
import { requestTable, setupTable, throttlingTable } from './month/tables.ts';
import { SERVERS_PER_ACCOUNT, WAVE_SIZE } from './month/waves.ts';
import { print } from './report.ts';

const LIMITS = [5, 10, 20, 50];

const [seed = 1] = process.argv.slice(2).map(Number);
const costs = await measureCosts(SERVERS_PER_ACCOUNT, WAVE_SIZE);
const onePerTask = { ...costs, progress: { estimate: WAVE_SIZE, calls: WAVE_SIZE, rows: 0 } };
const shared = simulate(seed, costs, { replicas: 3, store: true });
print(requestTable(costs, shared));
print('');
print(
  setupTable([
    ['one process, or three with Redis', shared],
    ['three processes without Redis', simulate(seed, costs, { replicas: 3, store: false })],
    ['three processes, a poll of each task', simulate(seed, onePerTask, { replicas: 3, store: false })],
  ]),
);
print('');
print(throttlingTable(shared, LIMITS));
