/** Source servers: reading, renaming and deleting them, and which of them failed. */
import { currentTask, projectOf, serverOf } from './find.ts';
import { type Filters, holds, page, selected } from './listing.ts';
import { settle } from './progress.ts';
import type { SourceServer } from './records.ts';
import type { Call, Routes } from './route.ts';
import { listedServer, shownServer } from './source-view.ts';
import { standing } from './standing.ts';
import type { State } from './state.ts';
import { deleteTasks } from './tasks.ts';

/** Rows of a page where the caller names no limit; for servers the largest page, since no default is known. */
const USUAL_LIMIT = 200;
const USUAL_ERRORS = 50;

export const sources: Routes = {
  'GET /v3/sources': ({ query, state }) => {
    const found = selected(state.servers.values(), query, filtersAt(state));
    const rows = page(found, query, USUAL_LIMIT).map((server) => listedServer(server, state));
    return { count: found.length, source_servers: rows };
  },
  'GET /v3/sources/overview': ({ state }) => overview(state),
  'GET /v3/sources/{source_id}': ({ params, state }) => shownServer(serverOf(params['source_id'], state), state),
  'PUT /v3/sources/{source_id}': ({ params, body, state }: Call<{ name?: string; migprojectid?: string }>) => {
    const server = serverOf(params['source_id'], state);
    if (body.migprojectid) server.migproject_id = projectOf(body.migprojectid, state).id;
    if (body.name) server.name = body.name;
  },
  'DELETE /v3/sources/{source_id}': ({ params, state }) => deleteServers([params['source_id'] ?? ''], state),
  'POST /v3/sources/delete': ({ body, state }: Call<{ ids: string[] }>) => deleteServers(body.ids, state),
  'GET /v3/errors': ({ query, state }) => {
    const errors = migrationErrors(state);
    return { count: errors.length, migration_errors: page(errors, query, USUAL_ERRORS) };
  },
};

// A server goes with its tasks, or stays when one of them runs (our choice; SMS is silent on it).
function deleteServers(ids: string[], state: State): void {
  const doomed = ids.map((id) => serverOf(id, state).id);
  const owned = [...state.tasks.values()].filter(({ server_id }) => doomed.includes(server_id));
  deleteTasks(
    owned.map(({ id }) => id),
    state,
  );
  for (const id of doomed) state.servers.delete(id);
}

function filtersAt(state: State): Filters<SourceServer> {
  return {
    state: (server, wanted) => standing(server, state).state === wanted,
    name: (server, wanted) => holds(server.name, wanted),
    id: (server, wanted) => server.id === wanted,
    ip: (server, wanted) => server.ip === wanted,
    ipv6: (server, wanted) => server.networks.some(({ ipv6 }) => ipv6 === wanted),
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

function migrationErrors(state: State): Record<string, string>[] {
  return [...state.tasks.values()].flatMap((task) => {
    const { error_json, migration_ip, server_id } = settle(task, state);
    const server = state.servers.get(server_id);
    if (!error_json || !server) return [];
    const { id, name, hostname, ip } = server;
    return [{ error_json, host_name: hostname, name, source_id: id, source_ip: ip, target_ip: migration_ip }];
  });
}
