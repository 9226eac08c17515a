/** Every operation of the API answers, and answers what the API's description promises. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import {
  type Answered,
  anEmulator,
  BILLING_SERVER,
  BILLING_TASK,
  call,
  INTRANET_SERVER,
  INTRANET_TASK,
  LEGACY_SERVER,
  LEGACY_TASK,
  NEW_SERVER,
  WEB_SERVER,
  WEB_TASK,
} from './support/harness.ts';

interface Described {
  operationId: string;
  'x-legacy'?: string;
  responses: { 200: { content: { 'application/json': { schema: { $ref: string } } } } };
}

interface Description {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, { properties?: object; additionalProperties?: false }> };
}

const description: Description = JSON.parse(
  readFileSync(new URL('../../src/emulator/http/openapi.json', import.meta.url), 'utf8'),
);

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ key: `${method.toUpperCase()} ${path}`, ...described })),
);
const living = operations.filter((operation) => !operation['x-legacy']);

// A field that the description does not name would be an invention of the emulator.
for (const schema of Object.values(description.components.schemas)) {
  if (schema.properties) schema.additionalProperties = false;
}

const ajv = new Ajv2020({
  strict: false,
  formats: { int32: true, int64: true, double: true, password: true },
}).addSchema(description, 'sms');

function problems(operation: Described, answer: Answered): string {
  const { $ref } = operation.responses[200].content['application/json'].schema;
  ajv.validate({ $ref: `sms${$ref}` }, answer.json);
  return ajv.errorsText();
}

const WAVE_THREE = '5e8f2c91-6b0a-4d37-8c4e-b9d1f7a3e608';
const PROJECT = 'c60b1f39-4d7e-4835-9f2a-8e1d5b3c7a07';
const TEMPLATE = '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08';
/** Of a task that is being copied. */
const WINDOWS_TEMPLATE = '61c3f8b5-0e7d-4a94-8d2b-f9a5c7e1b30c';
const directory = { num_total_files: 1, num_different_files: 0, num_target_miss_files: 0, num_target_more_files: 0 };
const newTemplate = { template: { name: 'small', disk: [{ index: 0, name: 'system', disktype: 'SSD', size: 40 }] } };
const newProject = { name: 'wave-4', region: 'cn-north-4', type: 'MIGRATE_FILE' };
const newTask = {
  name: 'again',
  type: 'MIGRATE_FILE',
  source_server: { id: NEW_SERVER },
  target_server: { name: 'files-new', vm_id: '', disks: [{ name: 'disk 0', size: 1, device_use: 'BOOT' }] },
  region_name: 'r',
  region_id: 'r',
  project_name: 'p',
  project_id: 'p',
};
const registration = {
  name: 'fresh',
  ip: '192.0.2.99',
  os_type: 'LINUX',
  os_version: 'UBUNTU_22_4_64BIT',
  networks: [{ mac: '00:00:5e:00:53:01' }],
  agent_version: '25.7.0',
  disks: [{ name: '/dev/vda', size: 10, device_use: 'VOLUME_GROUP', physical_volumes: [{ device_use: 'OS' }] }],
};

