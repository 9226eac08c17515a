/** Migration tasks: reading, creating, changing, running and deleting them. */
import { perform, type TaskAction } from './actions.ts';
import { taskOf, templateOf } from './find.ts';
import { type Filters, holds, page, selected } from './listing.ts';
import { newTask } from './new-task.ts';
import { ready, settle } from './progress.ts';
import type { Json, MigrationTask, TaskType } from './records.ts';
import { smsRefusal } from './refusal.ts';
import type { Call, Routes } from './route.ts';
import type { State } from './state.ts';
import { listedTask, shownTask } from './task-view.ts';

/** Rows of a page where the caller names no limit. Source: the API page of ListTasks. */
const USUAL_LIMIT = 100;

interface NewTask extends Json {
  name: string;
  type: TaskType;
  source_server: { id: string };
  target_server: Partial<MigrationTask['target']>;
  auto_start?: boolean;
  vm_template_id?: string;
  is_need_consistency_check?: boolean;
}

export const tasks: Routes = {
  'GET /v3/tasks': ({ query, state }) => {
    const rows = [...state.tasks.values()].map((task) => settle(task, state));
    const found = selected(rows, query, filters);
    return { count: found.length, tasks: page(found, query, USUAL_LIMIT).map((task) => listedTask(task, state)) };
  },
  'POST /v3/tasks': ({ body, state }: Call<NewTask>) => ({ id: createTask(body, state).id }),
  'GET /v3/tasks/{task_id}': ({ params, state }) => shownTask(taskOf(params['task_id'], state), state),
  'PUT /v3/tasks/{task_id}': ({ params, body, state }: Call<Partial<NewTask>>) => {
    const task = taskOf(params['task_id'], state);
    change(task, body, state);
    return { id: task.id };
  },
  'DELETE /v3/tasks/{task_id}': ({ params, state }) => deleteTasks([params['task_id'] ?? ''], state),
  'POST /v3/tasks/delete': ({ body, state }: Call<{ ids: string[] }>) => deleteTasks(body.ids, state),
  'POST /v3/tasks/{task_id}/action': ({ params, body, state }: Call<TaskAction>) => {
    if (body.template_id) templateOf(body.template_id, state);
    perform(taskOf(params['task_id'], state), body, state);
  },
  'POST /v3/tasks/{task_id}/log': ({ params, body, state }: Call<{ log_bucket: string }>) => {
    taskOf(params['task_id'], state).log = { bucket: body.log_bucket, requestedAt: state.now() };
  },
};

/** Deletes all of the tasks or none: SMS.7703 for one that does not exist, SMS.7719 for one that runs. */
export function deleteTasks(ids: string[], state: State): void {
  const doomed = ids.map((id) => taskOf(id, state));
  const busy = doomed.find(({ phase }) => ['RUNNING', 'SYNCING', 'ABORTING'].includes(phase.state));
  if (busy) throw smsRefusal(400, 'SMS.7719', `The task "${busy.id}" is running or stopping and cannot be deleted.`);
  for (const task of doomed) {
    state.tasks.delete(task.id);
    // A template that was made for this task alone goes with it.
    const template = state.templates.get(task.vm_template_id ?? '');
    if (template?.is_template === 'false') state.templates.delete(template.id);
    const server = state.servers.get(task.server_id);
    if (server?.task_id !== task.id) continue;
    server.command = null;
    server.task_id = [...state.tasks.values()].findLast(({ server_id }) => server_id === server.id)?.id ?? null;
  }
}

const filters: Filters<MigrationTask> = {
  state: (task, wanted) => task.phase.state === wanted,
  name: (task, wanted) => holds(task.name, wanted),
  id: (task, wanted) => task.id === wanted,
  source_server_id: (task, wanted) => task.server_id === wanted,
  enterprise_project_id: (_, wanted) => wanted === '0',
};

// A server may have several tasks here: no public source tells how SMS refuses a second one.
function createTask(body: NewTask, state: State): MigrationTask {
  const server = state.servers.get(body.source_server.id);
  if (!server) throw smsRefusal(400, 'SMS.7602', 'The source server of the new task does not exist.');
  const task = newTask(state, server, state.newId(), ready(state.now(), state.taskDuration));
  change(task, body, state);
  state.tasks.set(task.id, task);
  server.task_id = task.id;
  if (body.auto_start) perform(task, { operation: 'start', ...checkOf(body) }, state);
  return task;
}

function checkOf({ is_need_consistency_check: check }: NewTask): { is_need_consistency_check?: boolean } {
  return check === undefined ? {} : { is_need_consistency_check: check };
}

/** Fields of a task that a request may set, under the same name. */
const SETTABLE = [
  'name',
  'type',
  'priority',
  'speed_limit',
  'region_id',
  'region_name',
  'project_id',
  'project_name',
  'start_target_server',
  'exist_server',
  'use_public_ip',
  'syncing',
  'need_migration_test',
  'migration_ip',
] as const satisfies (keyof MigrationTask)[];

function change(task: MigrationTask, body: Partial<NewTask>, state: State): void {
  if (body.vm_template_id) task.vm_template_id = templateOf(body.vm_template_id, state).id;
  Object.assign(task, Object.fromEntries(SETTABLE.flatMap((name) => (name in body ? [[name, body[name]]] : []))));
  const { name, vm_id, disks, volume_groups } = body.target_server ?? {};
  task.target = {
    ...task.target,
    ...(name && { name }),
    ...(vm_id && { vm_id }),
    ...(disks && { disks }),
    ...(volume_groups && { volume_groups }),
  };
  for (const field of ['image_disk_id', 'cutovered_snapshot_ids'] as const) {
    const value = body[field];
    if (typeof value === 'string') task.target[field] = value;
  }
  if (body['clone_server']) task.clone = { ...task.clone, ...(body['clone_server'] as Json) };
}
