/** The subscription to the tasks of a migration project: what has changed, what it costs, and how it ends. */
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { ask, callCounts, DEMO_DATA, frozenGateway, INTRANET_TASK, UNKNOWN_ID, WAVE_1 } from './support/ask.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { openStore, startRedis } from './support/redis.ts';
import { subscribe } from './support/sse.ts';
import { projectId, serverId, TOKEN_EXPIRED, taskId, wideSms } from './support/wide-sms.ts';

const FIELDS = `
  ended removedTaskIds changedTasks { id state sourceServer { id } }
  progress { servers tasksByState { state tasks } percent migrateSpeed }`;

const watchQuery = (selection: string, fields = FIELDS) => `subscription {
  migrationProgress(${selection}, interval: 1) {
    __typename
    ... on MigrationProgressUpdate { ${fields} }
    ... on SmsError { code }
    ... on SmsInvalidInputError { fields { path message } }
  }
}`;
const PROJECT = watchQuery(`migrationProject: "${projectId(0)}"`);

const event = (migrationProgress: object) => ({ data: { migrationProgress } });
const update = (fields: object) => event({ __typename: 'MigrationProgressUpdate', ...fields });

type TestServer = { state: string; speed?: number; copied?: number; serverState?: string };

/** A gateway to one project whose tasks change as the test says. */
async function changingGateway(initial: (TestServer | null)[]) {
  const servers = [...initial];
  let failure: { status: number; body: object } | undefined;
  const row = (index: number, server: TestServer | null | undefined) => ({
    id: serverId(index),
    state: server?.serverState ?? 'replicate',
    totalsize: 100,
    replicatesize: server?.copied ?? 0,
    last_visit_time: performance.now(),
    current_task: server && { id: taskId(index), state: server.state, migrate_speed: server.speed ?? 0 },
  });
  const { origin, calls } = await wideSms({
    servers: servers.length,
    projects: 1,
    server: (index) => row(index, servers[index]),
    before: () => failure,
  });
  const watches = taskWatches({ secondMs: 5 });
  const gateway = gatewayTo(origin, { watches, auth: 'forward', key: null });
  return {
    ...gateway,
    watches,
    calls,
    set: (index: number, server: TestServer | null) => servers.splice(index, 1, server),
    fail: (answer: typeof failure) => {
      failure = answer;
    },
  };
}

const changed = (index: number, state: string) => ({
  id: taskId(index),
  state,
  sourceServer: { id: serverId(index) },
});

