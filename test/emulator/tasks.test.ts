import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import { anEmulator, BILLING_TASK, call, LEGACY_TASK, NOON, WEB_SERVER, WEB_TASK } from './harness.ts';

const MINUTE = 60_000;
const newTask = {
  name: 'second-wave',
  type: 'MIGRATE_FILE',
  source_server: { id: WEB_SERVER },
  target_server: { name: 'web-new', vm_id: '' },
  region_name: 'AP-Singapore',
  region_id: 'ap-southeast-3',
  project_name: 'ap-southeast-3',
  project_id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
};

test('moves a started task through its sub-tasks to its end, with differences found', async () => {
  const emulator = await anEmulator();
  const id = await created(emulator);
  expect(await shown(emulator, id)).toMatchObject({ state: 'READY', start_date: null, sub_tasks: [], total_time: 0 });
  await act(emulator, id, { operation: 'start' });
  expect(await shown(emulator, id)).toMatchObject({ state: 'RUNNING', subtask_info: 'CREATE_CLOUD_SERVER:0' });

  emulator.state.advance(30_000);
  const half = await shown(emulator, id);
  expect(half).toMatchObject({
    state: 'RUNNING',
    start_date: NOON,
    finish_date: null,
    estimate_complete_time: NOON + MINUTE,
    remain_seconds: 30,
    total_time: 30_000,
    migrate_speed: 164.2,
    subtask_info: 'MIGRATE_LINUX_FILE:47',
    source_server: { state: 'replicate', migration_cycle: 'replicating' },
  });
  expect((half['sub_tasks'] as Json[]).map(({ name, progress }) => `${name} ${progress}`)).toEqual([
    'CREATE_CLOUD_SERVER 100',
    'SSL_CONFIG 100',
    'ATTACH_AGENT_IMAGE 100',
    'FORMAT_DISK_LINUX_FILE 100',
    'MIGRATE_LINUX_FILE 47',
    'CONFIGURE_LINUX_FILE 0',
    'DETTACH_AGENT_IMAGE 0',
  ]);

  emulator.state.advance(40_000);
  expect(await shown(emulator, id)).toMatchObject({
    state: 'MIGRATE_SUCCESS',
    finish_date: NOON + MINUTE,
    total_time: MINUTE,
    remain_seconds: 0,
    subtask_info: 'DETTACH_AGENT_IMAGE:100',
    source_server: { state: 'finished' },
  });
  const { json } = await call(emulator, 'GET', `/v3/tasks/${id}/consistency-result`);
  const { result_list } = json as { result_list: { finished_time: number; consistency_result: Json[] }[] };
  expect(result_list).toHaveLength(1);
  expect(result_list[0]?.finished_time).toBe(NOON + MINUTE);
  expect(result_list[0]?.consistency_result[0]?.['num_different_files']).toBeGreaterThan(0);
});

test('synchronizes a finished task when it is started again', async () => {
  const emulator = await anEmulator();
  await act(emulator, WEB_TASK, { operation: 'start' });
  expect(await shown(emulator, WEB_TASK)).toMatchObject({ state: 'SYNCING', subtask_info: 'SYNC_LINUX_FILE:0' });
  emulator.state.advance(MINUTE);
  expect(await shown(emulator, WEB_TASK)).toMatchObject({ state: 'SYNC_SUCCESS' });
  expect(emulator.state.tasks.get(WEB_TASK)?.results).toHaveLength(3);
});

test('ends without results when told not to check', async () => {
  const emulator = await anEmulator();
  const id = await created(emulator);
  await act(emulator, id, { operation: 'start', is_need_consistency_check: false });
  emulator.state.advance(MINUTE);
  expect(await shown(emulator, id)).toMatchObject({ state: 'MIGRATE_SUCCESS' });
  expect(emulator.state.tasks.get(id)?.results).toEqual([]);
});

