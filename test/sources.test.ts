/** Queries of source servers: one server, pages of servers, failed servers and the overview. */
import { expect, it } from 'vitest';
import {
  ask,
  BILLING_SERVER,
  BILLING_TASK,
  callCounts,
  callsTo,
  frozenGateway,
  LEGACY_SERVER,
  LEGACY_TASK,
  UNKNOWN_ID,
  WAVE_1,
  WAVE_2,
} from './support/ask.ts';
import { WEB_SERVER, WEB_TASK } from './support/harness.ts';

it('reads a server with its current task in one call', async () => {
  const gateway = await frozenGateway();
  const query = `{
    sourceServer(id: "${BILLING_SERVER}") {
      id name hostname osType firmware state stateText migrationCycle migrationCycleText memory connected addDate
      currentTask { id state } currentTaskSettings { existServer usePublicIp }
      disks { name partitionStyle physicalVolumes { name deviceUse deviceUseText } }
      initTargetServer { disks { name deviceUse } }
      checks { name result errorCode }
    }
  }`;
  expect(await ask(gateway, query)).toEqual({
    sourceServer: {
      id: BILLING_SERVER,
      name: 'billing-win',
      hostname: 'BILLING-WIN',
      osType: 'WINDOWS',
      firmware: 'BIOS',
      state: 'REPLICATE',
      stateText: 'replicate',
      migrationCycle: 'REPLICATING',
      migrationCycleText: 'replicating',
      memory: 16_384,
      connected: true,
      addDate: '2026-09-18T14:13:20.000Z',
      currentTask: { id: BILLING_TASK, state: 'RUNNING' },
      currentTaskSettings: { existServer: false, usePublicIp: true },
      disks: [
        {
          name: 'Disk 0',
          partitionStyle: 'MBR',
          physicalVolumes: [{ name: 'C:', deviceUse: 'OS', deviceUseText: 'OS' }],
        },
      ],
      initTargetServer: { disks: [{ name: 'Disk 0', deviceUse: 'BOOT' }] },
      checks: expect.arrayContaining([
        { name: 'OS_VERSION', result: 'OK', errorCode: null },
        { name: 'DRIVER_FILE', result: 'OK', errorCode: null },
      ]),
    },
  });
  expect(callsTo(gateway.emulator)).toEqual([`GET /v3/sources/${BILLING_SERVER}`]);
});

it('a server is null for an unknown id', async () => {
  const gateway = await frozenGateway();
  expect(await ask(gateway, `{ sourceServer(id: "${UNKNOWN_ID}") { id } }`)).toEqual({ sourceServer: null });
});

it('servers are filtered by SMS with every filter of its API', async () => {
  const gateway = await frozenGateway();
  const query = 'query ($filter: SourceServerFilter!) { sourceServers(filter: $filter) { nodes { id } } }';
  const filtered = async (filter: object) => {
    const { sourceServers } = await ask<{ sourceServers: { nodes: { id: string }[] } }>(gateway, query, { filter });
    return sourceServers.nodes.map(({ id }) => id);
  };
  expect(await filtered({ state: 'FINISHED' })).toEqual([WEB_SERVER]);
  expect(await filtered({ name: 'legacy' })).toEqual([LEGACY_SERVER]);
  expect(await filtered({ id: WEB_SERVER })).toEqual([WEB_SERVER]);
  expect(await filtered({ ip: '192.0.2.45' })).toEqual([BILLING_SERVER]);
  expect(await filtered({ ipv6: '2001:db8::9' })).toEqual([]);
  expect(await filtered({ migproject: WAVE_2 })).toEqual([BILLING_SERVER]);
  expect(await filtered({ migrationCycle: 'CUTOVERED' })).toEqual([WEB_SERVER]);
  expect(await filtered({ connected: false })).toEqual([LEGACY_SERVER]);
  expect(await filtered({ enterpriseProjectId: 'other' })).toEqual([]);
  expect(await filtered({ isConsistencyResultExist: true })).toEqual([WEB_SERVER]);
  expect(await filtered({ vmId: UNKNOWN_ID })).toEqual([]);
  expect(await filtered({ state: null, name: 'web' })).toEqual([WEB_SERVER]);
  expect(callsTo(gateway.emulator).slice(-3)).toEqual([
    'GET /v3/sources?is_consistency_result_exist=true&limit=50&offset=0',
    `GET /v3/sources?limit=50&offset=0&vm_id=${UNKNOWN_ID}`,
    'GET /v3/sources?limit=50&name=web&offset=0',
  ]);
});

