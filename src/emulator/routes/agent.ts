/** Operations of the migration agent: registration of its server, commands and reports. */

import { smsError } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ConsistencyRecord, Disk, Json, MigrationProject, SourceServer } from '../world/records.ts';
import { newSourceServer } from '../world/source-fixtures.ts';
import type { State } from '../world/state.ts';
import { serverById, taskById } from './lookup.ts';
import { pick } from './pick.ts';
import { sourceState } from './source-state.ts';

/** States that an agent may report in each migration cycle. Source: API reference, 7.1, SMS.7728. */
const STATES_BY_CYCLE: Readonly<Record<string, readonly string[]>> = {
  checking: ['unavailable', 'waiting'],
  setting: ['waiting', 'premigready', 'premiging', 'premiged', 'premigfailed'],
  replicating: ['init', 'replicate', 'deleting', 'stopping', 'error', 'stopped'],
  syncing: ['syncing', 'cloning', 'deleting', 'stopping', 'error', 'stopped'],
  cutovering: ['cutovering', 'deleting', 'stopping', 'error', 'stopped'],
  cutovered: ['finished', 'deleting', 'stopping', 'error', 'stopped'],
};

/** In these states any report of a state is accepted and ignored. */
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

interface StateReport {
  copystate: string;
  migrationcycle: string;
}

interface DiskReport {
  disks?: Disk[];
  volumegroups?: Json[];
  btrfs_list?: Json[];
}

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

  'PUT /v3/sources/{source_id}/changestate': ({ params, body, state }: Call<StateReport>) => {
    const server = serverById(params['source_id'], state);
    if (!IGNORING_STATES.includes(sourceState(server, state).state)) {
      const { copystate, migrationcycle } = body;
      if (!STATES_BY_CYCLE[migrationcycle]?.includes(copystate)) {
        throw smsError('SMS.7728', 'Parameter copystate does not go with migrationcycle.');
      }
      server.reported = {
        // The only state whose names in reports and responses differ.
        state: copystate === 'init' ? 'initialize' : copystate,
        migration_cycle: migrationcycle,
        at: state.now(),
      };
    }
    recordVisit(server, state);
  },

  'PUT /v3/sources/{source_id}/diskinfo': ({ params, body, state }: Call<DiskReport>) => {
    const server = serverById(params['source_id'], state);
    if (sourceState(server, state).state !== 'waiting') return;
    server.disks = body.disks?.map(withSizes) ?? server.disks;
    server.volume_groups = body.volumegroups ?? server.volume_groups;
    server.btrfs_list = body.btrfs_list ?? server.btrfs_list;
    recordVisit(server, state);
  },

  // The command stays until its result is reported. Whether SMS does the same is unknown.
  'GET /v3/sources/{server_id}/command': ({ params, state }) => serverById(params['server_id'], state).command ?? {},

  'POST /v3/sources/{server_id}/command_result': ({ params, body, state }: Call<CommandResult>) => {
    const server = serverById(params['server_id'], state);
    const { command_name, result, result_detail } = body;
    if (!['success', 'fail'].includes(result)) throw smsError('SMS.6022', 'result must be success or fail.');
    if (!isObject(result_detail)) throw smsError('SMS.6023', 'result_detail must be a JSON object.');
    if (server.command?.command_name !== command_name) {
      throw smsError('SMS.6021', 'The reported command is not the one that was sent.');
    }
    server.command = null;
    recordVisit(server, state);
  },

  'POST /v3/tasks/{task_id}/consistency-result': ({ params, body, state }: Call<Partial<ConsistencyRecord>>) => {
    const { consistency_result = [] } = body;
    const record = { finished_time: state.now(), check_result: 'success', consistency_result };
    taskById(params['task_id'], state).results.push(record);
  },

  'PUT /v3/tasks/{task_id}/progress': ({ params, body, state }: Call<Json>) => {
    const task = taskById(params['task_id'], state);
    task.progress = { ...task.progress, ...body };
  },

  'POST /v3/{task_id}/update-network-check-info': ({ params, body, state }: Call<Json>) => {
    const task = taskById(params['task_id'], state);
    task.network_check = body;
    return { task_id: task.id };
  },
};

/** Per account. Source: API reference, 7.1. */
const MAX_SERVERS = 1_000;

/** Registers a server, or updates one that is registered already: its agent was restarted. */
function register(body: Registration, state: State): SourceServer {
  const old = state.servers.get(body.id ?? '');
  if (!old && state.servers.size >= MAX_SERVERS) {
    throw smsError('SMS.6501', `There are ${MAX_SERVERS} source servers already.`);
  }
  if (!body.ip && !body.ipv6) throw smsError('SMS.6013', 'Parameter ip or ipv6 is required.');
  if (!/^[\w.-]+$/.test(body.name)) {
    throw smsError(
      'SMS.6003',
      'The name of a source server may contain letters, digits, underscores, dots and hyphens only.',
    );
  }
  const { name, os_type, ip = '', disks = [], networks = [], volume_groups = [], btrfs_list = [] } = body;
  const migproject_id = old?.migproject_id ?? defaultProject(state).id;
  const server: SourceServer = {
    ...newSourceServer(state.random, { id: body.id || state.newId(), name, ip, os_type, migproject_id }),
    ...pick(body, REGISTERED_FIELDS),
    disks: disks.map(withSizes),
    networks,
    volume_groups,
    btrfs_list,
    add_date: state.now(),
    last_visit_time: state.now(),
    task_id: old?.task_id ?? null,
  };
  state.servers.set(server.id, server);
  return server;
}

function defaultProject(state: State): MigrationProject {
  const project = [...state.projects.values()].find(({ isdefault }) => isdefault);
  if (!project) throw smsError('SMS.7304', 'There is no default migration project.');
  return project;
}

/** Fields that a server keeps from its registration. */
const REGISTERED_FIELDS = [
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

function recordVisit(server: SourceServer, state: State): void {
  server.connected = true;
  server.last_visit_time = state.now();
}
