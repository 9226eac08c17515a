/** Generated source servers, as an agent would register them: disks, volumes, networks and pre-migration checks. */

import { between, oneOf, type Random, uuid } from './random.ts';
import type { Disk, Json, OsType, SourceServer } from './records.ts';

const GiB = 2 ** 30;
/** Thursday, 18 September 2026, 14:13:20 UTC. */
const REGISTERED_AT_MS = 1_789_740_800_000;

type Identity = Pick<SourceServer, 'id' | 'name' | 'ip' | 'os_type' | 'migproject_id'> & { connected?: boolean };

/** A registered source server without a task, with random hardware. */
export function newSourceServer(random: Random, identity: Identity): SourceServer {
  const { os_type, name, ip } = identity;
  const linux = os_type === 'LINUX';
  const cores = oneOf(random, [2, 4, 8, 16]);
  return {
    connected: true,
    ...identity,
    hostname: linux ? name : name.toUpperCase(),
    enterprise_project_id: '0',
    add_date: REGISTERED_AT_MS,
    os_version: linux ? oneOf(random, ['UBUNTU_22_4_64BIT', 'CENTOS_7_9_64BIT']) : 'WINDOWS2019_64BIT',
    oem_system: false,
    firmware: 'BIOS',
    cpu_quantity: cores,
    memory: cores * 2 * GiB,
    disks: linux ? linuxDisks(random) : windowsDisks(random),
    volume_groups: linux ? [volumeGroup(between(random, 20, 80) * GiB)] : [],
    btrfs_list: [],
    networks: [network(random, os_type, ip)],
    checks: passedChecks(os_type),
    last_visit_time: REGISTERED_AT_MS,
    agent_version: '25.7.0',
    has_tc: linux,
    start_type: 'MANUAL',
    reported: null,
    command: null,
    task_id: null,
  };
}

/** Target servers have fewer values of `device_use` than source servers. */
export function targetDeviceUse(use: unknown): unknown {
  return ['NORMAL', 'OS', 'BOOT'].includes(String(use)) ? use : 'NORMAL';
}

function linuxDisks(random: Random): Disk[] {
  const used = between(random, 5, 30) * GiB;
  return [
    {
      name: '/dev/vda',
      partition_style: 'MBR',
      device_use: 'BOOT',
      size: 40 * GiB,
      used_size: used + GiB / 4,
      os_disk: true,
      physical_volumes: [
        volume(
          random,
          { name: '/dev/vda1', file_system: 'ext4', mount_point: '/boot', device_use: 'BOOT' },
          GiB,
          GiB / 4,
        ),
        volume(random, { name: '/dev/vda2', file_system: 'xfs', mount_point: '/', device_use: 'OS' }, 39 * GiB, used),
      ],
    },
    {
      name: '/dev/vdb',
      partition_style: 'GPT',
      device_use: 'NORMAL',
      size: 200 * GiB,
      used_size: 86 * GiB,
      os_disk: false,
      physical_volumes: [
        volume(
          random,
          { name: '/dev/vdb1', file_system: 'LVM2_member', mount_point: '', device_use: 'VOLUME_GROUP' },
          199 * GiB,
          86 * GiB,
        ),
      ],
    },
  ];
}

function windowsDisks(random: Random): Disk[] {
  const used = between(random, 20, 60) * GiB;
  return [
    {
      name: 'Disk 0',
      partition_style: 'MBR',
      device_use: 'BOOT',
      size: 80 * GiB,
      used_size: used,
      os_disk: true,
      physical_volumes: [
        volume(random, { name: 'C:', file_system: 'NTFS', mount_point: 'C:\\', device_use: 'OS' }, 80 * GiB, used),
      ],
    },
  ];
}

function volume(random: Random, fields: Json, size: number, used_size: number): Json {
  return { ...fields, index: 0, size, used_size, uuid: uuid(random) };
}

function volumeGroup(used: number): Json {
  return {
    name: 'vg_data',
    components: '/dev/vdb1',
    size: 199 * GiB,
    free_size: 99 * GiB,
    logical_volumes: [
      {
        name: '/dev/mapper/vg_data-lv_www',
        file_system: 'xfs',
        mount_point: '/srv/www',
        size: 100 * GiB,
        used_size: used,
        free_size: 100 * GiB - used,
        block_count: 26_214_400,
        block_size: 4096,
        inode_size: 512,
        inode_nums: 52_428_800,
        device_use: 'NORMAL',
      },
    ],
  };
}

// 00:00:5e:00:53:xx is reserved for documentation (RFC 7042). A Windows agent reports only the MAC address.
function network(random: Random, os_type: OsType, ip: string): Json {
  const mac = `00:00:5e:00:53:${between(random, 16, 255).toString(16)}`;
  const id = String(between(random, 1000, 9999));
  if (os_type === 'WINDOWS') return { name: null, ip: null, netmask: null, gateway: null, mtu: 0, mac, id };
  return { name: 'eth0', ip, netmask: '255.255.255.0', gateway: ip.replace(/\d+$/, '1'), mtu: 1500, mac, id };
}

/** The pre-migration checks. Their ids repeat with every server. */
function passedChecks(os_type: OsType): Json[] {
  return CHECKS[os_type].map((name, index) => ({
    id: 501 + index,
    name,
    params: [''],
    result: 'OK',
    error_code: null,
    error_or_warn: null,
    error_params: '',
  }));
}

const CHECKS: Readonly<Record<OsType, readonly string[]>> = {
  LINUX: [
    'OS_VERSION',
    'CPU',
    'MEMORY',
    'PARAVIRTUALIZATION',
    'FIRMWARE',
    'BOOT_LOADER',
    'RSYNC',
    'RAW_DEVICES',
    'DISK_INFO',
    'PARTITION_STYLE',
    'FILE_SYSTEM',
    'LINUX_BLOCK_SUPPORT',
  ],
  WINDOWS: [
    'OS_VERSION',
    'FIRMWARE',
    'CPU',
    'MEMORY',
    'SYSTEM_ROOT',
    'PARTITION_STYLE',
    'FILE_SYSTEM',
    'FREE_SPACE',
    'OEM_SYSTEM',
    'DRIVER_FILE',
    'SERVICE',
    'ACCOUNT_RIGHTS',
  ],
};
