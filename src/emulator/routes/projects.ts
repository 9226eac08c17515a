/** Migration projects. One of them is the default, and no two have the same name. */

import { smsRefusal } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Json, MigrationProject } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { projectOf } from './lookup.ts';
import { page } from './pagination.ts';

/** Rows of a page where the caller names no limit. Source: API reference, 5.8.2. */
const USUAL_LIMIT = 50;

type Given = Json & { name: string };

export const projects: Routes = {
  'GET /v3/migprojects': ({ query, state }) => {
    const found = [...state.projects.values()].map((project) => listed(project, state));
    return { count: found.length, migprojects: page(found, query, USUAL_LIMIT) };
  },
  'POST /v3/migprojects': ({ body, state }: Call<Given>) => {
    const project = { ...BLANK, ...body, id: state.newId() };
    refuseDoubles(project, state);
    state.projects.set(project.id, project);
    return { id: project.id };
  },
  // SMS leaves the id out of this one answer.
  'GET /v3/migprojects/{mig_project_id}': ({ params, state }) => {
    const { id: _, ...project } = projectOf(params['mig_project_id'], state);
    return project;
  },
  'PUT /v3/migprojects/{mig_project_id}': ({ params, body, state }: Call<Partial<Given>>) => {
    const old = projectOf(params['mig_project_id'], state);
    const project = { ...old, ...body, id: old.id };
    refuseDoubles(project, state);
    state.projects.set(project.id, project);
  },
  'DELETE /v3/migprojects/{mig_project_id}': ({ params, state }) => {
    const { id, isdefault } = projectOf(params['mig_project_id'], state);
    if (isdefault) throw smsRefusal('SMS.7303', 'The default migration project cannot be deleted.');
    if (hasServers(id, state)) {
      throw smsRefusal('SMS.7311', 'The migration project still has source servers.');
    }
    state.projects.delete(id);
  },
  'PUT /v3/migprojects/{mig_project_id}/default': ({ params, state }) => {
    const { id } = projectOf(params['mig_project_id'], state);
    for (const project of state.projects.values()) project.isdefault = project.id === id;
  },
};

/** In a list `exist_server` tells whether the project has source servers; alone, whether it uses existing targets. */
function listed(project: MigrationProject, state: State): MigrationProject {
  return { ...project, exist_server: hasServers(project.id, state) };
}

function hasServers(id: string, state: State): boolean {
  return [...state.servers.values()].some(({ migproject_id }) => migproject_id === id);
}

function refuseDoubles({ id, name, isdefault }: MigrationProject, state: State): void {
  const others = [...state.projects.values()].filter((other) => other.id !== id);
  if (others.some((other) => other.name === name)) {
    throw smsRefusal('SMS.7312', 'Another migration project has this name.');
  }
  if (isdefault && others.some((other) => other.isdefault)) {
    throw smsRefusal('SMS.7313', 'Another migration project is the default.');
  }
}

const BLANK = {
  description: '',
  isdefault: false,
  start_target_server: true,
  speed_limit: 0,
  use_public_ip: true,
  exist_server: true,
  enterprise_project: 'default',
  syncing: false,
  start_network_check: false,
};
