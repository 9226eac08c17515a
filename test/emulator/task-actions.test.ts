import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  anEmulator,
  BILLING_TASK,
  call,
  GONE_TASK,
  INTRANET_TASK,
  LEGACY_TASK,
  NEW_TASK,
  NOON,
  outcome,
  SHOP_SERVER,
  SHOP_TASK,
  smsError,
  TEMPLATE,
  WEB_TASK,
  WIKI_TASK,
} from './support/harness.ts';

const MINUTE = 60_000;

test('a started task copies and launches its target automatically', async () => {
  const emulator = await anEmulator();
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'READY',
    start_date: null,
    finish_date: null,
    sub_tasks: [],
    total_time: 0,
    source_server: { state: 'waiting', migration_cycle: 'setting' },
    target_server: { vm_id: '' },
  });
  await act(emulator, INTRANET_TASK, { operation: 'start' });
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'RUNNING',
    start_date: NOON,
    estimate_complete_time: NOON + MINUTE,
    remain_seconds: 60,
    subtask_info: 'CREATE_CLOUD_SERVER:0',
    source_server: { state: 'initialize', migration_cycle: 'replicating' },
    target_server: { vm_id: '' },
  });

  emulator.state.advance(MINUTE / 2);
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'RUNNING',
    remain_seconds: 30,
    total_time: 30_000,
    migrate_speed: 164.2,
    subtask_info: 'MIGRATE_LINUX_FILE:46',
    source_server: { state: 'replicate', migration_cycle: 'replicating' },
    target_server: { vm_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });

  emulator.state.advance(25_000);
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'RUNNING',
    source_server: { state: 'cutovering', migration_cycle: 'cutovering' },
  });

  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'MIGRATE_SUCCESS',
    estimate_complete_time: null,
    finish_date: NOON + MINUTE,
    total_time: MINUTE,
    migrate_speed: 0,
    subtask_info: 'DETTACH_AGENT_IMAGE:100',
    source_server: { state: 'finished', migration_cycle: 'cutovered' },
  });
  expect(await consistencyResults(emulator, INTRANET_TASK)).toEqual([]);
});

test('all sub-tasks of a run are listed from its start, with times and progress', async () => {
  const emulator = await anEmulator();
  const number = emulator.state.tasks.get(INTRANET_TASK)?.number ?? 0;
  await act(emulator, INTRANET_TASK, { operation: 'start' });
  emulator.state.advance(MINUTE / 2);
  const { sub_tasks } = await showTask(emulator, INTRANET_TASK);
  const done = (seconds: number) => NOON + Math.round(seconds * 10) * 52.2;
  const rows = [
    ['CREATE_CLOUD_SERVER', 100, NOON, done(6)],
    ['SSL_CONFIG', 100, done(6), done(8)],
    ['ATTACH_AGENT_IMAGE', 100, done(8), done(14)],
    ['FORMAT_DISK_LINUX_FILE', 100, done(14), done(20)],
    ['MIGRATE_LINUX_FILE', 46, done(20), null],
  ] as const;
  expect(sub_tasks).toEqual(
    rows.map(([name, progress, start_date, end_date], index) => ({
      id: number * 1000 + index + 1,
      name,
      progress,
      start_date,
      end_date,
      user_op: 'REPLICATE',
      process_trace: null,
    })),
  );
});

