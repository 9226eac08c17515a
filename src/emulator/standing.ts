/** The state of a source server, which follows from its task. */
import { currentTask } from './find.ts';
import type { SourceServer, TaskState } from './records.ts';
import type { State } from './state.ts';

/** What a task's state means for its server: state and migration cycle. */
const STANDING: Record<TaskState, readonly [state: string, cycle: string]> = {
  READY: ['waiting', 'setting'],
  RUNNING: ['replicate', 'replicating'],
  SYNCING: ['syncing', 'syncing'],
  MIGRATE_SUCCESS: ['finished', 'cutovered'],
  SYNC_SUCCESS: ['finished', 'cutovered'],
  MIGRATE_FAIL: ['error', 'replicating'],
  SYNC_FAIL: ['error', 'syncing'],
  ABORTING: ['stopping', 'replicating'],
  ABORT: ['stopped', 'replicating'],
};

/** State and migration cycle: as the agent reported, else as the task has it, else waiting (or gone). */
export function standing(server: SourceServer, state: State): { state: string; migration_cycle: string } {
  if (server.reported) return server.reported;
  const task = currentTask(server, state);
  if (!task) return { state: server.connected ? 'waiting' : 'unavailable', migration_cycle: 'checking' };
  const [now, migration_cycle] = STANDING[task.phase.state];
  return { state: now, migration_cycle };
}
