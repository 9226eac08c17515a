import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  anEmulator,
  BILLING_SERVER,
  BILLING_TASK,
  call,
  GONE_TASK,
  INTRANET_TASK,
  LEGACY_SERVER,
  LEGACY_TASK,
  NEW_SERVER,
  NEW_TASK,
  outcome,
  SHOP_TASK,
  smsError,
  WEB_SERVER,
  WEB_TASK,
} from './support/harness.ts';

const MINUTE = 60_000;

test('a new task has the defaults of SMS', async () => {
  const emulator = await anEmulator();
  const { json } = await call(emulator, 'POST', '/v3/tasks', NEW_TASK);
  const { id } = json as { id: string };
  expect(await showTask(emulator, id)).toMatchObject({
    id,
    name: 'first',
    state: 'READY',
    priority: 1,
    speed_limit: 0,
    start_target_server: true,
    need_migration_test: false,
    error_json: '',
    vm_template_id: null,
    clone_server: null,
    sub_tasks: [],
  });
  expect(await taskRow(emulator, id)).toMatchObject({ syncing: false, log_collect_status: 'INIT' });
  const server = (await call(emulator, 'GET', `/v3/sources/${NEW_SERVER}`)).json as Json;
  expect(server['current_task']).toMatchObject({ id, use_public_ip: true, exist_server: false });
});

test.each([
  ['a server that does not exist', { source_server: { id: 'nowhere' } }, 'SMS.7602'],
  ['a server that is not connected', { source_server: { id: LEGACY_SERVER } }, 'SMS.6603'],
  ['a server that has a task', { source_server: { id: WEB_SERVER } }, 'SMS.6005'],
  ['a template that does not exist', { vm_template_id: 'nowhere' }, 'SMS.7101'],
  ['another operating system', { os_type: 'WINDOWS' }, 'SMS.6610'],
  ['a name with a space', { name: 'a b' }, 'SMS.7711'],
  ['a name of 65 characters', { name: 'x'.repeat(65) }, 'SMS.7711'],
  ['an unknown type', { type: 'MIGRATE_ALL' }, 'SMS.7712'],
  ['no name', { name: undefined }, 'SMS.6013'],
  ['no target', { target_server: undefined }, 'SMS.6031'],
  ['no id of the target', { target_server: { name: 'x' } }, 'SMS.6032'],
  ['no region', { region_id: undefined }, 'SMS.7725'],
  ['no project', { project_id: undefined }, 'SMS.7724'],
])('a new task with %s is rejected', async (_, invalid, code) => {
  const emulator = await anEmulator();
  const before = emulator.state.tasks.size;
  expect(await outcome(emulator, 'POST', '/v3/tasks', { ...NEW_TASK, ...invalid })).toEqual(smsError(code));
  expect(emulator.state.tasks.size).toBe(before);
});

test('a target server belongs to only one task', async () => {
  const emulator = await anEmulator();
  const vm_id = emulator.state.tasks.get(WEB_TASK)?.target.vm_id;
  expect(await outcome(emulator, 'POST', '/v3/tasks', { ...NEW_TASK, target_server: { name: 'x', vm_id } })).toEqual(
    smsError('SMS.7605'),
  );
  expect(await outcome(emulator, 'PUT', `/v3/tasks/${SHOP_TASK}`, { target_server: { vm_id } })).toEqual(
    smsError('SMS.7605'),
  );
});

test('the list of tasks has filters and pages, and counts all matching tasks', async () => {
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

test('a row of the list has no sub-tasks, and null for a deleted source server', async () => {
  const emulator = await anEmulator();
  expect(await taskRow(emulator, WEB_TASK)).not.toHaveProperty('sub_tasks');
  expect(await taskRow(emulator, GONE_TASK)).toMatchObject({ source_server: null, state: 'MIGRATE_SUCCESS' });
  expect(await showTask(emulator, GONE_TASK)).toMatchObject({ connected: false, target_server: { os_version: null } });
});

test.each([
  ['limit=201', 'Parameter limit is not valid: must be <= 200.'],
  ['limit=many', 'Parameter limit is not valid: must be integer.'],
  ['offset=-1', 'Parameter offset is not valid: must be >= 0.'],
  [`name=${'x'.repeat(300)}`, 'Parameter name is not valid: must NOT have more than 255 characters.'],
])('a list of tasks with ?%s is rejected', async (query, message) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'GET', `/v3/tasks?${query}`)).toEqual(smsError('SMS.9001', message));
});

