import { type Entity, type EntityReader, isEmbedded } from './entities.ts';

/** What a user can do with a task, by SMS's own names. */
export type TaskAction =
  | 'start'
  | 'stop'
  | 'cutover'
  | 'clone_test'
  | 'restart'
  | 'clear'
  | 'migration_test'
  | 'network_check';

const LAUNCHED: readonly TaskAction[] = ['restart', 'clear', 'network_check'];
const FAILED: readonly TaskAction[] = ['start', 'network_check'];

/**
 * What SMS accepts in each state of a task, according to the API Reference, Issue 37 of 2026-07-06 (5.4.7, and the codes
 * SMS.7713, 7714, 7721 and 7722). SMS names no condition for a network check. It does not report how far a consistency check
 * is, so `skip` is in no list. `test` is an older name of `cutover`, and only agents send `error_for_overspeed`.
 */
const BY_STATE = new Map<unknown, readonly TaskAction[]>([
  ['READY', ['start', 'migration_test', 'network_check']],
  ['RUNNING', ['stop', 'network_check']],
  ['SYNCING', ['stop', 'cutover', 'clone_test', 'network_check']],
  ['MIGRATE_SUCCESS', LAUNCHED],
  ['SYNC_SUCCESS', LAUNCHED],
  ['MIGRATE_FAIL', FAILED],
  ['SYNC_FAIL', FAILED],
  ['ABORTING', ['network_check']],
  ['ABORT', FAILED],
  ['SKIPPING', ['network_check']],
  ['DELETING', []],
  ['RESETING', []],
  ['SYNC_F_ROLLBACKING', []],
  ['SYNC_F_ROLLBACK_SUCCESS', []],
]);

/** States of a source server whose target has lost its snapshots, or is losing them: it cannot be synchronized again. */
const AFTER_CLEAR = new Map<unknown, readonly TaskAction[]>([
  ['clearing', ['network_check']],
  ['cleared', ['network_check']],
  ['clearfailed', ['clear', 'network_check']],
]);

/** What SMS accepts for the task now. Null in a state that this version does not know. */
export async function allowedActions(task: Entity, tasks: EntityReader): Promise<readonly TaskAction[] | null> {
  const actions = BY_STATE.get(await stateOf(task, tasks)) ?? null;
  if (actions !== LAUNCHED) return actions;
  const server = (await tasks.readField(task, 'source_server', 'any')) as Entity | null;
  return AFTER_CLEAR.get(String(server?.['state']).toLowerCase()) ?? actions;
}

/** Inside a source server, SMS sends the state as free text. The task itself has one of the documented states. */
async function stateOf(task: Entity, tasks: EntityReader): Promise<unknown> {
  const state = await tasks.readField(task, 'state', 'any');
  if (BY_STATE.has(state) || !isEmbedded(task)) return state;
  return (await tasks.fetchField(task, 'state', 'any')) ?? state;
}
