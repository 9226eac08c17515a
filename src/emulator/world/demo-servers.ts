/** The servers of the demo data, one case of every kind. docs/emulator.md lists them. */

import { newTask } from './new-task.ts';
import {
  addLongRun,
  addPastMigration,
  addPastRun,
  addTask,
  HOUR_MS,
  PAST_MS,
  randomPast,
  setState,
} from './past-runs.ts';
import { PROJECTS, READY_PROJECT } from './project-fixtures.ts';
import type { ConsistencyRecord, DirectoryResult, MigrationTask, SourceServer } from './records.ts';
import { newSourceServer } from './source-fixtures.ts';
import type { State } from './state.ts';
import { errorJson } from './task-actions.ts';
import { TEMPLATES } from './template-fixtures.ts';

/** `wave` is the index of its migration project. */
type DemoServer = Pick<SourceServer, 'id' | 'name' | 'ip' | 'os_type'> & { connected?: boolean; wave?: 0 | 1 | 2 };

/** Launched, synchronized again and launched again; the check after the first copy found differences, the second none. */
function webServer(state: State): void {
  const task = addDemoTask(state, '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103', {
    id: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01',
    name: 'web-prod-01',
    ip: '192.0.2.21',
    os_type: 'LINUX',
    wave: 0,
  });
  task.syncing = true;
  addPastRun(task, 'REPLICATE', PAST_MS, 4_800_000);
  addPastRun(task, 'CUTOVER', PAST_MS + 4_800_000, 600_000);
  addPastRun(task, 'RESYNC', PAST_MS + 6_600_000, 1_800_000);
  addPastRun(task, 'CUTOVER', PAST_MS + 8_400_000, 600_000);
  setState(task, 'MIGRATE_SUCCESS');
  task.vm_template_id = TEMPLATES[0].id;
  task.results = [
    check(
      PAST_MS + 4_800_000,
      directory('/srv/www', 128_450, 7, 3, 0),
      directory('/data/assets', 2_210, 12, 0, 4),
      directory('/opt/app', 9_034),
    ),
    check(
      PAST_MS + 8_400_000,
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

/** Being copied, for longer than any demonstration takes. */
function billingServer(state: State): void {
  const task = addDemoTask(state, 'e2c94b58-17d0-4f6a-b3c8-9d0f6a1b5204', {
    id: 'a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302',
    name: 'billing-win',
    ip: '192.0.2.45',
    os_type: 'WINDOWS',
    wave: 1,
  });
  task.vm_template_id = TEMPLATES[1].id;
  task.is_need_consistency_check = true;
  addLongRun(task, state, 0.4);
}

/** Failed; its agent is not connected. */
function legacyServer(state: State): void {
  const task = addDemoTask(state, '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805', {
    id: '18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b',
    name: 'legacy-db',
    ip: '198.51.100.77',
    os_type: 'LINUX',
    wave: 0,
    connected: false,
  });
  addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS, 0.1);
  setState(task, 'MIGRATE_FAIL');
  task.error_json = errorJson('SMS.3802', task.migration_ip);
  const server = state.servers.get(task.server_id);
  if (!server) return;
  const failed = { result: 'ERROR', error_code: 'SMS.6517', error_or_warn: 'ERROR', error_params: 'rsync' };
  server.checks = server.checks.map((one) => (one['name'] === 'RSYNC' ? { ...one, ...failed } : one));
}

/** In continuous synchronization until the target is launched by hand; files differ. */
function shopServer(state: State): void {
  const task = addDemoTask(state, '4c8e2a7f-9b13-4d65-8e0a-b7d3f1c5a206', {
    id: '63f0b9c4-2d8e-4a17-9c5b-e1a7d4f8b302',
    name: 'shop-web',
    ip: '192.0.2.33',
    os_type: 'LINUX',
  });
  task.syncing = true;
  const copied = addPastRun(task, 'REPLICATE', PAST_MS, 3 * HOUR_MS);
  setState(task, 'SYNCING');
  task.results = [check(copied, directory('/srv/shop', 61_204, 9, 2, 1), directory('/opt/shop', 3_377))];
}

/** Launched; all files are identical. */
function wikiServer(state: State): void {
  const task = addDemoTask(state, 'b1d7f3a9-5e2c-4086-9f4d-c8a6e0b2d407', {
    id: '9e5a1c7d-4f3b-4d28-8a6e-0c2f7b9d1403',
    name: 'wiki-01',
    ip: '192.0.2.34',
    os_type: 'LINUX',
  });
  const copied = addPastMigration(task, PAST_MS);
  task.results = [check(copied, directory('/srv/wiki', 18_733), directory('/opt/wiki', 2_051))];
}

/** Launched; one directory has more files than SMS compares, and a misspelt one has none. */
function mailServer(state: State): void {
  const task = addDemoTask(state, '2f9c6d80-7a4e-4b35-a1c8-d5e3b7f09608', {
    id: 'c7b3e8f1-6a2d-4950-b4e7-1f8d0a5c2504',
    name: 'mail-store',
    ip: '192.0.2.35',
    os_type: 'LINUX',
  });
  const copied = addPastMigration(task, PAST_MS + HOUR_MS);
  task.results = [
    check(copied, directory('/srv/mail', 1_000_000), directory('/srv/mial', 0), directory('/opt/mail', 8_120)),
  ];
}

/** Launched; the consistency check itself failed, although its counts show no difference. */
function crmServer(state: State): void {
  const task = addDemoTask(state, '8a0e5b93-1c6f-4d72-8b9d-f4c7a2e6d809', {
    id: 'd4f6a1b8-3e9c-4c07-95d2-7a0b8e1f6605',
    name: 'crm-app',
    ip: '192.0.2.36',
    os_type: 'LINUX',
  });
  const copied = addPastMigration(task, PAST_MS + 2 * HOUR_MS);
  task.results = [{ ...check(copied, directory('/srv/crm', 5_210)), check_result: 'fail' }];
  task.error_json = errorJson('SMS.1511', '/srv/crm');
}

/** Ready to be started. */
function intranetServer(state: State): void {
  addDemoTask(state, 'f6b2d9e4-8c05-4a13-9e7f-a3d8c1b5e00a', {
    id: '27e8c0d5-9b4f-4f61-8d3a-c6e1f9a7b706',
    name: 'intranet-app',
    ip: '192.0.2.37',
    os_type: 'LINUX',
  });
}

/** Without a task. */
function newServer(state: State): void {
  addDemoServer(state, {
    id: '7b4d1e9a-0c8f-4e26-a5b7-d9f3c2e8a807',
    name: 'files-02',
    ip: '192.0.2.38',
    os_type: 'LINUX',
  });
}

/** Deleted, while its task remains. */
function deletedServer(state: State): void {
  const task = addDemoTask(state, '0b7a64e1-52cf-4d08-9c3d-f81e06b2a705', {
    id: '2c6e8f1a-4b3d-4c5e-8f90-a1b2c3d4e508',
    name: 'old-desk',
    ip: '192.0.2.66',
    os_type: 'WINDOWS',
    wave: 1,
  });
  const copied = addPastMigration(task, PAST_MS - 24 * HOUR_MS);
  task.results = [check(copied, directory('C:\\inetpub', 4_096))];
  state.servers.delete(task.server_id);
}

/** Launched; the synchronization afterwards failed. */
function erpServer(state: State): void {
  const task = addDemoTask(state, 'c3f7a9d2-4e81-4b56-9d0c-8a2b6e5f710d', {
    id: '5d8f2b60-7c3a-4e19-a6b4-f0c9e1d7830a',
    name: 'erp-batch',
    ip: '192.0.2.39',
    os_type: 'LINUX',
    wave: 1,
  });
  const launched = addPastMigration(task, PAST_MS + 3 * HOUR_MS);
  addPastRun(task, 'RESYNC', launched + HOUR_MS, HOUR_MS, 0.4);
  setState(task, 'SYNC_FAIL');
  task.error_json = errorJson('SMS.0806', '/dev/vdb1');
}

/** A whole wave that can be launched: in continuous synchronization, all files are identical. */
function readyWave(state: State): void {
  state.projects.set(READY_PROJECT.id, { ...READY_PROJECT });
  for (const { taskId, directories, ...server } of READY_SERVERS) {
    const task = addDemoTask(state, taskId, { ...server, os_type: 'LINUX' });
    const added = state.servers.get(task.server_id);
    if (added) added.migproject_id = READY_PROJECT.id;
    task.syncing = true;
    const copied = addPastRun(task, 'REPLICATE', PAST_MS, 2 * HOUR_MS);
    setState(task, 'SYNCING');
    task.results = [check(copied, ...directories)];
  }
}

const READY_SERVERS = [
  {
    taskId: 'd5a1e7c3-8f24-4b69-a0d6-7c9b3e1f520b',
    id: '3e9b7d15-6c40-4a82-b8f1-d0c5a2e7f908',
    name: 'hr-portal',
    ip: '192.0.2.51',
    directories: [directory('/srv/hr', 24_310), directory('/opt/hr', 1_902)],
  },
  {
    taskId: '96c3f0b8-1d7e-4f5a-8b42-e5d9a7c1630c',
    id: 'a1f6c8e2-7d39-4b05-9e64-2b8f0d3c7509',
    name: 'hr-files',
    ip: '192.0.2.52',
    directories: [directory('/data/hr', 310_554)],
  },
];

/** Each adds a server with a task. */
export const DEMO_SERVERS: readonly ((state: State) => void)[] = [
  webServer,
  billingServer,
  legacyServer,
  shopServer,
  wikiServer,
  mailServer,
  crmServer,
  intranetServer,
];

/** A server without a task, a task without a server, a wave that can be launched, and a failed synchronization. */
export const OTHER_DEMO_DATA: readonly ((state: State) => void)[] = [newServer, deletedServer, readyWave, erpServer];

function addDemoTask(state: State, taskId: string, server: DemoServer): MigrationTask {
  const added = addDemoServer(state, server);
  return addTask(state, added, newTask(state, added, taskId));
}

function addDemoServer(state: State, { wave = 2, ...server }: DemoServer): SourceServer {
  const added = newSourceServer(state.random, { ...server, migproject_id: PROJECTS[wave].id });
  state.servers.set(added.id, added);
  return added;
}

function check(finished_time: number, ...consistency_result: DirectoryResult[]): ConsistencyRecord {
  return { finished_time, check_result: 'success', consistency_result };
}

function directory(dir_check: string, total: number, different = 0, missing = 0, extra = 0): DirectoryResult {
  return {
    dir_check,
    num_total_files: total,
    num_different_files: different,
    num_target_miss_files: missing,
    num_target_more_files: extra,
  };
}