test('stops a running task and resumes it where it stood', async () => {
  const emulator = await anEmulator();
  const id = await created(emulator, { auto_start: true });
  emulator.state.advance(30_000);
  await act(emulator, id, { operation: 'stop' });
  expect(await shown(emulator, id)).toMatchObject({ state: 'ABORTING', source_server: { state: 'stopping' } });
  emulator.state.advance(MINUTE);
  expect(await shown(emulator, id)).toMatchObject({ state: 'ABORT', subtask_info: 'MIGRATE_LINUX_FILE:47' });
  await act(emulator, id, { operation: 'start' });
  expect(await shown(emulator, id)).toMatchObject({ state: 'RUNNING', remain_seconds: 30 });
  emulator.state.advance(30_000);
  expect(await shown(emulator, id)).toMatchObject({ state: 'MIGRATE_SUCCESS' });
});

test('restarts a failed task from the beginning', async () => {
  const emulator = await anEmulator();
  expect(await shown(emulator, LEGACY_TASK)).toMatchObject({
    state: 'MIGRATE_FAIL',
    error_json: expect.stringContaining('SMS.3802'),
  });
  await act(emulator, LEGACY_TASK, { operation: 'restart' });
  expect(await shown(emulator, LEGACY_TASK)).toMatchObject({ state: 'RUNNING', error_json: '', remain_seconds: 60 });
});

test.each([
  ['stop', WEB_TASK, 'SMS.1038'],
  ['start', BILLING_TASK, 'SMS.1039'],
  ['restart', BILLING_TASK, 'SMS.1040'],
  ['clone_test', BILLING_TASK, 'SMS.9001'],
  ['fly', BILLING_TASK, 'SMS.9001'],
])('refuses to %s a task in the wrong state', async (operation, id, code) => {
  const emulator = await anEmulator();
  const answer = await call(emulator, 'POST', `/v3/tasks/${id}/action`, { operation });
  expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ error_code: code })]);
});

test('runs every other action', async () => {
  const emulator = await anEmulator();
  for (const operation of ['clone_test', 'test', 'migration_test', 'cutover', 'clear', 'network_check']) {
    await act(emulator, WEB_TASK, { operation });
  }
  expect(await shown(emulator, WEB_TASK)).toMatchObject({
    clone_server: { clone_state: 'FINISHED' },
    network_check_info: { evaluation_result: 'normal' },
  });
  await act(emulator, BILLING_TASK, { operation: 'error_for_overspeed' });
  expect(await shown(emulator, BILLING_TASK)).toMatchObject({ state: 'ABORT' });
  await act(emulator, BILLING_TASK, { operation: 'start' });
  await act(emulator, BILLING_TASK, { operation: 'skip' });
  expect(await shown(emulator, BILLING_TASK)).toMatchObject({ state: 'MIGRATE_SUCCESS' });
});

test('lists with filters and pages, and counts what was found', async () => {
  const emulator = await anEmulator({ servers: 2000 });
  const list = async (query: string) => (await call(emulator, 'GET', `/v3/tasks?${query}`)).json as Listed;
  const all = await list('');
  expect([all.count, all.tasks.length]).toEqual([2000, 100]);
  const last = await list('limit=200&offset=1990');
  expect([last.count, last.tasks.length]).toEqual([2000, 10]);
  expect((await list('offset=2000')).tasks).toEqual([]);
  expect((await list(`id=${WEB_TASK}`)).tasks.map(({ name }) => name)).toEqual(['move-web-prod-01']);
  expect((await list(`source_server_id=${WEB_SERVER}`)).tasks.map(({ id }) => id)).toEqual([WEB_TASK]);
  expect((await list('name=billing')).tasks.map(({ id }) => id)).toEqual([BILLING_TASK]);
  const failed = await list('state=MIGRATE_FAIL&limit=200');
  expect(failed.count).toBeGreaterThan(100);
  expect(new Set(failed.tasks.map(({ state }) => state))).toEqual(new Set(['MIGRATE_FAIL']));
});

