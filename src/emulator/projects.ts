/** Migration projects. At most one of them is the default. */
import { projectOf } from './find.ts';
import { page } from './listing.ts';
import type { Json, MigrationProject } from './records.ts';
import type { Call, Routes } from './route.ts';
import type { State } from './state.ts';

/** Rows of a page where the caller names no limit: the largest page, since no default is known. */
const USUAL_LIMIT = 100;

type Given = Json & { name: string };

export const projects: Routes = {
  'GET /v3/migprojects': ({ query, state }) => {
    const found = [...state.projects.values()];
    return { count: found.length, migprojects: page(found, query, USUAL_LIMIT) };
  },
  'POST /v3/migprojects': ({ body, state }: Call<Given>) => {
    const project = { ...BLANK, ...body, id: state.newId() };
    keep(project, state);
    return { id: project.id };
  },
  // SMS leaves the id out of this one answer.
  'GET /v3/migprojects/{mig_project_id}': ({ params, state }) => {
    const { id: _, ...project } = projectOf(params['mig_project_id'], state);
    return project;
  },
  'PUT /v3/migprojects/{mig_project_id}': ({ params, body, state }: Call<Partial<Given>>) => {
    const old = projectOf(params['mig_project_id'], state);
    keep({ ...old, ...body, id: old.id }, state);
  },
  'DELETE /v3/migprojects/{mig_project_id}': ({ params, state }) => {
    const { id } = projectOf(params['mig_project_id'], state);
    state.projects.delete(id);
    for (const server of state.servers.values()) if (server.migproject_id === id) server.migproject_id = '';
  },
  'PUT /v3/migprojects/{mig_project_id}/default': ({ params, state }) => {
    keep({ ...projectOf(params['mig_project_id'], state), isdefault: true }, state);
  },
};

function keep(project: MigrationProject, state: State): void {
  state.projects.set(project.id, project);
  if (!project.isdefault) return;
  for (const other of state.projects.values()) if (other.id !== project.id) other.isdefault = false;
}

const BLANK = {
  description: '',
  isdefault: false,
  start_target_server: true,
  speed_limit: 0,
  use_public_ip: true,
  exist_server: false,
  enterprise_project: 'default',
  syncing: false,
  start_network_check: false,
};
