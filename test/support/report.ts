/** The consistency report with all fields, and an SMS with given results. */
import { ask } from './ask.ts';
import { type Gateway, gatewayTo, httpServer } from './harness.ts';

export const REPORT = `query ($taskIds: [ID!]!, $format: ConsistencyReportFormat! = CSV) {
  consistencyReport(taskIds: $taskIds, format: $format) {
    verdict reason fileName contentType text
    rows {
      taskId taskName sourceServerId sourceServerName finishedTime checkResult dirCheck
      numTotalFiles numDifferentFiles numTargetMissFiles numTargetMoreFiles verdict reason
    }
    totals {
      tasks tasksWithResults consistentTasks differentTasks notVerifiedTasks
      directories consistentDirectories differentDirectories notVerifiedDirectories
      totalFiles differentFiles targetMissFiles targetMoreFiles
    }
    tasks { taskId verdict reason finishedTime migrationTask { id name } sourceServer { id name } }
    servers { sourceServer { id name } verdict reason }
    tasksWithoutResults { id }
    failedTasks { taskId error { __typename code } }
  }
}`;

interface Report {
  verdict: string;
  reason: string | null;
  tasks: Record<string, unknown>[];
  servers: Record<string, unknown>[];
  fileName: string;
  contentType: string;
  text: string;
  rows: Record<string, unknown>[];
  totals: Record<string, unknown>;
  tasksWithoutResults: { id: string }[];
  failedTasks: { taskId: string; error: object }[];
}

export async function fetchReport(
  gateway: Gateway,
  taskIds: string[],
  format = 'CSV',
  token?: string,
): Promise<Report> {
  const data = await ask<{ consistencyReport: Report }>(gateway, REPORT, { taskIds, format }, token);
  return data.consistencyReport;
}

/** A gateway to an SMS with these results for every task, or by task id. `name: null` rejects reads of tasks. */
export async function gatewayWithResults({
  name = 'task',
  server = 'server',
  results,
  resultsOf = {},
}: {
  name?: string | null;
  server?: string;
  results?: unknown;
  resultsOf?: Record<string, unknown>;
}) {
  const url = await httpServer((request, response) => {
    const [id = '', view] = (request.url ?? '').split('/').slice(3);
    const isResult = view === 'consistency-result';
    const body = isResult
      ? { result_list: resultsOf[id] ?? results }
      : { id, name, source_server: { id: 's-1', name: server } };
    const mayRead = name !== null || isResult;
    response.writeHead(mayRead ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return gatewayTo(url);
}
