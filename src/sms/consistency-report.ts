import { stringify } from 'csv-stringify/sync';
import type { SmsClient } from './client.ts';
import { type ConsistencyCheck, consistencyChecks, type DirectoryResult } from './consistency-checks.ts';
import type { Entities, Entity } from './entities.ts';
import { SmsRefused, SmsUnreachable } from './errors.ts';

/** What the latest check of a task found in one directory. */
export interface ReportRow extends Required<DirectoryResult> {
  task_id: string;
  task_name: string | null;
  source_server_id: string | null;
  source_server_name: string | null;
  finished_time: number | null;
  check_result: string | null;
  consistent: boolean | null;
}

export interface ConsistencyReport {
  rows: ReportRow[];
  totals: ReportTotals;
  tasks_without_results: { id: string }[];
  failed: { taskId: string; error: SmsRefused | SmsUnreachable }[];
}

export interface ReportTotals {
  tasks: number;
  tasks_with_results: number;
  directories: number;
  directories_with_differences: number;
  total_files: number;
  different_files: number;
  target_miss_files: number;
  target_more_files: number;
}

/** Reads the consistency checks of many tasks: a row a task and directory, the tasks that have none, and those that failed. */
export async function consistencyReport(
  sms: SmsClient,
  entities: Entities,
  taskIds: readonly string[],
): Promise<ConsistencyReport> {
  const distinct = [...new Set(taskIds)];
  const read = await Promise.all(
    distinct.map(async (id) => {
      try {
        const [checks, task] = await Promise.all([
          consistencyChecks(sms, id),
          nameless(entities.MigrationTask.brief(id)),
        ]);
        return { id, rows: rowsOf(id, task, latestOf(checks)) };
      } catch (error) {
        if (error instanceof SmsRefused || error instanceof SmsUnreachable) return { id, rows: [], error };
        throw error;
      }
    }),
  );
  const rows = read.flatMap((task) => task.rows);
  return {
    rows,
    totals: totalsOf(rows, distinct.length, read.filter((task) => task.rows.length > 0).length),
    tasks_without_results: read.flatMap(({ id, rows: own, error }) => (own.length === 0 && !error ? [{ id }] : [])),
    failed: read.flatMap(({ id, error }) => (error ? [{ taskId: id, error }] : [])),
  };
}

/** The rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula is escaped. */
export function csvOf(rows: readonly ReportRow[]): string {
  return stringify(
    rows.map((row) => ({ ...row, finished_time: timeOf(row.finished_time) })),
    { header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: '\r\n', cast: { boolean: String } },
  );
}

export function jsonOf(rows: readonly ReportRow[]): string {
  const named = rows.map((row) =>
    Object.fromEntries(
      COLUMNS.map(({ key, header }) => [header, key === 'finished_time' ? timeOf(row.finished_time) : row[key]]),
    ),
  );
  return `${JSON.stringify(named, null, 2)}\n`;
}

const COLUMNS = [
  { key: 'task_id', header: 'taskId' },
  { key: 'task_name', header: 'taskName' },
  { key: 'source_server_id', header: 'sourceServerId' },
  { key: 'source_server_name', header: 'sourceServerName' },
  { key: 'finished_time', header: 'finishedTime' },
  { key: 'check_result', header: 'checkResult' },
  { key: 'dir_check', header: 'dirCheck' },
  { key: 'num_total_files', header: 'numTotalFiles' },
  { key: 'num_different_files', header: 'numDifferentFiles' },
  { key: 'num_target_miss_files', header: 'numTargetMissFiles' },
  { key: 'num_target_more_files', header: 'numTargetMoreFiles' },
  { key: 'consistent', header: 'consistent' },
] as const;

// The names make a row easier to read; without them it is still a row.
function nameless(task: Promise<Entity | null>): Promise<Entity | null> {
  return task.catch((error: unknown) => {
    if (error instanceof SmsRefused || error instanceof SmsUnreachable) return null;
    throw error;
  });
}

function latestOf(checks: readonly ConsistencyCheck[]): ConsistencyCheck | undefined {
  const timed = checks.map((check) => ({ ...check, finished_time: timeIn(check.finished_time) }));
  return timed.toSorted((a, b) => (b.finished_time ?? 0) - (a.finished_time ?? 0))[0];
}

function rowsOf(taskId: string, task: Entity | null, check: ConsistencyCheck | undefined): ReportRow[] {
  const server = task?.['source_server'] as Entity | null | undefined;
  const results: unknown = check?.consistency_result ?? [];
  if (!Array.isArray(results)) throw notAsPromised();
  return results.map((result: DirectoryResult | null) => ({
    task_id: taskId,
    task_name: textOf(task?.['name']),
    source_server_id: textOf(server?.id),
    source_server_name: textOf(server?.['name']),
    finished_time: check?.finished_time ?? null,
    check_result: textOf(check?.check_result),
    ...countsIn(result),
  }));
}

function countsIn(result: DirectoryResult | null): Required<DirectoryResult> & Pick<ReportRow, 'consistent'> {
  if (typeof result !== 'object' || result === null) throw notAsPromised();
  const counts = {
    num_total_files: countIn(result.num_total_files),
    num_different_files: countIn(result.num_different_files),
    num_target_miss_files: countIn(result.num_target_miss_files),
    num_target_more_files: countIn(result.num_target_more_files),
  };
  return { dir_check: textOf(result.dir_check), ...counts, consistent: isConsistent(counts) };
}

function countIn(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (Number.isInteger(value) && value === (Number(value) | 0)) return Number(value);
  throw notAsPromised();
}

/** Epoch milliseconds, which SMS may one day send as a text. */
function timeIn(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const time = new Date(value as number | string).getTime();
  if (Number.isNaN(time)) throw notAsPromised();
  return time;
}

function notAsPromised(): SmsUnreachable {
  return new SmsUnreachable(
    'INVALID_ANSWER',
    'SMS sent a consistency result of another shape than promised. Try later.',
  );
}

function isConsistent(result: DirectoryResult): boolean | null {
  const counts = [result.num_different_files, result.num_target_miss_files, result.num_target_more_files];
  if (counts.some((count) => (count ?? 0) > 0)) return false;
  return counts.every((count) => count === 0) ? true : null;
}

function totalsOf(rows: readonly ReportRow[], tasks: number, tasksWithResults: number): ReportTotals {
  const sum = (name: 'num_total_files' | 'num_different_files' | 'num_target_miss_files' | 'num_target_more_files') =>
    rows.reduce((total, row) => total + (row[name] ?? 0), 0);
  return {
    tasks,
    tasks_with_results: tasksWithResults,
    directories: rows.length,
    directories_with_differences: rows.filter((row) => row.consistent === false).length,
    total_files: sum('num_total_files'),
    different_files: sum('num_different_files'),
    target_miss_files: sum('num_target_miss_files'),
    target_more_files: sum('num_target_more_files'),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function timeOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
