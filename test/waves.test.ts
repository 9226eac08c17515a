/** Migration projects as waves: their servers, consistency, progress, and whether their targets can be launched. */
import { describe, expect, it } from 'vitest';
import {
  ask,
  callCounts,
  DEMO_DATA,
  errorsOf,
  frozenGateway,
  READY_WAVE,
  UNKNOWN_ID,
  WAVE_1,
  WAVE_2,
  WAVE_3,
} from './support/ask.ts';
import { gatewayTo, WEB_SERVER } from './support/harness.ts';
import { checkOf, projectId, serverId, TOKEN_EXPIRED, taskId, wideSms } from './support/wide-sms.ts';

const forward = (origin: string) => gatewayTo(origin, { auth: 'forward', key: null });

const READ_FAILS = { status: 500, body: { error_code: 'SMS.6000', error_msg: 'SMS failed.' } };

/** The field of a project, with the number of the project. */
async function fieldOf<Field>(gateway: ReturnType<typeof gatewayTo>, id: string, field: string): Promise<Field> {
  const { migrationProject } = await ask<{ migrationProject: { field: Field } }>(
    gateway,
    `query ($id: ID!) { migrationProject(id: $id) { field: ${field} } }`,
    { id },
  );
  return migrationProject.field;
}

describe('The consistency of a project', () => {
  const CONSISTENCY = `consistency {
    verdict reason
    counts { servers consistent different notVerified withoutTask withoutResults failed }
    failedTasks { taskId error { __typename code } }
  }`;

  it('counts every server, with or without a task that can be read', async () => {
    const { origin, calls } = await wideSms({
      servers: 6,
      projects: 1,
      server: (index, row) => (index === 4 ? { ...row, current_task: null } : row),
      results: (index) =>
        [[checkOf({ '/srv': 0 })], [checkOf({ '/srv': 3 })], [], READ_FAILS, [], [checkOf({ '/srv': 0 })]][index] ?? [],
    });
    expect(await fieldOf(forward(origin), projectId(0), CONSISTENCY)).toEqual({
      verdict: 'DIFFERENT',
      reason: null,
      counts: { servers: 6, consistent: 2, different: 1, notVerified: 3, withoutTask: 1, withoutResults: 1, failed: 1 },
      failedTasks: [{ taskId: taskId(3), error: { __typename: 'SmsUnavailableError', code: 'SMS.6000' } }],
    });
    expect(calls['GET /v3/sources']).toBe(1);
  });

  it.each([
    ['WAVE_1', WAVE_1, 'NOT_VERIFIED', 'NO_RESULTS', { servers: 2, consistent: 1, withoutResults: 1 }],
    ['WAVE_2', WAVE_2, 'NOT_VERIFIED', 'NO_RESULTS', { servers: 2, consistent: 0, withoutResults: 2 }],
    ['WAVE_3', WAVE_3, 'DIFFERENT', null, { servers: 6, consistent: 1, different: 1, notVerified: 4, withoutTask: 1 }],
  ])('is that of its servers in the demo data: %s', async (_, id, verdict, reason, counts) => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    expect(await fieldOf(gateway, id, CONSISTENCY)).toMatchObject({ verdict, reason, counts });
  });

  it('is CONSISTENT only if every directory of every server is', async () => {
    const { origin } = await wideSms({ servers: 3, projects: 1 });
    expect(await fieldOf(forward(origin), projectId(0), CONSISTENCY)).toMatchObject({
      verdict: 'CONSISTENT',
      counts: { servers: 3, consistent: 3 },
    });
  });

  it('is NOT_VERIFIED for a project without servers', async () => {
    const { origin } = await wideSms({ servers: 1, projects: 1 });
    expect(await fieldOf(forward(origin), 'empty', CONSISTENCY)).toEqual({
      verdict: 'NOT_VERIFIED',
      reason: 'NO_SERVERS',
      counts: { servers: 0, consistent: 0, different: 0, notVerified: 0, withoutTask: 0, withoutResults: 0, failed: 0 },
      failedTasks: [],
    });
  });

  it('counts every server if the token expires half-way', async () => {
    let reads = 0;
    const { origin } = await wideSms({
      servers: 60,
      projects: 1,
      results: () => {
        reads += 1;
        return reads > 20 ? TOKEN_EXPIRED : [checkOf({ '/srv': 0 })];
      },
    });
    expect(await fieldOf(forward(origin), projectId(0), CONSISTENCY)).toMatchObject({
      verdict: 'NOT_VERIFIED',
      reason: 'READ_FAILED',
      counts: { servers: 60, consistent: 20, notVerified: 40, failed: 40 },
    });
  });

  it('is an error if the project has more servers than `maxServers`, after one call', async () => {
    const { origin, calls } = await wideSms({ servers: 300, projects: 1 });
    const { body } = await forward(origin).send(
      'query ($id: ID!) { migrationProject(id: $id) { name consistency(maxServers: 299) { verdict } } }',
      { id: projectId(0) },
    );
    expect(body).toEqual({
      data: { migrationProject: { name: projectId(0), consistency: null } },
      errors: [
        expect.objectContaining({
          message:
            'The selection has 300 source servers; at most 299 are allowed. Raise maxServers, to at most 2000. For more, use consistencyReport with conditions in sourceServers, and combine the results.',
          extensions: expect.objectContaining({ type: 'SmsInvalidInputError', code: 'TOO_MANY_SERVERS' }),
        }),
      ],
    });
    expect(calls).toEqual({ 'GET /v3/migprojects/{id}': 1, 'GET /v3/sources': 1 });
  });
});

