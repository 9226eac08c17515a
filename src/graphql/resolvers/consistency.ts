import type { Context } from '../../request/context.ts';
import type { SmsClient } from '../../sms/client.ts';
import { type InvalidField, InvalidInputError } from '../../sms/errors/errors.ts';
import { valueIn } from '../../sms/http/file-response.ts';
import { consistencyChecks } from '../../sms/operations/consistency-checks.ts';
import {
  type ConsistencyExport,
  exportConsistencyResults,
  TaskReference,
} from '../../sms/operations/consistency-export.ts';
import { filed } from '../../sms/operations/consistency-file.ts';
import { latestConsistencyCheck } from '../../sms/operations/consistency-latest.ts';
import {
  type ConsistencyReport,
  consistencyReport,
  consistencyReportOnServers,
} from '../../sms/operations/consistency-report.ts';
import type { Entity } from '../../sms/operations/entities.ts';
import { selectedTasks } from '../../sms/operations/export-selection.ts';
import { type ExportUpdate, exportStream } from '../../sms/operations/export-stream.ts';
import { nullIfNotFound } from '../../sms/operations/not-found.ts';
import type { WatchUpdate } from '../../sms/operations/task-watch.ts';
import { Verbatim } from '../../sms/wire.ts';
import { textIn } from '../../text/decode.ts';
import { inTurn, mapInTurns } from '../../time/event-loop-turns.ts';
import { errorObject, resultOrError } from '../errors.ts';
import { eventOf } from '../events.ts';
import type {
  ConsistencyTaskInput,
  ExportConsistencyResultsInput,
  QueryConsistencyReportArgs,
  Resolvers,
} from '../generated/graphql.ts';
import { requireOne, serverSelection } from '../selection.ts';

const languages = { EN_US: 'en-us', ZH_CN: 'zh-cn' };

export const resolvers: Resolvers = {
  Query: {
    consistencyResults: (_, { taskId }, { sms }) =>
      nullIfNotFound('MigrationTask', () => consistencyChecks(sms, taskId)),
    consistencyReport: async (_, selection, context) => {
      const report = await nullIfNotFound('MigrationProject', () => reportOn(selection, context));
      return report && filed(context.sms, report, selection);
    },
  },
  Mutation: {
    exportConsistencyResults: (_, { input }, { sms }) => resultOrError(exportResults(sms, input)),
  },
  Subscription: {
    exportConsistencyResults: {
      subscribe: (_, { input }, { sms, budget, checkCredentials, watches }) => {
        const select = async () => {
          await checkCredentials();
          return tasksToExport(sms, input);
        };
        // The next calls have a new budget, however long the client took to read.
        const onTaken = () => budget.renew();
        return exportStream(sms, select, { language: languageOf(input), endOnStop: watches().endOnStop, onTaken });
      },
      resolve: (update: WatchUpdate<ExportUpdate>) =>
        eventOf(update, ({ value: { failed, ...part }, ended }) => ({
          __typename: 'ExportConsistencyResultsUpdate' as const,
          ...part,
          failed_tasks: failed.map(failedTask),
          ended,
        })),
    },
  },
  ExportedFile: {
    size: ({ bytes }) => bytes.length,
    base64: ({ bytes }, _, { budget }) =>
      inTurnIfLong(bytes, budget, () => {
        budget.checkResponse(4 * Math.ceil(bytes.length / 3));
        return bytes.toString('base64');
      }),
    text: ({ bytes, content_type }, _, { budget }) =>
      inTurnIfLong(bytes, budget, () => {
        budget.checkResponse(bytes.length);
        return textIn(bytes, content_type);
      }),
    json: async (file, _, { budget }) => {
      budget.checkResponse(file.bytes.length);
      budget.addToResponse(file.bytes.length);
      const value = await valueIn(file, (bytes) => budget.holdDerived(bytes));
      // Meanwhile the request may have been stopped.
      budget.checkResponse();
      return value === null ? null : new Verbatim(value);
    },
  },
  MigrationTask: {
    latestConsistencyCheck: ({ id }, _, { sms }) =>
      id ? nullIfNotFound('MigrationTask', () => latestConsistencyCheck(sms, id)) : null,
  },
  SourceServer: {
    latestConsistencyCheck: async (server, _, { entities, sms }) => {
      const task = (await entities.SourceServer.readField(server, 'current_task', 'any')) as Entity | null;
      const { id } = task ?? {};
      return id ? nullIfNotFound('MigrationTask', () => latestConsistencyCheck(sms, id)) : null;
    },
  },
  LatestConsistencyCheck: {
    directories: ({ directories }, { only }) =>
      only ? directories.filter(({ verdict }) => only.includes(verdict)) : directories,
  },
  ConsistencyReport: {
    fileName: ({ file }) => file.file_name,
    contentType: ({ file }) => file.content_type,
    text: ({ text }) => text(),
    rows: ({ rows }) => rows(),
    failedTasks: ({ failed }) => failed.map(({ task_id, error }) => ({ task_id, error: errorObject(error) })),
  },
  ExportedTask: {
    // SMS exported the task under this id, so it exists. A task that failed may not.
    migrationTask: ({ task_id: id, has_failed: hasFailed }, _, { entities }) =>
      id && !hasFailed ? { id } : entities.MigrationTask.summary(id),
    sourceServer: async ({ task_id: taskId, source_id: sourceId }, _, { entities }) => {
      if (!taskId) return entities.SourceServer.summary(sourceId);
      const task = await entities.MigrationTask.summary(taskId);
      return task && (entities.MigrationTask.readField(task, 'source_server', 'any') as Entity | null);
    },
  },
};

