/** The state of a source server, which follows from its task. */

import type { MigrationTask, RunKind, SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { TRANSITION_SHARE } from '../world/task-progress.ts';
import { currentTask } from './lookup.ts';

export interface Standing {
  state: string;
  migration_cycle: string;
}

/** The migration cycle that a run is part of. */
const CYCLES: Record<RunKind, string> = {
  REPLICATE: 'replicating',
  CUTOVER: 'cutovering',
  RESYNC: 'syncing',
  CLONE: 'syncing',
};

/** Share of a whole migration that a drill takes. */
const DRILL_SHARE = 0.25;

/** State and migration cycle: as the agent reported, else as the task has it, else waiting (or gone). */
export function standing(server: SourceServer, state: State): Standing {
  const task = currentTask(server, state);
  const { reported } = server;
  if (reported && reported.at >= (task?.since ?? 0)) {
    return { state: reported.state, migration_cycle: reported.migration_cycle };
  }
  if (!task) return { state: server.connected ? 'waiting' : 'unavailable', migration_cycle: 'checking' };
  return standingOf(task, state);
}

function standingOf(task: MigrationTask, state: State): Standing {
  const run = task.runs.at(-1);
  if (!run) return { state: drillState(task, state), migration_cycle: 'setting' };
  const migration_cycle = run.endedAt === null ? CYCLES[run.kind] : 'syncing';
  switch (task.state) {
    case 'RUNNING':
      return { state: runningState(task, run.kind), migration_cycle };
    case 'SYNCING':
      return { state: 'syncing', migration_cycle: 'syncing' };
    case 'ABORTING':
      return { state: 'stopping', migration_cycle };
    case 'ABORT':
      return { state: 'stopped', migration_cycle };
    case 'SKIPPING':
      return { state: 'skipping', migration_cycle };
    case 'MIGRATE_FAIL':
    case 'SYNC_FAIL':
      return { state: 'error', migration_cycle };
    default:
      return { state: launchedState(task, state), migration_cycle: 'cutovered' };
  }
}

/** The server is prepared before its data is copied. */
function runningState(task: MigrationTask, kind: RunKind): string {
  if (kind === 'CUTOVER') return 'cutovering';
  if (kind === 'CLONE') return 'cloning';
  if (kind === 'RESYNC') return 'syncing';
  const copy = task.runs.at(-1)?.steps.at(-1);
  return copy?.startedAt ? 'replicate' : 'initialize';
}

function drillState({ drilledAt, need_migration_test }: MigrationTask, state: State): string {
  if (drilledAt === null) return need_migration_test ? 'premigready' : 'waiting';
  return state.now() - drilledAt < DRILL_SHARE * state.taskDuration ? 'premiging' : 'premiged';
}

function launchedState({ clearedAt }: MigrationTask, state: State): string {
  if (clearedAt === null) return 'finished';
  return state.now() - clearedAt < TRANSITION_SHARE * state.taskDuration ? 'clearing' : 'cleared';
}
