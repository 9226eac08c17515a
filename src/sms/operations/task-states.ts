/** States that a task only leaves when a user acts. */
const END_STATES: ReadonlySet<unknown> = new Set([
  'MIGRATE_SUCCESS',
  'SYNC_SUCCESS',
  'MIGRATE_FAIL',
  'SYNC_FAIL',
  'ABORT',
  'SYNC_F_ROLLBACK_SUCCESS',
]);

const OTHER_STATES: ReadonlySet<unknown> = new Set([
  'READY',
  'RUNNING',
  'SYNCING',
  'ABORTING',
  'SKIPPING',
  'DELETING',
  'RESETING',
  'SYNC_F_ROLLBACKING',
]);

/** States of a source server whose task has ended. */
const END_STATES_OF_SERVERS: ReadonlySet<string> = new Set(['finished', 'stopped', 'error', 'cleared', 'clearfailed']);

/** Whether a task goes on only when a user acts. */
export function hasEnded(state: unknown): boolean {
  return END_STATES.has(state);
}

/**
 * The same for the task inside a source server, where SMS sends its state as free text. If it is not one of the documented
 * states, that of the server decides.
 */
export function hasTaskEnded(state: unknown, serverState: unknown): boolean {
  if (END_STATES.has(state) || OTHER_STATES.has(state)) return END_STATES.has(state);
  return END_STATES_OF_SERVERS.has(String(serverState).toLowerCase());
}
