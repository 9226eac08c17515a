/** Source servers: reading, renaming and deleting them, and which of them failed. */

import { smsRefusal } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { settle } from '../world/task-progress.ts';
import { currentTask, projectOf, serverOf } from './lookup.ts';
import { type Filters, holds, page, selected } from './pagination.ts';
import { standing } from './source-state.ts';
import { listedServer, shownServer } from './source-view.ts';

/** Rows of a page where the caller names no limit, or for servers 0. Source: API reference, 5.3.1 and 5.3.3. */
const USUAL_LIMIT = 200;
const USUAL_ERRORS = 50;

export const sources: Routes = {
  'GET /v3/sources': ({ query, state }) => {
    const found = selected(state.servers.values(), query, filtersAt(state));
    const rows = page(found, { ...query, limit: query['limit'] || USUAL_LIMIT }, USUAL_LIMIT).map((server) =>
      listedServer(server, state),
    );
    return { count: found.length, source_servers: rows };
  },
  'GET /v3/sources/overview': ({ state }) => overview(state),
  'GET /v3/sources/{source_id}': ({ params, state }) => shownServer(serverOf(params['source_id'], state), state),
  'PUT /v3/sources/{source_id}': ({ params, body, state }: Call<{ name?: string; migprojectid?: string }>) => {
    const server = serverOf(params['source_id'], state);
    const project = body.migprojectid ? projectOf(body.migprojectid, state).id : server.migproject_id;
    if (body.name) server.name = body.name;
    server.migproject_id = project;
  },
  'DELETE /v3/sources/{source_id}': ({ params, state }) => deleteServers([params['source_id'] ?? ''], state),
  'POST /v3/sources/delete': ({ body, state }: Call<{ ids: string[] }>) => deleteServers(body.ids, state),
  'GET /v3/errors': ({ query, state }) => {
    const errors = migrationErrors(state);
    return { count: errors.length, migration_errors: page(errors, query, USUAL_ERRORS) };
  },
};

const RUNNING: readonly string[] = ['RUNNING', 'SYNCING', 'ABORTING', 'SKIPPING'];

/**
 * Deletes all of the servers or none (our choice). SMS's texts for SMS.7601 speak of a running task and of any task; as
 * the tasks of deleted servers stay, it is the running ones here.
 */
function deleteServers(ids: string[], state: State): void {
  const doomed = ids.map((id) => serverOf(id, state));
  const busy = doomed.find((server) => RUNNING.includes(currentTask(server, state)?.state ?? ''));
  if (busy) throw smsRefusal('SMS.7601', `The source server "${busy.id}" has a task that runs.`);
  for (const { id } of doomed) state.servers.delete(id);
}

function filtersAt(state: State): Filters<SourceServer> {
  return {
    state: (server, wanted) => standing(server, state).state === wanted,
    name: (server, wanted) => holds(server.name, wanted),
    id: (server, wanted) => server.id === wanted,
    ip: (server, wanted) => server.ip === wanted,
    ipv6: (server, wanted) => server.ipv6 === wanted,
    migproject: (server, wanted) => server.migproject_id === wanted,
    migration_cycle: (server, wanted) => standing(server, state).migration_cycle === wanted,
    connected: (server, wanted) => server.connected === wanted,
    enterprise_project_id: (server, wanted) => server.enterprise_project_id === wanted,
    is_consistency_result_exist: (server, wanted) => (currentTask(server, state)?.results.length ?? 0) > 0 === wanted,
    vm_id: (server, wanted) => currentTask(server, state)?.target.vm_id === wanted,
  };
}

/** States that the overview counts; servers in any other state are not in it. */
const COUNTED = [
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
  const states = servers.map((server) => standing(server, state).state);
  const counts = COUNTED.map((name) => [name, states.filter((found) => found === name).length]);
  // Our reading of "unconfigured": no task has been set up.
  const unconfigured = servers.filter(({ task_id }) => task_id === null).length;
  return { ...Object.fromEntries(counts), unconfigured };
}

function migrationErrors(state: State): Record<string, string | null>[] {
  return [...state.tasks.values()].flatMap((task) => {
    const { error_json, migration_ip, server_id } = settle(task, state);
    const server = state.servers.get(server_id);
    if (!error_json || !server) return [];
    const { id, name, hostname, ip } = server;
    const target_ip = task.finishedAt === null || task.state === 'MIGRATE_FAIL' ? migration_ip : null;
    return [{ error_json, host_name: hostname || null, name, source_id: id, source_ip: ip, target_ip }];
  });
}
