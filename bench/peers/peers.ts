import { type Measured, script } from '../children.ts';
import { SERVER_FIELDS, WORKLOADS } from '../workloads.ts';

interface Peer {
  name: string;
  measured: Measured;
  /** The request of each workload, for a graph with names of its own. */
  requests?: Readonly<Record<string, object>>;
}

/** Each in a process of its own, with the settings that its documentation recommends for production. */
export async function peers(upstream: string): Promise<Peer[]> {
  const env = { UPSTREAM: upstream, NODE_ENV: 'production', NODE_OPTIONS: '--max-http-header-size=65536' };
  return [
    { name: 'Mercurius + jit', measured: await script('peers/mercurius.ts', env) },
    { name: 'Apollo Server', measured: await script('peers/apollo.ts', env) },
    { name: 'graphql-yoga', measured: await script('peers/yoga.ts', env) },
    { name: 'Hive Gateway', measured: await script('peers/hive.ts', env), requests: openApiRequests() },
  ];
}

/** The workloads in a graph that is made from SMS's OpenAPI description. */
function openApiRequests(): Record<string, object> {
  const exported =
    'mutation Export($input: BatchGetConsistencyResultReq_Input) { exportConsistencyResults(input: $input) }';
  const servers = `query Servers($first: Int) {
    listServers(limit: $first) { count source_servers { ${SERVER_FIELDS.join(' ')} } }
  }`;
  const exportOf = ({ taskInfo = [] }: { taskInfo?: { taskId: string; sourceId: string; sourceName: string }[] }) => ({
    query: exported,
    variables: {
      input: {
        task_info: taskInfo.map(({ taskId, sourceId, sourceName }) => ({
          task_id: taskId,
          source_id: sourceId,
          source_name: sourceName,
        })),
      },
    },
  });
  return {
    W1: exportOf(WORKLOADS['W1']?.plain ?? {}),
    W2: { query: servers, variables: WORKLOADS['W2']?.plain },
    W3: exportOf(WORKLOADS['W3']?.plain ?? {}),
  };
}
