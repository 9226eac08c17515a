/** How a task moves as time passes: computed when it is read, without timers. */
import { directoriesOf, newCheck } from './consistency-fixtures.ts';
import type { MigrationTask, Run } from './records.ts';
import type { State } from './state.ts';
import { begin, doneBy, endOf, stamp } from './task-runs.ts';

/** Share of a whole migration that pausing a task, leaving a check out and removing snapshots take. */
export const TRANSITION_SHARE = 0.05;

/** Brings a task up to the present: what its time is over for has ended, and what follows by itself has begun. */
export function settle(task: MigrationTask, state: State): MigrationTask {
  const now = state.now();
  while (moveOn(task, state, now)) {}
  stamp(task, now);
  return task;
}

/** Makes the next change that is due, if there is one. */
function moveOn(task: MigrationTask, state: State, now: number): boolean {
  const run = task.runs.at(-1);
  const short = Math.round(task.since + TRANSITION_SHARE * state.taskDuration);
  switch (run && task.state) {
    case 'RUNNING':
      if (!run || doneBy(task, now) < 1) return false;
      end(task, run, endOf(task, run), state);
      return true;
    case 'SKIPPING':
      if (!run || now < short) return false;
      run.check = false;
      end(task, run, short, state);
      return true;
    case 'ABORTING':
      if (now < short) return false;
      enter(task, 'ABORT', short);
      return true;
    default:
      return false;
  }
}

/** Ends a run and does what follows: results of the check, continuous synchronization, or the launch of the target. */
function end(task: MigrationTask, run: Run, at: number, state: State): void {
  stamp(task, at);
  // The moment is a whole millisecond and may lie a fraction before the last step's end.
  for (const step of run.steps) {
    step.startedAt ??= at;
    step.endedAt ??= at;
  }
  run.done = 1;
  run.endedAt = at;
  task.progress = {};
  if (run.kind === 'CUTOVER') {
    task.finishedAt = at;
    enter(task, launchedState(task), at);
    return;
  }
  if (run.kind === 'CLONE') task.clone = { ...task.clone, clone_state: 'FINISHED' };
  else if (run.check) task.results.push(newCheck(at, directoriesOf(task), task.number + task.results.length));
  if (task.syncing) enter(task, 'SYNCING', at);
  else begin(task, 'CUTOVER', at, state.taskDuration);
}

/** A launch that followed by itself from synchronizing again is the success of that (our reading). */
function launchedState({ runs, syncing }: MigrationTask): 'SYNC_SUCCESS' | 'MIGRATE_SUCCESS' {
  return !syncing && runs.some(({ kind }) => kind === 'RESYNC') ? 'SYNC_SUCCESS' : 'MIGRATE_SUCCESS';
}

function enter(task: MigrationTask, state: MigrationTask['state'], at: number): void {
  task.state = state;
  task.since = at;
}