describe('The progress of a project', () => {
  const PROGRESS = `progress {
    servers serversWithoutTask tasksByState { state stateText tasks }
    percent totalBytes copiedBytes remainingBytes serversWithoutSizes migrateSpeed remainSeconds
  }`;

  it('sums up what SMS reports in the list of servers', async () => {
    const rows = [
      {
        totalsize: 4_000,
        replicatesize: 999,
        current_task: { id: 'a', state: 'RUNNING', migrate_speed: 164.2, remain_seconds: 90 },
      },
      {
        totalsize: 6_000,
        replicatesize: 7_000,
        current_task: { id: 'b', state: 'RUNNING', migrate_speed: 100.1, remain_seconds: 30 },
      },
      { totalsize: 0, replicatesize: 0, current_task: { id: 'c', state: 'READY', remain_seconds: null } },
      { totalsize: 2_000, replicatesize: 0, current_task: null },
      { totalsize: null, replicatesize: null, current_task: { id: 'e', state: 'HIBERNATING', migrate_speed: 0 } },
      { totalsize: 100, replicatesize: 100, current_task: { id: 'f' } },
    ];
    const { origin, calls } = await wideSms({
      servers: rows.length,
      projects: 1,
      server: (index, row) => ({ ...row, ...rows[index] }),
    });
    expect(await fieldOf(forward(origin), projectId(0), PROGRESS)).toEqual({
      servers: 6,
      serversWithoutTask: 1,
      tasksByState: [
        { state: 'RUNNING', stateText: 'RUNNING', tasks: 2 },
        { state: 'UNKNOWN', stateText: 'HIBERNATING', tasks: 1 },
        { state: null, stateText: null, tasks: 1 },
        { state: 'READY', stateText: 'READY', tasks: 1 },
      ],
      percent: 58.6,
      totalBytes: 12_100,
      copiedBytes: 7_099,
      remainingBytes: 5_001,
      serversWithoutSizes: 2,
      migrateSpeed: 264.3,
      remainSeconds: 90,
    });
    expect(calls).toEqual({ 'GET /v3/migprojects/{id}': 1, 'GET /v3/sources': 1 });
  });

  it('has no percentage and no sizes if SMS reports none', async () => {
    const { origin } = await wideSms({ servers: 1, projects: 1 });
    expect(await fieldOf(forward(origin), 'empty', PROGRESS)).toEqual({
      servers: 0,
      serversWithoutTask: 0,
      tasksByState: [],
      percent: null,
      totalBytes: null,
      copiedBytes: null,
      remainingBytes: null,
      serversWithoutSizes: 0,
      migrateSpeed: null,
      remainSeconds: null,
    });
  });

  it('is 100 percent only if every byte is copied', async () => {
    const percentOf = async (replicatesize: number) => {
      const { origin } = await wideSms({
        servers: 1,
        projects: 1,
        server: (_, row) => ({ ...row, totalsize: 1_000_000_000_000, replicatesize }),
      });
      return fieldOf(forward(origin), projectId(0), 'progress { percent }');
    };
    expect(await percentOf(999_999_999_999)).toEqual({ percent: 99.9 });
    expect(await percentOf(1_000_000_000_000)).toEqual({ percent: 100 });
  });
});

