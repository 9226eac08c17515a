import { expect, test } from 'vitest';
import { anEmulator, BILLING_TASK, call, outcome, smsError, WEB_TASK } from './support/harness.ts';

test('speed limits are stored; reading them is rejected if there are none', async () => {
  const emulator = await anEmulator();
  const path = `/v3/tasks/${BILLING_TASK}/speed-limit`;
  expect(await outcome(emulator, 'GET', path)).toEqual(smsError('SMS.6302', 'The task has no speed limit.'));
  const speed_limit = [{ start: '08:00', end: '20:00', speed: 100, over_speed_threshold: 20 }];
  await call(emulator, 'POST', path, { speed_limit });
  expect((await call(emulator, 'GET', path)).json).toEqual({ speed_limit });
  expect(
    await outcome(emulator, 'POST', path, { speed_limit: Array.from({ length: 6 }, () => speed_limit[0]) }),
  ).toEqual(smsError('SMS.6014', 'Parameter speed_limit is not valid: must NOT have more than 5 items.'));
  expect((await call(emulator, 'POST', path, { speed_limit: [] })).text).toBe('{ }');
  expect((await call(emulator, 'GET', path)).status).toBe(400);
});

test('a period of a speed limit gets the defaults of SMS', async () => {
  const emulator = await anEmulator();
  const path = `/v3/tasks/${BILLING_TASK}/speed-limit`;
  await call(emulator, 'POST', path, { speed_limit: [{ start: '00:00', end: '23:59' }] });
  expect((await call(emulator, 'GET', path)).json).toEqual({
    speed_limit: [{ start: '00:00', end: '23:59', speed: 0, over_speed_threshold: 10 }],
  });
});

test.each(['8:00', '24:00', '08:60', '08:00:00', '0800', 'noon', ''])(
  'a period of a speed limit with the time "%s" is rejected',
  async (time) => {
    const emulator = await anEmulator();
    const path = `/v3/tasks/${BILLING_TASK}/speed-limit`;
    for (const period of [
      { start: time, end: '20:00' },
      { start: '08:00', end: time },
    ]) {
      const speed_limit = [{ speed: 1, ...period }];
      expect(await outcome(emulator, 'POST', path, { speed_limit })).toEqual(smsError('SMS.6405'));
    }
  },
);

test('setting one option keeps the others', async () => {
  const emulator = await anEmulator();
  const path = `/v3/tasks/${WEB_TASK}/configuration-setting`;
  await call(emulator, 'POST', path, { configurations: [{ config_key: 'LINUX_CPU_LIMIT', config_value: '70' }] });
  expect((await call(emulator, 'GET', `${path}?config_key=LINUX_CPU_LIMIT`)).json).toEqual({
    task_id: WEB_TASK,
    migrate_type: 'LINUX_MIGRATE_FILE',
    configurations: [{ config_key: 'LINUX_CPU_LIMIT', config_value: '70', config_status: '' }],
  });
  expect((await call(emulator, 'GET', path)).json).toMatchObject({ configurations: { length: 3 } });
});

test('an option that only texts of the API name is accepted; an unknown one is rejected with the list of options', async () => {
  const emulator = await anEmulator();
  const path = `/v3/tasks/${WEB_TASK}/configuration-setting`;
  const set = (config_key: string) =>
    call(emulator, 'POST', path, { configurations: [{ config_key, config_value: '' }] });
  expect((await set('INSTALL_PWD_AGENT')).status).toBe(200);
  expect((await set('NO_SUCH_KEY')).json).toEqual({
    error_code: 'SMS.6011',
    error_msg: expect.stringMatching(
      /^Parameter configurations\[0\]\.config_key is not valid: must be one of MIGRATE_EXCLUDE_DIR, /,
    ),
  });
});