test('a task stays in continuous synchronization until its target is launched, also after a restart', async () => {
  const emulator = await anEmulator();
  const id = await createTask(emulator, { syncing: true });
  await act(emulator, id, { operation: 'start', is_need_consistency_check: true });
  expect(await actionOutcome(emulator, id, { operation: 'cutover' })).toEqual(smsError('SMS.7721'));
  emulator.state.advance(24 * 60 * MINUTE);
  expect(await showTask(emulator, id)).toMatchObject({
    state: 'SYNCING',
    finish_date: null,
    estimate_complete_time: null,
    source_server: { state: 'syncing', migration_cycle: 'syncing' },
  });
  expect(await consistencyResults(emulator, id)).toEqual([expect.objectContaining({ finished_time: NOON + 52_200 })]);
  expect(await actionOutcome(emulator, id, { operation: 'restart' })).toEqual(smsError('SMS.7722'));

  await act(emulator, id, { operation: 'cutover' });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, id)).toMatchObject({
    state: 'MIGRATE_SUCCESS',
    source_server: { state: 'finished' },
  });

  await act(emulator, id, { operation: 'restart' });
  expect(await showTask(emulator, id)).toMatchObject({
    state: 'RUNNING',
    finish_date: expect.any(Number),
    subtask_info: 'SSL_CONFIG:0',
    source_server: { state: 'syncing', migration_cycle: 'syncing' },
  });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, id)).toMatchObject({ state: 'SYNCING' });
  await act(emulator, id, { operation: 'cutover' });
  emulator.state.advance(MINUTE);
  const { state, sub_tasks } = await showTask(emulator, id);
  expect(state).toBe('MIGRATE_SUCCESS');
  const rows = sub_tasks as { id: number; name: string; user_op: string; progress: number }[];
  expect(rows.map(({ name, user_op }) => `${user_op} ${name}`)).toEqual([
    'REPLICATE CREATE_CLOUD_SERVER',
    'REPLICATE SSL_CONFIG',
    'REPLICATE ATTACH_AGENT_IMAGE',
    'REPLICATE FORMAT_DISK_LINUX_FILE',
    'REPLICATE MIGRATE_LINUX_FILE',
    'CUTOVER0 CONFIGURE_LINUX_FILE',
    'CUTOVER0 DETTACH_AGENT_IMAGE',
    'RESYNC0 SSL_CONFIG',
    'RESYNC0 ATTACH_AGENT_IMAGE',
    'RESYNC0 SYNC_LINUX_FILE',
    'CUTOVER1 CONFIGURE_LINUX_FILE',
    'CUTOVER1 DETTACH_AGENT_IMAGE',
  ]);
  expect(rows.map((row) => row.id)).toEqual(rows.map((_, index) => (rows[0]?.id ?? 0) + index));
  expect(rows.every(({ progress }) => progress === 100)).toBe(true);
  expect(await consistencyResults(emulator, id)).toHaveLength(1);
});

test('a restarted task launches automatically if continuous synchronization is off', async () => {
  const emulator = await anEmulator();
  await act(emulator, WIKI_TASK, { operation: 'restart', is_need_consistency_check: true });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, WIKI_TASK)).toMatchObject({
    state: 'SYNC_SUCCESS',
    source_server: { state: 'finished', migration_cycle: 'cutovered' },
  });
  expect(await consistencyResults(emulator, WIKI_TASK)).toHaveLength(2);
});

test('a task can be paused, also in continuous synchronization, and continues where it stopped', async () => {
  const emulator = await anEmulator();
  await act(emulator, INTRANET_TASK, { operation: 'start' });
  emulator.state.advance(MINUTE / 2);
  await act(emulator, INTRANET_TASK, { operation: 'stop' });
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'ABORTING',
    source_server: { state: 'stopping', migration_cycle: 'replicating' },
  });
  expect(await actionOutcome(emulator, INTRANET_TASK, { operation: 'stop' })).toEqual(smsError('SMS.7714'));
  emulator.state.advance(60 * MINUTE);
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({
    state: 'ABORT',
    subtask_info: 'MIGRATE_LINUX_FILE:46',
    total_time: 30_000,
    source_server: { state: 'stopped', migration_cycle: 'replicating' },
  });
  expect(await actionOutcome(emulator, INTRANET_TASK, { operation: 'stop' })).toEqual(smsError('SMS.7714'));
  await act(emulator, INTRANET_TASK, { operation: 'start' });
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({ state: 'RUNNING', remain_seconds: 30 });
  emulator.state.advance(MINUTE / 2);
  expect(await showTask(emulator, INTRANET_TASK)).toMatchObject({ state: 'MIGRATE_SUCCESS', total_time: MINUTE });

  await act(emulator, SHOP_TASK, { operation: 'stop' });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, SHOP_TASK)).toMatchObject({
    state: 'ABORT',
    source_server: { state: 'stopped', migration_cycle: 'syncing' },
  });
  await act(emulator, SHOP_TASK, { operation: 'start' });
  expect(await showTask(emulator, SHOP_TASK)).toMatchObject({ state: 'SYNCING' });
});

test('a failed task that is started again continues where it failed, without its error', async () => {
  const emulator = await anEmulator();
  const { migration_ip } = emulator.state.tasks.get(LEGACY_TASK) ?? {};
  const error_json = JSON.stringify({ error_code: 'SMS.3802', error_param: JSON.stringify([migration_ip]) });
  expect(await showTask(emulator, LEGACY_TASK)).toMatchObject({ state: 'MIGRATE_FAIL', error_json });
  await act(emulator, LEGACY_TASK, { operation: 'start' });
  expect(await showTask(emulator, LEGACY_TASK)).toMatchObject({
    state: 'RUNNING',
    error_json: '',
    subtask_info: 'ATTACH_AGENT_IMAGE:33',
  });
});

