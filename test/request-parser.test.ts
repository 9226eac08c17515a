import { describe, expect, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { EXPORT, type Gateway, startGateway, WEB_TASK } from './support/harness.ts';

async function answerTo({ listener }: Gateway, body: string) {
  const response = await listener.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body,
  });
  return [response.status, await response.json()];
}

function refused(code: string, message: string) {
  return [400, { errors: [{ message, extensions: { code } }] }];
}

const input = (rest: string) =>
  `{"query":${JSON.stringify(EXPORT)},"variables":{"input":{"taskInfo":[{"taskId":"${WEB_TASK}"}]${rest}}}}`;

describe('an invalid body is rejected, and its content is not repeated', () => {
  test.each<[string, string, string, string]>([
    ['an empty body', '', 'BAD_JSON', 'The body is not JSON.'],
    ['invalid JSON', '{"query":"{ password }', 'BAD_JSON', 'The body is not JSON.'],
    ['a string', '"password"', 'BAD_REQUEST', 'The body is not a JSON object.'],
    ['null', 'null', 'BAD_REQUEST', 'The body is not a JSON object.'],
    ['a list of requests', '[{"query":"{ __typename }"}]', 'BATCHING_NOT_SUPPORTED', 'Send one operation per request.'],
    ['an empty list', '[]', 'BATCHING_NOT_SUPPORTED', 'Send one operation per request.'],
    [
      'deep variables',
      `{"variables":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
      'JSON_TOO_DEEP',
      'The body is nested more than 32 levels deep.',
    ],
    [
      'deep extensions',
      `{"extensions":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}`,
      'JSON_TOO_DEEP',
      'The body is nested more than 32 levels deep.',
    ],
    [
      'too many values',
      `{"query":"{ __typename }","variables":{"a":"\\"[","b":[${'[0,0,0],'.repeat(80_000)}0]}}`,
      'JSON_TOO_LARGE',
      'The body has more than 200000 values.',
    ],
    [
      'too many members',
      `{"query":"{ __typename }","variables":{"a":{${Array.from({ length: 6_000 }, (_, index) => `"member${index}":0`).join()}}}}`,
      'JSON_TOO_LARGE',
      'The body has an object with more than 1000 members.',
    ],
    [
      'a long list',
      input(`,"x":[${'0,'.repeat(20_000)}0]`),
      'LIST_TOO_LONG',
      'The body has a list of more than 20000 items.',
    ],
    [
      'an unpaired surrogate',
      input(',"x":"\\ud800"'),
      'BAD_TEXT',
      'The body contains a string with an unpaired surrogate.',
    ],
    [
      'an unpaired surrogate in a key',
      input(',"\\udfff":1'),
      'BAD_TEXT',
      'The body contains a string with an unpaired surrogate.',
    ],
  ])('%s', async (_, body, code, message) => {
    const gateway = await startGateway();
    expect(await answerTo(gateway, body)).toEqual(refused(code, message));
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    ['no document', '{"variables":{}}', 'Must provide query string.'],
    ['a document that is an object', '{"query":{"a":1}}', 'Expected "query" param to be a string, but given object.'],
    [
      'variables that are a list',
      '{"query":"{ __typename }","variables":[]}',
      'Expected "variables" param to be empty or an object, but given array.',
    ],
    ['an unknown parameter', '{"query":"{ __typename }","more":1}', 'Unexpected parameter "more" in the request body.'],
  ])('%s', async (_, body, message) => {
    const gateway = await startGateway();
    const [status, answer] = await answerTo(gateway, body);
    expect([status, answer]).toEqual([status, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }]);
  });
});

describe('a number that JSON parsers round is rejected, since it would be the id of another object', () => {
  const DELETE = 'mutation ($id: ID!) { deleteTask(input: { id: $id }) { __typename } }';
  const message = 'The variables contain a number beyond 2^53 - 1, which JSON parsers round. Send it as a string.';
  const body = (variables: string) => `{"query":${JSON.stringify(DELETE)},"variables":${variables}}`;

  test.each(['12345678901234567890', '9007199254740993', '9007199254740992', '-9007199254740993', '1e21', '1E400'])(
    'as the variable %s',
    async (number) => {
      const gateway = await startGateway();
      expect(await answerTo(gateway, body(`{"id":${number}}`))).toEqual(refused('NUMBER_TOO_LARGE', message));
      expect(gateway.emulator.requests).toEqual([]);
    },
  );

  test.each([
    ['a list of ids', '{"input":{"ids":["a",12345678901234567890]}}'],
    ['a reference to an entity', '{"representations":[{"__typename":"MigrationTask","id":12345678901234567890}]}'],
    ['a variable that no operation declares', '{"id":"a","other":{"deep":[[12345678901234567890]]}}'],
  ])('inside %s', async (_, variables) => {
    const gateway = await startGateway();
    expect(await answerTo(gateway, body(variables))).toEqual(refused('NUMBER_TOO_LARGE', message));
    expect(gateway.emulator.requests).toEqual([]);
  });

  test('in the variables of a GET for an event stream', async () => {
    const { listener, emulator } = await startGateway();
    const search = new URLSearchParams({
      query: 'subscription ($id: ID!) { migrationTask(id: $id) { __typename } }',
      variables: '{"id":12345678901234567890}',
    });
    const response = await listener.fetch(`http://gateway.test/graphql?${search}`, {
      headers: { accept: 'text/event-stream', 'x-auth-token': DEMO_TOKEN },
    });
    expect(await response.text()).toContain('NUMBER_TOO_LARGE');
    expect(emulator.requests).toEqual([]);
  });

  test.each(['1.5', '-5', '[]', '{}', 'true', '1e-3'])('and %s is not a valid id either', async (id) => {
    const gateway = await startGateway();
    const query = 'mutation ($id: ID!) { deleteTask(input: { id: $id }) { __typename ... on SmsError { code } } }';
    const [, answer] = await answerTo(gateway, `{"query":${JSON.stringify(query)},"variables":{"id":${id}}}`);
    expect(answer).toSatisfy(
      ({ data, errors }) =>
        errors?.[0].extensions.code === 'BAD_USER_INPUT' || data?.deleteTask.code === 'INVALID_INPUT',
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    ['a string of twenty digits', DELETE, '{"id":"12345678901234567890"}'],
    ['a literal of twenty digits', DELETE.replace('$id }', '12345678901234567890 }').replace(' ($id: ID!)', ''), '{}'],
  ])('but %s reaches SMS with all of its digits', async (_, query, variables) => {
    const gateway = await startGateway();
    await answerTo(gateway, `{"query":${JSON.stringify(query)},"variables":${variables}}`);
    expect(gateway.emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /v3/tasks/12345678901234567890',
    ]);
  });
});

describe('a long value that GraphQL would repeat in its error costs little time', () => {
  const suggestions = JSON.stringify(' Did you mean '.repeat(70_000));

  test.each([
    ['a variable', `{"query":"query($a: Int!) { __typename @skip(if: $a) }","variables":{"a":${suggestions}}}`],
    ['the name of a field', input(`,${suggestions}:1`)],
    ['the name of a parameter', `{"query":"{ __typename }",${suggestions}:1}`],
    ['a literal', `{"query":${JSON.stringify(`{ migrationTasks(first: ${suggestions}) { totalCount } }`)}}`],
  ])('%s', async (_, body) => {
    const gateway = await startGateway();
    const [, answer] = await answerTo(gateway, body);
    expect(answer).toEqual({ errors: [expect.objectContaining({ extensions: { code: expect.any(String) } })] });
  });
});

describe('names such as __proto__ are ordinary names', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s', async (name) => {
    const gateway = await startGateway();
    const inBody = await answerTo(gateway, `{"query":"{ __typename }","${name}":{"polluted":true}}`);
    expect(inBody).toEqual(refused('BAD_REQUEST', `Unexpected parameter "${name}" in the request body.`));
    const inVariables = await answerTo(gateway, `{"query":"{ __typename }","variables":{"${name}":{"polluted":true}}}`);
    expect(inVariables).toEqual([200, { data: { __typename: 'Query' } }]);
    const [, inInput] = await answerTo(gateway, input(`,"${name}":{"polluted":true}`));
    expect(inInput).toEqual({
      errors: [
        expect.objectContaining({
          message: `Variable "$input" got an invalid value: Field "${name}" is not defined by type "ExportConsistencyResultsInput".`,
        }),
      ],
    });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(gateway.emulator.requests).toEqual([]);
  });
});

