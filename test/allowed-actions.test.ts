/** What can be done with a task in each state, compared with what the emulator accepts. */
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../src/emulator/server.ts';
import { performAction } from '../src/emulator/world/task-actions.ts';
import { ask, frozenGateway, NOW } from './support/ask.ts';
import { gatewayTo, WEB_SERVER, WEB_TASK } from './support/harness.ts';
import { serverId, taskId, wideSms } from './support/wide-sms.ts';

const ALLOWED = {
  READY: ['START', 'MIGRATION_TEST', 'NETWORK_CHECK'],
  RUNNING: ['STOP', 'NETWORK_CHECK'],
  SYNCING: ['STOP', 'CUTOVER', 'CLONE_TEST', 'NETWORK_CHECK'],
  MIGRATE_SUCCESS: ['RESTART', 'CLEAR', 'NETWORK_CHECK'],
  SYNC_SUCCESS: ['RESTART', 'CLEAR', 'NETWORK_CHECK'],
  MIGRATE_FAIL: ['START', 'NETWORK_CHECK'],
  SYNC_FAIL: ['START', 'NETWORK_CHECK'],
  ABORTING: ['NETWORK_CHECK'],
  ABORT: ['START', 'NETWORK_CHECK'],
  SKIPPING: ['NETWORK_CHECK'],
} as const;
type State = keyof typeof ALLOWED;
const STATES = Object.keys(ALLOWED) as State[];

const OPERATIONS = ['START', 'STOP', 'CUTOVER', 'CLONE_TEST', 'RESTART', 'CLEAR', 'MIGRATION_TEST', 'NETWORK_CHECK'];

const ACTIONS = `{ migrationTask(id: "${WEB_TASK}") { state allowedActions } }`;

/** A gateway whose emulator has the well-known task in a state. */
async function withTaskIn(state: State) {
  const gateway = await frozenGateway();
  const task = gateway.emulator.state.tasks.get(WEB_TASK);
  Object.assign(task ?? {}, { state, since: NOW });
  if (state === 'RUNNING') Object.assign(task?.runs.at(-1) ?? {}, { done: 0, endedAt: null });
  return gateway;
}

describe('The actions on a task', () => {
  it.each(STATES)('are those that the documents list for %s', async (state) => {
    expect(await ask(await withTaskIn(state), ACTIONS)).toEqual({
      migrationTask: { state, allowedActions: ALLOWED[state] },
    });
  });

  it.each(STATES)('are those that the emulator accepts for %s', async (state) => {
    const emulator = await startEmulator({ now: () => NOW, servers: 3 });
    await emulator.close();
    const original = emulator.state.tasks.get(WEB_TASK);
    if (!original) throw new Error('The emulator has no such task.');
    const isAccepted = (operation: string) => {
      const task = { ...structuredClone(original), state, since: NOW };
      try {
        performAction(task, { operation: operation.toLowerCase(), template_id: 'template' }, emulator.state);
        return true;
      } catch {
        return false;
      }
    };
    expect(OPERATIONS.filter(isAccepted).sort()).toEqual([...ALLOWED[state]].sort());
  });

  it('are accepted by the API as they are listed', async () => {
    const gateway = await withTaskIn('MIGRATE_SUCCESS');
    const mutation = `mutation { updateTaskStatus(input: { id: "${WEB_TASK}", operation: CLEAR }) { __typename } }`;
    expect(await ask(gateway, mutation)).toEqual({ updateTaskStatus: { __typename: 'UpdateTaskStatusSuccess' } });
    expect(await ask(gateway, ACTIONS)).toEqual({
      migrationTask: { state: 'MIGRATE_SUCCESS', allowedActions: ['NETWORK_CHECK'] },
    });
  });

  it('include another clean-up if the first one failed', async () => {
    const task = { id: 't-1', state: 'MIGRATE_SUCCESS', source_server: { id: 's-1', state: 'clearfailed' } };
    const { origin } = await wideSms({ before: () => ({ status: 200, body: task }) });
    expect(await ask(gatewayTo(origin), '{ migrationTask(id: "t-1") { allowedActions } }')).toEqual({
      migrationTask: { allowedActions: ['CLEAR', 'NETWORK_CHECK'] },
    });
  });

  it.each(['DELETING', 'RESETING', 'SYNC_F_ROLLBACKING', 'SYNC_F_ROLLBACK_SUCCESS'])(
    'are none in the state %s, for which nothing is documented',
    async (state) => {
      const { origin } = await wideSms({ before: () => ({ status: 200, body: { id: 't-1', state } }) });
      expect(await ask(gatewayTo(origin), '{ migrationTask(id: "t-1") { allowedActions } }')).toEqual({
        migrationTask: { allowedActions: [] },
      });
    },
  );

  it.each(['SOMETHING_NEW', null])('are unknown in the state %s', async (state) => {
    const { origin } = await wideSms({ before: () => ({ status: 200, body: { id: 't-1', state } }) });
    expect(await ask(gatewayTo(origin), '{ migrationTask(id: "t-1") { state allowedActions } }')).toEqual({
      migrationTask: { state: state && 'UNKNOWN', allowedActions: null },
    });
  });

  it('cost no call in a list of tasks', async () => {
    const gateway = await frozenGateway();
    const data = await ask(gateway, '{ migrationTasks { nodes { id allowedActions } } }');
    expect(data).toMatchObject({
      migrationTasks: { nodes: expect.arrayContaining([{ id: WEB_TASK, allowedActions: ALLOWED.MIGRATE_SUCCESS }]) },
    });
    expect(gateway.emulator.requests).toHaveLength(1);
  });

  it('of the task of a source server are read from the task where the server has less', async () => {
    const gateway = await frozenGateway();
    const query = `{ sourceServer(id: "${WEB_SERVER}") { currentTask { allowedActions } } }`;
    expect(await ask(gateway, query)).toEqual({
      sourceServer: { currentTask: { allowedActions: ALLOWED.MIGRATE_SUCCESS } },
    });
    expect(gateway.emulator.requests).toHaveLength(2);
  });

  it('of the task of a source server follow its own state if the server shows another text', async () => {
    const { origin } = await wideSms({
      servers: 1,
      server: (_, row) => ({ ...row, current_task: { id: taskId(0), state: 'in sync' } }),
      before: (path) =>
        path === `/v3/tasks/${taskId(0)}` ? { status: 200, body: { id: taskId(0), state: 'SYNCING' } } : undefined,
    });
    const query = '{ sourceServers { nodes { id currentTask { allowedActions } } } }';
    expect(await ask(gatewayTo(origin), query)).toEqual({
      sourceServers: { nodes: [{ id: serverId(0), currentTask: { allowedActions: ALLOWED.SYNCING } }] },
    });
  });
});
