/** A row of the report: safe in a spreadsheet, and made of whatever SMS sends. */
import { expect, it } from 'vitest';
import { gatewayWith, report } from './report.ts';

const directory = { dir_check: '/srv', num_total_files: 1, num_different_files: 0 };
const whole = { ...directory, num_target_miss_files: 0, num_target_more_files: 0 };

it('does not say whether a directory is consistent where SMS leaves out a number', async () => {
  const results = [{ consistency_result: [directory, { ...directory, num_different_files: 2 }, whole] }];
  const { rows } = await report(await gatewayWith({ results }), ['t-1']);
  expect(rows.map(({ consistent }) => consistent)).toEqual([null, false, true]);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', '＝1+1'])(
  'is safe to open in a spreadsheet: %j',
  async (evil) => {
    const results = [{ check_result: evil, consistency_result: [{ ...whole, dir_check: evil }] }];
    const { text, rows } = await report(await gatewayWith({ name: evil, server: evil, results }), ['t-1']);
    expect(rows[0]).toMatchObject({ taskName: evil, sourceServerName: evil, checkResult: evil, dirCheck: evil });
    const cells = text.split('\r\n')[1] ?? '';
    expect(cells.match(/(^|,)"?[=+\-@\t\r＝]/)).toBeNull();
    expect(cells.split(`'${evil}`)).toHaveLength(5);
  },
);

it('keeps commas, quotes and line breaks within their cell', async () => {
  const results = [{ consistency_result: [{ ...whole, dir_check: 'a,"b"\nc' }] }];
  const { text } = await report(await gatewayWith({ results }), ['t-1']);
  expect(text).toContain(',"a,""b""\nc",');
});

it.each([
  ['a time that is none', [{ finished_time: 'soon', consistency_result: [whole] }]],
  ['a time out of range', [{ finished_time: 9e15, consistency_result: [whole] }]],
  ['results that are no list', [{ consistency_result: {} }]],
  ['a result that is a text', [{ consistency_result: ['x'] }]],
  ['a number that is a text', [{ consistency_result: [{ ...whole, num_total_files: 'many' }] }]],
])('of the wrong shape costs its task and no other: %s', async (_, results) => {
  const { rows, failedTasks } = await report(await gatewayWith({ results }), ['t-1']);
  expect(rows).toEqual([]);
  expect(failedTasks).toEqual([
    { taskId: 't-1', error: { __typename: 'SmsUnavailableError', code: 'INVALID_ANSWER' } },
  ]);
});

it('is made of the latest check, whether times come as numbers or as text', async () => {
  const check = (finished_time: unknown, dir_check: string) => ({
    finished_time,
    consistency_result: [{ dir_check }],
  });
  const results = [check(1_790_000_000_000, 'old'), check('2026-09-22T00:00:00Z', 'new'), check(null, 'never')];
  const { rows } = await report(await gatewayWith({ results }), ['t-1']);
  expect(rows).toMatchObject([{ dirCheck: 'new', finishedTime: '2026-09-22T00:00:00.000Z' }]);
});

it('is missing where SMS says something else than results', async () => {
  const { rows, tasksWithoutResults } = await report(await gatewayWith({ results: ['no check yet'] }), ['t-1']);
  expect([rows, tasksWithoutResults]).toEqual([[], [{ id: 't-1' }]]);
});
