/** Results of consistency checks, as a check of two file trees might find them. */

import { between, seeded } from './random.ts';
import type { ConsistencyRecord, DirectoryResult, MigrationTask, OsType } from './records.ts';

const DEFAULT_DIRECTORIES: Record<OsType, string[]> = {
  LINUX: ['/srv/www', '/data/assets', '/opt/app'],
  WINDOWS: ['C:\\inetpub', 'D:\\data'],
};

/** What an agent leaves out of a check, with everything in it, unless its own file is changed. */
const LEFT_OUT = /^\/(bin|boot|dev|home|etc|lib|media|proc|sbin|selinux|sys|usr|var|run|tmp)(\/|$)|^[a-z]:\\?$/i;

/** The directories that a task compares: its option CONSISTENCY_DIR, else the usual ones of its system. */
export function directoriesOf(task: MigrationTask): string[] {
  const setting = task.configurations.find(({ config_key }) => config_key === 'CONSISTENCY_DIR');
  const configured = setting ? setting.config_value.split(',') : DEFAULT_DIRECTORIES[task.os_type];
  const compared = configured.filter((directory) => directory !== '' && !LEFT_OUT.test(directory));
  // A directory covers those inside it, which have no row of their own.
  return compared.filter((one) => !compared.some((other) => one !== other && isInside(one, other)));
}

function isInside(directory: string, other: string): boolean {
  return directory.startsWith(/[/\\]$/.test(other) ? other : `${other}${other.includes('\\') ? '\\' : '/'}`);
}

/** A finished check; the first directory always has differences. The same seed finds the same. */
export function newCheck(finishedTime: number, directories: string[], seed: number): ConsistencyRecord {
  const random = seeded(seed);
  const consistency_result = directories.map((dir_check, index): DirectoryResult => {
    const some = index === 0 ? 1 : 0;
    return {
      dir_check,
      num_total_files: between(random, 1_000, 200_000),
      num_different_files: between(random, some, 12),
      num_target_miss_files: between(random, some, 5),
      num_target_more_files: between(random, 0, 3),
    };
  });
  return { finished_time: finishedTime, check_result: 'success', consistency_result };
}
