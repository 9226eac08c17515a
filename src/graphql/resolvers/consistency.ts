import type { Budget } from '../../sms/budget/request-budget.ts';
import type { SmsClient } from '../../sms/client.ts';
import { InvalidInputError } from '../../sms/errors/errors.ts';
import { valueIn } from '../../sms/http/file-response.ts';
import { orNull } from '../../sms/operations/absence.ts';
import { consistencyChecks } from '../../sms/operations/consistency-checks.ts';
import { exportConsistencyResults, type TaskReference } from '../../sms/operations/consistency-export.ts';
import { filed } from '../../sms/operations/consistency-file.ts';
import { latestConsistencyCheck } from '../../sms/operations/consistency-latest.ts';
import { consistencyReport } from '../../sms/operations/consistency-report.ts';
import type { Entity } from '../../sms/operations/entities.ts';
import { textIn } from '../../sms/text/decode.ts';
import { isTurnOver, nextTurn } from '../../sms/turns.ts';
import { toWire, Verbatim } from '../../sms/wire.ts';
import { errorObject, resultOrError } from '../errors.ts';
import type { ConsistencyTaskInput, ExportConsistencyResultsInput, Resolvers } from '../generated/graphql.ts';

const languages = { EN_US: 'en-us', ZH_CN: 'zh-cn' };

export const resolvers: Resolvers = {
  Query: {
    consistencyResults: (_, { taskId }, { sms }) => orNull('MigrationTask', () => consistencyChecks(sms, taskId)),
    consistencyReport: async (_, { taskIds, format }, { sms, entities }) =>
      filed(sms, await consistencyReport(sms, entities, taskIds), format),
  },
  Mutation: {
    exportConsistencyResults: (_, { input }, { sms }) => resultOrError(exportOf(sms, input)),
  },
  ExportedFile: {
    size: ({ bytes }) => bytes.length,
    base64: async ({ bytes }, _, { budget }) => {
      await roomFor(4 * Math.ceil(bytes.length / 3), budget);
      return bytes.toString('base64');
    },
    text: async ({ bytes, content_type }, _, { budget }) => {
      await roomFor(bytes.length, budget);
      return textIn(bytes, content_type);
    },
    json: async (file, _, { budget }) => {
      await roomFor(file.bytes.length, budget);
      budget.addToResponse(file.bytes.length);
      const value = await valueIn(file);
      return value === null ? null : new Verbatim(value);
    },
  },
  MigrationTask: {
    latestConsistencyCheck: ({ id }, _, { sms }) =>
      id ? orNull('MigrationTask', () => latestConsistencyCheck(sms, id)) : null,
  },
  SourceServer: {
    latestConsistencyCheck: async (server, _, { entities, sms }) => {
      const task = (await entities.SourceServer.readField(server, 'current_task', 'any')) as Entity | null;
      const { id } = task ?? {};
      return id ? orNull('MigrationTask', () => latestConsistencyCheck(sms, id)) : null;
    },
  },
  ConsistencyReport: {
    fileName: ({ file }) => file.file_name,
    contentType: ({ file }) => file.content_type,
    text: ({ text }) => text(),
    rows: async ({ rows }) => [...(await rows())],
    failedTasks: ({ failed }) => failed.map(({ task_id, error }) => ({ task_id, error: errorObject(error) })),
  },
  ExportedTask: {
    // SMS exported it under this id, so there is such a task; of one that failed that is not known.
    migrationTask: ({ task_id: id, is_exported: isExported }, _, { entities }) =>
      id && isExported ? { id } : entities.MigrationTask.summary(id),
    sourceServer: async ({ task_id: taskId, source_id: sourceId }, _, { entities }) => {
      if (!taskId) return entities.SourceServer.summary(sourceId);
      const task = await entities.MigrationTask.summary(taskId);
      return task && (entities.MigrationTask.readField(task, 'source_server', 'any') as Entity | null);
    },
  },
};

/** The content of a file is made where the response has room for it, and not together with that of others. */
async function roomFor(bytes: number, budget: Budget): Promise<void> {
  if (isTurnOver()) await nextTurn();
  budget.checkResponse(bytes);
}

async function exportOf(sms: SmsClient, { taskInfo, language }: ExportConsistencyResultsInput) {
  // There may be 10,000, and the round in which they came has had enough.
  if (isTurnOver()) await nextTurn();
  refuseNameless(taskInfo);
  const references = toWire(taskInfo) as TaskReference[];
  const { failed, ...exported } = await exportConsistencyResults(
    sms,
    references,
    language ? languages[language] : undefined,
  );
  if (failed.length === 0) return { __typename: 'ExportConsistencyResultsSuccess' as const, ...exported };
  const failed_tasks = failed.map(({ task, error }) => ({ task, error: errorObject(error) }));
  return { __typename: 'ExportConsistencyResultsPartial' as const, ...exported, failed_tasks };
}

function refuseNameless(tasks: readonly ConsistencyTaskInput[]): void {
  const fields = tasks.flatMap(({ taskId, sourceId, sourceName }, index) =>
    taskId || sourceId || sourceName
      ? []
      : [{ path: ['input', 'taskInfo', String(index)], message: 'Give a taskId, a sourceId or a sourceName.' }],
  );
  if (fields.length > 0) throw new InvalidInputError(fields);
}
