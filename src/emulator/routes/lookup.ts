/** Records by id as they stand now, or a refusal. */

import { named, type Refusal, smsRefusal } from '../error-responses.ts';
import type { MigrationProject, MigrationTask, ServerTemplate, SourceServer } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { settle } from '../world/task-progress.ts';

/** 400 SMS.7703 where there is none. */
export function taskOf(id: string | undefined, state: State): MigrationTask {
  return settle(found(state.tasks, id, 'SMS.7703', 'migration task'), state);
}

/** 400 SMS.7602 where there is none. */
export function serverOf(id: string | undefined, state: State): SourceServer {
  return found(state.servers, id, 'SMS.7602', 'source server');
}

/** 400 SMS.7301 where there is none. */
export function projectOf(id: string | undefined, state: State): MigrationProject {
  return found(state.projects, id, 'SMS.7301', 'migration project');
}

/** 400 SMS.7101 where there is none. */
export function templateOf(id: string | undefined, state: State): ServerTemplate {
  return found(state.templates, id, 'SMS.7101', 'template');
}

/** The server's task, as it stands now. */
export function currentTask(server: SourceServer, state: State): MigrationTask | undefined {
  const task = server.task_id === null ? undefined : state.tasks.get(server.task_id);
  return task && settle(task, state);
}

/** The refusal for a source server without a task: 400 SMS.7606. */
export function noTask(server: string): Refusal {
  return smsRefusal('SMS.7606', `The source server ${named(server)} has no task.`);
}

function found<T>(records: Map<string, T>, id = '', code: string, what: string): T {
  const record = records.get(id);
  if (!record) throw smsRefusal(code, `There is no ${what} ${named(id)}.`);
  return record;
}
