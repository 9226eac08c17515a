import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import { anEmulator, call, WEB_SERVER } from './harness.ts';

const WAVE_ONE = '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06';
const WAVE_TWO = 'c60b1f39-4d7e-4835-9f2a-8e1d5b3c7a07';

test('creates, changes and deletes a project', async () => {
  const emulator = await anEmulator();
  const body = { name: 'wave-3', region: 'cn-north-4', type: 'MIGRATE_BLOCK' };
  const { json } = await call(emulator, 'POST', '/v3/migprojects', body);
  const { id } = json as { id: string };
  const path = `/v3/migprojects/${id}`;
  await call(emulator, 'PUT', path, { description: 'third' });
  const { json: shown } = await call(emulator, 'GET', path);
  expect(shown).toMatchObject({ name: 'wave-3', description: 'third', isdefault: false });
  expect(shown).not.toHaveProperty('id');
  expect((await call(emulator, 'DELETE', path)).status).toBe(200);
  expect((await call(emulator, 'GET', path)).status).toBe(404);
});

test('has one default', async () => {
  const emulator = await anEmulator();
  expect(await defaults(emulator)).toEqual([WAVE_ONE]);
  await call(emulator, 'PUT', `/v3/migprojects/${WAVE_TWO}/default`);
  expect(await defaults(emulator)).toEqual([WAVE_TWO]);
});

test('lets go of the servers of a deleted project', async () => {
  const emulator = await anEmulator();
  await call(emulator, 'DELETE', `/v3/migprojects/${WAVE_ONE}`);
  expect(emulator.state.servers.get(WEB_SERVER)?.migproject_id).toBe('');
});

async function defaults(emulator: Emulator): Promise<string[]> {
  const { json } = await call(emulator, 'GET', '/v3/migprojects');
  const { migprojects } = json as { migprojects: { id: string; isdefault: boolean }[] };
  return migprojects.filter(({ isdefault }) => isdefault).map(({ id }) => id);
}
