import { expect, test } from 'vitest';
import { DEMO_TOKEN, NO_RIGHTS_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import type { ExportForm } from '../../src/emulator/world/export-forms.ts';
import {
  anEmulator,
  BILLING_SERVER,
  BILLING_TASK,
  call,
  GONE_TASK,
  NEW_SERVER,
  outcome,
  smsError,
  WEB_SERVER,
  WEB_TASK,
} from './support/harness.ts';

const EXPORT = '/v3/tasks/consistency-results/export';

test('the export is a CSV file with one row per check and directory', async () => {
  const emulator = await anEmulator();
  const response = await call(emulator, 'POST', EXPORT, {
    task_info: [{ task_id: WEB_TASK }, { task_id: BILLING_TASK }],
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="consistency-results.csv"; filename*=UTF-8''${encodeURIComponent('一致性校验结果.csv')}`,
  );
  const lines = response.text.split('\r\n');
  expect(lines[0]).toMatch(/^Task ID,Source server ID,.*,Different files,/);
  expect(lines[1]).toBe(`${WEB_TASK},${WEB_SERVER},web-prod-01,2026-09-21T15:33:20.000Z,success,/srv/www,128450,7,3,0`);
  expect(lines.filter((line) => line.startsWith(WEB_TASK))).toHaveLength(6);
  expect(lines.filter((line) => line.startsWith(BILLING_TASK))).toEqual([
    `${BILLING_TASK},${BILLING_SERVER},billing-win,,,,,,,`,
  ]);
});

test('the export has Chinese headings if X-Language is zh-cn', async () => {
  const emulator = await anEmulator();
  const body = { task_info: [{ task_id: WEB_TASK }] };
  const chinese = await call(emulator, 'POST', EXPORT, body, { 'X-Auth-Token': DEMO_TOKEN, 'X-Language': 'zh-cn' });
  expect(chinese.text).toMatch(/^任务ID,/);
  const english = await call(emulator, 'POST', EXPORT, body, { 'X-Auth-Token': DEMO_TOKEN, 'X-Language': 'en-us' });
  expect(english.text).toMatch(/^Task ID,/);
});

test('the export finds a task by the id or the name of its source server', async () => {
  const emulator = await anEmulator();
  for (const reference of [{ source_id: WEB_SERVER }, { source_name: 'web-prod-01' }]) {
    const response = await call(emulator, 'POST', EXPORT, { task_info: [reference] });
    expect(response.text).toContain(`${WEB_TASK},${WEB_SERVER},web-prod-01,`);
  }
});

test('an export of an unknown task is rejected with its id', async () => {
  const emulator = await anEmulator();
  expect(
    await outcome(emulator, 'POST', EXPORT, { task_info: [{ task_id: WEB_TASK }, { task_id: 'nowhere' }] }),
  ).toEqual(smsError('SMS.7703', 'There is no migration task "nowhere".'));
});

test.each([
  ['no task', { task_info: [] }, 'SMS.6011', 'Parameter task_info is not valid: must NOT have fewer than 1 items.'],
  [
    'more than 200 tasks',
    { task_info: Array.from({ length: 201 }, () => ({ task_id: WEB_TASK })) },
    'SMS.6014',
    'Parameter task_info is not valid: must NOT have more than 200 items.',
  ],
  [
    'an id that is too long',
    { task_info: [{ task_id: WEB_TASK }, { task_id: 'x'.repeat(37) }] },
    'SMS.6014',
    'Parameter task_info[1].task_id is not valid: must NOT have more than 36 characters.',
  ],
  [
    'an empty item',
    { task_info: [{}] },
    'SMS.9001',
    'Parameter task_info is not valid: an item names neither a task nor a server.',
  ],
  ['an object without task_info', {}, 'SMS.6013', 'Parameter task_info is not valid: it is mandatory.'],
  ['a list instead of an object', [], 'SMS.6011', 'Parameter body is not valid: must be object.'],
  ['invalid JSON', '{"task_info":', 'SMS.6010', 'The request body is not valid JSON.'],
])('an export with %s is rejected', async (_, body, code, message) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', EXPORT, body)).toEqual(smsError(code, message));
});

test.each([
  ['a server without a task, by id', { source_id: NEW_SERVER }],
  ['a server without a task, by name', { source_name: 'files-02' }],
  ['an unknown server', { source_name: 'nowhere' }],
])('an export of %s is rejected with SMS.7606', async (_, reference) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', EXPORT, { task_info: [{ task_id: WEB_TASK }, reference] })).toEqual(
    smsError('SMS.7606'),
  );
});

test('the export of a task whose server was deleted has no server name', async () => {
  const emulator = await anEmulator();
  const response = await call(emulator, 'POST', EXPORT, { task_info: [{ task_id: GONE_TASK }] });
  expect(response.text).toMatch(new RegExp(`\r\n${GONE_TASK},[0-9a-f-]{36},,.*,success,C:\\\\inetpub,4096,0,0,0\r\n$`));
});

test('an export without the permission is rejected with 403 in its longer shape', async () => {
  const emulator = await anEmulator();
  const token = { 'X-Auth-Token': NO_RIGHTS_TOKEN };
  const response = await call(emulator, 'POST', EXPORT, { task_info: [{ task_id: WEB_TASK }] }, token);
  const { id } = emulator.state.users[0]?.domain ?? {};
  const sentence = `Action sms:server:getBatchConsistencyResults is not granted to you on resource sms::${id}:server:*.`;
  expect([response.status, response.json]).toEqual([
    403,
    {
      error_code: 'SMS.9004',
      error_msg: `The policies of this account do not allow the call. ${sentence}`,
      encoded_authorization_message: expect.stringMatching(/^[A-Za-z0-9+/=]+$/),
      error_param: [sentence],
      details: [{ error_code: 'SMS.9004', error_msg: sentence }],
    },
  ]);
});

test.each<[ExportForm, number, string | null, string | RegExp]>([
  ['csv', 200, 'application/octet-stream', /^Task ID/],
  ['binary', 200, 'application/octet-stream', /^PK/],
  ['json-file', 200, 'application/json', /^\[\{"task_id"/],
  ['empty-object', 200, 'application/json;charset=UTF-8', '{ }'],
  ['empty', 200, null, ''],
  ['no-content', 204, null, ''],
  ['ok-text', 200, 'text/plain', 'OK'],
  ['ok-json', 200, 'application/json;charset=UTF-8', '"OK"'],
  ['null', 200, 'application/json;charset=UTF-8', 'null'],
  ['json-array', 200, 'application/json;charset=UTF-8', /^\[\{"task_id"/],
])('the export can be set to the form %s', async (form, status, contentType, text) => {
  const emulator = await anEmulator();
  emulator.setExportForm(form);
  const response = await call(emulator, 'POST', EXPORT, { task_info: [{ task_id: WEB_TASK }] });
  expect([response.status, response.headers.get('content-type')]).toEqual([status, contentType]);
  expect(response.text).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
});

test('the binary form of the export is not valid UTF-8', async () => {
  const emulator = await anEmulator();
  emulator.setExportForm('binary');
  const response = await call(emulator, 'POST', EXPORT, { task_info: [{ task_id: WEB_TASK }] });
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(response.body)).toThrow();
});

test('consistency results are JSON texts by default, and objects on request', async () => {
  const emulator = await anEmulator();
  const path = `/v3/tasks/${WEB_TASK}/consistency-result`;
  const results = emulator.state.tasks.get(WEB_TASK)?.results ?? [];
  expect(results.map(({ finished_time }) => finished_time)).toEqual([1_790_004_800_000, 1_790_008_400_000]);
  expect((await call(emulator, 'GET', path)).json).toEqual({
    task_id: WEB_TASK,
    result_list: results.map((result) => JSON.stringify(result)),
  });
  const form = (name: string) => call(emulator, 'POST', '/emulator/result-form', { form: name }, {});
  expect((await form('objects')).status).toBe(200);
  expect((await call(emulator, 'GET', path)).json).toEqual({ task_id: WEB_TASK, result_list: results });
  expect((await form('no-such-form')).json).toEqual(smsError('SMS.9001')[1]);
  emulator.setResultForm('texts');
  expect((await call(emulator, 'GET', path)).text).toContain('"{\\"finished_time\\":');
});

test('a task that was never checked has no consistency results', async () => {
  const emulator = await anEmulator();
  const billing = await call(emulator, 'GET', `/v3/tasks/${BILLING_TASK}/consistency-result`);
  expect(billing.json).toEqual({ task_id: BILLING_TASK, result_list: [] });
});
