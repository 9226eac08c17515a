import { expect, test } from 'vitest';
import { anEmulator, BILLING_TASK, call, WEB_SERVER, WEB_TASK } from './harness.ts';

const registration = {
  name: 'fresh',
  ip: '192.0.2.99',
  os_type: 'LINUX',
  os_version: 'UBUNTU_22_4_64BIT',
  cpu_quantity: 4,
  memory: 8192,
  networks: [{ name: 'eth0', mac: '00:00:5e:00:53:01', ip: '192.0.2.99' }],
  agent_version: '25.7.0',
};

test('registers a server, which then waits in the default project', async () => {
  const emulator = await anEmulator();
  const { json } = await call(emulator, 'POST', '/v3/sources', registration);
  const { id } = json as { id: string };
  expect((await call(emulator, 'GET', `/v3/sources/${id}`)).json).toMatchObject({
    name: 'fresh',
    memory: 8192,
    cpu_quantity: 4,
    state: 'waiting',
    migration_cycle: 'checking',
    networks: registration.networks,
  });
  const again = await call(emulator, 'POST', '/v3/sources', { ...registration, id });
  expect([again.status, again.json]).toEqual([400, expect.objectContaining({ error_code: 'SMS.6005' })]);
});

test('gives a command to the agent until its result comes', async () => {
  const emulator = await anEmulator();
  const path = `/v3/sources/${WEB_SERVER}`;
  expect((await call(emulator, 'GET', `${path}/command`)).json).toEqual({});
  await call(emulator, 'POST', `/v3/tasks/${WEB_TASK}/action`, { operation: 'start' });
  const command = { command_name: 'START', command_param: { task_id: WEB_TASK, bucket: '' } };
  expect((await call(emulator, 'GET', `${path}/command`)).json).toEqual(command);
  const report = (command_name: string) =>
    call(emulator, 'POST', `${path}/command_result`, { command_name, result: 'success', result_detail: {} });
  const other = await report('STOP');
  expect([other.status, other.json]).toEqual([400, expect.objectContaining({ error_code: 'SMS.6021' })]);
  expect((await report('START')).status).toBe(200);
  expect((await call(emulator, 'GET', `${path}/command`)).json).toEqual({});
});

test('believes what the agent reports of its server until the task’s next action', async () => {
  const emulator = await anEmulator();
  const state = async () => (await call(emulator, 'GET', `/v3/sources/${WEB_SERVER}`)).json;
  const path = `/v3/sources/${WEB_SERVER}/changestate`;
  await call(emulator, 'PUT', path, { copystate: 'init', migrationcycle: 'syncing' });
  expect(await state()).toMatchObject({ state: 'initialize', migration_cycle: 'syncing' });
  await call(emulator, 'POST', `/v3/tasks/${WEB_TASK}/action`, { operation: 'start' });
  expect(await state()).toMatchObject({ state: 'syncing', migration_cycle: 'syncing' });
});

test('shows progress as the agent measured it', async () => {
  const emulator = await anEmulator();
  await call(emulator, 'PUT', `/v3/tasks/${BILLING_TASK}/progress`, {
    subtask_name: 'MIGRATE_WINDOWS_BLOCK',
    progress: 63,
    replicatesize: 50,
    totalsize: 100,
    process_trace: 'D:\\',
    migrate_speed: 12.5,
    remain_time: 1900,
    total_cpu_usage: 46.5,
  });
  expect((await call(emulator, 'GET', `/v3/tasks/${BILLING_TASK}`)).json).toMatchObject({
    subtask_info: 'MIGRATE_WINDOWS_BLOCK:63',
    migrate_speed: 12.5,
    remain_seconds: 1900,
    total_cpu_usage: 46.5,
  });
});

test('stores the results of a check', async () => {
  const emulator = await anEmulator();
  const directory = { dir_check: 'D:\\', num_total_files: 9, num_different_files: 1 };
  const consistency_result = [{ ...directory, num_target_miss_files: 0, num_target_more_files: 0 }];
  const path = `/v3/tasks/${BILLING_TASK}/consistency-result`;
  await call(emulator, 'POST', path, { consistency_result });
  expect((await call(emulator, 'GET', path)).json).toEqual({
    task_id: BILLING_TASK,
    result_list: [{ finished_time: emulator.state.now(), check_result: 'success', consistency_result }],
  });
});

test('tells secrets that open nothing', async () => {
  const emulator = await anEmulator();
  const plain = (await call(emulator, 'GET', `/v3/tasks/${WEB_TASK}/certkey`)).json as Record<string, string>;
  expect(plain['private_key']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(plain).not.toHaveProperty('ca');
  const withCa = (await call(emulator, 'GET', `/v3/tasks/${WEB_TASK}/certkey?enable_ca_cert=true`)).json;
  expect(withCa).toHaveProperty('ca');
});
