import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN, NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { authorization } from '../src/sms/sign.ts';
import { gatewayWithResponse, LEGACY_SERVER } from './support/ask.ts';
import { EXPORT, exportResult, startGateway, WEB_SERVER, WEB_TASK } from './support/harness.ts';

const EXPORT_PATH = '/v3/tasks/consistency-results/export';

describe('exportConsistencyResults', () => {
  test("returns the file and the task that README's first example shows", async () => {
    const gateway = await startGateway();
    const { status, body } = await gateway.send(example.query, example.variables);
    expect([status, body]).toEqual([
      200,
      {
        data: {
          exportConsistencyResults: {
            __typename: 'ExportConsistencyResultsSuccess',
            files: [
              {
                fileName: '一致性校验结果.csv',
                contentType: 'application/octet-stream',
                size: 989,
                text: expect.stringMatching(/^Task ID,Source server ID,.*,Different files,/),
              },
            ],
            tasks: [{ taskId: WEB_TASK }],
          },
        },
      },
    ]);
  });

  test("sends one signed call with the caller's token and the renamed body, and nothing else from the caller", async () => {
    const gateway = await startGateway();
    await gateway.send(example.query, example.variables, {
      'x-auth-token': DEMO_TOKEN,
      'x-request-id': 'call-42',
      'x-language': 'zh-cn',
      'x-project-id': 'of-the-caller',
      'x-forwarded-for': '203.0.113.7',
      authorization: 'Bearer of-the-caller',
      cookie: 'session=of-the-caller',
      'user-agent': 'caller/1.0',
    });
    expect(gateway.emulator.requests).toEqual([
      {
        method: 'POST',
        path: EXPORT_PATH,
        headers: {
          host: new URL(gateway.emulator.url).host,
          connection: 'keep-alive',
          'content-type': 'application/json',
          'content-length': '145',
          'x-request-id': 'call-42',
          'x-language': 'en-us',
          'x-sdk-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
          'x-auth-token': DEMO_TOKEN,
          authorization: expect.stringMatching(
            /^SDK-HMAC-SHA256 Access=DEMOACCESSKEY0000001, SignedHeaders=content-type;host;x-auth-token;x-language;x-request-id;x-sdk-date, Signature=[0-9a-f]{64}$/,
          ),
        },
        body: `{"task_info":[{"task_id":"${WEB_TASK}","source_id":"${WEB_SERVER}","source_name":"web-prod-01"}]}`,
      },
    ]);
  });

  test('signs the method, the path, the body and every header that the gateway adds', async () => {
    const gateway = await startGateway();
    await gateway.send(example.query, example.variables);
    const [sent] = gateway.emulator.requests;
    if (!sent) throw new Error('Nothing was sent.');
    const { authorization: given, connection, 'content-length': length, ...headers } = sent.headers;
    expect(given).toBe(authorization({ ...sent, headers }, DEMO_ACCESS_KEY));
  });

  test('returns an error of SMS as data', async () => {
    const gateway = await startGateway();
    const account = gateway.emulator.state.users[0]?.domain.id;
    const action = 'sms:server:getBatchConsistencyResults';
    const sentence = `Action ${action} is not granted to you on resource sms::${account}:server:*.`;
    expect(await exportResult(gateway, undefined, { 'x-auth-token': NO_RIGHTS_TOKEN })).toEqual({
      __typename: 'SmsForbiddenError',
      message: `The policies of this account do not allow the call. ${sentence}`,
      code: 'SMS.9004',
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      errorParam: [sentence],
      details: [{ errorCode: 'SMS.9004', errorMsg: sentence }],
      encodedAuthorizationMessage: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
    });
  });

  test('rejects a caller without a token before any call', async () => {
    const gateway = await startGateway();
    expect(await exportResult(gateway, undefined, {})).toEqual({
      __typename: 'SmsUnauthenticatedError',
      message: 'There is no token. Send your IAM token as X-Auth-Token.',
      code: 'TOKEN_MISSING',
      requestId: null,
      errorParam: null,
      details: null,
    });
    expect(gateway.emulator.requests).toEqual([]);
  });

  test('names a task that does not exist, and exports the other one', async () => {
    const gateway = await startGateway();
    expect(await exportResult(gateway, { taskInfo: [{ taskId: WEB_TASK }, { taskId: 'nowhere' }] })).toMatchObject({
      __typename: 'ExportConsistencyResultsPartial',
      files: [{ contentType: 'application/octet-stream' }],
      tasks: [{ taskId: WEB_TASK, sourceId: null, sourceName: null }],
      failedTasks: [
        {
          task: { taskId: 'nowhere', sourceId: null, sourceName: null },
          error: {
            __typename: 'SmsNotFoundError',
            code: expect.stringMatching(/^SMS\./),
            requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
          },
        },
      ],
      requestIds: [expect.stringMatching(/^[0-9a-f]{32}$/)],
    });
  });

  test('returns the error of SMS if the only task does not exist', async () => {
    const gateway = await startGateway();
    expect(await exportResult(gateway, { taskInfo: [{ taskId: 'nowhere' }] })).toMatchObject({
      __typename: 'SmsNotFoundError',
      code: expect.stringMatching(/^SMS\./),
    });
    expect(gateway.emulator.requests).toHaveLength(1);
  });

  test('sends and returns only the fields that the input has, in the order of the input', async () => {
    const gateway = await startGateway();
    const taskInfo = [{ sourceName: 'web-prod-01' }, { taskId: WEB_TASK, sourceId: null }, { sourceId: WEB_SERVER }];
    expect(await exportResult(gateway, { taskInfo })).toMatchObject({
      tasks: [
        { taskId: null, sourceId: null, sourceName: 'web-prod-01' },
        { taskId: WEB_TASK, sourceId: null, sourceName: null },
        { taskId: null, sourceId: WEB_SERVER, sourceName: null },
      ],
    });
    expect(gateway.emulator.requests.map(({ body }) => JSON.parse(body))).toEqual([
      { task_info: [{ source_name: 'web-prod-01' }, { task_id: WEB_TASK }, { source_id: WEB_SERVER }] },
    ]);
  });

  describe('has the entities of a task', () => {
    const query = `mutation ($input: ExportConsistencyResultsInput!) {
      exportConsistencyResults(input: $input) {
        ... on ExportConsistencyResultsSuccess { tasks { ...entities } }
        ... on ExportConsistencyResultsPartial { tasks { ...entities } failedTasks { task { ...entities } } }
      }
    }
    fragment entities on ExportedTask { migrationTask { id name } sourceServer { id name } }`;
    const web = { id: WEB_SERVER, name: 'web-prod-01' };
    const task = { id: WEB_TASK, name: 'move-web-prod-01' };

    test.each<[string, object, object]>([
      ['by the id of the task alone', { taskId: WEB_TASK }, { migrationTask: task, sourceServer: web }],
      [
        'as SMS has them, even if the caller sent other values',
        { taskId: WEB_TASK, sourceId: LEGACY_SERVER, sourceName: 'made-up' },
        { migrationTask: task, sourceServer: web },
      ],
      [
        'by the id of the server',
        { sourceId: WEB_SERVER, sourceName: 'made-up' },
        { migrationTask: null, sourceServer: web },
      ],
      [
        'not by a name, which is not unique',
        { sourceName: 'web-prod-01' },
        { migrationTask: null, sourceServer: null },
      ],
    ])('%s', async (_, reference, entities) => {
      const gateway = await startGateway();
      const { body } = await gateway.send(query, { input: { taskInfo: [reference] } });
      expect(body).toEqual({ data: { exportConsistencyResults: { tasks: [entities] } } });
    });

    test('except of a task that SMS does not know', async () => {
      const gateway = await startGateway();
      const taskInfo = [{ taskId: WEB_TASK }, { taskId: 'nowhere', sourceId: WEB_SERVER, sourceName: 'made-up' }];
      expect((await gateway.send(query, { input: { taskInfo } })).body).toEqual({
        data: {
          exportConsistencyResults: {
            tasks: [{ migrationTask: task, sourceServer: web }],
            failedTasks: [{ task: { migrationTask: null, sourceServer: null } }],
          },
        },
      });
    });

    test('with null for the server of a task that has none', async () => {
      const gateway = await gatewayWithResponse(`{"id": "t-1", "name": "t", "source_server": null}`);
      const taskInfo = [{ taskId: 't-1', sourceId: 's-1', sourceName: 'made-up' }];
      expect((await gateway.send(query, { input: { taskInfo } })).body).toEqual({
        data: {
          exportConsistencyResults: { tasks: [{ migrationTask: { id: 't-1', name: 't' }, sourceServer: null }] },
        },
      });
    });

    test('without a call for fields that the caller has sent', async () => {
      const gateway = await startGateway();
      await gateway.send(query.replaceAll(/ name \}|sourceServer.*\}/g, ' }'), {
        input: { taskInfo: [{ taskId: WEB_TASK }] },
      });
      expect(gateway.emulator.requests).toHaveLength(1);
    });
  });
});

