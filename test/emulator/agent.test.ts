import { expect, test } from 'vitest';
import {
  anEmulator,
  BILLING_TASK,
  call,
  INTRANET_SERVER,
  INTRANET_TASK,
  LEGACY_SERVER,
  LEGACY_TASK,
  NEW_SERVER,
  outcome,
  smsError,
  WEB_SERVER,
} from './support/harness.ts';

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

test('a registered server waits in the default project', async () => {
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
  const { servers, projects } = emulator.state;
  expect(projects.get(servers.get(id)?.migproject_id ?? '')?.isdefault).toBe(true);
});

test('a server that registers again is updated and keeps its task', async () => {
  const emulator = await anEmulator();
  const before = emulator.state.servers.size;
  const update = { ...registration, id: LEGACY_SERVER, name: 'legacy-db', agent_version: '26.1.0' };
  expect((await call(emulator, 'POST', '/v3/sources', update)).json).toEqual({ id: LEGACY_SERVER });
  expect((await call(emulator, 'GET', `/v3/sources/${LEGACY_SERVER}`)).json).toMatchObject({
    connected: true,
    agent_version: '26.1.0',
    current_task: { id: LEGACY_TASK },
  });
  expect(emulator.state.servers.size).toBe(before);
});

test.each([
  ['no name', { name: undefined }, 'SMS.6001'],
  ['an empty name', { name: '' }, 'SMS.6002'],
  ['a name of 65 characters', { name: 'x'.repeat(65) }, 'SMS.6002'],
  ['a name with a blank', { name: 'a b' }, 'SMS.6003'],
  ['an unknown operating system', { os_type: 'BEOS' }, 'SMS.6601'],
  ['no address', { ip: undefined }, 'SMS.6013'],
  ['no network', { networks: [] }, 'SMS.6011'],
])('a registration with %s is rejected', async (_, invalid, code) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', '/v3/sources', { ...registration, ...invalid })).toEqual(smsError(code));
});

test('at most 1,000 servers can be registered', async () => {
  const emulator = await anEmulator({ servers: 999 });
  expect((await call(emulator, 'POST', '/v3/sources', registration)).status).toBe(200);
  expect(await outcome(emulator, 'POST', '/v3/sources', registration)).toEqual(smsError('SMS.6501'));
});

test('a registration may have numbers as texts, sizes with a unit, and undocumented fields', async () => {
  const emulator = await anEmulator();
  const disk = { name: '/dev/vda', size: '42949672960', used_size: '42948624384', device_use: 'BOOT' };
  const btrfs = { name: '/dev/vda2', size: '3.30GiB', nodesize: '16384', g_vol_used_size: '3894038528' };
  const sent = {
    ...registration,
    virtualization_type: 'HVM',
    cpu_quantity: '4',
    disks: [{ ...disk, physical_volumes: [{ name: '/dev/vda1', size: 1024, inode_size: '256', mount_point: '/' }] }],
    btrfs_list: [{ ...btrfs, subvolumn: [{ uuid: 'u', is_snapshot: 'false', subvol_mount_path: 'null' }] }],
  };
  const { json, status } = await call(emulator, 'POST', '/v3/sources', sent);
  expect(status, JSON.stringify(json)).toBe(200);
  expect((await call(emulator, 'GET', `/v3/sources/${(json as { id: string }).id}`)).json).toMatchObject({
    cpu_quantity: 4,
    disks: [{ size: 42_949_672_960, used_size: 42_948_624_384, physical_volumes: [{ inode_size: 256 }] }],
    btrfs_list: [{ size: 3_543_348_019, nodesize: 16_384, g_vol_used_size: 3_894_038_528 }],
  });
});

