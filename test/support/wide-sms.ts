/** An SMS with as many servers and projects as a test wants, which counts its calls. Each project has equally many servers. */
import { bodyOf, httpServer } from './harness.ts';

type Row = Record<string, unknown>;

export interface WideSms {
  origin: string;
  /** Calls by `METHOD /path`, without ids and query. */
  calls: Record<string, number>;
  /** Bodies of the export calls. */
  exports: { task_info: Row[] }[];
}

interface Options {
  servers?: number;
  projects?: number;
  /** Changes the row of a server in the list. */
  server?: (index: number, row: Row) => object;
  /** The entries of `result_list` of a task, or a status and an error body. */
  results?: (index: number) => unknown[] | { status: number; body: object };
  /** Called for each call that it answers instead. */
  before?: (path: string, query: URLSearchParams, body: string) => { status: number; body: object } | undefined;
}

export const projectId = (index: number) => `project-${index}`;
export const serverId = (index: number) => `server-${index}`;
export const taskId = (index: number) => `task-${index}`;

/** A finished check of these directories, in which so many files differ. */
export function checkOf(directories: Record<string, number>, finished_time = 1_790_000_000_000) {
  return {
    finished_time,
    check_result: 'success',
    consistency_result: Object.entries(directories).map(([dir_check, num_different_files]) => ({
      dir_check,
      num_total_files: 100,
      num_different_files,
      num_target_miss_files: 0,
      num_target_more_files: 0,
    })),
  };
}

export const TOKEN_EXPIRED = {
  status: 401,
  body: { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication information: token expires' },
};

/** By default every server is in continuous synchronization, and the check of its two directories found no difference. */
export async function wideSms({
  servers = 5_000,
  projects = 25,
  server = (_, row) => row,
  results = () => [checkOf({ '/srv': 0, '/opt': 0 })],
  before = () => undefined,
}: Options = {}): Promise<WideSms> {
  const calls: Record<string, number> = {};
  const exports: WideSms['exports'] = [];
  const perProject = Math.ceil(servers / Math.max(1, projects));

  const rowOf = (index: number) => ({
    id: serverId(index),
    name: `web-${index}`,
    state: 'syncing',
    migration_cycle: 'syncing',
    connected: true,
    totalsize: 1000,
    replicatesize: 1000,
    current_task: {
      id: taskId(index),
      name: `move-${index}`,
      state: 'SYNCING',
      migrate_speed: 0,
      remain_seconds: null,
    },
  });

  const pageOf = (name: string, ids: number[], query: URLSearchParams, row: (index: number) => object) => {
    const [offset, limit] = ['offset', 'limit'].map((key) => Number(query.get(key) ?? 0));
    return { count: ids.length, [name]: ids.slice(offset, Number(offset) + (Number(limit) || 200)).map(row) };
  };

  const answer = (method: string, pathname: string, query: URLSearchParams, body: string) => {
    const [, , kind, id = '', view] = pathname.split('/');
    const all = Array.from({ length: servers }, (_, index) => index);
    if (method === 'POST') {
      exports.push(JSON.parse(body));
      return { status: 200, body: { exported: exports.at(-1)?.task_info.length } };
    }
    if (kind === 'sources') {
      const [project, name] = [query.get('migproject'), query.get('name')];
      const found = all.filter(
        (index) =>
          (project === null || projectId(Math.floor(index / perProject)) === project) &&
          (name === null || `web-${index}`.includes(name)),
      );
      return { status: 200, body: pageOf('source_servers', found, query, (index) => server(index, rowOf(index))) };
    }
    if (kind === 'migprojects' && id !== '')
      return Number(id.split('-')[1]) < projects || id === 'empty'
        ? { status: 200, body: { id, name: id } }
        : { status: 400, body: { error_code: 'SMS.7301', error_msg: 'No such project.' } };
    if (kind === 'migprojects') {
      const ids = Array.from({ length: projects }, (_, index) => index);
      return { status: 200, body: pageOf('migprojects', ids, query, (index) => ({ id: projectId(index) })) };
    }
    if (view === 'consistency-result') {
      const found = results(Number(id.split('-')[1]));
      return Array.isArray(found) ? { status: 200, body: { task_id: id, result_list: found } } : found;
    }
    const row = (index: number) => ({ id: taskId(index), source_server: { id: serverId(index) } });
    return { status: 200, body: pageOf('tasks', all, query, row) };
  };

  const origin = await httpServer(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sms.test');
    const kind = `${request.method} ${pathname.replace(/(task|server|project)-\d+/, '{id}')}`;
    calls[kind] = (calls[kind] ?? 0) + 1;
    const answered = before(pathname, searchParams, body) ?? answer(request.method ?? '', pathname, searchParams, body);
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
  });
  return { origin, calls, exports };
}
