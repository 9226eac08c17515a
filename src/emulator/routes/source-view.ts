/** A source server as SMS shows it: alone and in a list. */

import type { Json, SourceServer } from '../world/records.ts';
import { deviceUse } from '../world/source-fixtures.ts';
import type { State } from '../world/state.ts';
import { doneBy } from '../world/task-runs.ts';
import { currentTask } from './lookup.ts';
import { standing } from './source-state.ts';
import { currentTaskView, listedCurrentTask } from './task-view.ts';

/** As `showServer` answers. Its page says MB for `memory`, its sample has bytes. */
export function shownServer(server: SourceServer, state: State): Json {
  const { hostname, firmware, disks, volume_groups, btrfs_list, networks, agent_version } = server;
  const task = currentTask(server, state);
  return {
    ...common(server, state),
    hostname,
    firmware,
    disks,
    volume_groups,
    btrfs_list,
    networks,
    agent_version,
    current_task: task && currentTaskView(task, state),
  };
}

/** As a row of `listServers`; `current_task` is null there without a task, and checks have no `error_or_warn`. */
export function listedServer(server: SourceServer, state: State): Json {
  const task = currentTask(server, state);
  return {
    ...common(server, state),
    checks: server.checks.map(({ error_or_warn: _, ...check }) => check),
    current_task: task ? listedCurrentTask(task, state) : null,
    is_consistency_result_exist: (task?.results.length ?? 0) > 0,
  };
}

function common(server: SourceServer, state: State): Json {
  const task = currentTask(server, state);
  const totalsize = server.disks.reduce((sum, { used_size }) => sum + used_size, 0);
  const done = task ? doneBy(task, state.now()) : 0;
  return {
    id: server.id,
    ip: server.ip,
    name: server.name,
    enterprise_project_id: server.enterprise_project_id,
    add_date: server.add_date,
    os_type: server.os_type,
    os_version: server.os_version,
    oem_system: server.oem_system,
    connected: server.connected,
    cpu_quantity: server.cpu_quantity,
    memory: server.memory,
    checks: server.checks,
    init_target_server: {
      disks: server.disks.map(({ name, size, used_size, device_use, physical_volumes }) => ({
        name,
        size,
        used_size,
        device_use: deviceUse(device_use),
        physical_volumes,
      })),
      volume_groups: server.volume_groups,
    },
    totalsize: task?.progress['totalsize'] ?? totalsize,
    replicatesize: task?.progress['replicatesize'] ?? Math.round(done * totalsize),
    last_visit_time: server.last_visit_time,
    state_action_time: task?.since ?? server.add_date,
    stage_action_time: task?.since ?? server.add_date,
    has_tc: server.has_tc,
    start_type: server.start_type,
    ...standing(server, state),
  };
}
