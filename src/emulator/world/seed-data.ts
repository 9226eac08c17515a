/** The data set: well-known servers, one case of every kind, and as many more as wanted, made by the seeded generator. */

import { PROJECTS, TEMPLATES } from './catalogue.ts';
import { directoriesOf, newCheck } from './consistency-fixtures.ts';
import { newTask } from './new-task.ts';
import { HOUR, halted, launched, PAST, past } from './past-runs.ts';
import { between, oneOf } from './random.ts';
import type { ConsistencyRecord, DirectoryResult, MigrationTask, SourceServer } from './records.ts';
import { machine } from './source-fixtures.ts';
import type { State } from './state.ts';
import { errorJson } from './task-actions.ts';
import { begin, stamp } from './task-runs.ts';

/** A running task of the data set takes so many times longer than one that is started: a week for a minute. */
const SLOWDOWN = 10_000;

type Known = Pick<SourceServer, 'id' | 'name' | 'ip' | 'os_type'> & { connected?: boolean; wave?: 0 | 1 | 2 };

/**
 * Fills an empty state with `count` source servers, each with a task: the well-known ones first. Without a count it is
 * the data set of demonstrations: the well-known ones, a server without a task, and a task whose server is gone.
 */
export function fill(state: State, count: number | undefined): void {
  for (const project of PROJECTS) state.projects.set(project.id, { ...project });
  for (const template of TEMPLATES) state.templates.set(template.id, { ...template });
  for (let index = 0; index < (count ?? KNOWN.length); index += 1) (KNOWN[index] ?? anyServer)(state, index);
  if (count !== undefined) return;
  newServer(state);
  goneServer(state);
}

const KNOWN: readonly ((state: State) => void)[] = [
  webServer,
  billingServer,
  legacyServer,
  shopServer,
  wikiServer,
  mailServer,
  crmServer,
  intranetServer,
];

/** Launched, synchronized again and launched again, with a check after each copy: differences, then none. */
function webServer(state: State): void {
  const task = known(state, '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103', {
    id: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01',
    name: 'web-prod-01',
    ip: '192.0.2.21',
    os_type: 'LINUX',
    wave: 0,
  });
  task.syncing = true;
  past(task, 'REPLICATE', PAST, 4_800_000);
  past(task, 'CUTOVER', PAST + 4_800_000, 600_000);
  past(task, 'RESYNC', PAST + 6_600_000, 1_800_000);
  past(task, 'CUTOVER', PAST + 8_400_000, 600_000);
  launched(task, 'MIGRATE_SUCCESS');
  task.vm_template_id = TEMPLATES[0].id;
  task.results = [
    check(
      PAST + 4_800_000,
      directory('/srv/www', 128_450, 7, 3, 0),
      directory('/data/assets', 2_210, 12, 0, 4),
      directory('/opt/app', 9_034),
    ),
    check(
      PAST + 8_400_000,
      directory('/srv/www', 128_450),
      directory('/data/assets', 2_210),
      directory('/opt/app', 9_034),
    ),
  ];
  task.speed_limit = 200;
  task.speed_limits = [
    { start: '08:00', end: '20:00', speed: 100, over_speed_threshold: 20 },
    { start: '20:00', end: '23:59', speed: 0, over_speed_threshold: 10 },
  ];
  task.configurations = [
    { config_key: 'MIGRATE_EXCLUDE_DIR', config_value: '/mnt/backup,/var/tmp', config_status: '' },
    { config_key: 'CONSISTENCY_DIR', config_value: '/srv/www,/data/assets,/opt/app', config_status: '' },
    { config_key: 'LINUX_CPU_LIMIT', config_value: '50', config_status: '' },
  ];
}

/** Being copied, for longer than any demonstration. */
function billingServer(state: State): void {
  const task = known(state, 'e2c94b58-17d0-4f6a-b3c8-9d0f6a1b5204', {
    id: 'a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302',
    name: 'billing-win',
    ip: '192.0.2.45',
    os_type: 'WINDOWS',
    wave: 1,
  });
  task.vm_template_id = TEMPLATES[1].id;
  task.is_need_consistency_check = true;
  running(task, state, 0.4);
}

