import type { SmsClient } from '../client.ts';
import type { Entity } from './entities.ts';
import type { Reading, WatchUpdate } from './polled-watch.ts';
import { type ProjectProgress, progressOf } from './project-progress.ts';
import { type SelectedServer, type ServerSelection, selectedServers } from './selected-servers.ts';
import { hasTaskEnded } from './task-states.ts';

/** What changed since the last update of a subscriber; in its first one, everything. */
export interface ProgressUpdate {
  progress: ProjectProgress;
  changed_tasks: Entity[];
  removed_task_ids: string[];
}

/** The selected source servers, as one read found them. */
export interface ServersReading {
  progress: ProjectProgress;
  /** By the id of the task. */
  tasks: ReadonlyMap<string, { task: Entity; text: string }>;
}

const LIMIT = {
  maxServers: 2_000,
  advice: 'Watch parts of them: by migrationProject, or by conditions in sourceServers.',
};

/** Reads the selected source servers with their tasks, 200 in a call. Throws what `selectedServers` throws. */
export async function readServers(sms: SmsClient, selection: ServerSelection): Promise<Reading<ServersReading>> {
  const servers = await selectedServers(sms, selection, LIMIT);
  const progress = progressOf(servers);
  const tasks = new Map(
    servers.flatMap(({ server, task }) =>
      task ? [[task.id, { task: { ...task, source_server: server }, text: textOf({ server, task }) }] as const] : [],
    ),
  );
  return {
    value: { progress, tasks },
    text: JSON.stringify([progress, ...[...tasks.values()].map(({ text }) => text)]),
    ended: servers.every(({ server, task }) => task === null || hasTaskEnded(task['state'], server['state'])),
  };
}

/** What makes a task a changed one. Other fields of a source server, such as the time of its last contact, change all the time. */
function textOf({ server, task }: SelectedServer): string {
  const { state, migration_cycle, connected, totalsize, replicatesize } = server;
  return JSON.stringify([server.id, task, state, migration_cycle, connected, totalsize, replicatesize], bigintToString);
}

/**
 * Compares each update with the one that this subscriber received before, since it may have skipped some. It is not a
 * generator, because that would keep a subscriber that leaves until the next update.
 */
export function withChanges(
  updates: AsyncIterableIterator<WatchUpdate<ServersReading>>,
): AsyncIterableIterator<WatchUpdate<ProgressUpdate>> {
  let before: ServersReading['tasks'] = new Map();
  const changes = (update: WatchUpdate<ServersReading>): WatchUpdate<ProgressUpdate> => {
    if (!('value' in update)) return update;
    const { progress, tasks } = update.value;
    const value = {
      progress,
      changed_tasks: [...tasks].flatMap(([id, { task, text }]) => (before.get(id)?.text === text ? [] : [task])),
      removed_task_ids: [...before.keys()].filter((id) => !tasks.has(id)),
    };
    before = tasks;
    return { value, ended: update.ended };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      const { value, done } = await updates.next();
      return done ? { value, done } : { value: changes(value), done: false };
    },
    return: async () => {
      await updates.return?.();
      return { value: undefined, done: true };
    },
  };
}

function bigintToString(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
