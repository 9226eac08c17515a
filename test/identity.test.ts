/** What client caches rely on: `id` identifies an entity, and an entity is the same by every path to it. */
import { type GraphQLObjectType, getNamedType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import {
  ask,
  BILLING_SERVER,
  BILLING_TASK,
  frozenGateway,
  LEGACY_SERVER,
  LEGACY_TASK,
  TEMPLATE,
  WAVE_1,
  WAVE_2,
} from './support/ask.ts';
import { type Gateway, gatewayTo, httpServer, WEB_SERVER, WEB_TASK } from './support/harness.ts';

const schema = buildSchema(['agent', 'secrets']);
const types = Object.values(schema.getTypeMap()).filter(
  (type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'),
) as GraphQLObjectType[];
const entities = types.filter(isEntity);

describe('the schema', () => {
  it('has a field named id, which caches take for the identity, only on entities', () => {
    const named = types.filter((type) => 'id' in type.getFields() || '_id' in type.getFields());
    expect(named.map(({ name }) => name).sort()).toEqual(entities.map(({ name }) => name).sort());
  });

  it('declares the id of every entity as non-null', () => {
    expect(entities.map((type) => `${type.name}.id: ${type.getFields()['id']?.type}`)).toEqual(
      entities.map(({ name }) => `${name}.id: ID!`),
    );
  });
});

/** Ids of related records, one per entity. */
interface Records {
  MigrationTask: string;
  SourceServer: string;
  MigrationProject: string;
  ServerTemplate: string;
}

/** Every path to each entity. */
function pathsTo(name: string, records: Records): ((fields: string) => string)[] {
  const [task, server] = [`"${records.MigrationTask}"`, `"${records.SourceServer}"`];
  const [project, template] = [`"${records.MigrationProject}"`, `"${records.ServerTemplate}"`];
  const paths: Record<string, ((fields: string) => string)[]> = {
    MigrationTask: [
      (fields) => `migrationTask(id: ${task}) { ${fields} }`,
      (fields) => `migrationTasks(filter: { id: ${task} }) { nodes { ${fields} } }`,
      (fields) => `sourceServer(id: ${server}) { currentTask { ${fields} } }`,
      (fields) => `sourceServers(filter: { id: ${server} }) { nodes { currentTask { ${fields} } } }`,
    ],
    SourceServer: [
      (fields) => `sourceServer(id: ${server}) { ${fields} }`,
      (fields) => `sourceServers(filter: { id: ${server} }) { nodes { ${fields} } }`,
      (fields) => `migrationTask(id: ${task}) { sourceServer { ${fields} } }`,
      (fields) => `migrationTasks(filter: { id: ${task} }) { nodes { sourceServer { ${fields} } } }`,
      (fields) => `failedServers { nodes { sourceServer { ${fields} } } }`,
    ],
    MigrationProject: [
      (fields) => `migrationProject(id: ${project}) { ${fields} }`,
      (fields) => `migrationProjects { nodes { ${fields} } }`,
      (fields) => `migrationProjects { edges { node { ${fields} } } }`,
      (fields) => `sourceServer(id: ${server}) { migrationProject { ${fields} } }`,
      (fields) => `migrationTask(id: ${task}) { migrationProject { ${fields} } }`,
    ],
    ServerTemplate: [
      (fields) => `serverTemplate(id: ${template}) { ${fields} }`,
      (fields) => `serverTemplates(filter: { id: ${template} }) { nodes { ${fields} } }`,
      (fields) => `migrationTask(id: ${task}) { serverTemplate { ${fields} } }`,
    ],
  };
  const key = `{ __typename: "${name}", id: "${records[name as keyof Records]}" }`;
  const reference = (fields: string) => `_entities(representations: [${key}]) { ... on ${name} { ${fields} } }`;
  return [...(paths[name] ?? []), reference];
}

/** All fields of an entity, read by each path to it. */
async function byEveryPath(gateway: Gateway, type: GraphQLObjectType, records: Records): Promise<unknown[]> {
  const fields = selectionOf(type);
  const found = [];
  for (const path of pathsTo(type.name, records)) {
    const data = await ask(gateway, `{ ${path(fields)} }`);
    found.push(objectIn(data, records[type.name as keyof Records]));
  }
  return found;
}

/** The call estimate of these queries is far above the calls that they make. */
const SETTINGS = { expose: ['agent' as const, 'secrets' as const], requestLimits: { maxCalls: 1_000_000 } };

const FINISHED = { MigrationTask: WEB_TASK, SourceServer: WEB_SERVER, MigrationProject: WAVE_1 };
const RUNNING = { MigrationTask: BILLING_TASK, SourceServer: BILLING_SERVER, MigrationProject: WAVE_2 };
const FAILED = { MigrationTask: LEGACY_TASK, SourceServer: LEGACY_SERVER, MigrationProject: WAVE_1 };

describe('each field of an entity has the same value alone, in a list, inside another object and by reference:', () => {
  const cases = Object.entries({ finished: FINISHED, running: RUNNING, failed: FAILED });
  it.each(cases.flatMap(([phase, records]) => entities.map((type) => [type.name, phase, type, records] as const)))(
    '%s of a migration that is %s',
    async (_name, phase, type, records) => {
      const gateway = await frozenGateway(SETTINGS);
      const found = await byEveryPath(gateway, type, { ...records, ServerTemplate: TEMPLATE });
      const isThere = (object: unknown) => object !== undefined;
      // A template that no task uses, and a server without an error, cannot be reached by every path.
      const [alone, ...others] = found.filter(isThere);
      expect(others.length).toBeGreaterThanOrEqual(type.name === 'ServerTemplate' ? 2 : 4);
      expect(others.map((other) => ({ phase, ...(other as object) }))).toEqual(
        others.map(() => ({ phase, ...(alone as object) })),
      );
    },
  );
});

describe('if SMS shows an object with fewer or other values than in full,', () => {
  const task = { id: 't-1', name: 'move', state: 'RUNNING', os_type: 'LINUX', type: 'MIGRATE_FILE', priority: 1 };
  const server = { id: 's-1', name: 'web', state: 'replicate', ip: '192.0.2.1' };
  const step = { id: 7, name: 'MIGRATE_LINUX_FILE', progress: 10, start_date: null, end_date: null };
  const target = { vm_id: 'vm-1', name: 'web-new' };
  const listedTarget = {
    ...target,
    id: 'target-1',
    ip: '192.0.2.9',
    os_type: 'LINUX',
    os_version: 'UBUNTU_22_4_64BIT',
  };
  const template = { id: 'vt-1', name: 'small', vpc: { id: 'autoCreate' }, nics: [], security_groups: [] };
  const project = { id: 'p-1', name: 'wave', isdefault: true };
  const taskInFull = {
    ...task,
    source_server: server,
    vm_template_id: 'vt-1',
    clone_server: { vm_id: 'clone-1', name: 'copy', clone_state: 'FINISHED', clone_error: '', error_msg: '' },
    sub_tasks: [
      { ...step, id: 6, name: 'SSL_CONFIG', progress: 100, migrate_speed: 0, user_op: 'REPLICATE' },
      { ...step, migrate_speed: 12.5, user_op: 'RESYNC0' },
    ],
    target_server: {
      ...listedTarget,
      system_dir: '',
      disks: [{ id: 1, disk_id: 'd-1', size: 5 }],
      image_disk_id: 'i-1',
    },
  };
  const row = { ...task, source_server: server, target_server: listedTarget, syncing: true };
  const responses: Record<string, object> = {
    '/v3/tasks/t-1': taskInFull,
    '/v3/tasks/t-2': { ...taskInFull, id: 't-2' },
    '/v3/tasks': {
      count: 2,
      tasks: [
        { ...row, id: 't-1', sub_tasks: [{ ...step, id: 6, name: 'SSL_CONFIG', progress: 100 }, step] },
        { ...row, id: 't-2' },
      ],
    },
    '/v3/sources/s-1': {
      ...server,
      os_type: 'Linux',
      memory: 8192,
      current_task: { id: 't-1', name: 'move', state: 'in progress', target_server: target, exist_server: false },
    },
    '/v3/sources': {
      count: 1,
      source_servers: [
        {
          ...server,
          os_type: 'LINUX',
          memory: 8_589_934_592,
          current_task: {
            ...{ id: 't-1', name: 'move', state: 'running', target_server: target, exist_server: false },
            ...{ clone_server: null, log_bucket: 'logs', log_expire: 3600, log_upload_time: 1_790_000_000_000 },
          },
        },
      ],
    },
    '/v3/errors': { count: 1, migration_errors: [{ source_id: 's-1', error_json: '' }] },
    '/v3/vm/templates/vt-1': {
      template: {
        ...template,
        is_template: 'true',
        target_server_name: 'new',
        publicip: { type: '5_bgp' },
        disk: [{ id: 2 }],
      },
    },
    '/v3/vm/templates': { count: 1, templates: [template] },
    '/v3/migprojects/p-1': { ...project, exist_server: false, syncing: true },
    '/v3/migprojects': { count: 1, migprojects: [{ ...project, exist_server: true }] },
    '/v3/tasks/t-1/consistency-result': { result_list: [] },
    '/v3/tasks/t-1/speed-limit': { speed_limit: [] },
    '/v3/tasks/t-1/configuration-setting': { task_id: 't-1' },
  };
  const records = { MigrationTask: 't-1', SourceServer: 's-1', MigrationProject: 'p-1', ServerTemplate: 'vt-1' };

  const gatewayToStandIn = async () => {
    const url = await httpServer(({ url: target = '' }, response) => {
      const found = responses[new URL(target, 'http://sms.test').pathname];
      const unknown = { error_code: 'SMS.7703', error_msg: 'There is no such task.' };
      response.writeHead(found ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? unknown));
    });
    return gatewayTo(url, { auth: 'forward', key: null, ...SETTINGS });
  };

  it.each(entities.map((type) => [type.name, type] as const))(
    'each field of %s still has the same value everywhere',
    async (_, type) => {
      const [alone, ...others] = await byEveryPath(await gatewayToStandIn(), type, records);
      expect(alone).toMatchObject({ id: records[type.name as keyof Records] });
      expect(others).toEqual(others.map(() => alone));
    },
  );

  it('missing fields have the values of the full object', async () => {
    const query = `{
      migrationTasks { nodes { cloneServer { cloneState } subTasks { subTaskId userOp migrateSpeed }
        targetServer { targetServerId imageDiskId disks { targetDiskId diskId } } } }
      sourceServers { nodes { currentTask { state stateText targetServer { ip name } }
        currentTaskSettings { existServer } currentTaskLog { logBucket logExpire logShareUrl } } }
      sourceServer(id: "s-1") { osType currentTaskLog { logBucket logUploadTime } currentTask { syncing } }
      serverTemplates { nodes { isTemplate targetServerName disk { diskId } vpc { vpcId } } }
      migrationProjects { edges { hasSourceServers node { existServer syncing } } }
    }`;
    const taskShown = {
      cloneServer: { cloneState: 'FINISHED' },
      subTasks: [
        { subTaskId: 6, userOp: 'REPLICATE', migrateSpeed: 0 },
        { subTaskId: 7, userOp: 'RESYNC0', migrateSpeed: 12.5 },
      ],
      targetServer: { targetServerId: 'target-1', imageDiskId: 'i-1', disks: [{ targetDiskId: 1, diskId: 'd-1' }] },
    };
    expect(await ask(await gatewayToStandIn(), query)).toEqual({
      migrationTasks: { nodes: [taskShown, taskShown] },
      sourceServers: {
        nodes: [
          {
            currentTask: { state: 'RUNNING', stateText: 'RUNNING', targetServer: { ip: '192.0.2.9', name: 'web-new' } },
            currentTaskSettings: { existServer: false },
            currentTaskLog: { logBucket: 'logs', logExpire: 3600, logShareUrl: null },
          },
        ],
      },
      sourceServer: {
        osType: 'LINUX',
        currentTaskLog: { logBucket: 'logs', logUploadTime: '2026-09-21T14:13:20.000Z' },
        currentTask: { syncing: true },
      },
      serverTemplates: {
        nodes: [{ isTemplate: true, targetServerName: 'new', disk: [{ diskId: 2 }], vpc: { vpcId: 'autoCreate' } }],
      },
      migrationProjects: { edges: [{ hasSourceServers: true, node: { existServer: false, syncing: true } }] },
    });
  });
});

function isEntity({ astNode }: GraphQLObjectType): boolean {
  return astNode?.directives?.some(({ name }) => name.value === 'key') ?? false;
}

/** Selects all fields of a type, and of other entities only the id. */
function selectionOf(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .map((field) => {
      const named = getNamedType(field.type);
      if (isLeafType(named)) return field.name;
      return `${field.name} { ${isEntity(named as GraphQLObjectType) ? 'id' : selectionOf(named as GraphQLObjectType)} }`;
    })
    .join(' ');
}

/** The first nested object with this id. */
function objectIn(value: unknown, id: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('id' in value && value.id === id) return value;
  return Object.values(value)
    .map((inner) => objectIn(inner, id))
    .find((found) => found !== undefined);
}