describe('the language of an export', () => {
  const taskInfo = [{ taskId: WEB_TASK }];

  test.each([
    ['the input, before the header', { taskInfo, language: 'EN_US' }, { 'x-language': 'zh-cn' }, 'en-us'],
    ['the input alone', { taskInfo, language: 'ZH_CN' }, {}, 'zh-cn'],
    ['the header', { taskInfo }, { 'x-language': 'zh-cn' }, 'zh-cn'],
    ['the header, in any case', { taskInfo, language: null }, { 'x-language': 'EN-US' }, 'en-us'],
    ['nobody, if the header is not a language of SMS', { taskInfo }, { 'x-language': 'de-de' }, undefined],
    ['nobody, if the header has more than one language', { taskInfo }, { 'x-language': 'en-us,zh-cn' }, undefined],
    ['nobody, if there is no language in the request', { taskInfo }, {}, undefined],
  ])('is chosen by %s', async (_, input, headers, sent) => {
    const gateway = await startGateway();
    await gateway.send(EXPORT, { input }, { 'x-auth-token': DEMO_TOKEN, ...headers });
    expect(gateway.emulator.requests.map((request) => request.headers['x-language'])).toEqual([sent]);
  });

  test('changes the text of the file', async () => {
    const gateway = await startGateway();
    expect(await exportResult(gateway, { taskInfo, language: 'ZH_CN' })).toMatchObject({
      files: [{ text: expect.stringMatching(/^任务ID,/) }],
    });
  });
});