describe('The progress of a project', () => {
  it('has all tasks first, then those that have changed, and ends with the last task', async () => {
    const gateway = await changingGateway([{ state: 'RUNNING', speed: 10 }, { state: 'READY' }, null]);
    const stream = await subscribe(gateway.listener, PROJECT);
    const counts = (byState: Record<string, number>) =>
      Object.entries(byState).map(([state, tasks]) => ({ state, tasks }));
    expect(await stream.next()).toEqual(
      update({
        ended: false,
        removedTaskIds: [],
        changedTasks: [changed(0, 'RUNNING'), changed(1, 'READY')],
        progress: { servers: 3, tasksByState: counts({ READY: 1, RUNNING: 1 }), percent: 0, migrateSpeed: 10 },
      }),
    );
    gateway.set(0, { state: 'RUNNING', speed: 20, copied: 50 });
    expect(await stream.next()).toEqual(
      update({
        ended: false,
        removedTaskIds: [],
        changedTasks: [changed(0, 'RUNNING')],
        progress: { servers: 3, tasksByState: counts({ READY: 1, RUNNING: 1 }), percent: 16.6, migrateSpeed: 20 },
      }),
    );
    gateway.set(1, null);
    expect(await stream.next()).toEqual(
      update({
        ended: false,
        removedTaskIds: [taskId(1)],
        changedTasks: [],
        progress: { servers: 3, tasksByState: counts({ RUNNING: 1 }), percent: 16.6, migrateSpeed: 20 },
      }),
    );
    gateway.set(0, { state: 'MIGRATE_SUCCESS', copied: 100 });
    expect(await stream.remaining()).toEqual([
      update({
        ended: true,
        removedTaskIds: [],
        changedTasks: [changed(0, 'MIGRATE_SUCCESS')],
        progress: { servers: 3, tasksByState: counts({ MIGRATE_SUCCESS: 1 }), percent: 33.3, migrateSpeed: 0 },
      }),
    ]);
  });

  it('sends nothing while nothing changes but the time of the last contact', async () => {
    const gateway = await changingGateway([{ state: 'RUNNING' }]);
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${projectId(0)}"`, 'ended'));
    expect(await stream.next()).toEqual(update({ ended: false }));
    const { 'GET /v3/sources': before = 0 } = gateway.calls;
    await vi.waitFor(() => expect(gateway.calls['GET /v3/sources']).toBeGreaterThan(before + 3), 10_000);
    gateway.set(0, { state: 'ABORT' });
    expect(await stream.remaining()).toEqual([update({ ended: true })]);
  });

  it.each([
    ['a project without servers', []],
    ['servers without tasks', [null, null]],
    ['tasks that have ended or wait for the user', ['MIGRATE_FAIL', 'SYNC_FAIL', 'ABORT'].map((state) => ({ state }))],
    ['an unknown state of a task whose server is finished', [{ state: 'done', serverState: 'FINISHED' }]],
  ])('ends at once with %s', async (_, servers) => {
    const gateway = await changingGateway(servers);
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${projectId(0)}"`, 'ended'));
    expect(await stream.remaining()).toEqual([update({ ended: true })]);
  });

  it.each([
    ['a task that is ready', { state: 'READY', serverState: 'finished' }],
    ['a task in continuous synchronization', { state: 'SYNCING' }],
    ['a state that SMS has added', { state: 'SOMETHING_NEW' }],
  ])('goes on with %s', async (_, server) => {
    const gateway = await changingGateway([server]);
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${projectId(0)}"`, 'ended'));
    expect(await stream.next()).toEqual(update({ ended: false }));
    await vi.waitFor(() => expect(gateway.calls['GET /v3/sources']).toBeGreaterThan(2), 10_000);
  });

  it('is watched in the emulator until the task has ended, with one call for each reading', async () => {
    const gateway = await frozenGateway({ watches: taskWatches({ secondMs: 5 }) }, DEMO_DATA);
    const start = `mutation { updateTaskStatus(input: { id: "${INTRANET_TASK}", operation: START }) { __typename } }`;
    expect(await ask(gateway, start)).toEqual({ updateTaskStatus: { __typename: 'UpdateTaskStatusSuccess' } });
    const fields = 'ended changedTasks { name state sourceServer { name } } progress { servers }';
    const query = watchQuery('sourceServers: { name: "intranet" }', fields);
    const stream = await subscribe(gateway.listener, query);
    const expected = (state: string, ended: boolean) =>
      update({
        ended,
        changedTasks: [{ name: 'move-intranet-app', state, sourceServer: { name: 'intranet-app' } }],
        progress: { servers: 1 },
      });
    expect(await stream.next()).toEqual(expected('RUNNING', false));
    gateway.emulator.state.advance(60_000);
    expect(await stream.remaining()).toEqual([expected('MIGRATE_SUCCESS', true)]);
    const { 'GET /v3/sources': reads, 'POST /v3/tasks/{id}/action': starts, ...others } = callCounts(gateway.emulator);
    expect([reads && reads >= 2, starts, others]).toEqual([true, 1, {}]);
  });
});

describe('The calls of the progress', () => {
  it('are one for 200 servers', async () => {
    const { origin, calls } = await wideSms({ servers: 450, projects: 1 });
    const gateway = gatewayTo(origin, { watches: taskWatches({ secondMs: 100_000 }), auth: 'forward', key: null });
    const stream = await subscribe(
      gateway.listener,
      watchQuery(`migrationProject: "${projectId(0)}"`, 'ended progress { servers }'),
    );
    expect(await stream.next()).toEqual(update({ ended: false, progress: { servers: 450 } }));
    expect(calls).toEqual({ 'GET /v3/sources': 3 });
  });

  it('are shared by subscribers with one token, each of which has all tasks first', async () => {
    const { origin, calls } = await wideSms({ servers: 2, projects: 1 });
    const gateway = gatewayTo(origin, { watches: taskWatches({ secondMs: 100_000 }), auth: 'forward', key: null });
    const query = watchQuery(`migrationProject: "${projectId(0)}"`, 'changedTasks { id }');
    const both = update({ changedTasks: [{ id: taskId(0) }, { id: taskId(1) }] });
    const streams = [await subscribe(gateway.listener, query), await subscribe(gateway.listener, query)];
    for (const stream of streams) expect(await stream.next()).toEqual(both);
    expect(calls).toEqual({ 'GET /v3/sources': 1 });
    const other = await subscribe(gateway.listener, query, { token: 'another-token' });
    expect(await other.next()).toEqual(both);
    expect(calls).toEqual({ 'GET /v3/sources': 2 });
  });

  it('are made by one of several processes that share a store', async () => {
    const redis = await startRedis();
    const server = { id: serverId(0), current_task: { id: taskId(0), state: 'RUNNING' } };
    const connections: (number | undefined)[] = [];
    const url = await httpServer((request, response) => {
      connections.push(request.socket.remotePort);
      response.end(JSON.stringify({ count: 1, source_servers: [server] }));
    });
    const watchIn = async () => {
      const watches = taskWatches({ secondMs: 20, store: await openStore(redis.url) });
      const { listener } = gatewayTo(url, { watches, auth: 'forward', key: null });
      const stream = await subscribe(listener, watchQuery('sourceServers: {}', 'ended'));
      expect(await stream.next()).toEqual(update({ ended: false }));
      return stream;
    };
    const streams = [await watchIn(), await watchIn()];
    const first = connections.length;
    await expect.poll(() => connections.length, { timeout: 10_000 }).toBeGreaterThan(first + 5);
    expect(new Set(connections.slice(first)).size).toBe(1);
    server.current_task.state = 'ABORT';
    for (const stream of streams) expect(await stream.remaining()).toEqual([update({ ended: true })]);
  });

  it('end when the last subscriber has left, even the one that is in progress', async () => {
    const held = Promise.withResolvers<import('node:http').ServerResponse>();
    const url = await httpServer((_, response) => held.resolve(response));
    const gateway = gatewayTo(url, { watches: taskWatches({ secondMs: 5 }), auth: 'forward', key: null });
    const stream = await subscribe(gateway.listener, PROJECT);
    const response = await held.promise;
    const closed = once(response, 'close');
    stream.disconnect();
    await closed;
    expect(response.writableFinished).toBe(false);
  });
});

