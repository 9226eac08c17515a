import { SmsUnavailableError } from '../errors/errors.ts';
import { path } from '../http/path.ts';
import { NO_STORE } from '../shared-store.ts';
import { assertSameEntity, type Entity, markView } from './entities.ts';
import { PolledWatches, type Watcher, type WatchUpdate } from './polled-watch.ts';
import { type ProgressUpdate, readServers, type ServersReading, withChanges } from './progress-watch.ts';
import type { ServerSelection } from './selected-servers.ts';
import { hasEnded } from './task-states.ts';

export type { Watcher, WatchUpdate } from './polled-watch.ts';

export interface TaskWatches {
  /** Reads a task every `interval` seconds until it ends. Yields the first result, and then every change. */
  watch(watcher: Watcher, taskId: string, interval: number): AsyncIterableIterator<WatchUpdate<Entity>>;
  /** The same for the tasks of the selected source servers, until all have ended. Each event has what has changed. */
  watchServers(
    watcher: Watcher,
    selection: ServerSelection,
    interval: number,
  ): AsyncIterableIterator<WatchUpdate<ProgressUpdate>>;
  /** Calls `end` with the error that the gateway is shutting down, now or later. Returns a function that prevents it. */
  endOnStop(end: (error: SmsUnavailableError) => void): () => void;
  /** Ends all watches, present and future. */
  stop(): void;
}

/** Watches of selected servers hold up to 2,000 rows each. */
const MAX_SELECTIONS = 100;

/** All watches of a process. `secondMs` is the unit of the intervals. */
export function taskWatches({ secondMs = 1000, maxWatches = 1000, store = NO_STORE } = {}): TaskWatches {
  const tasks = new PolledWatches<Entity>({ secondMs, maxWatches, store });
  const selections = new PolledWatches<ServersReading>({
    secondMs,
    maxWatches: Math.min(maxWatches, MAX_SELECTIONS),
    store,
  });
  const others = new Set<(error: SmsUnavailableError) => void>();
  let isStopping = false;
  return {
    watch: (watcher, taskId, interval) =>
      tasks.watch(
        watcher,
        {
          key: taskId,
          read: async (sms) => {
            const task = await sms.get<Entity>(path`/v3/tasks/${taskId}`);
            assertSameEntity(task, taskId);
            markView(task, 'detail');
            return { value: task, text: JSON.stringify(task, bigintToString), ended: hasEnded(task['state']) };
          },
        },
        interval,
      ),
    watchServers: (watcher, selection, interval) =>
      withChanges(
        selections.watch(
          watcher,
          { key: JSON.stringify(selection), read: (sms) => readServers(sms, selection) },
          interval,
        ),
      ),
    endOnStop(end) {
      if (isStopping) end(shuttingDown());
      others.add(end);
      return () => others.delete(end);
    },
    stop() {
      isStopping = true;
      const error = shuttingDown();
      for (const watches of [tasks, selections]) watches.stop(error);
      for (const end of others) end(error);
    },
  };
}

function shuttingDown(): SmsUnavailableError {
  const message =
    'The gateway is shutting down. Subscribe again to reach another instance, or this one after its restart.';
  return new SmsUnavailableError('STOPPING', message, {
    code: 'GATEWAY_STOPPING',
    facts: { retryAfter: 1 },
    outcome: 'NOT_SENT',
  });
}

function bigintToString(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
