/** Exports of whole migration projects, and of the source servers that meet a filter. */
import { describe, expect, it } from 'vitest';
import { DEMO_DATA, frozenGateway, UNKNOWN_ID } from './support/ask.ts';
import { type Gateway, gatewayTo, WEB_TASK } from './support/harness.ts';
import { projectId, serverId, TOKEN_EXPIRED, taskId, wideSms } from './support/wide-sms.ts';

const EXPORT = `mutation ($input: ExportConsistencyResultsInput!) {
  exportConsistencyResults(input: $input) {
    __typename
    ... on ExportConsistencyResultsSuccess { files { json } tasks { ...task } serversWithoutTask { id name } }
    ... on ExportConsistencyResultsPartial {
      files { json } tasks { ...task } serversWithoutTask { id name }
      failedTasks { task { ...task } error { __typename code } }
    }
    ... on SmsError { code message }
    ... on SmsInvalidInputError { kind fields { path message } }
  }
}
fragment task on ExportedTask { taskId sourceId sourceName }`;

async function exportOf(gateway: Gateway, input: object): Promise<unknown> {
  const { body } = await gateway.send(EXPORT, { input });
  return body.errors ?? body.data?.['exportConsistencyResults'];
}

const forward = (origin: string) => gatewayTo(origin, { auth: 'forward', key: null });
const task = (index: number) => ({ taskId: taskId(index), sourceId: serverId(index), sourceName: `web-${index}` });

describe('An export of a migration project', () => {
  it('covers the tasks of all of its servers, and names the servers without a task', async () => {
    const { origin, calls, exports } = await wideSms({
      servers: 3,
      projects: 1,
      server: (index, row) => (index === 1 ? { ...row, current_task: null } : row),
    });
    expect(await exportOf(forward(origin), { migrationProject: projectId(0) })).toEqual({
      __typename: 'ExportConsistencyResultsSuccess',
      files: [{ json: { exported: 2 } }],
      tasks: [task(0), task(2)],
      serversWithoutTask: [{ id: serverId(1), name: 'web-1' }],
    });
    expect(exports).toEqual([
      {
        task_info: [
          { task_id: taskId(0), source_id: serverId(0), source_name: 'web-0' },
          { task_id: taskId(2), source_id: serverId(2), source_name: 'web-2' },
        ],
      },
    ]);
    expect(calls).toEqual({ 'GET /v3/sources': 1, 'POST /v3/tasks/consistency-results/export': 1 });
  });

  it('covers 10,000 servers in 100 calls', async () => {
    const { origin, calls } = await wideSms({ servers: 10_000, projects: 1 });
    expect(await exportOf(forward(origin), { migrationProject: projectId(0) })).toMatchObject({
      __typename: 'ExportConsistencyResultsSuccess',
      tasks: Array.from({ length: 10_000 }, (_, index) => task(index)),
    });
    expect(calls).toEqual({ 'GET /v3/sources': 50, 'POST /v3/tasks/consistency-results/export': 50 });
  });

  it('is rejected after one call if the project has more servers', async () => {
    const { origin, calls } = await wideSms({ servers: 10_001, projects: 1 });
    expect(await exportOf(forward(origin), { migrationProject: projectId(0) })).toEqual({
      __typename: 'SmsInvalidInputError',
      code: 'TOO_MANY_SERVERS',
      kind: 'INVALID',
      message:
        'The selection has 10001 source servers; at most 10000 are allowed. Split the export: select by migrationProject, or by conditions such as state, migrationCycle or name, and export each part.',
      fields: null,
    });
    expect(calls).toEqual({ 'GET /v3/sources': 1 });
  });

  it.each([
    ['the project has no servers', 'empty', 'The selection has no source servers'],
    ['no server of the project has a task', projectId(0), 'None of the 2 selected source servers has a task'],
  ])('is rejected if %s', async (_, id, problem) => {
    const { origin } = await wideSms({
      servers: 2,
      projects: 1,
      server: (_index, row) => ({ ...row, current_task: null }),
    });
    expect(await exportOf(forward(origin), { migrationProject: id })).toMatchObject({
      __typename: 'SmsInvalidInputError',
      code: 'NO_TASKS_SELECTED',
      message: `${problem}, so there is nothing to export. Select others, or create tasks first.`,
    });
  });

  it("returns SMS's own error for an unknown project", async () => {
    const gateway = await frozenGateway();
    expect(await exportOf(gateway, { migrationProject: UNKNOWN_ID })).toMatchObject({
      __typename: 'SmsNotFoundError',
      code: 'SMS.7301',
    });
  });

  it('exports the others if SMS rejects one of the tasks, and names that one', async () => {
    const { origin, calls } = await wideSms({
      servers: 4,
      projects: 1,
      before: (_, _query, body) =>
        body.includes(taskId(2))
          ? { status: 400, body: { error_code: 'SMS.7703', error_msg: 'No such task.' } }
          : undefined,
    });
    expect(await exportOf(forward(origin), { migrationProject: projectId(0) })).toEqual({
      __typename: 'ExportConsistencyResultsPartial',
      files: [{ json: { exported: 2 } }, { json: { exported: 1 } }],
      tasks: [task(0), task(1), task(3)],
      serversWithoutTask: [],
      failedTasks: [{ task: task(2), error: { __typename: 'SmsNotFoundError', code: 'SMS.7703' } }],
    });
    expect(calls).toEqual({ 'GET /v3/sources': 1, 'POST /v3/tasks/consistency-results/export': 5 });
  });

  it('fails as a whole if the token expires while the servers are read', async () => {
    const { origin } = await wideSms({
      servers: 1_000,
      projects: 1,
      before: (path, query) => (path === '/v3/sources' && query.get('offset') === '400' ? TOKEN_EXPIRED : undefined),
    });
    expect(await exportOf(forward(origin), { migrationProject: projectId(0) })).toMatchObject({
      __typename: 'SmsUnauthenticatedError',
      code: 'APIGW.0301',
    });
  });
});

it('An export of filtered source servers covers the servers that meet the conditions', async () => {
  const gateway = await frozenGateway({}, DEMO_DATA);
  expect(await exportOf(gateway, { sourceServers: { state: 'SYNCING' } })).toMatchObject({
    __typename: 'ExportConsistencyResultsSuccess',
    tasks: [{ sourceName: 'shop-web' }, { sourceName: 'hr-portal' }, { sourceName: 'hr-files' }],
    serversWithoutTask: [],
  });
});

describe('The selection of an export', () => {
  const message = 'Give exactly one of taskInfo, migrationProject and sourceServers.';
  it.each<[string, object, string[]]>([
    ['there is none', {}, ['taskInfo', 'migrationProject', 'sourceServers']],
    ['there are two', { taskInfo: [{ taskId: WEB_TASK }], sourceServers: {} }, ['taskInfo', 'sourceServers']],
  ])('is rejected if %s', async (_, input, names) => {
    const gateway = await frozenGateway();
    expect(await exportOf(gateway, input)).toEqual({
      __typename: 'SmsInvalidInputError',
      code: 'INVALID_INPUT',
      kind: 'INVALID',
      message: names.map((name) => `input.${name}: ${message}`).join(' '),
      fields: names.map((name) => ({ path: ['input', name], message })),
    });
    expect(gateway.emulator.requests).toEqual([]);
  });
});
