/** A migration task as SMS returns it: in full, in a list, and inside its source server. */

import type { Disk, Json, MigrationTask, SourceServer } from '../world/records.ts';
import { targetDeviceUse } from '../world/source-fixtures.ts';
import type { State } from '../world/state.ts';
import { completedShare, expectedEnd, RUN_SHARES, subTasks } from '../world/task-runs.ts';
import { pick } from './pick.ts';
import { sourceState } from './source-state.ts';

/** Of a migration without a speed limit. */
const MAX_SPEED_MBIT_PER_SECOND = 164.2;
const COMPRESSION_RATIO = 1.8;
/** States of a clone while it is created, in order. */
const CLONE_STATES = ['NOT_READY', 'READY', 'PREPARING', 'CREATING'] as const;

/** Response of `showTask`. */
export function taskDetails(task: MigrationTask, state: State): Json {
  const server = state.servers.get(task.server_id);
  return {
    ...commonFields(task, state),
    connected: server?.connected ?? false,
    start_date: task.runs[0]?.startedAt ?? null,
    finish_date: task.finishedAt,
    ...pick(task, ['region_id', 'region_name', 'project_id', 'project_name', 'vm_template_id']),
    float_ip: task.migration_ip,
    remain_seconds: remainingSeconds(task, state) ?? undefined,
    target_snapshot_id: null,
    clone_server: cloneOf(task, state),
    sub_tasks: subTasks(task, state.now()),
    source_server: server && {
      ...sourceOf(server, state),
      migration_cycle: sourceState(server, state).migration_cycle,
    },
    target_server: {
      ...targetOf(task, server),
      system_dir: task.os_type === 'WINDOWS' ? 'C:\\Windows\\System32' : null,
      disks: task.target.disks.map((disk, index) => targetDisk(task, disk, index)),
      volume_groups: task.target.volume_groups,
      btrfs_list: [],
      image_disk_id: task.target.image_disk_id,
      cutovered_snapshot_ids: task.target.cutovered_snapshot_ids,
    },
  };
}

/** Row of `listTasks`, without sub-tasks; a deleted source server is null. */
export function taskRow(task: MigrationTask, state: State): Json {
  const server = state.servers.get(task.server_id);
  const clone = cloneOf(task, state);
  return {
    ...commonFields(task, state),
    log_collect_status: logStatus(task, state),
    clone_server: clone ? { vm_id: clone['vm_id'], name: clone['name'] } : undefined,
    syncing: task.syncing,
    special_config: task.configurations,
    source_server: server ? sourceOf(server, state) : null,
    target_server: targetOf(task, server),
  };
}

const CURRENT_TASK_FIELDS = [
  'id',
  'name',
  'type',
  'state',
  'speed_limit',
  'start_target_server',
  'region_id',
  'project_name',
  'project_id',
  'exist_server',
  'use_public_ip',
] as const satisfies (keyof MigrationTask)[];

/** `current_task` of a source server. */
export function currentTaskDetails(task: MigrationTask, state: State): Json {
  return {
    ...pick(task, CURRENT_TASK_FIELDS),
    start_date: task.runs[0]?.startedAt,
    migrate_speed: speedOf(task),
    vm_template_id: task.vm_template_id ?? undefined,
    target_server: { vm_id: vmOf(task), name: task.target.name },
    log_collect_status: logStatus(task, state),
    clone_server: cloneOf(task, state),
    subtask_info: subtaskInfo(task, state),
  };
}

/** `current_task` in a list of source servers, with a few more fields. */
export function currentTaskRow(task: MigrationTask, state: State): Json {
  return {
    ...currentTaskDetails(task, state),
    estimate_complete_time: estimateOf(task, state),
    compress_rate: COMPRESSION_RATIO,
    remain_seconds: remainingSeconds(task, state),
    log_bucket: task.log?.bucket,
    log_upload_time: task.log?.requestedAt,
  };
}

const COMMON_FIELDS = [
  'id',
  'name',
  'type',
  'os_type',
  'state',
  'create_date',
  'priority',
  'speed_limit',
  'start_target_server',
  'migration_ip',
  'error_json',
  'need_migration_test',
] as const satisfies (keyof MigrationTask)[];

function commonFields(task: MigrationTask, state: State): Json {
  return {
    ...pick(task, COMMON_FIELDS),
    estimate_complete_time: estimateOf(task, state),
    enterprise_project_id: '0',
    migrate_speed: speedOf(task),
    compress_rate: COMPRESSION_RATIO,
    total_time: timeSpent(task, state.now()),
    network_check_info: task.network_check ?? undefined,
    subtask_info: subtaskInfo(task, state),
    ...pick(task.progress, REPORTED_METRICS),
  };
}

