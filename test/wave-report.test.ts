/** Reports on whole migration projects, and on the source servers that meet a filter. */
import { describe, expect, it } from 'vitest';
import { ask, DEMO_DATA, errorsOf, frozenGateway, UNKNOWN_ID, WAVE_1, WAVE_3 } from './support/ask.ts';
import { gatewayTo, WEB_TASK } from './support/harness.ts';
import { checkOf, projectId, serverId, TOKEN_EXPIRED, taskId, wideSms } from './support/wide-sms.ts';

const FIELDS = `
  verdict reason fileName text
  rows { taskId taskName sourceServerId sourceServerName dirCheck verdict reason }
  tasks { taskId verdict reason migrationTask { id name } sourceServer { id name } }
  servers { sourceServer { id } verdict reason }
  totals { serversWithoutTask tasks consistentTasks differentTasks notVerifiedTasks directories differentDirectories }
  tasksWithoutResults { id }
  serversWithoutTask { id name }
  failedTasks { taskId error { __typename code } }`;
const REPORT = `query ($taskIds: [ID!], $project: ID, $servers: SourceServerFilter, $only: Boolean! = false) {
  consistencyReport(
    taskIds: $taskIds, migrationProject: $project, sourceServers: $servers, onlyDifferences: $only, format: JSON
  ) { ${FIELDS} }
}`;

interface Report {
  verdict: string;
  reason: string | null;
  fileName: string;
  text: string;
  rows: Record<string, unknown>[];
  totals: Record<string, number>;
  failedTasks: unknown[];
  [list: string]: unknown;
}

type Gateway = ReturnType<typeof gatewayTo>;

async function reportOn(gateway: Gateway, variables: object): Promise<Report | null> {
  return (await ask<{ consistencyReport: Report | null }>(gateway, REPORT, variables)).consistencyReport;
}

const forward = (origin: string) => gatewayTo(origin, { auth: 'forward', key: null });

/** A project of three servers: one differs, one was never checked, one has no task. */
function mixedSms() {
  return wideSms({
    servers: 3,
    projects: 1,
    server: (index, row) => (index === 2 ? { ...row, current_task: null } : row),
    results: (index) => (index === 0 ? [checkOf({ '/srv': 4, '/opt': 0 })] : []),
  });
}