/** Bytes of a file that are decoded at once. */
const SHORT_FILE_BYTES = 16 * 1024;

function inTurnIfLong<Result>(bytes: Buffer, budget: Context['budget'], work: () => Result): Result | Promise<Result> {
  return bytes.length <= SHORT_FILE_BYTES && budget.takeUnpaced() ? work() : inTurn(work);
}

function reportOn(
  { taskIds, migrationProject, sourceServers }: QueryConsistencyReportArgs,
  { sms, entities }: Context,
): Promise<ConsistencyReport> {
  requireOne({ taskIds, migrationProject, sourceServers });
  if (taskIds) return consistencyReport(sms, entities, taskIds);
  return consistencyReportOnServers(sms, serverSelection({ migrationProject, sourceServers }));
}

async function exportResults(sms: SmsClient, input: ExportConsistencyResultsInput) {
  const { tasks, serversWithoutTask } = await tasksToExport(sms, input);
  const {
    files,
    tasks: exportedTasks,
    failed,
    request_ids,
  } = await exportConsistencyResults(sms, tasks, languageOf(input));
  const exported = { files, tasks: exportedTasks, request_ids, servers_without_task: serversWithoutTask };
  if (failed.length === 0) return { __typename: 'ExportConsistencyResultsSuccess' as const, ...exported };
  return {
    __typename: 'ExportConsistencyResultsPartial' as const,
    ...exported,
    failed_tasks: failed.map(failedTask),
  };
}

function failedTask({ task, error }: ConsistencyExport['failed'][number]) {
  return { task, error: errorObject(error) };
}

function languageOf({ language }: ExportConsistencyResultsInput): string | undefined {
  return language ? languages[language] : undefined;
}

async function tasksToExport(sms: SmsClient, input: ExportConsistencyResultsInput) {
  const { taskInfo, migrationProject, sourceServers } = input;
  requireOne({ taskInfo, migrationProject, sourceServers }, ['input']);
  if (!taskInfo) return selectedTasks(sms, serverSelection({ migrationProject, sourceServers }));
  validateReferences(taskInfo);
  const tasks = mapInTurns(
    taskInfo,
    ({ taskId, sourceId, sourceName }) => new TaskReference(taskId, sourceId, sourceName),
  );
  return { tasks: tasks instanceof Promise ? await tasks : tasks, serversWithoutTask: [] };
}

function validateReferences(tasks: readonly ConsistencyTaskInput[]): void {
  const invalid: InvalidField[] = [];
  for (let index = 0; index < tasks.length; index += 1) {
    const { taskId, sourceId, sourceName } = tasks[index] ?? {};
    if (taskId || sourceId || sourceName) continue;
    const path = ['input', 'taskInfo', String(index)];
    invalid.push({ path, message: 'Must have a taskId, a sourceId or a sourceName.' });
  }
  if (invalid.length > 0) throw new InvalidInputError(invalid);
}
