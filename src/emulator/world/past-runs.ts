/** Gives the tasks of the seed data a history: runs that were over, or under way, before the emulator started. */
import { between } from './random.ts';
import type { MigrationTask, RunKind, SourceServer, TaskState } from './records.ts';
import type { State } from './state.ts';
import { beginRun, RUN_SHARES, recordStepTimes } from './task-runs.ts';

/** Monday, 21 September 2026, 14:13:20 UTC; past runs are around this time. */
export const PAST_MS = 1_790_000_000_000;
export const HOUR_MS = 3_600_000;
/** A run under way is this many times slower than one that a caller starts: a week instead of a minute. */
const SLOWDOWN = 10_000;

/** Stores a task of a server. */
export function addTask(state: State, server: SourceServer, task: MigrationTask): MigrationTask {
  task.create_date = (task.runs[0]?.startedAt ?? PAST_MS) - 600_000;
  state.tasks.set(task.id, task);
  server.task_id = task.id;
  return task;
}

/** Appends a run of `duration` ms that started at `at` and stopped at the share `done`. Returns its end. */
export function addPastRun(task: MigrationTask, kind: RunKind, at: number, duration: number, done = 1): number {
  const run = beginRun(task, kind, at, duration / RUN_SHARES[kind]);
  const end = at + done * duration;
  recordStepTimes(task, end);
  run.done = done;
  if (done === 1) {
    for (const step of run.steps) step.endedAt ??= end;
    run.endedAt = end;
  }
  task.since = end;
  return end;
}

/** Copied and launched automatically. Returns the end of the copy. */
export function addPastMigration(task: MigrationTask, at: number): number {
  const copied = addPastRun(task, 'REPLICATE', at, 3 * HOUR_MS);
  addPastRun(task, 'CUTOVER', copied, HOUR_MS / 2);
  setState(task, 'MIGRATE_SUCCESS');
  return copied;
}

/** Sets the state in which the last run left the task. */
export function setState(task: MigrationTask, state: TaskState): void {
  task.state = state;
  if (state !== 'SYNCING' && state !== 'ABORT') task.finishedAt = task.since;
}

/** Appends a copy that is under way and outlasts any demonstration. */
export function addLongRun(task: MigrationTask, state: State, done: number): void {
  const duration = SLOWDOWN * state.taskDuration;
  const now = state.now();
  beginRun(task, 'REPLICATE', Math.round(now - done * duration), duration, task.is_need_consistency_check);
  recordStepTimes(task, now);
}

/** A random time within two days before `PAST_MS`. */
export function randomPast(state: State): number {
  return PAST_MS - between(state.random, 1, 48) * HOUR_MS;
}
