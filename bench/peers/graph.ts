/** The measured part of the graph, as one would write it by hand: no policies, no limits, no checks. */
import { Pool } from 'undici';

export const typeDefs = /* GraphQL */ `
  scalar DateTime
  scalar Long
  type Query { sourceServers(first: Int): SourceServerConnection }
  type SourceServerConnection { totalCount: Int nodes: [SourceServer!] }
  type SourceServer {
    id: ID! name: String ip: String enterpriseProjectId: ID addDate: DateTime osType: String osVersion: String
    oemSystem: Boolean state: String connected: Boolean cpuQuantity: Int memory: Long
  }
  type Mutation { exportConsistencyResults(input: ExportConsistencyResultsInput!): ExportConsistencyResultsResult! }
  input ExportConsistencyResultsInput { taskInfo: [TaskInfoInput!]! }
  input TaskInfoInput { taskId: ID! sourceId: ID! sourceName: String }
  union ExportConsistencyResultsResult = ExportConsistencyResultsSuccess | SmsNotFoundError
  type ExportConsistencyResultsSuccess { files: [ExportedFile!]! tasks: [MigrationTask!]! }
  type ExportedFile { fileName: String contentType: String size: Long text: String }
  type MigrationTask { taskId: ID }
  interface SmsError { message: String! code: String! requestId: String }
  type SmsNotFoundError implements SmsError { message: String! code: String! requestId: String }
`;

const pool = new Pool(process.env['UPSTREAM'] ?? '', { connections: 64, pipelining: 1 });

export interface Context {
  token: string;
}

interface Task {
  taskId: string;
  sourceId: string;
  sourceName?: string;
}

const headersOf = ({ token }: Context) => ({ 'content-type': 'application/json', 'x-auth-token': token });
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const resolvers = {
  Query: {
    sourceServers: async (_: unknown, { first = 50 }: { first?: number }, context: Context) => {
      const path = `/v3/sources?limit=${first}&offset=0`;
      const response = await pool.request({ method: 'GET', path, headers: headersOf(context) });
      const { count, source_servers: rows } = (await response.body.json()) as {
        count: number;
        source_servers: object[];
      };
      const nodes = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value])),
      );
      return { totalCount: count, nodes };
    },
  },
  Mutation: {
    exportConsistencyResults: async (_: unknown, { input }: { input: { taskInfo: Task[] } }, context: Context) => {
      const task_info = input.taskInfo.map((task) => ({
        task_id: task.taskId,
        source_id: task.sourceId,
        source_name: task.sourceName,
      }));
      const path = '/v3/tasks/consistency-results/export';
      const body = JSON.stringify({ task_info });
      const response = await pool.request({ method: 'POST', path, headers: headersOf(context), body });
      const text = await response.body.text();
      return {
        __typename: 'ExportConsistencyResultsSuccess',
        files: [{ fileName: 'results.csv', contentType: response.headers['content-type'], size: text.length, text }],
        tasks: input.taskInfo.map(({ taskId }) => ({ taskId })),
      };
    },
  },
};

export const tokenIn = (headers: Record<string, string | string[] | undefined>): Context => ({
  token: String(headers['x-auth-token']),
});
