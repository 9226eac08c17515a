import type { SmsClient } from '../client.ts';
import { type CheckedDirectory, type ConsistencyCheck, consistencyChecks, locationOf } from './consistency-checks.ts';
import { type Assessment, type DirectoryResult, notVerified, rank, worst } from './consistency-verdict.ts';
import { type DirectoryTotals, directoryTotals } from './directory-totals.ts';

/** The directories of a task as of its latest check, with the verdict on the task. */
export interface LatestConsistencyCheck extends Assessment {
  finished_time: number | null;
  check_result: string | null;
  directories: CheckedDirectory[];
  totals: DirectoryTotals;
}

/** The latest check of a task, or null if it was never checked. Throws what `consistencyChecks` throws. */
export async function latestConsistencyCheck(sms: SmsClient, taskId: string): Promise<LatestConsistencyCheck | null> {
  return latestOf(await consistencyChecks(sms, taskId));
}

/**
 * The check that finished last. If several may be the last, because SMS sent the same time or none, it is the one with the
 * worst verdict. A check may cover only some directories. Those that it leaves out, and that an earlier check did not find
 * consistent, follow as NOT_CHECKED_AGAIN.
 */
async function latestOf(checks: readonly ConsistencyCheck[]): Promise<LatestConsistencyCheck | null> {
  const latest = worstOfLatest(checks);
  if (!latest) return null;
  const { finished_time, check_result } = latest;
  const checked = latest.consistency_result ?? [];
  const earlier = checks.flatMap((check) => (check === latest ? [] : (check.consistency_result ?? [])));
  const open = earlier.length === 0 ? [] : leftOpen(earlier, checked);
  const { verdict, reason } = worst([latest, ...open], 'NO_DIRECTORIES');
  const directories = open.length === 0 ? checked : [...checked, ...open];
  return { finished_time, check_result, directories, totals: await directoryTotals(directories), verdict, reason };
}

function worstOfLatest<Timed extends Assessment & { finished_time: number | null }>(
  items: readonly Timed[],
): Timed | undefined {
  const last = items.reduce((latest, { finished_time: time }) => Math.max(latest, time ?? 0), 0);
  return items
    .filter(({ finished_time: time }) => time === null || time === last)
    .toSorted((a, b) => rank(a) - rank(b) || (b.finished_time ?? 0) - (a.finished_time ?? 0))[0];
}

/** The directories of `earlier` checks that were not consistent when last checked, and that `current` does not cover. */
function leftOpen(earlier: readonly CheckedDirectory[], current: readonly DirectoryResult[]): CheckedDirectory[] {
  const covered = new Set(current.map(locationOf));
  return [...Map.groupBy(earlier, locationOf)].flatMap(([location, results]) => {
    const last = worstOfLatest(results);
    if (location === null || !last || last.verdict === 'CONSISTENT') return [];
    return [location, ...parentsOf(location)].some((one) => covered.has(one))
      ? []
      : [{ ...last, ...notVerified('NOT_CHECKED_AGAIN') }];
  });
}

/** Bytes that SMS allows in the path of a directory. */
const MAX_PATH_LENGTH = 1_024;

/** The directories above this one. SMS has no entry for a directory if one above it is checked too. */
function parentsOf(location: string): string[] {
  const separator = /^[A-Za-z]:/.test(location) ? '\\' : '/';
  const names = location.split(separator);
  if (location.length > MAX_PATH_LENGTH || names.includes('..')) return [];
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join(separator) || '/');
}
