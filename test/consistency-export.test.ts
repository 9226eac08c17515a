import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  exportResult,
  type Gateway,
  gatewayTo,
  httpServer,
  startGateway,
  WEB_TASK,
} from './support/harness.ts';

const HEADERS = { 'Content-Type': 'text/csv' };

/** Tasks with numbers in their ids, which show them in results. */
const tasks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    taskId: `task-${from + index}`,
    sourceId: null,
    sourceName: null,
  }));

const NOTHING_MORE = { errorParam: null, details: null };

test('exports 200 tasks in one call, and 201 tasks in two', async () => {
  const gateway = await startGateway();
  const taskInfo = Array.from({ length: 201 }, () => ({ taskId: WEB_TASK }));
  await exportResult(gateway, { taskInfo: taskInfo.slice(1) });
  await exportResult(gateway, { taskInfo });
  expect(gateway.emulator.requests.map(({ body }) => JSON.parse(body).task_info.length)).toEqual([200, 200, 1]);
});

test('returns the files and the tasks of all calls in the order of the input', async () => {
  const gateway = await gatewayToParts((first) => ({ status: 200, body: `file of ${first}` }));
  expect(await exportResult(gateway, { taskInfo: tasks(0, 450) })).toEqual({
    __typename: 'ExportConsistencyResultsSuccess',
    files: ['task-0', 'task-200', 'task-400'].map((first) => ({
      fileName: null,
      contentType: 'text/csv',
      size: `file of ${first}`.length,
      base64: btoa(`file of ${first}`),
      text: `file of ${first}`,
      json: null,
    })),
    tasks: tasks(0, 450),
    requestIds: ['id-of-task-0', 'id-of-task-200', 'id-of-task-400'],
  });
});

test('makes at most four calls of a large export at the same time', async () => {
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
    // No call gets a response until four wait, so with fewer the test would hang. A fifth call would arrive before the response.
    if (waiting.length !== 4 && arrived !== 50) return;
    await fetch(origin);
    for (const one of waiting.splice(0)) one.end('{}');
  });
  const taskInfo = tasks(0, 10_000);
  // Without a key, because the first call with a key is sent alone.
  expect(await exportResult(gatewayTo(origin, { auth: 'forward' }), { taskInfo })).toMatchObject({ tasks: taskInfo });
  expect([arrived, most]).toEqual([50, 4]);
});

test('requests and keeps no more files once they have 32 MiB together', async () => {
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
    message: 'The files of the export exceed 33554432 bytes together. Export fewer tasks at once.',
  };
  const { files, tasks: done, failedTasks } = Object(body.data?.['exportConsistencyResults']);
  expect(files).toEqual([{ size: large.length }, { size: large.length }]);
  expect(done).toHaveLength(400);
  expect(failedTasks).toHaveLength(3_600);
  expect(failedTasks.at(-1)).toEqual({ task: { taskId: 'task-3999' }, error });
  // The calls that were in progress already.
  expect(calls).toBeLessThan(2 + 4);
});

