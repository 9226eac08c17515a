import { mapInTurns } from '../../time/event-loop-turns.ts';
import type { DirectoryResult } from './consistency-verdict.ts';

/** Counts over the directories of checks, under their wire names. */
export interface DirectoryTotals {
  directories: number;
  consistent_directories: number;
  different_directories: number;
  not_verified_directories: number;
  total_files: number;
  different_files: number;
  target_miss_files: number;
  target_more_files: number;
}

export const NO_DIRECTORIES: Readonly<DirectoryTotals> = {
  directories: 0,
  consistent_directories: 0,
  different_directories: 0,
  not_verified_directories: 0,
  total_files: 0,
  different_files: 0,
  target_miss_files: 0,
  target_more_files: 0,
};

/** Counted once per check: the checks of a report may have hundreds of thousands of directories. */
export async function directoryTotals(directories: readonly DirectoryResult[]): Promise<DirectoryTotals> {
  const totals = { ...NO_DIRECTORIES, directories: directories.length };
  await mapInTurns(directories, (directory) => {
    if (directory.verdict === 'CONSISTENT') totals.consistent_directories += 1;
    else if (directory.verdict === 'DIFFERENT') totals.different_directories += 1;
    else totals.not_verified_directories += 1;
    totals.total_files += directory.num_total_files ?? 0;
    totals.different_files += directory.num_different_files ?? 0;
    totals.target_miss_files += directory.num_target_miss_files ?? 0;
    totals.target_more_files += directory.num_target_more_files ?? 0;
  });
  return totals;
}

const NAMES = Object.keys(NO_DIRECTORIES) as (keyof DirectoryTotals)[];

/** Adds `other` to `totals`. */
export function addTotals(totals: DirectoryTotals, other: DirectoryTotals): void {
  for (const name of NAMES) totals[name] += other[name];
}
