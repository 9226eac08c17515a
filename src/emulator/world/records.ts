/** The records of SMS as the emulator stores them. Fields that responses contain unchanged have SMS's names. */

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
/** Part of a record that the emulator stores and returns without interpreting it. */
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
  /** Bytes, or the number that the agent reported. */
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
  /** The agent's last report, which is the state of the server until the task changes its own state. */
  reported: { state: string; migration_cycle: string; at: number } | null;
  task_id: string | null;
  /** The pending command for the agent. */
  command: { command_name: string; command_param: { task_id: string; bucket: string } } | null;
}

export interface Disk extends Json {
  name: string;
  size: number;
  used_size: number;
  physical_volumes?: Json[];
}

/** Full copy, launch of the target, synchronization after a launch, clone of the target. */
export type RunKind = 'REPLICATE' | 'CUTOVER' | 'RESYNC' | 'CLONE';

/** One run of a task, started by an action or automatically. Its progress is computed from the time passed. */
export interface Run {
  kind: RunKind;
  /** `user_op` of its sub-tasks: REPLICATE, CUTOVER0, RESYNC0, CUTOVER1. */
  user_op: string;
  /** In order. If their shares add up to less than 100, the rest is the consistency check. */
  steps: Step[];
  /** Epoch ms. */
  startedAt: number;
  endedAt: number | null;
  /** Completed share, 0 to 1, at the time when the task entered its current state. */
  done: number;
  /** ms */
  duration: number;
  /** Whether the run ends with a consistency check. */
  check: boolean;
}

/** A sub-task. */
export interface Step {
  name: string;
  /** Percent of the run. */
  share: number;
  /** Epoch ms; null before. */
  startedAt: number | null;
  endedAt: number | null;
}

export interface MigrationTask {
  id: string;
  /** Prefix of the ids of its sub-tasks. */
  number: number;
  name: string;
  type: TaskType;
  os_type: OsType;
  server_id: string;
  create_date: number;
  priority: number;
  /** Mbit/s; 0 means no limit. */
  speed_limit: number;
  region_id: string;
  region_name: string;
  project_id: string;
  project_name: string;
  start_target_server: boolean;
  exist_server: boolean;
  use_public_ip: boolean;
  /** Whether the copy is followed by continuous synchronization, until the target is launched by hand. */
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
  /** When the task entered its state, epoch ms. */
  since: number;
  /** Oldest first. Only the last one can be unfinished. */
  runs: Run[];
  /** When the target was last launched, or when the task failed, epoch ms. */
  finishedAt: number | null;
  /** Start of the last migration drill, epoch ms. */
  drilledAt: number | null;
  /** When the snapshots were removed, epoch ms. */
  clearedAt: number | null;
  /** JSON text; empty without an error. */
  error_json: string;
  results: ConsistencyRecord[];
  speed_limits: Json[];
  configurations: { config_key: string; config_value: string; config_status: string }[];
  network_check: Json | null;
  log: { bucket: string; requestedAt: number } | null;
  clone: Json | null;
  /** Last progress report of the agent. */
  progress: Json;
}

/** Result of one consistency check. */
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
  /** A text in responses, a boolean in requests. */
  is_template: string;
  region: string;
  availability_zone: string;
  /** Not masked here, unlike in responses. */
  target_password: string;
}
