/** What the migration agent calls: it registers its server, takes commands, reports, and reads secrets. */

import { smsRefusal } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ConsistencyRecord, Disk, Json, MigrationProject, SourceServer } from '../world/records.ts';
import { machine } from '../world/source-fixtures.ts';
import type { State } from '../world/state.ts';
import { serverOf, taskOf } from './lookup.ts';
import { standing } from './source-state.ts';

/** States that may be reported in each migration cycle. Source: API reference, 7.1, SMS.7728. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  checking: ['unavailable', 'waiting'],
  setting: ['waiting', 'premigready', 'premiging', 'premiged', 'premigfailed'],
  replicating: ['init', 'replicate', 'deleting', 'stopping', 'error', 'stopped'],
  syncing: ['syncing', 'cloning', 'deleting', 'stopping', 'error', 'stopped'],
  cutovering: ['cutovering', 'deleting', 'stopping', 'error', 'stopped'],
  cutovered: ['finished', 'deleting', 'stopping', 'error', 'stopped'],
};

/** States in which a report of a state is accepted and has no effect, whatever it says. */
const IGNORING_STATES: readonly string[] = [
  'unavailable',
  'stopping',
  'stopped',
  'deleting',
  'finished',
  'clearing',
  'clearfailed',
];

type Registration = Partial<SourceServer> & Pick<SourceServer, 'name' | 'os_type'>;

interface CommandResult {
  command_name: string;
  result: string;
  result_detail: unknown;
}

export const agent: Routes = {
  'GET /v3/config': () => ({
    config: { mainRegion: 'ap-southeast-3', obs_domain: 'obs.example.invalid', disktype: 'SSD,SAS' },
    regions: [
      { region_name: 'AP-Singapore', project_name: 'ap-southeast-3' },
      { region_name: 'CN North-Beijing4', project_name: 'cn-north-4' },
    ],
  }),

  'POST /v3/sources': ({ body, state }: Call<Registration>) => ({ id: register(body, state).id }),

  'PUT /v3/sources/{source_id}/changestate': ({
    params,
    body,
    state,
  }: Call<{ copystate: string; migrationcycle: string }>) => {
    const server = serverOf(params['source_id'], state);
    const { state: present } = standing(server, state);
    if (!IGNORING_STATES.includes(present)) {
      const { copystate, migrationcycle } = body;
      if (!PAIRS[migrationcycle]?.includes(copystate)) {
        throw smsRefusal('SMS.7728', 'Parameter copystate does not go with migrationcycle.');
      }
      server.reported = {
        // The one state that reports and answers spell differently.
        state: copystate === 'init' ? 'initialize' : copystate,
        migration_cycle: migrationcycle,
        at: state.now(),
      };
    }
    seen(server, state);
  },

  'PUT /v3/sources/{source_id}/diskinfo': ({
    params,
    body,
    state,
  }: Call<{ disks?: Disk[]; volumegroups?: Json[]; btrfs_list?: Json[] }>) => {
    const server = serverOf(params['source_id'], state);
    // Disks count only while the server waits.
    if (standing(server, state).state !== 'waiting') return;
    server.disks = body.disks?.map(withSizes) ?? server.disks;
    server.volume_groups = body.volumegroups ?? server.volume_groups;
    server.btrfs_list = body.btrfs_list ?? server.btrfs_list;
    seen(server, state);
  },

  // Reading leaves the command in place until its result comes; whether SMS does so is not known.
  'GET /v3/sources/{server_id}/command': ({ params, state }) => serverOf(params['server_id'], state).command ?? {},

  'POST /v3/sources/{server_id}/command_result': ({ params, body, state }: Call<CommandResult>) => {
    const server = serverOf(params['server_id'], state);
    const { command_name, result, result_detail } = body;
    if (!['success', 'fail'].includes(result)) throw smsRefusal('SMS.6022', 'result is success or fail.');
    if (!isObject(result_detail)) throw smsRefusal('SMS.6023', 'result_detail is a JSON object.');
    if (server.command?.command_name !== command_name) {
      throw smsRefusal('SMS.6021', 'The command reported does not match the command that was sent.');
    }
    server.command = null;
    seen(server, state);
  },

  'POST /v3/tasks/{task_id}/consistency-result': ({
    params,
    body,
    state,
  }: Call<Pick<ConsistencyRecord, 'consistency_result'>>) => {
    const { consistency_result = [] } = body;
    const record = { finished_time: state.now(), check_result: 'success', consistency_result };
    taskOf(params['task_id'], state).results.push(record);
  },

  'PUT /v3/tasks/{task_id}/progress': ({ params, body, state }: Call<Json>) => {
    const task = taskOf(params['task_id'], state);
    task.progress = { ...task.progress, ...body };
  },

  'POST /v3/{task_id}/update-network-check-info': ({ params, body, state }: Call<Json>) => {
    const task = taskOf(params['task_id'], state);
    task.network_check = body;
    return { task_id: task.id };
  },

  'GET /v3/tasks/{task_id}/certkey': ({ params, query, state }) => {
    const { id } = taskOf(params['task_id'], state);
    return {
      cert: pem('CERTIFICATE', id),
      private_key: pem('PRIVATE KEY', id),
      ca: query['enable_ca_cert'] ? pem('CERTIFICATE', `ca ${id}`) : undefined,
      target_mgmt_cert: pem('CERTIFICATE', `management ${id}`),
      target_mgmt_private_key: pem('PRIVATE KEY', `management ${id}`),
      target_data_cert: pem('CERTIFICATE', `data ${id}`),
      target_data_private_key: pem('PRIVATE KEY', `data ${id}`),
    };
  },

  'GET /v3/tasks/{task_id}/passphrase': ({ params, state }) => {
    const { id } = taskOf(params['task_id'], state);
    return { task_id: id, passphrase: `demo-passphrase-${id}` };
  },
};

