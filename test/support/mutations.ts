/** One case for each mutation that is always in the schema: an input that works, and the call that it makes. */
import {
  BILLING_TASK,
  EMPTY_PROJECT,
  LEGACY_SERVER,
  LEGACY_TASK,
  NEW_SERVER,
  TEMPLATE,
  UNUSED_TEMPLATE,
  WAVE_2,
} from './ask.ts';
import { WEB_SERVER, WEB_TASK } from './harness.ts';

export interface MutationCase {
  name: string;
  /** Null for a mutation without input. */
  input: object | null;
  call: string;
  /** The body that is sent to SMS; null for none. */
  body: object | null;
  /** The IAM action that SMS requires; null for none. */
  action: string | null;
  /** SMS's name for the resource of the action. Default: server. */
  resource?: 'migproject' | 'task' | 'template';
  /** The object in the success type and the path of its detail. `id` is null for an object that is created. */
  reads: { object: string; path: string; id: string | null } | null;
}

export const task = (id: string | null) => ({ object: 'migrationTask', path: '/v3/tasks/', id });
export const server = (id: string | null) => ({ object: 'sourceServer', path: '/v3/sources/', id });
const project = (id: string | null) => ({ object: 'migrationProject', path: '/v3/migprojects/', id });
const template = (id: string | null) => ({ object: 'serverTemplate', path: '/v3/vm/templates/', id });

const NEW_TASK = {
  name: 'move-again',
  type: 'MIGRATE_FILE',
  sourceServer: { id: NEW_SERVER },
  targetServer: { name: 'web-new', vmId: 'vm-1', disks: [{ name: 'disk 0', deviceUse: 'OS', size: 42949672960 }] },
  regionName: 'AP-Singapore',
  regionId: 'ap-southeast-3',
  projectName: 'ap-southeast-3',
  projectId: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
};

