import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { bodyOf, exported, type Gateway, gatewayTo, httpServer, startGateway, WEB_TASK } from './harness.ts';

const HEADERS = { 'Content-Type': 'text/plain' };

/** Tasks by number, so that an answer shows which are meant. */
const tasks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    taskId: `task-${from + index}`,
    sourceId: null,
    sourceName: null,
  }));

const NOTHING_MORE = { errorParam: null, details: null };

test('takes 200 tasks in one call, and one more in a second', async () => {
  const gateway = await startGateway();
  const taskInfo = Array.from({ length: 201 }, () => ({ taskId: WEB_TASK }));
  await exported(gateway, { taskInfo: taskInfo.slice(1) });
  await exported(gateway, { taskInfo });
  expect(gateway.emulator.requests.map(({ body }) => JSON.parse(body).task_info.length)).toEqual([200, 200, 1]);
});

test('gives the files and the tasks of all calls in the order of the input', async () => {
  const gateway = await gatewayToParts((first) => ({ status: 200, body: `file of ${first}` }));
  expect(await exported(gateway, { taskInfo: tasks(0, 450) })).toEqual({
    __typename: 'ExportConsistencyResultsSuccess',
    files: ['task-0', 'task-200', 'task-400'].map((first) => ({
      fileName: null,
      contentType: 'text/plain',
      size: `file of ${first}`.length,
      base64: btoa(`file of ${first}`),
      text: `file of ${first}`,
      json: null,
    })),
    tasks: tasks(0, 450),
    requestIds: ['id-of-task-0', 'id-of-task-200', 'id-of-task-400'],
  });
});

test('has four calls of a large export under way at once, and no more', async () => {
  const waiting: ServerResponse[] = [];
  let [arrived, most] = [0, 0];
  const origin = await httpServer(async (request, response) => {
    await bodyOf(request);
    if (request.method === 'GET') {
      response.end();
      return;
    }
    arrived += 1;
    most = Math.max(most, waiting.push(response));
    // Nothing is answered until four wait, so fewer would never end. A fifth would come before what is asked after it.
    if (waiting.length !== 4 && arrived !== 50) return;
    await fetch(origin);
    for (const one of waiting.splice(0)) one.end('{}');
  });
  const taskInfo = tasks(0, 10_000);
  // Without a key, for the first call with one goes ahead alone.
  expect(await exported(gatewayTo(origin, { auth: 'forward' }), { taskInfo })).toMatchObject({ tasks: taskInfo });
  expect([arrived, most]).toEqual([50, 4]);
});

test('asks for no more, and keeps no more, when the files are 32 MiB together', async () => {
  const large = 'x'.repeat(16 * 1024 ** 2);
  let calls = 0;
  const gateway = await gatewayToParts(() => {
    calls += 1;
    return { status: 200, body: large };
  });
  const { body } = await gateway.send(
    `mutation ($input: ExportConsistencyResultsInput!) {
      exportConsistencyResults(input: $input) {
        ... on ExportConsistencyResultsPartial {
          files { size } tasks { taskId } failedTasks { task { taskId } error { code message } }
        }
      }
    }`,
    { input: { taskInfo: tasks(0, 4_000) } },
  );
  const error = {
    code: 'INVALID_ANSWER',
    message: 'The files of one export may hold 33554432 bytes together, and there are more. Ask for fewer tasks.',
  };
  const { files, tasks: done, failedTasks } = Object(body.data?.['exportConsistencyResults']);
  expect(files).toEqual([{ size: large.length }, { size: large.length }]);
  expect(done).toHaveLength(400);
  expect(failedTasks).toHaveLength(3_600);
  expect(failedTasks.at(-1)).toEqual({ task: { taskId: 'task-3999' }, error });
  // Those that were under way already.
  expect(calls).toBeLessThan(2 + 4);
});

describe('when some calls of a large export fail', () => {
  test('names what failed task by task, and keeps what came', async () => {
    const gateway = await gatewayToParts((first) =>
      first === 'task-200'
        ? { status: 403, body: '{"error_code":"SMS.9004","error_msg":"Not allowed."}' }
        : { status: 200, body: 'a file' },
    );
    const error = {
      __typename: 'SmsForbiddenError',
      message: 'Not allowed.',
      code: 'SMS.9004',
      requestId: 'id-of-task-200',
      encodedAuthorizationMessage: null,
      ...NOTHING_MORE,
    };
    const file = {
      fileName: null,
      contentType: 'text/plain',
      size: 6,
      base64: btoa('a file'),
      text: 'a file',
      json: null,
    };
    expect(await exported(gateway, { taskInfo: tasks(0, 402) })).toEqual({
      __typename: 'ExportConsistencyResultsPartial',
      files: [file, file],
      tasks: [...tasks(0, 200), ...tasks(400, 402)],
      failedTasks: tasks(200, 400).map((task) => ({ task, error })),
      requestIds: ['id-of-task-0', 'id-of-task-400'],
    });
  });

  test('answers with one error when all fail alike', async () => {
    const gateway = await gatewayToParts(() => ({
      status: 404,
      body: '{"error_code":"SMS.2252","error_msg":"None."}',
    }));
    expect(await exported(gateway, { taskInfo: tasks(0, 600) })).toEqual({
      __typename: 'SmsNotFoundError',
      message: 'None.',
      code: 'SMS.2252',
      requestId: expect.stringMatching(/^id-of-task-[024]0*$/),
      ...NOTHING_MORE,
    });
  });

  test('says of each task why it failed when all fail, but not alike', async () => {
    const gateway = await gatewayToParts((first) =>
      first === 'task-0'
        ? { status: 404, body: '{"error_code":"SMS.2252","error_msg":"None."}' }
        : { status: 429, body: '{"error_code":"APIGW.0308","error_msg":"Too many."}' },
    );
    expect(await exported(gateway, { taskInfo: tasks(0, 201) })).toEqual({
      __typename: 'ExportConsistencyResultsPartial',
      files: [],
      tasks: [],
      failedTasks: [
        ...tasks(0, 200).map((task) => ({
          task,
          error: {
            __typename: 'SmsNotFoundError',
            message: 'None.',
            code: 'SMS.2252',
            requestId: 'id-of-task-0',
            ...NOTHING_MORE,
          },
        })),
        ...tasks(200, 201).map((task) => ({
          task,
          error: {
            __typename: 'SmsThrottledError',
            message: 'Too many.',
            code: 'APIGW.0308',
            requestId: 'id-of-task-200',
            retryAfter: null,
            ...NOTHING_MORE,
          },
        })),
      ],
      requestIds: [],
    });
  });
});

/** A gateway to a server that answers each call by the first of its tasks. */
async function gatewayToParts(answer: (first: string) => { status: number; body: string }): Promise<Gateway> {
  const origin = await httpServer(async (request, response) => {
    const first = JSON.parse(await bodyOf(request)).task_info[0].task_id;
    const { status, body } = answer(first);
    response.writeHead(status, { ...HEADERS, 'X-Request-Id': `id-of-${first}` }).end(body);
  });
  return gatewayTo(origin);
}
