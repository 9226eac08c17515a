import { isTurnOver, mapInTurns, nextTurn } from '../../time/event-loop-turns.ts';
import type { SmsClient } from '../client.ts';
import type { CheckedDirectory } from './consistency-checks.ts';
import { type Assessment, type ConsistencyVerdict, notVerified, worst } from './consistency-verdict.ts';
import { addTotals, type DirectoryTotals, NO_DIRECTORIES } from './directory-totals.ts';
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

/** A directory of a task, or a task or source server without directories. */
export interface ReportRow extends CheckedDirectory {
  /** Null for a source server without a task. */
  task_id: string | null;
  task_name: string | null;
  source_server_id: string | null;
  source_server_name: string | null;
}

export interface ConsistencyReport extends Assessment {
  /** Distinguishes it from other reports of the request. */
  key: string;
  /** Built only when they are selected, since there may be hundreds of thousands. */
  rows(): Promise<ReportRow[]>;
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
  /** Null if SMS does not show the task to the caller. */
  migration_task: Entity | null;
  source_server: Entity | null;
}

export interface ReportServer extends Assessment {
  source_server: Entity;
}

export interface ReportTotals extends DirectoryTotals {
  servers_without_task: number;
  tasks: number;
  tasks_with_results: number;
  consistent_tasks: number;
  different_tasks: number;
  not_verified_tasks: number;
}

type ReadTask = ReportTask & TaskVerdict;

/** Enough for one request: each task costs a call. */
const MAX_SERVERS = 2_000;
const ADVICE =
  'Split the report: select by state, migrationCycle or name, or list the servers with sourceServers and send the ids of their tasks as taskIds.';

/**
 * The consistency of many tasks as of the latest check of each. Every task has a row and counts in the verdict, also one
 * that was never checked, that could not be read, or whose check failed.
 */
export function consistencyReport(
  sms: SmsClient,
  entities: Entities,
  taskIds: readonly string[],
): Promise<ConsistencyReport> {
  const key = `consistency report on ${JSON.stringify(taskIds)}`;
  return sms.cached(key, async () => {
    const ids = [...new Set(taskIds)];
    // Without a pause in between, so that all share the pages of the list.
    const entitiesById = new Map(ids.map((id) => [id, awaitedLater(taskOrNull(entities, id))]));
    const tasks = await eachInTurns(ids, async (id): Promise<ReadTask> => {
      const [verdict, migration_task = null] = await Promise.all([taskVerdict(sms, id), entitiesById.get(id)]);
      const server = migration_task?.['source_server'];
      return { ...verdict, task_id: id, migration_task, source_server: isEntity(server) ? server : null };
    });
    throwCommonError(tasks);
    return reportOn(sms, key, tasks, []);
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
      sms,
      key,
      tasks,
      verdicts.flatMap(({ server, task }) => (task ? [] : [server])),
    );
  });
}

function reportOn(sms: SmsClient, key: string, tasks: ReadTask[], serversWithoutTask: Entity[]): ConsistencyReport {
  let rows: Promise<ReportRow[]> | undefined;
  const withoutTask = serversWithoutTask.map((source_server) => ({ source_server, ...notVerified('NO_TASK') }));
  return {
    key,
    ...worst([...tasks, ...withoutTask], 'NO_SERVERS'),
    rows: () => (rows ??= rowsOfAll(sms, tasks, serversWithoutTask)),
    tasks,
    servers: [...serversOf(tasks), ...withoutTask],
    totals: { servers_without_task: serversWithoutTask.length, ...totalsOf(tasks) },
    tasks_without_results: tasks.flatMap(({ task_id: id, latest, error }) => (latest || error ? [] : [{ id }])),
    servers_without_task: serversWithoutTask,
    failed: tasks.flatMap(({ task_id, error }) => (error ? [{ task_id, error }] : [])),
  };
}

/** Only needed for the names in a row. */
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

/** An object of 13 fields. Its strings belong to others. */
const ROW_BYTES = 128;

async function rowsOfAll(
  sms: SmsClient,
  tasks: readonly ReadTask[],
  serversWithoutTask: readonly Entity[],
): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const task of tasks) {
    const taskRows = await rowsOf(task);
    sms.hold(taskRows.length * ROW_BYTES);
    for (const row of taskRows) rows.push(row);
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
    task_name: stringOrNull(task?.['name']),
    source_server_id: stringOrNull(server?.id),
    source_server_name: stringOrNull(server?.['name']),
  };
}

/** A row per directory. A row without one comes first if the latest check has none of its own, or if there is no check. */
function rowsOf({
  task_id,
  migration_task,
  source_server,
  latest,
  verdict,
  reason,
}: ReadTask): ReportRow[] | Promise<ReportRow[]> {
  const names = { task_id, ...namesOf(migration_task, source_server) };
  const { finished_time = null, check_result = null, directories = [] } = latest ?? {};
  const hasOwn = directories.some((directory) => directory.reason !== 'NOT_CHECKED_AGAIN');
  const withoutDirectory = { ...NO_DIRECTORY, finished_time, check_result, verdict, reason };
  return mapInTurns(hasOwn ? directories : [withoutDirectory, ...directories], (row) => ({ ...names, ...row }));
}

function serversOf(tasks: readonly ReadTask[]): ReportServer[] {
  const byServer = Map.groupBy(tasks, ({ source_server }) => stringOrNull(source_server?.id));
  return [...byServer].flatMap(([id, serverRows]) => {
    const source_server = serverRows[0]?.source_server;
    return id && source_server ? [{ source_server, ...worst(serverRows, 'NO_RESULTS') }] : [];
  });
}

function totalsOf(tasks: readonly ReadTask[]): Omit<ReportTotals, 'servers_without_task'> {
  const totals = { ...NO_DIRECTORIES };
  for (const { latest } of tasks) if (latest !== null) addTotals(totals, latest.totals);
  const countOf = (verdict: ConsistencyVerdict) => tasks.filter((task) => task.verdict === verdict).length;
  return {
    ...totals,
    tasks: tasks.length,
    tasks_with_results: tasks.filter(({ latest }) => latest !== null).length,
    consistent_tasks: countOf('CONSISTENT'),
    different_tasks: countOf('DIFFERENT'),
    not_verified_tasks: countOf('NOT_VERIFIED'),
  };
}

function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
