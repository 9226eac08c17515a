import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import { anEmulator, call, outcome, smsError, WAVE_ONE, WAVE_TWO } from './support/harness.ts';

test('a project can be created, changed and deleted', async () => {
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
  expect(await outcome(emulator, 'GET', path)).toEqual(smsError('SMS.7301'));
});

test('exactly one project is the default', async () => {
  const emulator = await anEmulator();
  expect(await defaults(emulator)).toEqual([WAVE_ONE]);
  await call(emulator, 'PUT', `/v3/migprojects/${WAVE_TWO}/default`);
  expect(await defaults(emulator)).toEqual([WAVE_TWO]);
});

test('a project that is the default or has servers cannot be deleted', async () => {
  const emulator = await anEmulator();
  const remove = (id: string) => outcome(emulator, 'DELETE', `/v3/migprojects/${id}`);
  expect(await remove(WAVE_ONE)).toEqual(smsError('SMS.7303'));
  expect(await remove(WAVE_TWO)).toEqual(smsError('SMS.7311'));
  expect(await remove('nowhere')).toEqual(smsError('SMS.7301'));
  expect([...emulator.state.projects.keys()]).toEqual(expect.arrayContaining([WAVE_ONE, WAVE_TWO]));
});

test('exist_server means in a list that the project has source servers, and elsewhere that its targets exist', async () => {
  const emulator = await anEmulator({ servers: 3 });
  const { json } = await call(emulator, 'GET', '/v3/migprojects');
  const { migprojects } = json as { migprojects: { id: string; exist_server: boolean }[] };
  expect(migprojects.map(({ exist_server }) => exist_server)).toEqual([true, true, false]);
  expect((await call(emulator, 'GET', `/v3/migprojects/${WAVE_ONE}`)).json).toMatchObject({ exist_server: false });
});

test('project names are unique, and a second default is rejected', async () => {
  const emulator = await anEmulator();
  const body = { name: 'wave-4', region: 'cn-north-4', type: 'MIGRATE_BLOCK' };
  const create = (changed: object) => outcome(emulator, 'POST', '/v3/migprojects', { ...body, ...changed });
  const update = (id: string, changed: object) => outcome(emulator, 'PUT', `/v3/migprojects/${id}`, changed);
  const before = emulator.state.projects.size;
  expect(await create({ name: 'wave-1_web' })).toEqual(smsError('SMS.7312'));
  expect(await create({ isdefault: true })).toEqual(smsError('SMS.7313'));
  expect(await update(WAVE_TWO, { name: 'wave-1_web' })).toEqual(smsError('SMS.7312'));
  expect(await update(WAVE_TWO, { isdefault: true })).toEqual(smsError('SMS.7313'));
  expect(await update(WAVE_ONE, { name: 'wave-1_web', isdefault: true })).toEqual([200, {}]);
  expect(emulator.state.projects.size).toBe(before);
});

test('a project name may be sent as a number', async () => {
  const emulator = await anEmulator();
  expect((await call(emulator, 'PUT', `/v3/migprojects/${WAVE_TWO}`, { name: 225 })).status).toBe(200);
  expect(emulator.state.projects.get(WAVE_TWO)?.name).toBe('225');
});

async function defaults(emulator: Emulator): Promise<string[]> {
  const { json } = await call(emulator, 'GET', '/v3/migprojects');
  const { migprojects } = json as { migprojects: { id: string; isdefault: boolean }[] };
  return migprojects.filter(({ isdefault }) => isdefault).map(({ id }) => id);
}
