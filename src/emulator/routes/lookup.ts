/** Records by id, with tasks caught up to the present. Each lookup throws SMS's error if there is no such record. */

import { type HttpError, printableId, smsError } from '../error-responses.ts';
import type { MigrationProject, MigrationTask, ServerTemplate, SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { catchUp } from '../world/task-progress.ts';

export function taskById(id: string | undefined, state: State): MigrationTask {
  return catchUp(recordById(state.tasks, id, 'SMS.7703', 'migration task'), state);
}

export function serverById(id: string | undefined, state: State): SourceServer {
  return recordById(state.servers, id, 'SMS.7602', 'source server');
}

export function projectById(id: string | undefined, state: State): MigrationProject {
  return recordById(state.projects, id, 'SMS.7301', 'migration project');
}

export function templateById(id: string | undefined, state: State): ServerTemplate {
  return recordById(state.templates, id, 'SMS.7101', 'template');
}

export function currentTask(server: SourceServer, state: State): MigrationTask | undefined {
  const task = server.task_id === null ? undefined : state.tasks.get(server.task_id);
  return task && catchUp(task, state);
}

/** For a source server without a task, by id or name. */
export function noTaskError(server: string): HttpError {
  return smsError('SMS.7606', `The source server ${printableId(server)} has no task.`);
}

function recordById<T>(records: Map<string, T>, id = '', code: string, kind: string): T {
  const record = records.get(id);
  if (!record) throw smsError(code, `There is no ${kind} ${printableId(id)}.`);
  return record;
}
