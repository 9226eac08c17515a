/** Every operation of openapi.json, called once, and its response compared with its schema. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { operations as described, type Operation, resolved, type Schema, typeOf } from '../support/openapi.ts';
import {
  anEmulator,
  BILLING_SERVER,
  BILLING_TASK,
  call,
  INTRANET_SERVER,
  INTRANET_TASK,
  LEGACY_SERVER,
  LEGACY_TASK,
  NEW_TASK,
  outcome,
  type ReceivedResponse,
  TEMPLATE,
  WAVE_THREE,
  WAVE_TWO,
  WEB_SERVER,
  WEB_TASK,
  WINDOWS_TEMPLATE,
} from './support/harness.ts';

const operations = described.filter(({ isRetired }) => !isRetired);

const openapi: { components: { schemas: Record<string, { properties?: object; additionalProperties?: false }> } } =
  JSON.parse(readFileSync(new URL('../../src/emulator/http/openapi.json', import.meta.url), 'utf8'));
// Strict: the emulator must not invent fields.
for (const schema of Object.values(openapi.components.schemas)) {
  if (schema.properties) schema.additionalProperties = false;
}

const ajv = new Ajv2020({
  strict: false,
  formats: { int32: true, int64: true, double: true, password: true },
}).addSchema(openapi, 'sms');

/** Validation errors of a response, as one text; "No errors" if there are none. */
function problems(operation: Operation, response: ReceivedResponse): string {
  ajv.validate({ $ref: `sms${operation.response?.$ref}` }, response.json);
  return ajv.errorsText();
}

/** A value for each path parameter that openapi.json names. */
const PATH_VALUES: Record<string, string> = {
  task_id: WEB_TASK,
  source_id: WEB_SERVER,
  server_id: WEB_SERVER,
  mig_project_id: WAVE_TWO,
  id: TEMPLATE,
  version: 'v3',
};

/** Path and body for operations whose derived request the emulator rejects. A new operation usually needs no entry. */
const SPECIAL_REQUESTS: Record<string, [path: string, body?: unknown]> = {
  registerServer: [
    '/v3/sources',
    {
      name: 'fresh',
      ip: '192.0.2.99',
      os_type: 'LINUX',
      os_version: 'UBUNTU_22_4_64BIT',
      networks: [{ mac: '00:00:5e:00:53:01' }],
      agent_version: '25.7.0',
      disks: [{ name: '/dev/vda', size: 10, device_use: 'VOLUME_GROUP', physical_volumes: [{ device_use: 'OS' }] }],
    },
  ],
  deleteServers: ['/v3/sources/delete', { ids: [WEB_SERVER, LEGACY_SERVER] }],
  updateCommandResult: [
    `/v3/sources/${INTRANET_SERVER}/command_result`,
    { command_name: 'START', result: 'success', result_detail: {} },
  ],
  createTask: [
    '/v3/tasks',
    {
      ...NEW_TASK,
      target_server: { name: 'files-new', vm_id: '', disks: [{ name: 'disk 0', size: 1, device_use: 'BOOT' }] },
    },
  ],
  exportConsistencyResults: ['/v3/tasks/consistency-results/export', { task_info: [{ task_id: WEB_TASK }] }],
  deleteTasks: ['/v3/tasks/delete', { ids: [WEB_TASK, LEGACY_TASK] }],
  updateTaskStatus: [`/v3/tasks/${BILLING_TASK}/action`, { operation: 'stop' }],
  updateSpeed: [`/v3/tasks/${WEB_TASK}/speed-limit`, { speed_limit: [{ start: '00:00', end: '23:59', speed: 10 }] }],
  deleteTemplates: ['/v3/vm/templates/delete', { ids: [TEMPLATE] }],
  showTargetPassword: [`/v3/vm/templates/${WINDOWS_TEMPLATE}/target-password`],
};