describe('The cut-over gate of a project', () => {
  const GATE = `cutoverGate {
    ready reasons readyServers notReadyServers
    servers {
      sourceServer { id name } migrationTask { id name } ready reasons verdict notVerifiedReason finishedTime error { code }
    }
  }`;

  it('is open if every server is in continuous synchronization and consistent', async () => {
    const { origin, calls } = await wideSms({ servers: 2, projects: 1 });
    const server = (index: number) => ({
      sourceServer: { id: serverId(index), name: `web-${index}` },
      migrationTask: { id: taskId(index), name: `move-${index}` },
      ready: true,
      reasons: [],
      verdict: 'CONSISTENT',
      notVerifiedReason: null,
      finishedTime: '2026-09-21T14:13:20.000Z',
      error: null,
    });
    expect(await fieldOf(forward(origin), projectId(0), GATE)).toEqual({
      ready: true,
      reasons: [],
      readyServers: 2,
      notReadyServers: 0,
      servers: [server(0), server(1)],
    });
    expect(calls).toEqual({
      'GET /v3/migprojects/{id}': 1,
      'GET /v3/sources': 1,
      'GET /v3/tasks/{id}/consistency-result': 2,
    });
  });

  const task = { id: taskId(0), state: 'SYNCING' };
  it.each<[string, object, unknown[] | typeof READ_FAILS, string[], string | null]>([
    ['has no task', { current_task: null }, [], ['NO_TASK'], 'NO_TASK'],
    ['has an error', { state: 'error' }, [checkOf({ '/srv': 0 })], ['FAILED'], null],
    [
      'has a failed task',
      { current_task: { ...task, state: 'SYNC_FAIL' } },
      [checkOf({ '/srv': 0 })],
      ['FAILED'],
      null,
    ],
    [
      'was launched',
      { state: 'finished', migration_cycle: 'cutovered' },
      [checkOf({ '/srv': 0 })],
      ['ALREADY_LAUNCHED'],
      null,
    ],
    [
      'is being copied',
      { state: 'replicate', migration_cycle: 'replicating' },
      [],
      ['NOT_IN_CONTINUOUS_SYNC', 'NOT_VERIFIED'],
      'NO_RESULTS',
    ],
    ['is paused', { state: 'stopped' }, [checkOf({ '/srv': 0 })], ['NOT_IN_CONTINUOUS_SYNC'], null],
    ['is being cloned', { state: 'cloning' }, [checkOf({ '/srv': 0 })], ['NOT_IN_CONTINUOUS_SYNC'], null],
    [
      'is synchronized once more',
      { current_task: { ...task, state: 'RUNNING' } },
      [checkOf({ '/srv': 0 })],
      ['NOT_IN_CONTINUOUS_SYNC'],
      null,
    ],
    ['has an unknown state', { state: 'new' }, [checkOf({ '/srv': 0 })], ['NOT_IN_CONTINUOUS_SYNC'], null],
    [
      'has no state',
      { state: null, migration_cycle: null },
      [checkOf({ '/srv': 0 })],
      ['NOT_IN_CONTINUOUS_SYNC'],
      null,
    ],
    ['lost its agent', { connected: false }, [checkOf({ '/srv': 0 })], ['AGENT_DISCONNECTED'], null],
    ['differs', {}, [checkOf({ '/srv': 1 })], ['DIFFERENT'], null],
    ['was never checked', {}, [], ['NOT_VERIFIED'], 'NO_RESULTS'],
    ['has a failed check', {}, [{ ...checkOf({ '/srv': 0 }), check_result: 'fail' }], ['CHECK_FAILED'], 'CHECK_FAILED'],
    ['cannot be read', {}, READ_FAILS, ['READ_FAILED'], 'READ_FAILED'],
  ])('is closed if a server %s', async (_, row, results, reasons, notVerifiedReason) => {
    const { origin } = await wideSms({
      servers: 2,
      projects: 1,
      server: (index, usual) => (index === 0 ? { ...usual, ...row } : usual),
      results: (index) => (index === 0 ? results : [checkOf({ '/srv': 0 })]),
    });
    expect(await fieldOf(forward(origin), projectId(0), GATE)).toMatchObject({
      ready: false,
      reasons,
      readyServers: 1,
      notReadyServers: 1,
      servers: [{ ready: false, reasons, notVerifiedReason }, { ready: true }],
    });
  });

  it('is open if the text of a task state is not known, for the server says enough', async () => {
    const { origin } = await wideSms({
      servers: 1,
      projects: 1,
      server: (_, row) => ({ ...row, current_task: { ...task, state: 'in continuous synchronization' } }),
    });
    expect(await fieldOf(forward(origin), projectId(0), 'cutoverGate { ready }')).toEqual({ ready: true });
  });

  it('is closed for a project without servers', async () => {
    const { origin } = await wideSms({ servers: 1, projects: 1 });
    expect(await fieldOf(forward(origin), 'empty', GATE)).toEqual({
      ready: false,
      reasons: ['NO_SERVERS'],
      readyServers: 0,
      notReadyServers: 0,
      servers: [],
    });
  });

  it('is closed for checks that ended before `checkedAfter`, or at an unknown time', async () => {
    const { origin } = await wideSms({
      servers: 3,
      projects: 1,
      results: (index) => [
        { ...checkOf({ '/srv': 0 }), finished_time: [1_790_000_000_000, 1_790_000_000_001, null][index] },
      ],
    });
    const gate = (checkedAfter: string) =>
      fieldOf(
        forward(origin),
        projectId(0),
        `cutoverGate(checkedAfter: "${checkedAfter}") { ready servers { reasons } }`,
      );
    const [ready, old] = [{ reasons: [] }, { reasons: ['CHECK_TOO_OLD'] }];
    expect(await gate('2026-09-21T14:13:20.000Z')).toEqual({ ready: false, servers: [ready, ready, old] });
    expect(await gate('2026-09-21T16:13:20.001+02:00')).toEqual({ ready: false, servers: [old, ready, old] });
  });

  it('takes `checkedAfter` from a variable', async () => {
    const { origin } = await wideSms({ servers: 1, projects: 1 });
    const query = `query ($id: ID!, $time: DateTime) { migrationProject(id: $id) { cutoverGate(checkedAfter: $time) { reasons } } }`;
    const reasonsAt = async (time: string | null) =>
      (await ask(forward(origin), query, { id: projectId(0), time }))['migrationProject'];
    expect(await reasonsAt('2026-09-22T00:00:00Z')).toEqual({ cutoverGate: { reasons: ['CHECK_TOO_OLD'] } });
    expect(await reasonsAt(null)).toEqual({ cutoverGate: { reasons: [] } });
  });

  it('is open for a wave of the demo data', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    expect(await fieldOf(gateway, READY_WAVE, 'cutoverGate { ready servers { sourceServer { name } } }')).toEqual({
      ready: true,
      servers: [{ sourceServer: { name: 'hr-portal' } }, { sourceServer: { name: 'hr-files' } }],
    });
  });

  it('lists the servers that are not ready, or only those that are', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const servers = 'sourceServer { name } reasons';
    expect(
      await fieldOf(
        gateway,
        WAVE_3,
        `cutoverGate { blocked: servers(ready: false) { ${servers} } ready: servers(ready: true) { ${servers} } }`,
      ),
    ).toEqual({
      blocked: [
        { sourceServer: { name: 'shop-web' }, reasons: ['DIFFERENT'] },
        { sourceServer: { name: 'wiki-01' }, reasons: ['ALREADY_LAUNCHED'] },
        { sourceServer: { name: 'mail-store' }, reasons: ['ALREADY_LAUNCHED', 'NOT_VERIFIED'] },
        { sourceServer: { name: 'crm-app' }, reasons: ['ALREADY_LAUNCHED', 'CHECK_FAILED'] },
        { sourceServer: { name: 'intranet-app' }, reasons: ['NOT_IN_CONTINUOUS_SYNC', 'NOT_VERIFIED'] },
        { sourceServer: { name: 'files-02' }, reasons: ['NO_TASK'] },
      ],
      ready: [],
    });
  });
});

