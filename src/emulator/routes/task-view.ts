/** A migration task as SMS shows it: alone, in a list, and inside its source server. */

import type { Disk, Json, MigrationTask, SourceServer } from '../world/records.ts';
import { deviceUse } from '../world/source-fixtures.ts';
import type { State } from '../world/state.ts';
import { doneBy, endOf, SHARES, subTasks } from '../world/task-runs.ts';
import { standing } from './source-state.ts';

/** Mbit/s and ratio of a migration that nothing slows down. */
const SPEED = 164.2;
const COMPRESSION = 1.8;
/** What a clone passes through while it is made. */
const CLONE_STATES = ['NOT_READY', 'READY', 'PREPARING', 'CREATING'] as const;

/** As `showTask` answers. */
export function shownTask(task: MigrationTask, state: State): Json {
  const server = state.servers.get(task.server_id);
  return {
    ...common(task, state),
    connected: server?.connected ?? false,
    start_date: startOf(task),
    finish_date: task.finishedAt,
    region_id: task.region_id,
    region_name: task.region_name,
    project_id: task.project_id,
    project_name: task.project_name,
    vm_template_id: task.vm_template_id,
    float_ip: task.migration_ip,
    remain_seconds: remainingSeconds(task, state) ?? undefined,
    target_snapshot_id: null,
    clone_server: cloneOf(task, state),
    sub_tasks: subTasks(task, state.now()),
    source_server: server && { ...sourceOf(server, state), migration_cycle: standing(server, state).migration_cycle },
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

/** As a row of `listTasks`, which has no sub-tasks; a deleted source server is null there. */
export function listedTask(task: MigrationTask, state: State): Json {
  const server = state.servers.get(task.server_id);
  const clone = cloneOf(task, state);
  return {
    ...common(task, state),
    log_collect_status: logStatus(task, state),
    clone_server: clone ? { vm_id: clone['vm_id'], name: clone['name'] } : undefined,
    syncing: task.syncing,
    special_config: task.configurations,
    source_server: server ? sourceOf(server, state) : null,
    target_server: targetOf(task, server),
  };
}

/** As `current_task` of a source server. */
export function currentTaskView(task: MigrationTask, state: State): Json {
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    state: task.state,
    start_date: startOf(task) ?? undefined,
    speed_limit: task.speed_limit,
    migrate_speed: speedOf(task),
    start_target_server: task.start_target_server,
    vm_template_id: task.vm_template_id ?? undefined,
    region_id: task.region_id,
    project_name: task.project_name,
    project_id: task.project_id,
    target_server: { vm_id: vmOf(task), name: task.target.name },
    log_collect_status: logStatus(task, state),
    exist_server: task.exist_server,
    use_public_ip: task.use_public_ip,
    clone_server: cloneOf(task, state),
    subtask_info: subtaskInfo(task, state),
  };
}

/** As `current_task` in a list of source servers, where SMS adds some fields. */
export function listedCurrentTask(task: MigrationTask, state: State): Json {
  return {
    ...currentTaskView(task, state),
    estimate_complete_time: estimateOf(task, state),
    compress_rate: COMPRESSION,
    remain_seconds: remainingSeconds(task, state),
    log_bucket: task.log?.bucket,
    log_upload_time: task.log?.requestedAt,
  };
}

function common(task: MigrationTask, state: State): Json {
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    os_type: task.os_type,
    state: task.state,
    estimate_complete_time: estimateOf(task, state),
    create_date: task.create_date,
    priority: task.priority,
    speed_limit: task.speed_limit,
    start_target_server: task.start_target_server,
    enterprise_project_id: '0',
    migration_ip: task.migration_ip,
    migrate_speed: speedOf(task),
    compress_rate: COMPRESSION,
    error_json: task.error_json,
    total_time: timeSpent(task, state.now()),
    network_check_info: task.network_check ?? undefined,
    need_migration_test: task.need_migration_test,
    subtask_info: subtaskInfo(task, state),
    ...figures(task),
  };
}

/** What the agent last measured on its server. */
function figures({ progress }: MigrationTask): Json {
  const names = ['total_cpu_usage', 'agent_cpu_usage', 'total_mem_usage', 'agent_mem_usage', 'total_disk_io'];
  return Object.fromEntries([...names, 'agent_disk_io', 'compress_rate'].flatMap((name) => pair(name, progress[name])));
}