describe('The progress ends with an error', () => {
  it('if the token expires', async () => {
    const gateway = await changingGateway([{ state: 'RUNNING' }]);
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${projectId(0)}"`, 'ended'));
    expect(await stream.next()).toEqual(update({ ended: false }));
    gateway.fail(TOKEN_EXPIRED);
    expect(await stream.remaining()).toEqual([event({ __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' })]);
  });

  it('if SMS fails repeatedly, but not if it fails once', async () => {
    const gateway = await changingGateway([{ state: 'RUNNING' }]);
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${projectId(0)}"`, 'ended'));
    expect(await stream.next()).toEqual(update({ ended: false }));
    gateway.fail({ status: 500, body: { error_code: 'SMS.6000', error_msg: 'No.' } });
    expect(await stream.remaining()).toEqual([event({ __typename: 'SmsUnavailableError', code: 'SMS.6000' })]);
  });

  it('if SMS knows no such project', async () => {
    const gateway = await frozenGateway({ watches: taskWatches({ secondMs: 5 }) });
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${UNKNOWN_ID}"`));
    expect(await stream.remaining()).toEqual([event({ __typename: 'SmsNotFoundError', code: 'SMS.7301' })]);
  });

  it('if the selection has too many servers', async () => {
    const { origin, calls } = await wideSms();
    const gateway = gatewayTo(origin, { auth: 'forward', key: null });
    const stream = await subscribe(gateway.listener, watchQuery('sourceServers: {}'));
    expect(await stream.remaining()).toEqual([
      event({ __typename: 'SmsInvalidInputError', code: 'TOO_MANY_SERVERS', fields: null }),
    ]);
    expect(calls).toEqual({ 'GET /v3/sources': 1 });
  });

  it.each([
    [
      `migrationProject: "${WAVE_1}", sourceServers: {}`,
      ['migrationProject', 'sourceServers'].map((name) => ({
        path: [name],
        message: 'Give exactly one of migrationProject and sourceServers.',
      })),
    ],
    [
      'migrationProject: "../x"',
      [
        {
          path: ['migrationProject'],
          message: 'Must be 1 to 36 letters, digits, "-" or "_", and must not start with "-".',
        },
      ],
    ],
  ])('for the invalid selection %s', async (selection, fields) => {
    const gateway = await frozenGateway();
    const stream = await subscribe(gateway.listener, watchQuery(selection));
    expect(await stream.remaining()).toEqual([
      event({ __typename: 'SmsInvalidInputError', code: 'INVALID_INPUT', fields }),
    ]);
    expect(gateway.emulator.requests).toEqual([]);
  });

  it('if the gateway shuts down', async () => {
    const gateway = await changingGateway([{ state: 'RUNNING' }]);
    const stream = await subscribe(gateway.listener, watchQuery(`migrationProject: "${projectId(0)}"`, 'ended'));
    expect(await stream.next()).toEqual(update({ ended: false }));
    gateway.watches.stop();
    const stopping = event({ __typename: 'SmsUnavailableError', code: 'GATEWAY_STOPPING' });
    expect(await stream.remaining()).toEqual([stopping]);
    const late = await subscribe(gateway.listener, PROJECT, { token: READ_ONLY_TOKEN });
    expect(await late.remaining()).toEqual([stopping]);
  });
});