describe('The source servers of a project', () => {
  it('are those of the project that meet the conditions', async () => {
    const gateway = await frozenGateway();
    const servers = (args: string) => fieldOf(gateway, WAVE_1, `sourceServers${args} { totalCount nodes { id } }`);
    expect(await servers('(first: 1)')).toEqual({ totalCount: 2, nodes: [{ id: WEB_SERVER }] });
    expect(await servers('(filter: { state: FINISHED })')).toEqual({ totalCount: 1, nodes: [{ id: WEB_SERVER }] });
    expect(await servers(`(filter: { state: ERROR, migproject: "${WAVE_1}" }, first: 0)`)).toEqual({
      totalCount: 1,
      nodes: [],
    });
  });

  it('cannot be those of another project', async () => {
    const gateway = await frozenGateway();
    const response = await gateway.send(
      `query ($id: ID!) { migrationProject(id: $id) { sourceServers(filter: { migproject: "other" }) { totalCount } } }`,
      { id: WAVE_1 },
    );
    expect(errorsOf(response)).toMatchObject([
      { extensions: { code: 'INVALID_INPUT', fields: [{ path: ['filter', 'migproject'] }] } },
    ]);
    expect(callCounts(gateway.emulator)).toEqual({ 'GET /v3/migprojects/{id}': 1 });
  });
});