/** Failed; its agent is silent. */
function legacyServer(state: State): void {
  const task = known(state, '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805', {
    id: '18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b',
    name: 'legacy-db',
    ip: '198.51.100.77',
    os_type: 'LINUX',
    wave: 0,
    connected: false,
  });
  past(task, 'REPLICATE', anyMoment(state), 3 * HOUR, 0.1);
  halted(task, 'MIGRATE_FAIL');
  task.error_json = errorJson('SMS.3802', task.migration_ip);
  const server = state.servers.get(task.server_id);
  if (!server) return;
  const failed = { result: 'ERROR', error_code: 'SMS.6517', error_or_warn: 'ERROR', error_params: 'rsync' };
  server.checks = server.checks.map((one) => (one['name'] === 'RSYNC' ? { ...one, ...failed } : one));
}

/** In continuous synchronization until somebody launches the target; files differ. */
function shopServer(state: State): void {
  const task = known(state, '4c8e2a7f-9b13-4d65-8e0a-b7d3f1c5a206', {
    id: '63f0b9c4-2d8e-4a17-9c5b-e1a7d4f8b302',
    name: 'shop-web',
    ip: '192.0.2.33',
    os_type: 'LINUX',
  });
  task.syncing = true;
  const copied = past(task, 'REPLICATE', PAST, 3 * HOUR);
  halted(task, 'SYNCING');
  task.results = [check(copied, directory('/srv/shop', 61_204, 9, 2, 1), directory('/opt/shop', 3_377))];
}

/** Launched; every file is the same. */
function wikiServer(state: State): void {
  const task = known(state, 'b1d7f3a9-5e2c-4086-9f4d-c8a6e0b2d407', {
    id: '9e5a1c7d-4f3b-4d28-8a6e-0c2f7b9d1403',
    name: 'wiki-01',
    ip: '192.0.2.34',
    os_type: 'LINUX',
  });
  const copied = wholeMigration(task, PAST);
  task.results = [check(copied, directory('/srv/wiki', 18_733), directory('/opt/wiki', 2_051))];
}

/** Launched; one directory has more files than SMS compares, and nothing was found where another was looked for. */
function mailServer(state: State): void {
  const task = known(state, '2f9c6d80-7a4e-4b35-a1c8-d5e3b7f09608', {
    id: 'c7b3e8f1-6a2d-4950-b4e7-1f8d0a5c2504',
    name: 'mail-store',
    ip: '192.0.2.35',
    os_type: 'LINUX',
  });
  const copied = wholeMigration(task, PAST + HOUR);
  task.results = [
    check(copied, directory('/srv/mail', 1_000_000), directory('/srv/mial', 0), directory('/opt/mail', 8_120)),
  ];
}

/** Launched; the consistency check itself failed, though what it counted looks clean. */
function crmServer(state: State): void {
  const task = known(state, '8a0e5b93-1c6f-4d72-8b9d-f4c7a2e6d809', {
    id: 'd4f6a1b8-3e9c-4c07-95d2-7a0b8e1f6605',
    name: 'crm-app',
    ip: '192.0.2.36',
    os_type: 'LINUX',
  });
  const copied = wholeMigration(task, PAST + 2 * HOUR);
  task.results = [{ ...check(copied, directory('/srv/crm', 5_210)), check_result: 'fail' }];
  task.error_json = errorJson('SMS.1511', '/srv/crm');
}

/** Ready to be started. */
function intranetServer(state: State): void {
  known(state, 'f6b2d9e4-8c05-4a13-9e7f-a3d8c1b5e00a', {
    id: '27e8c0d5-9b4f-4f61-8d3a-c6e1f9a7b706',
    name: 'intranet-app',
    ip: '192.0.2.37',
    os_type: 'LINUX',
  });
}

/** Waits for its first task. */
function newServer(state: State): void {
  register(state, {
    id: '7b4d1e9a-0c8f-4e26-a5b7-d9f3c2e8a807',
    name: 'files-02',
    ip: '192.0.2.38',
    os_type: 'LINUX',
  });
}

