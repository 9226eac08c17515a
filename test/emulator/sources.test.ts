import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  anEmulator,
  BILLING_SERVER,
  BILLING_TASK,
  call,
  LEGACY_SERVER,
  LEGACY_TASK,
  WEB_SERVER,
  WEB_TASK,
} from './harness.ts';

const WAVE_ONE = '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06';

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
])('lists servers where "%s"', async (query, ids) => {
  const emulator = await anEmulator();
  expect((await listed(emulator, query)).source_servers.map(({ id }) => id)).toEqual(ids);
});

test('finds a server by the id of its target', async () => {
  const emulator = await anEmulator();
  const vm = emulator.state.tasks.get(WEB_TASK)?.target.vm_id;
  expect(await listed(emulator, `vm_id=${vm}`)).toMatchObject({ count: 1, source_servers: [{ id: WEB_SERVER }] });
});

test('counts what was found, not what is on the page', async () => {
  const emulator = await anEmulator({ servers: 2000 });
  const page = await listed(emulator, 'limit=10');
  expect([page.count, page.source_servers.length]).toEqual([2000, 10]);
  expect((await listed(emulator, '')).source_servers).toHaveLength(200);
});

test('gives memory in bytes in lists and in MB alone, as SMS does', async () => {
  const emulator = await anEmulator();
  const [first] = (await listed(emulator, '')).source_servers;
  const one = (await call(emulator, 'GET', `/v3/sources/${WEB_SERVER}`)).json as { memory: number };
  expect(first?.memory).toBe(one.memory * 1024 * 1024);
});

test('renames a server and moves it to a project', async () => {
  const emulator = await anEmulator();
  const path = `/v3/sources/${BILLING_SERVER}`;
  expect((await call(emulator, 'PUT', path, { name: 'invoices', migprojectid: WAVE_ONE })).status).toBe(200);
  expect((await call(emulator, 'GET', path)).json).toMatchObject({ name: 'invoices' });
  expect((await listed(emulator, `migproject=${WAVE_ONE}`)).count).toBe(3);
  expect((await call(emulator, 'PUT', path, { migprojectid: 'nowhere' })).status).toBe(404);
});

test('deletes a server with its task, but not while the task runs', async () => {
  const emulator = await anEmulator();
  expect((await call(emulator, 'DELETE', `/v3/sources/${WEB_SERVER}`)).status).toBe(200);
  expect(emulator.state.tasks.has(WEB_TASK)).toBe(false);
  expect((await call(emulator, 'GET', `/v3/sources/${WEB_SERVER}`)).status).toBe(404);
  const running = await call(emulator, 'POST', '/v3/sources/delete', { ids: [LEGACY_SERVER, BILLING_SERVER] });
  expect([running.status, running.json]).toEqual([400, expect.objectContaining({ error_code: 'SMS.7719' })]);
  expect([...emulator.state.tasks.keys()]).toEqual([BILLING_TASK, LEGACY_TASK]);
  expect(emulator.state.servers.size).toBe(2);
});

test('gives an overview that changes with time', async () => {
  const emulator = await anEmulator();
  const overview = async () => (await call(emulator, 'GET', '/v3/sources/overview')).json;
  expect(await overview()).toMatchObject({ finished: 1, replicate: 1, error: 1, waiting: 0, unconfigured: 0 });
  emulator.state.advance(600_000);
  await call(emulator, 'DELETE', `/v3/tasks/${LEGACY_TASK}`);
  expect(await overview()).toMatchObject({ finished: 2, replicate: 0, error: 0, unavailable: 1, unconfigured: 1 });
});

test('lists failed servers, and wants an offset for it as SMS does', async () => {
  const emulator = await anEmulator();
  expect((await call(emulator, 'GET', '/v3/errors?offset=0')).json).toMatchObject({
    count: 1,
    migration_errors: [{ source_id: LEGACY_SERVER, name: 'legacy-db', source_ip: '198.51.100.77' }],
  });
  const answer = await call(emulator, 'GET', '/v3/errors');
  expect([answer.status, answer.json]).toEqual([
    400,
    {
      error_code: 'SMS.9001',
      error_msg: 'Parameter offset is not valid: it is mandatory.',
    },
  ]);
});

async function listed(emulator: Emulator, query: string) {
  const { json } = await call(emulator, 'GET', `/v3/sources?${query}`);
  return json as { count: number; source_servers: { id: string; memory: number }[] };
}
