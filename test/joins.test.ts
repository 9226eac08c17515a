/** What joins cost in calls to SMS, and what a response contains when one of them fails. */
import { describe, expect, it } from 'vitest';
import { ask, BILLING_TASK, callCounts, callsTo, errorsOf, frozenGateway, LEGACY_TASK } from './support/ask.ts';
import { WEB_TASK } from './support/harness.ts';

describe('a page of 100 tasks out of 2,000', () => {
  it('costs one call, including the source servers', async () => {
    const { calls, nodes } = await pageOf100('sourceServer { id name state osType }');
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual({ 'GET /v3/tasks': 1 });
  });

  it('costs one more call for fields that only the list of source servers has', async () => {
    const { calls, nodes } = await pageOf100(
      'sourceServer { id cpuQuantity isConsistencyResultExist checks { name } }',
    );
    expect(nodes.every(({ sourceServer }) => typeof sourceServer['cpuQuantity'] === 'number')).toBe(true);
    expect(calls).toEqual({ 'GET /v3/sources': 1, 'GET /v3/tasks': 1 });
  });

  it('costs one call per server for fields that only a single server has', async () => {
    const { calls } = await pageOf100('sourceServer { hostname firmware disks { name } }');
    expect(calls).toEqual({ 'GET /v3/sources/{id}': 100, 'GET /v3/tasks': 1 });
  });

  it('costs one call per task for fields that only a single task has', async () => {
    const { calls } = await pageOf100('regionId finishDate again: sourceServer { id }');
    expect(calls).toEqual({ 'GET /v3/tasks': 1, 'GET /v3/tasks/{id}': 100 });
  });

  it('costs one search for all migration projects', async () => {
    const { calls, nodes } = await pageOf100('migrationProject { name } sourceServer { migrationProject { id } }');
    expect(nodes.every(({ migrationProject }) => migrationProject !== null)).toBe(true);
    // One page of projects, and the pages of their servers until all are found.
    expect(calls).toEqual({ 'GET /v3/migprojects': 1, 'GET /v3/sources': 12, 'GET /v3/tasks': 1 });
  });

  it('is read once if a query selects it twice', async () => {
    const gateway = await frozenGateway();
    await ask(gateway, '{ one: migrationTasks { nodes { id } } other: migrationTasks { totalCount } }');
    expect(callsTo(gateway.emulator)).toEqual(['GET /v3/tasks?limit=50&offset=0']);
  });
});

interface Row {
  sourceServer: Record<string, unknown>;
  migrationProject: Record<string, unknown> | null;
}

/** Reads fields of a page of 100 tasks, and counts the calls. */
async function pageOf100(fields: string) {
  const gateway = await frozenGateway({}, { servers: 2000 });
  const { migrationTasks } = await ask<{ migrationTasks: { nodes: Row[] } }>(
    gateway,
    `{ migrationTasks(first: 100) { nodes { id ${fields} } } }`,
  );
  return { calls: callCounts(gateway.emulator), nodes: migrationTasks.nodes };
}

it('a field that SMS leaves out of a full object or of a row is not fetched again', async () => {
  const gateway = await frozenGateway();
  const query = `{
    migrationTask(id: "${WEB_TASK}") { cloneServer { name } networkCheckInfo { networkDelay } }
    migrationTasks { nodes { networkCheckInfo { networkDelay } } }
    sourceServers { nodes { currentTaskLog { logBucket logUploadTime } } }
  }`;
  const blank = { networkCheckInfo: null };
  const currentTaskLog = { logBucket: null, logUploadTime: null };
  expect(await ask(gateway, query)).toEqual({
    migrationTask: { cloneServer: null, ...blank },
    migrationTasks: { nodes: [blank, blank, blank] },
    sourceServers: { nodes: [{ currentTaskLog }, { currentTaskLog }, { currentTaskLog }] },
  });
  expect(callCounts(gateway.emulator)).toEqual({
    'GET /v3/tasks/{id}': 1,
    'GET /v3/tasks': 1,
    'GET /v3/sources': 1,
  });
});

describe('an error', () => {
  it('of a join affects only its own field', async () => {
    const gateway = await frozenGateway();
    const path = `/v3/tasks/${LEGACY_TASK}/consistency-result`;
    const body = { error_code: 'SMS.9001', error_msg: 'No.' };
    gateway.emulator.fault({ kind: 'status', status: 400, body, path, times: Infinity });
    const response = await gateway.send('{ migrationTasks { nodes { id consistencyResults { checkResult } } } }');
    const checked = { checkResult: 'success' };
    expect(response.body.data).toEqual({
      migrationTasks: {
        nodes: [
          { id: WEB_TASK, consistencyResults: [checked, checked] },
          { id: BILLING_TASK, consistencyResults: [] },
          { id: LEGACY_TASK, consistencyResults: null },
        ],
      },
    });
    expect(errorsOf(response)).toEqual([
      {
        path: ['migrationTasks', 'nodes', 2, 'consistencyResults'],
        extensions: { type: 'SmsInvalidInputError', code: 'SMS.9001', httpStatus: 400, kind: 'INVALID' },
      },
    ]);
  });

  it('of a list that many rows need is reported in each row, but costs one call', async () => {
    const gateway = await frozenGateway({}, { servers: 100 });
    const body = { error_code: 'SMS.9004', error_msg: 'Not allowed.' };
    gateway.emulator.fault({ kind: 'status', status: 403, body, path: '/v3/sources', times: Infinity });
    const response = await gateway.send(
      '{ migrationTasks { nodes { sourceServer { name isConsistencyResultExist } } } }',
    );
    const extensions = { type: 'SmsForbiddenError', code: 'SMS.9004', httpStatus: 403 };
    expect(errorsOf(response)).toEqual(
      Array.from({ length: 50 }, (_, row) => ({
        path: ['migrationTasks', 'nodes', row, 'sourceServer', 'isConsistencyResultExist'],
        extensions,
      })),
    );
    expect(callCounts(gateway.emulator)).toEqual({ 'GET /v3/tasks': 1, 'GET /v3/sources': 1 });
  });

  it('of a list is not reported if each object can be read alone', async () => {
    const gateway = await frozenGateway({}, { servers: 5 });
    const body = { error_code: 'SMS.9004', error_msg: 'Not allowed.' };
    gateway.emulator.fault({ kind: 'status', status: 403, body, path: '/v3/sources?' });
    const { migrationTasks } = await ask<{ migrationTasks: { nodes: Row[] } }>(
      gateway,
      '{ migrationTasks { nodes { sourceServer { id cpuQuantity } } } }',
    );
    expect(migrationTasks.nodes.every(({ sourceServer }) => typeof sourceServer['cpuQuantity'] === 'number')).toBe(
      true,
    );
    expect(callCounts(gateway.emulator)).toEqual({
      'GET /v3/tasks': 1,
      'GET /v3/sources': 1,
      'GET /v3/sources/{id}': 5,
    });
  });
});
