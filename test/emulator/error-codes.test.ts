/** The codes of SMS for invalid requests and unknown objects. */
import { expect, test } from 'vitest';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import {
  anEmulator,
  BILLING_TASK,
  call,
  INTRANET_SERVER,
  INTRANET_TASK,
  outcome,
  smsError,
  TEMPLATE,
  WEB_TASK,
} from './support/harness.ts';

test.each([
  ['application/json', 200],
  ['application/json;charset=UTF-8', 200],
  ['Application/JSON ; charset=utf-8', 200],
  ['text/plain', 400],
  ['application/x-www-form-urlencoded', 400],
  ['application/jsonp', 400],
  ['', 400],
])('a body of type "%s" gets status %i', async (type, status) => {
  const emulator = await anEmulator();
  const headers = { 'X-Auth-Token': DEMO_TOKEN, 'Content-Type': type };
  expect(await outcome(emulator, 'POST', `/v3/tasks/${WEB_TASK}/log`, { log_bucket: 'logs' }, headers)).toEqual(
    status === 200 ? [200, {}] : smsError('SMS.6016'),
  );
});

test('a body without Content-Type is rejected with SMS.6015', async () => {
  const emulator = await anEmulator();
  const response = await fetch(`${emulator.url}/v3/tasks/${WEB_TASK}/log`, {
    method: 'POST',
    headers: { 'X-Auth-Token': DEMO_TOKEN },
    body: Buffer.from('{"log_bucket":"logs"}'),
  });
  expect([response.status, await response.json()]).toEqual(smsError('SMS.6015'));
});

test('a request without a body requires no Content-Type', async () => {
  const emulator = await anEmulator();
  const headers = { 'X-Auth-Token': DEMO_TOKEN };
  for (const [method, path] of [
    ['GET', '/v3/tasks'],
    ['PUT', '/v3/migprojects/31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06/default'],
    ['DELETE', `/v3/tasks/${WEB_TASK}`],
  ] as const) {
    expect((await fetch(emulator.url + path, { method, headers })).status).toBe(200);
  }
});

test.each([
  ['an empty body', 'POST', '/v3/tasks/delete', '', 'SMS.6012'],
  ['invalid JSON', 'POST', '/v3/tasks/delete', '{"ids":', 'SMS.6010'],
  ['a list instead of an object', 'POST', '/v3/tasks/delete', '[]', 'SMS.6011'],
  ['an object without ids', 'POST', '/v3/tasks/delete', '{}', 'SMS.6013'],
  ['an empty list of ids', 'POST', '/v3/tasks/delete', '{"ids":[]}', 'SMS.6011'],
  ['a text instead of a list', 'POST', '/v3/tasks/delete', '{"ids":"a"}', 'SMS.6011'],
  ['no operation', 'POST', `/v3/tasks/${WEB_TASK}/action`, '{}', 'SMS.6013'],
  ['an unknown operation', 'POST', `/v3/tasks/${WEB_TASK}/action`, '{"operation":"fly"}', 'SMS.6011'],
  ['an invalid task name', 'PUT', `/v3/tasks/${WEB_TASK}`, '{"name":"a b"}', 'SMS.7711'],
  ['a speed limit over the maximum', 'PUT', `/v3/tasks/${WEB_TASK}`, '{"speed_limit":1001}', 'SMS.6011'],
  [
    'too many options',
    'POST',
    `/v3/tasks/${WEB_TASK}/configuration-setting`,
    JSON.stringify({ configurations: Array(51).fill({ config_key: 'LINUX_CPU_LIMIT', config_value: '1' }) }),
    'SMS.6014',
  ],
  ['an unknown sub-task', 'PUT', `/v3/tasks/${BILLING_TASK}/progress`, progress({ subtask_name: 'FLY' }), 'SMS.6004'],
  [
    'a progress of more than 100 percent',
    'PUT',
    `/v3/tasks/${BILLING_TASK}/progress`,
    progress({ progress: 101 }),
    'SMS.6101',
  ],
  [
    'no command name',
    'POST',
    `/v3/sources/${INTRANET_SERVER}/command_result`,
    '{"result":"success","result_detail":{}}',
    'SMS.6020',
  ],
  ['no template name', 'PUT', `/v3/vm/templates/${TEMPLATE}`, '{"template":{}}', 'SMS.6013'],
])('a request with %s is rejected', async (_, method, path, body, code) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, method, path, body)).toEqual(smsError(code));
});

test.each([
  ['GET', '/v3/tasks/nowhere', 'SMS.7703'],
  ['PUT', '/v3/tasks/nowhere', 'SMS.7703'],
  ['DELETE', '/v3/tasks/nowhere', 'SMS.7703'],
  ['GET', '/v3/tasks/nowhere/consistency-result', 'SMS.7703'],
  ['GET', '/v3/tasks/nowhere/speed-limit', 'SMS.7703'],
  ['GET', '/v3/tasks/nowhere/configuration-setting', 'SMS.7703'],
  ['GET', '/v3/sources/nowhere', 'SMS.7602'],
  ['DELETE', '/v3/sources/nowhere', 'SMS.7602'],
  ['GET', '/v3/sources/nowhere/command', 'SMS.7602'],
  ['GET', '/v3/vm/templates/nowhere', 'SMS.7101'],
  ['DELETE', '/v3/vm/templates/nowhere', 'SMS.7101'],
  ['GET', '/v3/migprojects/nowhere', 'SMS.7301'],
  ['PUT', '/v3/migprojects/nowhere/default', 'SMS.7301'],
])('%s %s is rejected with %s', async (method, path, code) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, method, path)).toEqual(smsError(code));
});

test('a command result must have a known result and an object as its detail', async () => {
  const emulator = await anEmulator();
  await call(emulator, 'POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'start' });
  const report = (fields: object) => {
    const body = { command_name: 'START', result: 'success', result_detail: {}, ...fields };
    return outcome(emulator, 'POST', `/v3/sources/${INTRANET_SERVER}/command_result`, body);
  };
  expect(await report({ result: 'perhaps' })).toEqual(smsError('SMS.6022'));
  expect(await report({ result_detail: 'text' })).toEqual(smsError('SMS.6023'));
  expect(await report({ result: 'fail', result_detail: { msg: 'no' } })).toEqual([200, {}]);
});

function progress(fields: object): string {
  const valid = { subtask_name: 'SSL_CONFIG', progress: 1, replicatesize: 0, totalsize: 0, process_trace: '' };
  return JSON.stringify({ ...valid, ...fields });
}
