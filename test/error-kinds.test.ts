/** What an error means: SMS's code decides, and an error that did not come from SMS says nothing about its objects. */
import { describe, expect, test } from 'vitest';
import table from '../src/sms/errors/error-codes.json' with { type: 'json' };
import { ask, errorsOf } from './support/ask.ts';
import { bodyOf, type Gateway, gatewayTo, httpServer } from './support/harness.ts';
import { clientWithEmulator, FORWARDED, outcomeOf, read, recordedWaits, upstreamTo } from './support/sms-client.ts';

interface Response {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** A gateway to an SMS that responds like this to every call. */
async function gatewayToSms(respond: (path: string) => Response): Promise<Gateway> {
  const origin = await httpServer(async (request, response) => {
    await bodyOf(request);
    const { status, body = '', headers = {} } = respond(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  return gatewayTo(origin, { auth: 'forward', key: null, expose: ['agent', 'secrets'] });
}

const refusal = (code: unknown, message = 'No.') => JSON.stringify({ error_code: code, error_msg: message });

const WRITE = `mutation { deleteTask(input: { id: "t" }) {
  __typename ... on SmsError { code httpStatus } ... on SmsInvalidInputError { kind }
} }`;

/** The result of a mutation for a response. */
async function written(response: Response): Promise<unknown> {
  const { deleteTask } = await ask(await gatewayToSms(() => response), WRITE);
  return deleteTask;
}

const TYPES: Readonly<Record<string, object>> = {
  'invalid-input': { __typename: 'SmsInvalidInputError', kind: 'INVALID' },
  conflict: { __typename: 'SmsInvalidInputError', kind: 'CONFLICT' },
  quota: { __typename: 'SmsInvalidInputError', kind: 'QUOTA' },
  unauthenticated: { __typename: 'SmsUnauthenticatedError' },
  forbidden: { __typename: 'SmsForbiddenError' },
  'not-found': { __typename: 'SmsNotFoundError' },
  throttled: { __typename: 'SmsThrottledError' },
  unavailable: { __typename: 'SmsUnavailableError' },
};

describe('the kind of an error', () => {
  test.each(Object.keys(TYPES))('is %s for every code that means so, whatever the status', async (kind) => {
    let sent: Response = { status: 400 };
    const gateway = await gatewayToSms(() => sent);
    const codes = Object.entries(table).flatMap(([code, meaning]) =>
      meaning === kind && code.startsWith('SMS.') ? [code] : [],
    );
    for (const code of codes) {
      for (const status of [400, 403, 404, 409, 500]) {
        sent = { status, body: refusal(code) };
        const { deleteTask } = await ask(gateway, WRITE);
        expect(deleteTask, `${code} with ${status}`).toEqual({ ...TYPES[kind], code, httpStatus: status });
      }
    }
  });

  test.each([
    ['SMS.7703', 'not-found'],
    ['SMS.7602', 'not-found'],
    ['SMS.6521', 'unauthenticated'],
    ['SMS.6522', 'unauthenticated'],
    ['SMS.9003', 'forbidden'],
    ['SMS.9004', 'forbidden'],
    ['SMS.6000', 'unavailable'],
    ['SMS.9001', 'invalid-input'],
    ['SMS.7713', 'conflict'],
    ['SMS.7112', 'conflict'],
    ['SMS.7601', 'conflict'],
    ['SMS.6501', 'quota'],
    ['SMS.8115', 'quota'],
  ])('for 400 %s is %s', async (code, kind) => {
    expect(await written({ status: 400, body: refusal(code) })).toEqual({ ...TYPES[kind], code, httpStatus: 400 });
  });

  test.each([
    ['a number', 7703],
    ['digits', '7703'],
    ['lower case', 'sms.7703'],
    ['space around it', ' SMS.7703\n'],
    ['another separator', 'SMS-7703'],
  ])('is recognized if its code is written as %s', async (_, code) => {
    expect(await written({ status: 400, body: refusal(code) })).toMatchObject({
      __typename: 'SmsNotFoundError',
      code: 'SMS.7703',
    });
  });

  test.each([
    ['code and message', { code: 'SMS.7703', message: 'No.' }],
    ['camel case', { errorCode: 'SMS.7703', errorMsg: 'No.' }],
    ['a nested object', { error: { code: 'SMS.7703', message: 'No.' } }],
    ['an array', [{ error_code: 'SMS.7703', error_msg: 'No.' }]],
    ['JSON in a JSON text', refusal('SMS.7703')],
  ])('is recognized in %s after a byte order mark', async (_, body) => {
    expect(await written({ status: 400, body: `\ufeff${JSON.stringify(body)}` })).toMatchObject({
      __typename: 'SmsNotFoundError',
      code: 'SMS.7703',
    });
  });

  test.each<[number, string]>([
    [400, 'invalid-input'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [410, 'not-found'],
    [413, 'invalid-input'],
    [422, 'invalid-input'],
    [423, 'conflict'],
    [429, 'throttled'],
    ...[405, 406, 407, 408, 412, 415, 425, 431, 499, 500, 503].map((status): [number, string] => [
      status,
      'unavailable',
    ]),
  ])('depends on the status only if the code is not in the table: %d is %s', async (httpStatus, kind) => {
    expect(await written({ status: httpStatus, body: refusal('SMS.9999') })).toEqual({
      ...TYPES[kind],
      code: 'SMS.9999',
      httpStatus,
    });
  });
});

describe('a single object of a query', () => {
  const QUERIES: Readonly<Record<string, string>> = {
    task: 'migrationTask(id: "x") { id }',
    server: 'sourceServer(id: "x") { id }',
    project: 'migrationProject(id: "x") { id }',
    template: 'serverTemplate(id: "x") { id }',
    'rate limits of a task': 'speedLimits(taskId: "x") { speed }',
    'checks of a task': 'consistencyResults(taskId: "x") { checkResult }',
    'setting of a task': 'configurationSetting(taskId: "x") { taskId }',
    'passphrase of a task': 'passphrase(taskId: "x")',
    'password of a template': 'targetPassword(templateId: "x")',
    'command of a server': 'agentCommand(serverId: "x") { commandName }',
  };
  const OF_TASKS = ['task', 'rate limits of a task', 'checks of a task', 'setting of a task', 'passphrase of a task'];

  test.each<[string, string]>([
    ...OF_TASKS.map((what): [string, string] => [what, 'SMS.7703']),
    ['task', 'SMS.2252'],
    ['server', 'SMS.7602'],
    ['command of a server', 'SMS.7602'],
    ['project', 'SMS.7301'],
    ['template', 'SMS.7101'],
    ['password of a template', 'SMS.7101'],
  ])('is null if SMS itself says that it does not exist: the %s for %s', async (what, code) => {
    for (const status of [400, 404]) {
      const gateway = await gatewayToSms(() => ({ status, body: refusal(code) }));
      const { body } = await gateway.send(`{ found: ${QUERIES[what]} }`);
      expect(body).toEqual({ data: { found: null } });
    }
  });

  test.each<[string, string]>([
    ...OF_TASKS.flatMap((what) => ['SMS.7101', 'SMS.7304', 'SMS.7602'].map((code): [string, string] => [what, code])),
    ['server', 'SMS.7606'],
    ['server', 'SMS.7703'],
    ['project', 'SMS.7304'],
    ['template', 'SMS.7703'],
    ['task', 'SMS.9999'],
  ])('is an error if something else is missing: the %s for %s', async (what, code) => {
    const gateway = await gatewayToSms(() => ({ status: 404, body: refusal(code) }));
    expect(errorsOf(await gateway.send(`{ found: ${QUERIES[what]} }`))).toEqual([
      { path: ['found'], extensions: { type: 'SmsNotFoundError', code, httpStatus: 404 } },
    ]);
  });

  test.each([
    ['the API gateway', refusal('APIGW.0101'), 'APIGW.0101', 'NOT_SENT'],
    ['a newer API gateway', refusal('APIG.0101'), 'APIG.0101', 'NOT_SENT'],
    ['another service', refusal('ECS.0114'), 'ECS.0114', 'UNKNOWN'],
    ['IAM', '{"error":{"code":404,"message":"None.","title":"Not Found"}}', '404', 'UNKNOWN'],
    ['a web page', '<html>Not found</html>', 'HTTP_404', 'UNKNOWN'],
    ['a text', 'Not found', 'HTTP_404', 'UNKNOWN'],
    ['an object without a code', '{"message":"Not found"}', 'HTTP_404', 'UNKNOWN'],
    ['nothing', '', 'HTTP_404', 'UNKNOWN'],
  ])('is an error if %s responds with 404', async (_, body, code, outcome) => {
    const gateway = await gatewayToSms(() => ({ status: 404, body }));
    const extensions = { type: 'SmsUnavailableError', code, httpStatus: 404, outcome };
    for (const query of Object.values(QUERIES))
      expect(errorsOf(await gateway.send(`{ found: ${query} }`))).toEqual([{ path: ['found'], extensions }]);
    const entities = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on MigrationTask { name } } }';
    const result = await gateway.send(entities, { of: [{ __typename: 'MigrationTask', id: 'x' }] });
    expect(errorsOf(result)).toEqual([{ path: ['_entities', 0], extensions }]);
  });

  test("is null by SMS's code also if it is a reference", async () => {
    const gateway = await gatewayToSms(() => ({ status: 400, body: refusal('SMS.7703') }));
    const entities = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on MigrationTask { name } } }';
    expect(await ask(gateway, entities, { of: [{ __typename: 'MigrationTask', id: 'x' }] })).toEqual({
      _entities: [null],
    });
  });

  test('is null if the project of a server is deleted before its servers are listed', async () => {
    const gateway = await gatewayToSms((path) => {
      if (path.startsWith('/v3/migprojects')) return { status: 200, body: '{"count":1,"migprojects":[{"id":"p"}]}' };
      if (path.startsWith('/v3/sources?')) return { status: 400, body: refusal('SMS.7301') };
      return { status: 200, body: '{"id":"s"}' };
    });
    expect(await ask(gateway, '{ sourceServer(id: "s") { migrationProject { id } } }')).toEqual({
      sourceServer: { migrationProject: null },
    });
  });
});

describe('an error that did not come from SMS', () => {
  const STATUSES = [400, 401, 403, 404, 405, 407, 409, 410, 422, 425, 431, 451, 494, 499];

  test.each([
    ['a web page', '<html>Sign in</html>'],
    ['a text', 'upstream connect error'],
    ['an object without a code', '{"message":"no"}'],
    ['an HTTP status for a code', '{"code":400,"message":"Bad Request"}'],
    ['a list of texts', '["x"]'],
    ['nothing', ''],
  ])('is unavailable, since the caller cannot fix it: %s', async (_, body) => {
    for (const status of STATUSES)
      expect(await written({ status, body })).toMatchObject({
        __typename: 'SmsUnavailableError',
        httpStatus: status,
      });
  });

  test('is unavailable for the codes of the API gateway except missing permissions', async () => {
    for (const status of [400, 404, 405, 409, 422])
      for (const code of ['APIGW.0101', 'APIGW.0201', 'APIG.0202'])
        expect(await written({ status, body: refusal(code) })).toEqual({
          __typename: 'SmsUnavailableError',
          code,
          httpStatus: status,
        });
    expect(await written({ status: 403, body: refusal('APIGW.0302') })).toMatchObject(TYPES['forbidden'] ?? {});
  });

  test('keeps its meaning for too many calls and for a request that is too large', async () => {
    for (const body of [refusal('APIGW.0308'), '<html>', ''])
      expect(await written({ status: 429, body })).toMatchObject({ __typename: 'SmsThrottledError' });
    for (const body of [refusal('APIGW.0201'), '<html>', ''])
      expect(await written({ status: 413, body })).toMatchObject({ __typename: 'SmsInvalidInputError' });
  });
});

describe('an error in the body of a success', () => {
  const BODIES: [string, unknown][] = [
    ['error_code and error_msg', { error_code: 'SMS.7703', error_msg: 'No.' }],
    ['error_code beside data', { count: 0, tasks: [], error_code: 'SMS.7703' }],
    ['camel case', { errorCode: 'SMS.7703', errorMsg: 'No.', request_id: 'r' }],
    ['code and message', { code: 'SMS.7703', message: 'No.', data: null }],
    ['a nested object', { error: { code: 'SMS.7703', message: 'No.' } }],
    ['an array', [{ error_code: 'SMS.7703', error_msg: 'No.' }]],
    ['JSON in a JSON text', refusal('SMS.7703')],
  ];

  test.each(BODIES)('is an error for reads, lists, writes and the export: %s', async (_, value) => {
    for (const mark of ['', '\ufeff']) {
      const gateway = await gatewayToSms(() => ({ status: 200, body: mark + JSON.stringify(value) }));
      const { body } = await gateway.send('{ migrationTask(id: "x") { id } }');
      expect(body).toEqual({ data: { migrationTask: null } });
      expect(errorsOf(await gateway.send('{ migrationTasks { totalCount } }'))).toEqual([
        { path: ['migrationTasks'], extensions: { type: 'SmsNotFoundError', code: 'SMS.7703', httpStatus: 200 } },
      ]);
      const error = { __typename: 'SmsNotFoundError', code: 'SMS.7703' };
      expect(await ask(gateway, WRITE)).toMatchObject({ deleteTask: error });
      const exported = `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "x" }] }) {
        __typename ... on SmsError { code }
      } }`;
      expect(await ask(gateway, exported)).toEqual({ exportConsistencyResults: error });
    }
  });

  test.each<[string, unknown, string]>([
    ['a code that is not in the table', { error_code: 'SMS.9999', error_msg: 'No.' }, 'SMS.9999'],
    ['a code of the API gateway', { error_code: 'APIGW.0101', error_msg: 'No.' }, 'APIGW.0101'],
    ['an error of IAM', { error: { code: 401, message: 'No.', title: 'Unauthorized' } }, 'OUTCOME_UNKNOWN'],
    ['an error of OpenStack', { itemNotFound: { code: 404, message: 'No.' } }, 'OUTCOME_UNKNOWN'],
    ['an error that is a text', { error: 'invalid_token', error_description: 'No.' }, 'OUTCOME_UNKNOWN'],
    ['a failure without a code', { success: false, message: 'No.' }, 'OUTCOME_UNKNOWN'],
    ['a list of errors', { errors: [{ message: 'No.' }] }, 'OUTCOME_UNKNOWN'],
  ])('is unavailable if it is %s', async (_, value, code) => {
    const body = JSON.stringify(value);
    expect(await written({ status: 200, body })).toEqual({ __typename: 'SmsUnavailableError', code, httpStatus: 200 });
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['a task whose migration failed', { id: 't', error_json: '{"error_code":"SMS.3805"}' }],
    ['a clone that failed', { id: 't', clone_server: { clone_error: 'SMS.0601', error_msg: 'No.' } }],
    ['only a failed check', { checks: [{ error_code: 'SMS.1501', error_or_warn: 'ERROR' }] }],
    ['a code of success', { code: 200, message: 'OK' }],
    ['an empty code', { error_code: '', error_msg: '' }],
    ['a status', { status: 'CURRENT' }],
  ])('is not assumed if the body has data about errors: %s', async (_, value) => {
    expect(await written({ status: 200, body: JSON.stringify(value) })).toEqual({ __typename: 'DeleteTaskSuccess' });
  });

  test('is not assumed if the body counts servers with errors', async () => {
    const gateway = await gatewayToSms(() => ({ status: 200, body: '{"waiting":1,"error":2}' }));
    expect(await ask(gateway, '{ overview { error } }')).toEqual({ overview: { error: 2 } });
  });
});

describe('a read', () => {
  test.each<[number, string, number]>([
    [503, refusal('SMS.6000'), 3],
    [503, refusal('SMS.7703'), 1],
    [429, refusal('SMS.6000'), 3],
    [429, refusal('SMS.9004'), 1],
    [400, refusal('APIGW.0308'), 3],
    [400, refusal('SMS.6000'), 1],
    [429, '', 3],
  ])('is retried or not by the meaning of the code: %d %s', async (status, body, calls) => {
    let came = 0;
    const origin = await httpServer((_, response) => {
      came += 1;
      response.writeHead(status).end(body);
    });
    const upstream = upstreamTo(origin, { retries: 2, wait: recordedWaits().wait });
    expect(await outcomeOf(read(upstream, FORWARDED))).not.toBe('ok');
    expect(came).toBe(calls);
  });
});

test("an API version is null if SMS's list lacks it and an error if SMS lists it but does not return it", async () => {
  const gateway = await gatewayToSms((path) =>
    path === '/' ? { status: 200, body: '{"versions":[{"id":"v3"}]}' } : { status: 404, body: refusal('APIGW.0101') },
  );
  expect(await ask(gateway, '{ apiVersion(version: "v2") { status } }')).toEqual({ apiVersion: null });
  expect(errorsOf(await gateway.send('{ apiVersion(version: "v3") { status } }'))).toEqual([
    {
      path: ['apiVersion'],
      extensions: { type: 'SmsUnavailableError', code: 'APIGW.0101', httpStatus: 404, outcome: 'NOT_SENT' },
    },
  ]);
});

test('a write with an unknown id is a not-found error in the emulator too', async () => {
  const { client } = await clientWithEmulator();
  await expect(client.delete('/v3/tasks/nowhere')).rejects.toMatchObject({ kind: 'not-found', code: 'SMS.7703' });
});
