/** The limits of one request: its calls, its time, and the errors in its response. A stand-in for SMS counts the calls. */
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { createLog } from '../src/logging/log.ts';
import { Budget, REQUEST_LIMITS, type RequestLimits } from '../src/request/budget/request-budget.ts';
import { SmsClient } from '../src/sms/client.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { post, servedGatewayTo } from './support/gateway.ts';
import { type Gateway, gatewayTo, httpServer } from './support/harness.ts';
import { errorOf, FORWARDED, recordedWaits, upstreamTo } from './support/sms-client.ts';
import { subscribe, watchQuery } from './support/sse.ts';

const JOINED = '{ migrationTasks(first: 20) { nodes { id consistencyResults { checkResult } } } }';
/** Needs more calls than the estimate: the list of servers lacks these servers, so each is read on its own. */
const UNFORESEEN = '{ migrationTasks(first: 20) { nodes { id sourceServer { cpuQuantity } } } }';
const RESULTS = { result_list: [{ check_result: 'success', consistency_result: [] }] };

type Answer = (response: ServerResponse, path: string) => void;

const json = (response: ServerResponse, value: object, status = 200, headers = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
const good: Answer = (response) => json(response, RESULTS);

/** An SMS of so many tasks. `answer` is for all but lists and single tasks. Its calls are recorded. */
async function smsOf(tasks: number, answer: Answer = good) {
  const calls: string[] = [];
  const task = (index: number) => ({ id: `t-${index}`, name: `move-${index}`, source_server: { id: `s-${index}` } });
  const origin = await httpServer(({ url = '' }, response) => {
    calls.push(url);
    const { pathname } = new URL(url, 'http://sms.test');
    if (pathname === '/v3/tasks')
      json(response, { count: tasks, tasks: Array.from({ length: tasks }, (_, index) => task(index)) });
    else if (/^\/v3\/tasks\/t-\d+$/.test(pathname)) json(response, task(Number(pathname.split('-').at(-1))));
    else if (pathname === '/v3/sources') json(response, { count: 0, source_servers: [] });
    else if (pathname.startsWith('/v3/sources/')) json(response, { id: pathname.split('/').at(-1), cpu_quantity: 4 });
    else answer(response, pathname);
  });
  return { origin, calls };
}

function limited(origin: string, requestLimits: Partial<RequestLimits> = {}, settings = {}): Gateway {
  return gatewayTo(origin, { requestLimits, ...settings });
}

const withToken = (headers: Record<string, string> = {}) => ({ 'x-auth-token': DEMO_TOKEN, ...headers });

/** The tasks of a page, and the errors without their messages. */
async function joined({ send }: Gateway, headers = withToken(), query = JOINED) {
  const { body } = await send(query, {}, headers);
  const { migrationTasks } = body.data as { migrationTasks: { nodes: { id: string; consistencyResults: unknown }[] } };
  const { nodes } = migrationTasks;
  return { nodes, read: nodes.filter(({ consistencyResults }) => consistencyResults !== null).length, ...body };
}

test('a request that needs more calls than its limit returns what was read, and one error', async () => {
  const { origin, calls } = await smsOf(20);
  const { body } = await limited(origin, { maxCalls: 8 }).send(UNFORESEEN);
  expect(calls).toHaveLength(8);
  // After the page of tasks and that of servers.
  const read = Array.from({ length: 20 }, (_, index) => ({
    id: `t-${index}`,
    sourceServer: { cpuQuantity: index < 6 ? 4 : null },
  }));
  expect(body).toEqual({
    data: { migrationTasks: { nodes: read } },
    errors: [
      {
        message:
          'The request needs more calls to SMS than its limit of 8. What was not read by then is null. Request less, such as smaller pages or fewer joins.',
        locations: expect.any(Array),
        path: ['migrationTasks', 'nodes', 6, 'sourceServer', 'cpuQuantity'],
        extensions: {
          type: 'SmsInvalidInputError',
          code: 'CALL_BUDGET_EXCEEDED',
          requestId: null,
          httpStatus: 400,
          kind: 'INVALID',
        },
      },
    ],
  });
});

test.each([
  ['a lower number', '5', 5],
  ['a higher number, which changes nothing', '500', 8],
])('X-Max-Calls may be %s', async (_, header, expected) => {
  const { origin, calls } = await smsOf(20);
  const { body } = await limited(origin, { maxCalls: 8 }).send(UNFORESEEN, {}, withToken({ 'x-max-calls': header }));
  expect(calls).toHaveLength(expected);
  expect(body.errors).toMatchObject([{ message: expect.stringContaining(` its limit of ${expected}. `) }]);
});

test.each(['', '0', '-1', '1.5', 'many', '1e3', '9999999999'])('X-Max-Calls of %o is rejected', async (header) => {
  const { origin, calls } = await smsOf(1);
  const { body } = await limited(origin).send(JOINED, {}, withToken({ 'x-max-calls': header }));
  expect(body).toMatchObject({
    data: null,
    errors: [
      {
        message: 'X-Max-Calls must be a positive integer, such as 500.',
        extensions: { type: 'SmsInvalidInputError', code: 'MAX_CALLS_MALFORMED' },
      },
    ],
  });
  expect(calls).toEqual([]);
});

test('a retry counts as a call', async () => {
  const origin = await httpServer((_, response) => json(response, {}, 503));
  const { waited, wait } = recordedWaits();
  const budget = new Budget({ ...REQUEST_LIMITS, maxCalls: 2 });
  const client = new SmsClient(upstreamTo(origin, { retries: 2, wait }), { ...FORWARDED, budget });
  expect(await errorOf(client.get('/v3/tasks'))).toMatchObject({ code: 'CALL_BUDGET_EXCEEDED' });
  expect(waited).toHaveLength(2);
});

test.each([
  [401, 'APIGW.0301', { type: 'SmsUnauthenticatedError', code: 'APIGW.0301', httpStatus: 401 }],
  [429, 'APIGW.0308', { type: 'SmsThrottledError', code: 'APIGW.0308', httpStatus: 429, retryAfter: 60 }],
])('the first %i ends all further calls of the request', async (status, error_code, extensions) => {
  const { origin, calls } = await smsOf(200, (response) =>
    json(response, { error_code, error_msg: 'No.' }, status, { 'retry-after': '60' }),
  );
  const { nodes, read, errors } = await joined(limited(origin), withToken(), JOINED.replace('20', '200'));
  expect({ nodes: nodes.length, read }).toEqual({ nodes: 200, read: 0 });
  expect(errors).toMatchObject([{ extensions }]);
  // The calls that were in progress at the same time.
  expect(calls.length).toBeLessThanOrEqual(1 + 16);
});

test('a 401 that is not about the token also ends all further calls, and is reported once', async () => {
  const { origin, calls } = await smsOf(200, (response) => json(response, { message: 'Who are you?' }, 401));
  const { errors } = await joined(limited(origin), withToken(), JOINED.replace('20', '200'));
  expect(errors).toMatchObject([{ extensions: { type: 'SmsUnavailableError', httpStatus: 401 } }]);
  expect(calls.length).toBeLessThanOrEqual(1 + 16);
});

test('an error about a single object ends no other call', async () => {
  const { origin, calls } = await smsOf(20, (response, path) =>
    path.includes('t-3/') ? json(response, { error_code: 'SMS.9004', error_msg: 'No.' }, 403) : good(response, path),
  );
  const { read, errors } = await joined(limited(origin));
  expect({ read, calls: calls.length }).toEqual({ read: 19, calls: 21 });
  expect(errors).toMatchObject([{ extensions: { type: 'SmsForbiddenError' } }]);
});

test('a write after a rejected token is not sent', async () => {
  const calls: string[] = [];
  const origin = await httpServer(({ url = '' }, response) => {
    calls.push(url);
    json(response, { error_code: 'APIGW.0301', error_msg: 'token expires' }, 401);
  });
  const { body } = await limited(origin).send(
    'mutation { a: deleteTask(input: { id: "t-1" }) { __typename } b: deleteTask(input: { id: "t-2" }) { __typename } }',
  );
  const rejected = { __typename: 'SmsUnauthenticatedError' };
  expect(body).toEqual({ data: { a: rejected, b: rejected } });
  expect(calls).toEqual(['/v3/tasks/t-1']);
});

test('a response has at most a hundred errors, and one that counts the rest', async () => {
  const { origin } = await smsOf(150, (response) => json(response, { error_code: 'SMS.9004', error_msg: 'No.' }, 403));
  const { errors = [] } = await joined(limited(origin), withToken(), JOINED.replace('20', '150'));
  expect(errors).toHaveLength(101);
  expect(errors.at(-1)).toEqual({
    message: '50 more errors are omitted.',
    extensions: { code: 'ERRORS_OMITTED', omitted: 50 },
  });
});

test('a request whose time is over returns what was read, and one error', async () => {
  const { origin, calls } = await smsOf(20, () => {});
  const { nodes, read, errors } = await joined(limited(origin, { requestTimeout: 300 }));
  expect({ names: nodes.map(({ id }) => id).length, read }).toEqual({ names: 20, read: 0 });
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('The request took longer than its limit of 300 ms.'),
      extensions: { type: 'SmsUnavailableError', code: 'TIMEOUT' },
    },
  ]);
  // The others were queued, and never sent.
  expect(calls.length).toBeLessThanOrEqual(1 + 16);
});