/** A request that should succeed, derived from openapi.json. */
function requestFor({ operationId, key, parameters, body }: Operation): [method: string, path: string, body?: unknown] {
  const [method = '', template = ''] = key.split(' ');
  const special = SPECIAL_REQUESTS[operationId];
  if (special) return [method, ...special];
  const path = template.replace(/{(\w+)}/g, (_, name: string) => PATH_VALUES[name] ?? `no-value-for-${name}`);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${sampleOf(schema)}`);
  return [method, [path, ...query].join('?'), body ? sampleOf(body) : undefined];
}

/** A small valid value. Objects get their mandatory fields, or else the first one. */
function sampleOf(schema: Schema): unknown {
  const { enum: values, properties = {}, required, items = {}, minimum = 0, minLength = 1, ...rest } = resolved(schema);
  if (values) return values[0];
  switch (typeOf(rest)) {
    case 'object': {
      const names = required ?? Object.keys(properties).slice(0, 1);
      return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name] ?? {})]));
    }
    case 'array':
      return [sampleOf(items)];
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return false;
    default:
      return 'a'.repeat(Math.max(1, minLength));
  }
}

const ERP_SERVER = '5d8f2b60-7c3a-4e19-a6b4-f0c9e1d7830a';

/** Calls that must succeed first, for operations that SMS rejects otherwise. */
const PRECONDITIONS: Record<string, [method: string, path: string, body?: unknown][]> = {
  updateCommandResult: [['POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'start' }]],
  deleteMigproject: [BILLING_SERVER, ERP_SERVER].map((id) => [
    'PUT',
    `/v3/sources/${id}`,
    { migprojectid: WAVE_THREE },
  ]),
  deleteTemplate: [['POST', '/v3/tasks/delete', { ids: [WEB_TASK] }]],
  deleteTemplates: [['POST', '/v3/tasks/delete', { ids: [WEB_TASK] }]],
};

test.each(operations)('$operationId answers as openapi.json promises', async (operation) => {
  const emulator = await anEmulator();
  for (const precondition of PRECONDITIONS[operation.operationId] ?? [])
    expect(await call(emulator, ...precondition)).toMatchObject({ status: 200 });
  const response = await call(emulator, ...requestFor(operation));
  expect([response.status, response.headers.get('x-request-id')], response.text).toEqual([
    200,
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ]);
  if (operation.operationId !== 'exportConsistencyResults') expect(problems(operation, response)).toBe('No errors');
});

test.each(described.filter(({ isRetired }) => isRetired))(
  'the retired $operationId does not exist',
  async ({ key }) => {
    const emulator = await anEmulator();
    const [method = '', path = ''] = key.replaceAll(/\{\w+\}/g, WEB_TASK).split(' ');
    expect(await outcome(emulator, method, path)).toEqual([404, expect.objectContaining({ error_code: 'APIGW.0101' })]);
  },
);

test.each(operations)('$operationId requires credentials', async (operation) => {
  const emulator = await anEmulator();
  const [method, path] = requestFor(operation);
  expect(await outcome(emulator, method, path, undefined, {})).toEqual([
    401,
    expect.objectContaining({ error_code: 'APIGW.0301' }),
  ]);
});

const LISTS = [
  ['listServers', 'showServer'],
  ['listTasks', 'showTask'],
  ['listTemplates', 'showTemplate'],
] as const;

test('2,000 servers and tasks match openapi.json in every state, before and after they end', async () => {
  let now = 1_790_100_000_000;
  const emulator = await anEmulator({ servers: 2000, now: () => now });
  for (const later of [0, 120_000, 3_600_000]) {
    now += later;
    for (const id of ['showOverview', 'listErrorServers']) {
      expect(problems(operation(id), await call(emulator, ...requestFor(operation(id))))).toBe('No errors');
    }
    for (const [list, one] of LISTS.slice(0, 2)) {
      const [method, path] = requestFor(operation(list));
      const response = await call(emulator, method, `${path}?limit=200&offset=1000`);
      expect(problems(operation(list), response)).toBe('No errors');
      for (const id of ids(response).slice(0, 14)) {
        expect(problems(operation(one), await call(emulator, method, `${path}/${id}`))).toBe('No errors');
      }
    }
  }
});

test('every record of the demo data matches openapi.json before and after every action', async () => {
  const emulator = await anEmulator();
  const found = new Set<string>();
  const check = async () => {
    for (const [list, one] of LISTS) {
      const [method, path] = requestFor(operation(list));
      const response = await call(emulator, method, path);
      found.add(problems(operation(list), response));
      for (const id of ids(response)) {
        found.add(problems(operation(one), await call(emulator, method, `${path}/${id}`)));
      }
    }
    for (const id of ['showOverview', 'listErrorServers']) {
      found.add(problems(operation(id), await call(emulator, ...requestFor(operation(id)))));
    }
  };
  await check();
  const actions = ['migration_test', 'network_check', 'start', 'restart', 'clone_test', 'cutover', 'stop', 'clear'];
  for (const action of actions) {
    for (const id of emulator.state.tasks.keys()) {
      await call(emulator, 'POST', `/v3/tasks/${id}/action`, { operation: action, template_id: TEMPLATE });
    }
    emulator.state.advance(10_000);
    await check();
    emulator.state.advance(80_000);
    await check();
  }
  expect([...found]).toEqual(['No errors']);
});

test('consistency results match openapi.json in both of their forms', async () => {
  const emulator = await anEmulator();
  for (const form of ['texts', 'objects'] as const) {
    emulator.setResultForm(form);
    for (const id of emulator.state.tasks.keys()) {
      const response = await call(emulator, 'GET', `/v3/tasks/${id}/consistency-result`);
      expect(problems(operation('showConsistencyResult'), response)).toBe('No errors');
    }
  }
});

function operation(id: string): Operation {
  const match = operations.find(({ operationId }) => operationId === id);
  if (!match) throw new Error(`openapi.json has no operation ${id}`);
  return match;
}

function ids({ json }: ReceivedResponse): string[] {
  const [rows] = Object.values(json as Record<string, { id: string }[]>).filter(Array.isArray);
  return rows?.map(({ id }) => id) ?? [];
}
