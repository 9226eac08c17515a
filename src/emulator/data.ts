/** The data set: three well-known servers, and as many more as asked for, made by the seeded generator. */
import { PROJECTS, TEMPLATE } from './catalogue.ts';
import { directoriesOf, newCheck } from './checks.ts';
import { machine } from './machines.ts';
import { newTask } from './new-task.ts';
import { ready } from './progress.ts';
import type { ConsistencyRecord, MigrationTask, Phase, SourceServer } from './records.ts';
import { between, oneOf } from './seeded.ts';
import type { State } from './state.ts';

/** Monday, 21 September 2026, 14:13:20 UTC: the stored past happened around this moment. */
const PAST = 1_790_000_000_000;
const HOUR = 3_600_000;
/** The running tasks of the data set take so many times longer than a task that is started, so that they stay running. */
const PATIENCE = 10;

/** Fills an empty state with `count` source servers and what belongs to them. */
export function fill(state: State, count: number): void {
  for (const project of PROJECTS) state.projects.set(project.id, { ...project });
  state.templates.set(TEMPLATE.id, { ...TEMPLATE });
  const known = [webServer, billingServer, legacyServer];
  for (let index = 0; index < count; index += 1) (known[index] ?? anyServer)(state, index);
}

function webServer(state: State): void {
  const server = machine(state.random, {
    id: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01',
    name: 'web-prod-01',
    ip: '192.0.2.21',
    os_type: 'LINUX',
    migproject_id: PROJECTS[0].id,
  });
  const task = newTask(state, server, '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103', ended(state, 'MIGRATE_SUCCESS'));
  task.vm_template_id = TEMPLATE.id;
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
    migproject_id: PROJECTS[1].id,
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
    migproject_id: PROJECTS[0].id,
  });
  const task = newTask(state, server, '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805', ended(state, 'MIGRATE_FAIL', 0.03));
  task.error_json = sshFailure(task.migration_ip);
  const failed = { error_code: 'SMS.6517', error_or_warn: 'ERROR', error_params: 'rsync' };
  server.checks = server.checks.map((check) =>
    check['name'] === 'RSYNC' ? { ...check, ...failed, result: 'ERROR', params: ['rsync'] } : check,
  );
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
    migproject_id: oneOf(random, [PROJECTS[0].id, PROJECTS[1].id]),
  });
  const id = state.newId();
  const task = newTask(state, server, id, phaseInTurn(state, index));
  const { state: now } = task.phase;
  if (now === 'MIGRATE_FAIL') task.error_json = sshFailure(task.migration_ip);
  if (now === 'SYNC_SUCCESS' || (now === 'MIGRATE_SUCCESS' && index % 12 > 5)) {
    task.results = [newCheck(PAST + between(random, 1, 48) * HOUR, directoriesOf(task), task.number)];
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
  server.task_id = task.id;
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
