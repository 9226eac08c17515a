import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { FiledReport } from '../../sms/operations/consistency-file.ts';
import type { ProgressUpdate } from '../../sms/operations/progress-watch.ts';
import type { ProjectConsistency } from '../../sms/operations/project-consistency.ts';
import type { ProjectProgress } from '../../sms/operations/project-progress.ts';
import type { ProjectGate, GatedServer } from '../../sms/operations/cutover-gate.ts';
import type { RequestedTask } from '../../sms/operations/consistency-export.ts';
import type { DownloadedFile } from '../../sms/http/file-response.ts';
import type { Entity } from '../../sms/operations/entities.ts';
import type { Context } from '../../request/context.ts';
import type { Wire } from '../../sms/wire.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A time in UTC (RFC 3339), for example `2026-09-21T15:33:20.000Z`. */
  DateTime: { input: number; output: number; }
  /** Any JSON value. Keys and values are passed through unchanged. */
  JSON: { input: unknown; output: unknown; }
  /**
   * A whole number of up to 64 bits: a JSON number up to 2^53 - 1, and a string beyond that, so that no digit is lost.
   * Inputs may use either form.
   */
  Long: { input: number; output: number; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Result of `acceptPrivacyAgreement`. */
export type AcceptPrivacyAgreementResult = AcceptPrivacyAgreementSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The privacy statement was accepted. */
export type AcceptPrivacyAgreementSuccess = {
  /** The updated agreement. */
  privacyAgreement: PrivacyAgreement;
};

/** A pending command for the agent. */
export type AgentCommand = {
  /**
   * The command: `START`, `STOP`, `SKIP`, `PREMIGRATE`, `TASK_NOT_STARTED`, `TASK_HAS_STOPPED` or `TASK_HAS_FINISHED`.
   * Older pages of SMS list `START`, `STOP`, `DELETE`, `SYNC` and `SKIP`.
   */
  commandName?: Maybe<Scalars['String']['output']>;
  /** Arguments of the command. */
  commandParam?: Maybe<AgentCommandParam>;
};

/** Arguments of a command for the agent. */
export type AgentCommandParam = {
  /** Name of an OBS bucket. */
  bucket?: Maybe<Scalars['String']['output']>;
  /** Id of the task. */
  taskId?: Maybe<Scalars['ID']['output']>;
};

/** Settings that the migration agent fetches when it starts. */
export type AgentConfig = {
  /** Settings as keys and values, such as the main region, the OBS domain and disk types. */
  config?: Maybe<Scalars['JSON']['output']>;
  /** Regions that the agent may use, each as keys and values. */
  regions?: Maybe<Array<Scalars['JSON']['output']>>;
};

/** Boot loader of a Linux server. */
export type BootLoader =
  /** GNU GRUB. */
  | 'GRUB'
  /** The Linux Loader. */
  | 'LILO';

/** A Btrfs file system. */
export type BtrfsFileSystem = {
  /** Data profile (RAID level). */
  dataProfile?: Maybe<Scalars['String']['output']>;
  /** Mount path of the default subvolume, which is also the mount point of the file system. */
  defaultSubvolMountpath?: Maybe<Scalars['String']['output']>;
  /** Name of the default subvolume. */
  defaultSubvolName?: Maybe<Scalars['String']['output']>;
  /** Id of the default subvolume. */
  defaultSubvolid?: Maybe<Scalars['String']['output']>;
  /** Devices that make up the Btrfs file system. */
  device?: Maybe<Scalars['String']['output']>;
  /** Used space of the whole volume in bytes. */
  gVolUsedSize?: Maybe<Scalars['Long']['output']>;
  /** Global reserve of the file system. */
  globalReserve1?: Maybe<Scalars['String']['output']>;
  /** Label of the file system. Empty if it has none. */
  label?: Maybe<Scalars['String']['output']>;
  /** Metadata profile (RAID level). */
  metadataProfile?: Maybe<Scalars['String']['output']>;
  /** Name of the file system. */
  name?: Maybe<Scalars['String']['output']>;
  /** Node size in bytes. */
  nodesize?: Maybe<Scalars['Long']['output']>;
  /** Sector size in bytes. */
  sectorsize?: Maybe<Scalars['Int']['output']>;
  /** Space used by the file system's data, in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
  /** Subvolumes of the file system. The misspelling is SMS's. */
  subvolumn?: Maybe<Array<BtrfsSubvolume>>;
  /** System profile (RAID level). */
  systemProfile?: Maybe<Scalars['String']['output']>;
  /** UUID of the volume or file system, as reported by the source system. */
  uuid?: Maybe<Scalars['String']['output']>;
};

/** A Btrfs file system. */
export type BtrfsFileSystemInput = {
  /** Data profile (RAID level). */
  dataProfile?: InputMaybe<Scalars['String']['input']>;
  /** Mount path of the default subvolume, which is also the mount point of the file system. */
  defaultSubvolMountpath?: InputMaybe<Scalars['String']['input']>;
  /** Name of the default subvolume. */
  defaultSubvolName?: InputMaybe<Scalars['String']['input']>;
  /** Id of the default subvolume. */
  defaultSubvolid?: InputMaybe<Scalars['String']['input']>;
  /** Devices that make up the Btrfs file system. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** Used space of the whole volume in bytes. */
  gVolUsedSize?: InputMaybe<Scalars['Long']['input']>;
  /** Global reserve of the file system. */
  globalReserve1?: InputMaybe<Scalars['String']['input']>;
  /** Label of the file system. Empty if it has none. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** Metadata profile (RAID level). */
  metadataProfile?: InputMaybe<Scalars['String']['input']>;
  /** Name of the file system. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Node size in bytes. */
  nodesize?: InputMaybe<Scalars['Long']['input']>;
  /** Sector size in bytes. */
  sectorsize?: InputMaybe<Scalars['Int']['input']>;
  /** Space used by the file system's data, in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Subvolumes of the file system. The misspelling is SMS's. */
  subvolumn?: InputMaybe<Array<BtrfsSubvolumeInput>>;
  /** System profile (RAID level). */
  systemProfile?: InputMaybe<Scalars['String']['input']>;
  /** UUID of the volume or file system, as reported by the source system. */
  uuid?: InputMaybe<Scalars['String']['input']>;
};

/** A Btrfs subvolume. */
export type BtrfsSubvolume = {
  /** Whether the subvolume is a snapshot, as text. */
  isSnapshot?: Maybe<Scalars['String']['output']>;
  /** Id of the parent subvolume. */
  parentId?: Maybe<Scalars['ID']['output']>;
  /** Id of the subvolume. */
  subvolId?: Maybe<Scalars['ID']['output']>;
  /** Mount path of the subvolume. */
  subvolMountPath?: Maybe<Scalars['String']['output']>;
  /** Name of the subvolume. */
  subvolName?: Maybe<Scalars['String']['output']>;
  /** UUID of the parent volume. */
  uuid?: Maybe<Scalars['String']['output']>;
};

/** A Btrfs subvolume. */
export type BtrfsSubvolumeInput = {
  /** Whether the subvolume is a snapshot, as text. */
  isSnapshot?: InputMaybe<Scalars['String']['input']>;
  /** Id of the parent subvolume. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the subvolume. */
  subvolId?: InputMaybe<Scalars['ID']['input']>;
  /** Mount path of the subvolume. */
  subvolMountPath?: InputMaybe<Scalars['String']['input']>;
  /** Name of the subvolume. */
  subvolName?: InputMaybe<Scalars['String']['input']>;
  /** UUID of the parent volume. */
  uuid?: InputMaybe<Scalars['String']['input']>;
};

/** Whether a call may have been carried out. */
export type CallOutcome =
  /** Nothing of the call reached SMS, so nothing was changed. It can be repeated. */
  | 'NOT_SENT'
  /** The call was sent, at least in part, and may have been carried out. Check before you repeat a change. */
  | 'UNKNOWN';

/** Certificates and private keys with which the agent and the target server secure a block migration. */
export type CertificateKey = {
  /** CA certificate, PEM. */
  ca?: Maybe<Scalars['String']['output']>;
  /** Certificate of the source side, PEM. */
  cert?: Maybe<Scalars['String']['output']>;
  /** Private key of the source side, PEM. */
  privateKey?: Maybe<Scalars['String']['output']>;
  /** Certificate of the data channel on the target side, PEM. */
  targetDataCert?: Maybe<Scalars['String']['output']>;
  /** Private key of the data channel on the target side, PEM. */
  targetDataPrivateKey?: Maybe<Scalars['String']['output']>;
  /** Certificate of the management channel on the target side, PEM. */
  targetMgmtCert?: Maybe<Scalars['String']['output']>;
  /** Private key of the management channel on the target side, PEM. */
  targetMgmtPrivateKey?: Maybe<Scalars['String']['output']>;
};

/** Changes to a disk. */
export type ChangeDiskInput = {
  /** New size of the disk in bytes. */
  adjustSize?: InputMaybe<Scalars['Long']['input']>;
  /** Id of the disk. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Whether to migrate the disk. SMS defaults to true. */
  needMigration?: InputMaybe<Scalars['Boolean']['input']>;
  /** Changes to the partitions of the disk. */
  physicalVolumes?: InputMaybe<Array<ChangeVolumeInput>>;
};

/** Changes to a logical volume. */
export type ChangeLogicalVolumeInput = {
  /** New size of the logical volume in bytes. */
  adjustSize?: InputMaybe<Scalars['Long']['input']>;
  /** Id of the logical volume. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Whether to migrate the logical volume. SMS defaults to true. */
  needMigration?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Changes to the target server of a task. */
export type ChangeTargetServerInput = {
  /** Windows only: true if the agent has the rights that it needs. If omitted, the later environment check fails. */
  accountRights?: InputMaybe<Scalars['Boolean']['input']>;
  /** Boot loader of a Linux server. */
  bootLoader?: InputMaybe<BootLoader>;
  /** Btrfs file systems of a Linux server. Empty if there are none. */
  btrfsList?: InputMaybe<Array<BtrfsFileSystemInput>>;
  /** Number of vCPUs. */
  cpuQuantity?: InputMaybe<Scalars['Int']['input']>;
  /** Ids of the snapshots that are kept for rolling back the cutover, separated by semicolons. */
  cutoveredSnapshotIds?: InputMaybe<Scalars['String']['input']>;
  /** Disks of the server. */
  disks?: InputMaybe<Array<TargetDiskInput>>;
  /** Id of the account (domain). */
  domainId?: InputMaybe<Scalars['ID']['input']>;
  /** Windows only: true if driver files are missing. If omitted, the later environment check fails. */
  driverFiles?: InputMaybe<Scalars['Boolean']['input']>;
  /** Boot firmware of the server. */
  firmware?: InputMaybe<Firmware>;
  /** Flavor (size) of the server. */
  flavor?: InputMaybe<Scalars['String']['input']>;
  /** Linux only: true if `rsync` is installed. If omitted, the later environment check fails. */
  hasRsync?: InputMaybe<Scalars['Boolean']['input']>;
  /** Host name of the server. */
  hostname?: InputMaybe<Scalars['String']['input']>;
  /** Id of the record in SMS. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the disk with the agent's image that is attached to the server. */
  imageDiskId?: InputMaybe<Scalars['ID']['input']>;
  /** IPv4 address. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** Memory size in MB. */
  memory?: InputMaybe<Scalars['Long']['input']>;
  /** Name of the server. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Network adapters of the server. */
  networks?: InputMaybe<Array<ServerNetworkInput>>;
  /** Operating system family. */
  osType?: InputMaybe<OsType>;
  /** Operating system version, for example `UBUNTU_22_4_64BIT`. */
  osVersion?: InputMaybe<Scalars['String']['input']>;
  /** Linux only: true for a paravirtualized server. If omitted, the later environment check fails. */
  paravirtualization?: InputMaybe<Scalars['Boolean']['input']>;
  /** Linux only: raw devices. If omitted, the later environment check fails. */
  rawDevices?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the server's snapshots, separated by semicolons. */
  snapshotIds?: InputMaybe<Scalars['String']['input']>;
  /** Windows only: system directory. If omitted, the later environment check fails. */
  systemDir?: InputMaybe<Scalars['String']['input']>;
  /** Windows only: true if some system services are unhealthy. If omitted, the later environment check fails. */
  systemServices?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the server in the compute service (ECS). Not needed if SMS creates the server. */
  vmId?: InputMaybe<Scalars['ID']['input']>;
  /** LVM volume groups of a Linux server. Empty if there are none. */
  volumeGroups?: InputMaybe<Array<VolumeGroupInput>>;
};

/** Changes to a volume group. */
export type ChangeVolumeGroupInput = {
  /** New size of the volume group in bytes. */
  adjustSize?: InputMaybe<Scalars['Long']['input']>;
  /** Id of the volume group. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Changes to the logical volumes of the group. */
  logicalVolumes?: InputMaybe<Array<ChangeLogicalVolumeInput>>;
  /** Whether to migrate the volume group. SMS defaults to true. */
  needMigration?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Changes to a partition. */
export type ChangeVolumeInput = {
  /** New size of the partition in bytes. */
  adjustSize?: InputMaybe<Scalars['Long']['input']>;
  /** Id of the partition. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Whether to migrate the partition. SMS defaults to true. */
  needMigration?: InputMaybe<Scalars['Boolean']['input']>;
};

/**
 * Outcome of a check before the migration. SMS may add values: one that this gateway version does not know reads
 * `UNKNOWN`, and the matching `*Text` field has the raw value.
 */
export type CheckOutcome =
  /** The check failed. */
  | 'ERROR'
  /** The check passed. */
  | 'OK'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN'
  /** The check passed with a warning. */
  | 'WARN';

/** A clone of the target server, made to test it. */
export type CloneServer = {
  /** Short error message, if cloning failed. In a list this costs one extra SMS call per item. */
  cloneError?: Maybe<Scalars['String']['output']>;
  /** State of the clone. In a list this costs one extra SMS call per item. */
  cloneState?: Maybe<CloneState>;
  /** Raw value of `cloneState` as sent by SMS, including values that this gateway version does not know. */
  cloneStateText?: Maybe<Scalars['String']['output']>;
  /** Longer explanation of the error. In a list this costs one extra SMS call per item. */
  errorMsg?: Maybe<Scalars['String']['output']>;
  /** Name of the clone. */
  name?: Maybe<Scalars['String']['output']>;
  /** Id of the clone in the compute service (ECS). */
  vmId?: Maybe<Scalars['ID']['output']>;
};

/** Changes to the clone of the target server. */
export type CloneServerInput = {
  /** Short error message, if cloning failed. */
  cloneError?: InputMaybe<Scalars['String']['input']>;
  /** State of the clone. */
  cloneState?: InputMaybe<CloneState>;
  /** Longer explanation of the error. */
  errorMsg?: InputMaybe<Scalars['String']['input']>;
  /** Name of the clone. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Id of the clone in the compute service (ECS). */
  vmId?: InputMaybe<Scalars['ID']['input']>;
};

/**
 * State of a clone. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the matching
 * `*Text` field has the raw value.
 */
export type CloneState =
  /** The clone is being created. */
  | 'CREATING'
  /** Cloning failed. */
  | 'ERROR'
  /** The clone exists. */
  | 'FINISHED'
  /** The clone cannot be created yet. */
  | 'NOT_READY'
  /** The clone is being prepared. */
  | 'PREPARING'
  /** The clone can be created. */
  | 'READY'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** A task, and where to upload its log. */
export type CollectLogInput = {
  /** Name of the OBS bucket that receives the log. */
  logBucket: Scalars['String']['input'];
  /** Id of the task. */
  taskId: Scalars['ID']['input'];
};

/** Result of `collectLog`. */
export type CollectLogResult = CollectLogSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** SMS has accepted the upload. `logCollectStatus` shows its progress. */
export type CollectLogSuccess = {
  /** The task, as read after the upload was accepted. */
  migrationTask: MigrationTask;
};

/**
 * An advanced option of a task. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the
 * matching `*Text` field has the raw value.
 */
export type ConfigKey =
  /** Directories whose consistency is checked. */
  | 'CONSISTENCY_DIR'
  /** Directories that cannot be checked. */
  | 'CONSISTENCY_DIR_ILLEGAL'
  /** How to check the consistency. */
  | 'CONSISTENCY_MODE'
  /** Whether to repeat the consistency check. */
  | 'CONSISTENCY_RECHECK'
  /** Port that is chosen at run time. */
  | 'DYNAMIC_PORT'
  /** Paths to exclude from the migration. Found only in older pages of SMS. */
  | 'EXCLUDE_MIGRATE_PATH'
  /** Whether to install the password agent. Found only in newer SDKs. */
  | 'INSTALL_PWD_AGENT'
  /** Cache size of a Linux block migration. */
  | 'LINUX_BLOCK_CACHE_SIZE'
  /** Number of compression threads of a Linux block migration. */
  | 'LINUX_BLOCK_COMPRESS_THREAD_NUM'
  /** CPU limit of the agent on Linux. */
  | 'LINUX_CPU_LIMIT'
  /** Disk I/O limit of the agent on Linux. */
  | 'LINUX_IO_LIMIT'
  /** Memory limit of the agent on Linux. */
  | 'LINUX_MEM_LIMIT'
  /** IP address to which the data is sent. */
  | 'MIGRATE_DST_IP'
  /** Directories to exclude from the migration. */
  | 'MIGRATE_EXCLUDE_DIR'
  /** Paths to exclude from the migration. Found only in a sample of the API reference. */
  | 'MIGRATE_EXCLUDE_PATH'
  /** Number of processes that migrate. */
  | 'NUM_PROCESS_MIGRATE'
  /** Number of processes that synchronize. */
  | 'NUM_PROCESS_SYNC'
  /** The only directories to synchronize. */
  | 'ONLY_SYNC_DIR'
  /** The only paths to synchronize. Found only in older pages of SMS. */
  | 'ONLY_SYNC_PATH'
  /** Directories to exclude from the synchronization. */
  | 'SYNC_EXCLUDE_DIR'
  /** Paths to exclude from the synchronization. Found only in older pages of SMS. */
  | 'SYNC_EXCLUDE_PATH'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/**
 * Operating system and method to which options apply. SMS may add values: one that this gateway version does not know
 * reads `UNKNOWN`, and the matching `*Text` field has the raw value.
 */
export type ConfigMigrateType =
  /** Linux, by file. Found only in a sample of the API reference. */
  | 'LINUX_FILE_MIGRATE'
  /** Linux, by block. */
  | 'LINUX_MIGRATE_BLOCK'
  /** Linux, by file. */
  | 'LINUX_MIGRATE_FILE'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN'
  /** Windows, by block. */
  | 'WINDOWS_MIGRATE_BLOCK';

/** Advanced options of a task. */
export type ConfigurationSetting = {
  /** Advanced options of the task. */
  configurations?: Maybe<Array<TaskConfiguration>>;
  /** Operating system and method to which the options apply. */
  migrateType?: Maybe<ConfigMigrateType>;
  /** Raw value of `migrateType` as sent by SMS, including values that this gateway version does not know. */
  migrateTypeText?: Maybe<Scalars['String']['output']>;
  /** Id of the task. */
  taskId?: Maybe<Scalars['ID']['output']>;
};

/** One run of a task's consistency check. */
export type ConsistencyCheck = {
  /**
   * Outcome of the check, as sent by SMS. Only `success` is documented. If SMS sent a result that is not JSON, this is the
   * beginning of it.
   */
  checkResult?: Maybe<Scalars['String']['output']>;
  /** One entry per directory that was compared. Null if SMS sent none that can be read. */
  consistencyResult?: Maybe<Array<ConsistencyResult>>;
  /** When the check ended. */
  finishedTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** Verdict on the whole check: the worst of its directories, or `NOT_VERIFIED` if it has none. */
  verdict: ConsistencyVerdict;
};

/**
 * Numbers of source servers. Each server is `consistent`, `different` or `notVerified`. The last three count servers that are
 * among `notVerified`.
 */
export type ConsistencyCounts = {
  /** Servers whose verdict is `CONSISTENT`. */
  consistent: Scalars['Int']['output'];
  /** Servers whose verdict is `DIFFERENT`. */
  different: Scalars['Int']['output'];
  /** Servers whose results could not be read; see `failedTasks`. */
  failed: Scalars['Int']['output'];
  /** Servers whose verdict is `NOT_VERIFIED`. */
  notVerified: Scalars['Int']['output'];
  /** All source servers of the project. */
  servers: Scalars['Int']['output'];
  /** Servers whose task was never checked. */
  withoutResults: Scalars['Int']['output'];
  /** Servers without a task. */
  withoutTask: Scalars['Int']['output'];
};

/** A report on the consistency of migrated directories. */
export type ConsistencyReport = {
  /** Content type of the file. */
  contentType: Scalars['String']['output'];
  /** The tasks that could not be read. */
  failedTasks: Array<FailedReportTask>;
  /** Suggested name of the file. */
  fileName: Scalars['String']['output'];
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** The rows of the file: one per directory of a task, and one per task, check or source server that has no directory. */
  rows: Array<ConsistencyReportRow>;
  /** The source servers of the selected tasks, as far as SMS names them, then those without a task. */
  servers: Array<ConsistencyReportServer>;
  /** The selected source servers that have no task. Empty if the tasks were selected by `taskIds`. */
  serversWithoutTask: Array<SourceServer>;
  /** The selected tasks, each once, in the order of the input or of the source servers. */
  tasks: Array<ConsistencyReportTask>;
  /** The tasks that were never checked. */
  tasksWithoutResults: Array<MigrationTask>;
  /** Content of the file. Save it as UTF-8. */
  text: Scalars['String']['output'];
  /** Sums over all tasks. */
  totals: ConsistencyReportTotals;
  /**
   * Verdict on all selected tasks: the worst of theirs. `CONSISTENT` only if every directory of every task is; a task
   * that was never checked or could not be read rules it out, and so does a source server without a task.
   */
  verdict: ConsistencyVerdict;
};

/** Format of a report file. */
export type ConsistencyReportFormat =
  /**
   * Comma-separated values (RFC 4180). Safe to open in a spreadsheet: an apostrophe precedes text that could start a
   * formula. Begins with a byte order mark, so that Excel reads it as UTF-8.
   */
  | 'CSV'
  /** A JSON array of the rows. */
  | 'JSON';

/**
 * Result of a task's latest check for one directory. A task that was never checked, whose latest check lists no directory,
 * or that could not be read has a row without a directory. So has a source server without a task.
 */
export type ConsistencyReportRow = {
  /** Outcome of the check, as sent by SMS. Only `success` is documented. */
  checkResult?: Maybe<Scalars['String']['output']>;
  /** Path of the directory. Null in a row without one. */
  dirCheck?: Maybe<Scalars['String']['output']>;
  /** When the check ended. */
  finishedTime?: Maybe<Scalars['DateTime']['output']>;
  /** Number of files that differ. */
  numDifferentFiles?: Maybe<Scalars['Int']['output']>;
  /** Number of files that are missing on the target server. */
  numTargetMissFiles?: Maybe<Scalars['Int']['output']>;
  /** Number of files that exist only on the target server. */
  numTargetMoreFiles?: Maybe<Scalars['Int']['output']>;
  /** Number of files in the directory on the source server. Null, like every count, if SMS sent none that can be read. */
  numTotalFiles?: Maybe<Scalars['Int']['output']>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** Id of the task's source server. */
  sourceServerId?: Maybe<Scalars['ID']['output']>;
  /** Name of the task's source server. */
  sourceServerName?: Maybe<Scalars['String']['output']>;
  /** Id of the task. Null in the row of a source server without a task. */
  taskId?: Maybe<Scalars['ID']['output']>;
  /** Name of the task. */
  taskName?: Maybe<Scalars['String']['output']>;
  /** Verdict on the directory, or on the task if the row has no directory. */
  verdict: ConsistencyVerdict;
};

/** A source server in a report, with its verdict. */
export type ConsistencyReportServer = {
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** The source server. */
  sourceServer: SourceServer;
  /** Worst verdict of the server's selected tasks, or `NOT_VERIFIED` if it has none. */
  verdict: ConsistencyVerdict;
};

/** A task in a report, with its verdict. */
export type ConsistencyReportTask = {
  /** When the latest check of the task ended. */
  finishedTime?: Maybe<Scalars['DateTime']['output']>;
  /** The task. Null if SMS does not know it, or does not show it to the caller. */
  migrationTask?: Maybe<MigrationTask>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** The task's source server. Null if SMS names none. */
  sourceServer?: Maybe<SourceServer>;
  /** Id of the task. */
  taskId: Scalars['ID']['output'];
  /** Worst verdict of the task's directories, or `NOT_VERIFIED` if it has none. */
  verdict: ConsistencyVerdict;
};

/** Sums over the tasks of a report and their directories. */
export type ConsistencyReportTotals = {
  /** Number of directories whose verdict is `CONSISTENT`. */
  consistentDirectories: Scalars['Int']['output'];
  /** Number of tasks whose verdict is `CONSISTENT`. */
  consistentTasks: Scalars['Int']['output'];
  /** Number of directories whose verdict is `DIFFERENT`. */
  differentDirectories: Scalars['Int']['output'];
  /** Number of files that differ. */
  differentFiles: Scalars['Long']['output'];
  /** Number of tasks whose verdict is `DIFFERENT`. */
  differentTasks: Scalars['Int']['output'];
  /** Number of directories: the rows that have one. */
  directories: Scalars['Int']['output'];
  /** Number of directories whose verdict is `NOT_VERIFIED`. */
  notVerifiedDirectories: Scalars['Int']['output'];
  /** Number of tasks whose verdict is `NOT_VERIFIED`. */
  notVerifiedTasks: Scalars['Int']['output'];
  /** Number of selected source servers without a task. */
  serversWithoutTask: Scalars['Int']['output'];
  /** Number of files that are missing on the target server. */
  targetMissFiles: Scalars['Long']['output'];
  /** Number of files that exist only on the target server. */
  targetMoreFiles: Scalars['Long']['output'];
  /** Number of selected tasks, each counted once. */
  tasks: Scalars['Int']['output'];
  /** Number of tasks that were checked. */
  tasksWithResults: Scalars['Int']['output'];
  /** Number of files in all directories. */
  totalFiles: Scalars['Long']['output'];
};

/** Result of comparing one directory. */
export type ConsistencyResult = {
  /** Path of the directory that was compared. */
  dirCheck?: Maybe<Scalars['String']['output']>;
  /** Number of files that differ. */
  numDifferentFiles?: Maybe<Scalars['Int']['output']>;
  /** Number of files that are missing on the target server. */
  numTargetMissFiles?: Maybe<Scalars['Int']['output']>;
  /** Number of files that exist only on the target server. */
  numTargetMoreFiles?: Maybe<Scalars['Int']['output']>;
  /**
   * Number of files in the directory on the source server: 0 if it was not found or is empty, 1,000,000 if it has that
   * many or more. Null, like every count, if SMS sent none that can be read.
   */
  numTotalFiles?: Maybe<Scalars['Int']['output']>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** Verdict on the directory. If the check lists the directory twice, both entries have the worse verdict. */
  verdict: ConsistencyVerdict;
};

/** Result of comparing one directory. */
export type ConsistencyResultInput = {
  /** Path of the directory that was compared. */
  dirCheck: Scalars['String']['input'];
  /** Number of files that differ. */
  numDifferentFiles: Scalars['Int']['input'];
  /** Number of files that are missing on the target server. */
  numTargetMissFiles: Scalars['Int']['input'];
  /** Number of files that exist only on the target server. */
  numTargetMoreFiles: Scalars['Int']['input'];
  /** Number of files that were compared. */
  numTotalFiles: Scalars['Int']['input'];
};

/** A task to export. At least one of the three fields is required. */
export type ConsistencyTaskInput = {
  /** Id of the task's source server, 1 to 255 characters. */
  sourceId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the task's source server, 1 to 255 characters. */
  sourceName?: InputMaybe<Scalars['String']['input']>;
  /** Id of the migration task, 1 to 36 characters. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/**
 * Whether a directory, check, task, server or report is consistent. Whatever has parts takes the worst of their verdicts:
 * `DIFFERENT` if any part is `DIFFERENT`, else `NOT_VERIFIED` if any part is `NOT_VERIFIED`.
 */
export type ConsistencyVerdict =
  /**
   * Every directory was found, compared completely, and is equal. This is a promise: SMS reports the check as `success`,
   * more than 0 and fewer than 1,000,000 files, and 0 for each kind of difference.
   */
  | 'CONSISTENT'
  /** SMS counted a difference, regardless of how the rest of the check went. */
  | 'DIFFERENT'
  /** Neither equality nor a difference was shown. `reason` says why. */
  | 'NOT_VERIFIED';

/** A stage of a migration, as reported by the agent. It has more values than `MigrationCycle`. */
export type CopyMigrationCycle =
  /** The environment of the source server is being checked. */
  | 'CHECKING'
  /** The target server has been launched. */
  | 'CUTOVERED'
  /** The target server is being launched. */
  | 'CUTOVERING'
  /** Not ready. */
  | 'NO_READY'
  /** Ready for a test. */
  | 'READY_FOR_TEST'
  /** The full copy is in progress. */
  | 'REPLICATING'
  /** The target server has been configured; migration drills run in this stage. */
  | 'SETTING'
  /** Changes are being synchronized continuously. */
  | 'SYNCING'
  /** The target server has been tested. */
  | 'TESTED'
  /** The target server is being tested. */
  | 'TESTING';

/** A replication state, as reported by the agent. Like `SourceServerState`, but with `INIT` for `INITIALIZE`. */
export type CopyState =
  /** The snapshots of the target have been removed. */
  | 'CLEARED'
  /** The snapshots of the target could not be removed. */
  | 'CLEARFAILED'
  /** The snapshots of the target are being removed. */
  | 'CLEARING'
  /** The target server is being cloned. */
  | 'CLONING'
  /** The target server is being launched. */
  | 'CUTOVERING'
  /** The server is being deleted. */
  | 'DELETING'
  /** The server has an error. */
  | 'ERROR'
  /** The target server has been launched. */
  | 'FINISHED'
  /** The target server is being prepared. */
  | 'INIT'
  /** The migration drill passed. */
  | 'PREMIGED'
  /** The migration drill failed. */
  | 'PREMIGFAILED'
  /** The migration drill is running. */
  | 'PREMIGING'
  /** The server is ready for a migration drill. */
  | 'PREMIGREADY'
  /** The full copy is in progress. */
  | 'REPLICATE'
  /** The consistency check is being skipped. */
  | 'SKIPPING'
  /** The migration is paused. */
  | 'STOPPED'
  /** The migration is being paused. */
  | 'STOPPING'
  /** Changes are being synchronized continuously. */
  | 'SYNCING'
  /** The server failed its environment check. */
  | 'UNAVAILABLE'
  /** The server passed its environment check and waits for a task. */
  | 'WAITING';

/** The migration project to create. */
export type CreateMigrationProjectInput = {
  /** Description, as free text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Enterprise project. */
  enterpriseProject?: InputMaybe<Scalars['String']['input']>;
  /** True to migrate to existing servers, false to create them. */
  existServer?: InputMaybe<Scalars['Boolean']['input']>;
  /** True for the default project, which newly registered source servers join. */
  isdefault?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Name of the project: Chinese characters, letters, digits, underscores and hyphens. SMS refuses a name that is taken
   * (`SMS.7312`).
   */
  name: Scalars['String']['input'];
  /** Region of the project. */
  region: Scalars['String']['input'];
  /** Rate limit of the migration in Mbit/s. 0 means no limit. */
  speedLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Whether to measure the network quality before the migration. */
  startNetworkCheck?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the target servers of its tasks keep running after the migration. False stops them. */
  startTargetServer?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * True: after the full copy, changes are synchronized until somebody launches the target. False: the target is launched
   * automatically after the copy.
   */
  syncing?: InputMaybe<Scalars['Boolean']['input']>;
  /** How the data is moved: by file or by block. */
  type: MigrationTaskType;
  /** Whether to migrate over a public IP address. */
  usePublicIp?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Result of `createMigrationProject`. */
export type CreateMigrationProjectResult = CreateMigrationProjectSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The migration project was created. */
export type CreateMigrationProjectSuccess = {
  /** The new migration project. */
  migrationProject: MigrationProject;
};

/** The template to create. */
export type CreateServerTemplateInput = {
  /** The template. */
  template: ServerTemplateInput;
};

/** Result of `createServerTemplate`. */
export type CreateServerTemplateResult = CreateServerTemplateSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The template was created. */
export type CreateServerTemplateSuccess = {
  /** The new template. */
  serverTemplate: ServerTemplate;
};

/** The task to create. */
export type CreateTaskInput = {
  /** Whether to start the task as soon as it is created. */
  autoStart?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the template from which the clone of the target server is created. */
  clonevmTemplateId?: InputMaybe<Scalars['ID']['input']>;
  /** True to migrate to an existing server, false to create one. */
  existServer?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether to compare the files of source and target after the copy. */
  isNeedConsistencyCheck?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Address at which the target server is reached: an elastic IP address over the internet, or a private address over a
   * dedicated line. An IPv6 address if `useIpv6` is true.
   */
  migrationIp?: InputMaybe<Scalars['String']['input']>;
  /** Name of the task: Chinese characters, letters, digits, underscores and hyphens. */
  name: Scalars['String']['input'];
  /** Whether a migration drill is part of the task. */
  needMigrationTest?: InputMaybe<Scalars['Boolean']['input']>;
  /** Operating system family. */
  osType?: InputMaybe<OsType>;
  /**
   * The task is paused if its rate repeatedly exceeds the limit by more than this percentage. Only on Linux, not over
   * IPv6, with agents from 24.9.0. SMS defaults to 10.
   */
  overSpeedThreshold?: InputMaybe<Scalars['Float']['input']>;
  /** Priority of the migration process: 0 low, 1 standard, 2 high. SMS defaults to 1. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** Id of the project in the target region. */
  projectId: Scalars['ID']['input'];
  /** Name of the project in the target region. */
  projectName: Scalars['String']['input'];
  /** Id of the target server's region. */
  regionId: Scalars['ID']['input'];
  /** Name of the target server's region. */
  regionName: Scalars['String']['input'];
  /** Source server of the task. */
  sourceServer: TaskSourceServerInput;
  /** Rate limit of the migration in Mbit/s. 0 means no limit. */
  speedLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Whether to measure the network quality before the migration. */
  startNetworkCheck?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Whether the target server keeps running after the migration. False stops it. This does not decide whether the target
   * is launched. SMS defaults to true.
   */
  startTargetServer?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * True: after the full copy, changes are synchronized until the target is launched with `CUTOVER`. False: the target is
   * launched automatically after the copy, which ends the migration. SMS defaults to false.
   */
  syncing?: InputMaybe<Scalars['Boolean']['input']>;
  /** Target server of the task. */
  targetServer: NewTargetServerInput;
  /** How the data is moved: by file or by block. */
  type: MigrationTaskType;
  /** Whether to migrate over IPv6. Only with an existing target server. SMS defaults to false. */
  useIpv6?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether to migrate over a public IP address. SMS defaults to true. */
  usePublicIp?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the template from which the target server is created. */
  vmTemplateId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `createTask`. */
export type CreateTaskResult = CreateTaskSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The task was created. */
export type CreateTaskSuccess = {
  /** The new task. */
  migrationTask: MigrationTask;
};

/** Settings of a task that SMS reports only with its source server. */
export type CurrentTaskSettings = {
  /** True if the task migrates to an existing server, false if it creates one. */
  existServer?: Maybe<Scalars['Boolean']['output']>;
  /** True if the data goes over a public IP address. */
  usePublicIp?: Maybe<Scalars['Boolean']['output']>;
};

/** Whether the target servers of a migration project can be launched now. */
export type CutoverGate = {
  /** Number of source servers that are not ready. */
  notReadyServers: Scalars['Int']['output'];
  /** True only if the project has source servers, and all of them are ready. */
  ready: Scalars['Boolean']['output'];
  /** Number of source servers that are ready. */
  readyServers: Scalars['Int']['output'];
  /** The reasons of all source servers that are not ready, each once. `NO_SERVERS` if the project has none. */
  reasons: Array<CutoverGateReason>;
  /** The source servers of the project, in SMS's order. */
  servers: Array<CutoverGateServer>;
};


/** Whether the target servers of a migration project can be launched now. */
export type CutoverGateServersArgs = {
  ready?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Why a source server is not ready for the launch of its target. */
export type CutoverGateReason =
  /** The agent is not connected to SMS, so changes on the source server do not reach the target. Start the agent. */
  | 'AGENT_DISCONNECTED'
  /** The target has been launched already. */
  | 'ALREADY_LAUNCHED'
  /** The latest check failed. Run it again. */
  | 'CHECK_FAILED'
  /** The latest check ended before `checkedAfter`, or SMS does not report when it ended. Check again. */
  | 'CHECK_TOO_OLD'
  /** The latest check found differences. Synchronize and check again. */
  | 'DIFFERENT'
  /** The task has failed, or the server has an error. Start the task again. */
  | 'FAILED'
  /**
   * The task is not in continuous synchronization, so SMS refuses to launch the target (`SMS.7721`). Wait for the full copy,
   * or start the task. A task without `syncing` launches its target by itself.
   */
  | 'NOT_IN_CONTINUOUS_SYNC'
  /** The latest check did not verify everything, or there is none; see `notVerifiedReason`. */
  | 'NOT_VERIFIED'
  /** The migration project has no source servers. */
  | 'NO_SERVERS'
  /** The server has no task. Create one. */
  | 'NO_TASK'
  /** The results of the task could not be read; see `error`. Try again later. */
  | 'READ_FAILED';

/** Whether the target of a source server can be launched now. */
export type CutoverGateServer = {
  /** Why the results of the task could not be read. Null if they could. */
  error?: Maybe<SmsError>;
  /** When the latest check ended. */
  finishedTime?: Maybe<Scalars['DateTime']['output']>;
  /** The current task of the server. Null if it has none. */
  migrationTask?: Maybe<MigrationTask>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  notVerifiedReason?: Maybe<NotVerifiedReason>;
  /** True if there is no reason against it. */
  ready: Scalars['Boolean']['output'];
  /** Every reason why the server is not ready. Empty if it is. */
  reasons: Array<CutoverGateReason>;
  /** The source server. */
  sourceServer: SourceServer;
  /** Verdict on the server by the latest check of its task. */
  verdict: ConsistencyVerdict;
};

/** The migration project to delete. */
export type DeleteMigrationProjectInput = {
  /** Id of the migration project. */
  id: Scalars['ID']['input'];
};

/** Result of `deleteMigrationProject`. */
export type DeleteMigrationProjectResult = DeleteMigrationProjectSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The migration project was deleted. */
export type DeleteMigrationProjectSuccess = {
  /** Id of the deleted migration project. */
  deletedId: Scalars['ID']['output'];
};

/** The source server to delete. */
export type DeleteServerInput = {
  /** Id of the source server. */
  id: Scalars['ID']['input'];
};

/** Result of `deleteServer`. */
export type DeleteServerResult = DeleteServerSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The source server was deleted. */
export type DeleteServerSuccess = {
  /** Id of the deleted source server. */
  deletedId: Scalars['ID']['output'];
};

/** The template to delete. */
export type DeleteServerTemplateInput = {
  /** Id of the template. */
  id: Scalars['ID']['input'];
};

/** Result of `deleteServerTemplate`. */
export type DeleteServerTemplateResult = DeleteServerTemplateSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The template was deleted. */
export type DeleteServerTemplateSuccess = {
  /** Id of the deleted template. */
  deletedId: Scalars['ID']['output'];
};

/** The templates to delete. */
export type DeleteServerTemplatesInput = {
  /** Ids of the templates, 1 to 50. */
  ids: Array<Scalars['ID']['input']>;
};

/** Result of `deleteServerTemplates`. */
export type DeleteServerTemplatesResult = DeleteServerTemplatesSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The templates were deleted. */
export type DeleteServerTemplatesSuccess = {
  /** Ids of the deleted templates. */
  deletedIds: Array<Scalars['ID']['output']>;
};

/** The source servers to delete. */
export type DeleteServersInput = {
  /** Ids of the source servers, 1 to 50. */
  ids: Array<Scalars['ID']['input']>;
};

/** Result of `deleteServers`. */
export type DeleteServersResult = DeleteServersSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The source servers were deleted. */
export type DeleteServersSuccess = {
  /** Ids of the deleted source servers. */
  deletedIds: Array<Scalars['ID']['output']>;
};

/** The task to delete. */
export type DeleteTaskInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
};

/** Result of `deleteTask`. */
export type DeleteTaskResult = DeleteTaskSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The task was deleted. */
export type DeleteTaskSuccess = {
  /** Id of the deleted task. */
  deletedId: Scalars['ID']['output'];
};

/** The tasks to delete. */
export type DeleteTasksInput = {
  /** Ids of the tasks, 1 to 50. */
  ids: Array<Scalars['ID']['input']>;
};

/** Result of `deleteTasks`. */
export type DeleteTasksResult = DeleteTasksSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The tasks were deleted. */
export type DeleteTasksSuccess = {
  /** Ids of the deleted tasks. */
  deletedIds: Array<Scalars['ID']['output']>;
};

/**
 * What a disk or partition is for. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and
 * the matching `*Text` field has the raw value.
 */
export type DeviceUse =
  /** Holds the boot files. */
  | 'BOOT'
  /** Holds data. */
  | 'NORMAL'
  /** Holds the operating system. */
  | 'OS'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** A check that SMS makes before a migration. */
export type EnvironmentCheck = {
  /** Id of the check. */
  checkId?: Maybe<Scalars['Long']['output']>;
  /** The error, explained. Null if there is no error code. */
  error?: Maybe<MigrationError>;
  /** Error code, if the check failed. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /**
   * Whether the failed check is an error or a warning. In a list this costs one extra SMS call for each item that SMS
   * sends without it.
   */
  errorOrWarn?: Maybe<Scalars['String']['output']>;
  /** Values for the placeholders in the text of the error. */
  errorParams?: Maybe<Scalars['String']['output']>;
  /** Name of the check. */
  name?: Maybe<Scalars['String']['output']>;
  /** Values for the placeholders in the text of the check. */
  params?: Maybe<Array<Scalars['String']['output']>>;
  /** Outcome of the check. */
  result?: Maybe<CheckOutcome>;
  /** Raw value of `result` as sent by SMS, including values that this gateway version does not know. */
  resultText?: Maybe<Scalars['String']['output']>;
};

/** An event of an export: a part of it, or the error that ends it. */
export type ExportConsistencyResultsEvent = ExportConsistencyResultsUpdate | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The tasks to export, selected in exactly one way, and the language of the text. */
export type ExportConsistencyResultsInput = {
  /**
   * Language of the exported text, sent as `X-Language`. If omitted, the caller's own `X-Language` header is sent,
   * provided it is `en-us` or `zh-cn`.
   */
  language?: InputMaybe<Language>;
  /** Id of a migration project: all of its source servers. */
  migrationProject?: InputMaybe<Scalars['ID']['input']>;
  /** The source servers that meet these conditions, as in the query `sourceServers`. Without conditions: all of them. */
  sourceServers?: InputMaybe<SourceServerFilter>;
  /** The tasks, 1 to 10,000, named as SMS names them. */
  taskInfo?: InputMaybe<Array<ConsistencyTaskInput>>;
};

/**
 * Some tasks could not be exported, for example because SMS does not know them. They are in `failedTasks`; all others were
 * exported.
 */
export type ExportConsistencyResultsPartial = {
  /** The tasks that could not be exported, each with its error, in the same order. */
  failedTasks: Array<FailedExportTask>;
  /** The files that SMS returned, one per successful call. */
  files: Array<ExportedFile>;
  /** SMS's request ids of the successful calls. */
  requestIds: Array<Scalars['String']['output']>;
  /** The selected source servers that have no task. Empty if the tasks were selected by `taskInfo`. */
  serversWithoutTask: Array<SourceServer>;
  /** The tasks that were exported, in the order of the input or of the source servers. */
  tasks: Array<ExportedTask>;
};

/** Result of `exportConsistencyResults`: everything, a part, or one of the six errors. */
export type ExportConsistencyResultsResult = ExportConsistencyResultsPartial | ExportConsistencyResultsSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** All tasks were exported. */
export type ExportConsistencyResultsSuccess = {
  /** The files that SMS returned, one per call. Empty if SMS only acknowledges the call (`{}`, `OK` or an empty body). */
  files: Array<ExportedFile>;
  /** SMS's request ids of the calls, for a support ticket. */
  requestIds: Array<Scalars['String']['output']>;
  /** The selected source servers that have no task. Empty if the tasks were selected by `taskInfo`. */
  serversWithoutTask: Array<SourceServer>;
  /** The selected tasks, in the order of the input or of the source servers. */
  tasks: Array<ExportedTask>;
};

/** A part of an export, and how far the export is. */
export type ExportConsistencyResultsUpdate = {
  /** Number of tasks that have failed, those of this event included. */
  allFailedTasks: Scalars['Int']['output'];
  /** Number of tasks that are done: exported or failed, those of this event included. */
  doneTasks: Scalars['Int']['output'];
  /** True in the last event: all tasks are done. */
  ended: Scalars['Boolean']['output'];
  /** The tasks of this part that could not be exported, each with its error. */
  failedTasks: Array<FailedExportTask>;
  /** The file of this part. Empty if SMS only acknowledges the call (`{}`, `OK` or an empty body), or if the part failed. */
  files: Array<ExportedFile>;
  /** SMS's request ids of the successful calls of this part. */
  requestIds: Array<Scalars['String']['output']>;
  /** The selected source servers that have no task. Only in the first event; empty in the others. */
  serversWithoutTask: Array<SourceServer>;
  /** The tasks of this part that were exported. */
  tasks: Array<ExportedTask>;
  /** Number of all tasks to export. */
  totalTasks: Scalars['Int']['output'];
};

/** A file of consistency results, as SMS sent it. */
export type ExportedFile = {
  /** Content in base64. Null only if it does not fit into the response, which an error then reports. */
  base64?: Maybe<Scalars['String']['output']>;
  /** `Content-Type` of the file. Null if SMS sends none. */
  contentType?: Maybe<Scalars['String']['output']>;
  /** File name without a path. Null if SMS names none. */
  fileName?: Maybe<Scalars['String']['output']>;
  /**
   * Content as a JSON value. Null if the text is not JSON, or is nested more than 1,000 levels deep. A number beyond 2^53
   * is a string.
   */
  json?: Maybe<Scalars['JSON']['output']>;
  /** Size in bytes. */
  size: Scalars['Int']['output'];
  /**
   * Content as text, decoded by its byte order mark, else by the charset of its content type, else as UTF-8. Null if the
   * bytes are not valid in that encoding.
   */
  text?: Maybe<Scalars['String']['output']>;
};

/** A selected task, with links to its entities. */
export type ExportedTask = {
  /** The migration task. Null if the caller sent no task id, or if the task failed and SMS does not know it. */
  migrationTask?: Maybe<MigrationTask>;
  /** Id of the source server: as sent by the caller in `taskInfo`, else that of the selected source server. */
  sourceId?: Maybe<Scalars['ID']['output']>;
  /** Name of the source server: as sent by the caller in `taskInfo`, else that of the selected source server. */
  sourceName?: Maybe<Scalars['String']['output']>;
  /**
   * The source server according to SMS: that of the task or, if the caller sent no task id, the one with the source id.
   * Null if SMS knows none, or if the caller sent only a name, because names are not unique. Costs one extra SMS call per
   * task.
   */
  sourceServer?: Maybe<SourceServer>;
  /** Id of the migration task: as sent by the caller in `taskInfo`, else that of the selected source server's task. */
  taskId?: Maybe<Scalars['ID']['output']>;
};

/** A task that could not be exported. */
export type FailedExportTask = {
  /** Why it could not be exported. Tasks that failed in the same call have the same error. */
  error: SmsError;
  /** The task. */
  task: ExportedTask;
};

/** A task that a report could not read. */
export type FailedReportTask = {
  /** Why the task could not be read. */
  error: SmsError;
  /** Id of the task. */
  taskId: Scalars['ID']['output'];
};

/** A source server that has an error, with the error. */
export type FailedServer = {
  /** The error in `errorJson`, read and explained. Null if there is none. */
  error?: Maybe<MigrationError>;
  /**
   * The error, as a string that contains JSON: `error_code`, and `error_param`, itself a JSON list in a string. Empty if
   * there is no error.
   */
  errorJson?: Maybe<Scalars['String']['output']>;
  /** Host name, as read from the source system. May be empty. */
  hostName?: Maybe<Scalars['String']['output']>;
  /** Display name of the server in SMS. */
  name?: Maybe<Scalars['String']['output']>;
  /** Id of the source server. */
  sourceId?: Maybe<Scalars['ID']['output']>;
  /** IP address of the source server. */
  sourceIp?: Maybe<Scalars['String']['output']>;
  /** The source server. */
  sourceServer?: Maybe<SourceServer>;
  /** IP address of the target server. */
  targetIp?: Maybe<Scalars['String']['output']>;
};

/** A page of source servers that have an error (Relay connection). */
export type FailedServerConnection = {
  /** The failed servers of the page, each with its cursor. */
  edges: Array<FailedServerEdge>;
  /** The failed servers of the page. */
  nodes: Array<FailedServer>;
  /** Cursors of the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items over all pages. Null if SMS reports none, or a number that contradicts the page. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A failed source server in a list, with its cursor. */
export type FailedServerEdge = {
  /** Cursor of this item. Pass it as `after` to continue from here. */
  cursor: Scalars['String']['output'];
  /** The failed source server. */
  node: FailedServer;
};

/** Conditions that the failed source servers must meet. */
export type FailedServerFilter = {
  /** Id of the enterprise project. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
};

/**
 * How a server boots. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the matching
 * `*Text` field has the raw value.
 */
export type Firmware =
  /** Legacy BIOS. */
  | 'BIOS'
  /** UEFI firmware. */
  | 'UEFI'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** Language of the exported text. */
export type Language =
  /** English, `en-us`. */
  | 'EN_US'
  /** Chinese, `zh-cn`. The API reference of July 2026 documents only English, so SMS may write English anyway. */
  | 'ZH_CN';

/**
 * The state of a task's directories according to its latest check, which is the one that ended last. Among checks that
 * ended at the same time, or for which SMS gives no time, it is the one with the worst verdict.
 */
export type LatestConsistencyCheck = {
  /** Outcome of the check, as sent by SMS. Only `success` is documented. */
  checkResult?: Maybe<Scalars['String']['output']>;
  /**
   * The directories of the check, followed by those that an earlier check did not find consistent and that this check does
   * not cover (`NOT_CHECKED_AGAIN`).
   */
  directories: Array<ConsistencyResult>;
  /** When the check ended. */
  finishedTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /** Verdict on the task: the worst of its directories, or `NOT_VERIFIED` if it has none. */
  verdict: ConsistencyVerdict;
};


/**
 * The state of a task's directories according to its latest check, which is the one that ended last. Among checks that
 * ended at the same time, or for which SMS gives no time, it is the one with the worst verdict.
 */
export type LatestConsistencyCheckDirectoriesArgs = {
  only?: InputMaybe<Array<ConsistencyVerdict>>;
};

/**
 * State of a log upload. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the matching
 * `*Text` field has the raw value.
 */
export type LogCollectStatus =
  /** The upload has not started. */
  | 'INIT'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN'
  /** The log is in the bucket. */
  | 'UPLOADED'
  /** The log is being uploaded. */
  | 'UPLOADING'
  /** The upload failed. */
  | 'UPLOAD_FAIL';

/** An LVM logical volume. */
export type LogicalVolume = {
  /** Number of blocks in the logical volume. */
  blockCount?: Maybe<Scalars['Int']['output']>;
  /** Block size of the logical volume. */
  blockSize?: Maybe<Scalars['Long']['output']>;
  /** Use of the volume, as free text: `NORMAL`, `OS`, `BOOT`, `VOLUME_GROUP`, `BTRFS` or empty. */
  deviceUse?: Maybe<Scalars['String']['output']>;
  /** Type of the file system. */
  fileSystem?: Maybe<Scalars['String']['output']>;
  /** Free space in bytes. */
  freeSize?: Maybe<Scalars['Long']['output']>;
  /** Number of inodes of the file system. */
  inodeNums?: Maybe<Scalars['Long']['output']>;
  /** Inode size of the file system. */
  inodeSize?: Maybe<Scalars['Int']['output']>;
  /** Mount point. */
  mountPoint?: Maybe<Scalars['String']['output']>;
  /** Name of the logical volume. */
  name?: Maybe<Scalars['String']['output']>;
  /** Size in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
  /** Used space in bytes. */
  usedSize?: Maybe<Scalars['Long']['output']>;
};

/** An LVM logical volume. */
export type LogicalVolumeInput = {
  /** Number of blocks in the logical volume. */
  blockCount?: InputMaybe<Scalars['Int']['input']>;
  /** Block size of the logical volume. */
  blockSize?: InputMaybe<Scalars['Long']['input']>;
  /** Use of the volume, as free text: `NORMAL`, `OS`, `BOOT`, `VOLUME_GROUP`, `BTRFS` or empty. */
  deviceUse?: InputMaybe<Scalars['String']['input']>;
  /** Type of the file system. */
  fileSystem?: InputMaybe<Scalars['String']['input']>;
  /** Free space in bytes. */
  freeSize?: InputMaybe<Scalars['Long']['input']>;
  /** Number of inodes of the file system. */
  inodeNums?: InputMaybe<Scalars['Long']['input']>;
  /** Inode size of the file system. */
  inodeSize?: InputMaybe<Scalars['Int']['input']>;
  /** Mount point. */
  mountPoint?: InputMaybe<Scalars['String']['input']>;
  /** Name of the logical volume. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
};

/**
 * Stage of a migration. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the matching
 * `*Text` field has the raw value.
 */
export type MigrationCycle =
  /** The environment of the source server is being checked. */
  | 'CHECKING'
  /** The target server has been launched. */
  | 'CUTOVERED'
  /** The target server is being launched. */
  | 'CUTOVERING'
  /** The full copy is in progress. */
  | 'REPLICATING'
  /** The target server has been configured; migration drills run in this stage. */
  | 'SETTING'
  /** Changes are being synchronized continuously. */
  | 'SYNCING'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** Why a task, a source server or a check failed. */
export type MigrationError = {
  /** SMS's code, for example `SMS.3802`. Null if SMS sent a text without one. */
  code?: Maybe<Scalars['String']['output']>;
  /**
   * What happened and what to do next: a sentence of the gateway's own for each of SMS's codes, in Chinese if the request has
   * `X-Language: zh-cn`, else in English. For a code that this gateway version does not know, it is SMS's text, or null if
   * SMS sent none.
   */
  message?: Maybe<Scalars['String']['output']>;
  /** The values that belong to the code, such as a path, an address or the reason that another service gave. */
  params: Array<Scalars['String']['output']>;
};

/** An event of watched tasks: an update, or the error that ends the watch. */
export type MigrationProgressEvent = MigrationProgressUpdate | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The watched tasks at one point in time. */
export type MigrationProgressUpdate = {
  /**
   * The tasks that have changed since the last event of this subscription; in the first event, all tasks. A task has also
   * changed if the state, the connection or the copied bytes of its source server have. `sourceServer` costs no call here.
   */
  changedTasks?: Maybe<Array<MigrationTask>>;
  /** True in the last update: all tasks have ended. A source server without a task does not count. */
  ended: Scalars['Boolean']['output'];
  /** Counts by state, and the progress and speed of all tasks together. */
  progress: MigrationProjectProgress;
  /** Ids of the tasks that are gone since the last event, because they were deleted or their servers are no longer selected. */
  removedTaskIds?: Maybe<Array<Scalars['ID']['output']>>;
};

/** A migration project: settings that the tasks of its source servers share. */
export type MigrationProject = {
  /**
   * Whether all source servers of the project are consistent, by the latest check of their current tasks. Null if SMS knows
   * no such project. Costs one SMS call for 200 source servers, and one per task.
   */
  consistency?: Maybe<MigrationProjectConsistency>;
  /**
   * Whether the targets of the project can be launched (`CUTOVER`) now: each source server is in continuous
   * synchronization, its agent is connected, and its latest check is `CONSISTENT`. Null if SMS knows no such project. Costs
   * one SMS call for 200 source servers, and one per task.
   */
  cutoverGate?: Maybe<CutoverGate>;
  /** Description, as free text. */
  description?: Maybe<Scalars['String']['output']>;
  /** Enterprise project. */
  enterpriseProject?: Maybe<Scalars['String']['output']>;
  /**
   * True to migrate to existing servers, false to create them. In a list this costs one extra SMS call per item, because
   * SMS uses the same name there for another fact (see `MigrationProjectEdge.hasSourceServers`).
   */
  existServer?: Maybe<Scalars['Boolean']['output']>;
  /** Id of the migration project. */
  id: Scalars['ID']['output'];
  /** True for the default project, which newly registered source servers join. */
  isdefault?: Maybe<Scalars['Boolean']['output']>;
  /** Name of the migration project. */
  name?: Maybe<Scalars['String']['output']>;
  /**
   * How far the migration of the project is, as far as SMS reports it. Null if SMS knows no such project. Costs one SMS call
   * for 200 source servers. A project with more than 2,000 is an error (`TOO_MANY_SERVERS`).
   */
  progress?: Maybe<MigrationProjectProgress>;
  /** Region of the project. */
  region?: Maybe<Scalars['String']['output']>;
  /**
   * The source servers of the project, page by page.
   * `GET /v3/sources`
   */
  sourceServers?: Maybe<SourceServerConnection>;
  /** Rate limit of the migration in Mbit/s. 0 means no limit. */
  speedLimit?: Maybe<Scalars['Int']['output']>;
  /**
   * Whether to measure the network quality before the migration. In a list this costs one extra SMS call for each item
   * that SMS sends without it.
   */
  startNetworkCheck?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the target servers of its tasks keep running after the migration. False stops them. */
  startTargetServer?: Maybe<Scalars['Boolean']['output']>;
  /**
   * True: after the full copy, changes are synchronized until somebody launches the target. False: the target is launched
   * automatically after the copy. In a list this costs one extra SMS call for each item that SMS sends without it.
   */
  syncing?: Maybe<Scalars['Boolean']['output']>;
  /** How the data is moved: by file or by block. */
  type?: Maybe<MigrationTaskType>;
  /** Raw value of `type` as sent by SMS, including values that this gateway version does not know. */
  typeText?: Maybe<Scalars['String']['output']>;
  /** Whether to migrate over a public IP address. */
  usePublicIp?: Maybe<Scalars['Boolean']['output']>;
};


/** A migration project: settings that the tasks of its source servers share. */
export type MigrationProjectConsistencyArgs = {
  maxServers?: Scalars['Int']['input'];
};


/** A migration project: settings that the tasks of its source servers share. */
export type MigrationProjectCutoverGateArgs = {
  checkedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  maxServers?: Scalars['Int']['input'];
};


/** A migration project: settings that the tasks of its source servers share. */
export type MigrationProjectSourceServersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SourceServerFilter>;
  first?: Scalars['Int']['input'];
  orderBy?: InputMaybe<SourceServerOrder>;
};

/** A page of migration projects (Relay connection). */
export type MigrationProjectConnection = {
  /** The migration projects of the page, each with its cursor. */
  edges: Array<MigrationProjectEdge>;
  /** The migration projects of the page. */
  nodes: Array<MigrationProject>;
  /** Cursors of the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items over all pages. Null if SMS reports none, or a number that contradicts the page. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** The consistency of a migration project. */
export type MigrationProjectConsistency = {
  /** The source servers by verdict. */
  counts: ConsistencyCounts;
  /** The tasks that could not be read. */
  failedTasks: Array<FailedReportTask>;
  /** Why the verdict is `NOT_VERIFIED`. Null for other verdicts. */
  reason?: Maybe<NotVerifiedReason>;
  /**
   * Verdict on all source servers: the worst of theirs. `CONSISTENT` only if every directory of every task is. A server
   * without a task, a task that was never checked and a task that could not be read rule it out.
   */
  verdict: ConsistencyVerdict;
};

/** A migration project in a list, with its cursor. */
export type MigrationProjectEdge = {
  /** Cursor of this item. Pass it as `after` to continue from here. */
  cursor: Scalars['String']['output'];
  /** True if the project has source servers. SMS reports this only in a list. */
  hasSourceServers?: Maybe<Scalars['Boolean']['output']>;
  /** The migration project. */
  node: MigrationProject;
};

/** How far the migration of a project is. */
export type MigrationProjectProgress = {
  /** Bytes copied so far. Null if SMS reports sizes for no source server. */
  copiedBytes?: Maybe<Scalars['Long']['output']>;
  /** Transfer rate of all tasks together, in the unit of `MigrationTask.migrateSpeed`. Null if SMS reports none. */
  migrateSpeed?: Maybe<Scalars['Float']['output']>;
  /**
   * Bytes copied so far, in percent of the bytes to copy, rounded down to a tenth. Null if SMS reports sizes for no source
   * server.
   */
  percent?: Maybe<Scalars['Float']['output']>;
  /** Estimated time in seconds until the last running task is done. Null if SMS estimates none. */
  remainSeconds?: Maybe<Scalars['Long']['output']>;
  /** Bytes still to copy. Null if SMS reports sizes for no source server. */
  remainingBytes?: Maybe<Scalars['Long']['output']>;
  /** Number of source servers of the project. */
  servers: Scalars['Int']['output'];
  /** Number of source servers for which SMS reports no sizes. The bytes and `percent` do not include them. */
  serversWithoutSizes: Scalars['Int']['output'];
  /** Number of source servers without a task. */
  serversWithoutTask: Scalars['Int']['output'];
  /** The tasks by state. The numbers add up to the source servers that have a task. */
  tasksByState: Array<TaskStateCount>;
  /** Bytes to copy in total. Null if SMS reports sizes for no source server. */
  totalBytes?: Maybe<Scalars['Long']['output']>;
};

/**
 * A step of a task, with its progress. SMS lists all steps of a run from its start, and keeps those of earlier runs, so
 * names repeat.
 */
export type MigrationSubTask = {
  /** When the step ended. Empty while it runs. */
  endDate?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Transfer rate of the step in Mbit/s according to the SDKs. (The Terraform provider reads it as MB/s.) In a list this
   * costs one extra SMS call per item.
   */
  migrateSpeed?: Maybe<Scalars['Float']['output']>;
  /** Name of the step, for example `MIGRATE_LINUX_FILE` or `SSL_CONFIG`. */
  name?: Maybe<Scalars['String']['output']>;
  /** Detailed progress of the copy or synchronization, as text. */
  processTrace?: Maybe<Scalars['String']['output']>;
  /** Progress in percent. */
  progress?: Maybe<Scalars['Int']['output']>;
  /** When the step started. */
  startDate?: Maybe<Scalars['DateTime']['output']>;
  /** Id of the step. */
  subTaskId?: Maybe<Scalars['Long']['output']>;
  /**
   * The run that the step belongs to: `REPLICATE`, then `CUTOVER0`, `RESYNC0`, `CUTOVER1` and so on. In a list this costs
   * one extra SMS call per item.
   */
  userOp?: Maybe<Scalars['String']['output']>;
};

/** A migration task: the move of one source server to Huawei Cloud. */
export type MigrationTask = {
  /** CPU usage of the agent, in percent. */
  agentCpuUsage?: Maybe<Scalars['Float']['output']>;
  /** Disk throughput of the agent, in Mbit/s. */
  agentDiskIo?: Maybe<Scalars['Float']['output']>;
  /** Memory used by the agent, in MB. */
  agentMemUsage?: Maybe<Scalars['Float']['output']>;
  /**
   * What can be done with the task now: a user interface needs to show buttons only for these. Null in a state that this
   * gateway version does not know. `SKIP` is never listed, because SMS does not report how far a consistency check is, nor
   * is `TEST`, an older name of `CUTOVER`. SMS may still refuse an action, for example while the agent is disconnected. Inside a source
   * server, a task whose target was launched costs one extra SMS call.
   */
  allowedActions?: Maybe<Array<MigrationTaskOperation>>;
  /**
   * The clone of the target server, if there is one. In a list this costs one extra SMS call for each item that SMS sends
   * without it.
   */
  cloneServer?: Maybe<CloneServer>;
  /** Compression ratio of the transfer. */
  compressRate?: Maybe<Scalars['Float']['output']>;
  /** Advanced options of the task, or one of them. Costs one extra SMS call per task. */
  configurationSetting?: Maybe<ConfigurationSetting>;
  /** True while the agent is connected to SMS. In a list this costs one extra SMS call per item. */
  connected?: Maybe<Scalars['Boolean']['output']>;
  /** Consistency checks of the task, one entry per run. Costs one extra SMS call per task. */
  consistencyResults?: Maybe<Array<ConsistencyCheck>>;
  /** When the task was created. */
  createDate?: Maybe<Scalars['DateTime']['output']>;
  /** Id of the enterprise project. 0 is the default project. */
  enterpriseProjectId?: Maybe<Scalars['ID']['output']>;
  /** The error in `errorJson`, read and explained. Null if nothing failed. */
  error?: Maybe<MigrationError>;
  /**
   * The error, as a string that contains JSON: `error_code`, and `error_param`, itself a JSON list in a string. Empty if
   * nothing failed.
   */
  errorJson?: Maybe<Scalars['String']['output']>;
  /** Estimated time of completion. */
  estimateCompleteTime?: Maybe<Scalars['DateTime']['output']>;
  /** When the task ended. In a list this costs one extra SMS call per item. */
  finishDate?: Maybe<Scalars['DateTime']['output']>;
  /** Same meaning as `migrationIp`, kept for old agents. In a list this costs one extra SMS call per item. */
  floatIp?: Maybe<Scalars['String']['output']>;
  /** Id of the task. */
  id: Scalars['ID']['output'];
  /**
   * The latest consistency check, with the verdict on the task. Null if the task was never checked. Costs one extra SMS
   * call per task, shared with `consistencyResults`.
   */
  latestConsistencyCheck?: Maybe<LatestConsistencyCheck>;
  /** Progress of the log upload. Outside a list this costs one extra SMS call, which reads the list. */
  logCollectStatus?: Maybe<LogCollectStatus>;
  /**
   * Raw value of `logCollectStatus` as sent by SMS, including values that this gateway version does not know. Outside a
   * list this costs one extra SMS call, which reads the list.
   */
  logCollectStatusText?: Maybe<Scalars['String']['output']>;
  /** Transfer rate in Mbit/s according to the SDKs. (The Terraform provider reads it as MB/s.) */
  migrateSpeed?: Maybe<Scalars['Float']['output']>;
  /**
   * Address at which the target server is reached: an elastic IP address over the internet, or a private address over a
   * dedicated line. An IPv6 address if `useIpv6` is true.
   */
  migrationIp?: Maybe<Scalars['String']['output']>;
  /**
   * The migration project of the source server. SMS does not name it, so the gateway searches the projects for the server:
   * one call for the list of projects, and one or more calls per project. The whole request shares one search.
   */
  migrationProject?: Maybe<MigrationProject>;
  /** Name of the task. */
  name?: Maybe<Scalars['String']['output']>;
  /** Whether a migration drill is part of the task. */
  needMigrationTest?: Maybe<Scalars['Boolean']['output']>;
  /** Latest measurement of the network quality. */
  networkCheckInfo?: Maybe<NetworkCheck>;
  /** Operating system family. */
  osType?: Maybe<OsType>;
  /** Raw value of `osType` as sent by SMS, including values that this gateway version does not know. */
  osTypeText?: Maybe<Scalars['String']['output']>;
  /** Priority of the migration process: 0 low, 1 standard, 2 high. */
  priority?: Maybe<Scalars['Int']['output']>;
  /** Id of the project in the target region. In a list this costs one extra SMS call per item. */
  projectId?: Maybe<Scalars['ID']['output']>;
  /** Name of the project in the target region. In a list this costs one extra SMS call per item. */
  projectName?: Maybe<Scalars['String']['output']>;
  /** Id of the target server's region. In a list this costs one extra SMS call per item. */
  regionId?: Maybe<Scalars['ID']['output']>;
  /** Name of the target server's region. In a list this costs one extra SMS call per item. */
  regionName?: Maybe<Scalars['String']['output']>;
  /** Estimated remaining time in seconds. In a list this costs one extra SMS call per item. */
  remainSeconds?: Maybe<Scalars['Long']['output']>;
  /** The template from which the target server is created. */
  serverTemplate?: Maybe<ServerTemplate>;
  /** Source server of the task. */
  sourceServer?: Maybe<SourceServer>;
  /** Advanced options of the task. Outside a list this costs one extra SMS call, which reads the list. */
  specialConfig?: Maybe<Array<TaskConfiguration>>;
  /** Rate limit of the migration in Mbit/s. 0 means no limit. */
  speedLimit?: Maybe<Scalars['Int']['output']>;
  /** Rate limits of the task by time of day. Costs one extra SMS call per task. */
  speedLimits?: Maybe<Array<SpeedLimit>>;
  /** When the task started. In a list this costs one extra SMS call per item. */
  startDate?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Whether the target server keeps running after the migration. False stops it. This does not decide whether the target
   * is launched.
   */
  startTargetServer?: Maybe<Scalars['Boolean']['output']>;
  /** State of the task. */
  state?: Maybe<MigrationTaskState>;
  /** Raw value of `state` as sent by SMS, including values that this gateway version does not know. */
  stateText?: Maybe<Scalars['String']['output']>;
  /**
   * Steps of the task, including those of earlier runs. In a list this costs one extra SMS call for each item that SMS
   * sends without them.
   */
  subTasks?: Maybe<Array<MigrationSubTask>>;
  /** Current step and its progress, as text. */
  subtaskInfo?: Maybe<Scalars['String']['output']>;
  /**
   * True: after the full copy, changes are synchronized until the target is launched with `CUTOVER`. False: the target is
   * launched automatically after the copy, which ends the migration. Outside a list this costs one extra SMS call, which
   * reads the list.
   */
  syncing?: Maybe<Scalars['Boolean']['output']>;
  /** Target server of the task. */
  targetServer?: Maybe<TargetServer>;
  /** Id of the target server's snapshot. In a list this costs one extra SMS call per item. */
  targetSnapshotId?: Maybe<Scalars['ID']['output']>;
  /** CPU usage of the whole source server, in percent. */
  totalCpuUsage?: Maybe<Scalars['Float']['output']>;
  /** Disk throughput of the whole source server, in Mbit/s. */
  totalDiskIo?: Maybe<Scalars['Float']['output']>;
  /** Memory used on the whole source server, in MB. */
  totalMemUsage?: Maybe<Scalars['Float']['output']>;
  /** Time spent on the task, in milliseconds. */
  totalTime?: Maybe<Scalars['Long']['output']>;
  /** How the data is moved: by file or by block. */
  type?: Maybe<MigrationTaskType>;
  /** Raw value of `type` as sent by SMS, including values that this gateway version does not know. */
  typeText?: Maybe<Scalars['String']['output']>;
  /** Id of the template from which the target server is created. In a list this costs one extra SMS call per item. */
  vmTemplateId?: Maybe<Scalars['ID']['output']>;
};


/** A migration task: the move of one source server to Huawei Cloud. */
export type MigrationTaskConfigurationSettingArgs = {
  configKey?: InputMaybe<ConfigKey>;
};

/** A page of migration tasks (Relay connection). */
export type MigrationTaskConnection = {
  /** The migration tasks of the page, each with its cursor. */
  edges: Array<MigrationTaskEdge>;
  /** The migration tasks of the page. */
  nodes: Array<MigrationTask>;
  /** Cursors of the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items over all pages. Null if SMS reports none, or a number that contradicts the page. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A migration task in a list, with its cursor. */
export type MigrationTaskEdge = {
  /** Cursor of this item. Pass it as `after` to continue from here. */
  cursor: Scalars['String']['output'];
  /** The migration task. */
  node: MigrationTask;
};

/** An event of a watched task: an update, or the error that ends the watch. */
export type MigrationTaskEvent = MigrationTaskUpdate | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** Conditions that migration tasks must meet. If several are given, all must hold. */
export type MigrationTaskFilter = {
  /** Id of the enterprise project. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the task. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the task. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Id of the source server. */
  sourceServerId?: InputMaybe<Scalars['ID']['input']>;
  /** State of the task. */
  state?: InputMaybe<MigrationTaskStateFilter>;
  /**
   * States of the task: it must be in one of them. SMS can filter by one state only, so the gateway reads the tasks in each
   * state, one call for 200 of them, and at least one for each state. SMS cannot filter by `SYNC_SUCCESS`, `SYNC_FAIL`,
   * `SKIPPING` and `RESETING`: with one of these, it reads the tasks in all states. At most 10,000 tasks are read
   * (`TOO_MANY_TASKS`), and the whole list is read again for each page.
   */
  states?: InputMaybe<Array<MigrationTaskState>>;
};

/**
 * What can be done with a task. SMS refuses an operation that the state of the task does not allow;
 * `MigrationTask.allowedActions` lists those that it allows now. In the usual order: `MIGRATION_TEST` and `NETWORK_CHECK`
 * try things out, `START` copies the server, `CLONE_TEST` makes a test copy, `CUTOVER` puts the target server into service,
 * `RESTART` copies later changes, and `CLEAR` cleans up.
 */
export type MigrationTaskOperation =
  /**
   * Clean up: removes the snapshots of the target of a finished task. It can never be synchronized again afterwards, so SMS
   * refuses `RESTART`.
   */
  | 'CLEAR'
  /**
   * Test clone: creates a copy of the target server, so that it can be tested while the migration goes on. The copy is
   * created from the template `templateId`, in the target's availability zone. Only during continuous synchronization, which
   * continues afterwards; otherwise SMS refuses it (`SMS.7721`). `cloneServer.cloneState` shows the progress.
   */
  | 'CLONE_TEST'
  /**
   * Launch, or cut over: ends the synchronization and starts the target server, which takes over from the source server.
   * Only during continuous synchronization; otherwise SMS refuses it (`SMS.7721`). The task becomes `MIGRATE_SUCCESS`.
   */
  | 'CUTOVER'
  /**
   * Pauses the task because its rate exceeded the limit and threshold several times in a row (`SMS.9007`). Sent by the
   * agent; Linux only.
   */
  | 'ERROR_FOR_OVERSPEED'
  /**
   * Drill: tries out whether the migration would work, in 5 to 15 minutes, without copying data. The target must be
   * configured, and the agent must be 25.5.0 or later. The state of the source server shows the result: `PREMIGED` or
   * `PREMIGFAILED`.
   */
  | 'MIGRATION_TEST'
  /** Network check: makes the agent measure the network quality. The result is in `networkCheckInfo`. */
  | 'NETWORK_CHECK'
  /**
   * Sync: copies what has changed on the source server since the target was launched. Before a launch SMS refuses it
   * (`SMS.7722`). Adds the steps of a run `RESYNC0`, `RESYNC1` and so on. Launch the target again afterwards (`CUTOVER`).
   * To continue a failed task, use `START`.
   */
  | 'RESTART'
  /**
   * Skip the check: leaves out the consistency check while it runs, between 5 % and 95 % of its progress. The task becomes
   * `SKIPPING`.
   */
  | 'SKIP'
  /**
   * Start: copies the source server to its target. Starts a task that is `READY`, or continues one that is paused or has
   * failed, from where it stopped. Otherwise SMS refuses it (`SMS.7713`). The task becomes `RUNNING`.
   */
  | 'START'
  /**
   * Pause: stops the copy so that it can be continued with `START`. Only while the task runs; otherwise SMS refuses it
   * (`SMS.7714`). The task becomes `ABORTING`, then `ABORT`.
   */
  | 'STOP'
  /** Older name of `CUTOVER`. */
  | 'TEST';

/**
 * Order of tasks. Those with equal values are sorted by name; those without a value come last. Numbers in names are sorted as
 * numbers: `web-2` comes before `web-10`.
 */
export type MigrationTaskOrder =
  /** By the time at which they were created, oldest first. */
  | 'CREATED_ASC'
  /** By the time at which they were created, newest first. */
  | 'CREATED_DESC'
  /** By name, from A to Z. */
  | 'NAME_ASC'
  /** By name, from Z to A. */
  | 'NAME_DESC'
  /** Grouped by the text of their state, from A to Z. */
  | 'STATE_ASC'
  /** Grouped by the text of their state, from Z to A. */
  | 'STATE_DESC';

/**
 * State of a migration task. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the
 * matching `*Text` field has the raw value.
 */
export type MigrationTaskState =
  /** The task is paused. `START` continues it. */
  | 'ABORT'
  /** The task is being paused. */
  | 'ABORTING'
  /** The task is being deleted. */
  | 'DELETING'
  /** The migration failed. `START` continues it. */
  | 'MIGRATE_FAIL'
  /** The migration is complete: the target server was launched. */
  | 'MIGRATE_SUCCESS'
  /** Created, not started. */
  | 'READY'
  /** SMS does not document this state. The spelling is SMS's. */
  | 'RESETING'
  /** The full copy is in progress. */
  | 'RUNNING'
  /** The consistency check is being skipped. */
  | 'SKIPPING'
  /** Changes are being synchronized continuously. */
  | 'SYNCING'
  /** A synchronization after the migration failed. */
  | 'SYNC_FAIL'
  /** A failed synchronization is being rolled back. */
  | 'SYNC_F_ROLLBACKING'
  /** A failed synchronization was rolled back. */
  | 'SYNC_F_ROLLBACK_SUCCESS'
  /** A synchronization after the migration is complete. */
  | 'SYNC_SUCCESS'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** States by which tasks can be filtered. SMS does not accept every `MigrationTaskState` here. */
export type MigrationTaskStateFilter =
  /** The task is paused. `START` continues it. */
  | 'ABORT'
  /** The task is being paused. */
  | 'ABORTING'
  /** The task is being deleted. */
  | 'DELETING'
  /** The migration failed. `START` continues it. */
  | 'MIGRATE_FAIL'
  /** The migration is complete: the target server was launched. */
  | 'MIGRATE_SUCCESS'
  /** Created, not started. */
  | 'READY'
  /** The full copy is in progress. */
  | 'RUNNING'
  /** Changes are being synchronized continuously. */
  | 'SYNCING'
  /** A failed synchronization is being rolled back. */
  | 'SYNC_F_ROLLBACKING'
  /** A failed synchronization was rolled back. */
  | 'SYNC_F_ROLLBACK_SUCCESS';

/**
 * How the data is moved. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the matching
 * `*Text` field has the raw value.
 */
export type MigrationTaskType =
  /** Copies blocks. The only method for Windows. */
  | 'MIGRATE_BLOCK'
  /** Copies files. Linux only. */
  | 'MIGRATE_FILE'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** A watched task at one point in time. */
export type MigrationTaskUpdate = {
  /** True in the last update: the task has ended. */
  ended: Scalars['Boolean']['output'];
  /** The task, as it was read. */
  migrationTask: MigrationTask;
};

/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type Mutation = {
  /**
   * Accepts SMS's privacy statement on behalf of the caller.
   * `POST /v3/privacy-agreements`
   */
  acceptPrivacyAgreement: AcceptPrivacyAgreementResult;
  /**
   * Uploads the log of a task to an OBS bucket. It can be repeated. SMS refuses it before the task has started
   * (`SMS.7717`), while an upload is in progress (`SMS.7716`), and for agents older than 25.2.0 (`SMS.7707`).
   * `POST /v3/tasks/{task_id}/log`
   */
  collectLog: CollectLogResult;
  /**
   * Creates a migration project.
   * `POST /v3/migprojects`
   */
  createMigrationProject: CreateMigrationProjectResult;
  /**
   * Creates a template.
   * `POST /v3/vm/templates`
   */
  createServerTemplate: CreateServerTemplateResult;
  /**
   * Creates a migration task for a source server that is connected and has no task. The new task is `READY`. It starts
   * automatically only with `autoStart`.
   * `POST /v3/tasks`
   */
  createTask: CreateTaskResult;
  /**
   * Deletes a migration project. SMS refuses to delete the default project (`SMS.7303`) and a project with source servers
   * (`SMS.7311`).
   * `DELETE /v3/migprojects/{mig_project_id}`
   */
  deleteMigrationProject: DeleteMigrationProjectResult;
  /**
   * Deletes the record of a source server, not the machine. SMS refuses this while the server has a task (`SMS.7601`). The
   * record comes back only when the agent is restarted.
   * `DELETE /v3/sources/{source_id}`
   */
  deleteServer: DeleteServerResult;
  /**
   * Deletes a template. SMS refuses this while a task uses it (`SMS.7111`).
   * `DELETE /v3/vm/templates/{id}`
   */
  deleteServerTemplate: DeleteServerTemplateResult;
  /**
   * Deletes up to 50 templates in one call.
   * `POST /v3/vm/templates/delete`
   */
  deleteServerTemplates: DeleteServerTemplatesResult;
  /**
   * Deletes the records of up to 50 source servers in one call.
   * `POST /v3/sources/delete`
   */
  deleteServers: DeleteServersResult;
  /**
   * Deletes a migration task, but neither of its servers. Snapshots of the target may remain.
   * SMS refuses this (`SMS.7719`) while the agent is connected and the source server is `INITIALIZE`, `REPLICATE`,
   * `SYNCING`, `STOPPING`, `DELETING`, `CLONING`, `CUTOVERING`, `SKIPPING`, `CLEARING` or `PREMIGING`. Stop the task
   * first.
   * `DELETE /v3/tasks/{task_id}`
   */
  deleteTask: DeleteTaskResult;
  /**
   * Deletes up to 50 migration tasks in one call, by the rules of `deleteTask`. If SMS refuses to delete one of them, it
   * is not documented what happens to the others.
   * `POST /v3/tasks/delete`
   */
  deleteTasks: DeleteTasksResult;
  /**
   * Exports the consistency results of up to 10,000 migration tasks: which directories of the target server differ from
   * the source server, and in how many files. It only reads.
   * Select the tasks in exactly one way: by `taskInfo`, `migrationProject` or `sourceServers`. The last two select source
   * servers, at most 10,000 (`TOO_MANY_SERVERS`), and export their current tasks; finding these costs one more SMS call
   * for 200 source servers. Servers without a task are in `serversWithoutTask`. If no server has a task, the code is
   * `NO_TASKS_SELECTED`.
   * SMS takes 200 tasks per call, so more are split into calls of 200, at most 4 at a time. If SMS rejects a call because
   * of one of its tasks, the gateway halves the call until that task is isolated, with at most 256 extra calls.
   * `POST /v3/tasks/consistency-results/export`
   */
  exportConsistencyResults: ExportConsistencyResultsResult;
  /**
   * Registers a source server. The agent does this itself when it starts.
   * `POST /v3/sources`
   */
  registerServer: RegisterServerResult;
  /**
   * Makes a migration project the default, which newly registered source servers join.
   * `PUT /v3/migprojects/{mig_project_id}/default`
   */
  setDefaultMigrationProject: SetDefaultMigrationProjectResult;
  /**
   * Reports the result of a command.
   * `POST /v3/sources/{server_id}/command_result`
   */
  updateCommandResult: UpdateCommandResultResult;
  /**
   * Reports the results of a consistency check.
   * `POST /v3/tasks/{task_id}/consistency-result`
   */
  updateConsistencyResult: UpdateConsistencyResultResult;
  /**
   * Reports the replication state of a source server. State and stage must fit together (`SMS.7728`). SMS accepts the
   * report but ignores it while the server is `UNAVAILABLE`, `STOPPING`, `STOPPED`, `DELETING`, `FINISHED`, `CLEARING` or
   * `CLEARFAILED`.
   * `PUT /v3/sources/{source_id}/changestate`
   */
  updateCopyState: UpdateCopyStateResult;
  /**
   * Reports the disks of a source server. They replace those of earlier reports. The report takes effect only while the
   * server is `WAITING`.
   * `PUT /v3/sources/{source_id}/diskinfo`
   */
  updateDiskInfo: UpdateDiskInfoResult;
  /**
   * Changes a migration project.
   * `PUT /v3/migprojects/{mig_project_id}`
   */
  updateMigrationProject: UpdateMigrationProjectResult;
  /**
   * Reports the network quality that the agent measured for a task.
   * `POST /v3/{task_id}/update-network-check-info`
   */
  updateNetworkCheckInfo: UpdateNetworkCheckInfoResult;
  /**
   * Renames a source server, moves it to another migration project, or selects the disks and volumes to migrate. Changes
   * to disks and volumes take effect only while the server is `WAITING`.
   * `PUT /v3/sources/{source_id}`
   */
  updateServer: UpdateServerResult;
  /**
   * Replaces the content of a template.
   * `PUT /v3/vm/templates/{id}`
   */
  updateServerTemplate: UpdateServerTemplateResult;
  /**
   * Sets the rate limits of a task by time of day. They replace all earlier ones, so an empty list removes every limit.
   * The agent must be connected.
   * `POST /v3/tasks/{task_id}/speed-limit`
   */
  updateSpeed: UpdateSpeedResult;
  /**
   * Changes a migration task. A change of `cloneServer` takes effect only while the source server is `SYNCING`,
   * `STOPPING`, `STOPPED`, `CUTOVERING`, `FINISHED` or `ERROR`.
   * `PUT /v3/tasks/{task_id}`
   */
  updateTask: UpdateTaskResult;
  /**
   * Reports the progress and the transfer rate of a task.
   * `PUT /v3/tasks/{task_id}/progress`
   */
  updateTaskSpeed: UpdateTaskSpeedResult;
  /**
   * Starts, pauses, launches, resynchronizes or clears a task, clones its target server, or starts a migration drill or a
   * network check. Each value of `operation` says in which state SMS accepts it and what follows. SMS only acknowledges
   * the operation; the state of the task changes afterwards.
   * `POST /v3/tasks/{task_id}/action`
   */
  updateTaskStatus: UpdateTaskStatusResult;
  /**
   * Sets advanced options of a task, such as directories to exclude.
   * `POST /v3/tasks/{task_id}/configuration-setting`
   */
  uploadConfigurationSetting: UploadConfigurationSettingResult;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationCollectLogArgs = {
  input: CollectLogInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationCreateMigrationProjectArgs = {
  input: CreateMigrationProjectInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationCreateServerTemplateArgs = {
  input: CreateServerTemplateInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationCreateTaskArgs = {
  input: CreateTaskInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteMigrationProjectArgs = {
  input: DeleteMigrationProjectInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteServerArgs = {
  input: DeleteServerInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteServerTemplateArgs = {
  input: DeleteServerTemplateInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteServerTemplatesArgs = {
  input: DeleteServerTemplatesInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteServersArgs = {
  input: DeleteServersInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteTaskArgs = {
  input: DeleteTaskInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationDeleteTasksArgs = {
  input: DeleteTasksInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationExportConsistencyResultsArgs = {
  input: ExportConsistencyResultsInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationRegisterServerArgs = {
  input: RegisterServerInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationSetDefaultMigrationProjectArgs = {
  input: SetDefaultMigrationProjectInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateCommandResultArgs = {
  input: UpdateCommandResultInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateConsistencyResultArgs = {
  input: UpdateConsistencyResultInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateCopyStateArgs = {
  input: UpdateCopyStateInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateDiskInfoArgs = {
  input: UpdateDiskInfoInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateMigrationProjectArgs = {
  input: UpdateMigrationProjectInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateNetworkCheckInfoArgs = {
  input: UpdateNetworkCheckInfoInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateServerArgs = {
  input: UpdateServerInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateServerTemplateArgs = {
  input: UpdateServerTemplateInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateSpeedArgs = {
  input: UpdateSpeedInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateTaskArgs = {
  input: UpdateTaskInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateTaskSpeedArgs = {
  input: UpdateTaskSpeedInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUpdateTaskStatusArgs = {
  input: UpdateTaskStatusInput;
};


/** Writes and exports. Each field returns a union: the success type first, then the errors that the caller can act on. */
export type MutationUploadConfigurationSettingArgs = {
  input: UploadConfigurationSettingInput;
};

/** Network quality, as measured for a task. */
export type NetworkCheck = {
  /** CPU usage of the source server during the check, in percent. */
  cpuUsage?: Maybe<Scalars['Float']['output']>;
  /** True if the target server can be reached. */
  destinationConnectivity?: Maybe<Scalars['Boolean']['output']>;
  /** True if the domain names that the migration needs can be reached. */
  domainConnectivity?: Maybe<Scalars['Boolean']['output']>;
  /** Overall assessment, as sent by SMS, for example `SUCCESS`. */
  evaluationResult?: Maybe<Scalars['String']['output']>;
  /** Packet loss in percent. */
  lossPercentage?: Maybe<Scalars['Float']['output']>;
  /** Memory usage of the source server during the check, in percent. */
  memUsage?: Maybe<Scalars['Float']['output']>;
  /** Measured bandwidth in Mbit/s. */
  migrationSpeed?: Maybe<Scalars['Float']['output']>;
  /** Latency in milliseconds. */
  networkDelay?: Maybe<Scalars['Float']['output']>;
  /** Jitter in milliseconds. */
  networkJitter?: Maybe<Scalars['Float']['output']>;
};

/** A disk of the target server of a new task. */
export type NewTargetDiskInput = {
  /** Use of the disk. */
  deviceUse?: InputMaybe<DeviceUse>;
  /** Id of the disk. Not needed if SMS creates the server. */
  diskId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the disk. SMS expects `disk N`, where N is its position. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Partitions of the disk. */
  physicalVolumes?: InputMaybe<Array<NewTargetVolumeInput>>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
};

/** Target server of a new task. */
export type NewTargetServerInput = {
  /** Btrfs file systems, copied from the source server. */
  btrfsList?: InputMaybe<Array<BtrfsFileSystemInput>>;
  /** Disks of the server. */
  disks?: InputMaybe<Array<NewTargetDiskInput>>;
  /** Name of the server. */
  name: Scalars['String']['input'];
  /** Id of the server in the compute service (ECS). May be empty if SMS creates the server. */
  vmId: Scalars['ID']['input'];
  /** LVM volume groups, copied from the source server. */
  volumeGroups?: InputMaybe<Array<VolumeGroupInput>>;
};

/** A partition of a target disk. */
export type NewTargetVolumeInput = {
  /** Use of the disk or partition. */
  deviceUse?: InputMaybe<Scalars['String']['input']>;
  /** Type of the file system. */
  fileSystem?: InputMaybe<Scalars['String']['input']>;
  /** Position of the partition, counted from 0. */
  index?: InputMaybe<Scalars['Int']['input']>;
  /** Inode size of the file system. */
  inodeSize?: InputMaybe<Scalars['Long']['input']>;
  /** Mount point. */
  mountPoint?: InputMaybe<Scalars['String']['input']>;
  /** Name of the partition: drive letter on Windows, device path on Linux. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
  /** UUID of the volume or file system, as reported by the source system. */
  uuid?: InputMaybe<Scalars['String']['input']>;
};

/** Why something is not verified. If several reasons apply, it is the first of them in this list. */
export type NotVerifiedReason =
  /** SMS reports an outcome of the check other than `success`; see `checkResult`. Run the check again. */
  | 'CHECK_FAILED'
  /** SMS does not report the outcome of the check. */
  | 'CHECK_RESULT_MISSING'
  /** SMS omitted a count. */
  | 'COUNT_MISSING'
  /**
   * An earlier check did not find the directory consistent, and the latest check covers neither it nor a parent directory.
   * The counts are those of the earlier check.
   */
  | 'NOT_CHECKED_AGAIN'
  /** The check lists no directory, so nothing was compared. */
  | 'NO_DIRECTORIES'
  /** SMS found no files: the path is wrong, or the directory is missing or empty. */
  | 'NO_FILES_FOUND'
  /** The task was never checked. Start it, or its synchronization, with `isNeedConsistencyCheck: true`. */
  | 'NO_RESULTS'
  /** The migration project has no source servers, or no source server meets the conditions. */
  | 'NO_SERVERS'
  /** The source server has no migration task. */
  | 'NO_TASK'
  /** The results of the task could not be read from SMS. Try again later, or see `failedTasks`. */
  | 'READ_FAILED'
  /**
   * The directory has 1,000,000 or more files. SMS compares at most that many, so some were not compared. Check its
   * subdirectories one by one.
   */
  | 'TOO_MANY_FILES'
  /** SMS sent a result, or a part of one, that cannot be parsed. It may be the result that matters. */
  | 'UNREADABLE';

/**
 * Operating system family. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the
 * matching `*Text` field has the raw value.
 */
export type OsType =
  /** Any Linux distribution. */
  | 'LINUX'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN'
  /** Microsoft Windows. */
  | 'WINDOWS';

/** Cursors of a page, and whether there are more pages (Relay). */
export type PageInfo = {
  /** Cursor of the last item. Null if the page is empty. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** True if more items follow this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True if there are items before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item. Null if the page is empty. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/**
 * The type of a partition table. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the
 * matching `*Text` field has the raw value.
 */
export type PartitionStyle =
  /** GUID partition table. */
  | 'GPT'
  /** Master boot record. */
  | 'MBR'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** A partition of a disk. */
export type PhysicalVolume = {
  /** Use of the disk or partition. */
  deviceUse?: Maybe<DeviceUse>;
  /** Raw value of `deviceUse` as sent by SMS, including values that this gateway version does not know. */
  deviceUseText?: Maybe<Scalars['String']['output']>;
  /** Type of the file system. */
  fileSystem?: Maybe<Scalars['String']['output']>;
  /** Free space in bytes. */
  freeSize?: Maybe<Scalars['Long']['output']>;
  /** Position of the partition, counted from 0. */
  index?: Maybe<Scalars['Int']['output']>;
  /** Number of inodes of the file system. */
  inodeNums?: Maybe<Scalars['Long']['output']>;
  /** Inode size of the file system. */
  inodeSize?: Maybe<Scalars['Int']['output']>;
  /** Mount point. */
  mountPoint?: Maybe<Scalars['String']['output']>;
  /** Name of the partition: drive letter on Windows, device path on Linux. */
  name?: Maybe<Scalars['String']['output']>;
  /** Linux only: name of the matching disk or partition of the other server (source or target). */
  relationName?: Maybe<Scalars['String']['output']>;
  /** Size in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
  /** Cluster size in bytes. */
  sizePerCluster?: Maybe<Scalars['Int']['output']>;
  /** Used space in bytes. */
  usedSize?: Maybe<Scalars['Long']['output']>;
  /** UUID of the volume or file system, as reported by the source system. */
  uuid?: Maybe<Scalars['String']['output']>;
  /** Id of the record in SMS. */
  volumeId?: Maybe<Scalars['Long']['output']>;
};

/** A partition of a source disk. */
export type PhysicalVolumeInput = {
  /** Use of the partition, as free text: `NORMAL`, `OS`, `BOOT`, `VOLUME_GROUP`, `BTRFS` or empty. */
  deviceUse?: InputMaybe<Scalars['String']['input']>;
  /** Type of the file system. */
  fileSystem?: InputMaybe<Scalars['String']['input']>;
  /** Position of the partition, counted from 0. */
  index?: InputMaybe<Scalars['Int']['input']>;
  /** Number of inodes of the file system. */
  inodeNums?: InputMaybe<Scalars['Long']['input']>;
  /** Inode size of the file system. */
  inodeSize?: InputMaybe<Scalars['Int']['input']>;
  /** Mount point. */
  mountPoint?: InputMaybe<Scalars['String']['input']>;
  /** Name of the partition: drive letter on Windows, device path on Linux. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Cluster size in bytes. */
  sizePerCluster?: InputMaybe<Scalars['Int']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
  /** UUID of the volume or file system, as reported by the source system. */
  uuid?: InputMaybe<Scalars['String']['input']>;
};

/** Platform on which a source server runs. */
export type Platform =
  /** Alibaba Cloud. */
  | 'ALI'
  /** Amazon Web Services. */
  | 'AWS'
  /** Microsoft Azure. */
  | 'AZURE'
  /** Not specified. */
  | 'DEFAULT'
  /** Google Cloud. */
  | 'GCP'
  /** Huawei Cloud. */
  | 'HW'
  /** Hyper-V. */
  | 'HYPERV'
  /** Another platform. */
  | 'OTHER'
  /** Tencent Cloud. */
  | 'TENCENT'
  /** VMware. */
  | 'VMWARE';

/** Whether the caller has accepted SMS's privacy statement. */
export type PrivacyAgreement = {
  /** True if the caller has accepted it. */
  flag?: Maybe<Scalars['Boolean']['output']>;
};

/** Reads. If a field calls a single SMS operation, its description names it. */
export type Query = {
  /**
   * The pending command for the agent of a source server.
   * `GET /v3/sources/{server_id}/command`
   */
  agentCommand?: Maybe<AgentCommand>;
  /**
   * Settings that the migration agent fetches when it starts.
   * `GET /v3/config`
   */
  agentConfig?: Maybe<AgentConfig>;
  /**
   * One API version. Null if SMS does not offer it.
   * `GET /{version}`
   */
  apiVersion?: Maybe<SmsApiVersion>;
  /**
   * The API versions that SMS offers.
   * `GET /`
   */
  apiVersions?: Maybe<Array<SmsApiVersion>>;
  /**
   * Certificates and private keys with which the agent and the target server secure a block migration. Secret.
   * `GET /v3/tasks/{task_id}/certkey`
   */
  certificateKey?: Maybe<CertificateKey>;
  /**
   * Advanced options of a task, or one of them.
   * `GET /v3/tasks/{task_id}/configuration-setting`
   */
  configurationSetting?: Maybe<ConfigurationSetting>;
  /**
   * A report on the latest consistency check of each task: verdicts by directory, and a file for people or programs. Every
   * selected task has at least one row and counts in the verdict, even if it was never checked, its check failed, or it
   * could not be read.
   * Select the tasks in exactly one way: by `taskIds`, `migrationProject` or `sourceServers`. The last two select source
   * servers, at most 2,000 (`TOO_MANY_SERVERS`), and the report covers their current tasks. A server without a task has a
   * row and counts in the verdict too.
   * Null if SMS knows no such migration project. Costs one SMS call per task, and one for 200 source servers.
   */
  consistencyReport?: Maybe<ConsistencyReport>;
  /**
   * The consistency checks of a task, one entry per run. Null if SMS knows no such task.
   * `GET /v3/tasks/{task_id}/consistency-result`
   */
  consistencyResults?: Maybe<Array<ConsistencyCheck>>;
  /**
   * The source servers that have an error, page by page.
   * `GET /v3/errors`
   */
  failedServers?: Maybe<FailedServerConnection>;
  /**
   * One migration project. Null for an unknown id.
   * `GET /v3/migprojects/{mig_project_id}`
   */
  migrationProject?: Maybe<MigrationProject>;
  /**
   * The migration projects of the account, page by page.
   * `GET /v3/migprojects`
   */
  migrationProjects?: Maybe<MigrationProjectConnection>;
  /**
   * One migration task with all its fields. Null for an unknown id.
   * `GET /v3/tasks/{task_id}`
   */
  migrationTask?: Maybe<MigrationTask>;
  /**
   * The migration tasks of the account, page by page.
   * `GET /v3/tasks`
   */
  migrationTasks?: Maybe<MigrationTaskConnection>;
  /**
   * The number of source servers in each state.
   * `GET /v3/sources/overview`
   */
  overview?: Maybe<SourceServerOverview>;
  /**
   * Passphrase of the certificate that secures the channel of a task. Secret.
   * `GET /v3/tasks/{task_id}/passphrase`
   */
  passphrase?: Maybe<Scalars['String']['output']>;
  /**
   * Whether the caller has accepted SMS's privacy statement.
   * `GET /v3/privacy-agreements`
   */
  privacyAgreement?: Maybe<PrivacyAgreement>;
  /**
   * One template. Null for an unknown id.
   * `GET /v3/vm/templates/{id}`
   */
  serverTemplate?: Maybe<ServerTemplate>;
  /**
   * The templates from which target servers can be created, page by page.
   * `GET /v3/vm/templates`
   */
  serverTemplates?: Maybe<ServerTemplateConnection>;
  /**
   * One source server with all its fields. Null for an unknown id.
   * `GET /v3/sources/{source_id}`
   */
  sourceServer?: Maybe<SourceServer>;
  /**
   * The source servers whose agent has registered with SMS, page by page.
   * `GET /v3/sources`
   */
  sourceServers?: Maybe<SourceServerConnection>;
  /**
   * Rate limits of a task by time of day. Empty if it has none.
   * `GET /v3/tasks/{task_id}/speed-limit`
   */
  speedLimits?: Maybe<Array<SpeedLimit>>;
  /**
   * Password of the target server, as stored in a template. Secret. SMS returns it only while a task of the template
   * replicates or synchronizes (`SMS.9905`).
   * `GET /v3/vm/templates/{id}/target-password`
   */
  targetPassword?: Maybe<Scalars['String']['output']>;
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryAgentCommandArgs = {
  serverId: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryApiVersionArgs = {
  version: Scalars['String']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryCertificateKeyArgs = {
  enableCaCert?: InputMaybe<Scalars['Boolean']['input']>;
  taskId: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryConfigurationSettingArgs = {
  configKey?: InputMaybe<ConfigKey>;
  taskId: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryConsistencyReportArgs = {
  format?: ConsistencyReportFormat;
  migrationProject?: InputMaybe<Scalars['ID']['input']>;
  onlyDifferences?: Scalars['Boolean']['input'];
  sourceServers?: InputMaybe<SourceServerFilter>;
  taskIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryConsistencyResultsArgs = {
  taskId: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryFailedServersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FailedServerFilter>;
  first?: Scalars['Int']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryMigrationProjectArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryMigrationProjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryMigrationTaskArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryMigrationTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MigrationTaskFilter>;
  first?: Scalars['Int']['input'];
  orderBy?: InputMaybe<MigrationTaskOrder>;
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryPassphraseArgs = {
  taskId: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryServerTemplateArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryServerTemplatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ServerTemplateFilter>;
  first?: Scalars['Int']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QuerySourceServerArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QuerySourceServersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SourceServerFilter>;
  first?: Scalars['Int']['input'];
  orderBy?: InputMaybe<SourceServerOrder>;
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QuerySpeedLimitsArgs = {
  taskId: Scalars['ID']['input'];
};


/** Reads. If a field calls a single SMS operation, its description names it. */
export type QueryTargetPasswordArgs = {
  templateId: Scalars['ID']['input'];
};

/** A disk that SMS recommends for the target server. */
export type RecommendedDisk = {
  /** Use of the disk. */
  deviceUse?: Maybe<DeviceUse>;
  /** Raw value of `deviceUse` as sent by SMS, including values that this gateway version does not know. */
  deviceUseText?: Maybe<Scalars['String']['output']>;
  /** Name of the disk. */
  name?: Maybe<Scalars['String']['output']>;
  /** Partitions of the disk. */
  physicalVolumes?: Maybe<Array<PhysicalVolume>>;
  /** Size in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
  /** Used space in bytes. */
  usedSize?: Maybe<Scalars['Long']['output']>;
};

/** The layout that SMS recommends for the target server. */
export type RecommendedTarget = {
  /** Disks of the server. */
  disks?: Maybe<Array<RecommendedDisk>>;
  /** LVM volume groups of a Linux server. Empty if there are none. */
  volumeGroups?: Maybe<Array<VolumeGroup>>;
};

/** The agent's report on a source server. */
export type RegisterServerInput = {
  /** Windows only: true if the agent has the rights that it needs. If omitted, the later environment check fails. */
  accountRights?: InputMaybe<Scalars['Boolean']['input']>;
  /** Version of the migration agent on the source server. */
  agentVersion: Scalars['String']['input'];
  /** Boot loader. For Linux it must be `GRUB`, or the later environment check fails. */
  bootLoader?: InputMaybe<Scalars['String']['input']>;
  /** Btrfs file systems of a Linux server. Empty if there are none. */
  btrfsList?: InputMaybe<Array<BtrfsFileSystemInput>>;
  /** Number of vCPUs. */
  cpuQuantity?: InputMaybe<Scalars['Int']['input']>;
  /** Disks of the server. */
  disks?: InputMaybe<Array<ServerDiskInput>>;
  /** Id of the account (domain). */
  domainId?: InputMaybe<Scalars['ID']['input']>;
  /** Windows only: true if driver files are missing. If omitted, the later environment check fails. */
  driverFiles?: InputMaybe<Scalars['Boolean']['input']>;
  /** Boot firmware of the server. */
  firmware?: InputMaybe<Firmware>;
  /** Linux only: true if `rsync` is installed. If omitted, the later environment check fails. */
  hasRsync?: InputMaybe<Scalars['Boolean']['input']>;
  /** Linux only: true if the `tc` tool is installed. If omitted, the later environment check fails. */
  hasTc?: InputMaybe<Scalars['Boolean']['input']>;
  /** Host name of the server. */
  hostname?: InputMaybe<Scalars['String']['input']>;
  /** Id of the source server in SMS, if it already has one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Disk read latency in milliseconds. */
  ioReadWait?: InputMaybe<Scalars['Float']['input']>;
  /** IPv4 address of the source server. Either `ip` or `ipv6` is required. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** IPv6 address of the source server. Either `ip` or `ipv6` is required. */
  ipv6?: InputMaybe<Scalars['String']['input']>;
  /** Kernel version of the source server. */
  kernelVersion?: InputMaybe<Scalars['String']['input']>;
  /** Linux only: outcome of the check for block migration. */
  linuxBlockCheck?: InputMaybe<Scalars['String']['input']>;
  /** Memory size in MB. */
  memory?: InputMaybe<Scalars['Long']['input']>;
  /** Stage of the migration. */
  migrationCycle?: InputMaybe<MigrationCycle>;
  /** Display name of the source server in SMS. */
  name: Scalars['String']['input'];
  /** Network adapters of the server. */
  networks: Array<ServerNetworkInput>;
  /** True for an OEM edition of Windows. */
  oemSystem?: InputMaybe<Scalars['Boolean']['input']>;
  /** Operating system family. */
  osType: OsType;
  /** Operating system version, for example `UBUNTU_22_4_64BIT`. */
  osVersion: Scalars['String']['input'];
  /** Linux only: true for a paravirtualized server. If omitted, the later environment check fails. */
  paravirtualization?: InputMaybe<Scalars['Boolean']['input']>;
  /** Platform on which the source server runs. */
  platform?: InputMaybe<Platform>;
  /** Linux only: raw devices. If omitted, the later environment check fails. */
  rawDevices?: InputMaybe<Scalars['String']['input']>;
  /** How the agent was started: `MANUAL`, `MGC` or empty. SMS does not validate it. */
  startType?: InputMaybe<Scalars['String']['input']>;
  /** State of the source server. */
  state?: InputMaybe<SourceServerState>;
  /** Windows only: system directory. If omitted, the later environment check fails. */
  systemDir?: InputMaybe<Scalars['String']['input']>;
  /** Windows only: true if some system services are unhealthy. If omitted, the later environment check fails. */
  systemServices?: InputMaybe<Scalars['Boolean']['input']>;
  /** LVM volume groups of a Linux server. Empty if there are none. */
  volumeGroups?: InputMaybe<Array<VolumeGroupInput>>;
};

/** Result of `registerServer`. */
export type RegisterServerResult = RegisterServerSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The source server was registered. */
export type RegisterServerSuccess = {
  /** The registered source server. */
  sourceServer: SourceServer;
};

/** A disk of a source server. */
export type ServerDisk = {
  /** Use of the disk, as free text: `NORMAL`, `OS`, `BOOT`, `VOLUME_GROUP`, `BTRFS` or empty. */
  deviceUse?: Maybe<Scalars['String']['output']>;
  /** Inode size of the file system. */
  inodeSize?: Maybe<Scalars['Int']['output']>;
  /** Name of the disk, for example `/dev/vda` or `Disk 0`. */
  name?: Maybe<Scalars['String']['output']>;
  /** True for the system disk. */
  osDisk?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Type of the partition table, as free text, for example `MBR` or `GPT`. If it is missing, the later environment check
   * fails.
   */
  partitionStyle?: Maybe<Scalars['String']['output']>;
  /** Partitions of the disk. */
  physicalVolumes?: Maybe<Array<PhysicalVolume>>;
  /** Linux only: name of the matching disk or partition of the other server (source or target). */
  relationName?: Maybe<Scalars['String']['output']>;
  /** Size in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
  /** Used space in bytes. */
  usedSize?: Maybe<Scalars['Long']['output']>;
};

/** A disk of a source server. */
export type ServerDiskInput = {
  /** Use of the disk, as free text: `NORMAL`, `OS`, `BOOT`, `VOLUME_GROUP`, `BTRFS` or empty. */
  deviceUse?: InputMaybe<Scalars['String']['input']>;
  /** Inode size of the file system. */
  inodeSize?: InputMaybe<Scalars['Int']['input']>;
  /** Name of the disk, for example `/dev/vda` or `Disk 0`. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True for the system disk. */
  osDisk?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Type of the partition table, as free text, for example `MBR` or `GPT`. If it is missing, the later environment check
   * fails.
   */
  partitionStyle?: InputMaybe<Scalars['String']['input']>;
  /** Partitions of the disk. */
  physicalVolumes?: InputMaybe<Array<PhysicalVolumeInput>>;
  /** Linux only: name of the matching disk or partition of the other server (source or target). */
  relationName?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
};

/** A network adapter. */
export type ServerNetwork = {
  /** Id of the adapter's record in SMS. */
  adapterId?: Maybe<Scalars['ID']['output']>;
  /** Default gateway. */
  gateway?: Maybe<Scalars['String']['output']>;
  /** IPv4 address. */
  ip?: Maybe<Scalars['String']['output']>;
  /** IPv6 address. */
  ipv6?: Maybe<Scalars['String']['output']>;
  /** Hardware (MAC) address. The first adapter in the list must have one. */
  mac?: Maybe<Scalars['String']['output']>;
  /** MTU. Required on Linux. */
  mtu?: Maybe<Scalars['Int']['output']>;
  /** Name of the adapter. */
  name?: Maybe<Scalars['String']['output']>;
  /** Network mask. */
  netmask?: Maybe<Scalars['String']['output']>;
};

/** A network adapter. */
export type ServerNetworkInput = {
  /** Default gateway. */
  gateway?: InputMaybe<Scalars['String']['input']>;
  /** Id of the adapter's record in SMS. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** IPv4 address. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** IPv6 address. */
  ipv6?: InputMaybe<Scalars['String']['input']>;
  /** Hardware (MAC) address. The first adapter in the list must have one. */
  mac: Scalars['String']['input'];
  /** MTU. Required on Linux. */
  mtu?: InputMaybe<Scalars['Int']['input']>;
  /** Name of the adapter. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Network mask. */
  netmask?: InputMaybe<Scalars['String']['input']>;
};

/** A template from which target servers are created. */
export type ServerTemplate = {
  /** Availability zone of the target server. */
  availabilityZone?: Maybe<Scalars['String']['output']>;
  /** Type of the data disks. In a list this costs one extra SMS call for each item that SMS sends without it. */
  dataVolumeType?: Maybe<TemplateVolumeType>;
  /** Raw value of `dataVolumeType` as sent by SMS, including values that this gateway version does not know. */
  dataVolumeTypeText?: Maybe<Scalars['String']['output']>;
  /** Disks of the target server. In a list this costs one extra SMS call for each item that SMS sends without them. */
  disk?: Maybe<Array<TemplateDisk>>;
  /** Flavor (size) of the target server. */
  flavor?: Maybe<Scalars['String']['output']>;
  /** Id of the template. */
  id: Scalars['ID']['output'];
  /** Id of the image for the target server. */
  imageId?: Maybe<Scalars['ID']['output']>;
  /**
   * True for a reusable template that a user created, false for one that a task created for itself. In a list this costs
   * one extra SMS call for each item that SMS sends without it.
   */
  isTemplate?: Maybe<Scalars['Boolean']['output']>;
  /** Name of the template. */
  name?: Maybe<Scalars['String']['output']>;
  /** Subnets of the target server. If SMS is to create the subnet, exactly one entry, with the `subnetId` `autoCreate`. */
  nics?: Maybe<Array<TemplateNic>>;
  /** Id of the project in which the server is created. */
  projectid?: Maybe<Scalars['String']['output']>;
  /** Elastic IP address to create. In a list this costs one extra SMS call for each item that SMS sends without it. */
  publicip?: Maybe<TemplatePublicIp>;
  /** Region in which the server is created. */
  region?: Maybe<Scalars['String']['output']>;
  /**
   * Security groups of the target server. If SMS is to create the group, exactly one entry, with the `securityGroupId`
   * `autoCreate`.
   */
  securityGroups?: Maybe<Array<TemplateSecurityGroup>>;
  /**
   * Password of the target server. Secret. In a list this costs one extra SMS call for each item that SMS sends without
   * it.
   */
  targetPassword?: Maybe<Scalars['String']['output']>;
  /** Name of the target server. In a list this costs one extra SMS call for each item that SMS sends without it. */
  targetServerName?: Maybe<Scalars['String']['output']>;
  /** Type of the system disk. */
  volumetype?: Maybe<TemplateVolumeType>;
  /** Raw value of `volumetype` as sent by SMS, including values that this gateway version does not know. */
  volumetypeText?: Maybe<Scalars['String']['output']>;
  /** VPC (virtual private cloud) of the target server. */
  vpc?: Maybe<TemplateVpc>;
};

/** A page of templates (Relay connection). */
export type ServerTemplateConnection = {
  /** The templates of the page, each with its cursor. */
  edges: Array<ServerTemplateEdge>;
  /** The templates of the page. */
  nodes: Array<ServerTemplate>;
  /** Cursors of the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items over all pages. Null if SMS reports none, or a number that contradicts the page. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A template in a list, with its cursor. */
export type ServerTemplateEdge = {
  /** Cursor of this item. Pass it as `after` to continue from here. */
  cursor: Scalars['String']['output'];
  /** The template. */
  node: ServerTemplate;
};

/** Conditions that templates must meet. If several are given, all must hold. */
export type ServerTemplateFilter = {
  /** Availability zone of the target server. */
  availabilityZone?: InputMaybe<Scalars['String']['input']>;
  /** Id of the template. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the template. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Region in which the server is created. */
  region?: InputMaybe<Scalars['String']['input']>;
};

/** Content of a template. */
export type ServerTemplateInput = {
  /** Availability zone of the target server. */
  availabilityZone?: InputMaybe<Scalars['String']['input']>;
  /** Type of the data disks, as defined by the EVS service, for example `SAS`, `SSD`, `GPSSD`, `ESSD` or `SATA`. */
  dataVolumeType?: InputMaybe<Scalars['String']['input']>;
  /** Disks of the target server. */
  disk?: InputMaybe<Array<TemplateDiskInput>>;
  /** Flavor (size) of the target server. */
  flavor?: InputMaybe<Scalars['String']['input']>;
  /** Id of the image for the target server. */
  imageId?: InputMaybe<Scalars['ID']['input']>;
  /** True for a reusable template. A template that belongs to one task is not reusable. */
  isTemplate?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Name of the template: Chinese characters, letters, digits, underscores and hyphens. SMS refuses a name that is taken
   * (`SMS.7112`).
   */
  name: Scalars['String']['input'];
  /** Subnets of the target server. To have SMS create the subnet, give exactly one entry with the id `autoCreate`. */
  nics?: InputMaybe<Array<TemplateNicInput>>;
  /** Id of the project in which the server is created. */
  projectid?: InputMaybe<Scalars['String']['input']>;
  /** Elastic IP address to create. */
  publicip?: InputMaybe<TemplatePublicIpInput>;
  /** Region in which the server is created. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** Security groups of the target server. To have SMS create the group, give exactly one entry with the id `autoCreate`. */
  securityGroups?: InputMaybe<Array<TemplateSecurityGroupInput>>;
  /** Login password of the target server. */
  targetPassword?: InputMaybe<Scalars['String']['input']>;
  /** Name of the target server. */
  targetServerName?: InputMaybe<Scalars['String']['input']>;
  /** Type of the system disk, as defined by the EVS service, for example `SAS`, `SSD`, `GPSSD`, `ESSD` or `SATA`. */
  volumetype?: InputMaybe<Scalars['String']['input']>;
  /** VPC (virtual private cloud) of the target server. */
  vpc?: InputMaybe<TemplateVpcInput>;
};

/** The migration project to make the default. */
export type SetDefaultMigrationProjectInput = {
  /** Id of the migration project. */
  id: Scalars['ID']['input'];
};

/** Result of `setDefaultMigrationProject`. */
export type SetDefaultMigrationProjectResult = SetDefaultMigrationProjectSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** The migration project is now the default. */
export type SetDefaultMigrationProjectSuccess = {
  /** The updated migration project. */
  migrationProject: MigrationProject;
};

/** A version of SMS's REST API. */
export type SmsApiVersion = {
  /** URLs of this version. */
  links?: Maybe<Array<SmsApiVersionLink>>;
  /** Status of this version; `SUPPORTED` means that it can be used. */
  status?: Maybe<Scalars['String']['output']>;
  /** When this version last changed, for example `2020-09-02T17:50:00Z`. */
  updated?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the version, for example `v3`. */
  version?: Maybe<Scalars['String']['output']>;
};

/** A link to an API version. */
export type SmsApiVersionLink = {
  /** URL of the version. */
  href?: Maybe<Scalars['String']['output']>;
  /** Relation of the link; `self` means this version. */
  rel?: Maybe<Scalars['String']['output']>;
};

/**
 * An error that the caller can act on. It is one of six types, each of which says what to do next. Select the common
 * fields once with `... on SmsError { message code requestId }`.
 */
export type SmsError = {
  /**
   * Stable error code: SMS's own, for example `SMS.9004` or `APIGW.0301`, or one of the gateway's, for example
   * `TOKEN_MISSING`.
   */
  code: Scalars['String']['output'];
  /**
   * HTTP status of the error response, or the equivalent status if the gateway raised the error itself. Null if no
   * response came.
   */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** What happened, to what, and what to do next. Meant for people; the wording may change. */
  message: Scalars['String']['output'];
  /** SMS's request id of the failed call, for a support ticket. Null if no call was made or SMS sent no id. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** One of the causes that SMS lists for an error. */
export type SmsErrorDetail = {
  /** SMS's code of the cause. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /** SMS's message about the cause. */
  errorMsg?: Maybe<Scalars['String']['output']>;
};

/** The caller is not permitted to do this. Ask an administrator for the missing permission, which `errorParam` names. */
export type SmsForbiddenError = SmsError & {
  /**
   * SMS's code, for example `SMS.9004`, or one of the gateway's: `TOKEN_OF_ANOTHER_ACCOUNT`, `WRITES_OFF` or
   * `IAM_FORBIDDEN`.
   */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** Encrypted details of the decision, which an administrator can decode with IAM. */
  encodedAuthorizationMessage?: Maybe<Scalars['String']['output']>;
  /** The values that SMS's message refers to, here the missing permission. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** HTTP status of SMS's response; 403 if the gateway rejected the call itself. */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** What is not permitted. */
  message: Scalars['String']['output'];
  /** SMS's request id of the failed call, for a support ticket. Null if no call was made or SMS sent no id. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** A part of the input that violates a constraint. */
export type SmsInvalidField = {
  /** What is allowed at this path. */
  message: Scalars['String']['output'];
  /** Path of the value, from the argument down, for example `["input", "taskInfo", "3", "taskId"]`. */
  path: Array<Scalars['String']['output']>;
};

/**
 * The request cannot be carried out. `kind` says why: the input is wrong, the current state does not allow it, or a quota
 * is used up.
 */
export type SmsInvalidInputError = SmsError & {
  /** SMS's code, or one of the gateway's, for example `INVALID_INPUT` if it rejected the input before any call. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS's message refers to. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** The invalid parts of the input, if the code is `INVALID_INPUT`. Otherwise null. */
  fields?: Maybe<Array<SmsInvalidField>>;
  /** HTTP status of SMS's response; 400 if the gateway rejected the input itself. */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** Whether to fix the input, wait for another state, or free up quota. */
  kind: SmsInvalidInputKind;
  /** Why the request cannot be carried out. */
  message: Scalars['String']['output'];
  /** SMS's request id of the failed call, for a support ticket. Null if the gateway rejected the input itself. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** Why a request cannot be carried out. */
export type SmsInvalidInputKind =
  /** The current state does not allow it: the task is in the wrong state, a name is taken, or an object is still in use. */
  | 'CONFLICT'
  /** The input is wrong. Fix it. */
  | 'INVALID'
  /** A quota or the maximum number of objects is used up. Delete something, or request a higher quota. */
  | 'QUOTA';

/** SMS knows no such object. Check the id. */
export type SmsNotFoundError = SmsError & {
  /** SMS's code, for example `SMS.7703`. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS's message refers to. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** HTTP status of SMS's response. SMS often sends 400; the code, not the status, makes it "not found". */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** What was not found. */
  message: Scalars['String']['output'];
  /** SMS's request id of the failed call, for a support ticket. Null if no call was made or SMS sent no id. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** Too many calls. Wait, then try again. */
export type SmsThrottledError = SmsError & {
  /**
   * SMS's code, or one of the gateway's: `SMS_THROTTLED`, `CALL_RATE_EXCEEDED`, `IAM_THROTTLED` or
   * `TOKEN_CHECKS_EXCEEDED`.
   */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS's message refers to. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** HTTP status of the response; 429 if the gateway rejected the call itself. */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** Which calls were throttled. */
  message: Scalars['String']['output'];
  /** SMS's request id of the failed call, for a support ticket. Null if no call was made or SMS sent no id. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Seconds to wait before the next attempt. Null if neither SMS nor the gateway names a time. */
  retryAfter?: Maybe<Scalars['Int']['output']>;
};

/** The caller is not authenticated: SMS or IAM rejected its credentials, or it sent none. Get a new token. */
export type SmsUnauthenticatedError = SmsError & {
  /**
   * SMS's code, or one of the gateway's: `TOKEN_MISSING`, `TOKEN_MALFORMED`, `TOKEN_REFUSED`, `API_KEY_MISSING`,
   * `API_KEY_UNKNOWN`, `JWT_MISSING`, `JWT_EXPIRED` or `JWT_REFUSED`.
   */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS's message refers to. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** HTTP status of SMS's response; 401 if the gateway rejected the caller itself. */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** Why the caller is not authenticated. */
  message: Scalars['String']['output'];
  /** SMS's request id of the failed call, for a support ticket. Null if the gateway rejected the caller itself. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** SMS failed, did not respond, or sent a response that it does not promise. Try again later. */
export type SmsUnavailableError = SmsError & {
  /** SMS's code, or one of the gateway's, for example `OUTCOME_UNKNOWN`, `TIMEOUT` or `CIRCUIT_OPEN`. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS's message refers to. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /**
   * HTTP status of the error response. Null if no response came, or if the response to a successful call could not be
   * read.
   */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** What failed. */
  message: Scalars['String']['output'];
  /** Whether the call may have been carried out. If the outcome of a change is `UNKNOWN`, check before you repeat it. */
  outcome: CallOutcome;
  /** Kind of failure. */
  reason: SmsUnavailableReason;
  /** SMS's request id of the failed call, for a support ticket. Null if SMS did not respond or sent no id. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Seconds to wait before the next attempt. Null if neither SMS nor the gateway names a time. */
  retryAfter?: Maybe<Scalars['Int']['output']>;
};

/** Why SMS is not available. */
export type SmsUnavailableReason =
  /** The response is not as SMS promises: too large, truncated, or of another type. */
  | 'INVALID_ANSWER'
  /** The gateway is overloaded. */
  | 'OVERLOADED'
  /** The gateway is shutting down and ends its subscriptions. Subscribe again. */
  | 'STOPPING'
  /** SMS did not respond in time, or the call could not be sent in time: see `outcome`. */
  | 'TIMEOUT'
  /** There was no connection to SMS, or it broke before a response came. */
  | 'UNREACHABLE'
  /** SMS failed or sent a redirect (3xx), or something other than SMS responded. */
  | 'UPSTREAM_ERROR';

/** A source server: a machine outside Huawei Cloud on which the migration agent runs. */
export type SourceServer = {
  /** When the server was first registered. */
  addDate?: Maybe<Scalars['DateTime']['output']>;
  /** Version of the migration agent on the source server. In a list this costs one extra SMS call per item. */
  agentVersion?: Maybe<Scalars['String']['output']>;
  /** Btrfs file systems of a Linux server. Empty if there are none. In a list this costs one extra SMS call per item. */
  btrfsList?: Maybe<Array<BtrfsFileSystem>>;
  /** Results of the checks that SMS makes before a migration. */
  checks?: Maybe<Array<EnvironmentCheck>>;
  /** True while the agent is connected to SMS. */
  connected?: Maybe<Scalars['Boolean']['output']>;
  /** Number of vCPUs. */
  cpuQuantity?: Maybe<Scalars['Int']['output']>;
  /** The server's task. A server has at most one at a time. */
  currentTask?: Maybe<MigrationTask>;
  /** Log of the current task, which SMS reports only with the source server. */
  currentTaskLog?: Maybe<TaskLog>;
  /** Settings of the current task that SMS reports only with the source server. */
  currentTaskSettings?: Maybe<CurrentTaskSettings>;
  /** Disks of the server. In a list this costs one extra SMS call per item. */
  disks?: Maybe<Array<ServerDisk>>;
  /** Id of the enterprise project. 0 is the default project. */
  enterpriseProjectId?: Maybe<Scalars['ID']['output']>;
  /** Boot firmware of the server. In a list this costs one extra SMS call per item. */
  firmware?: Maybe<Firmware>;
  /** Raw value of `firmware` as sent by SMS, including values that this gateway version does not know. */
  firmwareText?: Maybe<Scalars['String']['output']>;
  /** Linux only: true if the `tc` tool is installed. If it is missing, the later environment check fails. */
  hasTc?: Maybe<Scalars['Boolean']['output']>;
  /** Host name of the server. In a list this costs one extra SMS call per item. */
  hostname?: Maybe<Scalars['String']['output']>;
  /** Id of the source server. */
  id: Scalars['ID']['output'];
  /** Layout that SMS recommends for the target server. */
  initTargetServer?: Maybe<RecommendedTarget>;
  /** IPv4 address. */
  ip?: Maybe<Scalars['String']['output']>;
  /** True if consistency results exist. Outside a list this costs one extra SMS call, which reads the list. */
  isConsistencyResultExist?: Maybe<Scalars['Boolean']['output']>;
  /** When the connection state of the agent (`connected`) last changed. */
  lastVisitTime?: Maybe<Scalars['DateTime']['output']>;
  /**
   * The latest consistency check of the current task, with the verdict on the server. Null if the server has no task, or
   * its task was never checked. Costs one extra SMS call per server.
   */
  latestConsistencyCheck?: Maybe<LatestConsistencyCheck>;
  /** Memory size in MB. SMS sends MB for a single server and bytes in a list; the gateway tells them apart by magnitude. */
  memory?: Maybe<Scalars['Long']['output']>;
  /** Stage of the migration, from the environment check to the launched target. */
  migrationCycle?: Maybe<MigrationCycle>;
  /** Raw value of `migrationCycle` as sent by SMS, including values that this gateway version does not know. */
  migrationCycleText?: Maybe<Scalars['String']['output']>;
  /**
   * The migration project that the server belongs to. Finding it takes a search; see `MigrationTask.migrationProject` for
   * its cost.
   */
  migrationProject?: Maybe<MigrationProject>;
  /** Display name of the server in SMS. */
  name?: Maybe<Scalars['String']['output']>;
  /** Network adapters of the server. In a list this costs one extra SMS call per item. */
  networks?: Maybe<Array<ServerNetwork>>;
  /** True for an OEM edition of Windows. */
  oemSystem?: Maybe<Scalars['Boolean']['output']>;
  /** Operating system family. */
  osType?: Maybe<OsType>;
  /** Raw value of `osType` as sent by SMS, including values that this gateway version does not know. */
  osTypeText?: Maybe<Scalars['String']['output']>;
  /** Operating system version, for example `UBUNTU_22_4_64BIT`. */
  osVersion?: Maybe<Scalars['String']['output']>;
  /** Number of bytes copied so far. */
  replicatesize?: Maybe<Scalars['Long']['output']>;
  /** When `migrationCycle` last changed. */
  stageActionTime?: Maybe<Scalars['DateTime']['output']>;
  /** How the agent was started: `MANUAL`, or another value if a platform started it. SMS does not validate it. */
  startType?: Maybe<Scalars['String']['output']>;
  /** State of the server, which SMS sets together with `migrationCycle`. */
  state?: Maybe<SourceServerState>;
  /** When `state` last changed. */
  stateActionTime?: Maybe<Scalars['DateTime']['output']>;
  /** Raw value of `state` as sent by SMS, including values that this gateway version does not know. */
  stateText?: Maybe<Scalars['String']['output']>;
  /** Number of bytes to copy in total. */
  totalsize?: Maybe<Scalars['Long']['output']>;
  /** LVM volume groups of a Linux server. Empty if there are none. In a list this costs one extra SMS call per item. */
  volumeGroups?: Maybe<Array<VolumeGroup>>;
};

/** A page of source servers (Relay connection). */
export type SourceServerConnection = {
  /** The source servers of the page, each with its cursor. */
  edges: Array<SourceServerEdge>;
  /** The source servers of the page. */
  nodes: Array<SourceServer>;
  /** Cursors of the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items over all pages. Null if SMS reports none, or a number that contradicts the page. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A source server in a list, with its cursor. */
export type SourceServerEdge = {
  /** Cursor of this item. Pass it as `after` to continue from here. */
  cursor: Scalars['String']['output'];
  /** The source server. */
  node: SourceServer;
};

/** Conditions that source servers must meet. If several are given, all must hold. */
export type SourceServerFilter = {
  /** Whether the agent is connected. (The SDKs' comment mentions only disconnected servers.) */
  connected?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the enterprise project. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the server. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** IPv4 address of the server. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** IPv6 address of the server. Ignored if `ip` is given. */
  ipv6?: InputMaybe<Scalars['String']['input']>;
  /** True for servers that have consistency results. */
  isConsistencyResultExist?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the server's migration project. */
  migproject?: InputMaybe<Scalars['String']['input']>;
  /** Stage of the migration. */
  migrationCycle?: InputMaybe<MigrationCycle>;
  /** Display name of the server. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** State of the server. */
  state?: InputMaybe<SourceServerState>;
  /** Id of the clone server. */
  vmId?: InputMaybe<Scalars['ID']['input']>;
};

/**
 * Order of source servers. Those with equal values are sorted by name; those without a value come last. Numbers in names
 * are sorted as numbers: `web-2` comes before `web-10`.
 */
export type SourceServerOrder =
  /** By the time at which they were added, oldest first. */
  | 'ADDED_ASC'
  /** By the time at which they were added, newest first. */
  | 'ADDED_DESC'
  /** By name, from A to Z. */
  | 'NAME_ASC'
  /** By name, from Z to A. */
  | 'NAME_DESC'
  /** Grouped by the text of their state, from A to Z. */
  | 'STATE_ASC'
  /** Grouped by the text of their state, from Z to A. */
  | 'STATE_DESC';

/** The number of source servers in each state. */
export type SourceServerOverview = {
  /** Servers whose target is being cloned. */
  cloning?: Maybe<Scalars['Int']['output']>;
  /** Servers whose target is being launched. */
  cutovering?: Maybe<Scalars['Int']['output']>;
  /** Servers that are being deleted. */
  deleting?: Maybe<Scalars['Int']['output']>;
  /** Servers in an error state. */
  error?: Maybe<Scalars['Int']['output']>;
  /** Servers whose target has been launched. */
  finished?: Maybe<Scalars['Int']['output']>;
  /** Servers whose target is being prepared. */
  initialize?: Maybe<Scalars['Int']['output']>;
  /** Servers whose full copy is in progress. */
  replicate?: Maybe<Scalars['Int']['output']>;
  /** Servers whose consistency check is being skipped. */
  skipping?: Maybe<Scalars['Int']['output']>;
  /** Servers whose migration is paused. */
  stopped?: Maybe<Scalars['Int']['output']>;
  /** Servers whose migration is being paused. */
  stopping?: Maybe<Scalars['Int']['output']>;
  /** Servers in continuous synchronization. */
  syncing?: Maybe<Scalars['Int']['output']>;
  /** Servers that failed the environment check. */
  unavailable?: Maybe<Scalars['Int']['output']>;
  /** Servers without a configured target. */
  unconfigured?: Maybe<Scalars['Int']['output']>;
  /** Servers that passed the environment check and wait for a task. */
  waiting?: Maybe<Scalars['Int']['output']>;
};

/**
 * State of a source server. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the
 * matching `*Text` field has the raw value.
 */
export type SourceServerState =
  /** The snapshots of the target have been removed. */
  | 'CLEARED'
  /** The snapshots of the target could not be removed. */
  | 'CLEARFAILED'
  /** The snapshots of the target are being removed. */
  | 'CLEARING'
  /** The target server is being cloned. */
  | 'CLONING'
  /** The target server is being launched. */
  | 'CUTOVERING'
  /** The server is being deleted. */
  | 'DELETING'
  /** The server has an error. */
  | 'ERROR'
  /** The target server has been launched. */
  | 'FINISHED'
  /** The target server is being prepared. */
  | 'INITIALIZE'
  /** The migration drill passed. */
  | 'PREMIGED'
  /** The migration drill failed. */
  | 'PREMIGFAILED'
  /** The migration drill is running. */
  | 'PREMIGING'
  /** The server is ready for a migration drill. */
  | 'PREMIGREADY'
  /** The full copy is in progress. */
  | 'REPLICATE'
  /** The consistency check is being skipped. */
  | 'SKIPPING'
  /** The migration is paused. */
  | 'STOPPED'
  /** The migration is being paused. */
  | 'STOPPING'
  /** Changes are being synchronized continuously. */
  | 'SYNCING'
  /** The target server is being tested. Found only in older pages of SMS. */
  | 'TESTING'
  /** The server failed its environment check. */
  | 'UNAVAILABLE'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN'
  /** The server passed its environment check and waits for a task. */
  | 'WAITING';

/** A rate limit for a time of day. */
export type SpeedLimit = {
  /** End of the period, `HH:MM`. */
  end?: Maybe<Scalars['String']['output']>;
  /** The task is paused if its rate repeatedly exceeds the limit by more than this percentage. */
  overSpeedThreshold?: Maybe<Scalars['Float']['output']>;
  /** Rate limit in Mbit/s. 0 means no limit. */
  speed?: Maybe<Scalars['Int']['output']>;
  /** Start of the period, `HH:MM`. */
  start?: Maybe<Scalars['String']['output']>;
};

/** A rate limit for a time of day. */
export type SpeedLimitInput = {
  /** End of the period, `HH:MM`. A whole day ends at 23:59. The next period may start at the time when this one ends. */
  end: Scalars['String']['input'];
  /** The task is paused if its rate repeatedly exceeds the limit by more than this percentage. SMS defaults to 10. */
  overSpeedThreshold?: InputMaybe<Scalars['Float']['input']>;
  /** Rate limit in Mbit/s. 0 means no limit. SMS defaults to 0. */
  speed?: InputMaybe<Scalars['Int']['input']>;
  /** Start of the period, `HH:MM`, from 00:00 to 23:59. */
  start: Scalars['String']['input'];
};

/** Live updates, sent as server-sent events. */
export type Subscription = {
  /**
   * The same export as the mutation of this name, for a page that shows how far it is and keeps what has arrived. The first
   * event has the number of tasks and the servers without a task. Each later one has what one call to SMS brought: a file, its
   * tasks, or the tasks that failed. The last one has `ended: true`, or is an error that concerns all tasks which are not done
   * yet, for example because the token is no longer valid.
   * Parts come in any order. While the client does not read, the gateway makes no more calls. If the connection breaks, export
   * the tasks that have not arrived.
   * `POST /v3/tasks/consistency-results/export`
   */
  exportConsistencyResults: ExportConsistencyResultsEvent;
  /**
   * Watches the tasks of a migration project, or of the source servers that meet conditions, until all of them have ended: sends
   * an event at the start, and each time that something changes. Select the servers in exactly one way, at most 2,000
   * (`TOO_MANY_SERVERS`).
   * The last event has `ended: true`, or is the error that ends the watch, for example because the token is no longer valid. If
   * the gateway shuts down, that error has the code `GATEWAY_STOPPING`: subscribe again. The gateway reads only the list of
   * source servers, one SMS call for 200 of them, once per interval, however many subscriptions with the same token watch them.
   * `GET /v3/sources`
   */
  migrationProgress: MigrationProgressEvent;
  /**
   * Watches a migration task until it ends: sends an event at the start, and each time that something changes.
   * The last event is the task in its final state, or the error that ends the watch, for example because the token is no
   * longer valid. If the gateway shuts down, that error has the code `GATEWAY_STOPPING`: subscribe again. However many
   * subscriptions with the same token watch a task, the gateway reads it from SMS only once per interval.
   * `GET /v3/tasks/{task_id}`
   */
  migrationTask: MigrationTaskEvent;
};


/** Live updates, sent as server-sent events. */
export type SubscriptionExportConsistencyResultsArgs = {
  input: ExportConsistencyResultsInput;
};


/** Live updates, sent as server-sent events. */
export type SubscriptionMigrationProgressArgs = {
  interval?: Scalars['Int']['input'];
  migrationProject?: InputMaybe<Scalars['ID']['input']>;
  sourceServers?: InputMaybe<SourceServerFilter>;
};


/** Live updates, sent as server-sent events. */
export type SubscriptionMigrationTaskArgs = {
  id: Scalars['ID']['input'];
  interval?: Scalars['Int']['input'];
};

/** A step of a migration task. */
export type SubtaskName =
  /** The disk with the agent's image is attached to the target. */
  | 'ATTACH_AGENT_IMAGE'
  /** The target is cloned. */
  | 'CLONE_VM'
  /** The target is configured, on Linux. */
  | 'CONFIGURE_LINUX'
  /** The target is configured after a Linux block migration. */
  | 'CONFIGURE_LINUX_BLOCK'
  /** The target is configured after a Linux file migration. */
  | 'CONFIGURE_LINUX_FILE'
  /** The target is configured, on Windows. */
  | 'CONFIGURE_WINDOWS'
  /** The target server was created. */
  | 'CREATE_CLOUD_SERVER'
  /** The disk with the agent's image is detached. The spelling is SMS's. */
  | 'DETTACH_AGENT_IMAGE'
  /** The target's disks are formatted, on Linux. */
  | 'FORMAT_DISK_LINUX'
  /** The target's disks are formatted for a Linux block migration. */
  | 'FORMAT_DISK_LINUX_BLOCK'
  /** The target's disks are formatted for a Linux file migration. */
  | 'FORMAT_DISK_LINUX_FILE'
  /** The target's disks are formatted, on Windows. */
  | 'FORMAT_DISK_WINDOWS'
  /** Blocks are copied, on Linux. */
  | 'MIGRATE_LINUX_BLOCK'
  /** Files are copied, on Linux. */
  | 'MIGRATE_LINUX_FILE'
  /** Blocks are copied, on Windows. */
  | 'MIGRATE_WINDOWS_BLOCK'
  /** The secure channel is set up. */
  | 'SSL_CONFIG'
  /** Changed blocks are copied, on Linux. */
  | 'SYNC_LINUX_BLOCK'
  /** Changed files are copied, on Linux. */
  | 'SYNC_LINUX_FILE'
  /** Changed blocks are copied, on Windows. */
  | 'SYNC_WINDOWS_BLOCK';

/** A disk of the target server. */
export type TargetDisk = {
  /** Use of the disk. */
  deviceUse?: Maybe<DeviceUse>;
  /** Raw value of `deviceUse` as sent by SMS, including values that this gateway version does not know. */
  deviceUseText?: Maybe<Scalars['String']['output']>;
  /** Id of the disk. Not needed if SMS creates the server. */
  diskId?: Maybe<Scalars['ID']['output']>;
  /** Position of the disk. */
  diskIndex?: Maybe<Scalars['String']['output']>;
  /** Name of the disk. */
  name?: Maybe<Scalars['String']['output']>;
  /** True for the system disk. */
  osDisk?: Maybe<Scalars['Boolean']['output']>;
  /** Type of the partition table. */
  partitionStyle?: Maybe<PartitionStyle>;
  /** Raw value of `partitionStyle` as sent by SMS, including values that this gateway version does not know. */
  partitionStyleText?: Maybe<Scalars['String']['output']>;
  /** Partitions of the disk. */
  physicalVolumes?: Maybe<Array<PhysicalVolume>>;
  /** Linux only: name of the matching disk or partition of the source server. */
  relationName?: Maybe<Scalars['String']['output']>;
  /** Size in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
  /** Id of the record in SMS. */
  targetDiskId?: Maybe<Scalars['Long']['output']>;
  /** Used space in bytes. */
  usedSize?: Maybe<Scalars['Long']['output']>;
};

/** A disk of the target server. */
export type TargetDiskInput = {
  /** Use of the disk. */
  deviceUse?: InputMaybe<DeviceUse>;
  /** Id of the disk. Not needed if SMS creates the server. */
  diskId?: InputMaybe<Scalars['ID']['input']>;
  /** Position of the disk. */
  diskIndex?: InputMaybe<Scalars['String']['input']>;
  /** Id of the record in SMS. */
  id?: InputMaybe<Scalars['Long']['input']>;
  /** Name of the disk. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True for the system disk. */
  osDisk?: InputMaybe<Scalars['Boolean']['input']>;
  /** Type of the partition table. */
  partitionStyle?: InputMaybe<PartitionStyle>;
  /** Partitions of the disk. */
  physicalVolumes?: InputMaybe<Array<TargetVolumeInput>>;
  /** Linux only: name of the matching disk or partition of the source server. */
  relationName?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
};

/** Target server of a task: the machine in Huawei Cloud that receives the data. */
export type TargetServer = {
  /**
   * Btrfs file systems of the server. SMS sends strings here, and objects everywhere else. In a list this costs one extra
   * SMS call per item.
   */
  btrfsList?: Maybe<Array<Scalars['String']['output']>>;
  /**
   * Ids of the snapshots that are kept for rolling back the cutover, separated by semicolons. In a list this costs one
   * extra SMS call per item.
   */
  cutoveredSnapshotIds?: Maybe<Scalars['String']['output']>;
  /** Disks of the server. In a list this costs one extra SMS call per item. */
  disks?: Maybe<Array<TargetDisk>>;
  /**
   * Id of the disk with the agent's image that is attached to the server. In a list this costs one extra SMS call per
   * item.
   */
  imageDiskId?: Maybe<Scalars['ID']['output']>;
  /** IPv4 address. */
  ip?: Maybe<Scalars['String']['output']>;
  /** Name of the server. */
  name?: Maybe<Scalars['String']['output']>;
  /** Operating system family. */
  osType?: Maybe<OsType>;
  /** Raw value of `osType` as sent by SMS, including values that this gateway version does not know. */
  osTypeText?: Maybe<Scalars['String']['output']>;
  /** Operating system version, for example `UBUNTU_22_4_64BIT`. */
  osVersion?: Maybe<Scalars['String']['output']>;
  /** Windows only: system directory. In a list this costs one extra SMS call per item. */
  systemDir?: Maybe<Scalars['String']['output']>;
  /** Id of the record in SMS. */
  targetServerId?: Maybe<Scalars['ID']['output']>;
  /** Id of the server in the compute service (ECS). Not needed if SMS creates the server. */
  vmId?: Maybe<Scalars['ID']['output']>;
  /** LVM volume groups of a Linux server. Empty if there are none. In a list this costs one extra SMS call per item. */
  volumeGroups?: Maybe<Array<VolumeGroup>>;
};

/** A partition of a target disk. */
export type TargetVolumeInput = {
  /** Use of the partition. */
  deviceUse?: InputMaybe<DeviceUse>;
  /** Type of the file system. */
  fileSystem?: InputMaybe<Scalars['String']['input']>;
  /** Free space in bytes. */
  freeSize?: InputMaybe<Scalars['Long']['input']>;
  /** Id of the record in SMS. */
  id?: InputMaybe<Scalars['Long']['input']>;
  /** Position of the partition, counted from 0. */
  index?: InputMaybe<Scalars['Int']['input']>;
  /** Mount point. */
  mountPoint?: InputMaybe<Scalars['String']['input']>;
  /** Name of the partition: drive letter on Windows, device path on Linux. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Linux only: name of the matching disk or partition of the source server. */
  relationName?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
  /** Used space in bytes. */
  usedSize?: InputMaybe<Scalars['Long']['input']>;
  /** UUID of the volume or file system, as reported by the source system. */
  uuid?: InputMaybe<Scalars['String']['input']>;
};

/** An advanced option of a task. */
export type TaskConfiguration = {
  /** The option. */
  configKey?: Maybe<ConfigKey>;
  /** Raw value of `configKey` as sent by SMS, including values that this gateway version does not know. */
  configKeyText?: Maybe<Scalars['String']['output']>;
  /** Reserved. Describes the state of the option. */
  configStatus?: Maybe<Scalars['String']['output']>;
  /** Value of the option. SMS stores it as text; the agent interprets it. */
  configValue?: Maybe<Scalars['String']['output']>;
};

/** One advanced option of a task. */
export type TaskConfigurationInput = {
  /** The option. */
  configKey: ConfigKey;
  /** Reserved. Describes the state of the option. */
  configStatus?: InputMaybe<Scalars['String']['input']>;
  /** Value of the option. SMS stores it as text; the agent interprets it. */
  configValue: Scalars['String']['input'];
};

/** The log of a task, as uploaded by `collectLog`. */
export type TaskLog = {
  /** OBS bucket that receives the log. Outside a list this costs one extra SMS call, which reads the list. */
  logBucket?: Maybe<Scalars['String']['output']>;
  /**
   * Lifetime of the signed link to the log, in seconds. Outside a list this costs one extra SMS call, which reads the
   * list.
   */
  logExpire?: Maybe<Scalars['Long']['output']>;
  /**
   * Signed link to the uploaded log, valid for `logExpire` seconds. Secret. Outside a list this costs one extra SMS call,
   * which reads the list.
   */
  logShareUrl?: Maybe<Scalars['String']['output']>;
  /** When the log was uploaded. Outside a list this costs one extra SMS call, which reads the list. */
  logUploadTime?: Maybe<Scalars['DateTime']['output']>;
};

/** The source server of a new task. */
export type TaskSourceServerInput = {
  /** Id of the source server. */
  id: Scalars['ID']['input'];
};

/** Number of tasks in a state. */
export type TaskStateCount = {
  /** The state. Null if SMS reports none. */
  state?: Maybe<MigrationTaskState>;
  /** Raw value of `state` as sent by SMS, including values that this gateway version does not know. */
  stateText?: Maybe<Scalars['String']['output']>;
  /** Number of tasks in this state. */
  tasks: Scalars['Int']['output'];
};

/** A disk of a template. */
export type TemplateDisk = {
  /** Use of the disk. */
  deviceUse?: Maybe<Scalars['String']['output']>;
  /** Id of the disk. */
  diskId?: Maybe<Scalars['Long']['output']>;
  /** Type of the disk, as defined by the EVS service. It takes the same values as `volumetype`. */
  disktype?: Maybe<Scalars['String']['output']>;
  /** Position of the disk, counted from 0. */
  index?: Maybe<Scalars['Int']['output']>;
  /** Name of the disk. */
  name?: Maybe<Scalars['String']['output']>;
  /** Size in GB. */
  size?: Maybe<Scalars['Long']['output']>;
};

/** A disk of a template. */
export type TemplateDiskInput = {
  /** Use of the disk. */
  deviceUse?: InputMaybe<Scalars['String']['input']>;
  /** Type of the disk, as defined by the EVS service. It takes the same values as `volumetype`. */
  disktype: Scalars['String']['input'];
  /** Id of the disk. */
  id?: InputMaybe<Scalars['Long']['input']>;
  /** Position of the disk, counted from 0. */
  index: Scalars['Int']['input'];
  /** Name of the disk. */
  name: Scalars['String']['input'];
  /** Size in GB. */
  size: Scalars['Long']['input'];
};

/** A subnet of a template. */
export type TemplateNic = {
  /** Gateway and mask of the subnet. */
  cidr?: Maybe<Scalars['String']['output']>;
  /** Fixed IP address of the server. If omitted, one is chosen automatically. */
  ip?: Maybe<Scalars['String']['output']>;
  /** Name of the subnet. */
  name?: Maybe<Scalars['String']['output']>;
  /** Id of the subnet, or `autoCreate`. */
  subnetId?: Maybe<Scalars['ID']['output']>;
};

/** A subnet of a template. */
export type TemplateNicInput = {
  /** Gateway and mask of the subnet. */
  cidr: Scalars['String']['input'];
  /** Id of the subnet, or `autoCreate`. */
  id: Scalars['ID']['input'];
  /** Fixed IP address of the server. If omitted, one is chosen automatically. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** Name of the subnet. */
  name: Scalars['String']['input'];
};

/** The elastic IP address that a template creates. */
export type TemplatePublicIp = {
  /** How the bandwidth is shared, as defined by the EIP service. */
  bandwidthShareType?: Maybe<Scalars['String']['output']>;
  /** Bandwidth in Mbit/s. The EIP service rounds it: in steps of 1 up to 300, of 50 up to 1000, and of 500 above. */
  bandwidthSize?: Maybe<Scalars['Int']['output']>;
  /** Type of the elastic IP address, as defined by the EIP service. SMS defaults to `5_bgp`. */
  type?: Maybe<Scalars['String']['output']>;
};

/** The elastic IP address that a template creates. */
export type TemplatePublicIpInput = {
  /** How the bandwidth is shared, as defined by the EIP service. */
  bandwidthShareType?: InputMaybe<Scalars['String']['input']>;
  /** Bandwidth in Mbit/s. The EIP service rounds it: in steps of 1 up to 300, of 50 up to 1000, and of 500 above. */
  bandwidthSize: Scalars['Int']['input'];
  /** Type of the elastic IP address, as defined by the EIP service, for example `5_bgp`, SMS's default. */
  type: Scalars['String']['input'];
};

/** A security group of a template. */
export type TemplateSecurityGroup = {
  /** Name of the security group. */
  name?: Maybe<Scalars['String']['output']>;
  /** Id of the security group, or `autoCreate`. */
  securityGroupId?: Maybe<Scalars['ID']['output']>;
};

/** A security group of a template. */
export type TemplateSecurityGroupInput = {
  /** Id of the security group, or `autoCreate`. */
  id: Scalars['ID']['input'];
  /** Name of the security group. */
  name: Scalars['String']['input'];
};

/**
 * Type of a disk. SMS may add values: one that this gateway version does not know reads `UNKNOWN`, and the matching
 * `*Text` field has the raw value.
 */
export type TemplateVolumeType =
  /** Extreme SSD. Not in the vendor's SDKs. */
  | 'ESSD'
  /** General-purpose SSD. Not in the vendor's SDKs. */
  | 'GPSSD'
  /** High I/O. */
  | 'SAS'
  /** Common I/O. */
  | 'SATA'
  /** Ultra-high I/O. */
  | 'SSD'
  /** A value that this gateway version does not know. Not valid as input. */
  | 'UNKNOWN';

/** The VPC (virtual private cloud) of a template. */
export type TemplateVpc = {
  /** Address range of the VPC in CIDR notation. SMS defaults to `192.168.0.0/16`. */
  cidr?: Maybe<Scalars['String']['output']>;
  /** Name of the VPC. */
  name?: Maybe<Scalars['String']['output']>;
  /** Id of the VPC, or `autoCreate`. */
  vpcId?: Maybe<Scalars['ID']['output']>;
};

/** The VPC (virtual private cloud) of a template. */
export type TemplateVpcInput = {
  /** Address range of the VPC in CIDR notation. SMS defaults to `192.168.0.0/16`. */
  cidr?: InputMaybe<Scalars['String']['input']>;
  /** Id of the VPC, or `autoCreate`. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the VPC. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** Result of a command. */
export type UpdateCommandResultInput = {
  /** The command that was executed: `START`, `STOP`, `DELETE`, `SYNC`, `UPLOAD_LOG` or `RSET_LOG_ACL`. */
  commandName: Scalars['String']['input'];
  /** `success` or `fail`. */
  result: Scalars['String']['input'];
  /** Details, as any JSON value. SMS stores but does not interpret them. */
  resultDetail: Scalars['JSON']['input'];
  /** Id of the source server. */
  serverId: Scalars['ID']['input'];
};

/** Result of `updateCommandResult`. */
export type UpdateCommandResultResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateCommandResultSuccess;

/** The result was recorded. */
export type UpdateCommandResultSuccess = {
  /** The updated source server. */
  sourceServer: SourceServer;
};

/** Results of a consistency check. */
export type UpdateConsistencyResultInput = {
  /** One entry per directory that was compared, at most 30. */
  consistencyResult?: InputMaybe<Array<ConsistencyResultInput>>;
  /** Id of the task. */
  taskId: Scalars['ID']['input'];
};

/** Result of `updateConsistencyResult`. */
export type UpdateConsistencyResultResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateConsistencyResultSuccess;

/** The result was recorded. */
export type UpdateConsistencyResultSuccess = {
  /** The updated task. */
  migrationTask: MigrationTask;
};

/** Replication state of a source server. */
export type UpdateCopyStateInput = {
  /** New replication state. */
  copystate: CopyState;
  /** Id of the source server. */
  id: Scalars['ID']['input'];
  /** New stage of the migration. */
  migrationcycle: CopyMigrationCycle;
};

/** Result of `updateCopyState`. */
export type UpdateCopyStateResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateCopyStateSuccess;

/** The state was recorded. */
export type UpdateCopyStateSuccess = {
  /** The updated source server. */
  sourceServer: SourceServer;
};

/** Disks of a source server. */
export type UpdateDiskInfoInput = {
  /** Btrfs file systems of a Linux server. Empty if there are none. */
  btrfsList?: InputMaybe<Array<BtrfsFileSystemInput>>;
  /** Disks of the server. */
  disks?: InputMaybe<Array<ServerDiskInput>>;
  /** Id of the source server. */
  id: Scalars['ID']['input'];
  /** LVM volume groups of the server. */
  volumegroups?: InputMaybe<Array<VolumeGroupInput>>;
};

/** Result of `updateDiskInfo`. */
export type UpdateDiskInfoResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateDiskInfoSuccess;

/** The disks were recorded. */
export type UpdateDiskInfoSuccess = {
  /** The updated source server. */
  sourceServer: SourceServer;
};

/** Changes to a migration project. */
export type UpdateMigrationProjectInput = {
  /** Description, as free text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Enterprise project. */
  enterpriseProject?: InputMaybe<Scalars['String']['input']>;
  /** True to migrate to existing servers, false to create them. */
  existServer?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the migration project. */
  id: Scalars['ID']['input'];
  /** True for the default project, which newly registered source servers join. */
  isdefault?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Name of the project: Chinese characters, letters, digits, underscores and hyphens. SMS refuses a name that is taken
   * (`SMS.7312`).
   */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Region of the project. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** Rate limit of the migration in Mbit/s. 0 means no limit. */
  speedLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Whether to measure the network quality before the migration. */
  startNetworkCheck?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the target servers of its tasks keep running after the migration. False stops them. */
  startTargetServer?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * True: after the full copy, changes are synchronized until somebody launches the target. False: the target is launched
   * automatically after the copy.
   */
  syncing?: InputMaybe<Scalars['Boolean']['input']>;
  /** How the data is moved: by file or by block. */
  type?: InputMaybe<MigrationTaskType>;
  /** Whether to migrate over a public IP address. */
  usePublicIp?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Result of `updateMigrationProject`. */
export type UpdateMigrationProjectResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateMigrationProjectSuccess;

/** The migration project was changed. */
export type UpdateMigrationProjectSuccess = {
  /** The updated migration project. */
  migrationProject: MigrationProject;
};

/** Network quality, as measured for a task. */
export type UpdateNetworkCheckInfoInput = {
  /** CPU usage of the source server during the check, in percent. */
  cpuUsage: Scalars['Float']['input'];
  /** True if the target server can be reached. */
  destinationConnectivity?: InputMaybe<Scalars['Boolean']['input']>;
  /** True if the domain names that the migration needs can be reached. */
  domainConnectivity?: InputMaybe<Scalars['Boolean']['input']>;
  /** Overall assessment, 5 to 9 characters, for example `SUCCESS`. */
  evaluationResult: Scalars['String']['input'];
  /** Packet loss in percent. */
  lossPercentage: Scalars['Float']['input'];
  /** Memory usage of the source server during the check, in percent. */
  memUsage: Scalars['Float']['input'];
  /** Measured bandwidth in Mbit/s. */
  migrationSpeed: Scalars['Float']['input'];
  /** Latency in milliseconds. */
  networkDelay: Scalars['Float']['input'];
  /** Jitter in milliseconds. */
  networkJitter: Scalars['Float']['input'];
  /** Id of the task. */
  taskId: Scalars['ID']['input'];
};

/** Result of `updateNetworkCheckInfo`. */
export type UpdateNetworkCheckInfoResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateNetworkCheckInfoSuccess;

/** The measurement was recorded. */
export type UpdateNetworkCheckInfoSuccess = {
  /** The updated task. */
  migrationTask: MigrationTask;
};

/** Changes to a source server. */
export type UpdateServerInput = {
  /** Changes to disks. They take effect only while the server is `WAITING`, before a target is configured. */
  disks?: InputMaybe<Array<ChangeDiskInput>>;
  /** Id of the source server. */
  id: Scalars['ID']['input'];
  /** Id of the migration project to move the server to. */
  migprojectid?: InputMaybe<Scalars['String']['input']>;
  /** New display name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Changes to volume groups. They take effect only while the server is `WAITING`, before a target is configured. */
  volumeGroups?: InputMaybe<Array<ChangeVolumeGroupInput>>;
};

/** Result of `updateServer`. */
export type UpdateServerResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateServerSuccess;

/** The source server was changed. */
export type UpdateServerSuccess = {
  /** The updated source server. */
  sourceServer: SourceServer;
};

/** A template and its new content. */
export type UpdateServerTemplateInput = {
  /** Id of the template. */
  id: Scalars['ID']['input'];
  /** The new content. */
  template?: InputMaybe<ServerTemplateInput>;
};

/** Result of `updateServerTemplate`. */
export type UpdateServerTemplateResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateServerTemplateSuccess;

/** The template was changed. */
export type UpdateServerTemplateSuccess = {
  /** The updated template. */
  serverTemplate: ServerTemplate;
};

/** Rate limits of a task. */
export type UpdateSpeedInput = {
  /** Rate limits by time of day, at most 5. An empty list removes all limits. */
  speedLimit: Array<SpeedLimitInput>;
  /** Id of the task. */
  taskId: Scalars['ID']['input'];
};

/** Result of `updateSpeed`. */
export type UpdateSpeedResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateSpeedSuccess;

/** The rate limits were set. */
export type UpdateSpeedSuccess = {
  /** The updated task. */
  migrationTask: MigrationTask;
};

/** Changes to a migration task. */
export type UpdateTaskInput = {
  /** Changes to the clone of the target server. */
  cloneServer?: InputMaybe<CloneServerInput>;
  /** Ids of the snapshots that are kept for rolling back the cutover, separated by semicolons. */
  cutoveredSnapshotIds?: InputMaybe<Scalars['String']['input']>;
  /** Id of the enterprise project. */
  enterpriseProject?: InputMaybe<Scalars['String']['input']>;
  /** True to migrate to an existing server, false to create one. */
  existServer?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** Id of the disk with the agent's image that is attached to the target server. */
  imageDiskId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * Address at which the target server is reached: an elastic IP address over the internet, or a private address over a
   * dedicated line. An IPv6 address if `useIpv6` is true.
   */
  migrationIp?: InputMaybe<Scalars['String']['input']>;
  /** Name of the task: Chinese characters, letters, digits, underscores and hyphens. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project in the target region. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the project in the target region. */
  projectName?: InputMaybe<Scalars['String']['input']>;
  /** Id of the target server's region. */
  regionId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the target server's region. */
  regionName?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the target server's snapshots, separated by semicolons. */
  snapshotIds?: InputMaybe<Scalars['String']['input']>;
  /** Rate limit of the migration in Mbit/s. 0 means no limit. */
  speedLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Ids of the target server's disks, separated by spaces, at most 255 characters each. */
  targetDiskIds?: InputMaybe<Scalars['String']['input']>;
  /** Changes to the target server. */
  targetServer?: InputMaybe<ChangeTargetServerInput>;
  /** How the data is moved: by file or by block. */
  type?: InputMaybe<MigrationTaskType>;
  /** Whether to migrate over IPv6. */
  useIpv6?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether to migrate over a public IP address. */
  usePublicIp?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the template from which the target server is created. */
  vmTemplateId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `updateTask`. */
export type UpdateTaskResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateTaskSuccess;

/** Progress of a task. */
export type UpdateTaskSpeedInput = {
  /** CPU usage of the agent, in percent. */
  agentCpuUsage?: InputMaybe<Scalars['Float']['input']>;
  /** Disk throughput of the agent, in Mbit/s. */
  agentDiskIo?: InputMaybe<Scalars['Float']['input']>;
  /** Memory used by the agent, in MB. */
  agentMemUsage?: InputMaybe<Scalars['Float']['input']>;
  /** Local time of the source server when it made the report. SMS uses it to check the rate limits by time of day. */
  agentTime?: InputMaybe<Scalars['String']['input']>;
  /** Compression ratio of the transfer. */
  compressRate?: InputMaybe<Scalars['Float']['input']>;
  /** Current transfer rate in Mbit/s. */
  migrateSpeed?: InputMaybe<Scalars['Float']['input']>;
  /** Whether a migration drill is part of the task. */
  needMigrationTest?: InputMaybe<Scalars['Boolean']['input']>;
  /** Detailed progress of the copy or synchronization, as text. */
  processTrace: Scalars['String']['input'];
  /** Progress in percent. */
  progress: Scalars['Int']['input'];
  /** Estimated remaining time, as reported by the agent. */
  remainTime?: InputMaybe<Scalars['Long']['input']>;
  /** Number of bytes copied so far. */
  replicatesize: Scalars['Long']['input'];
  /** Step that the report is about. */
  subtaskName: SubtaskName;
  /** Id of the task. */
  taskId: Scalars['ID']['input'];
  /** CPU usage of the whole source server, in percent. */
  totalCpuUsage?: InputMaybe<Scalars['Float']['input']>;
  /** Disk throughput of the whole source server, in Mbit/s. */
  totalDiskIo?: InputMaybe<Scalars['Float']['input']>;
  /** Memory used on the whole source server, in MB. */
  totalMemUsage?: InputMaybe<Scalars['Float']['input']>;
  /** Number of bytes to copy in total. */
  totalsize: Scalars['Long']['input'];
};

/** Result of `updateTaskSpeed`. */
export type UpdateTaskSpeedResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateTaskSpeedSuccess;

/** The progress was recorded. */
export type UpdateTaskSpeedSuccess = {
  /** The updated task. */
  migrationTask: MigrationTask;
};

/** A task, and what to do with it. */
export type UpdateTaskStatusInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** Whether to compare the files of source and target after the synchronization of `RESTART`. SMS defaults to false. */
  isNeedConsistencyCheck?: InputMaybe<Scalars['Boolean']['input']>;
  /** What to do with the task. */
  operation: MigrationTaskOperation;
  /** Whether to switch the target to Huawei Cloud EulerOS. Linux tasks only. SMS defaults to false. */
  switchHce?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the template for the clone. Required for `CLONE_TEST`. */
  templateId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `updateTaskStatus`. */
export type UpdateTaskStatusResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UpdateTaskStatusSuccess;

/** SMS has accepted the operation. The state of the task changes afterwards. */
export type UpdateTaskStatusSuccess = {
  /** The task, as read after the operation was accepted. */
  migrationTask: MigrationTask;
};

/** The task was changed. */
export type UpdateTaskSuccess = {
  /** The updated task. */
  migrationTask: MigrationTask;
};

/** A task, and the advanced options to set on it. */
export type UploadConfigurationSettingInput = {
  /** The options, at most 50. */
  configurations: Array<TaskConfigurationInput>;
  /** Id of the task. */
  taskId: Scalars['ID']['input'];
};

/** Result of `uploadConfigurationSetting`. */
export type UploadConfigurationSettingResult = SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError | UploadConfigurationSettingSuccess;

/** The options were set. */
export type UploadConfigurationSettingSuccess = {
  /** The updated task. */
  migrationTask: MigrationTask;
};

/** An LVM volume group. */
export type VolumeGroup = {
  /** Physical volumes that make up the volume group. */
  components?: Maybe<Scalars['String']['output']>;
  /** Free space in bytes. */
  freeSize?: Maybe<Scalars['Long']['output']>;
  /** Logical volumes in the group. */
  logicalVolumes?: Maybe<Array<LogicalVolume>>;
  /** Name of the volume group. */
  name?: Maybe<Scalars['String']['output']>;
  /** Size in bytes. */
  size?: Maybe<Scalars['Long']['output']>;
};

/** An LVM volume group. */
export type VolumeGroupInput = {
  /** Physical volumes that make up the volume group. */
  components?: InputMaybe<Scalars['String']['input']>;
  /** Free space in bytes. */
  freeSize?: InputMaybe<Scalars['Long']['input']>;
  /** Logical volumes in the group. */
  logicalVolumes?: InputMaybe<Array<LogicalVolumeInput>>;
  /** Name of the volume group. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Size in bytes. */
  size?: InputMaybe<Scalars['Long']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  MigrationProject: MigrationProject;
  MigrationTask: MigrationTask;
  ServerTemplate: ServerTemplate;
  SourceServer: SourceServer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  MigrationProject:
    ( { __typename: 'MigrationProject' }
    & GraphQLRecursivePick<FederationTypes['MigrationProject'], {"id":true}> );
  MigrationTask:
    ( { __typename: 'MigrationTask' }
    & GraphQLRecursivePick<FederationTypes['MigrationTask'], {"id":true}> );
  ServerTemplate:
    ( { __typename: 'ServerTemplate' }
    & GraphQLRecursivePick<FederationTypes['ServerTemplate'], {"id":true}> );
  SourceServer:
    ( { __typename: 'SourceServer' }
    & GraphQLRecursivePick<FederationTypes['SourceServer'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AcceptPrivacyAgreementResult:
    | ( Wire<AcceptPrivacyAgreementSuccess> & { __typename: 'AcceptPrivacyAgreementSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  CollectLogResult:
    | ( Wire<Omit<CollectLogSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'CollectLogSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  CreateMigrationProjectResult:
    | ( Wire<Omit<CreateMigrationProjectSuccess, 'migrationProject'> & { migrationProject: _RefType['MigrationProject'] }> & { __typename: 'CreateMigrationProjectSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  CreateServerTemplateResult:
    | ( Wire<Omit<CreateServerTemplateSuccess, 'serverTemplate'> & { serverTemplate: _RefType['ServerTemplate'] }> & { __typename: 'CreateServerTemplateSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  CreateTaskResult:
    | ( Wire<Omit<CreateTaskSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'CreateTaskSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteMigrationProjectResult:
    | ( Wire<DeleteMigrationProjectSuccess> & { __typename: 'DeleteMigrationProjectSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteServerResult:
    | ( Wire<DeleteServerSuccess> & { __typename: 'DeleteServerSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteServerTemplateResult:
    | ( Wire<DeleteServerTemplateSuccess> & { __typename: 'DeleteServerTemplateSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteServerTemplatesResult:
    | ( Wire<DeleteServerTemplatesSuccess> & { __typename: 'DeleteServerTemplatesSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteServersResult:
    | ( Wire<DeleteServersSuccess> & { __typename: 'DeleteServersSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteTaskResult:
    | ( Wire<DeleteTaskSuccess> & { __typename: 'DeleteTaskSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  DeleteTasksResult:
    | ( Wire<DeleteTasksSuccess> & { __typename: 'DeleteTasksSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  ExportConsistencyResultsEvent:
    | ( Wire<Omit<ExportConsistencyResultsUpdate, 'failedTasks' | 'files' | 'serversWithoutTask' | 'tasks'> & { failedTasks: Array<_RefType['FailedExportTask']>, files: Array<_RefType['ExportedFile']>, serversWithoutTask: Array<_RefType['SourceServer']>, tasks: Array<_RefType['ExportedTask']> }> & { __typename: 'ExportConsistencyResultsUpdate' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  ExportConsistencyResultsResult:
    | ( Wire<Omit<ExportConsistencyResultsPartial, 'failedTasks' | 'files' | 'serversWithoutTask' | 'tasks'> & { failedTasks: Array<_RefType['FailedExportTask']>, files: Array<_RefType['ExportedFile']>, serversWithoutTask: Array<_RefType['SourceServer']>, tasks: Array<_RefType['ExportedTask']> }> & { __typename: 'ExportConsistencyResultsPartial' } )
    | ( Wire<Omit<ExportConsistencyResultsSuccess, 'files' | 'serversWithoutTask' | 'tasks'> & { files: Array<_RefType['ExportedFile']>, serversWithoutTask: Array<_RefType['SourceServer']>, tasks: Array<_RefType['ExportedTask']> }> & { __typename: 'ExportConsistencyResultsSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  MigrationProgressEvent:
    | ( ProgressUpdate & { __typename: 'MigrationProgressUpdate' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  MigrationTaskEvent:
    | ( Wire<Omit<MigrationTaskUpdate, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'MigrationTaskUpdate' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  RegisterServerResult:
    | ( Wire<Omit<RegisterServerSuccess, 'sourceServer'> & { sourceServer: _RefType['SourceServer'] }> & { __typename: 'RegisterServerSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  SetDefaultMigrationProjectResult:
    | ( Wire<Omit<SetDefaultMigrationProjectSuccess, 'migrationProject'> & { migrationProject: _RefType['MigrationProject'] }> & { __typename: 'SetDefaultMigrationProjectSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
  UpdateCommandResultResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateCommandResultSuccess, 'sourceServer'> & { sourceServer: _RefType['SourceServer'] }> & { __typename: 'UpdateCommandResultSuccess' } )
  ;
  UpdateConsistencyResultResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateConsistencyResultSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UpdateConsistencyResultSuccess' } )
  ;
  UpdateCopyStateResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateCopyStateSuccess, 'sourceServer'> & { sourceServer: _RefType['SourceServer'] }> & { __typename: 'UpdateCopyStateSuccess' } )
  ;
  UpdateDiskInfoResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateDiskInfoSuccess, 'sourceServer'> & { sourceServer: _RefType['SourceServer'] }> & { __typename: 'UpdateDiskInfoSuccess' } )
  ;
  UpdateMigrationProjectResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateMigrationProjectSuccess, 'migrationProject'> & { migrationProject: _RefType['MigrationProject'] }> & { __typename: 'UpdateMigrationProjectSuccess' } )
  ;
  UpdateNetworkCheckInfoResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateNetworkCheckInfoSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UpdateNetworkCheckInfoSuccess' } )
  ;
  UpdateServerResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateServerSuccess, 'sourceServer'> & { sourceServer: _RefType['SourceServer'] }> & { __typename: 'UpdateServerSuccess' } )
  ;
  UpdateServerTemplateResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateServerTemplateSuccess, 'serverTemplate'> & { serverTemplate: _RefType['ServerTemplate'] }> & { __typename: 'UpdateServerTemplateSuccess' } )
  ;
  UpdateSpeedResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateSpeedSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UpdateSpeedSuccess' } )
  ;
  UpdateTaskResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateTaskSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UpdateTaskSuccess' } )
  ;
  UpdateTaskSpeedResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateTaskSpeedSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UpdateTaskSpeedSuccess' } )
  ;
  UpdateTaskStatusResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UpdateTaskStatusSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UpdateTaskStatusSuccess' } )
  ;
  UploadConfigurationSettingResult:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
    | ( Wire<Omit<UploadConfigurationSettingSuccess, 'migrationTask'> & { migrationTask: _RefType['MigrationTask'] }> & { __typename: 'UploadConfigurationSettingSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  SmsError:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AcceptPrivacyAgreementResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AcceptPrivacyAgreementResult']>>;
  AcceptPrivacyAgreementSuccess: ResolverTypeWrapper<Wire<AcceptPrivacyAgreementSuccess>>;
  AgentCommand: ResolverTypeWrapper<Wire<AgentCommand>>;
  AgentCommandParam: ResolverTypeWrapper<Wire<AgentCommandParam>>;
  ID: ResolverTypeWrapper<Wire<Scalars['ID']['output']>>;
  AgentConfig: ResolverTypeWrapper<Wire<AgentConfig>>;
  BootLoader: ResolverTypeWrapper<Wire<BootLoader>>;
  BtrfsFileSystem: ResolverTypeWrapper<Wire<BtrfsFileSystem>>;
  BtrfsFileSystemInput: ResolverTypeWrapper<Wire<BtrfsFileSystemInput>>;
  BtrfsSubvolume: ResolverTypeWrapper<Wire<BtrfsSubvolume>>;
  BtrfsSubvolumeInput: ResolverTypeWrapper<Wire<BtrfsSubvolumeInput>>;
  CallOutcome: ResolverTypeWrapper<Wire<CallOutcome>>;
  CertificateKey: ResolverTypeWrapper<Wire<CertificateKey>>;
  ChangeDiskInput: ResolverTypeWrapper<Wire<ChangeDiskInput>>;
  ChangeLogicalVolumeInput: ResolverTypeWrapper<Wire<ChangeLogicalVolumeInput>>;
  ChangeTargetServerInput: ResolverTypeWrapper<Wire<ChangeTargetServerInput>>;
  ChangeVolumeGroupInput: ResolverTypeWrapper<Wire<ChangeVolumeGroupInput>>;
  ChangeVolumeInput: ResolverTypeWrapper<Wire<ChangeVolumeInput>>;
  CheckOutcome: ResolverTypeWrapper<Wire<CheckOutcome>>;
  CloneServer: ResolverTypeWrapper<Wire<CloneServer>>;
  CloneServerInput: ResolverTypeWrapper<Wire<CloneServerInput>>;
  CloneState: ResolverTypeWrapper<Wire<CloneState>>;
  CollectLogInput: ResolverTypeWrapper<Wire<CollectLogInput>>;
  CollectLogResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CollectLogResult']>>;
  CollectLogSuccess: ResolverTypeWrapper<Wire<Omit<CollectLogSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  ConfigKey: ResolverTypeWrapper<Wire<ConfigKey>>;
  ConfigMigrateType: ResolverTypeWrapper<Wire<ConfigMigrateType>>;
  ConfigurationSetting: ResolverTypeWrapper<Wire<ConfigurationSetting>>;
  ConsistencyCheck: ResolverTypeWrapper<Wire<ConsistencyCheck>>;
  ConsistencyCounts: ResolverTypeWrapper<Wire<ConsistencyCounts>>;
  ConsistencyReport: ResolverTypeWrapper<FiledReport>;
  ConsistencyReportFormat: ResolverTypeWrapper<Wire<ConsistencyReportFormat>>;
  ConsistencyReportRow: ResolverTypeWrapper<Wire<ConsistencyReportRow>>;
  ConsistencyReportServer: ResolverTypeWrapper<Wire<Omit<ConsistencyReportServer, 'sourceServer'> & { sourceServer: ResolversTypes['SourceServer'] }>>;
  ConsistencyReportTask: ResolverTypeWrapper<Wire<Omit<ConsistencyReportTask, 'migrationTask' | 'sourceServer'> & { migrationTask?: Maybe<ResolversTypes['MigrationTask']>, sourceServer?: Maybe<ResolversTypes['SourceServer']> }>>;
  ConsistencyReportTotals: ResolverTypeWrapper<Wire<ConsistencyReportTotals>>;
  ConsistencyResult: ResolverTypeWrapper<Wire<ConsistencyResult>>;
  ConsistencyResultInput: ResolverTypeWrapper<Wire<ConsistencyResultInput>>;
  ConsistencyTaskInput: ResolverTypeWrapper<Wire<ConsistencyTaskInput>>;
  ConsistencyVerdict: ResolverTypeWrapper<Wire<ConsistencyVerdict>>;
  CopyMigrationCycle: ResolverTypeWrapper<Wire<CopyMigrationCycle>>;
  CopyState: ResolverTypeWrapper<Wire<CopyState>>;
  CreateMigrationProjectInput: ResolverTypeWrapper<Wire<CreateMigrationProjectInput>>;
  CreateMigrationProjectResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateMigrationProjectResult']>>;
  CreateMigrationProjectSuccess: ResolverTypeWrapper<Wire<Omit<CreateMigrationProjectSuccess, 'migrationProject'> & { migrationProject: ResolversTypes['MigrationProject'] }>>;
  CreateServerTemplateInput: ResolverTypeWrapper<Wire<CreateServerTemplateInput>>;
  CreateServerTemplateResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateServerTemplateResult']>>;
  CreateServerTemplateSuccess: ResolverTypeWrapper<Wire<Omit<CreateServerTemplateSuccess, 'serverTemplate'> & { serverTemplate: ResolversTypes['ServerTemplate'] }>>;
  CreateTaskInput: ResolverTypeWrapper<Wire<CreateTaskInput>>;
  CreateTaskResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateTaskResult']>>;
  CreateTaskSuccess: ResolverTypeWrapper<Wire<Omit<CreateTaskSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  CurrentTaskSettings: ResolverTypeWrapper<Wire<CurrentTaskSettings>>;
  CutoverGate: ResolverTypeWrapper<ProjectGate>;
  CutoverGateReason: ResolverTypeWrapper<Wire<CutoverGateReason>>;
  CutoverGateServer: ResolverTypeWrapper<GatedServer>;
  DateTime: ResolverTypeWrapper<Wire<Scalars['DateTime']['output']>>;
  DeleteMigrationProjectInput: ResolverTypeWrapper<Wire<DeleteMigrationProjectInput>>;
  DeleteMigrationProjectResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteMigrationProjectResult']>>;
  DeleteMigrationProjectSuccess: ResolverTypeWrapper<Wire<DeleteMigrationProjectSuccess>>;
  DeleteServerInput: ResolverTypeWrapper<Wire<DeleteServerInput>>;
  DeleteServerResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteServerResult']>>;
  DeleteServerSuccess: ResolverTypeWrapper<Wire<DeleteServerSuccess>>;
  DeleteServerTemplateInput: ResolverTypeWrapper<Wire<DeleteServerTemplateInput>>;
  DeleteServerTemplateResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteServerTemplateResult']>>;
  DeleteServerTemplateSuccess: ResolverTypeWrapper<Wire<DeleteServerTemplateSuccess>>;
  DeleteServerTemplatesInput: ResolverTypeWrapper<Wire<DeleteServerTemplatesInput>>;
  DeleteServerTemplatesResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteServerTemplatesResult']>>;
  DeleteServerTemplatesSuccess: ResolverTypeWrapper<Wire<DeleteServerTemplatesSuccess>>;
  DeleteServersInput: ResolverTypeWrapper<Wire<DeleteServersInput>>;
  DeleteServersResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteServersResult']>>;
  DeleteServersSuccess: ResolverTypeWrapper<Wire<DeleteServersSuccess>>;
  DeleteTaskInput: ResolverTypeWrapper<Wire<DeleteTaskInput>>;
  DeleteTaskResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteTaskResult']>>;
  DeleteTaskSuccess: ResolverTypeWrapper<Wire<DeleteTaskSuccess>>;
  DeleteTasksInput: ResolverTypeWrapper<Wire<DeleteTasksInput>>;
  DeleteTasksResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteTasksResult']>>;
  DeleteTasksSuccess: ResolverTypeWrapper<Wire<DeleteTasksSuccess>>;
  DeviceUse: ResolverTypeWrapper<Wire<DeviceUse>>;
  EnvironmentCheck: ResolverTypeWrapper<Wire<EnvironmentCheck>>;
  ExportConsistencyResultsEvent: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExportConsistencyResultsEvent']>>;
  ExportConsistencyResultsInput: ResolverTypeWrapper<Wire<ExportConsistencyResultsInput>>;
  ExportConsistencyResultsPartial: ResolverTypeWrapper<Wire<Omit<ExportConsistencyResultsPartial, 'failedTasks' | 'files' | 'serversWithoutTask' | 'tasks'> & { failedTasks: Array<ResolversTypes['FailedExportTask']>, files: Array<ResolversTypes['ExportedFile']>, serversWithoutTask: Array<ResolversTypes['SourceServer']>, tasks: Array<ResolversTypes['ExportedTask']> }>>;
  ExportConsistencyResultsResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExportConsistencyResultsResult']>>;
  ExportConsistencyResultsSuccess: ResolverTypeWrapper<Wire<Omit<ExportConsistencyResultsSuccess, 'files' | 'serversWithoutTask' | 'tasks'> & { files: Array<ResolversTypes['ExportedFile']>, serversWithoutTask: Array<ResolversTypes['SourceServer']>, tasks: Array<ResolversTypes['ExportedTask']> }>>;
  ExportConsistencyResultsUpdate: ResolverTypeWrapper<Wire<Omit<ExportConsistencyResultsUpdate, 'failedTasks' | 'files' | 'serversWithoutTask' | 'tasks'> & { failedTasks: Array<ResolversTypes['FailedExportTask']>, files: Array<ResolversTypes['ExportedFile']>, serversWithoutTask: Array<ResolversTypes['SourceServer']>, tasks: Array<ResolversTypes['ExportedTask']> }>>;
  ExportedFile: ResolverTypeWrapper<DownloadedFile>;
  ExportedTask: ResolverTypeWrapper<RequestedTask>;
  FailedExportTask: ResolverTypeWrapper<Wire<Omit<FailedExportTask, 'error' | 'task'> & { error: ResolversTypes['SmsError'], task: ResolversTypes['ExportedTask'] }>>;
  FailedReportTask: ResolverTypeWrapper<Wire<Omit<FailedReportTask, 'error'> & { error: ResolversTypes['SmsError'] }>>;
  FailedServer: ResolverTypeWrapper<Wire<Omit<FailedServer, 'sourceServer'> & { sourceServer?: Maybe<ResolversTypes['SourceServer']> }>>;
  FailedServerConnection: ResolverTypeWrapper<Wire<Omit<FailedServerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['FailedServerEdge']>, nodes: Array<ResolversTypes['FailedServer']> }>>;
  FailedServerEdge: ResolverTypeWrapper<Wire<Omit<FailedServerEdge, 'node'> & { node: ResolversTypes['FailedServer'] }>>;
  FailedServerFilter: ResolverTypeWrapper<Wire<FailedServerFilter>>;
  Firmware: ResolverTypeWrapper<Wire<Firmware>>;
  JSON: ResolverTypeWrapper<Wire<Scalars['JSON']['output']>>;
  Language: ResolverTypeWrapper<Wire<Language>>;
  LatestConsistencyCheck: ResolverTypeWrapper<Wire<LatestConsistencyCheck>>;
  LogCollectStatus: ResolverTypeWrapper<Wire<LogCollectStatus>>;
  LogicalVolume: ResolverTypeWrapper<Wire<LogicalVolume>>;
  LogicalVolumeInput: ResolverTypeWrapper<Wire<LogicalVolumeInput>>;
  Long: ResolverTypeWrapper<Wire<Scalars['Long']['output']>>;
  MigrationCycle: ResolverTypeWrapper<Wire<MigrationCycle>>;
  MigrationError: ResolverTypeWrapper<Wire<MigrationError>>;
  MigrationProgressEvent: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MigrationProgressEvent']>>;
  MigrationProgressUpdate: ResolverTypeWrapper<ProgressUpdate>;
  MigrationProject: ResolverTypeWrapper<Entity>;
  MigrationProjectConnection: ResolverTypeWrapper<Wire<Omit<MigrationProjectConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MigrationProjectEdge']>, nodes: Array<ResolversTypes['MigrationProject']> }>>;
  MigrationProjectConsistency: ResolverTypeWrapper<ProjectConsistency>;
  MigrationProjectEdge: ResolverTypeWrapper<Wire<Omit<MigrationProjectEdge, 'node'> & { node: ResolversTypes['MigrationProject'] }>>;
  MigrationProjectProgress: ResolverTypeWrapper<ProjectProgress>;
  MigrationSubTask: ResolverTypeWrapper<Wire<MigrationSubTask>>;
  MigrationTask: ResolverTypeWrapper<Entity>;
  MigrationTaskConnection: ResolverTypeWrapper<Wire<Omit<MigrationTaskConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MigrationTaskEdge']>, nodes: Array<ResolversTypes['MigrationTask']> }>>;
  MigrationTaskEdge: ResolverTypeWrapper<Wire<Omit<MigrationTaskEdge, 'node'> & { node: ResolversTypes['MigrationTask'] }>>;
  MigrationTaskEvent: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MigrationTaskEvent']>>;
  MigrationTaskFilter: ResolverTypeWrapper<Wire<MigrationTaskFilter>>;
  MigrationTaskOperation: ResolverTypeWrapper<Wire<MigrationTaskOperation>>;
  MigrationTaskOrder: ResolverTypeWrapper<Wire<MigrationTaskOrder>>;
  MigrationTaskState: ResolverTypeWrapper<Wire<MigrationTaskState>>;
  MigrationTaskStateFilter: ResolverTypeWrapper<Wire<MigrationTaskStateFilter>>;
  MigrationTaskType: ResolverTypeWrapper<Wire<MigrationTaskType>>;
  MigrationTaskUpdate: ResolverTypeWrapper<Wire<Omit<MigrationTaskUpdate, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NetworkCheck: ResolverTypeWrapper<Wire<NetworkCheck>>;
  NewTargetDiskInput: ResolverTypeWrapper<Wire<NewTargetDiskInput>>;
  NewTargetServerInput: ResolverTypeWrapper<Wire<NewTargetServerInput>>;
  NewTargetVolumeInput: ResolverTypeWrapper<Wire<NewTargetVolumeInput>>;
  NotVerifiedReason: ResolverTypeWrapper<Wire<NotVerifiedReason>>;
  OsType: ResolverTypeWrapper<Wire<OsType>>;
  PageInfo: ResolverTypeWrapper<Wire<PageInfo>>;
  PartitionStyle: ResolverTypeWrapper<Wire<PartitionStyle>>;
  PhysicalVolume: ResolverTypeWrapper<Wire<PhysicalVolume>>;
  PhysicalVolumeInput: ResolverTypeWrapper<Wire<PhysicalVolumeInput>>;
  Platform: ResolverTypeWrapper<Wire<Platform>>;
  PrivacyAgreement: ResolverTypeWrapper<Wire<PrivacyAgreement>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecommendedDisk: ResolverTypeWrapper<Wire<RecommendedDisk>>;
  RecommendedTarget: ResolverTypeWrapper<Wire<RecommendedTarget>>;
  RegisterServerInput: ResolverTypeWrapper<Wire<RegisterServerInput>>;
  RegisterServerResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterServerResult']>>;
  RegisterServerSuccess: ResolverTypeWrapper<Wire<Omit<RegisterServerSuccess, 'sourceServer'> & { sourceServer: ResolversTypes['SourceServer'] }>>;
  ServerDisk: ResolverTypeWrapper<Wire<ServerDisk>>;
  ServerDiskInput: ResolverTypeWrapper<Wire<ServerDiskInput>>;
  ServerNetwork: ResolverTypeWrapper<Wire<ServerNetwork>>;
  ServerNetworkInput: ResolverTypeWrapper<Wire<ServerNetworkInput>>;
  ServerTemplate: ResolverTypeWrapper<Entity>;
  ServerTemplateConnection: ResolverTypeWrapper<Wire<Omit<ServerTemplateConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ServerTemplateEdge']>, nodes: Array<ResolversTypes['ServerTemplate']> }>>;
  ServerTemplateEdge: ResolverTypeWrapper<Wire<Omit<ServerTemplateEdge, 'node'> & { node: ResolversTypes['ServerTemplate'] }>>;
  ServerTemplateFilter: ResolverTypeWrapper<Wire<ServerTemplateFilter>>;
  ServerTemplateInput: ResolverTypeWrapper<Wire<ServerTemplateInput>>;
  SetDefaultMigrationProjectInput: ResolverTypeWrapper<Wire<SetDefaultMigrationProjectInput>>;
  SetDefaultMigrationProjectResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetDefaultMigrationProjectResult']>>;
  SetDefaultMigrationProjectSuccess: ResolverTypeWrapper<Wire<Omit<SetDefaultMigrationProjectSuccess, 'migrationProject'> & { migrationProject: ResolversTypes['MigrationProject'] }>>;
  SmsApiVersion: ResolverTypeWrapper<Wire<SmsApiVersion>>;
  SmsApiVersionLink: ResolverTypeWrapper<Wire<SmsApiVersionLink>>;
  SmsError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['SmsError']>;
  SmsErrorDetail: ResolverTypeWrapper<Wire<SmsErrorDetail>>;
  SmsForbiddenError: ResolverTypeWrapper<Wire<SmsForbiddenError>>;
  SmsInvalidField: ResolverTypeWrapper<Wire<SmsInvalidField>>;
  SmsInvalidInputError: ResolverTypeWrapper<Wire<SmsInvalidInputError>>;
  SmsInvalidInputKind: ResolverTypeWrapper<Wire<SmsInvalidInputKind>>;
  SmsNotFoundError: ResolverTypeWrapper<Wire<SmsNotFoundError>>;
  SmsThrottledError: ResolverTypeWrapper<Wire<SmsThrottledError>>;
  SmsUnauthenticatedError: ResolverTypeWrapper<Wire<SmsUnauthenticatedError>>;
  SmsUnavailableError: ResolverTypeWrapper<Wire<SmsUnavailableError>>;
  SmsUnavailableReason: ResolverTypeWrapper<Wire<SmsUnavailableReason>>;
  SourceServer: ResolverTypeWrapper<Entity>;
  SourceServerConnection: ResolverTypeWrapper<Wire<Omit<SourceServerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['SourceServerEdge']>, nodes: Array<ResolversTypes['SourceServer']> }>>;
  SourceServerEdge: ResolverTypeWrapper<Wire<Omit<SourceServerEdge, 'node'> & { node: ResolversTypes['SourceServer'] }>>;
  SourceServerFilter: ResolverTypeWrapper<Wire<SourceServerFilter>>;
  SourceServerOrder: ResolverTypeWrapper<Wire<SourceServerOrder>>;
  SourceServerOverview: ResolverTypeWrapper<Wire<SourceServerOverview>>;
  SourceServerState: ResolverTypeWrapper<Wire<SourceServerState>>;
  SpeedLimit: ResolverTypeWrapper<Wire<SpeedLimit>>;
  SpeedLimitInput: ResolverTypeWrapper<Wire<SpeedLimitInput>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SubtaskName: ResolverTypeWrapper<Wire<SubtaskName>>;
  TargetDisk: ResolverTypeWrapper<Wire<TargetDisk>>;
  TargetDiskInput: ResolverTypeWrapper<Wire<TargetDiskInput>>;
  TargetServer: ResolverTypeWrapper<Wire<TargetServer>>;
  TargetVolumeInput: ResolverTypeWrapper<Wire<TargetVolumeInput>>;
  TaskConfiguration: ResolverTypeWrapper<Wire<TaskConfiguration>>;
  TaskConfigurationInput: ResolverTypeWrapper<Wire<TaskConfigurationInput>>;
  TaskLog: ResolverTypeWrapper<Wire<TaskLog>>;
  TaskSourceServerInput: ResolverTypeWrapper<Wire<TaskSourceServerInput>>;
  TaskStateCount: ResolverTypeWrapper<Wire<TaskStateCount>>;
  TemplateDisk: ResolverTypeWrapper<Wire<TemplateDisk>>;
  TemplateDiskInput: ResolverTypeWrapper<Wire<TemplateDiskInput>>;
  TemplateNic: ResolverTypeWrapper<Wire<TemplateNic>>;
  TemplateNicInput: ResolverTypeWrapper<Wire<TemplateNicInput>>;
  TemplatePublicIp: ResolverTypeWrapper<Wire<TemplatePublicIp>>;
  TemplatePublicIpInput: ResolverTypeWrapper<Wire<TemplatePublicIpInput>>;
  TemplateSecurityGroup: ResolverTypeWrapper<Wire<TemplateSecurityGroup>>;
  TemplateSecurityGroupInput: ResolverTypeWrapper<Wire<TemplateSecurityGroupInput>>;
  TemplateVolumeType: ResolverTypeWrapper<Wire<TemplateVolumeType>>;
  TemplateVpc: ResolverTypeWrapper<Wire<TemplateVpc>>;
  TemplateVpcInput: ResolverTypeWrapper<Wire<TemplateVpcInput>>;
  UpdateCommandResultInput: ResolverTypeWrapper<Wire<UpdateCommandResultInput>>;
  UpdateCommandResultResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateCommandResultResult']>>;
  UpdateCommandResultSuccess: ResolverTypeWrapper<Wire<Omit<UpdateCommandResultSuccess, 'sourceServer'> & { sourceServer: ResolversTypes['SourceServer'] }>>;
  UpdateConsistencyResultInput: ResolverTypeWrapper<Wire<UpdateConsistencyResultInput>>;
  UpdateConsistencyResultResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateConsistencyResultResult']>>;
  UpdateConsistencyResultSuccess: ResolverTypeWrapper<Wire<Omit<UpdateConsistencyResultSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  UpdateCopyStateInput: ResolverTypeWrapper<Wire<UpdateCopyStateInput>>;
  UpdateCopyStateResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateCopyStateResult']>>;
  UpdateCopyStateSuccess: ResolverTypeWrapper<Wire<Omit<UpdateCopyStateSuccess, 'sourceServer'> & { sourceServer: ResolversTypes['SourceServer'] }>>;
  UpdateDiskInfoInput: ResolverTypeWrapper<Wire<UpdateDiskInfoInput>>;
  UpdateDiskInfoResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateDiskInfoResult']>>;
  UpdateDiskInfoSuccess: ResolverTypeWrapper<Wire<Omit<UpdateDiskInfoSuccess, 'sourceServer'> & { sourceServer: ResolversTypes['SourceServer'] }>>;
  UpdateMigrationProjectInput: ResolverTypeWrapper<Wire<UpdateMigrationProjectInput>>;
  UpdateMigrationProjectResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateMigrationProjectResult']>>;
  UpdateMigrationProjectSuccess: ResolverTypeWrapper<Wire<Omit<UpdateMigrationProjectSuccess, 'migrationProject'> & { migrationProject: ResolversTypes['MigrationProject'] }>>;
  UpdateNetworkCheckInfoInput: ResolverTypeWrapper<Wire<UpdateNetworkCheckInfoInput>>;
  UpdateNetworkCheckInfoResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateNetworkCheckInfoResult']>>;
  UpdateNetworkCheckInfoSuccess: ResolverTypeWrapper<Wire<Omit<UpdateNetworkCheckInfoSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  UpdateServerInput: ResolverTypeWrapper<Wire<UpdateServerInput>>;
  UpdateServerResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateServerResult']>>;
  UpdateServerSuccess: ResolverTypeWrapper<Wire<Omit<UpdateServerSuccess, 'sourceServer'> & { sourceServer: ResolversTypes['SourceServer'] }>>;
  UpdateServerTemplateInput: ResolverTypeWrapper<Wire<UpdateServerTemplateInput>>;
  UpdateServerTemplateResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateServerTemplateResult']>>;
  UpdateServerTemplateSuccess: ResolverTypeWrapper<Wire<Omit<UpdateServerTemplateSuccess, 'serverTemplate'> & { serverTemplate: ResolversTypes['ServerTemplate'] }>>;
  UpdateSpeedInput: ResolverTypeWrapper<Wire<UpdateSpeedInput>>;
  UpdateSpeedResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateSpeedResult']>>;
  UpdateSpeedSuccess: ResolverTypeWrapper<Wire<Omit<UpdateSpeedSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  UpdateTaskInput: ResolverTypeWrapper<Wire<UpdateTaskInput>>;
  UpdateTaskResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateTaskResult']>>;
  UpdateTaskSpeedInput: ResolverTypeWrapper<Wire<UpdateTaskSpeedInput>>;
  UpdateTaskSpeedResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateTaskSpeedResult']>>;
  UpdateTaskSpeedSuccess: ResolverTypeWrapper<Wire<Omit<UpdateTaskSpeedSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  UpdateTaskStatusInput: ResolverTypeWrapper<Wire<UpdateTaskStatusInput>>;
  UpdateTaskStatusResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateTaskStatusResult']>>;
  UpdateTaskStatusSuccess: ResolverTypeWrapper<Wire<Omit<UpdateTaskStatusSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  UpdateTaskSuccess: ResolverTypeWrapper<Wire<Omit<UpdateTaskSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  UploadConfigurationSettingInput: ResolverTypeWrapper<Wire<UploadConfigurationSettingInput>>;
  UploadConfigurationSettingResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UploadConfigurationSettingResult']>>;
  UploadConfigurationSettingSuccess: ResolverTypeWrapper<Wire<Omit<UploadConfigurationSettingSuccess, 'migrationTask'> & { migrationTask: ResolversTypes['MigrationTask'] }>>;
  VolumeGroup: ResolverTypeWrapper<Wire<VolumeGroup>>;
  VolumeGroupInput: ResolverTypeWrapper<Wire<VolumeGroupInput>>;
  Int: ResolverTypeWrapper<Wire<Scalars['Int']['output']>>;
  Float: ResolverTypeWrapper<Wire<Scalars['Float']['output']>>;
  String: ResolverTypeWrapper<Wire<Scalars['String']['output']>>;
  Boolean: ResolverTypeWrapper<Wire<Scalars['Boolean']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AcceptPrivacyAgreementResult: Wire<ResolversUnionTypes<ResolversParentTypes>['AcceptPrivacyAgreementResult']>;
  AcceptPrivacyAgreementSuccess: Wire<AcceptPrivacyAgreementSuccess>;
  AgentCommand: Wire<AgentCommand>;
  AgentCommandParam: Wire<AgentCommandParam>;
  ID: Wire<Scalars['ID']['output']>;
  AgentConfig: Wire<AgentConfig>;
  BtrfsFileSystem: Wire<BtrfsFileSystem>;
  BtrfsFileSystemInput: Wire<BtrfsFileSystemInput>;
  BtrfsSubvolume: Wire<BtrfsSubvolume>;
  BtrfsSubvolumeInput: Wire<BtrfsSubvolumeInput>;
  CertificateKey: Wire<CertificateKey>;
  ChangeDiskInput: Wire<ChangeDiskInput>;
  ChangeLogicalVolumeInput: Wire<ChangeLogicalVolumeInput>;
  ChangeTargetServerInput: Wire<ChangeTargetServerInput>;
  ChangeVolumeGroupInput: Wire<ChangeVolumeGroupInput>;
  ChangeVolumeInput: Wire<ChangeVolumeInput>;
  CloneServer: Wire<CloneServer>;
  CloneServerInput: Wire<CloneServerInput>;
  CollectLogInput: Wire<CollectLogInput>;
  CollectLogResult: Wire<ResolversUnionTypes<ResolversParentTypes>['CollectLogResult']>;
  CollectLogSuccess: Wire<Omit<CollectLogSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  ConfigurationSetting: Wire<ConfigurationSetting>;
  ConsistencyCheck: Wire<ConsistencyCheck>;
  ConsistencyCounts: Wire<ConsistencyCounts>;
  ConsistencyReport: FiledReport;
  ConsistencyReportRow: Wire<ConsistencyReportRow>;
  ConsistencyReportServer: Wire<Omit<ConsistencyReportServer, 'sourceServer'> & { sourceServer: ResolversParentTypes['SourceServer'] }>;
  ConsistencyReportTask: Wire<Omit<ConsistencyReportTask, 'migrationTask' | 'sourceServer'> & { migrationTask?: Maybe<ResolversParentTypes['MigrationTask']>, sourceServer?: Maybe<ResolversParentTypes['SourceServer']> }>;
  ConsistencyReportTotals: Wire<ConsistencyReportTotals>;
  ConsistencyResult: Wire<ConsistencyResult>;
  ConsistencyResultInput: Wire<ConsistencyResultInput>;
  ConsistencyTaskInput: Wire<ConsistencyTaskInput>;
  CreateMigrationProjectInput: Wire<CreateMigrationProjectInput>;
  CreateMigrationProjectResult: Wire<ResolversUnionTypes<ResolversParentTypes>['CreateMigrationProjectResult']>;
  CreateMigrationProjectSuccess: Wire<Omit<CreateMigrationProjectSuccess, 'migrationProject'> & { migrationProject: ResolversParentTypes['MigrationProject'] }>;
  CreateServerTemplateInput: Wire<CreateServerTemplateInput>;
  CreateServerTemplateResult: Wire<ResolversUnionTypes<ResolversParentTypes>['CreateServerTemplateResult']>;
  CreateServerTemplateSuccess: Wire<Omit<CreateServerTemplateSuccess, 'serverTemplate'> & { serverTemplate: ResolversParentTypes['ServerTemplate'] }>;
  CreateTaskInput: Wire<CreateTaskInput>;
  CreateTaskResult: Wire<ResolversUnionTypes<ResolversParentTypes>['CreateTaskResult']>;
  CreateTaskSuccess: Wire<Omit<CreateTaskSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  CurrentTaskSettings: Wire<CurrentTaskSettings>;
  CutoverGate: ProjectGate;
  CutoverGateServer: GatedServer;
  DateTime: Wire<Scalars['DateTime']['output']>;
  DeleteMigrationProjectInput: Wire<DeleteMigrationProjectInput>;
  DeleteMigrationProjectResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteMigrationProjectResult']>;
  DeleteMigrationProjectSuccess: Wire<DeleteMigrationProjectSuccess>;
  DeleteServerInput: Wire<DeleteServerInput>;
  DeleteServerResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteServerResult']>;
  DeleteServerSuccess: Wire<DeleteServerSuccess>;
  DeleteServerTemplateInput: Wire<DeleteServerTemplateInput>;
  DeleteServerTemplateResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteServerTemplateResult']>;
  DeleteServerTemplateSuccess: Wire<DeleteServerTemplateSuccess>;
  DeleteServerTemplatesInput: Wire<DeleteServerTemplatesInput>;
  DeleteServerTemplatesResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteServerTemplatesResult']>;
  DeleteServerTemplatesSuccess: Wire<DeleteServerTemplatesSuccess>;
  DeleteServersInput: Wire<DeleteServersInput>;
  DeleteServersResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteServersResult']>;
  DeleteServersSuccess: Wire<DeleteServersSuccess>;
  DeleteTaskInput: Wire<DeleteTaskInput>;
  DeleteTaskResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteTaskResult']>;
  DeleteTaskSuccess: Wire<DeleteTaskSuccess>;
  DeleteTasksInput: Wire<DeleteTasksInput>;
  DeleteTasksResult: Wire<ResolversUnionTypes<ResolversParentTypes>['DeleteTasksResult']>;
  DeleteTasksSuccess: Wire<DeleteTasksSuccess>;
  EnvironmentCheck: Wire<EnvironmentCheck>;
  ExportConsistencyResultsEvent: Wire<ResolversUnionTypes<ResolversParentTypes>['ExportConsistencyResultsEvent']>;
  ExportConsistencyResultsInput: Wire<ExportConsistencyResultsInput>;
  ExportConsistencyResultsPartial: Wire<Omit<ExportConsistencyResultsPartial, 'failedTasks' | 'files' | 'serversWithoutTask' | 'tasks'> & { failedTasks: Array<ResolversParentTypes['FailedExportTask']>, files: Array<ResolversParentTypes['ExportedFile']>, serversWithoutTask: Array<ResolversParentTypes['SourceServer']>, tasks: Array<ResolversParentTypes['ExportedTask']> }>;
  ExportConsistencyResultsResult: Wire<ResolversUnionTypes<ResolversParentTypes>['ExportConsistencyResultsResult']>;
  ExportConsistencyResultsSuccess: Wire<Omit<ExportConsistencyResultsSuccess, 'files' | 'serversWithoutTask' | 'tasks'> & { files: Array<ResolversParentTypes['ExportedFile']>, serversWithoutTask: Array<ResolversParentTypes['SourceServer']>, tasks: Array<ResolversParentTypes['ExportedTask']> }>;
  ExportConsistencyResultsUpdate: Wire<Omit<ExportConsistencyResultsUpdate, 'failedTasks' | 'files' | 'serversWithoutTask' | 'tasks'> & { failedTasks: Array<ResolversParentTypes['FailedExportTask']>, files: Array<ResolversParentTypes['ExportedFile']>, serversWithoutTask: Array<ResolversParentTypes['SourceServer']>, tasks: Array<ResolversParentTypes['ExportedTask']> }>;
  ExportedFile: DownloadedFile;
  ExportedTask: RequestedTask;
  FailedExportTask: Wire<Omit<FailedExportTask, 'error' | 'task'> & { error: ResolversParentTypes['SmsError'], task: ResolversParentTypes['ExportedTask'] }>;
  FailedReportTask: Wire<Omit<FailedReportTask, 'error'> & { error: ResolversParentTypes['SmsError'] }>;
  FailedServer: Wire<Omit<FailedServer, 'sourceServer'> & { sourceServer?: Maybe<ResolversParentTypes['SourceServer']> }>;
  FailedServerConnection: Wire<Omit<FailedServerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['FailedServerEdge']>, nodes: Array<ResolversParentTypes['FailedServer']> }>;
  FailedServerEdge: Wire<Omit<FailedServerEdge, 'node'> & { node: ResolversParentTypes['FailedServer'] }>;
  FailedServerFilter: Wire<FailedServerFilter>;
  JSON: Wire<Scalars['JSON']['output']>;
  LatestConsistencyCheck: Wire<LatestConsistencyCheck>;
  LogicalVolume: Wire<LogicalVolume>;
  LogicalVolumeInput: Wire<LogicalVolumeInput>;
  Long: Wire<Scalars['Long']['output']>;
  MigrationError: Wire<MigrationError>;
  MigrationProgressEvent: Wire<ResolversUnionTypes<ResolversParentTypes>['MigrationProgressEvent']>;
  MigrationProgressUpdate: ProgressUpdate;
  MigrationProject: Entity;
  MigrationProjectConnection: Wire<Omit<MigrationProjectConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MigrationProjectEdge']>, nodes: Array<ResolversParentTypes['MigrationProject']> }>;
  MigrationProjectConsistency: ProjectConsistency;
  MigrationProjectEdge: Wire<Omit<MigrationProjectEdge, 'node'> & { node: ResolversParentTypes['MigrationProject'] }>;
  MigrationProjectProgress: ProjectProgress;
  MigrationSubTask: Wire<MigrationSubTask>;
  MigrationTask: Entity;
  MigrationTaskConnection: Wire<Omit<MigrationTaskConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MigrationTaskEdge']>, nodes: Array<ResolversParentTypes['MigrationTask']> }>;
  MigrationTaskEdge: Wire<Omit<MigrationTaskEdge, 'node'> & { node: ResolversParentTypes['MigrationTask'] }>;
  MigrationTaskEvent: Wire<ResolversUnionTypes<ResolversParentTypes>['MigrationTaskEvent']>;
  MigrationTaskFilter: Wire<MigrationTaskFilter>;
  MigrationTaskUpdate: Wire<Omit<MigrationTaskUpdate, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  Mutation: Record<PropertyKey, never>;
  NetworkCheck: Wire<NetworkCheck>;
  NewTargetDiskInput: Wire<NewTargetDiskInput>;
  NewTargetServerInput: Wire<NewTargetServerInput>;
  NewTargetVolumeInput: Wire<NewTargetVolumeInput>;
  PageInfo: Wire<PageInfo>;
  PhysicalVolume: Wire<PhysicalVolume>;
  PhysicalVolumeInput: Wire<PhysicalVolumeInput>;
  PrivacyAgreement: Wire<PrivacyAgreement>;
  Query: Record<PropertyKey, never>;
  RecommendedDisk: Wire<RecommendedDisk>;
  RecommendedTarget: Wire<RecommendedTarget>;
  RegisterServerInput: Wire<RegisterServerInput>;
  RegisterServerResult: Wire<ResolversUnionTypes<ResolversParentTypes>['RegisterServerResult']>;
  RegisterServerSuccess: Wire<Omit<RegisterServerSuccess, 'sourceServer'> & { sourceServer: ResolversParentTypes['SourceServer'] }>;
  ServerDisk: Wire<ServerDisk>;
  ServerDiskInput: Wire<ServerDiskInput>;
  ServerNetwork: Wire<ServerNetwork>;
  ServerNetworkInput: Wire<ServerNetworkInput>;
  ServerTemplate: Entity;
  ServerTemplateConnection: Wire<Omit<ServerTemplateConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ServerTemplateEdge']>, nodes: Array<ResolversParentTypes['ServerTemplate']> }>;
  ServerTemplateEdge: Wire<Omit<ServerTemplateEdge, 'node'> & { node: ResolversParentTypes['ServerTemplate'] }>;
  ServerTemplateFilter: Wire<ServerTemplateFilter>;
  ServerTemplateInput: Wire<ServerTemplateInput>;
  SetDefaultMigrationProjectInput: Wire<SetDefaultMigrationProjectInput>;
  SetDefaultMigrationProjectResult: Wire<ResolversUnionTypes<ResolversParentTypes>['SetDefaultMigrationProjectResult']>;
  SetDefaultMigrationProjectSuccess: Wire<Omit<SetDefaultMigrationProjectSuccess, 'migrationProject'> & { migrationProject: ResolversParentTypes['MigrationProject'] }>;
  SmsApiVersion: Wire<SmsApiVersion>;
  SmsApiVersionLink: Wire<SmsApiVersionLink>;
  SmsError: ResolversInterfaceTypes<ResolversParentTypes>['SmsError'];
  SmsErrorDetail: Wire<SmsErrorDetail>;
  SmsForbiddenError: Wire<SmsForbiddenError>;
  SmsInvalidField: Wire<SmsInvalidField>;
  SmsInvalidInputError: Wire<SmsInvalidInputError>;
  SmsNotFoundError: Wire<SmsNotFoundError>;
  SmsThrottledError: Wire<SmsThrottledError>;
  SmsUnauthenticatedError: Wire<SmsUnauthenticatedError>;
  SmsUnavailableError: Wire<SmsUnavailableError>;
  SourceServer: Entity;
  SourceServerConnection: Wire<Omit<SourceServerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['SourceServerEdge']>, nodes: Array<ResolversParentTypes['SourceServer']> }>;
  SourceServerEdge: Wire<Omit<SourceServerEdge, 'node'> & { node: ResolversParentTypes['SourceServer'] }>;
  SourceServerFilter: Wire<SourceServerFilter>;
  SourceServerOverview: Wire<SourceServerOverview>;
  SpeedLimit: Wire<SpeedLimit>;
  SpeedLimitInput: Wire<SpeedLimitInput>;
  Subscription: Record<PropertyKey, never>;
  TargetDisk: Wire<TargetDisk>;
  TargetDiskInput: Wire<TargetDiskInput>;
  TargetServer: Wire<TargetServer>;
  TargetVolumeInput: Wire<TargetVolumeInput>;
  TaskConfiguration: Wire<TaskConfiguration>;
  TaskConfigurationInput: Wire<TaskConfigurationInput>;
  TaskLog: Wire<TaskLog>;
  TaskSourceServerInput: Wire<TaskSourceServerInput>;
  TaskStateCount: Wire<TaskStateCount>;
  TemplateDisk: Wire<TemplateDisk>;
  TemplateDiskInput: Wire<TemplateDiskInput>;
  TemplateNic: Wire<TemplateNic>;
  TemplateNicInput: Wire<TemplateNicInput>;
  TemplatePublicIp: Wire<TemplatePublicIp>;
  TemplatePublicIpInput: Wire<TemplatePublicIpInput>;
  TemplateSecurityGroup: Wire<TemplateSecurityGroup>;
  TemplateSecurityGroupInput: Wire<TemplateSecurityGroupInput>;
  TemplateVpc: Wire<TemplateVpc>;
  TemplateVpcInput: Wire<TemplateVpcInput>;
  UpdateCommandResultInput: Wire<UpdateCommandResultInput>;
  UpdateCommandResultResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateCommandResultResult']>;
  UpdateCommandResultSuccess: Wire<Omit<UpdateCommandResultSuccess, 'sourceServer'> & { sourceServer: ResolversParentTypes['SourceServer'] }>;
  UpdateConsistencyResultInput: Wire<UpdateConsistencyResultInput>;
  UpdateConsistencyResultResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateConsistencyResultResult']>;
  UpdateConsistencyResultSuccess: Wire<Omit<UpdateConsistencyResultSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  UpdateCopyStateInput: Wire<UpdateCopyStateInput>;
  UpdateCopyStateResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateCopyStateResult']>;
  UpdateCopyStateSuccess: Wire<Omit<UpdateCopyStateSuccess, 'sourceServer'> & { sourceServer: ResolversParentTypes['SourceServer'] }>;
  UpdateDiskInfoInput: Wire<UpdateDiskInfoInput>;
  UpdateDiskInfoResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateDiskInfoResult']>;
  UpdateDiskInfoSuccess: Wire<Omit<UpdateDiskInfoSuccess, 'sourceServer'> & { sourceServer: ResolversParentTypes['SourceServer'] }>;
  UpdateMigrationProjectInput: Wire<UpdateMigrationProjectInput>;
  UpdateMigrationProjectResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateMigrationProjectResult']>;
  UpdateMigrationProjectSuccess: Wire<Omit<UpdateMigrationProjectSuccess, 'migrationProject'> & { migrationProject: ResolversParentTypes['MigrationProject'] }>;
  UpdateNetworkCheckInfoInput: Wire<UpdateNetworkCheckInfoInput>;
  UpdateNetworkCheckInfoResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateNetworkCheckInfoResult']>;
  UpdateNetworkCheckInfoSuccess: Wire<Omit<UpdateNetworkCheckInfoSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  UpdateServerInput: Wire<UpdateServerInput>;
  UpdateServerResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateServerResult']>;
  UpdateServerSuccess: Wire<Omit<UpdateServerSuccess, 'sourceServer'> & { sourceServer: ResolversParentTypes['SourceServer'] }>;
  UpdateServerTemplateInput: Wire<UpdateServerTemplateInput>;
  UpdateServerTemplateResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateServerTemplateResult']>;
  UpdateServerTemplateSuccess: Wire<Omit<UpdateServerTemplateSuccess, 'serverTemplate'> & { serverTemplate: ResolversParentTypes['ServerTemplate'] }>;
  UpdateSpeedInput: Wire<UpdateSpeedInput>;
  UpdateSpeedResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateSpeedResult']>;
  UpdateSpeedSuccess: Wire<Omit<UpdateSpeedSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  UpdateTaskInput: Wire<UpdateTaskInput>;
  UpdateTaskResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateTaskResult']>;
  UpdateTaskSpeedInput: Wire<UpdateTaskSpeedInput>;
  UpdateTaskSpeedResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateTaskSpeedResult']>;
  UpdateTaskSpeedSuccess: Wire<Omit<UpdateTaskSpeedSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  UpdateTaskStatusInput: Wire<UpdateTaskStatusInput>;
  UpdateTaskStatusResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UpdateTaskStatusResult']>;
  UpdateTaskStatusSuccess: Wire<Omit<UpdateTaskStatusSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  UpdateTaskSuccess: Wire<Omit<UpdateTaskSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  UploadConfigurationSettingInput: Wire<UploadConfigurationSettingInput>;
  UploadConfigurationSettingResult: Wire<ResolversUnionTypes<ResolversParentTypes>['UploadConfigurationSettingResult']>;
  UploadConfigurationSettingSuccess: Wire<Omit<UploadConfigurationSettingSuccess, 'migrationTask'> & { migrationTask: ResolversParentTypes['MigrationTask'] }>;
  VolumeGroup: Wire<VolumeGroup>;
  VolumeGroupInput: Wire<VolumeGroupInput>;
  Int: Wire<Scalars['Int']['output']>;
  Float: Wire<Scalars['Float']['output']>;
  String: Wire<Scalars['String']['output']>;
  Boolean: Wire<Scalars['Boolean']['output']>;
};

export type CostDirectiveArgs = {
  weight: Scalars['Int']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = Context, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type DetailDirectiveArgs = { };

export type DetailDirectiveResolver<Result, Parent, ContextType = Context, Args = DetailDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LimitDirectiveArgs = {
  itemMaxLength?: Maybe<Scalars['Int']['input']>;
  least?: Maybe<Scalars['Float']['input']>;
  maxItems?: Maybe<Scalars['Int']['input']>;
  maxLength?: Maybe<Scalars['Int']['input']>;
  minItems?: Maybe<Scalars['Int']['input']>;
  minLength?: Maybe<Scalars['Int']['input']>;
  most?: Maybe<Scalars['Float']['input']>;
  pattern?: Maybe<Scalars['String']['input']>;
};

export type LimitDirectiveResolver<Result, Parent, ContextType = Context, Args = LimitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  requireOneSlicingArgument?: Maybe<Scalars['Boolean']['input']>;
  sizedFields?: Maybe<Array<Scalars['String']['input']>>;
  slicingArguments?: Maybe<Array<Scalars['String']['input']>>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListedDirectiveArgs = { };

export type ListedDirectiveResolver<Result, Parent, ContextType = Context, Args = ListedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LowerCaseDirectiveArgs = { };

export type LowerCaseDirectiveResolver<Result, Parent, ContextType = Context, Args = LowerCaseDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PathIdDirectiveArgs = { };

export type PathIdDirectiveResolver<Result, Parent, ContextType = Context, Args = PathIdDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type WireDirectiveArgs = {
  name: Scalars['String']['input'];
};

export type WireDirectiveResolver<Result, Parent, ContextType = Context, Args = WireDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AcceptPrivacyAgreementResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AcceptPrivacyAgreementResult'] = ResolversParentTypes['AcceptPrivacyAgreementResult']> = {
  __resolveType: TypeResolveFn<'AcceptPrivacyAgreementSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type AcceptPrivacyAgreementSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AcceptPrivacyAgreementSuccess'] = ResolversParentTypes['AcceptPrivacyAgreementSuccess']> = {
  privacyAgreement?: Resolver<ResolversTypes['PrivacyAgreement'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentCommandResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentCommand'] = ResolversParentTypes['AgentCommand']> = {
  commandName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  commandParam?: Resolver<Maybe<ResolversTypes['AgentCommandParam']>, ParentType, ContextType>;
};

export type AgentCommandParamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentCommandParam'] = ResolversParentTypes['AgentCommandParam']> = {
  bucket?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type AgentConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentConfig'] = ResolversParentTypes['AgentConfig']> = {
  config?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  regions?: Resolver<Maybe<Array<ResolversTypes['JSON']>>, ParentType, ContextType>;
};

export type BtrfsFileSystemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BtrfsFileSystem'] = ResolversParentTypes['BtrfsFileSystem']> = {
  dataProfile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  defaultSubvolMountpath?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  defaultSubvolName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  defaultSubvolid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gVolUsedSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  globalReserve1?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metadataProfile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nodesize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  sectorsize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  subvolumn?: Resolver<Maybe<Array<ResolversTypes['BtrfsSubvolume']>>, ParentType, ContextType>;
  systemProfile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uuid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BtrfsSubvolumeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BtrfsSubvolume'] = ResolversParentTypes['BtrfsSubvolume']> = {
  isSnapshot?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subvolId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subvolMountPath?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subvolName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uuid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CertificateKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CertificateKey'] = ResolversParentTypes['CertificateKey']> = {
  ca?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cert?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  privateKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetDataCert?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetDataPrivateKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetMgmtCert?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetMgmtPrivateKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CloneServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloneServer'] = ResolversParentTypes['CloneServer']> = {
  cloneError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cloneState?: Resolver<Maybe<ResolversTypes['CloneState']>, ParentType, ContextType>;
  cloneStateText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorMsg?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vmId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type CollectLogResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CollectLogResult'] = ResolversParentTypes['CollectLogResult']> = {
  __resolveType: TypeResolveFn<'CollectLogSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type CollectLogSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CollectLogSuccess'] = ResolversParentTypes['CollectLogSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfigurationSettingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfigurationSetting'] = ResolversParentTypes['ConfigurationSetting']> = {
  configurations?: Resolver<Maybe<Array<ResolversTypes['TaskConfiguration']>>, ParentType, ContextType>;
  migrateType?: Resolver<Maybe<ResolversTypes['ConfigMigrateType']>, ParentType, ContextType>;
  migrateTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ConsistencyCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyCheck'] = ResolversParentTypes['ConsistencyCheck']> = {
  checkResult?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  consistencyResult?: Resolver<Maybe<Array<ResolversTypes['ConsistencyResult']>>, ParentType, ContextType>;
  finishedTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type ConsistencyCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyCounts'] = ResolversParentTypes['ConsistencyCounts']> = {
  consistent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  different?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notVerified?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  servers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutResults?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutTask?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ConsistencyReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyReport'] = ResolversParentTypes['ConsistencyReport']> = {
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failedTasks?: Resolver<Array<ResolversTypes['FailedReportTask']>, ParentType, ContextType>;
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['ConsistencyReportRow']>, ParentType, ContextType>;
  servers?: Resolver<Array<ResolversTypes['ConsistencyReportServer']>, ParentType, ContextType>;
  serversWithoutTask?: Resolver<Array<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['ConsistencyReportTask']>, ParentType, ContextType>;
  tasksWithoutResults?: Resolver<Array<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['ConsistencyReportTotals'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type ConsistencyReportRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyReportRow'] = ResolversParentTypes['ConsistencyReportRow']> = {
  checkResult?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dirCheck?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finishedTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  numDifferentFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  numTargetMissFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  numTargetMoreFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  numTotalFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  sourceServerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sourceServerName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  taskName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type ConsistencyReportServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyReportServer'] = ResolversParentTypes['ConsistencyReportServer']> = {
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type ConsistencyReportTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyReportTask'] = ResolversParentTypes['ConsistencyReportTask']> = {
  finishedTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  migrationTask?: Resolver<Maybe<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  sourceServer?: Resolver<Maybe<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  taskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type ConsistencyReportTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyReportTotals'] = ResolversParentTypes['ConsistencyReportTotals']> = {
  consistentDirectories?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consistentTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  differentDirectories?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  differentFiles?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  differentTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  directories?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notVerifiedDirectories?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notVerifiedTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  serversWithoutTask?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  targetMissFiles?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  targetMoreFiles?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tasksWithResults?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalFiles?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
};

export type ConsistencyResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsistencyResult'] = ResolversParentTypes['ConsistencyResult']> = {
  dirCheck?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  numDifferentFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  numTargetMissFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  numTargetMoreFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  numTotalFiles?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type CreateMigrationProjectResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateMigrationProjectResult'] = ResolversParentTypes['CreateMigrationProjectResult']> = {
  __resolveType: TypeResolveFn<'CreateMigrationProjectSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type CreateMigrationProjectSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateMigrationProjectSuccess'] = ResolversParentTypes['CreateMigrationProjectSuccess']> = {
  migrationProject?: Resolver<ResolversTypes['MigrationProject'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateServerTemplateResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateServerTemplateResult'] = ResolversParentTypes['CreateServerTemplateResult']> = {
  __resolveType: TypeResolveFn<'CreateServerTemplateSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type CreateServerTemplateSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateServerTemplateSuccess'] = ResolversParentTypes['CreateServerTemplateSuccess']> = {
  serverTemplate?: Resolver<ResolversTypes['ServerTemplate'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateTaskResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTaskResult'] = ResolversParentTypes['CreateTaskResult']> = {
  __resolveType: TypeResolveFn<'CreateTaskSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type CreateTaskSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTaskSuccess'] = ResolversParentTypes['CreateTaskSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CurrentTaskSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CurrentTaskSettings'] = ResolversParentTypes['CurrentTaskSettings']> = {
  existServer?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  usePublicIp?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type CutoverGateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CutoverGate'] = ResolversParentTypes['CutoverGate']> = {
  notReadyServers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ready?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  readyServers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['CutoverGateReason']>, ParentType, ContextType>;
  servers?: Resolver<Array<ResolversTypes['CutoverGateServer']>, ParentType, ContextType, Partial<CutoverGateServersArgs>>;
};

export type CutoverGateServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CutoverGateServer'] = ResolversParentTypes['CutoverGateServer']> = {
  error?: Resolver<Maybe<ResolversTypes['SmsError']>, ParentType, ContextType>;
  finishedTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  migrationTask?: Resolver<Maybe<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  notVerifiedReason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  ready?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['CutoverGateReason']>, ParentType, ContextType>;
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteMigrationProjectResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteMigrationProjectResult'] = ResolversParentTypes['DeleteMigrationProjectResult']> = {
  __resolveType: TypeResolveFn<'DeleteMigrationProjectSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteMigrationProjectSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteMigrationProjectSuccess'] = ResolversParentTypes['DeleteMigrationProjectSuccess']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteServerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServerResult'] = ResolversParentTypes['DeleteServerResult']> = {
  __resolveType: TypeResolveFn<'DeleteServerSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteServerSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServerSuccess'] = ResolversParentTypes['DeleteServerSuccess']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteServerTemplateResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServerTemplateResult'] = ResolversParentTypes['DeleteServerTemplateResult']> = {
  __resolveType: TypeResolveFn<'DeleteServerTemplateSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteServerTemplateSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServerTemplateSuccess'] = ResolversParentTypes['DeleteServerTemplateSuccess']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteServerTemplatesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServerTemplatesResult'] = ResolversParentTypes['DeleteServerTemplatesResult']> = {
  __resolveType: TypeResolveFn<'DeleteServerTemplatesSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteServerTemplatesSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServerTemplatesSuccess'] = ResolversParentTypes['DeleteServerTemplatesSuccess']> = {
  deletedIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteServersResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServersResult'] = ResolversParentTypes['DeleteServersResult']> = {
  __resolveType: TypeResolveFn<'DeleteServersSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteServersSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteServersSuccess'] = ResolversParentTypes['DeleteServersSuccess']> = {
  deletedIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteTaskResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteTaskResult'] = ResolversParentTypes['DeleteTaskResult']> = {
  __resolveType: TypeResolveFn<'DeleteTaskSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteTaskSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteTaskSuccess'] = ResolversParentTypes['DeleteTaskSuccess']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteTasksResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteTasksResult'] = ResolversParentTypes['DeleteTasksResult']> = {
  __resolveType: TypeResolveFn<'DeleteTasksSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type DeleteTasksSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteTasksSuccess'] = ResolversParentTypes['DeleteTasksSuccess']> = {
  deletedIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EnvironmentCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnvironmentCheck'] = ResolversParentTypes['EnvironmentCheck']> = {
  checkId?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['MigrationError']>, ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorOrWarn?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorParams?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  params?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['CheckOutcome']>, ParentType, ContextType>;
  resultText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExportConsistencyResultsEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsEvent'] = ResolversParentTypes['ExportConsistencyResultsEvent']> = {
  __resolveType: TypeResolveFn<'ExportConsistencyResultsUpdate' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type ExportConsistencyResultsPartialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsPartial'] = ResolversParentTypes['ExportConsistencyResultsPartial']> = {
  failedTasks?: Resolver<Array<ResolversTypes['FailedExportTask']>, ParentType, ContextType>;
  files?: Resolver<Array<ResolversTypes['ExportedFile']>, ParentType, ContextType>;
  requestIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  serversWithoutTask?: Resolver<Array<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['ExportedTask']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportConsistencyResultsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsResult'] = ResolversParentTypes['ExportConsistencyResultsResult']> = {
  __resolveType: TypeResolveFn<'ExportConsistencyResultsPartial' | 'ExportConsistencyResultsSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type ExportConsistencyResultsSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsSuccess'] = ResolversParentTypes['ExportConsistencyResultsSuccess']> = {
  files?: Resolver<Array<ResolversTypes['ExportedFile']>, ParentType, ContextType>;
  requestIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  serversWithoutTask?: Resolver<Array<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['ExportedTask']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportConsistencyResultsUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsUpdate'] = ResolversParentTypes['ExportConsistencyResultsUpdate']> = {
  allFailedTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  doneTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  failedTasks?: Resolver<Array<ResolversTypes['FailedExportTask']>, ParentType, ContextType>;
  files?: Resolver<Array<ResolversTypes['ExportedFile']>, ParentType, ContextType>;
  requestIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  serversWithoutTask?: Resolver<Array<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['ExportedTask']>, ParentType, ContextType>;
  totalTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportedFileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportedFile'] = ResolversParentTypes['ExportedFile']> = {
  base64?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fileName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  json?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExportedTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportedTask'] = ResolversParentTypes['ExportedTask']> = {
  migrationTask?: Resolver<Maybe<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  sourceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sourceName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceServer?: Resolver<Maybe<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type FailedExportTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedExportTask'] = ResolversParentTypes['FailedExportTask']> = {
  error?: Resolver<ResolversTypes['SmsError'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['ExportedTask'], ParentType, ContextType>;
};

export type FailedReportTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedReportTask'] = ResolversParentTypes['FailedReportTask']> = {
  error?: Resolver<ResolversTypes['SmsError'], ParentType, ContextType>;
  taskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type FailedServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedServer'] = ResolversParentTypes['FailedServer']> = {
  error?: Resolver<Maybe<ResolversTypes['MigrationError']>, ParentType, ContextType>;
  errorJson?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hostName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sourceIp?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceServer?: Resolver<Maybe<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  targetIp?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FailedServerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedServerConnection'] = ResolversParentTypes['FailedServerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FailedServerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['FailedServer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type FailedServerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedServerEdge'] = ResolversParentTypes['FailedServerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FailedServer'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LatestConsistencyCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LatestConsistencyCheck'] = ResolversParentTypes['LatestConsistencyCheck']> = {
  checkResult?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  directories?: Resolver<Array<ResolversTypes['ConsistencyResult']>, ParentType, ContextType, Partial<LatestConsistencyCheckDirectoriesArgs>>;
  finishedTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type LogicalVolumeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogicalVolume'] = ResolversParentTypes['LogicalVolume']> = {
  blockCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  blockSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  deviceUse?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fileSystem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freeSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  inodeNums?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  inodeSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  mountPoint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  usedSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export interface LongScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Long'], any> {
  name: 'Long';
}

export type MigrationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationError'] = ResolversParentTypes['MigrationError']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  params?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MigrationProgressEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProgressEvent'] = ResolversParentTypes['MigrationProgressEvent']> = {
  __resolveType: TypeResolveFn<'MigrationProgressUpdate' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type MigrationProgressUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProgressUpdate'] = ResolversParentTypes['MigrationProgressUpdate']> = {
  changedTasks?: Resolver<Maybe<Array<ResolversTypes['MigrationTask']>>, ParentType, ContextType>;
  ended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['MigrationProjectProgress'], ParentType, ContextType>;
  removedTaskIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MigrationProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProject'] = ResolversParentTypes['MigrationProject'], FederationReferenceType extends FederationReferenceTypes['MigrationProject'] = FederationReferenceTypes['MigrationProject']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MigrationProject']> | FederationReferenceType, FederationReferenceType, ContextType>;
  consistency?: Resolver<Maybe<ResolversTypes['MigrationProjectConsistency']>, ParentType, ContextType, RequireFields<MigrationProjectConsistencyArgs, 'maxServers'>>;
  cutoverGate?: Resolver<Maybe<ResolversTypes['CutoverGate']>, ParentType, ContextType, RequireFields<MigrationProjectCutoverGateArgs, 'maxServers'>>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  enterpriseProject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  existServer?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isdefault?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['MigrationProjectProgress']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceServers?: Resolver<Maybe<ResolversTypes['SourceServerConnection']>, ParentType, ContextType, RequireFields<MigrationProjectSourceServersArgs, 'first'>>;
  speedLimit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startNetworkCheck?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  startTargetServer?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  syncing?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['MigrationTaskType']>, ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usePublicIp?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type MigrationProjectConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProjectConnection'] = ResolversParentTypes['MigrationProjectConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MigrationProjectEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['MigrationProject']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MigrationProjectConsistencyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProjectConsistency'] = ResolversParentTypes['MigrationProjectConsistency']> = {
  counts?: Resolver<ResolversTypes['ConsistencyCounts'], ParentType, ContextType>;
  failedTasks?: Resolver<Array<ResolversTypes['FailedReportTask']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NotVerifiedReason']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ConsistencyVerdict'], ParentType, ContextType>;
};

export type MigrationProjectEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProjectEdge'] = ResolversParentTypes['MigrationProjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hasSourceServers?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MigrationProject'], ParentType, ContextType>;
};

export type MigrationProjectProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationProjectProgress'] = ResolversParentTypes['MigrationProjectProgress']> = {
  copiedBytes?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  migrateSpeed?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  remainSeconds?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  remainingBytes?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  servers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  serversWithoutSizes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  serversWithoutTask?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tasksByState?: Resolver<Array<ResolversTypes['TaskStateCount']>, ParentType, ContextType>;
  totalBytes?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type MigrationSubTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationSubTask'] = ResolversParentTypes['MigrationSubTask']> = {
  endDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  migrateSpeed?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  processTrace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subTaskId?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  userOp?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MigrationTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationTask'] = ResolversParentTypes['MigrationTask'], FederationReferenceType extends FederationReferenceTypes['MigrationTask'] = FederationReferenceTypes['MigrationTask']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MigrationTask']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agentCpuUsage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  agentDiskIo?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  agentMemUsage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  allowedActions?: Resolver<Maybe<Array<ResolversTypes['MigrationTaskOperation']>>, ParentType, ContextType>;
  cloneServer?: Resolver<Maybe<ResolversTypes['CloneServer']>, ParentType, ContextType>;
  compressRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  configurationSetting?: Resolver<Maybe<ResolversTypes['ConfigurationSetting']>, ParentType, ContextType, Partial<MigrationTaskConfigurationSettingArgs>>;
  connected?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  consistencyResults?: Resolver<Maybe<Array<ResolversTypes['ConsistencyCheck']>>, ParentType, ContextType>;
  createDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  enterpriseProjectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['MigrationError']>, ParentType, ContextType>;
  errorJson?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  estimateCompleteTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  floatIp?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latestConsistencyCheck?: Resolver<Maybe<ResolversTypes['LatestConsistencyCheck']>, ParentType, ContextType>;
  logCollectStatus?: Resolver<Maybe<ResolversTypes['LogCollectStatus']>, ParentType, ContextType>;
  logCollectStatusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  migrateSpeed?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  migrationIp?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  migrationProject?: Resolver<Maybe<ResolversTypes['MigrationProject']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  needMigrationTest?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  networkCheckInfo?: Resolver<Maybe<ResolversTypes['NetworkCheck']>, ParentType, ContextType>;
  osType?: Resolver<Maybe<ResolversTypes['OsType']>, ParentType, ContextType>;
  osTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  projectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  projectName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  regionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  regionName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  remainSeconds?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  serverTemplate?: Resolver<Maybe<ResolversTypes['ServerTemplate']>, ParentType, ContextType>;
  sourceServer?: Resolver<Maybe<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  specialConfig?: Resolver<Maybe<Array<ResolversTypes['TaskConfiguration']>>, ParentType, ContextType>;
  speedLimit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  speedLimits?: Resolver<Maybe<Array<ResolversTypes['SpeedLimit']>>, ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startTargetServer?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['MigrationTaskState']>, ParentType, ContextType>;
  stateText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subTasks?: Resolver<Maybe<Array<ResolversTypes['MigrationSubTask']>>, ParentType, ContextType>;
  subtaskInfo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  syncing?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  targetServer?: Resolver<Maybe<ResolversTypes['TargetServer']>, ParentType, ContextType>;
  targetSnapshotId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  totalCpuUsage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  totalDiskIo?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  totalMemUsage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  totalTime?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['MigrationTaskType']>, ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vmTemplateId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type MigrationTaskConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationTaskConnection'] = ResolversParentTypes['MigrationTaskConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MigrationTaskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MigrationTaskEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationTaskEdge'] = ResolversParentTypes['MigrationTaskEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
};

export type MigrationTaskEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationTaskEvent'] = ResolversParentTypes['MigrationTaskEvent']> = {
  __resolveType: TypeResolveFn<'MigrationTaskUpdate' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type MigrationTaskUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationTaskUpdate'] = ResolversParentTypes['MigrationTaskUpdate']> = {
  ended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptPrivacyAgreement?: Resolver<ResolversTypes['AcceptPrivacyAgreementResult'], ParentType, ContextType>;
  collectLog?: Resolver<ResolversTypes['CollectLogResult'], ParentType, ContextType, RequireFields<MutationCollectLogArgs, 'input'>>;
  createMigrationProject?: Resolver<ResolversTypes['CreateMigrationProjectResult'], ParentType, ContextType, RequireFields<MutationCreateMigrationProjectArgs, 'input'>>;
  createServerTemplate?: Resolver<ResolversTypes['CreateServerTemplateResult'], ParentType, ContextType, RequireFields<MutationCreateServerTemplateArgs, 'input'>>;
  createTask?: Resolver<ResolversTypes['CreateTaskResult'], ParentType, ContextType, RequireFields<MutationCreateTaskArgs, 'input'>>;
  deleteMigrationProject?: Resolver<ResolversTypes['DeleteMigrationProjectResult'], ParentType, ContextType, RequireFields<MutationDeleteMigrationProjectArgs, 'input'>>;
  deleteServer?: Resolver<ResolversTypes['DeleteServerResult'], ParentType, ContextType, RequireFields<MutationDeleteServerArgs, 'input'>>;
  deleteServerTemplate?: Resolver<ResolversTypes['DeleteServerTemplateResult'], ParentType, ContextType, RequireFields<MutationDeleteServerTemplateArgs, 'input'>>;
  deleteServerTemplates?: Resolver<ResolversTypes['DeleteServerTemplatesResult'], ParentType, ContextType, RequireFields<MutationDeleteServerTemplatesArgs, 'input'>>;
  deleteServers?: Resolver<ResolversTypes['DeleteServersResult'], ParentType, ContextType, RequireFields<MutationDeleteServersArgs, 'input'>>;
  deleteTask?: Resolver<ResolversTypes['DeleteTaskResult'], ParentType, ContextType, RequireFields<MutationDeleteTaskArgs, 'input'>>;
  deleteTasks?: Resolver<ResolversTypes['DeleteTasksResult'], ParentType, ContextType, RequireFields<MutationDeleteTasksArgs, 'input'>>;
  exportConsistencyResults?: Resolver<ResolversTypes['ExportConsistencyResultsResult'], ParentType, ContextType, RequireFields<MutationExportConsistencyResultsArgs, 'input'>>;
  registerServer?: Resolver<ResolversTypes['RegisterServerResult'], ParentType, ContextType, RequireFields<MutationRegisterServerArgs, 'input'>>;
  setDefaultMigrationProject?: Resolver<ResolversTypes['SetDefaultMigrationProjectResult'], ParentType, ContextType, RequireFields<MutationSetDefaultMigrationProjectArgs, 'input'>>;
  updateCommandResult?: Resolver<ResolversTypes['UpdateCommandResultResult'], ParentType, ContextType, RequireFields<MutationUpdateCommandResultArgs, 'input'>>;
  updateConsistencyResult?: Resolver<ResolversTypes['UpdateConsistencyResultResult'], ParentType, ContextType, RequireFields<MutationUpdateConsistencyResultArgs, 'input'>>;
  updateCopyState?: Resolver<ResolversTypes['UpdateCopyStateResult'], ParentType, ContextType, RequireFields<MutationUpdateCopyStateArgs, 'input'>>;
  updateDiskInfo?: Resolver<ResolversTypes['UpdateDiskInfoResult'], ParentType, ContextType, RequireFields<MutationUpdateDiskInfoArgs, 'input'>>;
  updateMigrationProject?: Resolver<ResolversTypes['UpdateMigrationProjectResult'], ParentType, ContextType, RequireFields<MutationUpdateMigrationProjectArgs, 'input'>>;
  updateNetworkCheckInfo?: Resolver<ResolversTypes['UpdateNetworkCheckInfoResult'], ParentType, ContextType, RequireFields<MutationUpdateNetworkCheckInfoArgs, 'input'>>;
  updateServer?: Resolver<ResolversTypes['UpdateServerResult'], ParentType, ContextType, RequireFields<MutationUpdateServerArgs, 'input'>>;
  updateServerTemplate?: Resolver<ResolversTypes['UpdateServerTemplateResult'], ParentType, ContextType, RequireFields<MutationUpdateServerTemplateArgs, 'input'>>;
  updateSpeed?: Resolver<ResolversTypes['UpdateSpeedResult'], ParentType, ContextType, RequireFields<MutationUpdateSpeedArgs, 'input'>>;
  updateTask?: Resolver<ResolversTypes['UpdateTaskResult'], ParentType, ContextType, RequireFields<MutationUpdateTaskArgs, 'input'>>;
  updateTaskSpeed?: Resolver<ResolversTypes['UpdateTaskSpeedResult'], ParentType, ContextType, RequireFields<MutationUpdateTaskSpeedArgs, 'input'>>;
  updateTaskStatus?: Resolver<ResolversTypes['UpdateTaskStatusResult'], ParentType, ContextType, RequireFields<MutationUpdateTaskStatusArgs, 'input'>>;
  uploadConfigurationSetting?: Resolver<ResolversTypes['UploadConfigurationSettingResult'], ParentType, ContextType, RequireFields<MutationUploadConfigurationSettingArgs, 'input'>>;
};

export type NetworkCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NetworkCheck'] = ResolversParentTypes['NetworkCheck']> = {
  cpuUsage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  destinationConnectivity?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  domainConnectivity?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  evaluationResult?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lossPercentage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  memUsage?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  migrationSpeed?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  networkDelay?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  networkJitter?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PhysicalVolumeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PhysicalVolume'] = ResolversParentTypes['PhysicalVolume']> = {
  deviceUse?: Resolver<Maybe<ResolversTypes['DeviceUse']>, ParentType, ContextType>;
  deviceUseText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fileSystem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freeSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  index?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  inodeNums?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  inodeSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  mountPoint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  relationName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  sizePerCluster?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  usedSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  uuid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  volumeId?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type PrivacyAgreementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PrivacyAgreement'] = ResolversParentTypes['PrivacyAgreement']> = {
  flag?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  agentCommand?: Resolver<Maybe<ResolversTypes['AgentCommand']>, ParentType, ContextType, RequireFields<QueryAgentCommandArgs, 'serverId'>>;
  agentConfig?: Resolver<Maybe<ResolversTypes['AgentConfig']>, ParentType, ContextType>;
  apiVersion?: Resolver<Maybe<ResolversTypes['SmsApiVersion']>, ParentType, ContextType, RequireFields<QueryApiVersionArgs, 'version'>>;
  apiVersions?: Resolver<Maybe<Array<ResolversTypes['SmsApiVersion']>>, ParentType, ContextType>;
  certificateKey?: Resolver<Maybe<ResolversTypes['CertificateKey']>, ParentType, ContextType, RequireFields<QueryCertificateKeyArgs, 'taskId'>>;
  configurationSetting?: Resolver<Maybe<ResolversTypes['ConfigurationSetting']>, ParentType, ContextType, RequireFields<QueryConfigurationSettingArgs, 'taskId'>>;
  consistencyReport?: Resolver<Maybe<ResolversTypes['ConsistencyReport']>, ParentType, ContextType, RequireFields<QueryConsistencyReportArgs, 'format' | 'onlyDifferences'>>;
  consistencyResults?: Resolver<Maybe<Array<ResolversTypes['ConsistencyCheck']>>, ParentType, ContextType, RequireFields<QueryConsistencyResultsArgs, 'taskId'>>;
  failedServers?: Resolver<Maybe<ResolversTypes['FailedServerConnection']>, ParentType, ContextType, RequireFields<QueryFailedServersArgs, 'first'>>;
  migrationProject?: Resolver<Maybe<ResolversTypes['MigrationProject']>, ParentType, ContextType, RequireFields<QueryMigrationProjectArgs, 'id'>>;
  migrationProjects?: Resolver<Maybe<ResolversTypes['MigrationProjectConnection']>, ParentType, ContextType, RequireFields<QueryMigrationProjectsArgs, 'first'>>;
  migrationTask?: Resolver<Maybe<ResolversTypes['MigrationTask']>, ParentType, ContextType, RequireFields<QueryMigrationTaskArgs, 'id'>>;
  migrationTasks?: Resolver<Maybe<ResolversTypes['MigrationTaskConnection']>, ParentType, ContextType, RequireFields<QueryMigrationTasksArgs, 'first'>>;
  overview?: Resolver<Maybe<ResolversTypes['SourceServerOverview']>, ParentType, ContextType>;
  passphrase?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryPassphraseArgs, 'taskId'>>;
  privacyAgreement?: Resolver<Maybe<ResolversTypes['PrivacyAgreement']>, ParentType, ContextType>;
  serverTemplate?: Resolver<Maybe<ResolversTypes['ServerTemplate']>, ParentType, ContextType, RequireFields<QueryServerTemplateArgs, 'id'>>;
  serverTemplates?: Resolver<Maybe<ResolversTypes['ServerTemplateConnection']>, ParentType, ContextType, RequireFields<QueryServerTemplatesArgs, 'first'>>;
  sourceServer?: Resolver<Maybe<ResolversTypes['SourceServer']>, ParentType, ContextType, RequireFields<QuerySourceServerArgs, 'id'>>;
  sourceServers?: Resolver<Maybe<ResolversTypes['SourceServerConnection']>, ParentType, ContextType, RequireFields<QuerySourceServersArgs, 'first'>>;
  speedLimits?: Resolver<Maybe<Array<ResolversTypes['SpeedLimit']>>, ParentType, ContextType, RequireFields<QuerySpeedLimitsArgs, 'taskId'>>;
  targetPassword?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryTargetPasswordArgs, 'templateId'>>;
};

export type RecommendedDiskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecommendedDisk'] = ResolversParentTypes['RecommendedDisk']> = {
  deviceUse?: Resolver<Maybe<ResolversTypes['DeviceUse']>, ParentType, ContextType>;
  deviceUseText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  physicalVolumes?: Resolver<Maybe<Array<ResolversTypes['PhysicalVolume']>>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  usedSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type RecommendedTargetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecommendedTarget'] = ResolversParentTypes['RecommendedTarget']> = {
  disks?: Resolver<Maybe<Array<ResolversTypes['RecommendedDisk']>>, ParentType, ContextType>;
  volumeGroups?: Resolver<Maybe<Array<ResolversTypes['VolumeGroup']>>, ParentType, ContextType>;
};

export type RegisterServerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterServerResult'] = ResolversParentTypes['RegisterServerResult']> = {
  __resolveType: TypeResolveFn<'RegisterServerSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type RegisterServerSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterServerSuccess'] = ResolversParentTypes['RegisterServerSuccess']> = {
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ServerDiskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServerDisk'] = ResolversParentTypes['ServerDisk']> = {
  deviceUse?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  inodeSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  osDisk?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  partitionStyle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  physicalVolumes?: Resolver<Maybe<Array<ResolversTypes['PhysicalVolume']>>, ParentType, ContextType>;
  relationName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  usedSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type ServerNetworkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServerNetwork'] = ResolversParentTypes['ServerNetwork']> = {
  adapterId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  gateway?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ipv6?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mac?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mtu?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  netmask?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ServerTemplateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServerTemplate'] = ResolversParentTypes['ServerTemplate'], FederationReferenceType extends FederationReferenceTypes['ServerTemplate'] = FederationReferenceTypes['ServerTemplate']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ServerTemplate']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availabilityZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dataVolumeType?: Resolver<Maybe<ResolversTypes['TemplateVolumeType']>, ParentType, ContextType>;
  dataVolumeTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disk?: Resolver<Maybe<Array<ResolversTypes['TemplateDisk']>>, ParentType, ContextType>;
  flavor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  isTemplate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nics?: Resolver<Maybe<Array<ResolversTypes['TemplateNic']>>, ParentType, ContextType>;
  projectid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  publicip?: Resolver<Maybe<ResolversTypes['TemplatePublicIp']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  securityGroups?: Resolver<Maybe<Array<ResolversTypes['TemplateSecurityGroup']>>, ParentType, ContextType>;
  targetPassword?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetServerName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  volumetype?: Resolver<Maybe<ResolversTypes['TemplateVolumeType']>, ParentType, ContextType>;
  volumetypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vpc?: Resolver<Maybe<ResolversTypes['TemplateVpc']>, ParentType, ContextType>;
};

export type ServerTemplateConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServerTemplateConnection'] = ResolversParentTypes['ServerTemplateConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ServerTemplateEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ServerTemplate']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ServerTemplateEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServerTemplateEdge'] = ResolversParentTypes['ServerTemplateEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ServerTemplate'], ParentType, ContextType>;
};

export type SetDefaultMigrationProjectResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetDefaultMigrationProjectResult'] = ResolversParentTypes['SetDefaultMigrationProjectResult']> = {
  __resolveType: TypeResolveFn<'SetDefaultMigrationProjectSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type SetDefaultMigrationProjectSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetDefaultMigrationProjectSuccess'] = ResolversParentTypes['SetDefaultMigrationProjectSuccess']> = {
  migrationProject?: Resolver<ResolversTypes['MigrationProject'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsApiVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsApiVersion'] = ResolversParentTypes['SmsApiVersion']> = {
  links?: Resolver<Maybe<Array<ResolversTypes['SmsApiVersionLink']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SmsApiVersionLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsApiVersionLink'] = ResolversParentTypes['SmsApiVersionLink']> = {
  href?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SmsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsError'] = ResolversParentTypes['SmsError']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type SmsErrorDetailResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsErrorDetail'] = ResolversParentTypes['SmsErrorDetail']> = {
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorMsg?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SmsForbiddenErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsForbiddenError'] = ResolversParentTypes['SmsForbiddenError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  encodedAuthorizationMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  httpStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsInvalidFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsInvalidField'] = ResolversParentTypes['SmsInvalidField']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SmsInvalidInputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsInvalidInputError'] = ResolversParentTypes['SmsInvalidInputError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  fields?: Resolver<Maybe<Array<ResolversTypes['SmsInvalidField']>>, ParentType, ContextType>;
  httpStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SmsInvalidInputKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsNotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsNotFoundError'] = ResolversParentTypes['SmsNotFoundError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  httpStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsThrottledErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsThrottledError'] = ResolversParentTypes['SmsThrottledError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  httpStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsUnauthenticatedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsUnauthenticatedError'] = ResolversParentTypes['SmsUnauthenticatedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  httpStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsUnavailableError'] = ResolversParentTypes['SmsUnavailableError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  httpStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['CallOutcome'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['SmsUnavailableReason'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceServer'] = ResolversParentTypes['SourceServer'], FederationReferenceType extends FederationReferenceTypes['SourceServer'] = FederationReferenceTypes['SourceServer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SourceServer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  agentVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  btrfsList?: Resolver<Maybe<Array<ResolversTypes['BtrfsFileSystem']>>, ParentType, ContextType>;
  checks?: Resolver<Maybe<Array<ResolversTypes['EnvironmentCheck']>>, ParentType, ContextType>;
  connected?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  cpuQuantity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  currentTask?: Resolver<Maybe<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  currentTaskLog?: Resolver<Maybe<ResolversTypes['TaskLog']>, ParentType, ContextType>;
  currentTaskSettings?: Resolver<Maybe<ResolversTypes['CurrentTaskSettings']>, ParentType, ContextType>;
  disks?: Resolver<Maybe<Array<ResolversTypes['ServerDisk']>>, ParentType, ContextType>;
  enterpriseProjectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  firmware?: Resolver<Maybe<ResolversTypes['Firmware']>, ParentType, ContextType>;
  firmwareText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasTc?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  hostname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  initTargetServer?: Resolver<Maybe<ResolversTypes['RecommendedTarget']>, ParentType, ContextType>;
  ip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isConsistencyResultExist?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastVisitTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  latestConsistencyCheck?: Resolver<Maybe<ResolversTypes['LatestConsistencyCheck']>, ParentType, ContextType>;
  memory?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  migrationCycle?: Resolver<Maybe<ResolversTypes['MigrationCycle']>, ParentType, ContextType>;
  migrationCycleText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  migrationProject?: Resolver<Maybe<ResolversTypes['MigrationProject']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  networks?: Resolver<Maybe<Array<ResolversTypes['ServerNetwork']>>, ParentType, ContextType>;
  oemSystem?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  osType?: Resolver<Maybe<ResolversTypes['OsType']>, ParentType, ContextType>;
  osTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  osVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replicatesize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  stageActionTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['SourceServerState']>, ParentType, ContextType>;
  stateActionTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stateText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  totalsize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  volumeGroups?: Resolver<Maybe<Array<ResolversTypes['VolumeGroup']>>, ParentType, ContextType>;
};

export type SourceServerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceServerConnection'] = ResolversParentTypes['SourceServerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SourceServerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SourceServerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceServerEdge'] = ResolversParentTypes['SourceServerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
};

export type SourceServerOverviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceServerOverview'] = ResolversParentTypes['SourceServerOverview']> = {
  cloning?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cutovering?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  deleting?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  finished?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  initialize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  replicate?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  skipping?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stopped?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stopping?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  syncing?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unavailable?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unconfigured?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  waiting?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SpeedLimitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpeedLimit'] = ResolversParentTypes['SpeedLimit']> = {
  end?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  overSpeedThreshold?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  speed?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  exportConsistencyResults?: SubscriptionResolver<ResolversTypes['ExportConsistencyResultsEvent'], "exportConsistencyResults", ParentType, ContextType, RequireFields<SubscriptionExportConsistencyResultsArgs, 'input'>>;
  migrationProgress?: SubscriptionResolver<ResolversTypes['MigrationProgressEvent'], "migrationProgress", ParentType, ContextType, RequireFields<SubscriptionMigrationProgressArgs, 'interval'>>;
  migrationTask?: SubscriptionResolver<ResolversTypes['MigrationTaskEvent'], "migrationTask", ParentType, ContextType, RequireFields<SubscriptionMigrationTaskArgs, 'id' | 'interval'>>;
};

export type TargetDiskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TargetDisk'] = ResolversParentTypes['TargetDisk']> = {
  deviceUse?: Resolver<Maybe<ResolversTypes['DeviceUse']>, ParentType, ContextType>;
  deviceUseText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  diskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  diskIndex?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  osDisk?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  partitionStyle?: Resolver<Maybe<ResolversTypes['PartitionStyle']>, ParentType, ContextType>;
  partitionStyleText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  physicalVolumes?: Resolver<Maybe<Array<ResolversTypes['PhysicalVolume']>>, ParentType, ContextType>;
  relationName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  targetDiskId?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  usedSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type TargetServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TargetServer'] = ResolversParentTypes['TargetServer']> = {
  btrfsList?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  cutoveredSnapshotIds?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disks?: Resolver<Maybe<Array<ResolversTypes['TargetDisk']>>, ParentType, ContextType>;
  imageDiskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  ip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  osType?: Resolver<Maybe<ResolversTypes['OsType']>, ParentType, ContextType>;
  osTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  osVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  systemDir?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetServerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  vmId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  volumeGroups?: Resolver<Maybe<Array<ResolversTypes['VolumeGroup']>>, ParentType, ContextType>;
};

export type TaskConfigurationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskConfiguration'] = ResolversParentTypes['TaskConfiguration']> = {
  configKey?: Resolver<Maybe<ResolversTypes['ConfigKey']>, ParentType, ContextType>;
  configKeyText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  configStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  configValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TaskLogResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskLog'] = ResolversParentTypes['TaskLog']> = {
  logBucket?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logExpire?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  logShareUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logUploadTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TaskStateCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskStateCount'] = ResolversParentTypes['TaskStateCount']> = {
  state?: Resolver<Maybe<ResolversTypes['MigrationTaskState']>, ParentType, ContextType>;
  stateText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TemplateDiskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TemplateDisk'] = ResolversParentTypes['TemplateDisk']> = {
  deviceUse?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  diskId?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  disktype?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  index?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type TemplateNicResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TemplateNic'] = ResolversParentTypes['TemplateNic']> = {
  cidr?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subnetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type TemplatePublicIpResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TemplatePublicIp'] = ResolversParentTypes['TemplatePublicIp']> = {
  bandwidthShareType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bandwidthSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TemplateSecurityGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TemplateSecurityGroup'] = ResolversParentTypes['TemplateSecurityGroup']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  securityGroupId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type TemplateVpcResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TemplateVpc'] = ResolversParentTypes['TemplateVpc']> = {
  cidr?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vpcId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type UpdateCommandResultResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCommandResultResult'] = ResolversParentTypes['UpdateCommandResultResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateCommandResultSuccess', ParentType, ContextType>;
};

export type UpdateCommandResultSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCommandResultSuccess'] = ResolversParentTypes['UpdateCommandResultSuccess']> = {
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateConsistencyResultResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateConsistencyResultResult'] = ResolversParentTypes['UpdateConsistencyResultResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateConsistencyResultSuccess', ParentType, ContextType>;
};

export type UpdateConsistencyResultSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateConsistencyResultSuccess'] = ResolversParentTypes['UpdateConsistencyResultSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateCopyStateResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCopyStateResult'] = ResolversParentTypes['UpdateCopyStateResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateCopyStateSuccess', ParentType, ContextType>;
};

export type UpdateCopyStateSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCopyStateSuccess'] = ResolversParentTypes['UpdateCopyStateSuccess']> = {
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateDiskInfoResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateDiskInfoResult'] = ResolversParentTypes['UpdateDiskInfoResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateDiskInfoSuccess', ParentType, ContextType>;
};

export type UpdateDiskInfoSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateDiskInfoSuccess'] = ResolversParentTypes['UpdateDiskInfoSuccess']> = {
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateMigrationProjectResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateMigrationProjectResult'] = ResolversParentTypes['UpdateMigrationProjectResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateMigrationProjectSuccess', ParentType, ContextType>;
};

export type UpdateMigrationProjectSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateMigrationProjectSuccess'] = ResolversParentTypes['UpdateMigrationProjectSuccess']> = {
  migrationProject?: Resolver<ResolversTypes['MigrationProject'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateNetworkCheckInfoResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateNetworkCheckInfoResult'] = ResolversParentTypes['UpdateNetworkCheckInfoResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateNetworkCheckInfoSuccess', ParentType, ContextType>;
};

export type UpdateNetworkCheckInfoSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateNetworkCheckInfoSuccess'] = ResolversParentTypes['UpdateNetworkCheckInfoSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateServerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateServerResult'] = ResolversParentTypes['UpdateServerResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateServerSuccess', ParentType, ContextType>;
};

export type UpdateServerSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateServerSuccess'] = ResolversParentTypes['UpdateServerSuccess']> = {
  sourceServer?: Resolver<ResolversTypes['SourceServer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateServerTemplateResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateServerTemplateResult'] = ResolversParentTypes['UpdateServerTemplateResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateServerTemplateSuccess', ParentType, ContextType>;
};

export type UpdateServerTemplateSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateServerTemplateSuccess'] = ResolversParentTypes['UpdateServerTemplateSuccess']> = {
  serverTemplate?: Resolver<ResolversTypes['ServerTemplate'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateSpeedResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateSpeedResult'] = ResolversParentTypes['UpdateSpeedResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateSpeedSuccess', ParentType, ContextType>;
};

export type UpdateSpeedSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateSpeedSuccess'] = ResolversParentTypes['UpdateSpeedSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateTaskResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskResult'] = ResolversParentTypes['UpdateTaskResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateTaskSuccess', ParentType, ContextType>;
};

export type UpdateTaskSpeedResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskSpeedResult'] = ResolversParentTypes['UpdateTaskSpeedResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateTaskSpeedSuccess', ParentType, ContextType>;
};

export type UpdateTaskSpeedSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskSpeedSuccess'] = ResolversParentTypes['UpdateTaskSpeedSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateTaskStatusResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskStatusResult'] = ResolversParentTypes['UpdateTaskStatusResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UpdateTaskStatusSuccess', ParentType, ContextType>;
};

export type UpdateTaskStatusSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskStatusSuccess'] = ResolversParentTypes['UpdateTaskStatusSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateTaskSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskSuccess'] = ResolversParentTypes['UpdateTaskSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UploadConfigurationSettingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadConfigurationSettingResult'] = ResolversParentTypes['UploadConfigurationSettingResult']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError' | 'UploadConfigurationSettingSuccess', ParentType, ContextType>;
};

export type UploadConfigurationSettingSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadConfigurationSettingSuccess'] = ResolversParentTypes['UploadConfigurationSettingSuccess']> = {
  migrationTask?: Resolver<ResolversTypes['MigrationTask'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VolumeGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VolumeGroup'] = ResolversParentTypes['VolumeGroup']> = {
  components?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freeSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  logicalVolumes?: Resolver<Maybe<Array<ResolversTypes['LogicalVolume']>>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AcceptPrivacyAgreementResult?: AcceptPrivacyAgreementResultResolvers<ContextType>;
  AcceptPrivacyAgreementSuccess?: AcceptPrivacyAgreementSuccessResolvers<ContextType>;
  AgentCommand?: AgentCommandResolvers<ContextType>;
  AgentCommandParam?: AgentCommandParamResolvers<ContextType>;
  AgentConfig?: AgentConfigResolvers<ContextType>;
  BtrfsFileSystem?: BtrfsFileSystemResolvers<ContextType>;
  BtrfsSubvolume?: BtrfsSubvolumeResolvers<ContextType>;
  CertificateKey?: CertificateKeyResolvers<ContextType>;
  CloneServer?: CloneServerResolvers<ContextType>;
  CollectLogResult?: CollectLogResultResolvers<ContextType>;
  CollectLogSuccess?: CollectLogSuccessResolvers<ContextType>;
  ConfigurationSetting?: ConfigurationSettingResolvers<ContextType>;
  ConsistencyCheck?: ConsistencyCheckResolvers<ContextType>;
  ConsistencyCounts?: ConsistencyCountsResolvers<ContextType>;
  ConsistencyReport?: ConsistencyReportResolvers<ContextType>;
  ConsistencyReportRow?: ConsistencyReportRowResolvers<ContextType>;
  ConsistencyReportServer?: ConsistencyReportServerResolvers<ContextType>;
  ConsistencyReportTask?: ConsistencyReportTaskResolvers<ContextType>;
  ConsistencyReportTotals?: ConsistencyReportTotalsResolvers<ContextType>;
  ConsistencyResult?: ConsistencyResultResolvers<ContextType>;
  CreateMigrationProjectResult?: CreateMigrationProjectResultResolvers<ContextType>;
  CreateMigrationProjectSuccess?: CreateMigrationProjectSuccessResolvers<ContextType>;
  CreateServerTemplateResult?: CreateServerTemplateResultResolvers<ContextType>;
  CreateServerTemplateSuccess?: CreateServerTemplateSuccessResolvers<ContextType>;
  CreateTaskResult?: CreateTaskResultResolvers<ContextType>;
  CreateTaskSuccess?: CreateTaskSuccessResolvers<ContextType>;
  CurrentTaskSettings?: CurrentTaskSettingsResolvers<ContextType>;
  CutoverGate?: CutoverGateResolvers<ContextType>;
  CutoverGateServer?: CutoverGateServerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteMigrationProjectResult?: DeleteMigrationProjectResultResolvers<ContextType>;
  DeleteMigrationProjectSuccess?: DeleteMigrationProjectSuccessResolvers<ContextType>;
  DeleteServerResult?: DeleteServerResultResolvers<ContextType>;
  DeleteServerSuccess?: DeleteServerSuccessResolvers<ContextType>;
  DeleteServerTemplateResult?: DeleteServerTemplateResultResolvers<ContextType>;
  DeleteServerTemplateSuccess?: DeleteServerTemplateSuccessResolvers<ContextType>;
  DeleteServerTemplatesResult?: DeleteServerTemplatesResultResolvers<ContextType>;
  DeleteServerTemplatesSuccess?: DeleteServerTemplatesSuccessResolvers<ContextType>;
  DeleteServersResult?: DeleteServersResultResolvers<ContextType>;
  DeleteServersSuccess?: DeleteServersSuccessResolvers<ContextType>;
  DeleteTaskResult?: DeleteTaskResultResolvers<ContextType>;
  DeleteTaskSuccess?: DeleteTaskSuccessResolvers<ContextType>;
  DeleteTasksResult?: DeleteTasksResultResolvers<ContextType>;
  DeleteTasksSuccess?: DeleteTasksSuccessResolvers<ContextType>;
  EnvironmentCheck?: EnvironmentCheckResolvers<ContextType>;
  ExportConsistencyResultsEvent?: ExportConsistencyResultsEventResolvers<ContextType>;
  ExportConsistencyResultsPartial?: ExportConsistencyResultsPartialResolvers<ContextType>;
  ExportConsistencyResultsResult?: ExportConsistencyResultsResultResolvers<ContextType>;
  ExportConsistencyResultsSuccess?: ExportConsistencyResultsSuccessResolvers<ContextType>;
  ExportConsistencyResultsUpdate?: ExportConsistencyResultsUpdateResolvers<ContextType>;
  ExportedFile?: ExportedFileResolvers<ContextType>;
  ExportedTask?: ExportedTaskResolvers<ContextType>;
  FailedExportTask?: FailedExportTaskResolvers<ContextType>;
  FailedReportTask?: FailedReportTaskResolvers<ContextType>;
  FailedServer?: FailedServerResolvers<ContextType>;
  FailedServerConnection?: FailedServerConnectionResolvers<ContextType>;
  FailedServerEdge?: FailedServerEdgeResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  LatestConsistencyCheck?: LatestConsistencyCheckResolvers<ContextType>;
  LogicalVolume?: LogicalVolumeResolvers<ContextType>;
  Long?: GraphQLScalarType;
  MigrationError?: MigrationErrorResolvers<ContextType>;
  MigrationProgressEvent?: MigrationProgressEventResolvers<ContextType>;
  MigrationProgressUpdate?: MigrationProgressUpdateResolvers<ContextType>;
  MigrationProject?: MigrationProjectResolvers<ContextType>;
  MigrationProjectConnection?: MigrationProjectConnectionResolvers<ContextType>;
  MigrationProjectConsistency?: MigrationProjectConsistencyResolvers<ContextType>;
  MigrationProjectEdge?: MigrationProjectEdgeResolvers<ContextType>;
  MigrationProjectProgress?: MigrationProjectProgressResolvers<ContextType>;
  MigrationSubTask?: MigrationSubTaskResolvers<ContextType>;
  MigrationTask?: MigrationTaskResolvers<ContextType>;
  MigrationTaskConnection?: MigrationTaskConnectionResolvers<ContextType>;
  MigrationTaskEdge?: MigrationTaskEdgeResolvers<ContextType>;
  MigrationTaskEvent?: MigrationTaskEventResolvers<ContextType>;
  MigrationTaskUpdate?: MigrationTaskUpdateResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NetworkCheck?: NetworkCheckResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PhysicalVolume?: PhysicalVolumeResolvers<ContextType>;
  PrivacyAgreement?: PrivacyAgreementResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecommendedDisk?: RecommendedDiskResolvers<ContextType>;
  RecommendedTarget?: RecommendedTargetResolvers<ContextType>;
  RegisterServerResult?: RegisterServerResultResolvers<ContextType>;
  RegisterServerSuccess?: RegisterServerSuccessResolvers<ContextType>;
  ServerDisk?: ServerDiskResolvers<ContextType>;
  ServerNetwork?: ServerNetworkResolvers<ContextType>;
  ServerTemplate?: ServerTemplateResolvers<ContextType>;
  ServerTemplateConnection?: ServerTemplateConnectionResolvers<ContextType>;
  ServerTemplateEdge?: ServerTemplateEdgeResolvers<ContextType>;
  SetDefaultMigrationProjectResult?: SetDefaultMigrationProjectResultResolvers<ContextType>;
  SetDefaultMigrationProjectSuccess?: SetDefaultMigrationProjectSuccessResolvers<ContextType>;
  SmsApiVersion?: SmsApiVersionResolvers<ContextType>;
  SmsApiVersionLink?: SmsApiVersionLinkResolvers<ContextType>;
  SmsError?: SmsErrorResolvers<ContextType>;
  SmsErrorDetail?: SmsErrorDetailResolvers<ContextType>;
  SmsForbiddenError?: SmsForbiddenErrorResolvers<ContextType>;
  SmsInvalidField?: SmsInvalidFieldResolvers<ContextType>;
  SmsInvalidInputError?: SmsInvalidInputErrorResolvers<ContextType>;
  SmsNotFoundError?: SmsNotFoundErrorResolvers<ContextType>;
  SmsThrottledError?: SmsThrottledErrorResolvers<ContextType>;
  SmsUnauthenticatedError?: SmsUnauthenticatedErrorResolvers<ContextType>;
  SmsUnavailableError?: SmsUnavailableErrorResolvers<ContextType>;
  SourceServer?: SourceServerResolvers<ContextType>;
  SourceServerConnection?: SourceServerConnectionResolvers<ContextType>;
  SourceServerEdge?: SourceServerEdgeResolvers<ContextType>;
  SourceServerOverview?: SourceServerOverviewResolvers<ContextType>;
  SpeedLimit?: SpeedLimitResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TargetDisk?: TargetDiskResolvers<ContextType>;
  TargetServer?: TargetServerResolvers<ContextType>;
  TaskConfiguration?: TaskConfigurationResolvers<ContextType>;
  TaskLog?: TaskLogResolvers<ContextType>;
  TaskStateCount?: TaskStateCountResolvers<ContextType>;
  TemplateDisk?: TemplateDiskResolvers<ContextType>;
  TemplateNic?: TemplateNicResolvers<ContextType>;
  TemplatePublicIp?: TemplatePublicIpResolvers<ContextType>;
  TemplateSecurityGroup?: TemplateSecurityGroupResolvers<ContextType>;
  TemplateVpc?: TemplateVpcResolvers<ContextType>;
  UpdateCommandResultResult?: UpdateCommandResultResultResolvers<ContextType>;
  UpdateCommandResultSuccess?: UpdateCommandResultSuccessResolvers<ContextType>;
  UpdateConsistencyResultResult?: UpdateConsistencyResultResultResolvers<ContextType>;
  UpdateConsistencyResultSuccess?: UpdateConsistencyResultSuccessResolvers<ContextType>;
  UpdateCopyStateResult?: UpdateCopyStateResultResolvers<ContextType>;
  UpdateCopyStateSuccess?: UpdateCopyStateSuccessResolvers<ContextType>;
  UpdateDiskInfoResult?: UpdateDiskInfoResultResolvers<ContextType>;
  UpdateDiskInfoSuccess?: UpdateDiskInfoSuccessResolvers<ContextType>;
  UpdateMigrationProjectResult?: UpdateMigrationProjectResultResolvers<ContextType>;
  UpdateMigrationProjectSuccess?: UpdateMigrationProjectSuccessResolvers<ContextType>;
  UpdateNetworkCheckInfoResult?: UpdateNetworkCheckInfoResultResolvers<ContextType>;
  UpdateNetworkCheckInfoSuccess?: UpdateNetworkCheckInfoSuccessResolvers<ContextType>;
  UpdateServerResult?: UpdateServerResultResolvers<ContextType>;
  UpdateServerSuccess?: UpdateServerSuccessResolvers<ContextType>;
  UpdateServerTemplateResult?: UpdateServerTemplateResultResolvers<ContextType>;
  UpdateServerTemplateSuccess?: UpdateServerTemplateSuccessResolvers<ContextType>;
  UpdateSpeedResult?: UpdateSpeedResultResolvers<ContextType>;
  UpdateSpeedSuccess?: UpdateSpeedSuccessResolvers<ContextType>;
  UpdateTaskResult?: UpdateTaskResultResolvers<ContextType>;
  UpdateTaskSpeedResult?: UpdateTaskSpeedResultResolvers<ContextType>;
  UpdateTaskSpeedSuccess?: UpdateTaskSpeedSuccessResolvers<ContextType>;
  UpdateTaskStatusResult?: UpdateTaskStatusResultResolvers<ContextType>;
  UpdateTaskStatusSuccess?: UpdateTaskStatusSuccessResolvers<ContextType>;
  UpdateTaskSuccess?: UpdateTaskSuccessResolvers<ContextType>;
  UploadConfigurationSettingResult?: UploadConfigurationSettingResultResolvers<ContextType>;
  UploadConfigurationSettingSuccess?: UploadConfigurationSettingSuccessResolvers<ContextType>;
  VolumeGroup?: VolumeGroupResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cost?: CostDirectiveResolver<any, any, ContextType>;
  detail?: DetailDirectiveResolver<any, any, ContextType>;
  limit?: LimitDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  listed?: ListedDirectiveResolver<any, any, ContextType>;
  lowerCase?: LowerCaseDirectiveResolver<any, any, ContextType>;
  pathId?: PathIdDirectiveResolver<any, any, ContextType>;
  wire?: WireDirectiveResolver<any, any, ContextType>;
};
