/**
 * Turns a consistency check, as SMS reports it, into a verdict. People sign off a cutover on it, so `CONSISTENT` is a promise:
 * SMS reported that the check succeeded, named the directory, found files in it, compared all of them and counted no difference.
 * A counted difference is `DIFFERENT`, even if the rest of the check failed. Everything else is `NOT_VERIFIED`.
 */

export type ConsistencyVerdict = 'CONSISTENT' | 'DIFFERENT' | 'NOT_VERIFIED';

/** The reasons, most serious first. If there are several, the first in this list is reported. */
export const REASONS = [
  'READ_FAILED',
  'NO_SERVERS',
  'NO_TASK',
  'NO_RESULTS',
  'UNREADABLE',
  'CHECK_FAILED',
  'CHECK_RESULT_MISSING',
  'NO_DIRECTORIES',
  'COUNT_MISSING',
  'NO_FILES_FOUND',
  'TOO_MANY_FILES',
  'NOT_CHECKED_AGAIN',
] as const;

export type NotVerifiedReason = (typeof REASONS)[number];

/** A verdict, and its reason if it is `NOT_VERIFIED`. */
export interface Assessment {
  verdict: ConsistencyVerdict;
  reason: NotVerifiedReason | null;
}

/** One directory of a check, with wire names. A count that is missing or unreadable is null. */
export interface DirectoryResult extends Assessment {
  dir_check: string | null;
  num_total_files: number | null;
  num_different_files: number | null;
  num_target_miss_files: number | null;
  num_target_more_files: number | null;
}

/**
 * The only value of `check_result` that the API Reference documents (Issue 37 of 2026-07-06, 5.4.13). Any other, even `SUCCESS`,
 * counts as a failure.
 */
const SUCCESS = 'success';

/** SMS compares at most so many files of a directory. Source: the same, `num_total_files`. */
const MAX_COMPARED_FILES = 1_000_000;

/** The API Reference declares the counts as int32. */
const MAX_COUNT = 2 ** 31 - 1;

/** The verdict on one directory, from its entry as SMS sent it and the result of the whole check. */
export function directoryResult(entry: unknown, checkResult: string | null): DirectoryResult {
  const sent: Record<string, unknown> = typeof entry === 'object' && entry !== null ? { ...entry } : {};
  const directory = typeof sent['dir_check'] === 'string' ? sent['dir_check'] : null;
  const total = countIn(sent['num_total_files']);
  const different = countIn(sent['num_different_files']);
  const missing = countIn(sent['num_target_miss_files']);
  const extra = countIn(sent['num_target_more_files']);
  return {
    dir_check: directory,
    num_total_files: total.count,
    num_different_files: different.count,
    num_target_miss_files: missing.count,
    num_target_more_files: extra.count,
    ...assess(directory, total, [different, missing, extra], checkResult),
  };
}

export function notVerified(reason: NotVerifiedReason): Assessment {
  return { verdict: 'NOT_VERIFIED', reason };
}

/** The reason for a check that has no directories. */
export function reasonWithoutDirectories(checkResult: string | null): NotVerifiedReason {
  return reasonOfCheck(checkResult) ?? 'NO_DIRECTORIES';
}

/** The verdict on several parts together: the worst of theirs. `NOT_VERIFIED` if there are none. */
export function worst(parts: readonly Assessment[], reasonIfNone: NotVerifiedReason): Assessment {
  if (parts.length === 0) return notVerified(reasonIfNone);
  const { verdict, reason } = parts.reduce((worse, part) => (rank(part) < rank(worse) ? part : worse));
  return { verdict, reason };
}

/** Lower is worse. */
export function rank({ verdict, reason }: Assessment): number {
  if (verdict === 'DIFFERENT') return 0;
  return reason === null ? 1 + REASONS.length : 1 + REASONS.indexOf(reason);
}

interface Count {
  count: number | null;
  problem: 'COUNT_MISSING' | 'UNREADABLE' | null;
}

/** Reads a count: a whole number, 0 or more, as a number or as decimal digits. */
function countIn(value: unknown): Count {
  if (value === undefined || value === null || value === '') return { count: null, problem: 'COUNT_MISSING' };
  const isDigits = typeof value === 'string' && /^(?:0|[1-9]\d{0,9})$/.test(value);
  const count = isDigits ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MAX_COUNT)
    return { count, problem: null };
  return { count: null, problem: 'UNREADABLE' };
}

function assess(
  directory: string | null,
  total: Count,
  differences: readonly Count[],
  checkResult: string | null,
): Assessment {
  if (differences.some(({ count }) => count !== null && count > 0)) return { verdict: 'DIFFERENT', reason: null };
  const doubts = [
    directory?.trim() ? null : 'UNREADABLE',
    reasonOfCheck(checkResult),
    ...[total, ...differences].map(({ problem }) => problem),
    total.count === 0 ? 'NO_FILES_FOUND' : null,
    total.count !== null && total.count >= MAX_COMPARED_FILES ? 'TOO_MANY_FILES' : null,
  ] as const;
  const reasons = doubts.filter((reason) => reason !== null);
  return reasons.length === 0 ? { verdict: 'CONSISTENT', reason: null } : worst(reasons.map(notVerified), 'UNREADABLE');
}

function reasonOfCheck(checkResult: string | null): NotVerifiedReason | null {
  if (checkResult === SUCCESS) return null;
  return checkResult === null || checkResult === '' ? 'CHECK_RESULT_MISSING' : 'CHECK_FAILED';
}
