/** The data set: three well-known servers, and as many more as asked for, made by the seeded generator. */
import { newCheck } from './checks.ts';
import { machine } from './machines.ts';
import { ready } from './progress.ts';
import type {
  ConsistencyRecord,
  MigrationProject,
  MigrationTask,
  Phase,
  ServerTemplate,
  SourceServer,
} from './records.ts';
import { between, oneOf, type Random } from './seeded.ts';
import type { State } from './state.ts';

/** Monday, 21 September 2026, 14:13:20 UTC: the stored past happened around this moment. */
const PAST = 1_790_000_000_000;
const HOUR = 3_600_000;
/** The running tasks of the data set take so many times longer than a task that is started, so that they stay running. */
const PATIENCE = 10;

const REGIONS = [
  ['ap-southeast-3', 'AP-Singapore'],
  ['cn-north-4', 'CN North-Beijing4'],
] as const;

/** Fills an empty state with `count` source servers and what belongs to them. */
export function fill(state: State, count: number): void {
  for (const project of projects) state.projects.set(project.id, { ...project });
  state.templates.set(template.id, { ...template });
  const known = [webServer, billingServer, legacyServer];
  for (let index = 0; index < count; index += 1) (known[index] ?? anyServer)(state, index);
}

function webServer(state: State): void {
  const server = machine(state.random, {
    id: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01',
    name: 'web-prod-01',
    ip: '192.0.2.21',
    os_type: 'LINUX',
    migproject_id: projects[0].id,
  });
  const task = newTask(state, server, '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103', ended(state, 'MIGRATE_SUCCESS'));
  task.vm_template_id = template.id;
  task.results = [webCheck(PAST + 4_800_000, 1), webCheck(PAST + 8_400_000, 0)];
  task.speed_limit = 200;
  task.speed_limits = [
    { start: '08:00', end: '20:00', speed: 100, over_speed_threshold: 20 },
    { start: '20:00', end: '23:59', speed: 0, over_speed_threshold: 10 },
  ];
  task.configurations = [
    { config_key: 'MIGRATE_EXCLUDE_DIR', config_value: '/mnt/backup,/var/tmp', config_status: '' },
    { config_key: 'CONSISTENCY_DIR', config_value: '/srv/www,/etc,/opt/app', config_status: '' },
    { config_key: 'LINUX_CPU_LIMIT', config_value: '50', config_status: '' },
  ];
  store(state, server, task);
}

function billingServer(state: State): void {
  const server = machine(state.random, {
    id: 'a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302',
    name: 'billing-win',
    ip: '192.0.2.45',
    os_type: 'WINDOWS',
    migproject_id: projects[1].id,
  });
  store(state, server, newTask(state, server, 'e2c94b58-17d0-4f6a-b3c8-9d0f6a1b5204', running(state, 0.4)));
}

function legacyServer(state: State): void {
  const server = machine(state.random, {
    id: '18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b',
    name: 'legacy-db',
    ip: '198.51.100.77',
    os_type: 'LINUX',
    connected: false,
    migproject_id: projects[0].id,
  });
  const task = newTask(state, server, '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805', ended(state, 'MIGRATE_FAIL', 0.03));
  task.error_json = sshFailure(task.migration_ip);
  store(state, server, task);
}

