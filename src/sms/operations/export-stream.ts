import { Repeater } from '@repeaterjs/repeater';
import type { SmsClient } from '../client.ts';
import { type ConsistencyExport, exportPartByPart, type TaskReference } from './consistency-export.ts';
import type { Entity } from './entities.ts';
import type { TaskWatches, WatchUpdate } from './task-watch.ts';

/** What has become final since the update before, and how far the export is. */
export interface ExportUpdate extends ConsistencyExport {
  /** Only in the first update, which has nothing else. */
  servers_without_task: Entity[];
  done_tasks: number;
  all_failed_tasks: number;
  total_tasks: number;
}

interface Selected {
  tasks: readonly TaskReference[];
  serversWithoutTask: Entity[];
}

interface ExportStreamOptions {
  language: string | undefined;
  endOnStop: TaskWatches['endOnStop'];
  /** Called when the subscriber asks for the next update. */
  onTaken(): void;
}

const NOTHING: ConsistencyExport = { files: [], tasks: [], failed: [], request_ids: [] };

/**
 * Exports consistency results, and yields each part when it is final. Makes no more calls while the subscriber does not take
 * what has come. Ends with an error that concerns all tasks, or when the gateway shuts down.
 */
export function exportStream(
  sms: SmsClient,
  select: () => Promise<Selected>,
  { language, endOnStop, onTaken }: ExportStreamOptions,
): AsyncIterableIterator<WatchUpdate<ExportUpdate>> {
  return new Repeater<WatchUpdate<ExportUpdate>>(async (push, stop) => {
    const closing = new AbortController();
    const { signal } = closing;
    const unregister = endOnStop((error) => closing.abort(error));
    void stop.then(() => closing.abort());
    const run = async () => {
      const { tasks, serversWithoutTask } = await select();
      signal.throwIfAborted();
      const counts = { done_tasks: 0, all_failed_tasks: 0, total_tasks: tasks.length };
      const send = async (part: ConsistencyExport, servers_without_task: Entity[] = []) => {
        counts.done_tasks += part.tasks.length + part.failed.length;
        counts.all_failed_tasks += part.failed.length;
        const ended = counts.done_tasks === counts.total_tasks;
        await push({ value: { ...part, ...counts, servers_without_task }, ended });
        onTaken();
      };
      await send(NOTHING, serversWithoutTask);
      await exportPartByPart(sms, tasks, { language, signal, onFinished: send });
    };
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    try {
      await Promise.race([aborted, run()]);
    } catch (error) {
      void push({ error });
      // The calls that are queued end, too.
      closing.abort(error);
    } finally {
      unregister();
      stop();
    }
  });
}
