/** Responses of another shape than the API describes. The error names the field and repeats none of the values. */
import { expect, it } from 'vitest';
import { errorsOf, gatewayWithResponse } from './support/ask.ts';

it.each([
  [
    'a page whose list is an object',
    '{"count": 1, "tasks": {}}',
    'SMS responded with tasks that are not a list. Try later.',
  ],
  ['an array', '[]', 'SMS responded with something other than a JSON object. Try later.'],
  ['a string', '"OK"', 'SMS responded with something other than a JSON object. Try later.'],
  ['an empty body', '', 'SMS responded with something other than a JSON object. Try later.'],
  ['truncated JSON', '{"count": 1, "tasks": [', 'SMS responded with something other than a JSON object. Try later.'],
  ['a web page', '<html></html>', 'SMS responded with something other than a JSON object. Try later.'],
])('reports INVALID_ANSWER for a list request if SMS sends %s', async (_, text, message) => {
  const gateway = await gatewayWithResponse(text);
  const response = await gateway.send('{ migrationTasks { totalCount } }');
  expect(response.body.errors?.[0]?.message).toBe(message);
  expect(errorsOf(response)).toEqual([
    {
      path: ['migrationTasks'],
      extensions: { type: 'SmsUnavailableError', code: 'INVALID_ANSWER', outcome: 'UNKNOWN' },
    },
  ]);
});

it.each([
  ['a row that is null', '{"count": 2, "tasks": [null, {"id": "t-2"}]}', ['nodes']],
  ['a row that is a string', '{"count": 2, "tasks": ["x", {"id": "t-2"}]}', ['nodes']],
  ['a row without an id', '{"count": 2, "tasks": [{"name": "x"}, {"id": "t-2"}]}', ['nodes', 0, 'id']],
])('fails only the list if SMS sends %s', async (_, text, path) => {
  const gateway = await gatewayWithResponse(text);
  const response = await gateway.send('{ migrationTasks { nodes { id } } overview { error } }');
  expect(response.body.data).toEqual({ migrationTasks: null, overview: { error: null } });
  expect(errorsOf(response)).toEqual([
    {
      path: ['migrationTasks', ...path],
      extensions: { type: 'SmsUnavailableError', code: 'INVALID_ANSWER', outcome: 'UNKNOWN' },
    },
  ]);
});

it.each([
  ['limits that are not a list', '{"speed_limit": {}}', 'speedLimits(taskId: "t-1") { speed }'],
  ['results that are not a list', '{"result_list": {}}', 'consistencyResults(taskId: "t-1") { checkResult }'],
  ['versions that are not a list', '{"versions": "v3"}', 'apiVersions { version }'],
  [
    'a server that is a string',
    '{"id": "t-1", "source_server": "s-1"}',
    'migrationTask(id: "t-1") { sourceServer { id name } }',
  ],
  ['disks that are an object', '{"id": "s-1", "disks": {}}', 'sourceServer(id: "s-1") { disks { name } }'],
  ['a template that is a string', '{"template": "x"}', 'serverTemplate(id: "t-1") { name }'],
  ['a secret that is an object', '{"passphrase": {"secret": "hush"}}', 'passphrase(taskId: "t-1")'],
  ['a flag that is an object', '{"flag": {}}', 'privacyAgreement { flag }'],
])('reports INVALID_ANSWER, not an internal error, if SMS sends %s', async (_, text, fields) => {
  const gateway = await gatewayWithResponse(text);
  const response = await gateway.send(`{ ${fields} }`);
  expect(JSON.stringify(response.body)).not.toContain('hush');
  expect(errorsOf(response).map(({ extensions }) => extensions)).toEqual([
    { type: 'SmsUnavailableError', code: 'INVALID_ANSWER', outcome: 'UNKNOWN' },
  ]);
});

it.each([
  ['a number', '7', 7],
  ['a number in a string', '"7"', 7],
  ['another string', '"many"', 1],
  ['null', 'null', 1],
])('returns a total count if SMS sends %s as the count', async (_, count, totalCount) => {
  const gateway = await gatewayWithResponse(`{"count": ${count}, "tasks": [{"id": "t-1"}]}`);
  const response = await gateway.send('{ migrationTasks { totalCount } }');
  expect(response.body).toEqual({ data: { migrationTasks: { totalCount } } });
});
