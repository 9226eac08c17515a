/** The state of a source server: last reported by its agent, or derived from its task. */

import type { MigrationTask, RunKind, SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { TRANSITION_SHARE } from '../world/task-progress.ts';
import { currentTask } from './lookup.ts';

export interface SourceState {
  state: string;
  migration_cycle: string;
}

const CYCLE_BY_RUN: Record<RunKind, string> = {
  REPLICATE: 'replicating',
  CUTOVER: 'cutovering',
  RESYNC: 'syncing',
  CLONE: 'syncing',
};

/** Duration of a migration drill, as a share of a whole migration. */
const DRILL_SHARE = 0.25;

export function sourceState(server: SourceServer, state: State): SourceState {
  const task = currentTask(server, state);
  const { reported } = server;
  if (reported && reported.at >= (task?.since ?? 0)) {
    return { state: reported.state, migration_cycle: reported.migration_cycle };
  }
  if (!task) return { state: server.connected ? 'waiting' : 'unavailable', migration_cycle: 'checking' };
  return stateOfTask(task, state);
}

function stateOfTask(task: MigrationTask, state: State): SourceState {
  const run = task.runs.at(-1);
  if (!run) return { state: drillState(task, state), migration_cycle: 'setting' };
  const migration_cycle = run.endedAt === null ? CYCLE_BY_RUN[run.kind] : 'syncing';
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

function runningState(task: MigrationTask, kind: RunKind): string {
  if (kind === 'CUTOVER') return 'cutovering';
  if (kind === 'CLONE') return 'cloning';
  if (kind === 'RESYNC') return 'syncing';
  // The last step copies the data; those before it prepare the server.
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
