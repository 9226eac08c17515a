/** The report on the latest check of each task, as rows and as a file. */
import { expect, it } from 'vitest';
import { READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import {
  BILLING_SERVER,
  BILLING_TASK,
  callCounts,
  DEMO_DATA,
  errorsOf,
  frozenGateway,
  INTRANET_TASK,
  LEGACY_SERVER,
  LEGACY_TASK,
  UNKNOWN_ID,
} from './support/ask.ts';
import { gatewayTo, httpServer, WEB_SERVER, WEB_TASK } from './support/harness.ts';
import { fetchReport, gatewayWithResults, REPORT } from './support/report.ts';

const DIRECTORIES = [
  {
    dir_check: '/srv/www',
    num_total_files: 128_450,
    num_different_files: 7,
    num_target_miss_files: 3,
    num_target_more_files: 0,
  },
  {
    dir_check: '/srv/wwww',
    num_total_files: 0,
    num_different_files: 0,
    num_target_miss_files: 0,
    num_target_more_files: 0,
  },
  {
    dir_check: '/opt/app',
    num_total_files: 9_034,
    num_different_files: 0,
    num_target_miss_files: 0,
    num_target_more_files: 0,
  },
];

it('has a row and a verdict for each directory, task and server, even without results', async () => {
  const gateway = await frozenGateway();
  const { tasks } = gateway.emulator.state;
  const web = tasks.get(WEB_TASK);
  if (web)
    web.results = [{ finished_time: 1_800_000_000_000, check_result: 'success', consistency_result: DIRECTORIES }];
  for (const id of [BILLING_TASK, LEGACY_TASK]) {
    const task = tasks.get(id);
    if (task)
      task.results =
        id === BILLING_TASK
          ? []
          : [{ finished_time: 1_800_000_000_000, check_result: 'failed', consistency_result: [] }];
  }
  const row = {
    taskId: WEB_TASK,
    taskName: 'move-web-prod-01',
    sourceServerId: WEB_SERVER,
    sourceServerName: 'web-prod-01',
    finishedTime: '2027-01-15T08:00:00.000Z',
    checkResult: 'success',
  };
  const nothing = {
    dirCheck: null,
    numTotalFiles: null,
    numDifferentFiles: null,
    numTargetMissFiles: null,
    numTargetMoreFiles: null,
    verdict: 'NOT_VERIFIED',
  };
  const unchecked = { finishedTime: null, checkResult: null, ...nothing };
  const billing = { sourceServerId: BILLING_SERVER, sourceServerName: 'billing-win' };
  const legacy = { sourceServerId: LEGACY_SERVER, sourceServerName: 'legacy-db' };
  const requested = [WEB_TASK, BILLING_TASK, LEGACY_TASK, UNKNOWN_ID, WEB_TASK];
  expect(await fetchReport(gateway, requested, 'CSV', READ_ONLY_TOKEN)).toEqual({
    verdict: 'DIFFERENT',
    reason: null,
    fileName: 'consistency-report.csv',
    contentType: 'text/csv; charset=utf-8',
    text: [
      '\uFEFFtaskId,taskName,sourceServerId,sourceServerName,finishedTime,checkResult,dirCheck,numTotalFiles,' +
        'numDifferentFiles,numTargetMissFiles,numTargetMoreFiles,verdict,reason',
      ...[
        '/srv/www,128450,7,3,0,DIFFERENT,',
        '/srv/wwww,0,0,0,0,NOT_VERIFIED,NO_FILES_FOUND',
        '/opt/app,9034,0,0,0,CONSISTENT,',
      ].map(
        (directory) =>
          `${WEB_TASK},move-web-prod-01,${WEB_SERVER},web-prod-01,2027-01-15T08:00:00.000Z,success,${directory}`,
      ),
      `${BILLING_TASK},move-billing-win,${BILLING_SERVER},billing-win,,,,,,,,NOT_VERIFIED,NO_RESULTS`,
      `${LEGACY_TASK},move-legacy-db,${LEGACY_SERVER},legacy-db,2027-01-15T08:00:00.000Z,failed,,,,,,NOT_VERIFIED,CHECK_FAILED`,
      `${UNKNOWN_ID},,,,,,,,,,,NOT_VERIFIED,READ_FAILED`,
      '',
    ].join('\r\n'),
    rows: [
      {
        ...row,
        dirCheck: '/srv/www',
        numTotalFiles: 128_450,
        numDifferentFiles: 7,
        numTargetMissFiles: 3,
        numTargetMoreFiles: 0,
        verdict: 'DIFFERENT',
        reason: null,
      },
      {
        ...row,
        dirCheck: '/srv/wwww',
        numTotalFiles: 0,
        numDifferentFiles: 0,
        numTargetMissFiles: 0,
        numTargetMoreFiles: 0,
        verdict: 'NOT_VERIFIED',
        reason: 'NO_FILES_FOUND',
      },
      {
        ...row,
        dirCheck: '/opt/app',
        numTotalFiles: 9_034,
        numDifferentFiles: 0,
        numTargetMissFiles: 0,
        numTargetMoreFiles: 0,
        verdict: 'CONSISTENT',
        reason: null,
      },
      { taskId: BILLING_TASK, taskName: 'move-billing-win', ...billing, ...unchecked, reason: 'NO_RESULTS' },
      {
        taskId: LEGACY_TASK,
        taskName: 'move-legacy-db',
        ...legacy,
        ...nothing,
        finishedTime: '2027-01-15T08:00:00.000Z',
        checkResult: 'failed',
        reason: 'CHECK_FAILED',
      },
      {
        taskId: UNKNOWN_ID,
        taskName: null,
        sourceServerId: null,
        sourceServerName: null,
        ...unchecked,
        reason: 'READ_FAILED',
      },
    ],
    tasks: [
      {
        taskId: WEB_TASK,
        verdict: 'DIFFERENT',
        reason: null,
        finishedTime: '2027-01-15T08:00:00.000Z',
        migrationTask: { id: WEB_TASK, name: 'move-web-prod-01' },
        sourceServer: { id: WEB_SERVER, name: 'web-prod-01' },
      },
      {
        taskId: BILLING_TASK,
        verdict: 'NOT_VERIFIED',
        reason: 'NO_RESULTS',
        finishedTime: null,
        migrationTask: { id: BILLING_TASK, name: 'move-billing-win' },
        sourceServer: { id: BILLING_SERVER, name: 'billing-win' },
      },
      {
        taskId: LEGACY_TASK,
        verdict: 'NOT_VERIFIED',
        reason: 'CHECK_FAILED',
        finishedTime: '2027-01-15T08:00:00.000Z',
        migrationTask: { id: LEGACY_TASK, name: 'move-legacy-db' },
        sourceServer: { id: LEGACY_SERVER, name: 'legacy-db' },
      },
      {
        taskId: UNKNOWN_ID,
        verdict: 'NOT_VERIFIED',
        reason: 'READ_FAILED',
        finishedTime: null,
        migrationTask: null,
        sourceServer: null,
      },
    ],
    servers: [
      { sourceServer: { id: WEB_SERVER, name: 'web-prod-01' }, verdict: 'DIFFERENT', reason: null },
      { sourceServer: { id: BILLING_SERVER, name: 'billing-win' }, verdict: 'NOT_VERIFIED', reason: 'NO_RESULTS' },
      { sourceServer: { id: LEGACY_SERVER, name: 'legacy-db' }, verdict: 'NOT_VERIFIED', reason: 'CHECK_FAILED' },
    ],
    totals: {
      tasks: 4,
      tasksWithResults: 2,
      consistentTasks: 0,
      differentTasks: 1,
      notVerifiedTasks: 3,
      directories: 3,
      consistentDirectories: 1,
      differentDirectories: 1,
      notVerifiedDirectories: 1,
      totalFiles: 137_484,
      differentFiles: 7,
      targetMissFiles: 3,
      targetMoreFiles: 0,
    },
    tasksWithoutResults: [{ id: BILLING_TASK }],
    failedTasks: [
      { taskId: UNKNOWN_ID, error: { __typename: 'SmsNotFoundError', code: expect.stringMatching(/^SMS\./) } },
    ],
  });
});

it.each([
  ['CONSISTENT', null, 'of every directory of every task', { 't-1': [run(0)], 't-2': [run(0)] }],
  ['DIFFERENT', null, 'of one directory, though a task was never checked', { 't-1': [run(1)], 't-2': [] }],
  ['NOT_VERIFIED', 'NO_RESULTS', 'of a task that was never checked', { 't-1': [run(0)], 't-2': [] }],
  ['NOT_VERIFIED', 'READ_FAILED', 'of a task that cannot be read', { 't-1': [run(0)], 't-2': {} }],
  ['NOT_VERIFIED', 'UNREADABLE', 'of a check that cannot be read', { 't-1': [run(0)], 't-2': ['success'] }],
])('is %s (%s) because %s', async (verdict, reason, _, results) => {
  const answered = await fetchReport(await gatewayWithResults({ resultsOf: results }), Object.keys(results));
  expect([answered.verdict, answered.reason]).toEqual([verdict, reason]);
  const { totals } = answered;
  expect(totals['tasks']).toBe(
    Number(totals['consistentTasks']) + Number(totals['differentTasks']) + Number(totals['notVerifiedTasks']),
  );
});

it("takes the worst verdict of a server's tasks as the verdict on the server", async () => {
  const { servers } = await fetchReport(await gatewayWithResults({ resultsOf: { 't-1': [run(0)], 't-2': [run(1)] } }), [
    't-1',
    't-2',
  ]);
  expect(servers).toEqual([{ sourceServer: { id: 's-1', name: 'server' }, verdict: 'DIFFERENT', reason: null }]);
});

it('does not count a task whose check failed or cannot be read as a task without results', async () => {
  const results = {
    't-1': [{ check_result: 'failed' }],
    't-2': [null],
    't-3': ['{"finished_time'],
    't-4': [{}],
    't-5': [],
  };
  const { rows, tasksWithoutResults, failedTasks } = await fetchReport(
    await gatewayWithResults({ resultsOf: results }),
    Object.keys(results),
  );
  expect(rows.map(({ taskId, dirCheck, verdict, reason }) => [taskId, dirCheck, verdict, reason])).toEqual([
    ['t-1', null, 'NOT_VERIFIED', 'CHECK_FAILED'],
    ['t-2', null, 'NOT_VERIFIED', 'UNREADABLE'],
    ['t-3', null, 'NOT_VERIFIED', 'UNREADABLE'],
    ['t-4', null, 'NOT_VERIFIED', 'CHECK_RESULT_MISSING'],
    ['t-5', null, 'NOT_VERIFIED', 'NO_RESULTS'],
  ]);
  expect([tasksWithoutResults, failedTasks]).toEqual([[{ id: 't-5' }], []]);
});

it('has a row for a directory that the latest check left open, with the time of the earlier check', async () => {
  const results = [run(3, '/srv', 1_790_000_000_000), run(0, '/opt', 1_800_000_000_000)];
  const { rows, verdict, reason } = await fetchReport(await gatewayWithResults({ results }), ['t-1']);
  expect([verdict, reason]).toEqual(['NOT_VERIFIED', 'NOT_CHECKED_AGAIN']);
  expect(
    rows.map(({ dirCheck, finishedTime, numDifferentFiles, reason }) => [
      dirCheck,
      finishedTime,
      numDifferentFiles,
      reason,
    ]),
  ).toEqual([
    ['/opt', '2027-01-15T08:00:00.000Z', 0, null],
    ['/srv', '2026-09-21T14:13:20.000Z', 3, 'NOT_CHECKED_AGAIN'],
  ]);
});

it('is JSON with the same names if the format is JSON', async () => {
  const { text, contentType, fileName, rows } = await fetchReport(await frozenGateway(), [WEB_TASK], 'JSON');
  expect([fileName, contentType]).toEqual(['consistency-report.json', 'application/json']);
  expect(JSON.parse(text)).toEqual(rows);
});

it('leaves out names that the caller may not read', async () => {
  const results = [{ consistency_result: [{ dir_check: '/srv' }] }];
  const { rows, tasks, servers, failedTasks } = await fetchReport(await gatewayWithResults({ name: null, results }), [
    't-1',
  ]);
  expect(rows).toMatchObject([{ taskId: 't-1', taskName: null, sourceServerName: null, dirCheck: '/srv' }]);
  expect([tasks, servers]).toEqual([
    [expect.objectContaining({ taskId: 't-1', migrationTask: null, sourceServer: null })],
    [],
  ]);
  expect(failedTasks).toEqual([]);
});

it('reads 2,000 tasks with one call for each and ten for their names', async () => {
  const gateway = await frozenGateway({}, { servers: 2000 });
  const ids = [...gateway.emulator.state.tasks.keys()];
  const { totals, failedTasks, tasksWithoutResults } = await fetchReport(gateway, ids);
  const checked = [...gateway.emulator.state.tasks.values()].filter(({ results }) => results.length > 0);
  expect(totals).toMatchObject({ tasks: 2000, tasksWithResults: checked.length });
  expect(tasksWithoutResults).toHaveLength(2000 - checked.length);
  expect(failedTasks).toEqual([]);
  expect(callCounts(gateway.emulator)).toEqual({
    'GET /v3/tasks': 10,
    'GET /v3/tasks/{id}/consistency-result': 2000,
  });
});

it('makes at most sixteen calls at the same time', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const url = await httpServer((_, response) => {
    waiting.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    most = Math.max(most, waiting.length);
    // No call gets a response until sixteen wait. After that every call does, once no more can arrive.
    if (most >= 16)
      setImmediate(() => {
        for (const answer of waiting.splice(0)) answer();
      });
  });
  const ids = Array.from({ length: 200 }, (_, index) => `t-${index}`);
  // Without a key, because calls with a new key are sent one at a time.
  await fetchReport(gatewayTo(url, { auth: 'forward', key: null }, { connections: 64 }), ids);
  expect(most).toBe(16);
});