describe('A report on a migration project', () => {
  it('has a row and a verdict for every server, with or without a task', async () => {
    const { origin, calls } = await mixedSms();
    const row = (index: number) => ({
      taskId: taskId(index),
      taskName: `move-${index}`,
      sourceServerId: serverId(index),
      sourceServerName: `web-${index}`,
    });
    const rows = [
      { ...row(0), dirCheck: '/srv', verdict: 'DIFFERENT', reason: null },
      { ...row(0), dirCheck: '/opt', verdict: 'CONSISTENT', reason: null },
      { ...row(1), dirCheck: null, verdict: 'NOT_VERIFIED', reason: 'NO_RESULTS' },
      { ...row(2), taskId: null, taskName: null, dirCheck: null, verdict: 'NOT_VERIFIED', reason: 'NO_TASK' },
    ];
    const task = (index: number) => ({
      taskId: taskId(index),
      migrationTask: { id: taskId(index), name: `move-${index}` },
      sourceServer: { id: serverId(index), name: `web-${index}` },
    });
    const report = await reportOn(forward(origin), { project: projectId(0) });
    expect(report).toEqual({
      verdict: 'DIFFERENT',
      reason: null,
      fileName: 'consistency-report.json',
      text: expect.any(String),
      rows,
      tasks: [
        { ...task(0), verdict: 'DIFFERENT', reason: null },
        { ...task(1), verdict: 'NOT_VERIFIED', reason: 'NO_RESULTS' },
      ],
      servers: [
        { sourceServer: { id: serverId(0) }, verdict: 'DIFFERENT', reason: null },
        { sourceServer: { id: serverId(1) }, verdict: 'NOT_VERIFIED', reason: 'NO_RESULTS' },
        { sourceServer: { id: serverId(2) }, verdict: 'NOT_VERIFIED', reason: 'NO_TASK' },
      ],
      totals: {
        serversWithoutTask: 1,
        tasks: 2,
        consistentTasks: 0,
        differentTasks: 1,
        notVerifiedTasks: 1,
        directories: 2,
        differentDirectories: 1,
      },
      tasksWithoutResults: [{ id: taskId(1) }],
      serversWithoutTask: [{ id: serverId(2), name: 'web-2' }],
      failedTasks: [],
    });
    expect(JSON.parse(report?.text ?? '')).toMatchObject(rows);
    expect(calls).toEqual({ 'GET /v3/sources': 1, 'GET /v3/tasks/{id}/consistency-result': 2 });
  });

  it('leaves only differences in the rows and the file with `onlyDifferences`', async () => {
    const gateway = forward((await mixedSms()).origin);
    const [whole, differences] = [
      await reportOn(gateway, { project: projectId(0) }),
      await reportOn(gateway, { project: projectId(0), only: true }),
    ];
    const rows = whole?.rows.filter(({ verdict }) => verdict === 'DIFFERENT');
    expect(rows).toHaveLength(1);
    expect(differences).toEqual({ ...whole, fileName: 'consistency-differences.json', rows, text: expect.any(String) });
    expect(JSON.parse(differences?.text ?? '')).toMatchObject(rows ?? []);
  });

  it('keeps the file of the differences and the whole file apart in one request', async () => {
    const gateway = forward((await mixedSms()).origin);
    const query = `query ($id: ID!) {
      whole: consistencyReport(migrationProject: $id) { text }
      differences: consistencyReport(migrationProject: $id, onlyDifferences: true) { text }
    }`;
    const { body } = await gateway.send(
      query,
      { id: projectId(0) },
      { 'x-auth-token': 'a-token', 'x-max-calls': '5000' },
    );
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', estimate: 4022 } }] });
    const large = gatewayTo((await mixedSms()).origin, {
      auth: 'forward',
      key: null,
      requestLimits: { maxCalls: 5_000 },
    });
    const { whole, differences } = await ask<Record<'whole' | 'differences', { text: string }>>(large, query, {
      id: projectId(0),
    });
    expect([whole, differences].map(({ text }) => text.trim().split('\r\n').length)).toEqual([5, 2]);
  });

  it('is CONSISTENT only if every directory of every server is', async () => {
    const { origin } = await wideSms({ servers: 5, projects: 1 });
    expect(await reportOn(forward(origin), { project: projectId(0) })).toMatchObject({
      verdict: 'CONSISTENT',
      reason: null,
      totals: { tasks: 5, consistentTasks: 5 },
    });
  });

  it.each([
    [
      'a server has no task',
      'NO_TASK',
      { server: (index: number, row: object) => (index ? row : { ...row, current_task: null }) },
    ],
    ['a task was never checked', 'NO_RESULTS', { results: (index: number) => (index ? [checkOf({ '/srv': 0 })] : []) }],
    [
      'a task cannot be read',
      'READ_FAILED',
      {
        results: (index: number) =>
          index ? [checkOf({ '/srv': 0 })] : { status: 500, body: { error_code: 'SMS.6000' } },
      },
    ],
  ])('is NOT_VERIFIED if %s (%s)', async (_, reason, options) => {
    const { origin } = await wideSms({ servers: 3, projects: 1, ...options });
    expect(await reportOn(forward(origin), { project: projectId(0) })).toMatchObject({
      verdict: 'NOT_VERIFIED',
      reason,
      servers: expect.arrayContaining([{ sourceServer: { id: serverId(0) }, verdict: 'NOT_VERIFIED', reason }]),
    });
  });

  it('is NOT_VERIFIED if the project has no servers', async () => {
    const { origin, calls } = await wideSms({ servers: 1, projects: 1 });
    expect(await reportOn(forward(origin), { project: 'empty' })).toMatchObject({
      verdict: 'NOT_VERIFIED',
      reason: 'NO_SERVERS',
      rows: [],
      totals: { serversWithoutTask: 0, tasks: 0 },
    });
    expect(calls).toEqual({ 'GET /v3/sources': 1, 'GET /v3/migprojects/empty': 1 });
  });

  it('is null for an unknown project', async () => {
    const gateway = await frozenGateway();
    expect(await reportOn(gateway, { project: UNKNOWN_ID })).toBeNull();
  });

  it('reads 200 servers in a call', async () => {
    const { origin, calls } = await wideSms();
    const report = await reportOn(forward(origin), { project: projectId(7) });
    expect(report).toMatchObject({ verdict: 'CONSISTENT', totals: { tasks: 200, directories: 400 } });
    expect(report?.rows[0]).toMatchObject({ sourceServerId: serverId(1400) });
    expect(calls).toEqual({ 'GET /v3/sources': 1, 'GET /v3/tasks/{id}/consistency-result': 200 });
  });

  it('covers 2,000 servers', async () => {
    const { origin, calls } = await wideSms({ servers: 2_000, projects: 1 });
    expect(await reportOn(forward(origin), { project: projectId(0) })).toMatchObject({ totals: { tasks: 2_000 } });
    expect(calls).toEqual({ 'GET /v3/sources': 10, 'GET /v3/tasks/{id}/consistency-result': 2_000 });
  });

  it('is rejected after one call if the project has more servers', async () => {
    const { origin, calls } = await wideSms({ servers: 2_001, projects: 1 });
    const { body } = await forward(origin).send(REPORT, { project: projectId(0) });
    expect(body).toEqual({
      data: { consistencyReport: null },
      errors: [
        expect.objectContaining({
          message:
            'The selection has 2001 source servers; at most 2000 are allowed. Split the report: select by state, migrationCycle or name, or list the servers with sourceServers and send the ids of their tasks as taskIds.',
          extensions: expect.objectContaining({
            type: 'SmsInvalidInputError',
            kind: 'INVALID',
            code: 'TOO_MANY_SERVERS',
          }),
        }),
      ],
    });
    expect(calls).toEqual({ 'GET /v3/sources': 1 });
  });

  it('keeps what was read when the token expires half-way', async () => {
    let reads = 0;
    const { origin } = await wideSms({
      servers: 60,
      projects: 1,
      results: () => {
        reads += 1;
        return reads > 20 ? TOKEN_EXPIRED : [checkOf({ '/srv': 0 })];
      },
    });
    const report = await reportOn(forward(origin), { project: projectId(0) });
    expect(report).toMatchObject({ verdict: 'NOT_VERIFIED', reason: 'READ_FAILED' });
    const { tasks = 0, consistentTasks = 0, notVerifiedTasks = 0 } = report?.totals ?? {};
    expect([tasks, consistentTasks + notVerifiedTasks, report?.failedTasks.length]).toEqual([60, 60, notVerifiedTasks]);
    expect(notVerifiedTasks).toBe(40);
    expect(report?.failedTasks[0]).toMatchObject({
      error: { __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' },
    });
  });

  it('fails if the token expires before a page of servers is read', async () => {
    const { origin } = await wideSms({
      servers: 1_000,
      projects: 1,
      before: (path, query) => (path === '/v3/sources' && query.get('offset') === '400' ? TOKEN_EXPIRED : undefined),
    });
    const response = await forward(origin).send(REPORT, { project: projectId(0) });
    expect(response.body.data).toEqual({ consistencyReport: null });
    expect(errorsOf(response)).toMatchObject([{ extensions: { type: 'SmsUnauthenticatedError' } }]);
  });

  it.each([
    ['fewer source servers than it reports', { count: 3, source_servers: [{ id: 'server-0', current_task: null }] }],
    ['a source server without an id', { count: 1, source_servers: [{ name: 'web', current_task: null }] }],
  ])('fails if SMS lists %s', async (what, body) => {
    const { origin } = await wideSms({
      before: (path) => (path === '/v3/sources' ? { status: 200, body } : undefined),
    });
    const response = await forward(origin).send(REPORT, { project: projectId(0) });
    expect(response.body).toMatchObject({
      data: { consistencyReport: null },
      errors: [
        {
          message: `SMS sent ${what}, so the selection is not complete. Try again later.`,
          extensions: { type: 'SmsUnavailableError', code: 'INVALID_ANSWER' },
        },
      ],
    });
  });
});

describe('A report on filtered source servers', () => {
  it('covers the servers that meet the conditions', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const report = await reportOn(gateway, { servers: { migproject: WAVE_3, state: 'FINISHED' } });
    expect(report?.servers).toEqual([
      { sourceServer: { id: expect.any(String) }, verdict: 'CONSISTENT', reason: null },
      { sourceServer: { id: expect.any(String) }, verdict: 'NOT_VERIFIED', reason: 'NO_FILES_FOUND' },
      { sourceServer: { id: expect.any(String) }, verdict: 'NOT_VERIFIED', reason: 'CHECK_FAILED' },
    ]);
  });

  it('covers all servers if there are no conditions', async () => {
    const gateway = await frozenGateway();
    expect(await reportOn(gateway, { servers: {} })).toMatchObject({ totals: { tasks: 3 } });
  });

  it('is NOT_VERIFIED if no server meets the conditions', async () => {
    const gateway = await frozenGateway();
    expect(await reportOn(gateway, { servers: { name: 'none' } })).toMatchObject({
      verdict: 'NOT_VERIFIED',
      reason: 'NO_SERVERS',
    });
  });
});

