import type { Context } from '../context.ts';
import { caught, errorObject } from '../errors.ts';
import type {
  ConsistencyReportFormat,
  ConsistencyTaskInput,
  ExportConsistencyResultsInput,
  Resolvers,
} from '../generated/graphql.ts';
import type { SmsClient } from '../sms/client.ts';
import { consistencyChecks } from '../sms/consistency-checks.ts';
import { exportConsistencyResults } from '../sms/consistency-export.ts';
import { consistencyReport, csvOf, jsonOf } from '../sms/consistency-report.ts';
import { textIn, valueIn } from '../sms/download.ts';
import { orNull } from '../sms/entities.ts';
import { InvalidInput } from '../sms/errors.ts';

const languages = { EN_US: 'en-us', ZH_CN: 'zh-cn' };

export const resolvers: Resolvers = {
  Query: {
    consistencyResults: (_, { taskId }, { sms }) => orNull(() => consistencyChecks(sms, taskId)),
    consistencyReport: (_, { taskIds, format }, context) => reportOf(context, taskIds, format),
  },
  Mutation: {
    exportConsistencyResults: (_, { input }, { sms }) => caught(exportOf(sms, input)),
  },
  ExportedFile: {
    size: ({ bytes }) => bytes.length,
    base64: ({ bytes }) => bytes.toString('base64'),
    text: ({ bytes }) => textIn(bytes),
    json: ({ bytes }) => valueIn(bytes),
  },
  ExportedTask: {
    migrationTask: ({ task_id: id }) => (id ? { id } : null),
    sourceServer: ({ source_id: id, source_name: name }) => (id ? { id, name: name ?? null } : null),
  },
};

async function exportOf(sms: SmsClient, { taskInfo, language }: ExportConsistencyResultsInput) {
  refuseNameless(taskInfo);
  const wanted = taskInfo.map(({ taskId, sourceId, sourceName }) => ({
    ...(taskId && { task_id: taskId }),
    ...(sourceId && { source_id: sourceId }),
    ...(sourceName && { source_name: sourceName }),
  }));
  const { files, tasks, failed, requestIds } = await exportConsistencyResults(
    sms,
    wanted,
    language ? languages[language] : undefined,
  );
  const came = { files, tasks, request_ids: requestIds };
  if (failed.length === 0) return { __typename: 'ExportConsistencyResultsSuccess' as const, ...came };
  const failed_tasks = failed.map(({ task, error }) => ({ task, error: errorObject(error) }));
  return { __typename: 'ExportConsistencyResultsPartial' as const, ...came, failed_tasks };
}

async function reportOf({ sms, entities }: Context, taskIds: string[], format: ConsistencyReportFormat) {
  const { failed, ...report } = await consistencyReport(sms, entities, taskIds);
  return {
    ...report,
    failed_tasks: failed.map(({ taskId, error }) => ({ task_id: taskId, error: errorObject(error) })),
    ...(format === 'CSV'
      ? { file_name: 'consistency-report.csv', content_type: 'text/csv; charset=utf-8', text: csvOf(report.rows) }
      : { file_name: 'consistency-report.json', content_type: 'application/json', text: jsonOf(report.rows) }),
  };
}

function refuseNameless(tasks: readonly ConsistencyTaskInput[]): void {
  const fields = tasks.flatMap(({ taskId, sourceId, sourceName }, index) =>
    taskId || sourceId || sourceName
      ? []
      : [{ path: ['input', 'taskInfo', String(index)], message: 'Give a taskId, a sourceId or a sourceName.' }],
  );
  if (fields.length > 0) throw new InvalidInput(fields);
}
