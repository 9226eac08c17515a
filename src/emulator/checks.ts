/** Results of consistency checks, as a check of two file trees might find them. */
import type { ConsistencyRecord, DirectoryResult, MigrationTask, OsType } from './records.ts';
import { between, seeded } from './seeded.ts';

const DEFAULT_DIRECTORIES: Record<OsType, string[]> = {
  LINUX: ['/srv/www', '/etc', '/opt/app'],
  WINDOWS: ['C:\\inetpub', 'D:\\data'],
};

/** The directories that a task compares: its setting CONSISTENCY_DIR, else the usual ones of its system. */
export function directoriesOf(task: MigrationTask): string[] {
  const setting = task.configurations.find(({ config_key }) => config_key === 'CONSISTENCY_DIR');
  return setting ? setting.config_value.split(',') : DEFAULT_DIRECTORIES[task.os_type];
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
