/** What is measured: two operations of any size, and the same work without GraphQL. */

const EXPORT = `mutation Export($input: ExportConsistencyResultsInput!) {
  exportConsistencyResults(input: $input) {
    __typename
    ... on ExportConsistencyResultsSuccess { files { fileName contentType size text } tasks { taskId } }
    ... on SmsError { message code requestId }
  }
}`;

const SERVERS = `query Servers($first: Int) {
  sourceServers(first: $first) {
    totalCount
    nodes {
      id name ip enterpriseProjectId addDate osType osVersion oemSystem state connected cpuQuantity memory
    }
  }
}`;

/** The fields of `SERVERS`, as the API names them. */
export const SERVER_FIELDS = [
  'id',
  'name',
  'ip',
  'enterprise_project_id',
  'add_date',
  'os_type',
  'os_version',
  'oem_system',
  'state',
  'connected',
  'cpu_quantity',
  'memory',
] as const;

const id = (kind: number, index: number) => `${kind}0000000-6a2b-4b0d-8f3e-${String(index).padStart(12, '0')}`;
const tasks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    taskId: id(7, index),
    sourceId: id(5, index),
    sourceName: `web-prod-${index}`,
  }));

export interface Workload {
  title: string;
  /** The path at the bare proxy. */
  path: string;
  /** The body for the bare proxy. */
  plain: object;
  graphql: { query: string; variables: object };
}

/** An export of so many tasks. */
export function exportOf(count: number): Workload {
  return {
    title: count === 1 ? 'mutation, 1 task' : `mutation, ${count} tasks`,
    path: '/export',
    plain: { taskInfo: tasks(count) },
    graphql: { query: EXPORT, variables: { input: { taskInfo: tasks(count) } } },
  };
}

/** A page of so many source servers. */
export function pageOf(rows: number): Workload {
  return {
    title: `${rows} servers, ${SERVER_FIELDS.length} fields`,
    path: '/servers',
    plain: { first: rows },
    graphql: { query: SERVERS, variables: { first: rows } },
  };
}

export const WORKLOADS: Readonly<Record<string, Workload>> = { W1: exportOf(1), W2: pageOf(100), W3: exportOf(200) };
