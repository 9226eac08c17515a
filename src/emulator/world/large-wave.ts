/** A wave of any size, with servers in every state of a migration. */

import { newTask } from './new-task.ts';
import { addPastMigration, addPastRun, addTask, HOUR_MS, PAST_MS, randomPast, setState } from './past-runs.ts';
import { LARGE_PROJECT } from './project-fixtures.ts';
import { between } from './random.ts';
import type { DirectoryResult, MigrationTask, SourceServer } from './records.ts';
import { newSourceServer } from './source-fixtures.ts';
import type { State } from './state.ts';
import { errorJson } from './task-actions.ts';
import { beginRun, recordStepTimes } from './task-runs.ts';

const MINUTE_MS = 60_000;

/** Adds a migration project with that many source servers. The cases take turns. */
export function addLargeWave(state: State, servers: number): void {
  state.projects.set(LARGE_PROJECT.id, { ...LARGE_PROJECT });
  for (let index = 0; index < servers; index += 1) {
    const [role, addCase] = CASES[index % CASES.length] ?? CASES[0];
    const server = newSourceServer(state.random, {
      id: state.newId(),
      name: `shop-${role}-${String(Math.floor(index / CASES.length) + 1).padStart(2, '0')}`,
      // 198.19.0.0/16 is reserved for benchmarks (RFC 2544).
      ip: `198.19.${Math.floor(index / 250)}.${(index % 250) + 1}`,
      os_type: role === 'desk' || role === 'erp' ? 'WINDOWS' : 'LINUX',
      migproject_id: LARGE_PROJECT.id,
    });
    state.servers.set(server.id, server);
    addCase(state, server);
  }
}

type Case = (state: State, server: SourceServer) => void;

/** Adds a task, and gives it a history. */
function withTask(addHistory: (task: MigrationTask, state: State, server: SourceServer) => void): Case {
  return (state, server) => {
    const task = addTask(state, server, newTask(state, server, state.newId()));
    addHistory(task, state, server);
  };
}

const CASES: readonly [readonly [role: string, Case], ...(readonly [role: string, Case])[]] = [
  ['web', withTask((task, state) => addChecked(addContinuousSync(task, state), state))],
  ['api', withTask((task, state) => addChecked(addContinuousSync(task, state), state))],
  ['db', withTask((task, state) => addChecked(addContinuousSync(task, state), state, [14, 3, 1]))],
  ['cache', withTask((task, state) => addChecked(launched(task, state), state))],
  ['files', withTask((task, state) => addChecked(addContinuousSync(task, state), state, [220, 41, 0]))],
  ['media', withTask((task, state) => addRunUnderWay(task, state, 0.2))],
  ['queue', withTask((task, state) => addRunUnderWay(task, state, 0.6))],
  ['search', withTask((task, state) => addRunUnderWay(task, state, 0.85))],
  ['mail', withTask((task, state) => addChecked(launched(task, state), state, [0, 0, 0], 1_000_000))],
  ['erp', withTask((task, state) => addFailed(task, state))],
  ['log', withTask((task, state) => addPaused(task, state))],
  ['auth', withTask((task, state) => addDisconnected(task, state))],
  ['desk', withTask((task) => void task)],
  ['batch', withTask((task, state) => addFailedSync(task, state))],
  ['new', () => {}],
];

function addContinuousSync(task: MigrationTask, state: State): MigrationTask {
  task.syncing = true;
  addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS);
  setState(task, 'SYNCING');
  return task;
}

function launched(task: MigrationTask, state: State): MigrationTask {
  addPastMigration(task, randomPast(state));
  return task;
}

/** A check with these numbers of different, missing and extra files in its first directory, and none in the second. */
function addChecked(
  task: MigrationTask,
  { random }: State,
  [different = 0, missing = 0, extra = 0]: readonly number[] = [],
  files = between(random, 2_000, 400_000),
): void {
  const spread = (count: number) => (count === 0 ? 0 : between(random, 1, 2 * count));
  task.results = [
    {
      finished_time: PAST_MS + between(random, 1, 48) * HOUR_MS,
      check_result: 'success',
      consistency_result: [
        directory('/srv/shop', files, spread(different), spread(missing), spread(extra)),
        directory('/opt/shop', between(random, 500, 9_000)),
      ],
    },
  ];
}

/** A copy that ends within the next half hour, so that there is something to watch. */
function addRunUnderWay(task: MigrationTask, state: State, done: number): void {
  task.syncing = true;
  task.is_need_consistency_check = true;
  const duration = between(state.random, 10, 30) * MINUTE_MS;
  const now = state.now();
  beginRun(task, 'REPLICATE', Math.round(now - done * duration), duration, true);
  recordStepTimes(task, now);
}

function addFailed(task: MigrationTask, state: State): void {
  addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS, 0.3);
  setState(task, 'MIGRATE_FAIL');
  task.error_json = errorJson('SMS.3802', task.migration_ip);
}

function addPaused(task: MigrationTask, state: State): void {
  addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS, 0.5);
  setState(task, 'ABORT');
}

function addDisconnected(task: MigrationTask, state: State): void {
  addChecked(addContinuousSync(task, state), state);
  const server = state.servers.get(task.server_id);
  if (server) server.connected = false;
}

function addFailedSync(task: MigrationTask, state: State): void {
  const end = addPastMigration(task, randomPast(state));
  addPastRun(task, 'RESYNC', end + HOUR_MS, HOUR_MS, 0.4);
  setState(task, 'SYNC_FAIL');
  task.error_json = errorJson('SMS.0806', '/dev/vdb1');
}

function directory(dir_check: string, total: number, different = 0, missing = 0, extra = 0): DirectoryResult {
  return {
    dir_check,
    num_total_files: total,
    num_different_files: different,
    num_target_miss_files: missing,
    num_target_more_files: extra,
  };
}
