/** One case for each mutation of the migration agent: an input that works, and the call that it makes. */
import { BILLING_SERVER, BILLING_TASK } from './ask.ts';
import { WEB_SERVER, WEB_TASK } from './harness.ts';
import { type MutationCase, server, task } from './mutations.ts';

const QUALITY = {
  networkDelay: 20.5,
  networkJitter: 2,
  migrationSpeed: 100,
  lossPercentage: 0,
  cpuUsage: 10,
  memUsage: 20,
  evaluationResult: 'normal',
};

export const agentMutations: readonly MutationCase[] = [
  {
    name: 'registerServer',
    input: {
      name: 'new-server',
      ip: '192.0.2.7',
      osType: 'LINUX',
      osVersion: 'UBUNTU_22_4_64BIT',
      agentVersion: '25.2.0',
      networks: [{ mac: 'fa:16:3e:00:00:01', ip: '192.0.2.7' }],
      migrationCycle: 'CHECKING',
      state: 'WAITING',
      platform: 'VMWARE',
      memory: 2048,
      ioReadWait: 0.5,
    },
    call: 'POST /v3/sources',
    body: {
      name: 'new-server',
      ip: '192.0.2.7',
      os_type: 'LINUX',
      os_version: 'UBUNTU_22_4_64BIT',
      agent_version: '25.2.0',
      networks: [{ mac: 'fa:16:3e:00:00:01', ip: '192.0.2.7' }],
      migration_cycle: 'checking',
      state: 'waiting',
      platform: 'vmware',
      memory: 2048,
      io_read_wait: 0.5,
    },
    action: 'sms:server:register',
    reads: server(null),
  },
  {
    name: 'updateCopyState',
    input: { id: WEB_SERVER, copystate: 'INIT', migrationcycle: 'READY_FOR_TEST' },
    call: `PUT /v3/sources/${WEB_SERVER}/changestate`,
    body: { copystate: 'init', migrationcycle: 'ready_for_test' },
    action: 'sms:server:updateState',
    reads: server(WEB_SERVER),
  },
  {
    name: 'updateDiskInfo',
    input: {
      id: WEB_SERVER,
      disks: [{ name: '/dev/vdz', size: 1024, physicalVolumes: [{ name: '/dev/vdz1', sizePerCluster: 4096 }] }],
      btrfsList: [{ globalReserve1: 'single', gVolUsedSize: 1, subvolumn: [{ subvolMountPath: '/' }] }],
    },
    call: `PUT /v3/sources/${WEB_SERVER}/diskinfo`,
    body: {
      disks: [{ name: '/dev/vdz', size: 1024, physical_volumes: [{ name: '/dev/vdz1', size_per_cluster: 4096 }] }],
      btrfs_list: [{ global_reserve1: 'single', g_vol_used_size: 1, subvolumn: [{ subvol_mount_path: '/' }] }],
    },
    action: 'sms:server:updateDiskInfo',
    reads: server(WEB_SERVER),
  },
  {
    name: 'updateCommandResult',
    input: { serverId: BILLING_SERVER, commandName: 'STOP', result: 'success', resultDetail: { myKey: [1, null] } },
    call: `POST /v3/sources/${BILLING_SERVER}/command_result`,
    // The detail is JSON of the agent, so its keys are not renamed.
    body: { command_name: 'STOP', result: 'success', result_detail: { myKey: [1, null] } },
    action: 'sms:server:updateCommandResult',
    reads: server(BILLING_SERVER),
  },
  {
    name: 'updateConsistencyResult',
    input: {
      taskId: WEB_TASK,
      consistencyResult: [
        { dirCheck: '/srv', numTotalFiles: 9, numDifferentFiles: 1, numTargetMissFiles: 0, numTargetMoreFiles: 2 },
      ],
    },
    call: `POST /v3/tasks/${WEB_TASK}/consistency-result`,
    body: {
      consistency_result: [
        {
          dir_check: '/srv',
          num_total_files: 9,
          num_different_files: 1,
          num_target_miss_files: 0,
          num_target_more_files: 2,
        },
      ],
    },
    action: 'sms:server:updateConsistencyCheckResult',
    reads: task(WEB_TASK),
  },
  {
    name: 'updateTaskSpeed',
    input: {
      taskId: BILLING_TASK,
      subtaskName: 'MIGRATE_WINDOWS_BLOCK',
      progress: 42,
      replicatesize: '1099511627776',
      totalsize: 2199023255552,
      processTrace: '',
      totalCpuUsage: 12.5,
    },
    call: `PUT /v3/tasks/${BILLING_TASK}/progress`,
    body: {
      subtask_name: 'MIGRATE_WINDOWS_BLOCK',
      progress: 42,
      replicatesize: 1099511627776,
      totalsize: 2199023255552,
      process_trace: '',
      total_cpu_usage: 12.5,
    },
    action: 'sms:server:updateTaskProgress',
    reads: task(BILLING_TASK),
  },
  {
    name: 'updateNetworkCheckInfo',
    input: { taskId: WEB_TASK, domainConnectivity: true, ...QUALITY },
    call: `POST /v3/${WEB_TASK}/update-network-check-info`,
    body: {
      domain_connectivity: true,
      network_delay: 20.5,
      network_jitter: 2,
      migration_speed: 100,
      loss_percentage: 0,
      cpu_usage: 10,
      mem_usage: 20,
      evaluation_result: 'normal',
    },
    action: 'sms:server:updateNetworkCheckInfo',
    resource: 'task',
    reads: task(WEB_TASK),
  },
];