/** Its task stays without it. */
function goneServer(state: State): void {
  const task = known(state, '0b7a64e1-52cf-4d08-9c3d-f81e06b2a705', {
    id: '2c6e8f1a-4b3d-4c5e-8f90-a1b2c3d4e508',
    name: 'old-desk',
    ip: '192.0.2.66',
    os_type: 'WINDOWS',
    wave: 1,
  });
  const copied = wholeMigration(task, PAST - 24 * HOUR);
  task.results = [check(copied, directory('C:\\inetpub', 4_096))];
  state.servers.delete(task.server_id);
}

// One state of seven in turn, so that no state of an overview passes the 1,000 that its schema allows.
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
  const task = newTask(state, server, state.newId());
  const makeState = IN_TURN[index % IN_TURN.length];
  makeState?.(task, state);
  if (task.state === 'MIGRATE_FAIL') task.error_json = errorJson('SMS.3802', task.migration_ip);
  if (task.state === 'SYNC_SUCCESS' || (task.state === 'MIGRATE_SUCCESS' && index % 14 > 6)) {
    task.results = [newCheck(PAST + between(random, 1, 48) * HOUR, directoriesOf(task), task.number)];
  }
  state.servers.set(server.id, server);
  store(state, server, task);
}

const IN_TURN: readonly ((task: MigrationTask, state: State) => void)[] = [
  (task, state) => wholeMigration(task, anyMoment(state)),
  (task, state) => {
    const end = wholeMigration(task, anyMoment(state)) + 2 * HOUR;
    past(task, 'CUTOVER', past(task, 'RESYNC', end, HOUR), HOUR / 2);
    launched(task, 'SYNC_SUCCESS');
  },
  (task, state) => running(task, state, state.random() * 0.5),
  () => {},
  (task, state) => {
    past(task, 'REPLICATE', anyMoment(state), 3 * HOUR, 0.1);
    halted(task, 'MIGRATE_FAIL');
  },
  (task, state) => {
    past(task, 'REPLICATE', anyMoment(state), 3 * HOUR, 0.5);
    halted(task, 'ABORT');
  },
  (task, state) => {
    task.syncing = true;
    past(task, 'REPLICATE', anyMoment(state), 3 * HOUR);
    halted(task, 'SYNCING');
  },
];

function known(state: State, taskId: string, server: Known): MigrationTask {
  const registered = register(state, server);
  const task = newTask(state, registered, taskId);
  store(state, registered, task);
  return task;
}

function register(state: State, { wave = 2, ...server }: Known): SourceServer {
  const registered = machine(state.random, { ...server, migproject_id: PROJECTS[wave].id });
  state.servers.set(registered.id, registered);
  return registered;
}

function store(state: State, server: SourceServer, task: MigrationTask): void {
  task.create_date = (task.runs[0]?.startedAt ?? PAST) - 600_000;
  state.tasks.set(task.id, task);
  server.task_id = task.id;
}

/** Copied and launched by itself; gives the end of the copy. */
function wholeMigration(task: MigrationTask, at: number): number {
  const copied = past(task, 'REPLICATE', at, 3 * HOUR);
  past(task, 'CUTOVER', copied, HOUR / 2);
  launched(task, 'MIGRATE_SUCCESS');
  return copied;
}

function running(task: MigrationTask, state: State, done: number): void {
  const whole = SLOWDOWN * state.taskDuration;
  const now = state.now();
  begin(task, 'REPLICATE', Math.round(now - done * whole), whole, task.is_need_consistency_check);
  stamp(task, now);
}

function anyMoment(state: State): number {
  return PAST - between(state.random, 1, 48) * HOUR;
}

function check(finished_time: number, ...consistency_result: DirectoryResult[]): ConsistencyRecord {
  return { finished_time, check_result: 'success', consistency_result };
}

function directory(dir_check: string, total: number, different = 0, missing = 0, more = 0): DirectoryResult {
  return {
    dir_check,
    num_total_files: total,
    num_different_files: different,
    num_target_miss_files: missing,
    num_target_more_files: more,
  };
}