/** A good request for each operation: path and body. */
const requests: Record<string, [path: string, body?: unknown]> = {
  listApiVersion: ['/'],
  showApiVersion: ['/v3'],
  showConfig: ['/v3/config'],
  listErrorServers: ['/v3/errors?offset=0'],
  listMigprojects: ['/v3/migprojects?limit=1'],
  createMigproject: ['/v3/migprojects', newProject],
  showMigproject: [`/v3/migprojects/${PROJECT}`],
  updateMigproject: [`/v3/migprojects/${PROJECT}`, { description: 'changed' }],
  deleteMigproject: [`/v3/migprojects/${PROJECT}`],
  updateDefaultMigproject: [`/v3/migprojects/${PROJECT}/default`],
  showPrivacyAgreements: ['/v3/privacy-agreements'],
  createPrivacyAgreements: ['/v3/privacy-agreements'],
  listServers: ['/v3/sources'],
  registerServer: ['/v3/sources', registration],
  deleteServers: ['/v3/sources/delete', { ids: [WEB_SERVER, LEGACY_SERVER] }],
  showOverview: ['/v3/sources/overview'],
  showCommand: [`/v3/sources/${WEB_SERVER}/command`],
  updateCommandResult: [
    `/v3/sources/${INTRANET_SERVER}/command_result`,
    { command_name: 'START', result: 'success', result_detail: {} },
  ],
  showServer: [`/v3/sources/${BILLING_SERVER}`],
  updateServerName: [`/v3/sources/${WEB_SERVER}`, { name: 'web-renamed' }],
  deleteServer: [`/v3/sources/${LEGACY_SERVER}`],
  updateCopyState: [`/v3/sources/${BILLING_SERVER}/changestate`, { copystate: 'init', migrationcycle: 'replicating' }],
  updateDiskInfo: [`/v3/sources/${WEB_SERVER}/diskinfo`, { disks: [{ name: '/dev/vda', size: 10 }] }],
  listTasks: ['/v3/tasks'],
  createTask: ['/v3/tasks', newTask],
  exportConsistencyResults: ['/v3/tasks/consistency-results/export', { task_info: [{ task_id: WEB_TASK }] }],
  deleteTasks: ['/v3/tasks/delete', { ids: [WEB_TASK, LEGACY_TASK] }],
  showTask: [`/v3/tasks/${BILLING_TASK}`],
  updateTask: [`/v3/tasks/${WEB_TASK}`, { name: 'renamed' }],
  deleteTask: [`/v3/tasks/${LEGACY_TASK}`],
  updateTaskStatus: [`/v3/tasks/${BILLING_TASK}/action`, { operation: 'stop' }],
  showCertKey: [`/v3/tasks/${WEB_TASK}/certkey?enable_ca_cert=true`],
  showConfigSetting: [`/v3/tasks/${WEB_TASK}/configuration-setting`],
  uploadSpecialConfigurationSetting: [
    `/v3/tasks/${WEB_TASK}/configuration-setting`,
    { configurations: [{ config_key: 'LINUX_CPU_LIMIT', config_value: '70' }] },
  ],
  showConsistencyResult: [`/v3/tasks/${WEB_TASK}/consistency-result`],
  updateConsistencyResult: [
    `/v3/tasks/${WEB_TASK}/consistency-result`,
    { consistency_result: [{ dir_check: '/home', ...directory }] },
  ],
  collectLog: [`/v3/tasks/${WEB_TASK}/log`, { log_bucket: 'logs' }],
  showPassphrase: [`/v3/tasks/${WEB_TASK}/passphrase`],
  updateTaskSpeed: [
    `/v3/tasks/${BILLING_TASK}/progress`,
    { subtask_name: 'MIGRATE_WINDOWS_BLOCK', progress: 50, replicatesize: 5, totalsize: 10, process_trace: '' },
  ],
  showsSpeedLimits: [`/v3/tasks/${WEB_TASK}/speed-limit`],
  updateSpeed: [`/v3/tasks/${WEB_TASK}/speed-limit`, { speed_limit: [{ start: '00:00', end: '23:59', speed: 10 }] }],
  listTemplates: ['/v3/vm/templates'],
  createTemplate: ['/v3/vm/templates', newTemplate],
  deleteTemplates: ['/v3/vm/templates/delete', { ids: [TEMPLATE] }],
  showTemplate: [`/v3/vm/templates/${TEMPLATE}`],
  updateTemplate: [`/v3/vm/templates/${TEMPLATE}`, newTemplate],
  deleteTemplate: [`/v3/vm/templates/${TEMPLATE}`],
  showTargetPassword: [`/v3/vm/templates/${WINDOWS_TEMPLATE}/target-password`],
  updateNetworkCheckInfo: [
    `/v3/${WEB_TASK}/update-network-check-info`,
    {
      network_delay: 1,
      network_jitter: 1,
      migration_speed: 1,
      loss_percentage: 0,
      cpu_usage: 1,
      mem_usage: 1,
      evaluation_result: 'normal',
    },
  ],
};

