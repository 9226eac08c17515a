import type { SmsClient } from './client.ts';
import { path } from './path.ts';

/** One run of a consistency check, under its wire names. */
export interface ConsistencyCheck {
  finished_time?: number | null;
  check_result?: string | null;
  consistency_result?: DirectoryResult[] | null;
}

export interface DirectoryResult {
  dir_check?: string | null;
  num_total_files?: number | null;
  num_different_files?: number | null;
  num_target_miss_files?: number | null;
  num_target_more_files?: number | null;
}

/**
 * The consistency checks of a task, one entry a run. The vendor's pages and SDKs disagree on the entries, objects or
 * JSON text: both are read. Text that is not JSON is kept as the outcome.
 */
export async function consistencyChecks(sms: SmsClient, taskId: string): Promise<ConsistencyCheck[]> {
  const { result_list: entries } = await sms.get<{ result_list?: unknown[] | null }>(
    path`/v3/tasks/${taskId}/consistency-result`,
  );
  return (entries ?? []).map((entry) => (typeof entry === 'string' ? checkIn(entry) : (entry as ConsistencyCheck)));
}

function checkIn(text: string): ConsistencyCheck {
  try {
    const check: unknown = JSON.parse(text);
    return typeof check === 'object' && check !== null ? check : { check_result: text };
  } catch {
    return { check_result: text };
  }
}
