/** Advances tasks with time: computed when a task is read, without timers. */
import { checkedDirectories, newConsistencyRecord } from './consistency-fixtures.ts';
import type { MigrationTask, Run } from './records.ts';
import type { State } from './state.ts';
import { beginRun, completedShare, expectedEnd, recordStepTimes } from './task-runs.ts';

/** Duration of pausing a task, skipping a check or removing snapshots, as a share of a whole migration. */
export const TRANSITION_SHARE = 0.05;

/** Applies all state changes that are due by now. */
export function catchUp(task: MigrationTask, state: State): MigrationTask {
  const now = state.now();
  while (applyNextTransition(task, state, now)) {}
  recordStepTimes(task, now);
  return task;
}

/** Applies the next state change that is due; false if there is none. */
function applyNextTransition(task: MigrationTask, state: State, now: number): boolean {
  const run = task.runs.at(-1);
  const transitionEnd = Math.round(task.since + TRANSITION_SHARE * state.taskDuration);
  switch (run && task.state) {
    case 'RUNNING':
      if (!run || completedShare(task, now) < 1) return false;
      endRun(task, run, expectedEnd(task, run), state);
      return true;
    case 'SKIPPING':
      if (!run || now < transitionEnd) return false;
      run.check = false;
      endRun(task, run, transitionEnd, state);
      return true;
    case 'ABORTING':
      if (now < transitionEnd) return false;
      enterState(task, 'ABORT', transitionEnd);
      return true;
    default:
      return false;
  }
}

/** Ends a run. Results of the check follow, and then continuous synchronization or the launch of the target. */
function endRun(task: MigrationTask, run: Run, at: number, state: State): void {
  recordStepTimes(task, at);
  // `at` is rounded to a millisecond and may be slightly before the end of the last step.
  for (const step of run.steps) {
    step.startedAt ??= at;
    step.endedAt ??= at;
  }
  run.done = 1;
  run.endedAt = at;
  task.progress = {};
  if (run.kind === 'CUTOVER') {
    task.finishedAt = at;
    enterState(task, launchedState(task), at);
    return;
  }
  if (run.kind === 'CLONE') task.clone = { ...task.clone, clone_state: 'FINISHED' };
  else if (run.check)
    task.results.push(newConsistencyRecord(at, checkedDirectories(task), task.number + task.results.length));
  if (task.syncing) enterState(task, 'SYNCING', at);
  else beginRun(task, 'CUTOVER', at, state.taskDuration);
}

/** An automatic launch after a new synchronization ends in SYNC_SUCCESS (our reading). */
function launchedState({ runs, syncing }: MigrationTask): 'SYNC_SUCCESS' | 'MIGRATE_SUCCESS' {
  return !syncing && runs.some(({ kind }) => kind === 'RESYNC') ? 'SYNC_SUCCESS' : 'MIGRATE_SUCCESS';
}

function enterState(task: MigrationTask, state: MigrationTask['state'], at: number): void {
  task.state = state;
  task.since = at;
}
