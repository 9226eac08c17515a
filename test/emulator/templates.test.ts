import { expect, test } from 'vitest';
import { anEmulator, call, WEB_TASK } from './harness.ts';

const TEMPLATE = '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08';

test('creates, changes and deletes a template', async () => {
  const emulator = await anEmulator();
  const template = { name: 'small', region: 'cn-north-4', is_template: false };
  const { json } = await call(emulator, 'POST', '/v3/vm/templates', { template });
  const { id } = json as { id: string };
  const path = `/v3/vm/templates/${id}`;
  expect((await call(emulator, 'GET', path)).json).toMatchObject({
    template: { id, name: 'small', is_template: 'false' },
  });
  await call(emulator, 'PUT', path, { template: { name: 'tiny', target_password: 'changed' } });
  expect((await call(emulator, 'GET', '/v3/vm/templates?region=cn-north-4')).json).toMatchObject({
    count: 1,
    templates: [{ id, name: 'tiny', region: 'cn-north-4', target_password: '********' }],
  });
  expect((await call(emulator, 'GET', `${path}/target-password`)).json).toEqual({
    template_id: id,
    target_password: 'changed',
  });
  expect((await call(emulator, 'DELETE', path)).status).toBe(200);
  const gone = await call(emulator, 'GET', path);
  expect([gone.status, gone.json]).toEqual([
    404,
    { error_code: 'SMS.7101', error_msg: `There is no template "${id}".` },
  ]);
});

test('keeps a template that a task uses, and all that were named with it', async () => {
  const emulator = await anEmulator();
  const answer = await call(emulator, 'POST', '/v3/vm/templates/delete', { ids: [TEMPLATE] });
  expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ error_code: 'SMS.7111' })]);
  await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`);
  expect((await call(emulator, 'POST', '/v3/vm/templates/delete', { ids: [TEMPLATE] })).status).toBe(200);
});

test('deletes a template that was made for one task alone together with the task', async () => {
  const emulator = await anEmulator();
  const { json } = await call(emulator, 'POST', '/v3/vm/templates', { template: { name: 'once', is_template: false } });
  const { id } = json as { id: string };
  await call(emulator, 'PUT', `/v3/tasks/${WEB_TASK}`, { vm_template_id: id });
  await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`);
  expect([...emulator.state.templates.keys()]).toEqual([TEMPLATE]);
});
