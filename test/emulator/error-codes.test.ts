/** How SMS refuses a request that it cannot read, with 400 and a code of its own. */
import { expect, test } from 'vitest';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import {
  anEmulator,
  BILLING_TASK,
  call,
  INTRANET_SERVER,
  INTRANET_TASK,
  refusal,
  WEB_TASK,
} from './support/harness.ts';

const TEMPLATE = '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08';

test.each([
  ['application/json', 200],
  ['application/json;charset=UTF-8', 200],
  ['Application/JSON ; charset=utf-8', 200],
  ['text/plain', 400],
  ['application/x-www-form-urlencoded', 400],
  ['application/jsonp', 400],
  ['', 400],
])('takes a body of type "%s": %i', async (type, status) => {
  const emulator = await anEmulator();
  const headers = { 'X-Auth-Token': DEMO_TOKEN, 'Content-Type': type };
  const answer = await call(emulator, 'POST', `/v3/tasks/${WEB_TASK}/log`, { log_bucket: 'logs' }, headers);
  expect([answer.status, answer.json]).toEqual(status === 200 ? [200, {}] : refusal('SMS.6016'));
});

test('takes no body without a type', async () => {
  const emulator = await anEmulator();
  const response = await fetch(`${emulator.url}/v3/tasks/${WEB_TASK}/log`, {
    method: 'POST',
    headers: { 'X-Auth-Token': DEMO_TOKEN },
    body: Buffer.from('{"log_bucket":"logs"}'),
  });
  expect([response.status, await response.json()]).toEqual(refusal('SMS.6015'));
});

test('needs no type where there is no body', async () => {
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
  ['no JSON', 'POST', '/v3/tasks/delete', '{"ids":', 'SMS.6010'],
  ['a list', 'POST', '/v3/tasks/delete', '[]', 'SMS.6011'],
  ['nothing of what is needed', 'POST', '/v3/tasks/delete', '{}', 'SMS.6013'],
  ['no ids', 'POST', '/v3/tasks/delete', '{"ids":[]}', 'SMS.6011'],
  ['a text in place of a list', 'POST', '/v3/tasks/delete', '{"ids":"a"}', 'SMS.6011'],
  ['no operation', 'POST', `/v3/tasks/${WEB_TASK}/action`, '{}', 'SMS.6013'],
  ['an unknown operation', 'POST', `/v3/tasks/${WEB_TASK}/action`, '{"operation":"fly"}', 'SMS.6011'],
  ['a bad name of a task', 'PUT', `/v3/tasks/${WEB_TASK}`, '{"name":"a b"}', 'SMS.7711'],
  ['a rate over the limit', 'PUT', `/v3/tasks/${WEB_TASK}`, '{"speed_limit":1001}', 'SMS.6011'],
  [
    'too many options',
    'POST',
    `/v3/tasks/${WEB_TASK}/configuration-setting`,
    JSON.stringify({ configurations: Array(51).fill({ config_key: 'LINUX_CPU_LIMIT', config_value: '1' }) }),
    'SMS.6014',
  ],
  ['an unknown sub-task', 'PUT', `/v3/tasks/${BILLING_TASK}/progress`, progress({ subtask_name: 'FLY' }), 'SMS.6004'],
  ['a progress over 100', 'PUT', `/v3/tasks/${BILLING_TASK}/progress`, progress({ progress: 101 }), 'SMS.6101'],
  [
    'no command name',
    'POST',
    `/v3/sources/${INTRANET_SERVER}/command_result`,
    '{"result":"success","result_detail":{}}',
    'SMS.6020',
  ],
  ['no name of a template', 'PUT', `/v3/vm/templates/${TEMPLATE}`, '{"template":{}}', 'SMS.6013'],
])('refuses %s', async (_, method, path, body, code) => {
  const emulator = await anEmulator();
  const answer = await call(emulator, method, path, body);
  expect([answer.status, answer.json]).toEqual(refusal(code));
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
])('knows no %s %s', async (method, path, code) => {
  const emulator = await anEmulator();
  const answer = await call(emulator, method, path);
  expect([answer.status, answer.json]).toEqual(refusal(code));
});

test('takes a command result only of a known form', async () => {
  const emulator = await anEmulator();
  await call(emulator, 'POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'start' });
  const report = async (more: object) => {
    const body = { command_name: 'START', result: 'success', result_detail: {}, ...more };
    const { status, json } = await call(emulator, 'POST', `/v3/sources/${INTRANET_SERVER}/command_result`, body);
    return [status, json];
  };
  expect(await report({ result: 'perhaps' })).toEqual(refusal('SMS.6022'));
  expect(await report({ result_detail: 'text' })).toEqual(refusal('SMS.6023'));
  expect(await report({ result: 'fail', result_detail: { msg: 'no' } })).toEqual([200, {}]);
});

function progress(more: object): string {
  const good = { subtask_name: 'SSL_CONFIG', progress: 1, replicatesize: 0, totalsize: 0, process_trace: '' };
  return JSON.stringify({ ...good, ...more });
}
