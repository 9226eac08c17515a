import type { SmsClient } from '../client.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import { TaskReference } from './consistency-export.ts';
import type { Entity } from './entities.ts';
import { type IdentifiedEntity, type ServerSelection, selectedServers } from './selected-servers.ts';

const LIMIT = {
  maxServers: 10_000,
  advice:
    'Split the export: select by migrationProject, or by conditions such as state, migrationCycle or name, and export each part.',
};

/**
 * The current tasks of the selected source servers, for an export, and the servers that have none. One call for 200 servers.
 * Throws what `selectedServers` throws, and `RequestRejectedError` NO_TASKS_SELECTED if no selected server has a task.
 */
export async function selectedTasks(
  sms: SmsClient,
  selection: ServerSelection,
): Promise<{ tasks: TaskReference[]; serversWithoutTask: Entity[] }> {
  const selected = await selectedServers(sms, selection, LIMIT);
  // SMS needs only the id, but some editions of its reference call all three mandatory.
  const tasks = selected.flatMap(({ server, task }) => (task ? [referenceTo(task.id, server)] : []));
  const serversWithoutTask = selected.flatMap(({ server, task }) => (task ? [] : [server]));
  if (tasks.length > 0) return { tasks, serversWithoutTask };
  const problem =
    selected.length === 0
      ? 'The selection has no source servers'
      : `None of the ${selected.length} selected source servers has a task`;
  const message = `${problem}, so there is nothing to export. Select others, or create tasks first.`;
  throw new RequestRejectedError(400, 'NO_TASKS_SELECTED', message);
}

function referenceTo(task_id: string, { id: source_id, name }: IdentifiedEntity): TaskReference {
  return new TaskReference(task_id, source_id, (typeof name === 'string' && name) || null);
}
