/** The migration projects of all data sets, and those of some. */
import type { MigrationProject } from './records.ts';

export const PROJECTS: [MigrationProject, MigrationProject, MigrationProject] = [
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
  {
    id: '5e8f2c91-6b0a-4d37-8c4e-b9d1f7a3e608',
    name: 'wave-3_apps',
    description: 'Everything else',
    isdefault: false,
    region: 'ap-southeast-3',
    start_target_server: true,
    speed_limit: 0,
    use_public_ip: true,
    exist_server: true,
    type: 'MIGRATE_FILE',
    enterprise_project: 'default',
    syncing: false,
    start_network_check: false,
  },
];

/** Only in the demo data: a wave whose targets can be launched. */
export const READY_PROJECT: MigrationProject = {
  id: '74a9d3e6-5c1f-4b82-9d07-e6f8b2c4a109',
  name: 'wave-4_hr',
  description: 'Copied and checked; waits for its launch',
  isdefault: false,
  region: 'ap-southeast-3',
  start_target_server: true,
  speed_limit: 0,
  use_public_ip: true,
  exist_server: false,
  type: 'MIGRATE_FILE',
  enterprise_project: 'default',
  syncing: true,
  start_network_check: false,
};

/** Only on request: a wave with servers in every state. */
export const LARGE_PROJECT: MigrationProject = {
  id: 'b2d64f1c-93a7-4e58-8c1d-5f0a7e9b3c40',
  name: 'wave-5_shop',
  description: 'Online shop, servers in every state',
  isdefault: false,
  region: 'ap-southeast-3',
  start_target_server: true,
  speed_limit: 0,
  use_public_ip: true,
  exist_server: false,
  type: 'MIGRATE_FILE',
  enterprise_project: 'default',
  syncing: true,
  start_network_check: false,
};
