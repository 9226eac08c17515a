import type { SmsClient } from '../client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { isTurnOver, nextTurn } from '../turns.ts';
import { type CheckedDirectory, type LatestConsistencyCheck, latestConsistencyCheck } from './consistency-latest.ts';
import { type Assessment, type ConsistencyVerdict, notVerified, worst } from './consistency-verdict.ts';
import type { Entities, Entity } from './entities.ts';

/** A directory of a task, or a task that has none to show. */
export interface ReportRow extends CheckedDirectory {
  task_id: string;
  task_name: string | null;
  source_server_id: string | null;
  source_server_name: string | null;
}

export interface ConsistencyReport extends Assessment {
  /** Tells it from all others of the request. */
  key: string;
  /** Made when they are first wanted, since there may be hundreds of thousands. */
  rows(): Promise<readonly ReportRow[]>;
  tasks: ReportTask[];
  servers: ReportServer[];
  totals: ReportTotals;
  tasks_without_results: { id: string }[];
  failed: { task_id: string; error: RequestRejectedError | SmsUnavailableError }[];
}

export interface ReportTask extends Assessment {
  task_id: string;
  finished_time: number | null;
  /** Null when SMS does not show the task to the caller. */
  migration_task: Entity | null;
  source_server: Entity | null;
}

export interface ReportServer extends Assessment {
  source_server: Entity;
}

export interface ReportTotals {
  tasks: number;
  tasks_with_results: number;
  consistent_tasks: number;
  different_tasks: number;
  not_verified_tasks: number;
  directories: number;
  consistent_directories: number;
  different_directories: number;
  not_verified_directories: number;
  total_files: number;
  different_files: number;
  target_miss_files: number;
  target_more_files: number;
}

/** A task with its latest check, or the error in place of it. */
interface ReadTask extends ReportTask {
  latest: LatestConsistencyCheck | null;
  error: RequestRejectedError | SmsUnavailableError | null;
}

/**
 * The consistency of many tasks as of the latest check of each. Every task has a row and counts in the verdict: also one
 * that was never checked, that could not be read, or whose check failed.
 */
export function consistencyReport(
  sms: SmsClient,
  entities: Entities,
  taskIds: readonly string[],
): Promise<ConsistencyReport> {
  const key = `consistency report on ${JSON.stringify(taskIds)}`;
  return sms.cached(key, () => readReport(sms, entities, taskIds, key));
}

async function readReport(
  sms: SmsClient,
  entities: Entities,
  taskIds: readonly string[],
  key: string,
): Promise<ConsistencyReport> {
  const reads: Promise<ReadTask>[] = [];
  for (const id of new Set(taskIds)) {
    const read = readTask(sms, entities, id);
    // Nobody waits for it yet.
    read.catch(() => {});
    reads.push(read);
    if (isTurnOver()) await nextTurn();
  }
  const tasks = await Promise.all(reads);
  const [first] = tasks;
  // What ended the calls of the request is one error for all of them.
  if (tasks.length > 1 && first?.error && tasks.every(({ error }) => error === first.error)) throw first.error;
  let rows: Promise<ReportRow[]> | undefined;
  return {
    key,
    ...worst(tasks, 'NO_RESULTS'),
    rows: () => (rows ??= rowsOfAll(tasks)),
    tasks,
    servers: serversOf(tasks),
    totals: totalsOf(tasks),
    tasks_without_results: tasks.flatMap(({ task_id: id, latest, error }) => (latest || error ? [] : [{ id }])),
    failed: tasks.flatMap(({ task_id, error }) => (error ? [{ task_id, error }] : [])),
  };
}

async function readTask(sms: SmsClient, entities: Entities, id: string): Promise<ReadTask> {
  const [latest, task] = await Promise.all([
    latestConsistencyCheck(sms, id).catch(failure),
    // The names make a row easier to read; without them it is still a row.
    entities.MigrationTask.summary(id).catch(failure),
  ]);
  const migration_task = task instanceof Error ? null : task;
  const server = migration_task?.['source_server'];
  return {
    task_id: id,
    migration_task,
    source_server: isEntity(server) ? server : null,
    ...(latest instanceof Error
      ? { ...notVerified('READ_FAILED'), finished_time: null, latest: null, error: latest }
      : {
          ...worst(latest ? [latest] : [], 'NO_RESULTS'),
          finished_time: latest?.finished_time ?? null,
          latest,
          error: null,
        }),
  };
}

function failure(error: unknown): RequestRejectedError | SmsUnavailableError {
  if (error instanceof RequestRejectedError || error instanceof SmsUnavailableError) return error;
  throw error;
}

function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NO_DIRECTORY = {
  dir_check: null,
  num_total_files: null,
  num_different_files: null,
  num_target_miss_files: null,
  num_target_more_files: null,
};

async function rowsOfAll(tasks: readonly ReadTask[]): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const task of tasks) {
    rows.push(...rowsOf(task));
    if (isTurnOver()) await nextTurn();
  }
  return rows;
}

/** A row for each directory. The first is without one where the latest check has none, or where there is no check. */
function rowsOf({ task_id, migration_task, source_server, latest, verdict, reason }: ReadTask): ReportRow[] {
  const named = {
    task_id,
    task_name: textOf(migration_task?.['name']),
    source_server_id: textOf(source_server?.id),
    source_server_name: textOf(source_server?.['name']),
  };
  const { finished_time = null, check_result = null, directories = [] } = latest ?? {};
  const hasOwn = directories.some((directory) => directory.reason !== 'NOT_CHECKED_AGAIN');
  const withoutDirectory = { ...NO_DIRECTORY, finished_time, check_result, verdict, reason };
  return [...(hasOwn ? [] : [withoutDirectory]), ...directories].map((row) => ({ ...named, ...row }));
}

function serversOf(tasks: readonly ReadTask[]): ReportServer[] {
  const byServer = Map.groupBy(tasks, ({ source_server }) => textOf(source_server?.id));
  return [...byServer].flatMap(([id, own]) => {
    const source_server = own[0]?.source_server;
    return id && source_server ? [{ source_server, ...worst(own, 'NO_RESULTS') }] : [];
  });
}

type CountName = 'num_total_files' | 'num_different_files' | 'num_target_miss_files' | 'num_target_more_files';

function totalsOf(tasks: readonly ReadTask[]): ReportTotals {
  const directories = tasks.flatMap(({ latest }) => latest?.directories ?? []);
  const sum = (name: CountName) => directories.reduce((total, directory) => total + (directory[name] ?? 0), 0);
  return {
    tasks: tasks.length,
    tasks_with_results: tasks.filter(({ latest }) => latest !== null).length,
    consistent_tasks: countOf(tasks, 'CONSISTENT'),
    different_tasks: countOf(tasks, 'DIFFERENT'),
    not_verified_tasks: countOf(tasks, 'NOT_VERIFIED'),
    directories: directories.length,
    consistent_directories: countOf(directories, 'CONSISTENT'),
    different_directories: countOf(directories, 'DIFFERENT'),
    not_verified_directories: countOf(directories, 'NOT_VERIFIED'),
    total_files: sum('num_total_files'),
    different_files: sum('num_different_files'),
    target_miss_files: sum('num_target_miss_files'),
    target_more_files: sum('num_target_more_files'),
  };
}

function countOf(parts: readonly Assessment[], verdict: ConsistencyVerdict): number {
  return parts.filter((part) => part.verdict === verdict).length;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
