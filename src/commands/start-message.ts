import type { Config } from '../config/config.ts';
import { GRAPHQL_PATH } from '../gateway.ts';
import { CONSOLE_PATH } from '../http/protocol/console.ts';
import { consoleDirectory } from '../process/console-directory.ts';
import { example } from '../process/example.ts';
import type { EmbeddedEmulator, RunningGateway } from '../process/run-gateway.ts';

/** What `start` prints. */
export function startMessage(
  { url, metricsUrl }: RunningGateway,
  config: Config,
  emulator: EmbeddedEmulator | null,
): string[] {
  return [
    `GraphQL:    ${url}${GRAPHQL_PATH}${config.graphiql ? '  (open it in a browser for GraphiQL)' : ''}`,
    ...(emulator === null
      ? [`SMS:        ${config.endpoint}  (SMS_AUTH=${config.auth}${tokenChecks(config)})`]
      : [
          `Emulator:   ${emulator.url}  (no SMS_REGION or SMS_ENDPOINT is set)`,
          `Demo token: ${emulator.token}`,
          `Try:        ${curlCommand(`${url}${GRAPHQL_PATH}`, emulator.token)}`,
        ]),
    ...(metricsUrl === null ? [] : [`Metrics:    ${metricsUrl}/metrics`]),
    ...(consoleDirectory(config) === null ? [] : [`Console:    ${url}${CONSOLE_PATH}/`]),
  ];
}

function tokenChecks({ auth, iam }: Config): string {
  if (auth === 'exchange') return `, tokens are exchanged at ${iam}`;
  if (auth !== 'sign-and-forward') return '';
  return iam === null ? ', tokens are NOT checked' : `, tokens are checked at ${iam}`;
}

/** A line to paste into a shell. */
function curlCommand(url: string, token: string): string {
  const [task] = example.variables.input.taskInfo;
  const query = `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${task?.taskId}" }] }) { __typename ... on ExportConsistencyResultsSuccess { files { fileName text } } ... on SmsError { message code } } }`;
  return `curl -s ${url} -H 'content-type: application/json' -H 'x-auth-token: ${token}' -d '${JSON.stringify({ query })}'`;
}