test('all work for a client ends when it disconnects, and no response is built', async () => {
  const held: ServerResponse[] = [];
  const { origin, calls } = await smsOf(200, (response) => void held.push(response));
  const lines: object[] = [];
  const log = {
    ...createLog('silent'),
    info: (line: object) => void lines.push(line),
    error: (line: object) => void lines.push(line),
  };
  const gateway = await servedGatewayTo(origin, {}, { log });
  const leaving = new AbortController();
  const left = post(gateway, { query: JOINED.replace('20', '200') }, {}, { signal: leaving.signal }).catch(
    () => 'left',
  );
  await expect.poll(() => held.length).toBeGreaterThan(8);
  leaving.abort();
  expect(await left).toBe('left');
  await expect.poll(() => held.filter(({ destroyed }) => !destroyed)).toEqual([]);
  await expect.poll(() => lines).toMatchObject([{ outcome: 'CLIENT_LEFT', left: true }]);
  // Only the page, and the calls that were in progress.
  expect(calls.length).toBe(1 + held.length);
  expect(held.length).toBeLessThanOrEqual(16);
});

test('what a request has read does not outlive its response', () => {
  const budget = new Budget();
  const [rows, result] = [[{ id: 't-1' }], ['t-1']];
  budget.emptyAtEnd(rows);
  budget.emptyAtEnd(result);
  expect([rows, result]).toEqual([[{ id: 't-1' }], ['t-1']]);
  budget.emptyLists();
  expect([rows, result]).toEqual([[], []]);
});

test('each event of a stream has a budget of its own', async () => {
  let looks = 0;
  const origin = await httpServer(({ url = '' }, response) => {
    if (url.endsWith('/consistency-result')) return json(response, RESULTS);
    looks += 1;
    json(response, { id: 't-1', name: `look ${looks}`, source_server: { id: 's-1' } });
  });
  const { listener } = limited(origin, { maxCalls: 1 }, { watches: taskWatches({ secondMs: 1 }) });
  const fields = 'name consistencyResults { checkResult } sourceServer { cpuQuantity }';
  const stream = await subscribe(listener, watchQuery('t-1', fields));
  for (const name of ['look 1', 'look 2'])
    expect(await stream.next()).toMatchObject({
      data: {
        migrationTask: {
          migrationTask: {
            name,
            consistencyResults: [{ checkResult: 'success' }],
            sourceServer: { cpuQuantity: null },
          },
        },
      },
      errors: [{ extensions: { code: 'CALL_BUDGET_EXCEEDED' } }],
    });
});
