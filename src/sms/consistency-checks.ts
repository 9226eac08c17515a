import type { SmsClient } from './client.ts';
import { parseJson } from './json.ts';
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
  const { items } = await sms.list<unknown>(path`/v3/tasks/${taskId}/consistency-result`, 'result_list');
  return items.flatMap((entry) => (entry === null ? [] : [checkIn(entry)]));
}

function checkIn(entry: unknown): ConsistencyCheck {
  const check = valueIn(entry);
  if (!isObject(check)) return { check_result: String(entry) };
  const { consistency_result: results } = check;
  return typeof results === 'string' ? { ...check, consistency_result: valueIn(results) as DirectoryResult[] } : check;
}

/** The value of a JSON text, or what it is itself. */
function valueIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function isObject(value: unknown): value is ConsistencyCheck {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
