import type { SmsClient } from '../client.ts';
import { asText, isObject } from '../errors/error-body.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { path } from '../http/path.ts';
import { parseJson } from '../text/json.ts';
import { parseJsonInTurns } from '../text/long-json.ts';
import { isTurnOver, nextTurn } from '../turns.ts';
import {
  type Assessment,
  type DirectoryResult,
  directoryResult,
  notVerified,
  reasonWithoutDirectories,
  worst,
} from './consistency-verdict.ts';

/** One run of a consistency check, under its wire names. */
export interface ConsistencyCheck extends Assessment {
  /** Epoch milliseconds. Null when SMS sends none, or none that can be read. */
  finished_time: number | null;
  check_result: string | null;
  /** Null when SMS sends none, or none that can be read. */
  consistency_result: DirectoryResult[] | null;
}

/**
 * The consistency checks of a task, one entry a run. SMS documents each as a JSON text; older pages show objects, and
 * both are read. A run that cannot be read is an entry too, for it may be the one that matters. Throws `SmsUnreachable`
 * INVALID_ANSWER for a response that is not a list of checks, or that is about another task.
 */
export function consistencyChecks(sms: SmsClient, taskId: string): Promise<ConsistencyCheck[]> {
  return sms.cached(`consistency checks of ${taskId}`, () => readChecks(sms, taskId));
}

async function readChecks(sms: SmsClient, taskId: string): Promise<ConsistencyCheck[]> {
  const response = await sms.getUncached<Record<string, unknown>>(path`/v3/tasks/${taskId}/consistency-result`);
  const { result_list: runs, task_id: named } = response;
  if (typeof named === 'string' && named !== '' && named !== taskId)
    throw invalid('SMS sent the consistency results of another task. Try later.');
  if (!Array.isArray(runs)) throw invalid('SMS sent consistency results that are not a list. Try later.');
  const checks: ConsistencyCheck[] = [];
  for (const run of runs) {
    checks.push(await checkIn(run));
    if (isTurnOver()) await nextTurn();
  }
  return checks;
}

async function checkIn(entry: unknown): Promise<ConsistencyCheck> {
  const run = await valueInTurns(entry);
  if (!isObject(run)) {
    const check_result = asText(entry)?.slice(0, MAX_UNREADABLE_CHARACTERS) ?? null;
    return { finished_time: null, check_result, consistency_result: null, ...notVerified('UNREADABLE') };
  }
  const check_result = textOf(run['check_result']);
  const finished_time = timeIn(run['finished_time']);
  const entries = (await valueInTurns(run['consistency_result'])) ?? [];
  if (!Array.isArray(entries))
    return { finished_time, check_result, consistency_result: null, ...notVerified('UNREADABLE') };
  const directories = sameForTwins(entries.map((result) => directoryResult(valueIn(result), check_result)));
  return {
    finished_time,
    check_result,
    consistency_result: directories,
    ...worst(directories, reasonWithoutDirectories(check_result)),
  };
}

/** So much of a text that is not JSON is shown as the outcome of the check. */
const MAX_UNREADABLE_CHARACTERS = 255;
/** Texts within texts that are opened. SMS is known to send one. */
const MAX_TEXT_LEVELS = 8;

/** The value of a JSON text, also of one within another, or what it is itself. */
function valueIn(value: unknown, levels = MAX_TEXT_LEVELS): unknown {
  if (typeof value !== 'string' || levels === 0) return value;
  try {
    return valueIn(parseJson(value), levels - 1);
  } catch {
    return value;
  }
}

/** The same for a text of any length. */
async function valueInTurns(value: unknown): Promise<unknown> {
  if (typeof value !== 'string') return value;
  try {
    return valueIn(await parseJsonInTurns(value), MAX_TEXT_LEVELS - 1);
  } catch {
    return value;
  }
}

/** A directory that one check lists twice has the worse verdict in both places. */
function sameForTwins(directories: readonly DirectoryResult[]): DirectoryResult[] {
  const byPlace = Map.groupBy(directories, placeOf);
  return directories.map((directory) => {
    const twins = byPlace.get(placeOf(directory)) ?? [];
    return directory.dir_check === null || twins.length < 2
      ? directory
      : { ...directory, ...worst(twins, 'UNREADABLE') };
  });
}

/** A directory without the separators at its end; null when SMS names none. */
export function placeOf({ dir_check: directory }: DirectoryResult): string | null {
  return directory === null ? null : directory.replace(/(?<=[^/\\])[/\\]+$/, '');
}

/** Seconds from 2001 to 5138; SMS gives milliseconds, but other services of the vendor give seconds. */
const [MIN_SECONDS, MAX_SECONDS] = [1e9, 1e11];
/** Milliseconds from 2001 to 5138. */
const [MIN_MILLISECONDS, MAX_MILLISECONDS] = [1e12, 1e14];

/** Epoch milliseconds from a number or its digits, or from an RFC 3339 time. Null for anything that could be misread. */
function timeIn(value: unknown): number | null {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/.test(value)) {
    const time = Date.parse(value.replace(' ', 'T'));
    return Number.isNaN(time) ? null : time;
  }
  const time = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof time !== 'number' || !Number.isInteger(time)) return null;
  if (time >= MIN_SECONDS && time < MAX_SECONDS) return time * 1000;
  return time >= MIN_MILLISECONDS && time < MAX_MILLISECONDS ? time : null;
}

function invalid(message: string): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', message);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