it('returns the memory in MB if SMS sends MB or bytes', async () => {
  const gateway = await frozenGateway();
  const { one, list } = await ask<{ one: { memory: number }; list: { nodes: { memory: number }[] } }>(
    gateway,
    `{ one: sourceServer(id: "${WEB_SERVER}") { memory } list: sourceServers(first: 1) { nodes { memory } } }`,
  );
  const server = gateway.emulator.state.servers.get(WEB_SERVER);
  const megabytes = (server?.memory ?? 0) / 2 ** 20;
  expect([one.memory, list.nodes[0]?.memory]).toEqual([megabytes, megabytes]);
  if (server) server.memory = megabytes;
  expect(await ask(gateway, `{ sourceServer(id: "${WEB_SERVER}") { memory } }`)).toEqual({
    sourceServer: { memory: megabytes },
  });
});

it('joins a page of servers to their tasks without a call and to their projects with one search', async () => {
  const gateway = await frozenGateway();
  const query =
    '{ sourceServers { nodes { name currentTask { id } currentTaskLog { logBucket } migrationProject { id } } } }';
  const currentTaskLog = { logBucket: null };
  expect(await ask(gateway, query)).toEqual({
    sourceServers: {
      nodes: [
        { name: 'web-prod-01', currentTask: { id: WEB_TASK }, currentTaskLog, migrationProject: { id: WAVE_1 } },
        { name: 'billing-win', currentTask: { id: BILLING_TASK }, currentTaskLog, migrationProject: { id: WAVE_2 } },
        { name: 'legacy-db', currentTask: { id: LEGACY_TASK }, currentTaskLog, migrationProject: { id: WAVE_1 } },
      ],
    },
  });
  expect(callCounts(gateway.emulator)).toEqual({ 'GET /v3/sources': 3, 'GET /v3/migprojects': 1 });
});

it('a server that no project lists has no migration project', async () => {
  const gateway = await frozenGateway();
  const server = gateway.emulator.state.servers.get(WEB_SERVER);
  if (server) server.migproject_id = '';
  const query = `{ sourceServer(id: "${WEB_SERVER}") { migrationProject { id } } }`;
  expect(await ask(gateway, query)).toEqual({ sourceServer: { migrationProject: null } });
});

it('lists failed servers with the error and the server', async () => {
  const gateway = await frozenGateway();
  const query =
    '{ failedServers { nodes { name errorJson sourceIp targetIp sourceServer { id name state } } totalCount } }';
  const target = gateway.emulator.state.tasks.get(LEGACY_TASK)?.migration_ip;
  expect(await ask(gateway, query)).toEqual({
    failedServers: {
      nodes: [
        {
          name: 'legacy-db',
          errorJson: JSON.stringify({ error_code: 'SMS.3802', error_param: JSON.stringify([target]) }),
          sourceIp: '198.51.100.77',
          targetIp: target,
          sourceServer: { id: LEGACY_SERVER, name: 'legacy-db', state: 'ERROR' },
        },
      ],
      totalCount: 1,
    },
  });
  expect(callCounts(gateway.emulator)).toEqual({ 'GET /v3/errors': 1, 'GET /v3/sources/{id}': 1 });
});

it('the overview counts the servers in each state', async () => {
  const gateway = await frozenGateway();
  expect(await ask(gateway, '{ overview { finished replicate error waiting unconfigured } }')).toEqual({
    overview: { finished: 1, replicate: 1, error: 1, waiting: 0, unconfigured: 0 },
  });
});
