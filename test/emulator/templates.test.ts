import { expect, test } from 'vitest';
import { anEmulator, call, refusal, SHOP_TASK, WEB_TASK } from './support/harness.ts';

const TEMPLATE = '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08';
const WINDOWS_TEMPLATE = '61c3f8b5-0e7d-4a94-8d2b-f9a5c7e1b30c';

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
  expect((await call(emulator, 'GET', '/v3/vm/templates?region=cn-north-4&name=tiny')).json).toMatchObject({
    count: 1,
    templates: [{ id, name: 'tiny', region: 'cn-north-4', target_password: '********' }],
  });
  expect((await call(emulator, 'DELETE', path)).status).toBe(200);
  const gone = await call(emulator, 'GET', path);
  expect([gone.status, gone.json]).toEqual(refusal('SMS.7101', `There is no template "${id}".`));
});

test('tells a password only while a task of the template copies or synchronizes', async () => {
  const emulator = await anEmulator();
  const password = (id: string) => call(emulator, 'GET', `/v3/vm/templates/${id}/target-password`);
  expect((await password(WINDOWS_TEMPLATE)).json).toEqual({
    template_id: WINDOWS_TEMPLATE,
    target_password: 'demo-windows-password',
  });
  const finished = await password(TEMPLATE);
  expect([finished.status, finished.json]).toEqual(refusal('SMS.9905'));
  await call(emulator, 'PUT', `/v3/tasks/${SHOP_TASK}`, { vm_template_id: TEMPLATE });
  expect((await password(TEMPLATE)).json).toMatchObject({ target_password: 'demo-target-password' });
});

test('takes no name twice, and no more than 50 templates', async () => {
  const emulator = await anEmulator();
  const create = async (name: string) => {
    const { status, json } = await call(emulator, 'POST', '/v3/vm/templates', { template: { name } });
    return [status, json];
  };
  expect(await create('web-tier_4u8g')).toEqual(refusal('SMS.7112'));
  const rename = await call(emulator, 'PUT', `/v3/vm/templates/${TEMPLATE}`, { template: { name: 'win-tier_8u16g' } });
  expect([rename.status, rename.json]).toEqual(refusal('SMS.7112'));
  for (let number = 3; number <= 50; number += 1) expect((await create(`t${number}`))[0]).toBe(200);
  expect(await create('t51')).toEqual(refusal('SMS.8115'));
});

test('keeps a template that a task uses, and all that were named with it', async () => {
  const emulator = await anEmulator();
  const answer = await call(emulator, 'POST', '/v3/vm/templates/delete', { ids: [TEMPLATE] });
  expect([answer.status, answer.json]).toEqual(refusal('SMS.7111'));
  await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`);
  expect((await call(emulator, 'POST', '/v3/vm/templates/delete', { ids: [TEMPLATE] })).status).toBe(200);
});

test('deletes a template that was made for one task alone together with the task', async () => {
  const emulator = await anEmulator();
  const { json } = await call(emulator, 'POST', '/v3/vm/templates', { template: { name: 'once', is_template: false } });
  const { id } = json as { id: string };
  await call(emulator, 'PUT', `/v3/tasks/${WEB_TASK}`, { vm_template_id: id });
  await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`);
  expect([...emulator.state.templates.keys()]).toEqual([TEMPLATE, WINDOWS_TEMPLATE]);
});
