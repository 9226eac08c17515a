/** Migration tasks: reading, creating, changing, running and deleting them, with their speed limits, options and logs. */

import { smsError } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Json, MigrationTask, SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { performAction, type TaskAction } from '../world/task-actions.ts';
import { catchUp } from '../world/task-progress.ts';
import { taskById, templateById } from './lookup.ts';
import { type Filters, nameContains, pageOf } from './pagination.ts';
import { sourceState } from './source-state.ts';
import { createTask, type TaskInput, updateTask } from './task-input.ts';
import { logStatus, taskDetails, taskRow } from './task-view.ts';

/** Source: the API page of ListTasks. */
const DEFAULT_LIMIT = 100;

type Period = Json & { start: string; end: string };
type Option = MigrationTask['configurations'][number];
type OptionInput = Omit<Option, 'config_status'> & Partial<Option>;

export const tasks: Routes = {
  'GET /v3/tasks': ({ query, state }) => {
    const all = [...state.tasks.values()].map((task) => catchUp(task, state));
    const { count, rows } = pageOf(all, query, DEFAULT_LIMIT, FILTERS);
    return { count, tasks: rows.map((task) => taskRow(task, state)) };
  },
  'POST /v3/tasks': ({ body, state }: Call<TaskInput>) => ({ id: createTask(body, state).id }),
  'GET /v3/tasks/{task_id}': ({ params, state }) => taskDetails(taskById(params['task_id'], state), state),
  'PUT /v3/tasks/{task_id}': ({ params, body, state }: Call<Partial<TaskInput>>) => {
    const task = taskById(params['task_id'], state);
    updateTask(task, body, state);
    return { id: task.id };
  },
  'DELETE /v3/tasks/{task_id}': ({ params, state }) => deleteTasks([params['task_id'] ?? ''], state),
  'POST /v3/tasks/delete': ({ body, state }: Call<{ ids: string[] }>) => deleteTasks(body.ids, state),
  'POST /v3/tasks/{task_id}/action': ({ params, body, state }: Call<TaskAction>) => {
    if (body.template_id) templateById(body.template_id, state);
    performAction(taskById(params['task_id'], state), body, state);
  },
  'POST /v3/tasks/{task_id}/log': ({ params, body, state }: Call<{ log_bucket: string }>) => {
    const task = taskById(params['task_id'], state);
    checkLogAvailable(task, state);
    task.log = { bucket: body.log_bucket, requestedAt: state.now() };
  },
  'GET /v3/tasks/{task_id}/speed-limit': ({ params, state }) => {
    const { speed_limits } = taskById(params['task_id'], state);
    if (speed_limits.length === 0) throw smsError('SMS.6302', 'The task has no speed limit.');
    return { speed_limit: speed_limits };
  },
  'POST /v3/tasks/{task_id}/speed-limit': ({ params, body, state }: Call<{ speed_limit: Period[] }>) => {
    taskById(params['task_id'], state).speed_limits = body.speed_limit.map(withDefaults);
  },
  'GET /v3/tasks/{task_id}/configuration-setting': ({ params, query, state }) => {
    const { id, os_type, type, configurations } = taskById(params['task_id'], state);
    const { config_key: key } = query;
    return {
      task_id: id,
      migrate_type: `${os_type}_${type}`,
      configurations: configurations.filter(({ config_key }) => key === undefined || config_key === key),
    };
  },
  'POST /v3/tasks/{task_id}/configuration-setting': ({
    params,
    body,
    state,
  }: Call<{ configurations: OptionInput[] }>) => {
    const task = taskById(params['task_id'], state);
    const options = body.configurations.map((option) => ({ config_status: '', ...option }));
    const others = task.configurations.filter((old) =>
      options.every(({ config_key }) => config_key !== old.config_key),
    );
    task.configurations = [...others, ...options];
  },
};

const FILTERS: Filters<MigrationTask> = {
  state: (task, name) => task.state === name,
  name: nameContains,
  id: (task, id) => task.id === id,
  source_server_id: (task, id) => task.server_id === id,
  enterprise_project_id: (_, id) => id === '0',
};

/** The task of a connected source server in one of these states cannot be deleted. */
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

/** Deletes all of the tasks or none (our choice). */
function deleteTasks(ids: string[], state: State): void {
  const selected = ids.map((id) => taskById(id, state));
  const busy = selected.find((task) => isBusy(state.servers.get(task.server_id), state));
  if (busy) throw smsError('SMS.7719', `The task "${busy.id}" cannot be deleted now: pause it first.`);
  for (const task of selected) {
    state.tasks.delete(task.id);
    // SMS also deletes a template that was made for this task only.
    const template = state.templates.get(task.vm_template_id ?? '');
    if (template?.is_template === 'false') state.templates.delete(template.id);
    const server = state.servers.get(task.server_id);
    if (server?.task_id !== task.id) continue;
    server.command = null;
    server.task_id = null;
  }
}

function isBusy(server: SourceServer | undefined, state: State): boolean {
  return server?.connected === true && BUSY_STATES.includes(sourceState(server, state).state);
}

const MIN_AGENT_VERSION_FOR_LOGS = [25, 2, 0];

function checkLogAvailable(task: MigrationTask, state: State): void {
  if (task.state === 'READY') throw smsError('SMS.7717', 'Logs can be collected only after the task was started.');
  if (logStatus(task, state) === 'UPLOADING') throw smsError('SMS.7716', 'Logs are being collected already.');
  const agent = state.servers.get(task.server_id)?.agent_version.split('.').map(Number) ?? [];
  const differing = MIN_AGENT_VERSION_FOR_LOGS.findIndex((number, index) => agent[index] !== number);
  if ((agent[differing] ?? 0) < (MIN_AGENT_VERSION_FOR_LOGS[differing] ?? 0)) {
    throw smsError('SMS.7707', 'The agent of the source server is too old; collecting logs requires 25.2.0.');
  }
}

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A period of a speed limit, with the defaults of SMS. */
function withDefaults(period: Period): Json {
  if (!CLOCK_TIME.test(period.start) || !CLOCK_TIME.test(period.end)) {
    throw smsError('SMS.6405', 'The start and the end of a period must have the form HH:MM.');
  }
  return { speed: 0, over_speed_threshold: 10, ...period };
}
