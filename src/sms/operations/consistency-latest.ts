import type { SmsClient } from '../client.ts';
import { type ConsistencyCheck, consistencyChecks, placeOf } from './consistency-checks.ts';
import { type Assessment, type DirectoryResult, notVerified, rank, worst } from './consistency-verdict.ts';

/** What is known of the directories of a task as of its latest check, with the verdict on the task. */
export interface LatestConsistencyCheck extends Assessment {
  finished_time: number | null;
  check_result: string | null;
  directories: CheckedDirectory[];
}

/** A directory with the time and outcome of the check that covered it. */
export interface CheckedDirectory extends DirectoryResult {
  finished_time: number | null;
  check_result: string | null;
}

/** The latest check of a task, or null when it was never checked. Throws what `consistencyChecks` throws. */
export async function latestConsistencyCheck(sms: SmsClient, taskId: string): Promise<LatestConsistencyCheck | null> {
  return latestOf(await consistencyChecks(sms, taskId));
}

/**
 * The check that finished last. Where several may be the last, because SMS gives them the same time or none, the one
 * with the worst verdict. A check may cover only a part of the directories, so those that an earlier check did not find
 * consistent and that the latest leaves out are still open: they follow as NOT_CHECKED_AGAIN.
 */
function latestOf(checks: readonly ConsistencyCheck[]): LatestConsistencyCheck | null {
  const latest = worstOfLatest(checks);
  if (!latest) return null;
  const { finished_time, check_result } = latest;
  const own = directoriesOf([latest]);
  const open = leftOpen(directoriesOf(checks.filter((check) => check !== latest)), own);
  const { verdict, reason } = worst([latest, ...open], 'NO_DIRECTORIES');
  return { finished_time, check_result, directories: [...own, ...open], verdict, reason };
}

function directoriesOf(checks: readonly ConsistencyCheck[]): CheckedDirectory[] {
  return checks.flatMap(({ consistency_result: directories, finished_time, check_result }) =>
    (directories ?? []).map((directory) => ({ ...directory, finished_time, check_result })),
  );
}

function worstOfLatest<Timed extends Assessment & { finished_time: number | null }>(
  items: readonly Timed[],
): Timed | undefined {
  const last = items.reduce((latest, { finished_time: time }) => Math.max(latest, time ?? 0), 0);
  return items
    .filter(({ finished_time: time }) => time === null || time === last)
    .toSorted((a, b) => rank(a) - rank(b) || (b.finished_time ?? 0) - (a.finished_time ?? 0))[0];
}

/** The directories among `earlier` that were not consistent when they were last covered, and that `now` does not cover. */
function leftOpen(earlier: readonly CheckedDirectory[], now: readonly DirectoryResult[]): CheckedDirectory[] {
  const covered = new Set(now.map(placeOf));
  return [...Map.groupBy(earlier, placeOf)].flatMap(([place, results]) => {
    const last = worstOfLatest(results);
    if (place === null || !last || last.verdict === 'CONSISTENT') return [];
    return [place, ...parentsOf(place)].some((one) => covered.has(one))
      ? []
      : [{ ...last, ...notVerified('NOT_CHECKED_AGAIN') }];
  });
}

/** Bytes that SMS allows in the path of a directory. */
const MAX_PATH_LENGTH = 1_024;

/** The directories above this one. SMS gives a directory no entry of its own when one above it is checked too. */
function parentsOf(place: string): string[] {
  const separator = /^[A-Za-z]:/.test(place) ? '\\' : '/';
  const steps = place.split(separator);
  if (place.length > MAX_PATH_LENGTH || steps.includes('..')) return [];
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join(separator) || '/');
}
