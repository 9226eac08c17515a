/** The caller's credentials are checked once per operation, before any resolver runs. */
import { expect, test } from 'vitest';
import { RequestRejectedError } from '../src/sms/errors/errors.ts';
import { callsTo, frozenGateway } from './support/ask.ts';
import { WEB_TASK } from './support/harness.ts';

const references = (count: number) =>
  Array.from({ length: count }, () => ({ __typename: 'MigrationTask', id: WEB_TASK }));
const named = (count: number, field: string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');
const MISSING = {
  message: 'There is no token. Send your IAM token as X-Auth-Token.',
  extensions: { type: 'SmsUnauthenticatedError', code: 'TOKEN_MISSING', requestId: null, httpStatus: 401 },
};

test.each([
  [
    'many references',
    `query ($r: [_Any!]!) { ${named(20, '_entities(representations: $r) { ... on MigrationTask { name } }')} }`,
  ],
  ['many lists', `{ ${named(20, 'migrationTasks { nodes { consistencyResults { checkResult } } }')} }`],
  ['a field in a fragment', '{ __typename ...rest } fragment rest on Query { ... { overview { waiting } } }'],
])('a query of %s without a token returns one error', async (_, query) => {
  const gateway = await frozenGateway();
  const { status, body } = await gateway.send(query, { r: references(2_000) }, {});
  expect({ status, body }).toEqual({ status: 200, body: { data: null, errors: [MISSING] } });
  expect(callsTo(gateway.emulator)).toEqual([]);
});

test('a mutation without a token returns the error as data in each of its fields', async () => {
  const gateway = await frozenGateway();
  const fields = named(20, 'deleteTask(input: { id: "t-1" }) { ... on SmsError { code } }');
  const { body } = await gateway.send(`mutation { ${fields} }`, {}, {});
  expect(body).toEqual({
    data: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`a${index}`, { code: 'TOKEN_MISSING' }])),
  });
  expect(callsTo(gateway.emulator)).toEqual([]);
});

test('the credentials of a caller are checked before its input', async () => {
  const gateway = await frozenGateway();
  const { body } = await gateway.send(
    'mutation { deleteTask(input: { id: "../t-1" }) { ... on SmsError { code } } }',
    {},
    {},
  );
  expect(body).toEqual({ data: { deleteTask: { code: 'TOKEN_MISSING' } } });
});

test.each(['query', 'mutation'])('a rejected token is checked only once for a whole %s', async (kind) => {
  const checked: string[] = [];
  const reject = async (token: string) => {
    checked.push(token);
    throw new RequestRejectedError(401, 'TOKEN_REFUSED', 'No.');
  };
  const tokenCheck = { get: reject, refresh: reject };
  const gateway = await frozenGateway({ auth: 'sign-and-forward', key: { ak: 'ak', sk: 'sk' }, tokenCheck });
  const field = kind === 'query' ? 'overview { waiting }' : 'deleteTask(input: { id: "t-1" }) { __typename }';
  const { body } = await gateway.send(`${kind} { ${named(20, field)} }`, {}, { 'x-auth-token': 'made-up' });
  expect(JSON.stringify(body)).toContain('SmsUnauthenticatedError');
  expect(checked).toEqual(['made-up']);
  expect(callsTo(gateway.emulator)).toEqual([]);
});

test.each([
  '{ __typename }',
  '{ __schema { queryType { name } } }',
  '{ _service { sdl } }',
  '{ ...who } fragment who on Query { __typename }',
])('a caller without credentials may read %s', async (query) => {
  const gateway = await frozenGateway();
  expect((await gateway.send(query, {}, {})).body.errors).toBeUndefined();
});

test('references are counted over all _entities fields, before any call', async () => {
  const gateway = await frozenGateway();
  const query = `query ($r: [_Any!]!) { ${named(2, '_entities(representations: $r) { ... on MigrationTask { name } }')} }`;
  const { body } = await gateway.send(query, { r: references(1_001) });
  expect(body).toMatchObject({
    data: null,
    errors: [
      {
        message: 'The request has 2002 references to entities, and its limit is 2000. Send several requests.',
        extensions: { type: 'SmsInvalidInputError', code: 'REFERENCE_BUDGET_EXCEEDED' },
      },
    ],
  });
  expect(body.errors).toHaveLength(1);
  expect(callsTo(gateway.emulator)).toEqual([]);
});
