/** A source server as SMS returns it: in full and in a list. */

import type { Json, SourceServer } from '../world/records.ts';
import { targetDeviceUse } from '../world/source-fixtures.ts';
import type { State } from '../world/state.ts';
import { completedShare } from '../world/task-runs.ts';
import { currentTask } from './lookup.ts';
import { pick } from './pick.ts';
import { sourceState } from './source-state.ts';
import { currentTaskDetails, currentTaskRow } from './task-view.ts';

/** Response of `showServer`. Its page documents `memory` in MB, but its sample has bytes. */
export function serverDetails(server: SourceServer, state: State): Json {
  const task = currentTask(server, state);
  return {
    ...commonFields(server, state),
    ...pick(server, ['hostname', 'firmware', 'disks', 'volume_groups', 'btrfs_list', 'networks', 'agent_version']),
    current_task: task && currentTaskDetails(task, state),
  };
}

/** Row of `listServers`: `current_task` is null without a task, and checks have no `error_or_warn`. */
export function serverRow(server: SourceServer, state: State): Json {
  const task = currentTask(server, state);
  return {
    ...commonFields(server, state),
    checks: server.checks.map(({ error_or_warn: _, ...check }) => check),
    current_task: task ? currentTaskRow(task, state) : null,
    is_consistency_result_exist: (task?.results.length ?? 0) > 0,
  };
}

const COMMON_FIELDS = [
  'id',
  'ip',
  'name',
  'enterprise_project_id',
  'add_date',
  'os_type',
  'os_version',
  'oem_system',
  'connected',
  'cpu_quantity',
  'memory',
  'checks',
  'last_visit_time',
  'has_tc',
  'start_type',
] as const satisfies (keyof SourceServer)[];

function commonFields(server: SourceServer, state: State): Json {
  const task = currentTask(server, state);
  const totalsize = server.disks.reduce((sum, { used_size }) => sum + used_size, 0);
  const done = task ? completedShare(task, state.now()) : 0;
  return {
    ...pick(server, COMMON_FIELDS),
    init_target_server: {
      disks: server.disks.map(({ name, size, used_size, device_use, physical_volumes }) => ({
        name,
        size,
        used_size,
        device_use: targetDeviceUse(device_use),
        physical_volumes,
      })),
      volume_groups: server.volume_groups,
    },
    totalsize: task?.progress['totalsize'] ?? totalsize,
    replicatesize: task?.progress['replicatesize'] ?? Math.round(done * totalsize),
    state_action_time: task?.since ?? server.add_date,
    stage_action_time: task?.since ?? server.add_date,
    ...sourceState(server, state),
  };
}