// One state of six in turn, so that no state of an overview passes the 1,000 that its schema allows.
function anyServer(state: State, index: number): void {
  const { random } = state;
  const number = String(index).padStart(4, '0');
  const server = machine(random, {
    id: state.newId(),
    name: `${oneOf(random, ['web', 'db', 'app', 'cache', 'mail'])}-${number}`,
    // 198.18.0.0/15 is reserved for benchmarks (RFC 2544).
    ip: `198.18.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    os_type: index % 4 === 0 ? 'WINDOWS' : 'LINUX',
    connected: index % 10 !== 0,
    migproject_id: oneOf(random, [projects[0].id, projects[1].id]),
  });
  const id = state.newId();
  const task = newTask(state, server, id, phaseInTurn(state, index));
  const { state: now } = task.phase;
  if (now === 'MIGRATE_FAIL') task.error_json = sshFailure(task.migration_ip);
  if (now === 'SYNC_SUCCESS' || (now === 'MIGRATE_SUCCESS' && index % 12 > 5)) {
    task.results = [newCheck(PAST + between(random, 1, 48) * HOUR, ['/srv', '/etc'], task.number)];
  }
  store(state, server, task);
}

function phaseInTurn(state: State, index: number): Phase {
  const phases: (() => Phase)[] = [
    () => ended(state, 'MIGRATE_SUCCESS'),
    () => ended(state, 'SYNC_SUCCESS'),
    () => running(state, state.random() * 0.5),
    () => ready(PAST, state.taskDuration),
    () => ended(state, 'MIGRATE_FAIL', 0.03),
    () => ended(state, 'ABORT', 0.5),
  ];
  return (phases[index % phases.length] ?? (() => ended(state, 'ABORT', 0.5)))();
}

function store(state: State, server: SourceServer, task: MigrationTask): void {
  state.servers.set(server.id, server);
  state.tasks.set(task.id, task);
}

/** A task with the values that SMS gives when nobody says otherwise. */
export function newTask(state: State, server: SourceServer, id: string, phase: Phase): MigrationTask {
  const { random } = state;
  const [region_id, region_name] = REGIONS[server.os_type === 'LINUX' ? 0 : 1];
  return {
    id,
    number: 90 + state.tasks.size,
    name: `move-${server.name}`,
    type: server.os_type === 'LINUX' ? 'MIGRATE_FILE' : 'MIGRATE_BLOCK',
    os_type: server.os_type,
    server_id: server.id,
    create_date: phase.startedAt === null ? phase.since : phase.startedAt - 600_000,
    priority: 1,
    speed_limit: 0,
    region_id,
    region_name,
    project_id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    project_name: region_id,
    start_target_server: true,
    exist_server: false,
    use_public_ip: true,
    syncing: false,
    need_migration_test: false,
    migration_ip: publicAddress(random),
    vm_template_id: null,
    target: {
      id: state.newId(),
      vm_id: state.newId(),
      name: `${server.name}-new`,
      disks: server.disks,
      volume_groups: server.volume_groups,
      image_disk_id: '',
    },
    phase,
    error_json: '',
    results: [],
    speed_limits: [],
    configurations: [],
    network_check: null,
    log: null,
    clone: null,
    progress: {},
  };
}

function ended(state: State, result: Phase['state'], done = 1): Phase {
  const startedAt = PAST - between(state.random, 1, 48) * HOUR;
  const finishedAt = startedAt + 4 * HOUR;
  const run = result.startsWith('SYNC') ? 'sync' : 'migrate';
  return { state: result, run, startedAt, finishedAt, since: finishedAt, done, duration: 4 * HOUR, check: true };
}

function running(state: State, done: number): Phase {
  const duration = PATIENCE * state.taskDuration;
  const now = state.now();
  const startedAt = Math.round(now - done * duration);
  return {
    state: 'RUNNING',
    run: 'migrate',
    startedAt,
    finishedAt: null,
    since: startedAt,
    done: 0,
    duration,
    check: true,
  };
}

function webCheck(finished_time: number, differ: 0 | 1): ConsistencyRecord {
  const directory = (dir_check: string, total: number, different: number, missing: number, more: number) => ({
    dir_check,
    num_total_files: total,
    num_different_files: different * differ,
    num_target_miss_files: missing * differ,
    num_target_more_files: more * differ,
  });
  return {
    finished_time,
    check_result: 'success',
    consistency_result: [
      directory('/srv/www', 128_450, 7, 3, 0),
      directory('/etc', 2_210, 12, 0, 4),
      directory('/opt/app', 9_034, 0, 0, 0),
    ],
  };
}

function sshFailure(ip: string): string {
  return JSON.stringify({ error_code: 'SMS.3802', error_param: [ip] });
}

function publicAddress(random: Random): string {
  return `203.0.113.${between(random, 1, 254)}`;
}

const projects: [MigrationProject, MigrationProject] = [
  {
    id: '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06',
    name: 'wave-1_web',
    description: 'First wave: web tier',
    isdefault: true,
    region: 'ap-southeast-3',
    start_target_server: true,
    speed_limit: 200,
    use_public_ip: true,
    exist_server: false,
    type: 'MIGRATE_FILE',
    enterprise_project: 'default',
    syncing: false,
    start_network_check: true,
  },
  {
    id: 'c60b1f39-4d7e-4835-9f2a-8e1d5b3c7a07',
    name: 'wave-2_windows',
    description: '',
    isdefault: false,
    region: 'cn-north-4',
    start_target_server: false,
    speed_limit: 0,
    use_public_ip: false,
    exist_server: true,
    type: 'MIGRATE_BLOCK',
    enterprise_project: 'finance',
    syncing: true,
    start_network_check: false,
  },
];

const template: ServerTemplate = {
  id: '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08',
  name: 'web-tier_4u8g',
  is_template: 'true',
  region: 'ap-southeast-3',
  projectid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  target_server_name: 'web-prod-01-new',
  availability_zone: 'ap-southeast-3a',
  volumetype: 'SSD',
  flavor: 's6.xlarge.2',
  vpc: { id: 'a1d4e7b0-3c62-4f95-8a1b-d2c5f8e90b11', name: 'vpc-web', cidr: '192.0.2.0/24' },
  nics: [{ id: 'c7e0a3d6-9b48-4c21-95fe-8b1d4e7f2a12', name: 'subnet-web-a', cidr: '192.0.2.1/24', ip: '192.0.2.200' }],
  security_groups: [{ id: 'e3b6d9f2-5a84-4e70-b1c3-7f0a2d5c8b13', name: 'sg-migration' }],
  publicip: { type: '5_bgp', bandwidth_size: 300, bandwidth_share_type: 'PER' },
  disk: [
    { id: 21, index: 0, name: 'system', disktype: 'SSD', size: 40, device_use: 'OS' },
    { id: 22, index: 1, name: 'data1', disktype: 'SSD', size: 200, device_use: 'NORMAL' },
  ],
  data_volume_type: 'SSD',
  target_password: 'demo-target-password',
  image_id: '0d5f8a1c-6e39-4b72-90d4-c3e6f9b2a514',
};
