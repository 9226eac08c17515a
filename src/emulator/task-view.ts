/** A migration task as SMS shows it: alone, in a list, and inside its source server. */
import { deviceUse } from './machines.ts';
import { doneBy, subTasks } from './progress.ts';
import type { Disk, Json, MigrationTask, SourceServer } from './records.ts';
import { standing } from './standing.ts';
import type { State } from './state.ts';

/** Mbit/s and ratio of a migration that nothing slows down. */
const SPEED = 164.2;
const COMPRESSION = 1.8;

/** As `showTask` answers. */
export function shownTask(task: MigrationTask, state: State): Json {
  const server = state.servers.get(task.server_id);
  return {
    ...common(task, state),
    connected: server?.connected ?? false,
    start_date: task.phase.startedAt,
    finish_date: task.phase.finishedAt,
    estimate_complete_time: endOf(task),
    region_id: task.region_id,
    region_name: task.region_name,
    project_id: task.project_id,
    project_name: task.project_name,
    vm_template_id: task.vm_template_id,
    float_ip: task.migration_ip,
    remain_seconds: remainingSeconds(task, state),
    target_snapshot_id: '',
    clone_server: task.clone ?? undefined,
    sub_tasks: subTasks(task, state.now()),
    source_server: server && { ...sourceOf(server, state), migration_cycle: standing(server, state).migration_cycle },
    target_server: {
      ...targetOf(task, server),
      system_dir: '',
      disks: task.target.disks.map((disk, index) => targetDisk(task, disk, index)),
      volume_groups: task.target.volume_groups,
      btrfs_list: [],
      image_disk_id: task.target.image_disk_id,
      cutovered_snapshot_ids: task.target.cutovered_snapshot_ids,
    },
  };
}

/** As a row of `listTasks`. */
export function listedTask(task: MigrationTask, state: State): Json {
  const server = state.servers.get(task.server_id);
  return {
    ...common(task, state),
    estimate_complete_time: endOf(task) ?? undefined,
    log_collect_status: logStatus(task, state),
    clone_server: { vm_id: task.clone?.['vm_id'] ?? '', name: task.clone?.['name'] ?? '' },
    syncing: task.syncing,
    special_config: task.configurations,
    sub_tasks: subTasks(task, state.now()).map(({ id, name, progress, start_date, end_date, process_trace }) => ({
      id,
      name,
      progress,
      start_date: start_date ?? undefined,
      end_date,
      process_trace,
    })),
    source_server: server && sourceOf(server, state),
    target_server: targetOf(task, server),
  };
}

/** As `current_task` of a source server. */
export function currentTaskView(task: MigrationTask, state: State): Json {
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    state: task.phase.state,
    start_date: task.phase.startedAt ?? undefined,
    speed_limit: task.speed_limit,
    migrate_speed: speedOf(task),
    start_target_server: task.start_target_server,
    vm_template_id: task.vm_template_id ?? undefined,
    region_id: task.region_id,
    project_name: task.project_name,
    project_id: task.project_id,
    target_server: { vm_id: task.target.vm_id, name: task.target.name },
    log_collect_status: logStatus(task, state),
    exist_server: task.exist_server,
    use_public_ip: task.use_public_ip,
    clone_server: task.clone ?? undefined,
    subtask_info: subtaskInfo(task, state),
  };
}

/** As `current_task` in a list of source servers, where SMS adds some fields. */
export function listedCurrentTask(task: MigrationTask, state: State): Json {
  return {
    ...currentTaskView(task, state),
    estimate_complete_time: endOf(task) ?? undefined,
    compress_rate: COMPRESSION,
    remain_seconds: remainingSeconds(task, state),
    log_bucket: task.log?.bucket,
    log_upload_time: task.log?.requestedAt,
  };
}

function common(task: MigrationTask, state: State): Json {
  const { startedAt, finishedAt } = task.phase;
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    os_type: task.os_type,
    state: task.phase.state,
    create_date: task.create_date,
    priority: task.priority,
    speed_limit: task.speed_limit,
    start_target_server: task.start_target_server,
    enterprise_project_id: '0',
    migration_ip: task.migration_ip,
    migrate_speed: speedOf(task),
    compress_rate: COMPRESSION,
    error_json: task.error_json,
    total_time: startedAt === null ? 0 : (finishedAt ?? state.now()) - startedAt,
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

function speedOf({ phase, speed_limit, progress }: MigrationTask): number {
  if (phase.state !== 'RUNNING' && phase.state !== 'SYNCING') return 0;
  return Number(progress['migrate_speed'] ?? (speed_limit > 0 ? Math.min(SPEED, speed_limit) : SPEED));
}

/** When the run ends or did end, epoch ms; null before a start. */
function endOf({ phase }: MigrationTask): number | null {
  if (phase.startedAt === null) return null;
  return phase.finishedAt ?? Math.round(phase.since + (1 - phase.done) * phase.duration);
}

function remainingSeconds({ phase, progress }: MigrationTask, state: State): number {
  if (phase.state !== 'RUNNING' && phase.state !== 'SYNCING') return 0;
  return Number(progress['remain_time'] ?? Math.ceil(((1 - doneBy(phase, state.now())) * phase.duration) / 1000));
}

/** The sub-task that is at work, or the last one: `MIGRATE_LINUX_FILE:63`. */
function subtaskInfo(task: MigrationTask, state: State): string {
  const steps = subTasks(task, state.now());
  const step = steps.find(({ progress }) => progress < 100) ?? steps.at(-1);
  return step ? `${step.name}:${step.progress}` : '';
}

/** Collecting logs takes a twentieth of a task's usual time (our choice). */
function logStatus({ log }: MigrationTask, state: State): string {
  if (!log) return 'INIT';
  return state.now() - log.requestedAt < state.taskDuration / 20 ? 'UPLOADING' : 'UPLOADED';
}

function sourceOf(server: SourceServer, state: State): Json {
  const { id, ip, name, os_type, os_version, oem_system } = server;
  return { id, ip, name, os_type, os_version, oem_system, state: standing(server, state).state };
}

function targetOf({ target, migration_ip, os_type }: MigrationTask, server: SourceServer | undefined): Json {
  const { id, vm_id, name } = target;
  return { id, vm_id, name, ip: migration_ip, os_type, os_version: server?.os_version };
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
    relation_name: name,
    physical_volumes: physical_volumes.map((volume) => ({ ...volume, device_use: deviceUse(volume['device_use']) })),
  };
}
