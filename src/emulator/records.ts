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
  | 'ABORT';
/** A part of a record that the emulator stores and gives back without looking into it. */
export type Json = Record<string, unknown>;

export interface SourceServer {
  id: string;
  ip: string;
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
  /** MB. */
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
  /** What the agent last said of itself; overrides what follows from the task, until the task's next action. */
  reported: { state: string; migration_cycle: string } | null;
  /** The newest task. */
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

/** Where a task stands. Progress is not stored: it follows from the time that has passed since `since`. */
export interface Phase {
  state: TaskState;
  run: 'migrate' | 'sync';
  /** Epoch ms; null before the first start. */
  startedAt: number | null;
  finishedAt: number | null;
  /** When the present state began, epoch ms. */
  since: number;
  /** Share of the run, 0 to 1, that was done at `since`. */
  done: number;
  /** Of the whole run, ms. */
  duration: number;
  /** Whether the run ends with a consistency check. */
  check: boolean;
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
  syncing: boolean;
  need_migration_test: boolean;
  migration_ip: string;
  vm_template_id: string | null;
  target: {
    id: string;
    vm_id: string;
    name: string;
    disks: Disk[];
    volume_groups: Json[];
    image_disk_id: string;
    cutovered_snapshot_ids: string;
  };
  phase: Phase;
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
