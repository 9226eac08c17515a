import type { MigrationTaskState } from '../gql/graphql.ts';

/** States of a task that look alike, in the order of a migration. */
export type Phase = 'launched' | 'syncing' | 'running' | 'ready' | 'paused' | 'failed' | 'none';

export const PHASES: readonly Phase[] = ['launched', 'syncing', 'running', 'ready', 'paused', 'failed', 'none'];

const PHASE_OF: Record<MigrationTaskState, Phase> = {
  READY: 'ready',
  RUNNING: 'running',
  SYNCING: 'syncing',
  MIGRATE_SUCCESS: 'launched',
  SYNC_SUCCESS: 'launched',
  MIGRATE_FAIL: 'failed',
  SYNC_FAIL: 'failed',
  ABORTING: 'paused',
  ABORT: 'paused',
  SKIPPING: 'running',
  DELETING: 'none',
  RESETING: 'none',
  SYNC_F_ROLLBACKING: 'failed',
  SYNC_F_ROLLBACK_SUCCESS: 'failed',
  UNKNOWN: 'none',
};

/** Null: without a task. */
export function phaseOf(state: MigrationTaskState | null): Phase {
  return state === null ? 'none' : PHASE_OF[state];
}
