import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  anEmulator,
  BILLING_TASK,
  CRM_TASK,
  call,
  GONE_TASK,
  INTRANET_TASK,
  LEGACY_TASK,
  MAIL_TASK,
  NEW_SERVER,
  SHOP_TASK,
  WEB_TASK,
  WIKI_TASK,
} from './support/harness.ts';

const HR_PORTAL_TASK = 'd5a1e7c3-8f24-4b69-a0d6-7c9b3e1f520b';
const ERP_TASK = 'c3f7a9d2-4e81-4b56-9d0c-8a2b6e5f710d';
const HR_FILES_TASK = '96c3f0b8-1d7e-4f5a-8b42-e5d9a7c1630c';

test('the demo data has one task in every important state', async () => {
  const emulator = await anEmulator();
  const { json } = await call(emulator, 'GET', '/v3/tasks');
  const { tasks } = json as { tasks: { id: string; state: string; source_server: { state: string } | null }[] };
  expect(Object.fromEntries(tasks.map(({ id, state, source_server: server }) => [id, [state, server?.state]]))).toEqual(
    {
      [WEB_TASK]: ['MIGRATE_SUCCESS', 'finished'],
      [BILLING_TASK]: ['RUNNING', 'replicate'],
      [LEGACY_TASK]: ['MIGRATE_FAIL', 'error'],
      [SHOP_TASK]: ['SYNCING', 'syncing'],
      [WIKI_TASK]: ['MIGRATE_SUCCESS', 'finished'],
      [MAIL_TASK]: ['MIGRATE_SUCCESS', 'finished'],
      [CRM_TASK]: ['MIGRATE_SUCCESS', 'finished'],
      [INTRANET_TASK]: ['READY', 'waiting'],
      [GONE_TASK]: ['MIGRATE_SUCCESS', undefined],
      [HR_PORTAL_TASK]: ['SYNCING', 'syncing'],
      [HR_FILES_TASK]: ['SYNCING', 'syncing'],
      [ERP_TASK]: ['SYNC_FAIL', 'error'],
    },
  );
  expect((await call(emulator, 'GET', `/v3/sources?id=${NEW_SERVER}`)).json).toMatchObject({
    source_servers: [{ current_task: null }],
  });
});

test('the demo data has checks with differences, without, with too many files, with none, and a failed check', async () => {
  const emulator = await anEmulator();
  /** Per check its result, and per directory the number of files and of differences. */
  const checks = async (id: string) =>
    (await resultsOf(emulator, id)).map(({ check_result, consistency_result: rows }) => [
      check_result,
      ...rows.map((row) => `${row.num_total_files} - ${row.num_different_files + row.num_target_miss_files}`),
    ]);
  expect(await checks(WEB_TASK)).toEqual([
    ['success', '128450 - 10', '2210 - 12', '9034 - 0'],
    ['success', '128450 - 0', '2210 - 0', '9034 - 0'],
  ]);
  expect(await checks(WIKI_TASK)).toEqual([['success', '18733 - 0', '2051 - 0']]);
  expect(await checks(SHOP_TASK)).toEqual([['success', '61204 - 11', '3377 - 0']]);
  expect(await checks(MAIL_TASK)).toEqual([['success', '1000000 - 0', '0 - 0', '8120 - 0']]);
  expect(await checks(HR_PORTAL_TASK)).toEqual([['success', '24310 - 0', '1902 - 0']]);
  expect(await checks(HR_FILES_TASK)).toEqual([['success', '310554 - 0']]);
  expect(await checks(CRM_TASK)).toEqual([['fail', '5210 - 0']]);
  expect(emulator.state.tasks.get(CRM_TASK)?.error_json).toBe(
    '{"error_code":"SMS.1511","error_param":"[\\"/srv/crm\\"]"}',
  );
});

test('no check of the seed data includes a directory that agents exclude', async () => {
  const emulator = await anEmulator({ servers: 200 });
  const demo = await anEmulator();
  const excluded = /^\/(bin|boot|dev|home|etc|lib|media|proc|sbin|selinux|sys|usr|var|run|tmp)(\/|$)|^[A-Z]:\\?$/;
  for (const { state } of [emulator, demo]) {
    for (const { results, configurations } of state.tasks.values()) {
      const checked = results.flatMap((result) => result.consistency_result.map(({ dir_check }) => dir_check));
      const configured = configurations.find(({ config_key }) => config_key === 'CONSISTENCY_DIR')?.config_value ?? '';
      expect([...checked, ...configured.split(',')].filter((directory) => excluded.test(directory))).toEqual([]);
    }
  }
});

test('a check excludes system directories and directories inside other ones', async () => {
  const emulator = await anEmulator();
  const path = `/v3/tasks/${INTRANET_TASK}`;
  const config_value = '/etc,/srv/www,/srv/www/logs,/srv/wwwold,/home/me,/opt/app/,/opt/app/lib,/variable';
  const configurations = [{ config_key: 'CONSISTENCY_DIR', config_value }];
  await call(emulator, 'POST', `${path}/configuration-setting`, { configurations });
  await call(emulator, 'POST', `${path}/action`, { operation: 'start', is_need_consistency_check: true });
  emulator.state.advance(60_000);
  const [check] = await resultsOf(emulator, INTRANET_TASK);
  expect(check?.consistency_result.map(({ dir_check }) => dir_check)).toEqual([
    '/srv/www',
    '/srv/wwwold',
    '/opt/app/',
    '/variable',
  ]);
});

test('the option `servers` sets the number of servers, each with a task', async () => {
  const emulator = await anEmulator({ servers: 12 });
  expect([emulator.state.servers.size, emulator.state.tasks.size]).toEqual([12, 12]);
  expect([...emulator.state.servers.values()].every(({ task_id }) => emulator.state.tasks.has(task_id ?? ''))).toBe(
    true,
  );
  const few = await anEmulator({ servers: 1 });
  expect([...few.state.tasks.keys()]).toEqual([WEB_TASK]);
});

interface Check {
  check_result: string;
  consistency_result: {
    dir_check: string;
    num_total_files: number;
    num_different_files: number;
    num_target_miss_files: number;
  }[];
}

async function resultsOf(emulator: Emulator, id: string): Promise<Check[]> {
  const { json } = await call(emulator, 'GET', `/v3/tasks/${id}/consistency-result`);
  return (json as { result_list: string[] }).result_list.map((text) => JSON.parse(text) as Check);
}
