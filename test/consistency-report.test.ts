/** The report: what the latest check of each task found, as rows and as a file. */
import { expect, it } from 'vitest';
import { READ_ONLY_TOKEN } from '../src/emulator/demo.ts';
import { BILLING_TASK, errorsOf, gatewayNow, kindsOf, LEGACY_TASK, NOBODY } from './ask.ts';
import { gatewayTo, httpServer, WEB_SERVER, WEB_TASK } from './harness.ts';
import { gatewayWith, REPORT, report } from './report.ts';

it('has a row for each directory of the latest check, and names the tasks that have none or fail', async () => {
  const gateway = await gatewayNow();
  const web = gateway.emulator.state.tasks.get(WEB_TASK);
  // The older of the two checks, which found differences, is the latest now.
  if (web?.results[0]) web.results[0].finished_time = 1_800_000_000_000;
  const row = {
    taskId: WEB_TASK,
    taskName: 'move-web-prod-01',
    sourceServerId: WEB_SERVER,
    sourceServerName: 'web-prod-01',
    finishedTime: '2027-01-15T08:00:00.000Z',
    checkResult: 'success',
  };
  expect(await report(gateway, [WEB_TASK, BILLING_TASK, NOBODY, WEB_TASK], 'CSV', READ_ONLY_TOKEN)).toEqual({
    fileName: 'consistency-report.csv',
    contentType: 'text/csv; charset=utf-8',
    text: [
      'taskId,taskName,sourceServerId,sourceServerName,finishedTime,checkResult,dirCheck,numTotalFiles,' +
        'numDifferentFiles,numTargetMissFiles,numTargetMoreFiles,consistent',
      ...['/srv/www,128450,7,3,0,false', '/etc,2210,12,0,4,false', '/opt/app,9034,0,0,0,true'].map(
        (directory) =>
          `${WEB_TASK},move-web-prod-01,${WEB_SERVER},web-prod-01,2027-01-15T08:00:00.000Z,success,${directory}`,
      ),
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
        consistent: false,
      },
      {
        ...row,
        dirCheck: '/etc',
        numTotalFiles: 2_210,
        numDifferentFiles: 12,
        numTargetMissFiles: 0,
        numTargetMoreFiles: 4,
        consistent: false,
      },
      {
        ...row,
        dirCheck: '/opt/app',
        numTotalFiles: 9_034,
        numDifferentFiles: 0,
        numTargetMissFiles: 0,
        numTargetMoreFiles: 0,
        consistent: true,
      },
    ],
    totals: {
      tasks: 3,
      tasksWithResults: 1,
      directories: 3,
      directoriesWithDifferences: 2,
      totalFiles: 139_694,
      differentFiles: 19,
      targetMissFiles: 3,
      targetMoreFiles: 4,
    },
    tasksWithoutResults: [{ id: BILLING_TASK }],
    failedTasks: [{ taskId: NOBODY, error: { __typename: 'SmsNotFoundError', code: 'SMS.2252' } }],
  });
});

it('is JSON where that is wanted, with the same names', async () => {
  const { text, contentType, fileName, rows } = await report(await gatewayNow(), [WEB_TASK], 'JSON');
  expect([fileName, contentType]).toEqual(['consistency-report.json', 'application/json']);
  expect(JSON.parse(text)).toEqual(rows);
});

it('is a heading alone where no task has results', async () => {
  const { text, rows, totals } = await report(await gatewayNow(), [LEGACY_TASK]);
  expect(text.split('\r\n')).toEqual([expect.stringMatching(/^taskId,/), '']);
  expect(rows).toEqual([]);
  expect(totals).toMatchObject({ tasks: 1, tasksWithResults: 0, totalFiles: 0 });
});

it('goes without the names that it may not read', async () => {
  const results = [{ consistency_result: [{ dir_check: '/srv' }] }];
  const { rows, failedTasks } = await report(await gatewayWith({ name: null, results }), ['t-1']);
  expect(rows).toMatchObject([{ taskId: 't-1', taskName: null, sourceServerName: null, dirCheck: '/srv' }]);
  expect(failedTasks).toEqual([]);
});

it('reads two thousand tasks, a call for each and ten for their names, sixteen at a time', async () => {
  const gateway = await gatewayNow({}, { servers: 2000 });
  const ids = [...gateway.emulator.state.tasks.keys()];
  const { totals, failedTasks, tasksWithoutResults } = await report(gateway, ids);
  const checked = [...gateway.emulator.state.tasks.values()].filter(({ results }) => results.length > 0);
  expect(totals).toMatchObject({ tasks: 2000, tasksWithResults: checked.length });
  expect(tasksWithoutResults).toHaveLength(2000 - checked.length);
  expect(failedTasks).toEqual([]);
  expect(kindsOf(gateway.emulator)).toEqual({
    'GET /v3/tasks': 10,
    'GET /v3/tasks/{id}/consistency-result': 2000,
  });
});

it('has sixteen calls under way at once, and no more', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const url = await httpServer((_, response) => {
    waiting.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    most = Math.max(most, waiting.length);
    // Nobody is answered until sixteen wait; from then on everybody is, once all that can come has come.
    if (most >= 16)
      setImmediate(() => {
        for (const answer of waiting.splice(0)) answer();
      });
  });
  const ids = Array.from({ length: 200 }, (_, index) => `t-${index}`);
  // A key that has not been proved yet would hold calls back.
  await report(gatewayTo(url, { auth: 'forward', key: null }, { connections: 64 }), ids);
  expect(most).toBe(16);
});

it('is refused for no task, for more than two thousand, and for an id that is too long', async () => {
  const gateway = await gatewayNow();
  const fields = async (taskIds: string[]) => {
    const [error] = errorsOf(await gateway.send(REPORT, { taskIds }));
    return error?.extensions['fields'];
  };
  const wrong = (message: string) => [{ path: ['taskIds'], message }];
  expect(await fields([])).toEqual(wrong('Has 0 items; 1 to 2000 are allowed.'));
  expect(await fields(Array.from({ length: 2001 }, () => WEB_TASK))).toEqual(
    wrong('Has 2001 items; 1 to 2000 are allowed.'),
  );
  expect(await fields(['x'.repeat(37)])).toEqual(wrong('Item 0 has more than 36 characters.'));
  expect(gateway.emulator.requests).toEqual([]);
});