test('a task can be changed, except for fields that only its creation sets', async () => {
  const emulator = await anEmulator();
  const body = {
    name: 'renamed',
    speed_limit: 77,
    target_server: { name: 'elsewhere' },
    id: 'ignored',
    syncing: false,
  };
  expect((await call(emulator, 'PUT', `/v3/tasks/${WEB_TASK}`, body)).json).toEqual({ id: WEB_TASK });
  expect(await showTask(emulator, WEB_TASK)).toMatchObject({
    id: WEB_TASK,
    name: 'renamed',
    speed_limit: 77,
    target_server: { name: 'elsewhere' },
  });
  expect(await taskRow(emulator, WEB_TASK)).toMatchObject({ syncing: true });
});

test('a change of the clone is ignored unless the server is in a suitable state', async () => {
  const emulator = await anEmulator();
  const clone_server = { vm_id: 'clone', name: 'copy', clone_state: 'READY' };
  for (const id of [INTRANET_TASK, SHOP_TASK]) await call(emulator, 'PUT', `/v3/tasks/${id}`, { clone_server });
  expect((await showTask(emulator, INTRANET_TASK))['clone_server']).toBe(null);
  expect((await showTask(emulator, SHOP_TASK))['clone_server']).toEqual(clone_server);
});

test('a task with a busy, connected server cannot be deleted, nor the other tasks of the same request', async () => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', '/v3/tasks/delete', { ids: [WEB_TASK, BILLING_TASK] })).toEqual(
    smsError('SMS.7719'),
  );
  expect(await outcome(emulator, 'DELETE', `/v3/tasks/${SHOP_TASK}`)).toEqual(smsError('SMS.7719'));
  expect(await outcome(emulator, 'POST', '/v3/tasks/delete', { ids: [WEB_TASK, 'nowhere'] })).toEqual(
    smsError('SMS.7703'),
  );
  expect(emulator.state.tasks.has(WEB_TASK)).toBe(true);

  expect((await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`)).status).toBe(200);
  expect(await outcome(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`)).toEqual(
    smsError('SMS.7703', `There is no migration task "${WEB_TASK}".`),
  );
  const server = emulator.state.servers.get(BILLING_SERVER);
  if (server) server.connected = false;
  expect((await call(emulator, 'DELETE', `/v3/tasks/${BILLING_TASK}`)).status).toBe(200);
  expect(emulator.state.servers.get(BILLING_SERVER)?.task_id).toBe(null);
});

test('logs can be collected after the task was started, one upload at a time', async () => {
  const emulator = await anEmulator();
  const collect = (id: string) => outcome(emulator, 'POST', `/v3/tasks/${id}/log`, { log_bucket: 'logs' });
  const status = async () => (await taskRow(emulator, WEB_TASK))['log_collect_status'];
  expect(await status()).toBe('INIT');
  expect(await collect(WEB_TASK)).toEqual([200, {}]);
  expect(await status()).toBe('UPLOADING');
  expect(await collect(WEB_TASK)).toEqual(smsError('SMS.7716'));
  emulator.state.advance(MINUTE);
  expect(await status()).toBe('UPLOADED');
  expect(await collect(WEB_TASK)).toEqual([200, {}]);
  expect(await collect(INTRANET_TASK)).toEqual(smsError('SMS.7717'));
});

test.each([
  ['25.1.9', false],
  ['24.9.0', false],
  ['25.2.0', true],
  ['25.10.0', true],
  ['26.0.1', true],
])('logs of agent version %s can be collected: %s', async (version, collects) => {
  const emulator = await anEmulator();
  const server = emulator.state.servers.get(WEB_SERVER);
  if (server) server.agent_version = version;
  expect(await outcome(emulator, 'POST', `/v3/tasks/${WEB_TASK}/log`, { log_bucket: 'logs' })).toEqual(
    collects ? [200, {}] : smsError('SMS.7707'),
  );
});

test('the error of a task is a JSON text with its parameters as JSON text', async () => {
  const emulator = await anEmulator();
  const { error_json } = (await showTask(emulator, LEGACY_TASK)) as { error_json: string };
  const { error_code, error_param } = JSON.parse(error_json) as { error_code: string; error_param: string };
  expect([error_code, JSON.parse(error_param)]).toEqual(['SMS.3802', [expect.stringMatching(/^203\.0\.113\.\d+$/)]]);
});

type Json = Record<string, unknown>;
interface Listed {
  count: number;
  tasks: { id: string; name: string; state: string }[];
}

async function showTask(emulator: Emulator, id: string): Promise<Json> {
  return (await call(emulator, 'GET', `/v3/tasks/${id}`)).json as Json;
}

async function taskRow(emulator: Emulator, id: string): Promise<Json> {
  const { json } = await call(emulator, 'GET', `/v3/tasks?id=${id}`);
  return (json as { tasks: Json[] }).tasks[0] ?? {};
}
