import pLimit from 'p-limit';
import type { SmsClient } from './client.ts';
import type { DownloadedFile } from './download.ts';
import { SmsRefused, SmsUnreachable } from './errors.ts';

/** Most tasks of one call. Source: API page ExportConsistencyResults, 2026-01-28. */
const TASKS_A_CALL = 200;
const CALLS_AT_ONCE = 4;
/** Bytes of files after which no more are asked for or kept: they are held together, and written once or more each. */
const MOST_BYTES = 32 * 1024 ** 2;

export interface ConsistencyExport<Task> {
  files: DownloadedFile[];
  tasks: Task[];
  failed: { task: Task; error: SmsRefused | SmsUnreachable }[];
  requestIds: string[];
}

/**
 * Exports the consistency results of any number of tasks, 200 a call. A call that fails takes its tasks with it, by
 * name; the others stand. So do those whose files are too much together. Throws the refusal when all calls fail alike.
 */
export async function exportConsistencyResults<Task>(
  sms: SmsClient,
  tasks: readonly Task[],
  language?: string,
): Promise<ConsistencyExport<Task>> {
  const inTurn = pLimit(CALLS_AT_ONCE);
  let bytes = 0;
  const calls = await inTurn.map(inParts(tasks, TASKS_A_CALL), async (part) => {
    if (bytes >= MOST_BYTES) return { part, error: tooMuch() };
    try {
      const { file, requestId } = await sms.download(
        '/v3/tasks/consistency-results/export',
        { taskInfo: part },
        language,
      );
      // Others may have come while this one was under way.
      if (file && bytes >= MOST_BYTES) return { part, error: tooMuch() };
      bytes += file?.bytes.length ?? 0;
      return { part, file, requestId };
    } catch (error) {
      if (error instanceof SmsRefused || error instanceof SmsUnreachable) return { part, error };
      throw error;
    }
  });

  const result: ConsistencyExport<Task> = { files: [], tasks: [], failed: [], requestIds: [] };
  for (const { part, file, requestId, error } of calls) {
    if (error) result.failed.push(...part.map((task) => ({ task, error })));
    else result.tasks.push(...part);
    if (file) result.files.push(file);
    if (requestId) result.requestIds.push(requestId);
  }
  const [first] = result.failed;
  if (first && result.tasks.length === 0 && result.failed.every(({ error }) => error.code === first.error.code))
    throw first.error;
  return result;
}

function tooMuch(): SmsUnreachable {
  const message = `The files of one export may hold ${MOST_BYTES} bytes together, and there are more. Ask for fewer tasks.`;
  return new SmsUnreachable('INVALID_ANSWER', message);
}

function inParts<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}