it('is rejected for no task, for more than 2,000 tasks, and for an id that is too long', async () => {
  const gateway = await frozenGateway();
  const fields = async (taskIds: string[]) => {
    const [error] = errorsOf(await gateway.send(REPORT, { taskIds }));
    return error?.extensions['fields'];
  };
  const wrong = (message: string) => [{ path: ['taskIds'], message }];
  expect(await fields([])).toEqual(wrong('Has 0 items; must have 1 to 2000.'));
  expect(await fields(Array.from({ length: 2001 }, () => WEB_TASK))).toEqual(
    wrong('Has 2001 items; must have 1 to 2000.'),
  );
  expect(await fields(['x'.repeat(37)])).toEqual(wrong('Item 0 has more than 36 characters.'));
  expect(gateway.emulator.requests).toEqual([]);
});

/** A check of one directory in which this many files differ. */
function run(num_different_files: number, dir_check = '/srv', finished_time = 1_790_000_000_000) {
  const counts = { num_total_files: 10, num_different_files, num_target_miss_files: 0, num_target_more_files: 0 };
  return { finished_time, check_result: 'success', consistency_result: [{ dir_check, ...counts }] };
}

it.each<
  [
    verdict: string,
    task: string,
    name: string,
    rows: [directory: string | null, verdict: string, reason: string | null][],
  ]
