/** Requests like the samples of the API reference, which contradict its tables. All of them are accepted. */
import { expect, test } from 'vitest';
import {
  anEmulator,
  BILLING_TASK,
  call,
  INTRANET_SERVER,
  INTRANET_TASK,
  NEW_SERVER,
  TEMPLATE,
  WAVE_TWO,
  WEB_TASK,
} from './support/harness.ts';

const target = { region_id: 'r', region_name: 'r', project_id: 'p', project_name: 'p' };

test.each<[request: string, method: string, path: string, body: object, response: unknown]>([
  [
    'a new task with an undocumented field, and null instead of a list',
    'POST',
    '/v3/tasks',
    {
      ...target,
      auto_install_pvdriver: true,
      auto_start: true,
      syncing: false,
      migration_ip: '198.51.100.140',
      name: 'MigrationTask',
      os_type: 'LINUX',
      source_server: { id: NEW_SERVER },
      start_target_server: true,
      target_server: {
        name: 'files-02-new',
        vm_id: 'd39f7a20-6e5c-41b8-8c94-f2b0e7d5a10a',
        disks: [
          { device_use: 'OS', disk_id: 'd1', name: 'Disk 0', physical_volumes: [{ name: 'x', size: 1, index: 1 }] },
        ],
        btrfs_list: null,
      },
      type: 'MIGRATE_FILE',
      use_public_ip: false,
    },
    { id: expect.any(String) },
  ],
  [
    'a change of a task with null values and empty texts',
    'PUT',
    `/v3/tasks/${BILLING_TASK}`,
    {
      ...target,
      name: 'MigrationTask',
      type: 'MIGRATE_BLOCK',
      migration_ip: null,
      vm_template_id: TEMPLATE,
      target_server: {
        id: 't',
        vm_id: '',
        name: '',
        ip: null,
        disks: [],
        image_disk_id: null,
        cutovered_snapshot_ids: null,
      },
      clone_server: null,
    },
    { id: BILLING_TASK },
  ],
  [
    'a template whose network SMS creates',
    'PUT',
    `/v3/vm/templates/${TEMPLATE}`,
    {
      template: {
        name: 'web-tier',
        is_template: false,
        vpc: { id: 'autoCreate', name: 'autoCreate' },
        nics: [{ id: 'autoCreate', name: 'autoCreate', cidr: '192.0.2.0/24' }],
        security_groups: [{ id: 'autoCreate', name: 'autoCreate' }],
        publicip: { type: '5_bgp', bandwidth_size: 1 },
        disk: [{ index: 0, name: 'disk0', disktype: 'SAS', size: 111 }],
      },
    },
    {},
  ],
  ['a project with a number as its name', 'PUT', `/v3/migprojects/${WAVE_TWO}`, { name: 225, exist_server: true }, {}],
  [
    'adjacent periods of a speed limit',
    'POST',
    `/v3/tasks/${WEB_TASK}/speed-limit`,
    {
      speed_limit: [
        { start: '00:00', end: '08:00', speed: 20, over_speed_threshold: 50 },
        { start: '08:00', end: '23:59', speed: 0 },
      ],
    },
    {},
  ],
  [
    'a network measurement without connectivity, with its result in capitals',
    'POST',
    `/v3/${WEB_TASK}/update-network-check-info`,
    {
      network_delay: 20,
      network_jitter: 2,
      migration_speed: 100,
      loss_percentage: 0,
      cpu_usage: 20,
      mem_usage: 20,
      evaluation_result: 'SUCCESS',
    },
    { task_id: WEB_TASK },
  ],
  [
    'a progress report with numbers as texts',
    'PUT',
    `/v3/tasks/${BILLING_TASK}/progress`,
    {
      subtask_name: 'ATTACH_AGENT_IMAGE',
      progress: '100',
      replicatesize: '1000',
      totalsize: 100_000,
      process_trace: '',
    },
    {},
  ],
  [
    'a state report that matches its migration cycle',
    'PUT',
    `/v3/sources/${INTRANET_SERVER}/changestate`,
    { copystate: 'replicate', migrationcycle: 'replicating' },
    {},
  ],
  ['a migration drill', 'POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation: 'migration_test' }, {}],
])('%s is accepted', async (_, method, path, body, answer) => {
  const emulator = await anEmulator();
  const { status, json } = await call(emulator, method, path, body);
  expect([status, json]).toEqual([200, answer]);
});

test('acknowledgements have the same bytes as the samples of the vendor', async () => {
  const emulator = await anEmulator();
  const action = await call(emulator, 'POST', `/v3/tasks/${BILLING_TASK}/action`, { operation: 'stop' });
  expect([action.text, action.headers.get('content-type')]).toEqual(['{ }', 'application/json;charset=UTF-8']);
  const privacy = await call(emulator, 'POST', '/v3/privacy-agreements');
  expect([privacy.text, privacy.status]).toEqual(['""', 200]);
});
