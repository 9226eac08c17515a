/** An SMS that returns the same small file for every export, and pages of source servers of about 1 KB each. */
import { createServer } from 'node:http';
import { listen } from './listen.ts';

const server = (index: number) => ({
  id: `50000000-6a2b-4b0d-8f3e-${String(index).padStart(12, '0')}`,
  ip: `192.168.0.${index}`,
  name: `web-prod-${index}`,
  hostname: `web-prod-${index}.example.com`,
  enterprise_project_id: '0',
  add_date: 1_790_000_000_000 + index,
  os_type: 'LINUX',
  os_version: 'CENTOS_7_6_64BIT',
  oem_system: false,
  state: 'replicate',
  connected: true,
  firmware: 'BIOS',
  init_target_server: {
    disks: Array.from({ length: 2 }, (_, disk) => ({
      name: `/dev/vd${disk}`,
      size: 42_949_672_960,
      used_size: 12_949_672_960,
      device_use: disk === 0 ? 'BOOT' : 'NORMAL',
      physical_volumes: [
        { device_use: 'OS', file_system: 'ext4', mount_point: '/', name: `/dev/vd${disk}1`, size: 42_948_624_384 },
      ],
    })),
  },
  checks: [
    { id: 1, params: [], name: 'OS_VERSION', result: 'OK', error_code: '', error_or_warn: '', error_params: '' },
    { id: 2, params: [], name: 'DISK_SPACE', result: 'OK', error_code: '', error_or_warn: '', error_params: '' },
  ],
  current_task: { id: `70000000-6a2b-4b0d-8f3e-${String(index).padStart(12, '0')}`, name: 'move', state: 'RUNNING' },
  cpu_quantity: 4,
  memory: 8_589_934_592,
  migration_cycle: 'replicating',
  state_action_time: 1_790_000_000_000,
});

const file = Buffer.from('Task ID,Result\n7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103,consistent\n');
const pages = new Map<string, Buffer>();
const requestId = '0123456789abcdef0123456789abcdef';
const fileHeaders = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment; filename="results.csv"',
  'content-length': file.length,
  'x-request-id': requestId,
};

/** A full page of as many rows as the query asks for. */
function pageFor(url: string): Buffer {
  const page = pages.get(url);
  if (page !== undefined) return page;
  const limit = Number(new URL(url, 'http://sms').searchParams.get('limit'));
  const rows = Array.from({ length: limit }, (_, index) => server(index));
  const bytes = Buffer.from(JSON.stringify({ count: limit, source_servers: rows }));
  pages.set(url, bytes);
  return bytes;
}

listen(
  createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    request.resume().on('end', () => {
      if (request.method !== 'GET') return response.writeHead(200, fileHeaders).end(file);
      const page = pageFor(request.url ?? '/');
      const headers = { 'content-type': 'application/json', 'content-length': page.length, 'x-request-id': requestId };
      return response.writeHead(200, headers).end(page);
    });
  }),
);
