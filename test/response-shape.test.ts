/** Answers of another shape than promised: said as such, where they are, and nothing of them is repeated. */
import { expect, it } from 'vitest';
import { errorsOf, gatewayWithResponse } from './support/ask.ts';

it.each([
  ['a list that is an object', '{"count": 1, "tasks": {}}', 'SMS answered with tasks that are not a list. Try later.'],
  ['a list', '[]', 'SMS answered with something other than a JSON object. Try later.'],
  ['a text', '"OK"', 'SMS answered with something other than a JSON object. Try later.'],
  ['nothing', '', 'SMS answered with something other than a JSON object. Try later.'],
  ['half of it', '{"count": 1, "tasks": [', 'SMS answered with something other than a JSON object. Try later.'],
  ['a page', '<html></html>', 'SMS answered with something other than a JSON object. Try later.'],
])('is said and not hidden, where it comes as %s', async (_, text, message) => {
  const gateway = await gatewayWithResponse(text);
  const answer = await gateway.send('{ migrationTasks { totalCount } }');
  expect(answer.body.errors?.[0]?.message).toBe(message);
  expect(errorsOf(answer)).toEqual([
    {
      path: ['migrationTasks'],
      extensions: { type: 'SmsUnavailableError', code: 'INVALID_ANSWER', outcome: 'UNKNOWN' },
    },
  ]);
});

it.each([
  ['a row that is null', '{"count": 2, "tasks": [null, {"id": "t-2"}]}', ['nodes']],
  ['a row that is a text', '{"count": 2, "tasks": ["x", {"id": "t-2"}]}', ['nodes']],
  ['a row without an id', '{"count": 2, "tasks": [{"name": "x"}, {"id": "t-2"}]}', ['nodes', 0, 'id']],
])('costs its list and nothing beside it: %s', async (_, text, place) => {
  const gateway = await gatewayWithResponse(text);
  const answer = await gateway.send('{ migrationTasks { nodes { id } } overview { error } }');
  expect(answer.body.data).toEqual({ migrationTasks: null, overview: { error: null } });
  expect(errorsOf(answer)).toEqual([
    {
      path: ['migrationTasks', ...place],
      extensions: { type: 'SmsUnavailableError', code: 'INVALID_ANSWER', outcome: 'UNKNOWN' },
    },
  ]);
});

it.each([
  ['limits that are no list', '{"speed_limit": {}}', 'speedLimits(taskId: "t-1") { speed }'],
  ['results that are no list', '{"result_list": {}}', 'consistencyResults(taskId: "t-1") { checkResult }'],
  ['versions that are no list', '{"versions": "v3"}', 'apiVersions { version }'],
  [
    'a server that is a text',
    '{"id": "t-1", "source_server": "s-1"}',
    'migrationTask(id: "t-1") { sourceServer { id name } }',
  ],
  ['disks that are an object', '{"id": "s-1", "disks": {}}', 'sourceServer(id: "s-1") { disks { name } }'],
  ['a template that is a text', '{"template": "x"}', 'serverTemplate(id: "t-1") { name }'],
  ['a secret that is an object', '{"passphrase": {"secret": "hush"}}', 'passphrase(taskId: "t-1")'],
  ['a flag that is an object', '{"flag": {}}', 'privacyAgreement { flag }'],
])('is said, and is no bug of the gateway: %s', async (_, text, fields) => {
  const gateway = await gatewayWithResponse(text);
  const answer = await gateway.send(`{ ${fields} }`);
  expect(JSON.stringify(answer.body)).not.toContain('hush');
  expect(errorsOf(answer).map(({ extensions }) => extensions)).toEqual([
    { type: 'SmsUnavailableError', code: 'INVALID_ANSWER', outcome: 'UNKNOWN' },
  ]);
});

it.each([
  ['a number', '7', 7],
  ['a number in a text', '"7"', 7],
  ['a text', '"many"', 1],
  ['null', 'null', 1],
])('takes %s as the count of a list', async (_, count, totalCount) => {
  const gateway = await gatewayWithResponse(`{"count": ${count}, "tasks": [{"id": "t-1"}]}`);
  const answer = await gateway.send('{ migrationTasks { totalCount } }');
  expect(answer.body).toEqual({ data: { migrationTasks: { totalCount } } });
});
