import { expect, test } from 'vitest';
import {
  anEmulator,
  call,
  outcome,
  SHOP_TASK,
  smsError,
  TEMPLATE,
  WEB_TASK,
  WINDOWS_TEMPLATE,
} from './support/harness.ts';

test('the certificates of a task are made up, and the CA certificate is optional', async () => {
  const emulator = await anEmulator();
  const plain = (await call(emulator, 'GET', `/v3/tasks/${WEB_TASK}/certkey`)).json as Record<string, string>;
  expect(plain['private_key']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(plain).not.toHaveProperty('ca');
  const withCa = (await call(emulator, 'GET', `/v3/tasks/${WEB_TASK}/certkey?enable_ca_cert=true`)).json;
  expect(withCa).toHaveProperty('ca');
});

test('the password of a template can be read only while one of its tasks copies or synchronizes', async () => {
  const emulator = await anEmulator();
  const password = (id: string) => outcome(emulator, 'GET', `/v3/vm/templates/${id}/target-password`);
  expect(await password(WINDOWS_TEMPLATE)).toEqual([
    200,
    { template_id: WINDOWS_TEMPLATE, target_password: 'demo-windows-password' },
  ]);
  expect(await password(TEMPLATE)).toEqual(smsError('SMS.9905'));
  await call(emulator, 'PUT', `/v3/tasks/${SHOP_TASK}`, { vm_template_id: TEMPLATE });
  expect(await password(TEMPLATE)).toMatchObject([200, { target_password: 'demo-target-password' }]);
});
