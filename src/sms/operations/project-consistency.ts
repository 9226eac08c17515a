import type { SmsClient } from '../client.ts';
import { type Assessment, worst } from './consistency-verdict.ts';
import type { SelectionLimit } from './selected-servers.ts';
import { type ReadError, type ServerVerdict, serverVerdicts } from './task-verdict.ts';

export interface ProjectConsistency extends Assessment {
  counts: ConsistencyCounts;
  failed: { task_id: string; error: ReadError }[];
}

export interface ConsistencyCounts {
  servers: number;
  consistent: number;
  different: number;
  not_verified: number;
  without_task: number;
  without_results: number;
  failed: number;
}

/** The verdict on a migration project, with its source servers by verdict. Throws what `serverVerdicts` throws. */
export async function projectConsistency(
  sms: SmsClient,
  migrationProject: string,
  maxServers: number,
): Promise<ProjectConsistency> {
  const servers = await serverVerdicts(sms, { migrationProject }, limitOf(maxServers));
  return {
    ...worst(servers, 'NO_SERVERS'),
    counts: countsOf(servers),
    failed: servers.flatMap(({ task, error }) => (task && error ? [{ task_id: task.id, error }] : [])),
  };
}

/** The limit that a caller sets for a field of a project. */
export function limitOf(maxServers: number): SelectionLimit {
  const advice =
    'Raise maxServers, to at most 2000. For more, use consistencyReport with conditions in sourceServers, and combine the results.';
  return { maxServers, advice };
}

function countsOf(servers: readonly ServerVerdict[]): ConsistencyCounts {
  const count = (matches: (server: ServerVerdict) => boolean) => servers.filter(matches).length;
  return {
    servers: servers.length,
    consistent: count(({ verdict }) => verdict === 'CONSISTENT'),
    different: count(({ verdict }) => verdict === 'DIFFERENT'),
    not_verified: count(({ verdict }) => verdict === 'NOT_VERIFIED'),
    without_task: count(({ task }) => task === null),
    without_results: count(({ reason }) => reason === 'NO_RESULTS'),
    failed: count(({ error }) => error !== null),
  };
}
