/** What the migration agent calls: it registers its server, takes commands, reports, and reads secrets. */
import { serverOf, taskOf } from './find.ts';
import { machine } from './machines.ts';
import type { ConsistencyRecord, Disk, Json, SourceServer } from './records.ts';
import { smsRefusal } from './refusal.ts';
import type { Call, Routes } from './route.ts';
import { standing } from './standing.ts';
import type { State } from './state.ts';

/** Migration cycles that answers know; reports of an agent know four more, which leave the cycle as it was. */
const CYCLES = ['cutovering', 'cutovered', 'checking', 'setting', 'replicating', 'syncing'];

type Registration = Partial<SourceServer> & Pick<SourceServer, 'name' | 'os_type'>;

export const agent: Routes = {
  'GET /v3/config': () => ({
    config: { mainRegion: 'ap-southeast-3', obs_domain: 'obs.example.invalid', disktype: 'SSD,SAS' },
    regions: [
      { id: 'ap-southeast-3', name: 'AP-Singapore' },
      { id: 'cn-north-4', name: 'CN North-Beijing4' },
    ],
  }),

  'POST /v3/sources': ({ body, state }: Call<Registration>) => ({ id: register(body, state).id }),

  'PUT /v3/sources/{source_id}/changestate': ({
    params,
    body,
    state,
  }: Call<{ copystate: string; migrationcycle: string }>) => {
    const server = serverOf(params['source_id'], state);
    const { migration_cycle } = standing(server, state);
    server.reported = {
      // The one state that reports and answers spell differently.
      state: body.copystate === 'init' ? 'initialize' : body.copystate,
      migration_cycle: CYCLES.includes(body.migrationcycle) ? body.migrationcycle : migration_cycle,
    };
    seen(server, state);
  },

  'PUT /v3/sources/{source_id}/diskinfo': ({
    params,
    body,
    state,
  }: Call<{ disks?: Disk[]; volumegroups?: Json[]; btrfs_list?: Json[] }>) => {
    const server = serverOf(params['source_id'], state);
    server.disks = body.disks?.map(withSizes) ?? server.disks;
    server.volume_groups = body.volumegroups ?? server.volume_groups;
    server.btrfs_list = body.btrfs_list ?? server.btrfs_list;
    seen(server, state);
  },

  // Reading leaves the command in place until its result comes; whether SMS does so is not known.
  'GET /v3/sources/{server_id}/command': ({ params, state }) => serverOf(params['server_id'], state).command ?? {},

  'POST /v3/sources/{server_id}/command_result': ({ params, body, state }: Call<{ command_name: string }>) => {
    const server = serverOf(params['server_id'], state);
    if (server.command?.command_name !== body.command_name) {
      throw smsRefusal(400, 'SMS.6021', 'The command reported does not match the command that was sent.');
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

/** SMS.6005 for an id that is registered already: no code of its own is known. */
function register(body: Registration, state: State): SourceServer {
  if (body.id && state.servers.has(body.id)) {
    throw smsRefusal(400, 'SMS.6005', 'The source server is registered already.');
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
  server.migproject_id = [...state.projects.values()].find(({ isdefault }) => isdefault)?.id ?? '';
  state.servers.set(server.id, server);
  return server;
}

/** Fields of a registration that the record keeps under the same name. */
const TOLD = [
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

function seen(server: SourceServer, state: State): void {
  server.connected = true;
  server.last_visit_time = state.now();
}

/** Looks like PEM and opens nothing. */
function pem(label: string, what: string): string {
  const text = Buffer.from(`demo only, opens nothing: ${what}`).toString('base64');
  return `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
}
