/** The rules of the verdicts: for one directory, one check, and several checks of a task, whatever SMS sends. */
import { constantFrom, assert as holds, oneof, property, record, anything as something } from 'fast-check';
import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { directoryResult, REASONS } from '../src/sms/operations/consistency-verdict.ts';
import { ask, callCounts, frozenGateway, gatewayWithResponse } from './support/ask.ts';
import { WEB_SERVER } from './support/harness.ts';
import { gatewayWithResults } from './support/report.ts';

const EQUAL = {
  dir_check: '/srv/www',
  num_total_files: 128_450,
  num_different_files: 0,
  num_target_miss_files: 0,
  num_target_more_files: 0,
};
const DAY = 86_400_000;
const MONDAY = 1_790_004_800_000;

const run = (directories: unknown, more: object = {}) => ({
  finished_time: MONDAY,
  check_result: 'success',
  consistency_result: directories,
  ...more,
});

/** `CONSISTENT`, `DIFFERENT`, or the reason why not verified. */
function short({ verdict, reason }: { verdict: string; reason: string | null }): string {
  if ((verdict === 'NOT_VERIFIED') === (reason === null)) throw new Error(`${verdict} with the reason ${reason}`);
  return reason ?? verdict;
}

describe('a directory', () => {
  it.each<[string, string, object, unknown]>([
    ['CONSISTENT', 'if all counts are equal', {}, 'success'],
    ['CONSISTENT', 'with a single file', { num_total_files: 1 }, 'success'],
    ['CONSISTENT', 'with one file less than SMS compares', { num_total_files: 999_999 }, 'success'],
    ['CONSISTENT', 'when counts are decimal digits', { num_total_files: '12', num_different_files: '0' }, 'success'],
    ['DIFFERENT', 'when a file differs', { num_different_files: 1 }, 'success'],
    ['DIFFERENT', 'when the target misses a file', { num_target_miss_files: 1 }, 'success'],
    ['DIFFERENT', 'when the target has an extra file', { num_target_more_files: 1 }, 'success'],
    ['DIFFERENT', 'when a count in a string says so', { num_different_files: '3' }, 'success'],
    ['DIFFERENT', 'when only the target has files', { num_total_files: 0, num_target_more_files: 4 }, 'success'],
    [
      'DIFFERENT',
      'beyond the files that SMS compares',
      { num_total_files: 1_000_000, num_different_files: 1 },
      'success',
    ],
    ['DIFFERENT', 'when another count is missing', { num_total_files: null, num_different_files: 1 }, 'success'],
    ['DIFFERENT', 'when another count is unreadable', { num_total_files: -1, num_different_files: 1 }, 'success'],
    ['DIFFERENT', 'when the check failed after a difference', { num_different_files: 1 }, 'failed'],
    ['NO_FILES_FOUND', 'without a file', { num_total_files: 0 }, 'success'],
    ['NO_FILES_FOUND', 'without a file, with a count in a string', { num_total_files: '0' }, 'success'],
    ['TOO_MANY_FILES', 'with as many files as SMS compares', { num_total_files: 1_000_000 }, 'success'],
    ['TOO_MANY_FILES', 'with more', { num_total_files: 1_000_001 }, 'success'],
    ['COUNT_MISSING', 'without a total', { num_total_files: null }, 'success'],
    ['COUNT_MISSING', 'without a count of differences', { num_different_files: undefined }, 'success'],
    ['COUNT_MISSING', 'with an empty count', { num_target_miss_files: '' }, 'success'],
    ['COUNT_MISSING', 'without the last count', { num_target_more_files: null }, 'success'],
    ['UNREADABLE', 'with a negative total', { num_total_files: -5 }, 'success'],
    ['UNREADABLE', 'with a negative difference', { num_different_files: -1 }, 'success'],
    ['UNREADABLE', 'with a fraction', { num_different_files: 0.4 }, 'success'],
    ['UNREADABLE', 'with words', { num_target_miss_files: 'none' }, 'success'],
    ['UNREADABLE', 'with a number in another notation', { num_different_files: '0x0' }, 'success'],
    ['UNREADABLE', 'with a boolean', { num_different_files: false }, 'success'],
    ['UNREADABLE', 'with a list', { num_different_files: [] }, 'success'],
    ['UNREADABLE', 'with a count beyond int32', { num_total_files: 2 ** 31 }, 'success'],
    ['UNREADABLE', 'with no name', { dir_check: null }, 'success'],
    ['UNREADABLE', 'with a blank name', { dir_check: ' ' }, 'success'],
    ['CHECK_FAILED', 'of a failed check', {}, 'failed'],
    ['CHECK_FAILED', 'of a check with an outcome that is not documented', {}, 'SUCCESS'],
    ['CHECK_FAILED', 'of a check with an outcome that only resembles success', {}, 'success '],
    ['CHECK_FAILED', 'of a failed check that counted nothing', { num_total_files: 0 }, 'error'],
    ['CHECK_RESULT_MISSING', 'of a check without an outcome', {}, null],
    ['CHECK_RESULT_MISSING', 'of a check with an empty outcome', {}, ''],
    ['CHECK_RESULT_MISSING', 'of a check whose outcome is not a text', {}, true],
  ])('is %s %s', async (verdict, _, changes, check_result) => {
    const [check] = await checks([run([{ ...EQUAL, ...changes }], { check_result })]);
    expect(check?.directories).toEqual([verdict]);
    expect(check?.check).toBe(verdict);
  });

  it.each([null, 'x', 7, [], {}])('is UNREADABLE when its entry is %j', async (entry) => {
    expect(await checks([run([EQUAL, entry])])).toEqual([
      { check: 'UNREADABLE', directories: ['CONSISTENT', 'UNREADABLE'] },
    ]);
  });

  it('has null for a count that cannot be read', async () => {
    const query =
      '{ consistencyResults(taskId: "t-1") { consistencyResult { dirCheck numTotalFiles numDifferentFiles } } }';
    const gateway = await gatewayWithResults({ results: [run([{ ...EQUAL, num_total_files: 'many' }])] });
    expect(await ask(gateway, query)).toEqual({
      consistencyResults: [
        { consistencyResult: [{ dirCheck: '/srv/www', numTotalFiles: null, numDifferentFiles: 0 }] },
      ],
    });
  });

  it('is CONSISTENT only if every condition is met, whatever SMS sends', () => {
    const count = oneof(constantFrom<unknown>(0, 1, '0', 999_999, 1_000_000, null, undefined, -0, ''), something());
    const entry = record({
      dir_check: oneof(constantFrom<unknown>('/srv', '', null), something()),
      num_total_files: count,
      num_different_files: count,
      num_target_miss_files: count,
      num_target_more_files: count,
    });
    const outcome = constantFrom('success', 'failed', '', null, 'Success');
    holds(
      property(entry, outcome, (sent, checkResult) => {
        const { verdict } = directoryResult(sent, checkResult);
        const isZero = (value: unknown) => value === 0 || value === '0';
        const isKept =
          checkResult === 'success' &&
          typeof sent.dir_check === 'string' &&
          sent.dir_check.trim() !== '' &&
          /^[1-9]\d{0,5}$/.test(
            ['number', 'string'].includes(typeof sent.num_total_files) ? `${sent.num_total_files}` : '',
          ) &&
          [sent.num_different_files, sent.num_target_miss_files, sent.num_target_more_files].every(isZero);
        return (verdict === 'CONSISTENT') === isKept;
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a check', () => {
  it.each<[string, string, unknown]>([
    ['CONSISTENT', 'if every directory is CONSISTENT', run([EQUAL, { ...EQUAL, dir_check: '/opt' }])],
    ['CONSISTENT', 'as an object', run([EQUAL])],
    ['CONSISTENT', 'in a string', JSON.stringify(run([EQUAL]))],
    ['CONSISTENT', 'in a string within a string', JSON.stringify(JSON.stringify(run([EQUAL])))],
    ['CONSISTENT', 'with its directories in a string', run(JSON.stringify([EQUAL]))],
    ['CONSISTENT', 'with each directory in a string', run([JSON.stringify(EQUAL)])],
    [
      'DIFFERENT',
      'when one directory differs and another is not verified',
      run([{ ...EQUAL, num_different_files: 1 }, null]),
    ],
    ['TOO_MANY_FILES', 'when one directory has too many files', run([EQUAL, { ...EQUAL, num_total_files: 1_000_000 }])],
    ['NO_DIRECTORIES', 'when it lists none', run([])],
    ['NO_DIRECTORIES', 'when its list is null', run(null)],
    ['NO_DIRECTORIES', 'when it has no list', { check_result: 'success' }],
    ['CHECK_FAILED', 'when it failed before the first directory', run([], { check_result: 'failed' })],
    ['CHECK_RESULT_MISSING', 'when it is an empty object', {}],
    ['UNREADABLE', 'when its list is an object', run({ 0: EQUAL })],
    ['UNREADABLE', 'when its list is a word', run('none')],
    ['UNREADABLE', 'when it is null', null],
    ['UNREADABLE', 'when it is an empty string', ''],
    ['UNREADABLE', 'when it is only the word success', 'success'],
    ['UNREADABLE', 'when it is a number', 1],
    ['UNREADABLE', 'when it is a list', [run([EQUAL])]],
    ['UNREADABLE', 'when its JSON is truncated', JSON.stringify(run([EQUAL])).slice(0, -2)],
  ])('is %s %s', async (verdict, _, entry) => {
    const [check, ...others] = await checks([entry]);
    expect([check?.check, others]).toEqual([verdict, []]);
    expect(await latest([entry])).toMatchObject({ verdict });
  });

  it('has the worse verdict in both entries of a directory that it lists twice', async () => {
    const twice = [
      EQUAL,
      { ...EQUAL, dir_check: '/srv/www/', num_target_miss_files: 2 },
      { ...EQUAL, dir_check: '/opt' },
    ];
    expect(await checks([run(twice)])).toEqual([
      { check: 'DIFFERENT', directories: ['DIFFERENT', 'DIFFERENT', 'CONSISTENT'] },
    ]);
  });

  it('has the beginning of an unreadable result as its outcome', async () => {
    const query =
      '{ consistencyResults(taskId: "t-1") { finishedTime checkResult consistencyResult { dirCheck } reason } }';
    const gateway = await gatewayWithResults({ results: [`no check yet${'.'.repeat(70_000)}`] });
    const { consistencyResults } = await ask<{ consistencyResults: object[] }>(gateway, query);
    expect(consistencyResults).toEqual([
      {
        finishedTime: null,
        checkResult: `no check yet${'.'.repeat(243)}`,
        consistencyResult: null,
        reason: 'UNREADABLE',
      },
    ]);
  });
});

it('the schema lists the reasons in the order of their rank, so that clients know which of several is reported', () => {
  const reasons = buildSchema().getType('NotVerifiedReason');
  expect(isEnumType(reasons) && reasons.getValues().map(({ name }) => name)).toEqual(REASONS);
});

describe('the latest check', () => {
  const later = { finished_time: MONDAY + DAY };
  const different = [{ ...EQUAL, num_different_files: 1 }];

  it.each<[string, string, unknown[]]>([
    ['CONSISTENT', 'is the one that ended last, whatever the order', [run([EQUAL], later), run(different)]],
    ['DIFFERENT', 'is the one that ended last, also when it found a difference', [run(different, later), run([EQUAL])]],
    [
      'CHECK_FAILED',
      'is a failed one, though an earlier one succeeded',
      [run([EQUAL]), run([], { ...later, check_result: 'failed' })],
    ],
    ['CONSISTENT', 'is the one after a failed one', [run([EQUAL], later), run([EQUAL], { check_result: 'failed' })]],
    ['UNREADABLE', 'may be one that cannot be read', [run([EQUAL], later), '{"finished_time": 17900']],
    ['UNREADABLE', 'may be one that is null', [null, run([EQUAL], later)]],
    ['DIFFERENT', 'is the worse of two with one time', [run([EQUAL]), run(different)]],
    ['DIFFERENT', 'is the worse of two with one time, in the other order', [run(different), run([EQUAL])]],
    ['DIFFERENT', 'may be one without a time', [run([EQUAL], later), run(different, { finished_time: null })]],
    [
      'DIFFERENT',
      'may be one whose time is not valid',
      [run([EQUAL], later), run(different, { finished_time: 'soon' })],
    ],
    [
      'DIFFERENT',
      'may be one whose time is out of range',
      [run([EQUAL], later), run(different, { finished_time: 9e15 })],
    ],
    ['DIFFERENT', 'may be one whose time is 0', [run([EQUAL], later), run(different, { finished_time: 0 })]],
    [
      'CONSISTENT',
      'is found by a time in digits',
      [run([EQUAL], { finished_time: String(MONDAY + DAY) }), run(different)],
    ],
    [
      'CONSISTENT',
      'is found by a time in seconds',
      [run([EQUAL], { finished_time: (MONDAY + DAY) / 1000 }), run(different)],
    ],
    [
      'CONSISTENT',
      'is found by a time in words',
      [run([EQUAL], { finished_time: '2026-09-22T15:33:20Z' }), run(different)],
    ],
  ])('%s: %s', async (verdict, _, results) => {
    expect(await latest(results)).toMatchObject({ verdict });
  });

  const opt = { ...EQUAL, dir_check: '/opt/app' };
  it.each<[string, string, unknown[], unknown[]]>([
    ['CONSISTENT', 'was consistent in an earlier check', [EQUAL, opt], [opt]],
    ['NOT_CHECKED_AGAIN', 'was different in an earlier check', [...different, opt], [opt]],
    ['NOT_CHECKED_AGAIN', 'was too large in an earlier check', [{ ...EQUAL, num_total_files: 1_000_000 }], [opt]],
    ['CONSISTENT', 'is inside one that is checked', different, [{ ...EQUAL, dir_check: '/srv/' }]],
    ['CONSISTENT', 'is inside the root, which is checked', different, [{ ...EQUAL, dir_check: '/' }]],
    [
      'NOT_CHECKED_AGAIN',
      'is beside a checked one whose name is a prefix of its name',
      different,
      [{ ...EQUAL, dir_check: '/srv/w' }],
    ],
    [
      'NOT_CHECKED_AGAIN',
      'has a path that leads out of the checked one',
      [{ ...EQUAL, dir_check: '/srv/../etc', num_different_files: 1 }],
      [{ ...EQUAL, dir_check: '/srv' }],
    ],
    [
      'CONSISTENT',
      'is inside one that is checked, on Windows',
      [{ ...EQUAL, dir_check: 'D:\\data\\mail', num_different_files: 1 }],
      [{ ...EQUAL, dir_check: 'D:\\data' }],
    ],
  ])('is %s if the directory that it omits %s', async (verdict, _, before, now) => {
    expect(await latest([run(before), run(now, later)])).toMatchObject({ verdict });
  });

  it('shows an open directory after its own, with the counts of the earlier check', async () => {
    expect(await latest([run([...different, opt]), run([opt], later)])).toEqual({
      verdict: 'NOT_CHECKED_AGAIN',
      finishedTime: '2026-09-22T15:33:20.000Z',
      checkResult: 'success',
      directories: [
        { dirCheck: '/opt/app', numDifferentFiles: 0, verdict: 'CONSISTENT', reason: null },
        { dirCheck: '/srv/www', numDifferentFiles: 1, verdict: 'NOT_VERIFIED', reason: 'NOT_CHECKED_AGAIN' },
      ],
    });
  });

  it('of a server is that of its current task, and costs only the call for the results', async () => {
    const gateway = await frozenGateway();
    const query = `query ($id: ID!) {
      sourceServer(id: $id) {
        latestConsistencyCheck { verdict }
        currentTask { latestConsistencyCheck { verdict } consistencyResults { verdict } }
      }
    }`;
    const { sourceServer } = await ask<{ sourceServer: Record<string, unknown> }>(gateway, query, { id: WEB_SERVER });
    const check = { verdict: expect.any(String) };
    expect(sourceServer).toEqual({
      latestConsistencyCheck: check,
      currentTask: { latestConsistencyCheck: check, consistencyResults: expect.arrayContaining([check]) },
    });
    expect(callCounts(gateway.emulator)).toEqual({
      'GET /v3/sources/{id}': 1,
      'GET /v3/tasks/{id}/consistency-result': 1,
    });
  });

  it('is null for a server without a task', async () => {
    const gateway = await gatewayWithResponse('{"id": "s-1", "current_task": null}');
    const query = '{ sourceServer(id: "s-1") { latestConsistencyCheck { verdict } } }';
    expect(await ask(gateway, query)).toEqual({ sourceServer: { latestConsistencyCheck: null } });
  });

  it('is null for a task that was never checked', async () => {
    expect(await latest([])).toBeNull();
  });
});

/** The verdicts on each check and its directories. */
async function checks(results: unknown[]) {
  const query = '{ consistencyResults(taskId: "t-1") { verdict reason consistencyResult { verdict reason } } }';
  type Assessed = Parameters<typeof short>[0];
  const found = await ask<{ consistencyResults: (Assessed & { consistencyResult: Assessed[] | null })[] }>(
    await gatewayWithResults({ results }),
    query,
  );
  return found.consistencyResults.map((check) => ({
    check: short(check),
    directories: check.consistencyResult?.map(short) ?? null,
  }));
}

async function latest(results: unknown[]) {
  const query = `{ migrationTask(id: "t-1") { latestConsistencyCheck {
    verdict reason finishedTime checkResult directories { dirCheck numDifferentFiles verdict reason }
  } } }`;
  type Latest = Parameters<typeof short>[0] & { directories: object[] };
  const found = await ask<{ migrationTask: { latestConsistencyCheck: Latest | null } }>(
    await gatewayWithResults({ results }),
    query,
  );
  const check = found.migrationTask.latestConsistencyCheck;
  if (!check) return null;
  const { reason: _, ...rest } = check;
  return { ...rest, verdict: short(check) };
}