describe('The selection of a report', () => {
  const message = 'Give exactly one of taskIds, migrationProject and sourceServers.';
  it.each<[string, object, string[]]>([
    ['there is none', {}, ['taskIds', 'migrationProject', 'sourceServers']],
    ['there are two', { taskIds: [WEB_TASK], project: WAVE_1 }, ['taskIds', 'migrationProject']],
    [
      'there are three',
      { taskIds: [WEB_TASK], project: WAVE_1, servers: {} },
      ['taskIds', 'migrationProject', 'sourceServers'],
    ],
    ['one of two is empty', { project: WAVE_1, servers: {} }, ['migrationProject', 'sourceServers']],
  ])('is rejected if %s', async (_, variables, names) => {
    const gateway = await frozenGateway({ requestLimits: { maxCalls: 10_000 } });
    const [error] = errorsOf(await gateway.send(REPORT, variables));
    expect(error?.extensions).toMatchObject({
      type: 'SmsInvalidInputError',
      code: 'INVALID_INPUT',
      fields: names.map((name) => ({ path: [name], message })),
    });
    expect(gateway.emulator.requests).toEqual([]);
  });

  it('may leave the others null', async () => {
    const gateway = await frozenGateway();
    expect(await reportOn(gateway, { taskIds: [WEB_TASK], project: null, servers: null })).toMatchObject({
      serversWithoutTask: [],
      totals: { serversWithoutTask: 0, tasks: 1 },
    });
  });
});

it('A directory filter of the latest check does not affect its verdict', async () => {
  const { origin } = await wideSms({ servers: 1, projects: 1, results: () => [checkOf({ '/srv': 4, '/opt': 0 })] });
  const query = `{ sourceServers { nodes {
    latestConsistencyCheck {
      verdict
      all: directories { dirCheck }
      open: directories(only: [DIFFERENT, NOT_VERIFIED]) { dirCheck }
      unverified: directories(only: [NOT_VERIFIED]) { dirCheck }
    }
    currentTask { latestConsistencyCheck { directories(only: [CONSISTENT]) { dirCheck } } }
  } } }`;
  expect(await ask(forward(origin), query)).toEqual({
    sourceServers: {
      nodes: [
        {
          latestConsistencyCheck: {
            verdict: 'DIFFERENT',
            all: [{ dirCheck: '/srv' }, { dirCheck: '/opt' }],
            open: [{ dirCheck: '/srv' }],
            unverified: [],
          },
          currentTask: { latestConsistencyCheck: { directories: [{ dirCheck: '/opt' }] } },
        },
      ],
    },
  });
});
