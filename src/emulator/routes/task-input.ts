/** Creates and changes migration tasks from request bodies. */

import { smsError } from '../error-responses.ts';
import { newTask } from '../world/new-task.ts';
import type { Json, MigrationTask, OsType, SourceServer, TaskType } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { checkNetwork, performAction } from '../world/task-actions.ts';
import { serverById, templateById } from './lookup.ts';
import { pick } from './pick.ts';
import { sourceState } from './source-state.ts';

export interface TaskInput extends Json {
  name: string;
  type: TaskType;
  source_server: { id: string };
  target_server: Partial<MigrationTask['target']>;
  auto_start?: boolean;
  vm_template_id?: string;
  os_type?: OsType;
  start_network_check?: boolean;
}

/** Fields that a request may change under the same name. */
const CHANGEABLE_FIELDS = [
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
/** Fields that only the creation of a task may set. */
const CREATION_FIELDS = [
  'priority',
  'start_target_server',
  'syncing',
  'need_migration_test',
  'is_need_consistency_check',
] as const satisfies (keyof MigrationTask)[];

/** In other states of the source server, changes of the clone are ignored. */
const CLONE_STATES: readonly string[] = ['syncing', 'stopping', 'stopped', 'cutovering', 'finished', 'error'];

export function createTask(input: TaskInput, state: State): MigrationTask {
  const server = serverById(input.source_server.id, state);
  checkServer(server, input.os_type);
  const task = newTask(state, server, state.newId());
  task.exist_server = Boolean(input.target_server.vm_id);
  updateTask(task, input, state);
  Object.assign(task, pick(input, CREATION_FIELDS));
  if (input.start_network_check) checkNetwork(task);
  state.tasks.set(task.id, task);
  server.task_id = task.id;
  if (input.auto_start) performAction(task, { operation: 'start' }, state);
  return task;
}

/** SMS documents these conditions, but not all of the codes: SMS.6603 and SMS.6005 are our choice. */
function checkServer(server: SourceServer, os_type: OsType | undefined): void {
  if (os_type && os_type !== server.os_type) {
    throw smsError('SMS.6610', 'The task and its source server have different operating systems.');
  }
  if (!server.connected) throw smsError('SMS.6603', 'The source server is not connected to SMS.');
  if (server.task_id !== null) throw smsError('SMS.6005', 'The source server already has a task.');
}

export function updateTask(task: MigrationTask, input: Partial<TaskInput>, state: State): void {
  if (input.vm_template_id) task.vm_template_id = templateById(input.vm_template_id, state).id;
  const { name, vm_id, disks, volume_groups } = input.target_server ?? {};
  if (vm_id && [...state.tasks.values()].some((other) => other !== task && other.target.vm_id === vm_id)) {
    throw smsError('SMS.7605', 'The target server belongs to another task.');
  }
  Object.assign(task, pick(input, CHANGEABLE_FIELDS));
  if (input['migration_ip']) task.migration_ip = String(input['migration_ip']);
  task.target = {
    ...task.target,
    ...(name && { name }),
    ...(vm_id && { vm_id }),
    ...(disks && { disks }),
    ...(volume_groups && { volume_groups }),
  };
  for (const field of ['image_disk_id', 'cutovered_snapshot_ids'] as const) {
    const value = input[field];
    if (typeof value === 'string') task.target[field] = value;
  }
  const server = state.servers.get(task.server_id);
  if (input['clone_server'] && server && CLONE_STATES.includes(sourceState(server, state).state)) {
    task.clone = { ...task.clone, ...(input['clone_server'] as Json) };
  }
}
