/** The rows of the report, whatever SMS sends. */
import { expect, it } from 'vitest';
import { gatewayWithResponse } from './support/ask.ts';
import { fetchReport, gatewayWithResults } from './support/report.ts';

const whole = {
  dir_check: '/srv',
  num_total_files: 1,
  num_different_files: 0,
  num_target_miss_files: 0,
  num_target_more_files: 0,
};

it.each([
  ['no list of results', undefined],
  ['null instead of results', null],
  ['a string instead of results', '[]'],
  ['an object instead of results', {}],
])('are missing only for a task for which SMS sends %s', async (_, results) => {
  const gateway = await gatewayWithResults({ resultsOf: { 't-1': [{ consistency_result: [whole] }] }, results });
  const { rows, failedTasks, tasksWithoutResults } = await fetchReport(gateway, ['t-1', 't-2']);
  expect(rows).toMatchObject([
    { taskId: 't-1' },
    { taskId: 't-2', dirCheck: null, verdict: 'NOT_VERIFIED', reason: 'READ_FAILED' },
  ]);
  expect(failedTasks).toEqual([
    { taskId: 't-2', error: { __typename: 'SmsUnavailableError', code: 'INVALID_ANSWER' } },
  ]);
  expect(tasksWithoutResults).toEqual([]);
});

it('are missing if SMS sends the results of another task', async () => {
  const body = JSON.stringify({
    task_id: 't-2',
    result_list: [{ check_result: 'success', consistency_result: [whole] }],
  });
  const { rows, failedTasks } = await fetchReport(await gatewayWithResponse(body), ['t-1']);
  expect(rows).toMatchObject([{ taskId: 't-1', verdict: 'NOT_VERIFIED', reason: 'READ_FAILED' }]);
  expect(failedTasks).toMatchObject([{ taskId: 't-1', error: { code: 'INVALID_ANSWER' } }]);
});

it('are those of the latest check, whether SMS sends times as numbers or as strings', async () => {
  const check = (finished_time: unknown, num_total_files: number) => ({
    finished_time,
    check_result: 'success',
    consistency_result: [{ ...whole, num_total_files }],
  });
  const results = [check(1_790_000_000_000, 1), check('2026-09-22T00:00:00Z', 2), check(1_789_000_000, 3)];
  const { rows } = await fetchReport(await gatewayWithResults({ results }), ['t-1']);
  expect(rows).toMatchObject([{ numTotalFiles: 2, finishedTime: '2026-09-22T00:00:00.000Z' }]);
});
