import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  anEmulator,
  BILLING_SERVER,
  BILLING_TASK,
  CRM_TASK,
  call,
  LEGACY_SERVER,
  LEGACY_TASK,
  NEW_SERVER,
  outcome,
  SHOP_SERVER,
  smsError,
  WAVE_ONE,
  WEB_SERVER,
  WEB_TASK,
} from './support/harness.ts';

test.each([
  ['', [WEB_SERVER, BILLING_SERVER, LEGACY_SERVER]],
  ['state=replicate', [BILLING_SERVER]],
  ['name=prod', [WEB_SERVER]],
  [`id=${LEGACY_SERVER}`, [LEGACY_SERVER]],
  ['ip=192.0.2.45', [BILLING_SERVER]],
  ['ipv6=2001:db8::1', []],
  [`migproject=${WAVE_ONE}`, [WEB_SERVER, LEGACY_SERVER]],
  ['migration_cycle=cutovered', [WEB_SERVER]],
  ['connected=false', [LEGACY_SERVER]],
  ['is_consistency_result_exist=true', [WEB_SERVER]],
  ['is_consistency_result_exist=false', [BILLING_SERVER, LEGACY_SERVER]],
  ['enterprise_project_id=7', []],
  ['name=&limit=2', [WEB_SERVER, BILLING_SERVER]],
  ['limit=2&offset=2', [LEGACY_SERVER]],
  ['offset=3', []],
])('the query "%s" filters the list of servers', async (query, ids) => {
  const emulator = await anEmulator({ servers: 3 });
  expect((await listServers(emulator, query)).source_servers.map(({ id }) => id)).toEqual(ids);
});

test('the list of servers can be filtered by the id of the target', async () => {
  const emulator = await anEmulator();
  const vm = emulator.state.tasks.get(WEB_TASK)?.target.vm_id;
  expect(await listServers(emulator, `vm_id=${vm}`)).toMatchObject({ count: 1, source_servers: [{ id: WEB_SERVER }] });
});

test('the count covers all matching servers, not only the page', async () => {
  const emulator = await anEmulator({ servers: 2000 });
  const page = await listServers(emulator, 'limit=10');
  expect([page.count, page.source_servers.length]).toEqual([2000, 10]);
  expect((await listServers(emulator, '')).source_servers).toHaveLength(200);
  expect((await listServers(emulator, 'limit=0')).source_servers).toHaveLength(200);
});

test('memory is in bytes, both in a list and in full', async () => {
  const emulator = await anEmulator();
  const [first] = (await listServers(emulator, '')).source_servers;
  const one = (await call(emulator, 'GET', `/v3/sources/${WEB_SERVER}`)).json as { memory: number };
  expect(first?.memory).toBe(one.memory);
  expect(one.memory % 2 ** 30).toBe(0);
});

test('current_task of a server without a task is null in a list and absent in full', async () => {
  const emulator = await anEmulator();
  const { source_servers } = await listServers(emulator, `id=${NEW_SERVER}`);
  expect(source_servers).toMatchObject([
    { current_task: null, state: 'waiting', migration_cycle: 'checking', is_consistency_result_exist: false },
  ]);
  expect((await call(emulator, 'GET', `/v3/sources/${NEW_SERVER}`)).json).not.toHaveProperty('current_task');
});

test('a server can be renamed and moved to another project', async () => {
  const emulator = await anEmulator({ servers: 3 });
  const path = `/v3/sources/${BILLING_SERVER}`;
  expect((await call(emulator, 'PUT', path, { name: 'invoices', migprojectid: WAVE_ONE })).text).toBe('{ }');
  expect((await call(emulator, 'GET', path)).json).toMatchObject({ name: 'invoices' });
  expect((await listServers(emulator, `migproject=${WAVE_ONE}`)).count).toBe(3);
});

test('a change with an unknown project is rejected and changes nothing', async () => {
  const emulator = await anEmulator();
  const change = { migprojectid: 'nowhere', name: 'good' };
  expect(await outcome(emulator, 'PUT', `/v3/sources/${BILLING_SERVER}`, change)).toEqual(smsError('SMS.7301'));
  expect(emulator.state.servers.get(BILLING_SERVER)?.name).toBe('billing-win');
});

test('a server can be deleted unless its task runs, and the task remains', async () => {
  const emulator = await anEmulator();
  expect((await call(emulator, 'DELETE', `/v3/sources/${WEB_SERVER}`)).status).toBe(200);
  expect(await outcome(emulator, 'GET', `/v3/sources/${WEB_SERVER}`)).toEqual(smsError('SMS.7602'));
  const { json } = await call(emulator, 'GET', `/v3/tasks?id=${WEB_TASK}`);
  expect(json).toMatchObject({ count: 1, tasks: [{ id: WEB_TASK, source_server: null }] });
  for (const id of [BILLING_SERVER, SHOP_SERVER]) {
    const ids = [LEGACY_SERVER, id];
    expect(await outcome(emulator, 'POST', '/v3/sources/delete', { ids })).toEqual(smsError('SMS.7601'));
  }
  expect(emulator.state.servers.has(LEGACY_SERVER)).toBe(true);
});

test('the overview counts the current states of the servers', async () => {
  const emulator = await anEmulator({ servers: 3 });
  const overview = async () => (await call(emulator, 'GET', '/v3/sources/overview')).json;
  expect(await overview()).toMatchObject({ finished: 1, replicate: 1, error: 1, waiting: 0, unconfigured: 0 });
  await call(emulator, 'POST', `/v3/tasks/${BILLING_TASK}/action`, { operation: 'stop' });
  expect(await overview()).toMatchObject({ replicate: 0, stopping: 1 });
  emulator.state.advance(600_000);
  await call(emulator, 'DELETE', `/v3/tasks/${LEGACY_TASK}`);
  expect(await overview()).toMatchObject({ finished: 1, stopped: 1, error: 0, unavailable: 1, unconfigured: 1 });
});

test('the list of errors contains failed servers and requires an offset', async () => {
  const emulator = await anEmulator();
  expect((await call(emulator, 'GET', '/v3/errors?offset=0')).json).toEqual({
    count: 3,
    migration_errors: [
      {
        source_id: LEGACY_SERVER,
        name: 'legacy-db',
        host_name: 'legacy-db',
        source_ip: '198.51.100.77',
        target_ip: emulator.state.tasks.get(LEGACY_TASK)?.migration_ip,
        error_json: emulator.state.tasks.get(LEGACY_TASK)?.error_json,
      },
      {
        source_id: emulator.state.tasks.get(CRM_TASK)?.server_id,
        name: 'crm-app',
        host_name: 'crm-app',
        source_ip: '192.0.2.36',
        target_ip: null,
        error_json: '{"error_code":"SMS.1511","error_param":"[\\"/srv/crm\\"]"}',
      },
      {
        source_id: '5d8f2b60-7c3a-4e19-a6b4-f0c9e1d7830a',
        name: 'erp-batch',
        host_name: 'erp-batch',
        source_ip: '192.0.2.39',
        target_ip: null,
        error_json: '{"error_code":"SMS.0806","error_param":"[\\"/dev/vdb1\\"]"}',
      },
    ],
  });
  expect(await outcome(emulator, 'GET', '/v3/errors')).toEqual(
    smsError('SMS.9001', 'Parameter offset is not valid: it is mandatory.'),
  );
});

async function listServers(emulator: Emulator, query: string) {
  const { json } = await call(emulator, 'GET', `/v3/sources?${query}`);
  return json as { count: number; source_servers: { id: string; memory: number }[] };
}