export const mutations: readonly MutationCase[] = [
  {
    name: 'createTask',
    input: NEW_TASK,
    call: 'POST /v3/tasks',
    body: {
      name: 'move-again',
      type: 'MIGRATE_FILE',
      source_server: { id: NEW_SERVER },
      target_server: {
        name: 'web-new',
        vm_id: 'vm-1',
        disks: [{ name: 'disk 0', device_use: 'OS', size: 42949672960 }],
      },
      region_name: 'AP-Singapore',
      region_id: 'ap-southeast-3',
      project_name: 'ap-southeast-3',
      project_id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    },
    action: 'sms:server:createTask',
    reads: task(null),
  },
  {
    name: 'updateTask',
    input: { id: LEGACY_TASK, name: 'renamed', speedLimit: 5, usePublicIp: false, targetServer: { osType: 'LINUX' } },
    call: `PUT /v3/tasks/${LEGACY_TASK}`,
    body: { name: 'renamed', speed_limit: 5, use_public_ip: false, target_server: { os_type: 'LINUX' } },
    action: 'sms:server:updateTask',
    reads: task(LEGACY_TASK),
  },
  {
    name: 'deleteTask',
    input: { id: LEGACY_TASK },
    call: `DELETE /v3/tasks/${LEGACY_TASK}`,
    body: null,
    action: 'sms:server:deleteTask',
    reads: null,
  },
  {
    name: 'deleteTasks',
    input: { ids: [LEGACY_TASK, WEB_TASK] },
    call: 'POST /v3/tasks/delete',
    body: { ids: [LEGACY_TASK, WEB_TASK] },
    action: 'sms:server:batchDeleteTask',
    reads: null,
  },
  {
    name: 'updateTaskStatus',
    input: { id: BILLING_TASK, operation: 'STOP', switchHce: false },
    call: `POST /v3/tasks/${BILLING_TASK}/action`,
    body: { operation: 'stop', switch_hce: false },
    action: 'sms:server:manageTask',
    reads: task(BILLING_TASK),
  },
  {
    name: 'updateSpeed',
    input: { taskId: WEB_TASK, speedLimit: [{ start: '09:00', end: '17:00', speed: 50, overSpeedThreshold: 12.5 }] },
    call: `POST /v3/tasks/${WEB_TASK}/speed-limit`,
    body: { speed_limit: [{ start: '09:00', end: '17:00', speed: 50, over_speed_threshold: 12.5 }] },
    action: 'sms:server:updateTaskSpeedLimit',
    reads: task(WEB_TASK),
  },
  {
    name: 'collectLog',
    input: { taskId: WEB_TASK, logBucket: 'logs' },
    call: `POST /v3/tasks/${WEB_TASK}/log`,
    body: { log_bucket: 'logs' },
    action: 'sms:server:collectLog',
    reads: task(WEB_TASK),
  },
  {
    name: 'uploadConfigurationSetting',
    input: { taskId: WEB_TASK, configurations: [{ configKey: 'LINUX_CPU_LIMIT', configValue: '25' }] },
    call: `POST /v3/tasks/${WEB_TASK}/configuration-setting`,
    body: { configurations: [{ config_key: 'LINUX_CPU_LIMIT', config_value: '25' }] },
    action: 'sms:server:updateTaskConfig',
    resource: 'task',
    reads: task(WEB_TASK),
  },
  {
    name: 'updateServer',
    input: { id: WEB_SERVER, name: 'web', migprojectid: WAVE_2, volumeGroups: [{ id: '1', needMigration: false }] },
    call: `PUT /v3/sources/${WEB_SERVER}`,
    body: { name: 'web', migprojectid: WAVE_2, volume_groups: [{ id: '1', need_migration: false }] },
    action: 'sms:server:update',
    reads: server(WEB_SERVER),
  },
  {
    name: 'deleteServer',
    input: { id: LEGACY_SERVER },
    call: `DELETE /v3/sources/${LEGACY_SERVER}`,
    body: null,
    action: 'sms:server:delete',
    reads: null,
  },
  {
    name: 'deleteServers',
    input: { ids: [LEGACY_SERVER, WEB_SERVER] },
    call: 'POST /v3/sources/delete',
    body: { ids: [LEGACY_SERVER, WEB_SERVER] },
    action: 'sms:server:batchDelete',
    reads: null,
  },
  {
    name: 'createMigrationProject',
    input: { name: 'wave-4', region: 'ap-southeast-3', type: 'MIGRATE_FILE', startNetworkCheck: true },
    call: 'POST /v3/migprojects',
    body: { name: 'wave-4', region: 'ap-southeast-3', type: 'MIGRATE_FILE', start_network_check: true },
    action: 'sms:migproject:create',
    resource: 'migproject',
    reads: project(null),
  },
  {
    name: 'updateMigrationProject',
    input: { id: WAVE_2, description: 'Second wave', existServer: false },
    call: `PUT /v3/migprojects/${WAVE_2}`,
    body: { description: 'Second wave', exist_server: false },
    action: 'sms:migproject:update',
    resource: 'migproject',
    reads: project(WAVE_2),
  },
  {
    name: 'deleteMigrationProject',
    input: { id: EMPTY_PROJECT },
    call: `DELETE /v3/migprojects/${EMPTY_PROJECT}`,
    body: null,
    action: 'sms:migproject:delete',
    resource: 'migproject',
    reads: null,
  },
  {
    name: 'setDefaultMigrationProject',
    input: { id: WAVE_2 },
    call: `PUT /v3/migprojects/${WAVE_2}/default`,
    body: null,
    action: 'sms:migproject:update',
    resource: 'migproject',
    reads: project(WAVE_2),
  },
  {
    name: 'createServerTemplate',
    input: { template: { name: 'small', isTemplate: true, publicip: { type: '5_bgp', bandwidthSize: 5 } } },
    call: 'POST /v3/vm/templates',
    body: { template: { name: 'small', is_template: true, publicip: { type: '5_bgp', bandwidth_size: 5 } } },
    action: 'sms:template:create',
    resource: 'template',
    reads: template(null),
  },
  {
    name: 'updateServerTemplate',
    input: { id: TEMPLATE, template: { name: 'larger', securityGroups: [{ id: 'autoCreate', name: 'autoCreate' }] } },
    call: `PUT /v3/vm/templates/${TEMPLATE}`,
    body: { template: { name: 'larger', security_groups: [{ id: 'autoCreate', name: 'autoCreate' }] } },
    action: 'sms:template:update',
    resource: 'template',
    reads: template(TEMPLATE),
  },
  {
    name: 'deleteServerTemplate',
    input: { id: UNUSED_TEMPLATE },
    call: `DELETE /v3/vm/templates/${UNUSED_TEMPLATE}`,
    body: null,
    action: 'sms:template:delete',
    resource: 'template',
    reads: null,
  },
  {
    name: 'deleteServerTemplates',
    input: { ids: [UNUSED_TEMPLATE] },
    call: 'POST /v3/vm/templates/delete',
    body: { ids: [UNUSED_TEMPLATE] },
    action: 'sms:template:batchDelete',
    resource: 'template',
    reads: null,
  },
  {
    name: 'acceptPrivacyAgreement',
    input: null,
    call: 'POST /v3/privacy-agreements',
    body: null,
    action: null,
    reads: null,
  },
];
