/** Migration tasks: reading, creating, changing, running and deleting them. */

import { smsRefusal } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import { newTask } from '../world/new-task.ts';
import type { Json, MigrationTask, OsType, SourceServer, TaskType } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { checkNetwork, perform, type TaskAction } from '../world/task-actions.ts';
import { settle } from '../world/task-progress.ts';
import { serverOf, taskOf, templateOf } from './lookup.ts';
import { type Filters, holds, page, selected } from './pagination.ts';
import { standing } from './source-state.ts';
import { listedTask, logStatus, shownTask } from './task-view.ts';

/** Rows of a page where the caller names no limit. Source: the API page of ListTasks. */
const USUAL_LIMIT = 100;

interface NewTask extends Json {
  name: string;
  type: TaskType;
  source_server: { id: string };
  target_server: Partial<MigrationTask['target']>;
  auto_start?: boolean;
  vm_template_id?: string;
  os_type?: OsType;
  start_network_check?: boolean;
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
    change(task, body, CHANGEABLE, state);
    return { id: task.id };
  },
  'DELETE /v3/tasks/{task_id}': ({ params, state }) => deleteTasks([params['task_id'] ?? ''], state),
  'POST /v3/tasks/delete': ({ body, state }: Call<{ ids: string[] }>) => deleteTasks(body.ids, state),
  'POST /v3/tasks/{task_id}/action': ({ params, body, state }: Call<TaskAction>) => {
    if (body.template_id) templateOf(body.template_id, state);
    perform(taskOf(params['task_id'], state), body, state);
  },
  'POST /v3/tasks/{task_id}/log': ({ params, body, state }: Call<{ log_bucket: string }>) => {
    const task = taskOf(params['task_id'], state);
    refuseLog(task, state);
    task.log = { bucket: body.log_bucket, requestedAt: state.now() };
  },
};

/** States of a connected source server in which its task stays. */
const BUSY_STATES: readonly string[] = [
  'initialize',
  'stopping',
  'deleting',
  'cloning',
  'replicate',
  'syncing',
  'cutovering',
  'skipping',
  'clearing',
  'premiging',
];

/** Deletes all of the tasks or none (our choice): SMS.7703 for one that does not exist, SMS.7719 for one that is busy. */
function deleteTasks(ids: string[], state: State): void {
  const doomed = ids.map((id) => taskOf(id, state));
  const busy = doomed.find((task) => isBusy(state.servers.get(task.server_id), state));
  if (busy) throw smsRefusal('SMS.7719', `The task "${busy.id}" cannot be deleted now: pause it first.`);
  for (const task of doomed) {
    state.tasks.delete(task.id);
    // A template that was made for this task alone goes with it.
    const template = state.templates.get(task.vm_template_id ?? '');
    if (template?.is_template === 'false') state.templates.delete(template.id);
    const server = state.servers.get(task.server_id);
    if (server?.task_id !== task.id) continue;
    server.command = null;
    server.task_id = null;
  }
}

function isBusy(server: SourceServer | undefined, state: State): boolean {
  return server?.connected === true && BUSY_STATES.includes(standing(server, state).state);
}

const OLDEST_AGENT_WITH_LOGS = [25, 2, 0];

function refuseLog(task: MigrationTask, state: State): void {
  if (task.state === 'READY') throw smsRefusal('SMS.7717', 'Logs can be collected once the task has been started.');
  if (logStatus(task, state) === 'UPLOADING') throw smsRefusal('SMS.7716', 'Logs are being collected already.');
  const agent = state.servers.get(task.server_id)?.agent_version.split('.').map(Number) ?? [];
  const differing = OLDEST_AGENT_WITH_LOGS.findIndex((number, index) => agent[index] !== number);
  if ((agent[differing] ?? 0) < (OLDEST_AGENT_WITH_LOGS[differing] ?? 0)) {
    throw smsRefusal('SMS.7707', 'The agent of the source server is too old; logs need 25.2.0.');
  }
}

const filters: Filters<MigrationTask> = {
  state: (task, wanted) => task.state === wanted,
  name: (task, wanted) => holds(task.name, wanted),
  id: (task, wanted) => task.id === wanted,
  source_server_id: (task, wanted) => task.server_id === wanted,
  enterprise_project_id: (_, wanted) => wanted === '0',
};

function createTask(body: NewTask, state: State): MigrationTask {
  const server = serverOf(body.source_server.id, state);
  refuseServer(server, body.os_type);
  const task = newTask(state, server, state.newId());
  task.exist_server = Boolean(body.target_server.vm_id);
  change(task, body, CREATED_WITH, state);
  if (body.start_network_check) checkNetwork(task);
  state.tasks.set(task.id, task);
  server.task_id = task.id;
  if (body.auto_start) perform(task, { operation: 'start' }, state);
  return task;
}

/** SMS names the conditions, but not always the code: SMS.6603 and SMS.6005 are our choice. */
function refuseServer(server: SourceServer, os_type: OsType | undefined): void {
  if (os_type && os_type !== server.os_type) {
    throw smsRefusal('SMS.6610', 'The task and its source server have different operating systems.');
  }
  if (!server.connected) throw smsRefusal('SMS.6603', 'The source server is not connected to SMS.');
  if (server.task_id !== null) throw smsRefusal('SMS.6005', 'The source server has a task already.');
}

/** Fields that a request may set under the same name, at any time or only when it creates the task. */
const CHANGEABLE = [
  'name',
  'type',
  'speed_limit',
  'region_id',
  'region_name',
  'project_id',
  'project_name',
  'exist_server',
  'use_public_ip',
] as const satisfies (keyof MigrationTask)[];
const CREATED_WITH = [
  ...CHANGEABLE,
  'priority',
  'start_target_server',
  'syncing',
  'need_migration_test',
  'is_need_consistency_check',
] as const satisfies (keyof MigrationTask)[];

/** States of a source server in which a change of the clone counts. */
const CLONE_STATES: readonly string[] = ['syncing', 'stopping', 'stopped', 'cutovering', 'finished', 'error'];

function change(
  task: MigrationTask,
  body: Partial<NewTask>,
  fields: readonly (keyof MigrationTask)[],
  state: State,
): void {
  if (body.vm_template_id) task.vm_template_id = templateOf(body.vm_template_id, state).id;
  const { name, vm_id, disks, volume_groups } = body.target_server ?? {};
  if (vm_id && [...state.tasks.values()].some((other) => other !== task && other.target.vm_id === vm_id)) {
    throw smsRefusal('SMS.7605', 'The target server belongs to another task.');
  }
  Object.assign(task, Object.fromEntries(fields.flatMap((field) => (field in body ? [[field, body[field]]] : []))));
  if (body['migration_ip']) task.migration_ip = String(body['migration_ip']);
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
  const server = state.servers.get(task.server_id);
  if (body['clone_server'] && server && CLONE_STATES.includes(standing(server, state).state)) {
    task.clone = { ...task.clone, ...(body['clone_server'] as Json) };
  }
}
