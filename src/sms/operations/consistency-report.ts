import type { SmsClient } from '../client.ts';
import { isTurnOver, nextTurn } from '../turns.ts';
import type { CheckedDirectory } from './consistency-latest.ts';
import { type Assessment, type ConsistencyVerdict, notVerified, worst } from './consistency-verdict.ts';
import type { Entities, Entity } from './entities.ts';
import type { ServerSelection } from './selected-servers.ts';
import {
  awaitedLater,
  eachInTurns,
  type ReadError,
  readError,
  serverVerdicts,
  type TaskVerdict,
  taskVerdict,
  throwCommonError,
} from './task-verdict.ts';

/** A directory of a task, or a task or source server that has none to show. */
export interface ReportRow extends CheckedDirectory {
  /** Null for a source server without a task. */
  task_id: string | null;
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
  servers_without_task: Entity[];
  failed: { task_id: string; error: ReadError }[];
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
  servers_without_task: number;
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

type ReadTask = ReportTask & TaskVerdict;

/** Enough for one request: each task costs a call. */
const MAX_SERVERS = 2_000;
const ADVICE =
  'Split the report: select by state, migrationCycle or name, or list the servers with sourceServers and send the ids of their tasks as taskIds.';

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
  return sms.cached(key, async () => {
    const ids = new Set(taskIds);
    // Without a pause in between, so that all share the pages of the list.
    const entitiesById = new Map(Array.from(ids, (id) => [id, awaitedLater(taskOrNull(entities, id))]));
    const tasks = await eachInTurns(ids, async (id): Promise<ReadTask> => {
      const [verdict, migration_task = null] = await Promise.all([taskVerdict(sms, id), entitiesById.get(id)]);
      const server = migration_task?.['source_server'];
      return { ...verdict, task_id: id, migration_task, source_server: isEntity(server) ? server : null };
    });
    throwCommonError(tasks);
    return reportOn(key, tasks, []);
  });
}

/**
 * The same for the current tasks of up to 2,000 source servers. A server without a task has a row and counts in the verdict.
 * Throws what `serverVerdicts` throws.
 */
export function consistencyReportOnServers(sms: SmsClient, selection: ServerSelection): Promise<ConsistencyReport> {
  const key = `consistency report on ${JSON.stringify(selection)}`;
  return sms.cached(key, async () => {
    const verdicts = await serverVerdicts(sms, selection, { maxServers: MAX_SERVERS, advice: ADVICE });
    const tasks = verdicts.flatMap(({ server, task, ...verdict }) =>
      task ? [{ ...verdict, task_id: task.id, migration_task: task, source_server: server }] : [],
    );
    return reportOn(
      key,
      tasks,
      verdicts.flatMap(({ server, task }) => (task ? [] : [server])),
    );
  });
}

function reportOn(key: string, tasks: ReadTask[], serversWithoutTask: Entity[]): ConsistencyReport {
  let rows: Promise<ReportRow[]> | undefined;
  const withoutTask = serversWithoutTask.map((source_server) => ({ source_server, ...notVerified('NO_TASK') }));
  return {
    key,
    ...worst([...tasks, ...withoutTask], 'NO_SERVERS'),
    rows: () => (rows ??= rowsOfAll(tasks, serversWithoutTask)),
    tasks,
    servers: [...serversOf(tasks), ...withoutTask],
    totals: { servers_without_task: serversWithoutTask.length, ...totalsOf(tasks) },
    tasks_without_results: tasks.flatMap(({ task_id: id, latest, error }) => (latest || error ? [] : [{ id }])),
    servers_without_task: serversWithoutTask,
    failed: tasks.flatMap(({ task_id, error }) => (error ? [{ task_id, error }] : [])),
  };
}

/** Its names make a row easier to read; without them it is still a row. */
async function taskOrNull(entities: Entities, id: string): Promise<Entity | null> {
  try {
    return await entities.MigrationTask.summary(id);
  } catch (error) {
    readError(error);
    return null;
  }
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

async function rowsOfAll(tasks: readonly ReadTask[], serversWithoutTask: readonly Entity[]): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const task of tasks) {
    rows.push(...rowsOf(task));
    if (isTurnOver()) await nextTurn();
  }
  rows.push(...serversWithoutTask.map(rowWithoutTask));
  return rows;
}

function rowWithoutTask(server: Entity): ReportRow {
  return {
    ...NO_DIRECTORY,
    ...namesOf(null, server),
    task_id: null,
    finished_time: null,
    check_result: null,
    ...notVerified('NO_TASK'),
  };
}

function namesOf(task: Entity | null, server: Entity | null) {
  return {
    task_name: textOf(task?.['name']),
    source_server_id: textOf(server?.id),
    source_server_name: textOf(server?.['name']),
  };
}

/** A row for each directory. The first is without one where the latest check has none, or where there is no check. */
function rowsOf({ task_id, migration_task, source_server, latest, verdict, reason }: ReadTask): ReportRow[] {
  const named = { task_id, ...namesOf(migration_task, source_server) };
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

function totalsOf(tasks: readonly ReadTask[]): Omit<ReportTotals, 'servers_without_task'> {
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
