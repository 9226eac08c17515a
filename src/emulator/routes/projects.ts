/** Migration projects. One of them is the default, and names are unique. */

import { smsError } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Json, MigrationProject } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { projectById } from './lookup.ts';
import { pageOf } from './pagination.ts';

/** Source: API reference, 5.8.2. */
const DEFAULT_LIMIT = 50;

type ProjectInput = Json & { name: string };

export const projects: Routes = {
  'GET /v3/migprojects': ({ query, state }) => {
    const { count, rows } = pageOf(state.projects.values(), query, DEFAULT_LIMIT);
    return { count, migprojects: rows.map((project) => projectRow(project, state)) };
  },
  'POST /v3/migprojects': ({ body, state }: Call<ProjectInput>) => {
    const project = { ...DEFAULTS, ...body, id: state.newId() };
    checkUnique(project, state);
    state.projects.set(project.id, project);
    return { id: project.id };
  },
  // Only this response of SMS has no id.
  'GET /v3/migprojects/{mig_project_id}': ({ params, state }) => {
    const { id: _, ...project } = projectById(params['mig_project_id'], state);
    return project;
  },
  'PUT /v3/migprojects/{mig_project_id}': ({ params, body, state }: Call<Partial<ProjectInput>>) => {
    const old = projectById(params['mig_project_id'], state);
    const project = { ...old, ...body, id: old.id };
    checkUnique(project, state);
    state.projects.set(project.id, project);
  },
  'DELETE /v3/migprojects/{mig_project_id}': ({ params, state }) => {
    const { id, isdefault } = projectById(params['mig_project_id'], state);
    if (isdefault) throw smsError('SMS.7303', 'The default migration project cannot be deleted.');
    if (hasServers(id, state)) throw smsError('SMS.7311', 'The migration project still has source servers.');
    state.projects.delete(id);
  },
  'PUT /v3/migprojects/{mig_project_id}/default': ({ params, state }) => {
    const { id } = projectById(params['mig_project_id'], state);
    for (const project of state.projects.values()) project.isdefault = project.id === id;
  },
};

/** In a list, `exist_server` means that the project has source servers; elsewhere, that targets exist already. */
function projectRow(project: MigrationProject, state: State): MigrationProject {
  return { ...project, exist_server: hasServers(project.id, state) };
}

function hasServers(id: string, state: State): boolean {
  return [...state.servers.values()].some(({ migproject_id }) => migproject_id === id);
}

function checkUnique({ id, name, isdefault }: MigrationProject, state: State): void {
  const others = [...state.projects.values()].filter((other) => other.id !== id);
  if (others.some((other) => other.name === name)) {
    throw smsError('SMS.7312', 'Another migration project has this name.');
  }
  if (isdefault && others.some((other) => other.isdefault)) {
    throw smsError('SMS.7313', 'Another migration project is the default.');
  }
}

const DEFAULTS = {
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