describe('if some calls of a large export fail', () => {
  test('the result names each failed task and has the files of the others', async () => {
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
      contentType: 'text/csv',
      size: 6,
      base64: btoa('a file'),
      text: 'a file',
      json: null,
    };
    expect(await exportResult(gateway, { taskInfo: tasks(0, 402) })).toEqual({
      __typename: 'ExportConsistencyResultsPartial',
      files: [file, file],
      tasks: [...tasks(0, 200), ...tasks(400, 402)],
      failedTasks: tasks(200, 400).map((task) => ({ task, error })),
      requestIds: ['id-of-task-0', 'id-of-task-400'],
    });
  });

  test('the result is one error if all calls fail with the same code', async () => {
    const gateway = await gatewayToParts(() => ({
      status: 403,
      body: '{"error_code":"SMS.9004","error_msg":"Not allowed."}',
    }));
    expect(await exportResult(gateway, { taskInfo: tasks(0, 600) })).toEqual({
      __typename: 'SmsForbiddenError',
      message: 'Not allowed.',
      code: 'SMS.9004',
      requestId: expect.stringMatching(/^id-of-task-[024]0*$/),
      encodedAuthorizationMessage: null,
      ...NOTHING_MORE,
    });
  });

  test('the result has an error for each task if all calls fail with different codes', async () => {
    const gateway = await gatewayToParts((first) =>
      first === 'task-0'
        ? { status: 403, body: '{"error_code":"SMS.9004","error_msg":"Not allowed."}' }
        : { status: 429, body: '{"error_code":"APIGW.0308","error_msg":"Too many."}' },
    );
    expect(await exportResult(gateway, { taskInfo: tasks(0, 201) })).toEqual({
      __typename: 'ExportConsistencyResultsPartial',
      files: [],
      tasks: [],
      failedTasks: [
        ...tasks(0, 200).map((task) => ({
          task,
          error: {
            __typename: 'SmsForbiddenError',
            message: 'Not allowed.',
            code: 'SMS.9004',
            requestId: 'id-of-task-0',
            encodedAuthorizationMessage: null,
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

describe('if SMS rejects a call because of one of its tasks', () => {
  const rejected = [
    ['does not know it', { status: 400, code: 'SMS.7703', type: 'SmsNotFoundError' }],
    ['does not know it, by status', { status: 404, code: 'SMS.7703', type: 'SmsNotFoundError' }],
    ['does not accept its id', { status: 400, code: 'SMS.9001', type: 'SmsInvalidInputError' }],
  ] as const;

  test.each(rejected)('isolates and names that task, and exports the others, if SMS %s', async (_, rejection) => {
    const sms = await exportingAllBut(['task-137'], rejection);
    const { tasks: done, failedTasks, files, requestIds } = await outcomeOf(sms, tasks(0, 200));
    expect(failedTasks).toEqual([
      { task: { taskId: 'task-137' }, error: { __typename: rejection.type, code: rejection.code } },
    ]);
    expect(done).toEqual(idsOf(tasks(0, 200)).filter((id) => id !== 'task-137'));
    // One file per successful call. Together they have every other task once, in the order of the input.
    expect(files.flatMap((file) => file.split(' '))).toEqual(done);
    expect(requestIds).toHaveLength(files.length);
    expect(sms.calls.length).toBeLessThanOrEqual(1 + 2 * 8);
  });

  test.each([
    ['the first', [0]],
    ['the last', [199]],
    ['neighbours', [99, 100]],
    ['five', [3, 50, 51, 120, 198]],
    ['ten, evenly spread', Array.from({ length: 10 }, (_, tenth) => tenth * 20 + 7)],
    ['half of them', Array.from({ length: 100 }, (_, index) => index)],
  ])('exports each of the other tasks exactly once if these are rejected: %s', async (_, numbers) => {
    const sms = await exportingAllBut(numbers.map((number) => `task-${number}`));
    const { tasks: done, failedTasks, files } = await outcomeOf(sms, tasks(0, 200));
    const failed = failedTasks.map(({ task }) => task.taskId);
    expect([...done, ...failed].toSorted(byNumber)).toEqual(idsOf(tasks(0, 200)));
    expect(failed).toEqual(numbers.map((number) => `task-${number}`));
    expect(files.flatMap((file) => file.split(' '))).toEqual(done);
    expect(sms.calls.length).toBeLessThanOrEqual(1 + 256);
  });

  test('makes at most 256 extra calls, and then names all tasks that are still not exported', async () => {
    const culprits = idsOf(tasks(0, 4_000)).filter((_, index) => index % 40 === 11);
    const sms = await exportingAllBut(culprits);
    const { tasks: done, failedTasks } = await outcomeOf(sms, tasks(0, 4_000));
    expect(sms.calls.length).toBeLessThanOrEqual(20 + 256);
    const failed = failedTasks.map(({ task }) => task.taskId);
    expect(failed).toEqual(expect.arrayContaining(culprits));
    expect([...done, ...failed].toSorted(byNumber)).toEqual(idsOf(tasks(0, 4_000)));
    expect(done.length).toBeGreaterThan(1_000);
  });

  test.each([1, 2, 200, 10_000])(
    'returns the error of SMS after a few calls if SMS knows none of %i tasks',
    async (count) => {
      const sms = await exportingAllBut(idsOf(tasks(0, count)));
      expect(await outcomeOf(sms, tasks(0, count))).toEqual({ __typename: 'SmsNotFoundError', code: 'SMS.7703' });
      expect(sms.calls.length).toBeLessThanOrEqual(Math.ceil(count / 200) + 256);
      if (count <= 200) expect(sms.calls.length).toBeLessThan(64);
    },
  );

  test.each([
    ['the caller lacks a permission', { status: 400, code: 'SMS.9004' }, 'SmsForbiddenError'],
    ['the token is not valid', { status: 400, code: 'SMS.6522' }, 'SmsUnauthenticatedError'],
    ['SMS throttles the caller', { status: 429, code: 'SMS.0001' }, 'SmsThrottledError'],
    [
      'the state of a task does not allow it',
      { status: 400, code: 'SMS.7713' },
      expect.stringMatching(/^Sms\w+Error$/),
    ],
    ['SMS fails', { status: 500, code: 'SMS.9999' }, 'SmsUnavailableError'],
    [
      'the response does not come from SMS',
      { status: 404, code: 'APIGW.0101' },
      expect.stringMatching(/^Sms\w+Error$/),
    ],
  ])('does not split a call if %s', async (_, rejection, __typename) => {
    const sms = await exportingAllBut(['task-1'], rejection);
    expect(await outcomeOf(sms, tasks(0, 4))).toMatchObject({ __typename });
    expect(new Set(sms.calls.map(({ length }) => length))).toEqual(new Set([4]));
  });
});

/** An SMS that rejects every call with one of these tasks. Its files contain the ids of their tasks. */
async function exportingAllBut(unknown: readonly string[], { status = 400, code = 'SMS.7703' } = {}) {
  const culprits = new Set(unknown);
  const calls: string[][] = [];
  const origin = await httpServer(async (request, response) => {
    const ids: string[] = JSON.parse(await bodyOf(request)).task_info.map((task: { task_id: string }) => task.task_id);
    calls.push(ids);
    response.setHeader('X-Request-Id', `call-${calls.length}`);
    if (ids.some((id) => culprits.has(id)))
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ error_code: code, error_msg: 'No.' }));
    else response.writeHead(200, HEADERS).end(ids.join(' '));
  });
  return { gateway: gatewayTo(origin, { auth: 'forward' }), calls };
}

interface Outcome {
  tasks: string[];
  failedTasks: { task: { taskId: string }; error: object }[];
  files: string[];
  requestIds: string[];
}

/** The result of an export in short form: texts of files, ids of tasks. */
async function outcomeOf({ gateway }: { gateway: Gateway }, taskInfo: object[]): Promise<Outcome> {
  const { body } = await gateway.send(
    `mutation ($input: ExportConsistencyResultsInput!) {
      exportConsistencyResults(input: $input) {
        ... on ExportConsistencyResultsPartial {
          files { text } tasks { taskId } failedTasks { task { taskId } error { __typename code } } requestIds
        }
        ... on SmsError { __typename code }
      }
    }`,
    { input: { taskInfo } },
  );
  const outcome = Object(body.data?.['exportConsistencyResults']);
  if (!outcome.tasks) return outcome;
  return { ...outcome, tasks: idsOf(outcome.tasks), files: outcome.files.map(({ text }: { text: string }) => text) };
}

function idsOf(references: readonly { taskId: string }[]): string[] {
  return references.map(({ taskId }) => taskId);
}

function byNumber(a: string, b: string): number {
  return Number(a.slice('task-'.length)) - Number(b.slice('task-'.length));
}

/** A gateway to a server whose response depends on the first task of the call. */
async function gatewayToParts(answer: (first: string) => { status: number; body: string }): Promise<Gateway> {
  const origin = await httpServer(async (request, response) => {
    const first = JSON.parse(await bodyOf(request)).task_info[0].task_id;
    const { status, body } = answer(first);
    response.writeHead(status, { ...HEADERS, 'X-Request-Id': `id-of-${first}` }).end(body);
  });
  return gatewayTo(origin);
}
