/** The limits on what one request may read, hold and return, and that others are served meanwhile. */
import { expect, onTestFinished, test } from 'vitest';

import { HeldBytes } from '../src/request/budget/held-bytes.ts';
import type { RequestLimits } from '../src/request/budget/request-budget.ts';

import { post, servedGatewayTo } from './support/gateway.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { startGatewayProcess } from './support/process.ts';

const idOf = (index: number) => `t-${index}`;
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => idOf(index));
const named = (count: number, field: string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');

interface Content {
  /** Directories of each consistency check. */
  rows?: number;
  /** Of each exported file. */
  file?: Buffer;
  /** Called with each response before it is sent. */
  before?: (path: string) => Promise<void> | void;
}

/** An SMS whose consistency checks and files are as large as the test wants. Its calls are recorded. */
async function largeSms({ rows = 1, file = Buffer.from('a,file'), before }: Content) {
  const calls: string[] = [];
  const directories = Array.from({ length: rows }, (_, row) => ({
    dir_check: `/srv/${row}`,
    num_total_files: 9,
    num_different_files: 0,
    num_target_miss_files: 0,
    num_target_more_files: 0,
  }));
  const check = { finished_time: 1_790_000_000_000, check_result: 'success', consistency_result: directories };
  const checks = JSON.stringify({ result_list: [JSON.stringify(check)] });
  const origin = await httpServer(async (request, response) => {
    const { url = '' } = request;
    calls.push(url);
    await request.resume().toArray();
    await before?.(url);
    const json = (text: string) => response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    if (url.endsWith('/export'))
      response
        .writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' })
        .end(file);
    else if (url.endsWith('/consistency-result')) json(checks);
    else json('{"count":0,"tasks":[],"waiting":7}');
  });
  return { origin, calls };
}

const limited = (origin: string, requestLimits: Partial<RequestLimits>) => gatewayTo(origin, { requestLimits });
const REPORT =
  'query ($t: [ID!]!) { overview { waiting } consistencyReport(taskIds: $t) { rows { taskId dirCheck verdict } } }';
const EXPORT = `mutation ($t: [ConsistencyTaskInput!]!) {
  exportConsistencyResults(input: { taskInfo: $t }) {
    ... on ExportConsistencyResultsSuccess { files { size base64 text } tasks { taskId } }
  }
}`;

test('a list that does not fit into the response is null as a whole, and one error says so', async () => {
  const { origin } = await largeSms({ rows: 500 });
  const { body } = await limited(origin, { maxResponseBytes: 20_000 }).send(REPORT, { t: idsOf(5) });
  expect(body).toEqual({
    data: { overview: { waiting: 7 }, consistencyReport: null },
    errors: [
      {
        message:
          'The response is larger than its limit of 20000 bytes. What has no room in it is null. Request less at once.',
        locations: expect.any(Array),
        path: expect.arrayContaining(['consistencyReport']),
        extensions: {
          type: 'SmsInvalidInputError',
          code: 'RESPONSE_TOO_LARGE',
          kind: 'INVALID',
          requestId: null,
          httpStatus: 413,
        },
      },
    ],
  });
});

test('the content of a file that does not fit into the response is null, without loss of the rest', async () => {
  const { origin } = await largeSms({ file: Buffer.alloc(80_000, 'x') });
  const { body } = await limited(origin, { maxResponseBytes: 120_000 }).send(EXPORT, { t: [{ taskId: 't-1' }] });
  expect(body).toMatchObject({
    data: {
      exportConsistencyResults: {
        files: [{ size: 80_000, base64: null, text: 'x'.repeat(80_000) }],
        tasks: [{ taskId: 't-1' }],
      },
    },
    errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE' } }],
  });
});

test('a long list is complete and in order', async () => {
  const { origin } = await largeSms({});
  const tasks = idsOf(10_000).map((taskId) => ({ taskId }));
  const { body } = await gatewayTo(origin).send(EXPORT, { t: tasks });
  expect(body.errors).toBeUndefined();
  expect(body.data?.['exportConsistencyResults']).toMatchObject({ tasks });
});

test('a report under twenty aliases is read once and written once', async () => {
  const { origin, calls } = await largeSms({ rows: 10 });
  const query = `query ($t: [ID!]!) { ${named(20, 'consistencyReport(taskIds: $t) { text totals { directories } }')} }`;
  const { body } = await gatewayTo(origin).send(query, { t: idsOf(50) });
  expect(body.errors).toBeUndefined();
  const reports = Object.values(body.data ?? {});
  expect(reports).toHaveLength(20);
  expect(new Set(reports.map((report) => JSON.stringify(report))).size).toBe(1);
  expect(calls.filter((path) => path.endsWith('/consistency-result'))).toHaveLength(50);
});

test('other requests are served while a long response is built', async () => {
  const order: string[] = [];
  const health: Promise<unknown>[] = [];
  let left = 100;
  const { origin } = await largeSms({
    rows: 500,
    before: (path) => {
      if (!path.endsWith('/consistency-result')) return;
      left -= 1;
      // After that, only the report and the response remain to be built.
      if (left === 0) health.push(fetch(`${gateway.url}/health`).then(() => order.push('health')));
    },
  });
  const gateway = await servedGatewayTo(origin);
  const response = await post(gateway, { query: REPORT, variables: { t: idsOf(100) } });
  const { data } = (await response.json()) as { data: { consistencyReport: { rows: unknown[] } } };
  order.push('report');
  await Promise.all(health);
  expect(data.consistencyReport.rows).toHaveLength(50_000);
  expect(order).toEqual(['health', 'report']);
});

test('a process with 256 MB of heap survives the most demanding requests', { timeout: 120_000 }, async () => {
  const { origin } = await largeSms({ rows: 50, file: Buffer.alloc(15_000_000, 'Task ID,Result\n') });
  const gateway = await startGatewayProcess({
    SMS_ENDPOINT: origin,
    LOG_LEVEL: 'silent',
    NODE_OPTIONS: '--max-old-space-size=256',
  });
  const reports = `query ($t: [ID!]!) { ${named(20, 'consistencyReport(taskIds: $t) { text rows { taskId dirCheck verdict } }')} }`;
  const files = 'files { size base64 text }';
  const exports = `mutation { ${named(20, `exportConsistencyResults(input: { taskInfo: [{ taskId: "t-1" }] }) { ... on ExportConsistencyResultsSuccess { ${files} } }`)} }`;
  for (const body of [{ query: reports, variables: { t: idsOf(1_000) } }, { query: exports }]) {
    const response = await post(gateway, body);
    expect(response.status).toBe(200);
    const { errors } = (await response.json()) as { errors: unknown };
    expect(errors).toMatchObject([{ extensions: { code: 'RESPONSE_TOO_LARGE' } }]);
  }
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
});

test.each([
  ['long files', 8, 8_000_000, '{"taskId":"00000000-0000-4000-8000-000000000001","numTotalFiles":128450}'],
  ['files that take 25 times their length', 96, 200_000, '[[[{}]]]'],
])('a process of 256 MB survives many requests for %s at once', { timeout: 60_000 }, async (_, count, bytes, item) => {
  const file = Buffer.from(`[${`${item},`.repeat(bytes / item.length)}null]`);
  const { origin } = await largeSms({ file });
  const gateway = await startGatewayProcess({
    SMS_ENDPOINT: origin,
    LOG_LEVEL: 'silent',
    NODE_OPTIONS: '--max-old-space-size=256',
  });
  const query = `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "t-1" }] }) { ... on ExportConsistencyResultsSuccess { files { json } } } }`;
  const codes = await Promise.all(
    Array.from({ length: count }, async (_, caller) => {
      const response = await post(gateway, { query }, { 'x-auth-token': `caller-${caller}` });
      const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
      return errors.map(({ extensions }) => extensions.code).join();
    }),
  );
  expect(new Set(codes)).toEqual(new Set(['', 'OVERLOADED']));
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
});

test('a request that reads too much returns what was read, and one error', async () => {
  const { origin, calls } = await largeSms({ rows: 100 });
  const { body } = await limited(origin, { maxReadBytes: 50_000 }).send(
    'query ($t: [ID!]!) { consistencyReport(taskIds: $t) { totals { tasks tasksWithResults } failedTasks { error { code } } } }',
    { t: idsOf(60) },
  );
  const { consistencyReport: report } = body.data as {
    consistencyReport: { totals: object; failedTasks: { error: { code: string } }[] };
  };
  expect(body.errors).toBeUndefined();
  const failed = report.failedTasks.map(({ error }) => error.code);
  expect(report.totals).toEqual({ tasks: 60, tasksWithResults: 60 - failed.length });
  expect(new Set(failed)).toEqual(new Set(['READ_BUDGET_EXCEEDED']));
  // The first few calls, and those that were in progress with them.
  expect(calls.length).toBeLessThan(40);
});

test('the memory that all requests hold together is bounded, and released at their end', async () => {
  const held = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { origin } = await largeSms({
    rows: 10_000,
    before: (path) => {
      if (!path.includes('overview')) return undefined;
      arrived.resolve();
      return held.promise;
    },
  });
  // More than one request holds, and less than two hold.
  const heldBytes = new HeldBytes(5 * 1024 ** 2);
  const gateway = await servedGatewayTo(origin, {}, { held: heldBytes });
  const report = 'consistencyReport(taskIds: ["t-1"]) { totals { directories } }';
  const codesOf = async (query: string) => {
    const { errors = [] } = (await (await post(gateway, { query })).json()) as { errors?: { extensions: object }[] };
    return errors.map(({ extensions }) => extensions);
  };
  // Until SMS has accepted the key, one call at a time is made.
  await codesOf('{ migrationTasks { totalCount } }');
  const first = codesOf(`{ ${report} overview { waiting } }`);
  await arrived.promise;
  await expect.poll(() => heldBytes.bytes, { timeout: 10_000 }).toBeGreaterThan(2 * 1024 ** 2);
  const overloaded = { type: 'SmsUnavailableError', code: 'OVERLOADED' };
  expect(await codesOf(`{ ${report} }`)).toMatchObject([overloaded]);
  expect(await codesOf('{ migrationTasks { totalCount } }')).toEqual([]);
  held.resolve();
  expect(await first).toEqual([]);
  expect(await codesOf(`{ ${report} }`)).toEqual([]);
});

test.each(['fast path', 'Yoga'])(
  'a query that was stopped waits for nothing more if the heap is full: %s',
  async (path) => {
    const never = Promise.withResolvers<void>();
    onTestFinished(() => never.resolve());
    const { origin } = await largeSms({
      rows: 10_000,
      before: (url) => (url.includes('overview') ? never.promise : undefined),
    });
    const held = new HeldBytes(1024 ** 2);
    const gateway = await servedGatewayTo(origin, {}, { held, fastPath: path === 'fast path' });
    const report = 'consistencyReport(taskIds: ["t-1"]) { totals { directories } }';
    await post(gateway, { query: '{ migrationTasks { totalCount } }' });
    let response: unknown = null;
    void post(gateway, { query: `{ ${report} overview { waiting } }` }).then(async (ended) => {
      response = await ended.json();
    });
    const collectGarbage = () => {
      held.adjust(2, 1);
      return response;
    };
    await expect.poll(collectGarbage, { timeout: 10_000 }).toEqual({
      data: null,
      errors: [
        {
          message: expect.any(String),
          extensions: expect.objectContaining({ code: expect.stringMatching(/^(OVERLOADED|RESPONSE_TOO_LARGE)$/) }),
        },
      ],
    });
    expect(held.bytes).toBe(0);
  },
);