/** Servers of an account. Source: API reference, 7.1. */
const QUOTA = 1_000;

/** Registers a server, or takes the news of one that is registered already: its agent has been started again. */
function register(body: Registration, state: State): SourceServer {
  const old = state.servers.get(body.id ?? '');
  if (!old && state.servers.size >= QUOTA) {
    throw smsRefusal('SMS.6501', `There are ${QUOTA} source servers already.`);
  }
  if (!body.ip && !body.ipv6) throw smsRefusal('SMS.6013', 'One of the parameters ip and ipv6 is needed.');
  if (!/^[\w.-]+$/.test(body.name)) {
    throw smsRefusal('SMS.6003', 'The name of a source server has letters, digits, underscores, dots and hyphens.');
  }
  const { name, os_type, ip = '', disks = [], networks = [], volume_groups = [], btrfs_list = [] } = body;
  const drawn = machine(state.random, { id: body.id || state.newId(), name, ip, os_type, migproject_id: '' });
  const told = Object.fromEntries(TOLD.flatMap((field) => (field in body ? [[field, body[field]]] : [])));
  const server: SourceServer = {
    ...drawn,
    ...told,
    disks: disks.map(withSizes),
    networks,
    volume_groups,
    btrfs_list,
    add_date: state.now(),
    last_visit_time: state.now(),
  };
  server.migproject_id = old?.migproject_id ?? defaultProject(state).id;
  server.task_id = old?.task_id ?? null;
  state.servers.set(server.id, server);
  return server;
}

function defaultProject(state: State): MigrationProject {
  const project = [...state.projects.values()].find(({ isdefault }) => isdefault);
  if (!project) throw smsRefusal('SMS.7304', 'There is no default migration project.');
  return project;
}

/** Fields of a registration that the record keeps under the same name. */
const TOLD = [
  'ipv6',
  'hostname',
  'os_version',
  'oem_system',
  'firmware',
  'cpu_quantity',
  'memory',
  'agent_version',
  'has_tc',
  'start_type',
] as const satisfies (keyof SourceServer)[];

function withSizes(disk: Partial<Disk>): Disk {
  return { ...disk, name: disk.name ?? '', size: disk.size ?? 0, used_size: disk.used_size ?? 0 };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function seen(server: SourceServer, state: State): void {
  server.connected = true;
  server.last_visit_time = state.now();
}

/** Looks like PEM and opens nothing. */
function pem(label: string, what: string): string {
  const text = Buffer.from(`demo only, opens nothing: ${what}`).toString('base64');
  return `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
}
