import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import { anEmulator, call, refusal } from './support/harness.ts';

const WAVE_ONE = '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06';
const WAVE_TWO = 'c60b1f39-4d7e-4835-9f2a-8e1d5b3c7a07';

test('creates, changes and deletes a project', async () => {
  const emulator = await anEmulator();
  const body = { name: 'wave-4', region: 'cn-north-4', type: 'MIGRATE_BLOCK' };
  const { json } = await call(emulator, 'POST', '/v3/migprojects', body);
  const { id } = json as { id: string };
  const path = `/v3/migprojects/${id}`;
  await call(emulator, 'PUT', path, { description: 'third' });
  const { json: shown } = await call(emulator, 'GET', path);
  expect(shown).toEqual({
    ...body,
    description: 'third',
    isdefault: false,
    start_target_server: true,
    speed_limit: 0,
    use_public_ip: true,
    exist_server: true,
    enterprise_project: 'default',
    syncing: false,
    start_network_check: false,
  });
  expect(shown).not.toHaveProperty('id');
  expect((await call(emulator, 'DELETE', path)).status).toBe(200);
  const gone = await call(emulator, 'GET', path);
  expect([gone.status, gone.json]).toEqual(refusal('SMS.7301'));
});

test('has one default', async () => {
  const emulator = await anEmulator();
  expect(await defaults(emulator)).toEqual([WAVE_ONE]);
  await call(emulator, 'PUT', `/v3/migprojects/${WAVE_TWO}/default`);
  expect(await defaults(emulator)).toEqual([WAVE_TWO]);
});

test('keeps a project that is the default or has servers', async () => {
  const emulator = await anEmulator();
  const remove = async (id: string) => {
    const { status, json } = await call(emulator, 'DELETE', `/v3/migprojects/${id}`);
    return [status, json];
  };
  expect(await remove(WAVE_ONE)).toEqual(refusal('SMS.7303'));
  expect(await remove(WAVE_TWO)).toEqual(refusal('SMS.7311'));
  expect(await remove('nowhere')).toEqual(refusal('SMS.7301'));
  expect([...emulator.state.projects.keys()]).toEqual(expect.arrayContaining([WAVE_ONE, WAVE_TWO]));
});

test('tells in a list whether a project has servers, under the name that means another thing alone', async () => {
  const emulator = await anEmulator({ servers: 3 });
  const { json } = await call(emulator, 'GET', '/v3/migprojects');
  const { migprojects } = json as { migprojects: { id: string; exist_server: boolean }[] };
  expect(migprojects.map(({ exist_server }) => exist_server)).toEqual([true, true, false]);
  expect((await call(emulator, 'GET', `/v3/migprojects/${WAVE_ONE}`)).json).toMatchObject({ exist_server: false });
});

test('takes no name and no default twice', async () => {
  const emulator = await anEmulator();
  const body = { name: 'wave-4', region: 'cn-north-4', type: 'MIGRATE_BLOCK' };
  const create = async (changed: object) => {
    const { status, json } = await call(emulator, 'POST', '/v3/migprojects', { ...body, ...changed });
    return [status, json];
  };
  const update = async (id: string, changed: object) => {
    const { status, json } = await call(emulator, 'PUT', `/v3/migprojects/${id}`, changed);
    return [status, json];
  };
  const before = emulator.state.projects.size;
  expect(await create({ name: 'wave-1_web' })).toEqual(refusal('SMS.7312'));
  expect(await create({ isdefault: true })).toEqual(refusal('SMS.7313'));
  expect(await update(WAVE_TWO, { name: 'wave-1_web' })).toEqual(refusal('SMS.7312'));
  expect(await update(WAVE_TWO, { isdefault: true })).toEqual(refusal('SMS.7313'));
  expect(await update(WAVE_ONE, { name: 'wave-1_web', isdefault: true })).toEqual([200, {}]);
  expect(emulator.state.projects.size).toBe(before);
});

test('takes a name that is sent as a number', async () => {
  const emulator = await anEmulator();
  expect((await call(emulator, 'PUT', `/v3/migprojects/${WAVE_TWO}`, { name: 225 })).status).toBe(200);
  expect(emulator.state.projects.get(WAVE_TWO)?.name).toBe('225');
});

async function defaults(emulator: Emulator): Promise<string[]> {
  const { json } = await call(emulator, 'GET', '/v3/migprojects');
  const { migprojects } = json as { migprojects: { id: string; isdefault: boolean }[] };
  return migprojects.filter(({ isdefault }) => isdefault).map(({ id }) => id);
}