test('the consistency check at the end of a copy can be skipped only between 5 % and 95 %', async () => {
  const emulator = await anEmulator();
  const id = await createTask(emulator, { is_need_consistency_check: true, auto_start: true });
  // The copy takes 52.2 s; its last tenth is the check.
  emulator.state.advance(47_200);
  expect(await showTask(emulator, id)).toMatchObject({ state: 'RUNNING', subtask_info: 'MIGRATE_LINUX_FILE:100' });
  expect(await actionOutcome(emulator, id, { operation: 'skip' })).toEqual(smsError('SMS.6005'));
  emulator.state.advance(2_000);
  await act(emulator, id, { operation: 'skip' });
  expect(await showTask(emulator, id)).toMatchObject({ state: 'SKIPPING', source_server: { state: 'skipping' } });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, id)).toMatchObject({ state: 'MIGRATE_SUCCESS' });
  expect(await consistencyResults(emulator, id)).toEqual([]);
  expect(await actionOutcome(emulator, id, { operation: 'skip' })).toEqual(smsError('SMS.6005'));
});

test('the target can be cloned from a template in continuous synchronization, which then continues', async () => {
  const emulator = await anEmulator();
  const clone = { operation: 'clone_test', template_id: TEMPLATE };
  expect(await actionOutcome(emulator, SHOP_TASK, { operation: 'clone_test' })).toEqual(smsError('SMS.6013'));
  expect(await actionOutcome(emulator, SHOP_TASK, { ...clone, template_id: 'nowhere' })).toEqual(smsError('SMS.7101'));
  expect(await actionOutcome(emulator, WEB_TASK, clone)).toEqual(smsError('SMS.7721'));
  expect(await showTask(emulator, SHOP_TASK)).toMatchObject({ clone_server: null });
  await act(emulator, SHOP_TASK, clone);
  const states = [];
  for (const pause of [0, 4_000, 4_000, 4_000, 4_000]) {
    emulator.state.advance(pause);
    const { state, clone_server, source_server } = await showTask(emulator, SHOP_TASK);
    states.push([state, (source_server as Json)['state'], (clone_server as Json)['clone_state']]);
  }
  expect(states).toEqual([
    ['RUNNING', 'cloning', 'NOT_READY'],
    ['RUNNING', 'cloning', 'READY'],
    ['RUNNING', 'cloning', 'PREPARING'],
    ['RUNNING', 'cloning', 'CREATING'],
    ['SYNCING', 'syncing', 'FINISHED'],
  ]);
});

test('the snapshots of a launched task can be removed once; then it cannot be restarted', async () => {
  const emulator = await anEmulator();
  expect(await actionOutcome(emulator, SHOP_TASK, { operation: 'clear' })).toEqual(smsError('SMS.6005'));
  await act(emulator, WEB_TASK, { operation: 'clear' });
  expect(await showTask(emulator, WEB_TASK)).toMatchObject({ source_server: { state: 'clearing' } });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, WEB_TASK)).toMatchObject({
    state: 'MIGRATE_SUCCESS',
    source_server: { state: 'cleared' },
  });
  expect(await actionOutcome(emulator, WEB_TASK, { operation: 'restart' })).toEqual(smsError('SMS.7722'));
  expect(await actionOutcome(emulator, WEB_TASK, { operation: 'clear' })).toEqual(smsError('SMS.6005'));
});

test('a migration drill is possible before the start of a task, and copies nothing', async () => {
  const emulator = await anEmulator();
  const id = await createTask(emulator, { need_migration_test: true });
  const states = [];
  for (const pause of [0, MINUTE]) {
    states.push((await showTask(emulator, id))['source_server']);
    if (pause === 0) await act(emulator, id, { operation: 'migration_test' });
    states.push((await showTask(emulator, id))['source_server']);
    emulator.state.advance(MINUTE);
  }
  expect(states).toMatchObject(
    ['premigready', 'premiging', 'premiged', 'premiged'].map((state) => ({ state, migration_cycle: 'setting' })),
  );
  expect(await showTask(emulator, id)).toMatchObject({ state: 'READY', sub_tasks: [] });
  await act(emulator, id, { operation: 'start' });
  expect(await actionOutcome(emulator, id, { operation: 'migration_test' })).toEqual(smsError('SMS.6005'));
});

test('error_for_overspeed pauses the task and sets its error', async () => {
  const emulator = await anEmulator();
  await act(emulator, BILLING_TASK, { operation: 'error_for_overspeed' });
  expect(await showTask(emulator, BILLING_TASK)).toMatchObject({
    state: 'ABORT',
    error_json: '{"error_code":"SMS.9007","error_param":"[]"}',
  });
});

test('network_check stores a measurement', async () => {
  const emulator = await anEmulator();
  await act(emulator, WEB_TASK, { operation: 'network_check' });
  expect(await showTask(emulator, WEB_TASK)).toMatchObject({ network_check_info: { evaluation_result: 'SUCCESS' } });
});