function pair(name: string, value: unknown): [string, unknown][] {
  return value === undefined ? [] : [[name, value]];
}

function speedOf(task: MigrationTask): number {
  const { speed_limit, progress } = task;
  if (!isMoving(task)) return 0;
  return Number(progress['migrate_speed'] ?? (speed_limit > 0 ? Math.min(SPEED, speed_limit) : SPEED));
}

function isMoving({ state }: MigrationTask): boolean {
  return state === 'RUNNING' || state === 'SYNCING';
}

function startOf({ runs }: MigrationTask): number | null {
  return runs[0]?.startedAt ?? null;
}

/** Milliseconds that all runs together have been under way. */
function timeSpent(task: MigrationTask, now: number): number {
  return Math.round(
    task.runs.reduce((sum, run, index) => {
      const done = index === task.runs.length - 1 ? doneBy(task, now) : 1;
      return sum + done * run.duration;
    }, 0),
  );
}

/** When what is under way ends, with the launch if it follows by itself, epoch ms; null while nothing is. */
function estimateOf(task: MigrationTask, state: State): number | null {
  const run = task.runs.at(-1);
  if (!run || task.state !== 'RUNNING') return null;
  const launches = !task.syncing && (run.kind === 'REPLICATE' || run.kind === 'RESYNC');
  return endOf(task, run) + (launches ? Math.round(SHARES.CUTOVER * state.taskDuration) : 0);
}

function remainingSeconds(task: MigrationTask, state: State): number | null {
  const end = estimateOf(task, state);
  if (end === null) return null;
  return Number(task.progress['remain_time'] ?? Math.ceil((end - state.now()) / 1000));
}

/** The sub-task that is at work, or the last one: `MIGRATE_LINUX_FILE:63`. */
function subtaskInfo(task: MigrationTask, state: State): string {
  const steps = subTasks(task, state.now());
  const step = steps.find(({ progress }) => progress < 100) ?? steps.at(-1);
  return step ? `${step.name}:${step.progress}` : '';
}

/** The clone of the target, in the states it passes through while it is made; null where there is none. */
function cloneOf(task: MigrationTask, state: State): Json | null {
  const run = task.runs.at(-1);
  if (!task.clone || run?.kind !== 'CLONE' || run.endedAt !== null) return task.clone;
  const clone_state = CLONE_STATES[Math.floor(doneBy(task, state.now()) * CLONE_STATES.length)] ?? 'CREATING';
  return { ...task.clone, clone_state };
}

/** Collecting logs takes a twentieth of a task's usual time (our choice). */
export function logStatus({ log }: MigrationTask, state: State): string {
  if (!log) return 'INIT';
  return state.now() - log.requestedAt < state.taskDuration / 20 ? 'UPLOADING' : 'UPLOADED';
}

function sourceOf(server: SourceServer, state: State): Json {
  const { id, ip, name, os_type, os_version, oem_system } = server;
  return { id, ip, name, os_type, os_version, oem_system, state: standing(server, state).state };
}

function targetOf(task: MigrationTask, server: SourceServer | undefined): Json {
  const { id, name } = task.target;
  const { os_type, migration_ip } = task;
  return { id, vm_id: vmOf(task), name, ip: migration_ip, os_type, os_version: server?.os_version ?? null };
}

/** The id of the target; empty until a new one has been created. */
function vmOf({ exist_server, runs, target }: MigrationTask): string {
  return exist_server || runs[0]?.steps[0]?.endedAt ? target.vm_id : '';
}

function targetDisk(task: MigrationTask, disk: Disk, index: number): Json {
  const { name, size, used_size, device_use, partition_style, physical_volumes = [] } = disk;
  return {
    id: task.number * 10 + index,
    device_use: deviceUse(device_use),
    disk_id: `${task.target.id.slice(0, -1)}${index % 10}`,
    name,
    size,
    used_size,
    disk_index: String(index),
    os_disk: index === 0,
    partition_style: partition_style ?? 'MBR',
    relation_name: task.os_type === 'WINDOWS' ? null : name,
    physical_volumes: physical_volumes.map((volume) => ({ ...volume, device_use: deviceUse(volume['device_use']) })),
  };
}
