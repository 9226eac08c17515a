/** The report with every field, and an SMS that has whatever results a test needs. */
import { ask } from './ask.ts';
import { type Gateway, gatewayTo, httpServer } from './harness.ts';

export const REPORT = `query ($taskIds: [ID!]!, $format: ConsistencyReportFormat! = CSV) {
  consistencyReport(taskIds: $taskIds, format: $format) {
    fileName contentType text
    rows {
      taskId taskName sourceServerId sourceServerName finishedTime checkResult dirCheck
      numTotalFiles numDifferentFiles numTargetMissFiles numTargetMoreFiles consistent
    }
    totals {
      tasks tasksWithResults directories directoriesWithDifferences totalFiles differentFiles targetMissFiles targetMoreFiles
    }
    tasksWithoutResults { id }
    failedTasks { taskId error { __typename code } }
  }
}`;

interface Report {
  fileName: string;
  contentType: string;
  text: string;
  rows: Record<string, unknown>[];
  totals: Record<string, unknown>;
  tasksWithoutResults: { id: string }[];
  failedTasks: { taskId: string; error: object }[];
}

export async function report(gateway: Gateway, taskIds: string[], format = 'CSV', token?: string): Promise<Report> {
  const data = await ask<{ consistencyReport: Report }>(gateway, REPORT, { taskIds, format }, token);
  return data.consistencyReport;
}

/** An SMS all of whose tasks have these results, and this name and server where they may be read. */
export async function gatewayWith({
  name = 'task',
  server = 'server',
  results,
}: {
  name?: string | null;
  server?: string;
  results: unknown;
}) {
  const url = await httpServer((request, response) => {
    const body = request.url?.endsWith('/consistency-result')
      ? { result_list: results }
      : { id: request.url?.split('/').at(-1), name, source_server: { id: 's-1', name: server } };
    const mayRead = name !== null || 'result_list' in body;
    response.writeHead(mayRead ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return gatewayTo(url);
}
