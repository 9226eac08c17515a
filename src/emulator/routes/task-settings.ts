/** What can be set for a migration task: rate limits by time of day, and options. */

import { smsRefusal } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Json, MigrationTask } from '../world/records.ts';
import { taskOf } from './lookup.ts';

type Period = Json & { start: string; end: string };
type Configurations = MigrationTask['configurations'];

export const settings: Routes = {
  'GET /v3/tasks/{task_id}/speed-limit': ({ params, state }) => {
    const { speed_limits } = taskOf(params['task_id'], state);
    if (speed_limits.length === 0) throw smsRefusal('SMS.6302', 'The task has no rate limit.');
    return { speed_limit: speed_limits };
  },

  'POST /v3/tasks/{task_id}/speed-limit': ({ params, body, state }: Call<{ speed_limit: Period[] }>) => {
    const task = taskOf(params['task_id'], state);
    task.speed_limits = body.speed_limit.map(checkedPeriod);
  },

  'GET /v3/tasks/{task_id}/configuration-setting': ({ params, query, state }) => {
    const task = taskOf(params['task_id'], state);
    const { config_key: wanted } = query;
    return {
      task_id: task.id,
      migrate_type: `${task.os_type}_${task.type}`,
      configurations: task.configurations.filter(({ config_key }) => wanted === undefined || config_key === wanted),
    };
  },

  'POST /v3/tasks/{task_id}/configuration-setting': ({
    params,
    body,
    state,
  }: Call<{ configurations: (Omit<Configurations[number], 'config_status'> & { config_status?: string })[] }>) => {
    const task = taskOf(params['task_id'], state);
    const given = body.configurations.map((option) => ({ config_status: '', ...option }));
    const kept = task.configurations.filter((old) => given.every(({ config_key }) => config_key !== old.config_key));
    task.configurations = [...kept, ...given];
  },
};

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A period with what SMS fills in, or 400 SMS.6405. */
function checkedPeriod(period: Period): Json {
  if (!CLOCK_TIME.test(period.start) || !CLOCK_TIME.test(period.end)) {
    throw smsRefusal('SMS.6405', 'A period starts and ends at a time of the form HH:MM.');
  }
  return { speed: 0, over_speed_threshold: 10, ...period };
}
