/** Runs that lie in the past, for the data set. */
import type { MigrationTask, RunKind, TaskState } from './records.ts';
import { begin, SHARES, stamp } from './task-runs.ts';

/** Monday, 21 September 2026, 14:13:20 UTC: the stored past happened around this moment. */
export const PAST = 1_790_000_000_000;
export const HOUR = 3_600_000;

/** Appends a run of `duration` ms that began at `at`, as far as `done` of it came; gives when that was. */
export function past(task: MigrationTask, kind: RunKind, at: number, duration: number, done = 1): number {
  const run = begin(task, kind, at, duration / SHARES[kind]);
  const end = at + done * duration;
  stamp(task, end);
  run.done = done;
  if (done === 1) {
    for (const step of run.steps) step.endedAt ??= end;
    run.endedAt = end;
  }
  task.since = end;
  return end;
}

/** The target was launched at the end of the last run. */
export function launched(task: MigrationTask, state: TaskState): void {
  task.state = state;
  task.finishedAt = task.since;
}

/** What the last run led to, at its end. */
export function halted(task: MigrationTask, state: TaskState): void {
  task.state = state;
  if (state === 'MIGRATE_FAIL') task.finishedAt = task.since;
}