describe('a request for an event stream', () => {
  test('may have its variables in the URL', async () => {
    const { listener } = await startGateway();
    const search = new URLSearchParams({
      query: 'query($skip: Boolean!) { __typename @skip(if: $skip) }',
      variables: '{"skip":true}',
      operationName: '',
    });
    const response = await listener.fetch(`http://gateway.test/graphql?${search}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(await response.text()).toContain('data: {"data":{}}');
  });

  test.each(['variables', 'extensions'])(
    'is rejected if its %s are not JSON, and their content is not repeated',
    async (name) => {
      const { listener } = await startGateway();
      const search = new URLSearchParams({ query: '{ __typename }', [name]: '{"password' });
      const response = await listener.fetch(`http://gateway.test/graphql?${search}`, {
        headers: { accept: 'text/event-stream' },
      });
      const text = await response.text();
      expect([response.status, text.includes('BAD_JSON'), text.includes('password')]).toEqual([400, true, false]);
    },
  );

  test('may not be a mutation if it is a GET', async () => {
    const { listener, emulator } = await startGateway();
    const query = 'mutation { deleteTask(input: { id: "any" }) { __typename } }';
    const response = await listener.fetch(`http://gateway.test/graphql?${new URLSearchParams({ query })}`, {
      headers: { accept: 'text/event-stream', 'x-auth-token': DEMO_TOKEN },
    });
    expect([response.status, emulator.requests]).toEqual([405, []]);
  });
});
