import { parseJson } from '../../text/json.ts';
import { parseJsonInTurns } from '../../text/long-json.ts';
import { mapInTurns } from '../../time/event-loop-turns.ts';
import type { SmsClient } from '../client.ts';
import { asText, isObject } from '../errors/error-body.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { path } from '../http/path.ts';
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
  /** Epoch milliseconds. Null if SMS sent none, or none that can be read. */
  finished_time: number | null;
  check_result: string | null;
  /** Null if SMS sent none, or none that can be read. */
  consistency_result: CheckedDirectory[] | null;
}

/** A directory with the time and the outcome of the check that compared it. */
export interface CheckedDirectory extends DirectoryResult {
  finished_time: number | null;
  check_result: string | null;
}

/**
 * The consistency checks of a task, one entry per run. SMS documents each as a string of JSON, but older pages show objects,
 * and both are read. A run that cannot be read is an entry too, since it may be the one that matters. Throws
 * `SmsUnavailableError` INVALID_ANSWER for a response that is not a list of checks, or that is about another task.
 */
export function consistencyChecks(sms: SmsClient, taskId: string): Promise<ConsistencyCheck[]> {
  return sms.cached(`consistency checks of ${taskId}`, () => readChecks(sms, taskId));
}

async function readChecks(sms: SmsClient, taskId: string): Promise<ConsistencyCheck[]> {
  const response = await sms.getUncached<Record<string, unknown>>(path`/v3/tasks/${taskId}/consistency-result`);
  const { result_list: runs, task_id: responseTaskId } = response;
  if (typeof responseTaskId === 'string' && responseTaskId !== '' && responseTaskId !== taskId)
    throw invalidResponse('SMS sent the consistency results of another task. Try later.');
  if (!Array.isArray(runs)) throw invalidResponse('SMS sent consistency results that are not a list. Try later.');
  return holdingParsed(sms, async (hold) => Promise.all(await mapInTurns(runs, (run) => checkOf(run, hold))));
}

/** What is parsed counts as held until it has become directories, which count instead. */
async function holdingParsed(
  sms: SmsClient,
  read: (hold: Hold) => Promise<ConsistencyCheck[]>,
): Promise<ConsistencyCheck[]> {
  let held = 0;
  const checks = await read((bytes) => {
    held += bytes;
    sms.hold(bytes);
  });
  const directories = checks.reduce((sum, { consistency_result: result }) => sum + (result?.length ?? 0), 0);
  sms.hold(directories * DIRECTORY_BYTES - held);
  return checks;
}

type Hold = (bytes: number) => void;

/** An object of nine fields, and its path. */
const DIRECTORY_BYTES = 128;

async function checkOf(entry: unknown, hold: Hold): Promise<ConsistencyCheck> {
  const run = await parsedInTurns(entry, hold);
  if (!isObject(run)) {
    const check_result = asText(entry)?.slice(0, MAX_UNREADABLE_CHARACTERS) ?? null;
    return { finished_time: null, check_result, consistency_result: null, ...notVerified('UNREADABLE') };
  }
  const check_result = stringOrNull(run['check_result']);
  const finished_time = parseTime(run['finished_time']);
  const entries = (await parsedInTurns(run['consistency_result'], hold)) ?? [];
  if (!Array.isArray(entries))
    return { finished_time, check_result, consistency_result: null, ...notVerified('UNREADABLE') };
  const directories = await mapInTurns(entries, (result) => ({
    ...directoryResult(parsed(result), check_result),
    finished_time,
    check_result,
  }));
  return {
    finished_time,
    check_result,
    consistency_result: await withWorstOfDuplicates(directories),
    ...worst(directories, reasonWithoutDirectories(check_result)),
  };
}

/** A run that is not JSON is shown as the outcome of the check, up to this length. */
const MAX_UNREADABLE_CHARACTERS = 255;
/** JSON strings within JSON strings that are parsed. SMS is known to send one. */
const MAX_STRING_LEVELS = 8;

/** The value of a JSON string, also of one within another. Any other value is returned as it is. */
function parsed(value: unknown, levels = MAX_STRING_LEVELS): unknown {
  if (typeof value !== 'string' || levels === 0) return value;
  try {
    return parsed(parseJson(value), levels - 1);
  } catch {
    return value;
  }
}

/** The same for a string of any length. */
async function parsedInTurns(value: unknown, hold: Hold): Promise<unknown> {
  if (typeof value !== 'string') return value;
  // A string within it, and what that contains.
  hold(value.length);
  try {
    return parsed(await parseJsonInTurns(value, { hold }), MAX_STRING_LEVELS - 1);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/** A directory that one check lists more than once gets the worst verdict of its entries in each of them. */
async function withWorstOfDuplicates(directories: CheckedDirectory[]): Promise<CheckedDirectory[]> {
  const worstOf = new Map<string, Assessment>();
  let hasDuplicates = false;
  await mapInTurns(directories, (directory) => {
    const location = locationOf(directory);
    if (location === null) return;
    const other = worstOf.get(location);
    hasDuplicates ||= other !== undefined;
    worstOf.set(location, other === undefined ? directory : worst([other, directory], 'UNREADABLE'));
  });
  if (!hasDuplicates) return directories;
  return mapInTurns(directories, (directory) => {
    const location = locationOf(directory);
    const { verdict, reason } = (location !== null && worstOf.get(location)) || directory;
    return { ...directory, verdict, reason };
  });
}

/** The path of a directory without separators at its end. Null if SMS sent none. */
export function locationOf({ dir_check: directory }: DirectoryResult): string | null {
  const last = directory?.at(-1);
  return directory !== null && (last === '/' || last === '\\')
    ? directory.replace(/(?<=[^/\\])[/\\]+$/, '')
    : directory;
}

/** From 2001 to 5138. SMS sends milliseconds, but other services of the vendor send seconds. */
const [MIN_SECONDS, MAX_SECONDS] = [1e9, 1e11];
/** Milliseconds from 2001 to 5138. */
const [MIN_MILLISECONDS, MAX_MILLISECONDS] = [1e12, 1e14];

/** Epoch milliseconds from a number, its digits or an RFC 3339 time. Null for anything that could be misread. */
function parseTime(value: unknown): number | null {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/.test(value)) {
    const time = Date.parse(value.replace(' ', 'T'));
    return Number.isNaN(time) ? null : time;
  }
  const time = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof time !== 'number' || !Number.isInteger(time)) return null;
  if (time >= MIN_SECONDS && time < MAX_SECONDS) return time * 1000;
  return time >= MIN_MILLISECONDS && time < MAX_MILLISECONDS ? time : null;
}

function invalidResponse(message: string): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', message);
}

function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
