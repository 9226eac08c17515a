/**
 * An SMS of `SERVERS` servers and tasks that counts its calls, for requests that ask for much. `MODE` is what joined reads
 * are answered with: `200`, `401` or `429`. `ROWS` are the directories of a consistency check, `FILE` the bytes of an
 * exported file. `GET /calls` tells the count and sets it back.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const servers = number('SERVERS', 5_000);
const rows = number('ROWS', 10);
const fileBytes = number('FILE', 1_000);
const latency = number('LATENCY', 0);
const mode = process.env['MODE'] ?? '200';
/** Each has equally many servers. */
const PROJECTS = 25;
let calls = 0;

const ERRORS: Readonly<Record<string, string>> = {
  401: '{"error_msg":"Incorrect IAM authentication information: token expires","error_code":"APIGW.0301"}',
  404: '{"error_msg":"The task does not exist.","error_code":"SMS.6000"}',
  429: '{"error_msg":"The throttling threshold has been reached","error_code":"APIGW.0308"}',
  500: '{"error_msg":"Internal error.","error_code":"SMS.6000"}',
};

const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const task = (index: number) => ({
  id: id(index),
  name: `move-${index}`,
  state: 'RUNNING',
  type: 'MIGRATE_BLOCK',
  os_type: 'LINUX',
  priority: 1,
  speed_limit: 0,
  create_date: 1_790_000_000_000,
  source_server: { id: id(index), name: `web-${index}` },
});
const server = (index: number) => ({
  id: id(index),
  name: `web-${index}`,
  state: 'REPLICATING',
  ip: '10.0.0.1',
  os_type: 'LINUX',
  current_task: { id: id(index), name: `move-${index}` },
});
const check = JSON.stringify({
  result_list: [
    JSON.stringify({
      finished_time: 1_790_000_000_000,
      check_result: 'success',
      consistency_result: JSON.stringify(
        Array.from({ length: rows }, (_, row) => ({
          dir_check: `/srv/www/${row}`,
          num_total_files: 128_450,
          num_different_files: 0,
          num_target_miss_files: 0,
          num_target_more_files: 0,
        })),
      ),
    }),
  ],
});
/** `FILE_ITEM` makes the file a list of JSON. */
const item = process.env['FILE_ITEM'];
const file = item
  ? Buffer.from(`[${`${item},`.repeat(Math.floor(fileBytes / (item.length + 1)))}null]`)
  : Buffer.alloc(fileBytes, 'Task ID,Result\n');
// One page with one number of 20 digits.
const long = JSON.stringify({
  count: 1,
  tasks: Array.from({ length: number('LONG_ITEMS', 1) }, (_, index) => task(index)),
  total: 'BIG',
}).replace('"BIG"', '12345678901234567890');

const http = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
  request.resume().on('end', () => {
    if (request.url === '/calls') {
      response.end(String(calls));
      calls = 0;
      return;
    }
    calls += 1;
    if (latency === 0) answer(request.url ?? '', response);
    else setTimeout(answer, latency, request.url ?? '', response);
  });
});

function answer(line: string, response: ServerResponse): void {
  const url = new URL(line, 'http://sms');
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const page = (of: (index: number) => object, first = 0, count = servers) =>
    Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, index) => of(first + offset + index));
  const json = (value: object | string) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(typeof value === 'string' ? value : JSON.stringify(value));
  if (url.pathname === '/v3/tasks' && url.searchParams.get('name') === 'long') return void json(long);
  if (url.pathname === '/v3/tasks') return void json({ count: servers, tasks: page(task) });
  if (url.pathname === '/v3/sources') {
    const project = url.searchParams.get('migproject');
    const count = project === null ? servers : servers / PROJECTS;
    const first = project === null ? 0 : Number(project.split('-').at(-1)) * count;
    return void json({ count, source_servers: page(server, first, count) });
  }
  if (url.pathname === '/v3/migprojects') {
    const migprojects = Array.from({ length: PROJECTS }, (_, index) => ({ id: id(index) }));
    return void json({ count: PROJECTS, migprojects });
  }
  const error = ERRORS[mode];
  if (error !== undefined)
    return void response
      .writeHead(Number(mode), { 'content-type': 'application/json', ...(mode === '429' && { 'retry-after': '60' }) })
      .end(error);
  if (url.pathname.endsWith('/consistency-result')) return void json(check);
  if (url.pathname.endsWith('/export'))
    return void response
      .writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="a.csv"',
      })
      .end(file);
  if (url.pathname.endsWith('/speed-limit')) return void json({ speed_limit: [] });
  if (url.pathname.endsWith('/configuration-setting')) return void json({ configurations: [] });
  const wanted = Number(url.pathname.split('-').at(-1));
  json(url.pathname.startsWith('/v3/tasks') ? { ...task(wanted), connected: true } : server(wanted));
}

http.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