const READY = INTRANET_TASK;
test.each([
  ['start', BILLING_TASK, 'SMS.7713'],
  ['start', SHOP_TASK, 'SMS.7713'],
  ['start', WEB_TASK, 'SMS.7713'],
  ['stop', READY, 'SMS.7714'],
  ['stop', WEB_TASK, 'SMS.7714'],
  ['stop', LEGACY_TASK, 'SMS.7714'],
  ['cutover', READY, 'SMS.7721'],
  ['cutover', BILLING_TASK, 'SMS.7721'],
  ['cutover', WEB_TASK, 'SMS.7721'],
  ['cutover', LEGACY_TASK, 'SMS.7721'],
  ['test', BILLING_TASK, 'SMS.7721'],
  ['clone_test', BILLING_TASK, 'SMS.7721'],
  ['clone_test', WEB_TASK, 'SMS.7721'],
  ['restart', READY, 'SMS.7722'],
  ['restart', BILLING_TASK, 'SMS.7722'],
  ['restart', SHOP_TASK, 'SMS.7722'],
  ['restart', LEGACY_TASK, 'SMS.7722'],
  ['skip', BILLING_TASK, 'SMS.6005'],
  ['skip', READY, 'SMS.6005'],
  ['clear', BILLING_TASK, 'SMS.6005'],
  ['migration_test', WEB_TASK, 'SMS.6005'],
  ['restart', GONE_TASK, 'SMS.8109'],
  ['fly', WEB_TASK, 'SMS.6011'],
  ['sync', WEB_TASK, 'SMS.6011'],
  ['start', 'nowhere', 'SMS.7703'],
])('the action %s on task %s is rejected with %s and changes nothing', async (operation, id, code) => {
  const emulator = await anEmulator();
  const before = JSON.stringify([...emulator.state.tasks.values()]);
  expect(await actionOutcome(emulator, id, { operation, template_id: TEMPLATE })).toEqual(smsError(code));
  expect(JSON.stringify([...emulator.state.tasks.values()])).toBe(before);
});

test('test is an older name of cutover', async () => {
  const emulator = await anEmulator();
  await act(emulator, SHOP_TASK, { operation: 'test' });
  emulator.state.advance(MINUTE);
  expect(await showTask(emulator, SHOP_TASK)).toMatchObject({ state: 'MIGRATE_SUCCESS' });
});

test('switch_hce is rejected for a Windows task', async () => {
  const emulator = await anEmulator();
  const action = { operation: 'stop', switch_hce: true };
  expect(await actionOutcome(emulator, BILLING_TASK, action)).toEqual(smsError('SMS.9001'));
});

test('the running task of the demo data runs for more than three days', async () => {
  const emulator = await anEmulator();
  expect(await showTask(emulator, BILLING_TASK)).toMatchObject({ state: 'RUNNING' });
  emulator.state.advance(3 * 24 * 60 * MINUTE);
  expect(await showTask(emulator, BILLING_TASK)).toMatchObject({ state: 'RUNNING' });
});

test('a task stays in continuous synchronization until an action ends it', async () => {
  const emulator = await anEmulator();
  emulator.state.advance(365 * 24 * 60 * MINUTE);
  expect(await showTask(emulator, SHOP_TASK)).toMatchObject({
    state: 'SYNCING',
    source_server: { id: SHOP_SERVER, state: 'syncing', migration_cycle: 'syncing' },
  });
});

type Json = Record<string, unknown>;

/** Creates a task and returns its id. */
async function createTask(emulator: Emulator, fields: object): Promise<string> {
  const response = await call(emulator, 'POST', '/v3/tasks', { ...NEW_TASK, ...fields });
  expect(response.status, response.text).toBe(200);
  return (response.json as { id: string }).id;
}

function actionOutcome(emulator: Emulator, id: string, action: object): ReturnType<typeof outcome> {
  return outcome(emulator, 'POST', `/v3/tasks/${id}/action`, action);
}

async function act(emulator: Emulator, id: string, action: object): Promise<void> {
  const { status, text } = await call(emulator, 'POST', `/v3/tasks/${id}/action`, action);
  expect([status, text]).toEqual([200, '{ }']);
}

async function showTask(emulator: Emulator, id: string): Promise<Json> {
  return (await call(emulator, 'GET', `/v3/tasks/${id}`)).json as Json;
}

async function consistencyResults(emulator: Emulator, id: string): Promise<unknown[]> {
  const { json } = await call(emulator, 'GET', `/v3/tasks/${id}/consistency-result`);
  return (json as { result_list: string[] }).result_list.map((text) => JSON.parse(text));
}
