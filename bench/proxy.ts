/** L: the same work without GraphQL and without policies, on node:http and undici. `SIGN=true` signs each call. */
import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'undici';
import { authorization, sdkDate } from '../src/sms/sign.ts';
import { listen } from './listen.ts';
import { SERVER_FIELDS } from './workloads.ts';

const origin = process.env['UPSTREAM'] ?? '';
const isSigning = process.env['SIGN'] === 'true';
const { host } = new URL(origin);
const pool = new Pool(origin, { connections: 64, pipelining: 1 });
const key = { ak: 'BENCHACCESSKEY000001', sk: 'benchSecretKey' };

interface Task {
  taskId: string;
  sourceId: string;
  sourceName: string;
}

async function call(
  method: 'GET' | 'POST',
  path: string,
  query: [string, string][],
  body: string | null,
  token: string,
) {
  const headers: Record<string, string> = {
    Host: host,
    'Content-Type': 'application/json',
    'X-Request-Id': 'a-request',
    'X-Auth-Token': token,
  };
  if (isSigning) {
    headers['X-Sdk-Date'] = sdkDate(new Date());
    headers['Authorization'] = authorization({ method, path, query, headers, body }, key);
  }
  const line = query.length === 0 ? path : `${path}?${query.map((pair) => pair.join('=')).join('&')}`;
  return pool.request({ method, path: line, headers, body });
}

const WORK: Record<string, (body: string, token: string) => Promise<unknown>> = {
  '/export': async (body, token) => {
    const { taskInfo } = JSON.parse(body) as { taskInfo: Task[] };
    const task_info = taskInfo.map((task) => ({
      task_id: task.taskId,
      source_id: task.sourceId,
      source_name: task.sourceName,
    }));
    const response = await call(
      'POST',
      '/v3/tasks/consistency-results/export',
      [],
      JSON.stringify({ task_info }),
      token,
    );
    const text = await response.body.text();
    const tasks = taskInfo.map(({ taskId }) => ({ taskId }));
    return {
      files: [{ fileName: 'results.csv', contentType: response.headers['content-type'], size: text.length, text }],
      tasks,
    };
  },
  '/servers': async (body, token) => {
    const { first } = JSON.parse(body) as { first: number };
    const query: [string, string][] = [
      ['limit', String(first)],
      ['offset', '0'],
    ];
    const response = await call('GET', '/v3/sources', query, null, token);
    const { count, source_servers: rows } = (await response.body.json()) as { count: number; source_servers: Row[] };
    const nodes = rows.map((row) => {
      const node: Row = {};
      for (const field of SERVER_FIELDS) node[field] = row[field];
      return node;
    });
    return { totalCount: count, nodes };
  },
};

type Row = Record<string, unknown>;

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
  });
}

listen(
  createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    const work = WORK[request.url ?? ''];
    const data = await work?.(await bodyOf(request), String(request.headers['x-auth-token']));
    const bytes = Buffer.from(JSON.stringify({ data }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  }),
);