>([
  [
    'CONSISTENT',
    'b1d7f3a9-5e2c-4086-9f4d-c8a6e0b2d407',
    'wiki-01',
    [
      ['/srv/wiki', 'CONSISTENT', null],
      ['/opt/wiki', 'CONSISTENT', null],
    ],
  ],
  [
    'DIFFERENT',
    '4c8e2a7f-9b13-4d65-8e0a-b7d3f1c5a206',
    'shop-web',
    [
      ['/srv/shop', 'DIFFERENT', null],
      ['/opt/shop', 'CONSISTENT', null],
    ],
  ],
  [
    'NOT_VERIFIED',
    '2f9c6d80-7a4e-4b35-a1c8-d5e3b7f09608',
    'mail-store',
    [
      ['/srv/mail', 'NOT_VERIFIED', 'TOO_MANY_FILES'],
      ['/srv/mial', 'NOT_VERIFIED', 'NO_FILES_FOUND'],
      ['/opt/mail', 'CONSISTENT', null],
    ],
  ],
  ['NOT_VERIFIED', '8a0e5b93-1c6f-4d72-8b9d-f4c7a2e6d809', 'crm-app', [['/srv/crm', 'NOT_VERIFIED', 'CHECK_FAILED']]],
  ['NOT_VERIFIED', INTRANET_TASK, 'intranet-app', [[null, 'NOT_VERIFIED', 'NO_RESULTS']]],
])('is %s for a task of the demo data', async (verdict, task, name, rows) => {
  for (const form of ['texts', 'objects'] as const) {
    const gateway = await frozenGateway({}, DEMO_DATA);
    gateway.emulator.setResultForm(form);
    const found = await fetchReport(gateway, [task], 'JSON');
    expect(found).toMatchObject({
      verdict,
      rows: rows.map(([dirCheck, of, reason]) => ({ sourceServerName: name, dirCheck, verdict: of, reason })),
    });
  }
});