test('a command stays pending until the agent reports its result', async () => {
  const emulator = await anEmulator();
  const path = `/v3/sources/${INTRANET_SERVER}`;
  expect((await call(emulator, 'GET', `${path}/command`)).json).toEqual({});
  await call(emulator, 'POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'start' });
  const command = { command_name: 'START', command_param: { task_id: INTRANET_TASK, bucket: '' } };
  expect((await call(emulator, 'GET', `${path}/command`)).json).toEqual(command);
  const report = (command_name: string) =>
    outcome(emulator, 'POST', `${path}/command_result`, { command_name, result: 'success', result_detail: {} });
  expect(await report('STOP')).toEqual(smsError('SMS.6021'));
  expect(await report('START')).toEqual([200, {}]);
  expect((await call(emulator, 'GET', `${path}/command`)).json).toEqual({});
});

test('the state that an agent reports is shown until the state of the task changes', async () => {
  const emulator = await anEmulator();
  const state = async () => (await call(emulator, 'GET', `/v3/sources/${INTRANET_SERVER}`)).json;
  const report = (copystate: string, migrationcycle: string) =>
    call(emulator, 'PUT', `/v3/sources/${INTRANET_SERVER}/changestate`, { copystate, migrationcycle });
  expect((await report('init', 'replicating')).text).toBe('{ }');
  expect(await state()).toMatchObject({ state: 'initialize', migration_cycle: 'replicating' });
  await call(emulator, 'POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'start' });
  await report('error', 'replicating');
  expect(await state()).toMatchObject({ state: 'error', migration_cycle: 'replicating' });
  emulator.state.advance(60_000);
  expect(await state()).toMatchObject({ state: 'finished', migration_cycle: 'cutovered' });
});

test.each([
  [{ copystate: 'waiting', migrationcycle: 'cutovered' }, 'SMS.7728'],
  [{ copystate: 'syncing', migrationcycle: 'replicating' }, 'SMS.7728'],
  [{ copystate: 'init', migrationcycle: 'no_ready' }, 'SMS.7728'],
  [{ copystate: 'cleared', migrationcycle: 'cutovered' }, 'SMS.7728'],
  [{ copystate: 'flying', migrationcycle: 'checking' }, 'SMS.7728'],
  [{ copystate: '', migrationcycle: 'checking' }, 'SMS.7727'],
  [{ copystate: 'waiting', migrationcycle: '' }, 'SMS.7727'],
  [{ copystate: 'waiting' }, 'SMS.7726'],
  [{ migrationcycle: 'checking' }, 'SMS.7726'],
])('the state report %j is rejected with %s', async (report, code) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'PUT', `/v3/sources/${INTRANET_SERVER}/changestate`, report)).toEqual(smsError(code));
});

test('a state report of a finished server is accepted and ignored', async () => {
  const emulator = await anEmulator();
  const report = { copystate: 'waiting', migrationcycle: 'cutovered' };
  expect((await call(emulator, 'PUT', `/v3/sources/${WEB_SERVER}/changestate`, report)).status).toBe(200);
  expect((await call(emulator, 'GET', `/v3/sources/${WEB_SERVER}`)).json).toMatchObject({ state: 'finished' });
});

test('a disk report is ignored unless the server is waiting', async () => {
  const emulator = await anEmulator();
  const disks = [{ name: '/dev/sdz', size: 1024, used_size: 512 }];
  for (const id of [NEW_SERVER, WEB_SERVER]) await call(emulator, 'PUT', `/v3/sources/${id}/diskinfo`, { disks });
  const disksOf = (id: string) => emulator.state.servers.get(id)?.disks.map(({ name }) => name);
  expect([disksOf(NEW_SERVER), disksOf(WEB_SERVER)]).toEqual([['/dev/sdz'], ['/dev/vda', '/dev/vdb']]);
});

test('a task shows the progress that the agent reported', async () => {
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

test('consistency results that the agent reports are stored', async () => {
  const emulator = await anEmulator();
  const directory = { dir_check: 'D:\\', num_total_files: 9, num_different_files: 1 };
  const consistency_result = [{ ...directory, num_target_miss_files: 0, num_target_more_files: 0 }];
  const path = `/v3/tasks/${BILLING_TASK}/consistency-result`;
  await call(emulator, 'POST', path, { consistency_result });
  const result = { finished_time: emulator.state.now(), check_result: 'success', consistency_result };
  expect((await call(emulator, 'GET', path)).json).toEqual({
    task_id: BILLING_TASK,
    result_list: [JSON.stringify(result)],
  });
});