describe('With 5,000 servers in 25 projects', () => {
  it('the progress of all projects takes one call for each', async () => {
    const { origin, calls } = await wideSms();
    const { migrationProjects } = await ask<{ migrationProjects: { nodes: { progress: object }[] } }>(
      forward(origin),
      '{ migrationProjects(first: 25) { nodes { progress { servers percent } } } }',
    );
    expect(migrationProjects.nodes).toEqual(
      Array.from({ length: 25 }, () => ({ progress: { servers: 200, percent: 100 } })),
    );
    expect(calls).toEqual({ 'GET /v3/migprojects': 1, 'GET /v3/sources': 25 });
  });

  it('everything about one project takes one call for its servers, and one per task', async () => {
    const { origin, calls } = await wideSms();
    const project = await ask<{ migrationProject: object }>(
      forward(origin),
      `query ($id: ID!) { migrationProject(id: $id) {
        sourceServers(first: 200) { totalCount }
        progress { servers }
        consistency { verdict counts { servers } }
        cutoverGate { ready servers { sourceServer { name state } migrationTask { name state } } }
      } }`,
      { id: projectId(24) },
    );
    expect(project.migrationProject).toMatchObject({
      sourceServers: { totalCount: 200 },
      progress: { servers: 200 },
      consistency: { verdict: 'CONSISTENT', counts: { servers: 200 } },
      cutoverGate: { ready: true },
    });
    expect(calls).toEqual({
      'GET /v3/migprojects/{id}': 1,
      'GET /v3/sources': 1,
      'GET /v3/tasks/{id}/consistency-result': 200,
    });
  });

  it('the consistency of all projects is rejected before any call', async () => {
    const { origin, calls } = await wideSms();
    const query = (maxServers: number) =>
      `{ migrationProjects(first: 25) { nodes { consistency(maxServers: ${maxServers}) { verdict } } } }`;
    const { body } = await forward(origin).send(query(200));
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', estimate: 1 + 25 * 211 } }] });
    expect(calls).toEqual({});
    // Projects of 80 servers have room.
    const small = await wideSms({ servers: 2_000 });
    const { migrationProjects } = await ask<{ migrationProjects: { nodes: object[] } }>(
      forward(small.origin),
      query(80),
    );
    expect(migrationProjects.nodes).toEqual(
      Array.from({ length: 25 }, () => ({ consistency: { verdict: 'CONSISTENT' } })),
    );
    expect(Object.values(small.calls).reduce((sum, calls) => sum + calls)).toBe(1 + 25 + 2_000);
  });
});

it('An unknown project is null', async () => {
  const gateway = await frozenGateway();
  const query = 'query ($id: ID!) { migrationProject(id: $id) { consistency { verdict } cutoverGate { ready } } }';
  expect(await ask(gateway, query, { id: UNKNOWN_ID })).toEqual({ migrationProject: null });
});