test.each([
  ['limit=201', 'Parameter limit is not valid: must be <= 200.'],
  ['limit=many', 'Parameter limit is not valid: must be integer.'],
  ['offset=-1', 'Parameter offset is not valid: must be >= 0.'],
  [`name=${'x'.repeat(300)}`, 'Parameter name is not valid: must NOT have more than 255 characters.'],
])('refuses the list ?%s', async (query, message) => {
  const emulator = await anEmulator();
  const answer = await call(emulator, 'GET', `/v3/tasks?${query}`);
  expect([answer.status, answer.json]).toEqual([400, { error_code: 'SMS.9001', error_msg: message }]);
});

test('does not create a task for a server or a template that does not exist', async () => {
  const emulator = await anEmulator();
  const noServer = await call(emulator, 'POST', '/v3/tasks', { ...newTask, source_server: { id: 'nowhere' } });
  expect([noServer.status, noServer.json]).toEqual([400, expect.objectContaining({ error_code: 'SMS.7602' })]);
  const noTemplate = await call(emulator, 'POST', '/v3/tasks', { ...newTask, vm_template_id: 'nowhere' });
  expect([noTemplate.status, noTemplate.json]).toEqual([404, expect.objectContaining({ error_code: 'SMS.7101' })]);
  expect(emulator.state.tasks.size).toBe(3);
});

test('changes a task', async () => {
  const emulator = await anEmulator();
  const body = { name: 'renamed', speed_limit: 77, target_server: { name: 'elsewhere' }, id: 'ignored' };
  expect((await call(emulator, 'PUT', `/v3/tasks/${WEB_TASK}`, body)).json).toEqual({ id: WEB_TASK });
  expect(await shown(emulator, WEB_TASK)).toMatchObject({
    id: WEB_TASK,
    name: 'renamed',
    speed_limit: 77,
    target_server: { name: 'elsewhere' },
  });
});

test('does not delete a running task, nor any that were named with it', async () => {
  const emulator = await anEmulator();
  const many = await call(emulator, 'POST', '/v3/tasks/delete', { ids: [WEB_TASK, BILLING_TASK] });
  expect([many.status, many.json]).toEqual([400, expect.objectContaining({ error_code: 'SMS.7719' })]);
  const unknown = await call(emulator, 'POST', '/v3/tasks/delete', { ids: [WEB_TASK, 'nowhere'] });
  expect([unknown.status, unknown.json]).toEqual([404, expect.objectContaining({ error_code: 'SMS.7703' })]);
  expect(emulator.state.tasks.size).toBe(3);
  expect((await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`)).status).toBe(200);
  expect((await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`)).status).toBe(404);
});

test('gives a server its older task back when the newer one is deleted', async () => {
  const emulator = await anEmulator();
  const id = await created(emulator);
  expect(emulator.state.servers.get(WEB_SERVER)?.task_id).toBe(id);
  await call(emulator, 'DELETE', `/v3/tasks/${id}`);
  expect(emulator.state.servers.get(WEB_SERVER)?.task_id).toBe(WEB_TASK);
});

test('collects logs in a while', async () => {
  const emulator = await anEmulator();
  const status = async () => {
    const { json } = await call(emulator, 'GET', `/v3/tasks?id=${WEB_TASK}`);
    return (json as { tasks: Json[] }).tasks[0]?.['log_collect_status'];
  };
  expect(await status()).toBe('INIT');
  await call(emulator, 'POST', `/v3/tasks/${WEB_TASK}/log`, { log_bucket: 'logs' });
  expect(await status()).toBe('UPLOADING');
  emulator.state.advance(MINUTE);
  expect(await status()).toBe('UPLOADED');
});

type Json = Record<string, unknown>;
interface Listed {
  count: number;
  tasks: { id: string; name: string; state: string }[];
}

async function created(emulator: Emulator, more: object = {}): Promise<string> {
  const { json } = await call(emulator, 'POST', '/v3/tasks', { ...newTask, ...more });
  return (json as { id: string }).id;
}

async function act(emulator: Emulator, id: string, action: object): Promise<void> {
  const answer = await call(emulator, 'POST', `/v3/tasks/${id}/action`, action);
  expect(answer.status, answer.text).toBe(200);
}

async function shown(emulator: Emulator, id: string): Promise<Json> {
  return (await call(emulator, 'GET', `/v3/tasks/${id}`)).json as Json;
}
