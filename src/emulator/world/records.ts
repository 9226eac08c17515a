/** SMS's records as the emulator keeps them. Fields that travel as they are keep SMS's own names. */

export type OsType = 'LINUX' | 'WINDOWS';
export type TaskType = 'MIGRATE_FILE' | 'MIGRATE_BLOCK';
export type TaskState =
  | 'READY'
  | 'RUNNING'
  | 'SYNCING'
  | 'MIGRATE_SUCCESS'
  | 'SYNC_SUCCESS'
  | 'MIGRATE_FAIL'
  | 'SYNC_FAIL'
  | 'ABORTING'
  | 'ABORT'
  | 'SKIPPING';
/** A part of a record that the emulator stores and gives back without looking into it. */
export type Json = Record<string, unknown>;

export interface SourceServer {
  id: string;
  ip: string;
  ipv6?: string;
  name: string;
  hostname: string;
  enterprise_project_id: string;
  /** Epoch ms. */
  add_date: number;
  os_type: OsType;
  os_version: string;
  oem_system: boolean;
  connected: boolean;
  firmware: string;
  cpu_quantity: number;
  /** Bytes, or what the agent reported. */
  memory: number;
  disks: Disk[];
  volume_groups: Json[];
  btrfs_list: Json[];
  networks: Json[];
  checks: Json[];
  last_visit_time: number;
  agent_version: string;
  has_tc: boolean;
  start_type: string;
  migproject_id: string;
  /** What the agent last said of itself, and when; overrides what follows from the task, until its state changes. */
  reported: { state: string; migration_cycle: string; at: number } | null;
  task_id: string | null;
  /** The command that waits for the agent. */
  command: { command_name: string; command_param: { task_id: string; bucket: string } } | null;
}

export interface Disk extends Json {
  name: string;
  size: number;
  used_size: number;
  physical_volumes?: Json[];
}

/** What a run of a task does: the full copy, the launch of the target, synchronization again after that, a clone. */
export type RunKind = 'REPLICATE' | 'CUTOVER' | 'RESYNC' | 'CLONE';

/** One run of a task: what follows from one action. Its progress is not stored: it follows from the time that has passed. */
export interface Run {
  kind: RunKind;
  /** As sub-tasks name the action: REPLICATE, CUTOVER0, RESYNC0, CUTOVER1. */
  user_op: string;
  /** In order, all there from the start. A consistency check at the end takes what they leave of the run. */
  steps: Step[];
  /** Epoch ms. */
  startedAt: number;
  endedAt: number | null;
  /** Share of the run, 0 to 1, that was done when the task's present state began. */
  done: number;
  /** Of the whole run, ms. */
  duration: number;
  /** Whether the run ends with a consistency check. */
  check: boolean;
}

/** A sub-task. */
export interface Step {
  name: string;
  /** Of the run, in percent. */
  share: number;
  /** Epoch ms; null until it is reached, and until it ends. */
  startedAt: number | null;
  endedAt: number | null;
}

export interface MigrationTask {
  id: string;
  /** Numbers the sub-tasks. */
  number: number;
  name: string;
  type: TaskType;
  os_type: OsType;
  server_id: string;
  create_date: number;
  priority: number;
  /** Mbit/s, 0 for no limit. */
  speed_limit: number;
  region_id: string;
  region_name: string;
  project_id: string;
  project_name: string;
  start_target_server: boolean;
  exist_server: boolean;
  use_public_ip: boolean;
  /** Whether synchronization goes on after the copy until the target is launched by hand. */
  syncing: boolean;
  need_migration_test: boolean;
  is_need_consistency_check: boolean;
  migration_ip: string;
  vm_template_id: string | null;
  target: {
    id: string;
    vm_id: string;
    name: string;
    disks: Disk[];
    volume_groups: Json[];
    image_disk_id: string | null;
    cutovered_snapshot_ids: string | null;
  };
  state: TaskState;
  /** When the present state began, epoch ms. */
  since: number;
  /** Oldest first. Only the last one can be under way. */
  runs: Run[];
  /** When the target was last launched or the task failed, epoch ms. */
  finishedAt: number | null;
  /** When the last migration drill was started, and when the snapshots were removed, epoch ms. */
  drilledAt: number | null;
  clearedAt: number | null;
  /** JSON text, as SMS has it; empty without an error. */
  error_json: string;
  results: ConsistencyRecord[];
  speed_limits: Json[];
  configurations: { config_key: string; config_value: string; config_status: string }[];
  network_check: Json | null;
  log: { bucket: string; requestedAt: number } | null;
  clone: Json | null;
  /** The agent's own figures, newest report. */
  progress: Json;
}

/** One run of the consistency check. */
export interface ConsistencyRecord {
  /** Epoch ms. */
  finished_time: number;
  check_result: string;
  consistency_result: DirectoryResult[];
}

export interface DirectoryResult {
  dir_check: string;
  num_total_files: number;
  num_different_files: number;
  num_target_miss_files: number;
  num_target_more_files: number;
}

export interface MigrationProject extends Json {
  id: string;
  name: string;
  isdefault: boolean;
}

export interface ServerTemplate extends Json {
  id: string;
  name: string;
  /** As text in answers, as a boolean in requests. */
  is_template: string;
  region: string;
  availability_zone: string;
  /** Kept in full; answers mask it, except the one that exists to tell it. */
  target_password: string;
}
