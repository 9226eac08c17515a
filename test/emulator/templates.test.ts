import { expect, test } from 'vitest';
import { anEmulator, call, outcome, smsError, TEMPLATE, WEB_TASK, WINDOWS_TEMPLATE } from './support/harness.ts';

test('a template can be created, changed and deleted', async () => {
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
  expect(await outcome(emulator, 'GET', path)).toEqual(smsError('SMS.7101', `There is no template "${id}".`));
});

test('template names are unique, and there are at most 50 templates', async () => {
  const emulator = await anEmulator();
  const create = (name: string) => outcome(emulator, 'POST', '/v3/vm/templates', { template: { name } });
  expect(await create('web-tier_4u8g')).toEqual(smsError('SMS.7112'));
  expect(
    await outcome(emulator, 'PUT', `/v3/vm/templates/${TEMPLATE}`, { template: { name: 'win-tier_8u16g' } }),
  ).toEqual(smsError('SMS.7112'));
  for (let number = 3; number <= 50; number += 1) expect((await create(`t${number}`))[0]).toBe(200);
  expect(await create('t51')).toEqual(smsError('SMS.8115'));
});

test('a template that a task uses cannot be deleted', async () => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', '/v3/vm/templates/delete', { ids: [TEMPLATE] })).toEqual(smsError('SMS.7111'));
  await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`);
  expect((await call(emulator, 'POST', '/v3/vm/templates/delete', { ids: [TEMPLATE] })).status).toBe(200);
});

test('deleting a task also deletes a template that was made only for it', async () => {
  const emulator = await anEmulator();
  const { json } = await call(emulator, 'POST', '/v3/vm/templates', { template: { name: 'once', is_template: false } });
  const { id } = json as { id: string };
  await call(emulator, 'PUT', `/v3/tasks/${WEB_TASK}`, { vm_template_id: id });
  await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`);
  expect([...emulator.state.templates.keys()]).toEqual([TEMPLATE, WINDOWS_TEMPLATE]);
});
