/** Generated results of consistency checks. */

import { between, seeded } from './random.ts';
import type { ConsistencyRecord, DirectoryResult, MigrationTask, OsType } from './records.ts';

const DEFAULT_DIRECTORIES: Record<OsType, string[]> = {
  LINUX: ['/srv/www', '/data/assets', '/opt/app'],
  WINDOWS: ['C:\\inetpub', 'D:\\data'],
};

/** Directories that an agent does not check, unless its configuration file is changed. */
const EXCLUDED_DIRECTORIES =
  /^\/(bin|boot|dev|home|etc|lib|media|proc|sbin|selinux|sys|usr|var|run|tmp)(\/|$)|^[a-z]:\\?$/i;

/** The directories that a task checks: its option CONSISTENCY_DIR, or else defaults of its operating system. */
export function checkedDirectories(task: MigrationTask): string[] {
  const setting = task.configurations.find(({ config_key }) => config_key === 'CONSISTENCY_DIR');
  const configured = setting ? setting.config_value.split(',') : DEFAULT_DIRECTORIES[task.os_type];
  const allowed = configured.filter((directory) => directory !== '' && !EXCLUDED_DIRECTORIES.test(directory));
  // A directory inside another one has no row of its own.
  return allowed.filter((one) => !allowed.some((other) => one !== other && isInside(one, other)));
}

function isInside(directory: string, other: string): boolean {
  return directory.startsWith(/[/\\]$/.test(other) ? other : `${other}${other.includes('\\') ? '\\' : '/'}`);
}

/** A finished check. The first directory always has differences. The same seed gives the same counts. */
export function newConsistencyRecord(finishedTime: number, directories: string[], seed: number): ConsistencyRecord {
  const random = seeded(seed);
  const consistency_result = directories.map((dir_check, index): DirectoryResult => {
    const min = index === 0 ? 1 : 0;
    return {
      dir_check,
      num_total_files: between(random, 1_000, 200_000),
      num_different_files: between(random, min, 12),
      num_target_miss_files: between(random, min, 5),
      num_target_more_files: between(random, 0, 3),
    };
  });
  return { finished_time: finishedTime, check_result: 'success', consistency_result };
}
