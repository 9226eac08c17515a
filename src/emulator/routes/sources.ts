/** Source servers: reading, renaming, moving and deleting them, their overview, and errors of their tasks. */

import { smsError } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { catchUp } from '../world/task-progress.ts';
import { currentTask, projectById, serverById } from './lookup.ts';
import { type Filters, nameContains, pageOf } from './pagination.ts';
import { sourceState } from './source-state.ts';
import { serverDetails, serverRow } from './source-view.ts';

/** Source: API reference, 5.3.1 and 5.3.3. For servers, a limit of 0 means the default, too. */
const DEFAULT_LIMIT = 200;
const DEFAULT_ERROR_LIMIT = 50;

export const sources: Routes = {
  'GET /v3/sources': ({ query, state }) => {
    const limited = { ...query, limit: query['limit'] || DEFAULT_LIMIT };
    const { count, rows } = pageOf(state.servers.values(), limited, DEFAULT_LIMIT, filters(state));
    return { count, source_servers: rows.map((server) => serverRow(server, state)) };
  },
  'GET /v3/sources/overview': ({ state }) => overview(state),
  'GET /v3/sources/{source_id}': ({ params, state }) => serverDetails(serverById(params['source_id'], state), state),
  'PUT /v3/sources/{source_id}': ({ params, body, state }: Call<{ name?: string; migprojectid?: string }>) => {
    const server = serverById(params['source_id'], state);
    if (body.migprojectid) server.migproject_id = projectById(body.migprojectid, state).id;
    if (body.name) server.name = body.name;
  },
  'DELETE /v3/sources/{source_id}': ({ params, state }) => deleteServers([params['source_id'] ?? ''], state),
  'POST /v3/sources/delete': ({ body, state }: Call<{ ids: string[] }>) => deleteServers(body.ids, state),
  'GET /v3/errors': ({ query, state }) => {
    const { count, rows } = pageOf(migrationErrors(state), query, DEFAULT_ERROR_LIMIT);
    return { count, migration_errors: rows };
  },
};

const ACTIVE_TASK_STATES: readonly string[] = ['RUNNING', 'SYNCING', 'ABORTING', 'SKIPPING'];

/**
 * Deletes all of the servers or none (our choice). SMS's texts for SMS.7601 mention both a running task and any task.
 * Because the tasks of deleted servers remain, the emulator rejects only running ones.
 */
function deleteServers(ids: string[], state: State): void {
  const servers = ids.map((id) => serverById(id, state));
  const active = servers.find((server) => ACTIVE_TASK_STATES.includes(currentTask(server, state)?.state ?? ''));
  if (active) throw smsError('SMS.7601', `The source server "${active.id}" has a running task.`);
  for (const { id } of servers) state.servers.delete(id);
}

function filters(state: State): Filters<SourceServer> {
  return {
    state: (server, name) => sourceState(server, state).state === name,
    name: nameContains,
    id: (server, id) => server.id === id,
    ip: (server, ip) => server.ip === ip,
    ipv6: (server, ipv6) => server.ipv6 === ipv6,
    migproject: (server, id) => server.migproject_id === id,
    migration_cycle: (server, cycle) => sourceState(server, state).migration_cycle === cycle,
    connected: (server, connected) => server.connected === connected,
    enterprise_project_id: (server, id) => server.enterprise_project_id === id,
    is_consistency_result_exist: (server, exists) => (currentTask(server, state)?.results.length ?? 0) > 0 === exists,
    vm_id: (server, id) => currentTask(server, state)?.target.vm_id === id,
  };
}

/** The overview ignores servers in other states. */
const OVERVIEW_STATES = [
  'waiting',
  'replicate',
  'syncing',
  'stopped',
  'deleting',
  'cutovering',
  'unavailable',
  'stopping',
  'skipping',
  'finished',
  'initialize',
  'error',
  'cloning',
] as const;

function overview(state: State): Record<string, number> {
  const servers = [...state.servers.values()];
  const states = servers.map((server) => sourceState(server, state).state);
  const counts = OVERVIEW_STATES.map((name) => [name, states.filter((one) => one === name).length]);
  // Our reading of "unconfigured": without a task.
  const unconfigured = servers.filter(({ task_id }) => task_id === null).length;
  return { ...Object.fromEntries(counts), unconfigured };
}

function migrationErrors(state: State): Record<string, string | null>[] {
  return [...state.tasks.values()].flatMap((task) => {
    const { error_json, migration_ip, server_id } = catchUp(task, state);
    const server = state.servers.get(server_id);
    if (!error_json || !server) return [];
    const { id, name, hostname, ip } = server;
    const target_ip = task.finishedAt === null || task.state === 'MIGRATE_FAIL' ? migration_ip : null;
    return [{ error_json, host_name: hostname || null, name, source_id: id, source_ip: ip, target_ip }];
  });
}