/** Metrics that the agent reports with the progress. */
const REPORTED_METRICS = [
  'total_cpu_usage',
  'agent_cpu_usage',
  'total_mem_usage',
  'agent_mem_usage',
  'total_disk_io',
  'agent_disk_io',
  'compress_rate',
] as const;

function speedOf({ state, speed_limit, progress }: MigrationTask): number {
  if (state !== 'RUNNING' && state !== 'SYNCING') return 0;
  const limit = speed_limit > 0 ? speed_limit : MAX_SPEED_MBIT_PER_SECOND;
  return Number(progress['migrate_speed'] ?? Math.min(MAX_SPEED_MBIT_PER_SECOND, limit));
}

/** Total duration of all runs so far, in ms. */
function timeSpent(task: MigrationTask, now: number): number {
  return Math.round(
    task.runs.reduce((sum, run, index) => {
      const done = index === task.runs.length - 1 ? completedShare(task, now) : 1;
      return sum + done * run.duration;
    }, 0),
  );
}

/** Expected end of the current run and of the launch that follows automatically, epoch ms; null if nothing runs. */
function estimateOf(task: MigrationTask, state: State): number | null {
  const run = task.runs.at(-1);
  if (!run || task.state !== 'RUNNING') return null;
  const launches = !task.syncing && (run.kind === 'REPLICATE' || run.kind === 'RESYNC');
  return expectedEnd(task, run) + (launches ? Math.round(RUN_SHARES.CUTOVER * state.taskDuration) : 0);
}

function remainingSeconds(task: MigrationTask, state: State): number | null {
  const end = estimateOf(task, state);
  if (end === null) return null;
  return Number(task.progress['remain_time'] ?? Math.ceil((end - state.now()) / 1000));
}

/** Name and percentage of the current or last sub-task: `MIGRATE_LINUX_FILE:63`. */
function subtaskInfo(task: MigrationTask, state: State): string {
  const steps = subTasks(task, state.now());
  const step = steps.find(({ progress }) => progress < 100) ?? steps.at(-1);
  return step ? `${step.name}:${step.progress}` : '';
}

/** The clone of the target server and how far it is; null if there is none. */
function cloneOf(task: MigrationTask, state: State): Json | null {
  const run = task.runs.at(-1);
  if (!task.clone || run?.kind !== 'CLONE' || run.endedAt !== null) return task.clone;
  const clone_state = CLONE_STATES[Math.floor(completedShare(task, state.now()) * CLONE_STATES.length)] ?? 'CREATING';
  return { ...task.clone, clone_state };
}

/** Collecting logs takes a twentieth of the duration of a task (our choice). */
export function logStatus({ log }: MigrationTask, state: State): string {
  if (!log) return 'INIT';
  return state.now() - log.requestedAt < state.taskDuration / 20 ? 'UPLOADING' : 'UPLOADED';
}

function sourceOf(server: SourceServer, state: State): Json {
  const fields = pick(server, ['id', 'ip', 'name', 'os_type', 'os_version', 'oem_system']);
  return { ...fields, state: sourceState(server, state).state };
}

function targetOf(task: MigrationTask, server: SourceServer | undefined): Json {
  const { id, name } = task.target;
  const { os_type, migration_ip } = task;
  return { id, vm_id: vmOf(task), name, ip: migration_ip, os_type, os_version: server?.os_version ?? null };
}

/** Id of the target server; empty until SMS has created it. */
function vmOf({ exist_server, runs, target }: MigrationTask): string {
  return exist_server || runs[0]?.steps[0]?.endedAt ? target.vm_id : '';
}

function targetDisk(task: MigrationTask, disk: Disk, index: number): Json {
  const { name, size, used_size, device_use, partition_style, physical_volumes = [] } = disk;
  return {
    id: task.number * 10 + index,
    device_use: targetDeviceUse(device_use),
    disk_id: `${task.target.id.slice(0, -1)}${index % 10}`,
    name,
    size,
    used_size,
    disk_index: String(index),
    os_disk: index === 0,
    partition_style: partition_style ?? 'MBR',
    relation_name: task.os_type === 'WINDOWS' ? null : name,
    physical_volumes: physical_volumes.map((volume) => ({
      ...volume,
      device_use: targetDeviceUse(volume['device_use']),
    })),
  };
}
