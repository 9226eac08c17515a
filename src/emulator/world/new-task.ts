/** A migration task with the defaults of SMS. */

import { between } from './random.ts';
import type { MigrationTask, SourceServer } from './records.ts';
import type { State } from './state.ts';

const REGIONS = [
  ['ap-southeast-3', 'AP-Singapore'],
  ['cn-north-4', 'CN North-Beijing4'],
] as const;

/** A task that is ready to be started. It is not stored yet. */
export function newTask(state: State, server: SourceServer, id: string): MigrationTask {
  const { random } = state;
  const [region_id, region_name] = REGIONS[server.os_type === 'LINUX' ? 0 : 1];
  return {
    id,
    number: state.nextTaskNumber(),
    name: `move-${server.name}`,
    type: server.os_type === 'LINUX' ? 'MIGRATE_FILE' : 'MIGRATE_BLOCK',
    os_type: server.os_type,
    server_id: server.id,
    create_date: state.now(),
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
    is_need_consistency_check: false,
    migration_ip: `203.0.113.${between(random, 1, 254)}`,
    vm_template_id: null,
    target: {
      id: state.newId(),
      vm_id: state.newId(),
      name: `${server.name}-new`,
      disks: server.disks,
      volume_groups: server.volume_groups,
      image_disk_id: null,
      cutovered_snapshot_ids: null,
    },
    state: 'READY',
    since: state.now(),
    runs: [],
    finishedAt: null,
    drilledAt: null,
    clearedAt: null,
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