/** What must have happened before, for the operations that refuse otherwise. */
const before: Record<string, [method: string, path: string, body?: unknown]> = {
  updateCommandResult: ['POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'start' }],
  deleteMigproject: ['PUT', `/v3/sources/${BILLING_SERVER}`, { migprojectid: WAVE_THREE }],
  deleteTemplate: ['POST', '/v3/tasks/delete', { ids: [WEB_TASK] }],
  deleteTemplates: ['POST', '/v3/tasks/delete', { ids: [WEB_TASK] }],
};

test('knows the 49 operations that are alive', () => {
  expect(living).toHaveLength(49);
  expect(Object.keys(requests).sort()).toEqual(living.map(({ operationId }) => operationId).sort());
});

test.each(living)('answers $operationId as described', async (operation) => {
  const emulator = await anEmulator();
  const [path, body] = requests[operation.operationId] ?? [''];
  const first = before[operation.operationId];
  if (first) expect(await call(emulator, ...first)).toMatchObject({ status: 200 });
  const answer = await call(emulator, operation.key.split(' ')[0] ?? '', path, body);
  expect([answer.status, answer.headers.get('x-request-id')], answer.text).toEqual([
    200,
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ]);
  if (operation.operationId !== 'exportConsistencyResults') expect(problems(operation, answer)).toBe('No errors');
});

test.each(operations.filter((operation) => operation['x-legacy']))('has no $operationId any more', async ({ key }) => {
  const emulator = await anEmulator();
  const [method = '', path = ''] = key.replaceAll(/\{\w+\}/g, WEB_TASK).split(' ');
  const answer = await call(emulator, method, path);
  expect([answer.status, answer.json]).toEqual([404, expect.objectContaining({ error_code: 'APIGW.0101' })]);
});

test.each(living)('needs credentials for $operationId', async (operation) => {
  const emulator = await anEmulator();
  const [path] = requests[operation.operationId] ?? [''];
  const answer = await call(emulator, operation.key.split(' ')[0] ?? '', path, undefined, {});
  expect([answer.status, answer.json]).toEqual([401, expect.objectContaining({ error_code: 'APIGW.0301' })]);
});

test('describes 2,000 servers and tasks as promised, in every state, before and after they end', async () => {
  let now = 1_790_100_000_000;
  const emulator = await anEmulator({ servers: 2000, now: () => now });
  for (const later of [0, 120_000, 3_600_000]) {
    now += later;
    for (const id of ['showOverview', 'listErrorServers']) {
      const [path = ''] = requests[id] ?? [];
      expect(problems(named(id), await call(emulator, 'GET', path))).toBe('No errors');
    }
    for (const [list, one] of [
      ['listServers', 'showServer'],
      ['listTasks', 'showTask'],
    ] as const) {
      const [path] = requests[list] ?? [''];
      const answer = await call(emulator, 'GET', `${path}?limit=200&offset=1000`);
      expect(problems(named(list), answer)).toBe('No errors');
      for (const id of ids(answer).slice(0, 14)) {
        expect(problems(named(one), await call(emulator, 'GET', `${path}/${id}`))).toBe('No errors');
      }
    }
  }
});

test('describes every record of the data set as promised, before and after every action on it', async () => {
  const emulator = await anEmulator();
  const wrong: string[] = [];
  const look = async () => {
    for (const [list, one] of [
      ['listServers', 'showServer'],
      ['listTasks', 'showTask'],
      ['listTemplates', 'showTemplate'],
    ] as const) {
      const [path = ''] = requests[list] ?? [];
      const answer = await call(emulator, 'GET', path);
      wrong.push(problems(named(list), answer));
      for (const id of ids(answer)) wrong.push(problems(named(one), await call(emulator, 'GET', `${path}/${id}`)));
    }
    wrong.push(problems(named('listErrorServers'), await call(emulator, 'GET', '/v3/errors?offset=0')));
    wrong.push(problems(named('showOverview'), await call(emulator, 'GET', '/v3/sources/overview')));
  };
  await look();
  const actions = ['migration_test', 'network_check', 'start', 'restart', 'clone_test', 'cutover', 'stop', 'clear'];
  for (const operation of actions) {
    for (const id of emulator.state.tasks.keys()) {
      await call(emulator, 'POST', `/v3/tasks/${id}/action`, { operation, template_id: TEMPLATE });
    }
    emulator.state.advance(10_000);
    await look();
    emulator.state.advance(80_000);
    await look();
  }
  expect([...new Set(wrong)]).toEqual(['No errors']);
});

test('describes results of a check in both of their forms as promised', async () => {
  const emulator = await anEmulator();
  for (const form of ['texts', 'objects'] as const) {
    emulator.answerResultsWith(form);
    for (const id of emulator.state.tasks.keys()) {
      const answer = await call(emulator, 'GET', `/v3/tasks/${id}/consistency-result`);
      expect(problems(named('showConsistencyResult'), answer)).toBe('No errors');
    }
  }
});

function named(id: string): (typeof living)[number] {
  const found = living.find(({ operationId }) => operationId === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}

function ids({ json }: Answered): string[] {
  const [rows] = Object.values(json as Record<string, { id: string }[]>).filter(Array.isArray);
  return rows?.map(({ id }) => id) ?? [];
}
