import { isTurnOver, nextTurn } from '../../time/event-loop-turns.ts';
import type { SmsClient } from '../client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { type LatestConsistencyCheck, latestConsistencyCheck } from './consistency-latest.ts';
import { type Assessment, notVerified, worst } from './consistency-verdict.ts';
import { type SelectedServer, type SelectionLimit, type ServerSelection, selectedServers } from './selected-servers.ts';

export type ReadError = RequestRejectedError | SmsUnavailableError;

/** The verdict on a task by its latest check, or the error that prevented reading it. */
export interface TaskVerdict extends Assessment {
  finished_time: number | null;
  /** Null if the task was never checked, or its results could not be read. */
  latest: LatestConsistencyCheck | null;
  error: ReadError | null;
}

/** A selected source server with the verdict on its task. A server without a task is `NOT_VERIFIED`. */
export interface ServerVerdict extends SelectedServer, TaskVerdict {}

/** Rejects only for a bug: a failed read is a verdict too. One call. */
export async function taskVerdict(sms: SmsClient, taskId: string): Promise<TaskVerdict> {
  const latest = await latestConsistencyCheck(sms, taskId).catch(readError);
  if (latest instanceof Error) return { ...unread('READ_FAILED'), error: latest };
  if (latest === null) return unread('NO_RESULTS');
  return { ...worst([latest], 'NO_RESULTS'), finished_time: latest.finished_time, latest, error: null };
}

/**
 * The verdicts on all selected source servers, in the order of SMS's list: one call for 200 servers, and one for each task.
 * Throws what `selectedServers` throws, and the error if all reads of several tasks failed by the same one.
 */
export async function serverVerdicts(
  sms: SmsClient,
  selection: ServerSelection,
  limit: SelectionLimit,
): Promise<ServerVerdict[]> {
  const selected = await selectedServers(sms, selection, limit);
  const verdicts = await eachInTurns(selected, async ({ server, task }) => ({
    server,
    task,
    ...(task ? await taskVerdict(sms, task.id) : unread('NO_TASK')),
  }));
  throwCommonError(verdicts.filter(({ task }) => task !== null));
  return verdicts;
}

/** Twice the calls that one request makes at the same time. Reads that only wait would fill the memory. */
const MAX_STARTED_READS = 32;

/** Reads all items, a bounded number at the same time, and yields to other requests in between. */
export async function eachInTurns<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const remaining = items.entries();
  const readNext = async () => {
    for (const [index, item] of remaining) {
      if (isTurnOver()) await nextTurn();
      results[index] = await read(item);
    }
  };
  await Promise.all(Array.from({ length: MAX_STARTED_READS }, readNext));
  return results;
}

/** Prevents an unhandled rejection until somebody awaits the promise. */
export function awaitedLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => {});
  return promise;
}

/** What ended the calls of the request is one error for all of its reads. */
export function throwCommonError(verdicts: readonly TaskVerdict[]): void {
  const [first] = verdicts;
  if (verdicts.length > 1 && first?.error && verdicts.every(({ error }) => error === first.error)) throw first.error;
}

/** For a read that may fail without failing the whole. Throws what is not an error of SMS. */
export function readError(error: unknown): ReadError {
  if (error instanceof RequestRejectedError || error instanceof SmsUnavailableError) return error;
  throw error;
}

function unread(reason: 'READ_FAILED' | 'NO_RESULTS' | 'NO_TASK'): TaskVerdict {
  return { ...notVerified(reason), finished_time: null, latest: null, error: null };
}
