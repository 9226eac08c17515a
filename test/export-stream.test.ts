/** The subscription to an export: its parts, its counts, and how it ends. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import type { SmsClient } from '../src/sms/client.ts';
import { TaskReference } from '../src/sms/operations/consistency-export.ts';
import { exportStream } from '../src/sms/operations/export-stream.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { DEMO_DATA, frozenGateway, UNKNOWN_ID, WAVE_1 } from './support/ask.ts';
import { exportResult, type Gateway, gatewayTo, httpServer, WEB_TASK } from './support/harness.ts';
import { subscribe } from './support/sse.ts';
import { projectId, serverId, TOKEN_EXPIRED, taskId, wideSms } from './support/wide-sms.ts';

const EXPORT = `subscription ($input: ExportConsistencyResultsInput!) {
  exportConsistencyResults(input: $input) {
    __typename
    ... on ExportConsistencyResultsUpdate {
      doneTasks allFailedTasks totalTasks ended
      files { size json } tasks { taskId } failedTasks { task { taskId } error { code } } serversWithoutTask { id } requestIds
    }
    ... on SmsError { code }
    ... on SmsInvalidInputError { fields { path message } }
  }
}`;

interface Update {
  __typename: string;
  code?: string;
  doneTasks: number;
  allFailedTasks: number;
  totalTasks: number;
  ended: boolean;
  files: { size: number; json: unknown }[];
  tasks: { taskId: string }[];
  failedTasks: { task: { taskId: string }; error: { code: string } }[];
  serversWithoutTask: { id: string }[];
  requestIds: string[];
}

const open = ({ listener }: Gateway, input: object, options = {}) =>
  subscribe(listener, EXPORT, { variables: { input }, ...options });

async function eventsOf(gateway: Gateway, input: object, options = {}): Promise<Update[]> {
  const stream = await open(gateway, input, options);
  return (await stream.remaining()).map((event) => {
    const { data, errors } = event as { data: { exportConsistencyResults: Update }; errors?: unknown };
    expect(errors).toBeUndefined();
    return data.exportConsistencyResults;
  });
}

const forward = (origin: string, settings = {}) => gatewayTo(origin, { auth: 'forward', key: null, ...settings });
const taskIdsOf = (events: Update[]) => events.flatMap(({ tasks }) => tasks.map((task) => task.taskId));
const failuresOf = (events: Update[]) =>
  events.flatMap(({ failedTasks = [] }) => failedTasks.map(({ task, error }) => [task.taskId, error.code]));
const references = (count: number) => Array.from({ length: count }, (_, index) => ({ taskId: taskId(index) }));

const FIRST = {
  __typename: 'ExportConsistencyResultsUpdate',
  doneTasks: 0,
  allFailedTasks: 0,
  ended: false,
  files: [],
  tasks: [],
  failedTasks: [],
  serversWithoutTask: [],
  requestIds: [],
};

describe('The export of a project', () => {
  it('sends the counts first, and then each part with its file and its tasks', async () => {
    const { origin, calls } = await wideSms({
      servers: 451,
      projects: 1,
      server: (index, row) => (index === 450 ? { ...row, current_task: null } : row),
    });
    const [first, ...parts] = await eventsOf(forward(origin), { migrationProject: projectId(0) });
    expect(first).toEqual({ ...FIRST, totalTasks: 450, serversWithoutTask: [{ id: serverId(450) }] });
    expect(parts.map(({ tasks }) => tasks.length).sort()).toEqual([200, 200, 50]);
    let done = 0;
    for (const part of parts) {
      done += part.tasks.length;
      expect(part).toEqual({
        ...FIRST,
        doneTasks: done,
        totalTasks: 450,
        ended: done === 450,
        files: [{ size: expect.any(Number), json: { exported: part.tasks.length } }],
        tasks: part.tasks,
      });
    }
    expect(new Set(taskIdsOf(parts))).toEqual(new Set(references(450).map((task) => task.taskId)));
    expect(calls).toEqual({ 'GET /v3/sources': 3, 'POST /v3/tasks/consistency-results/export': 3 });
  });

  it('brings the same in the emulator as the mutation', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const input = { migrationProject: WAVE_1 };
    const [first, ...parts] = await eventsOf(gateway, input);
    const mutation = (await exportResult(gateway, input)) as { __typename: string; tasks: { taskId: string }[] };
    expect(mutation.__typename).toBe('ExportConsistencyResultsSuccess');
    expect(first?.totalTasks).toBe(mutation.tasks.length);
    expect(taskIdsOf(parts)).toEqual(mutation.tasks.map((task) => task.taskId));
  });
});

describe('An export with tasks that fail', () => {
  it('isolates a task that SMS does not know, and exports the others', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const events = await eventsOf(gateway, { taskInfo: [{ taskId: WEB_TASK }, { taskId: UNKNOWN_ID }] });
    expect(taskIdsOf(events)).toEqual([WEB_TASK]);
    expect(failuresOf(events)).toEqual([[UNKNOWN_ID, 'SMS.7703']]);
    expect(events.at(-1)).toMatchObject({ doneTasks: 2, allFailedTasks: 1, totalTasks: 2, ended: true });
  });

  it('goes on if SMS fails for one part', async () => {
    const { origin } = await wideSms({
      before: (_path, _query, body) =>
        body.includes('"task-300"')
          ? { status: 500, body: { error_code: 'SMS.6000', error_msg: 'SMS failed.' } }
          : undefined,
    });
    const events = await eventsOf(forward(origin), { taskInfo: references(600) });
    expect(taskIdsOf(events)).toHaveLength(400);
    expect(new Set(failuresOf(events).map(([, code]) => code))).toEqual(new Set(['SMS.6000']));
    expect(events.at(-1)).toMatchObject({ doneTasks: 600, allFailedTasks: 200, ended: true });
  });

  it('keeps what has arrived when the token expires', async () => {
    const { origin } = await wideSms({
      before: (_path, _query, body) => (body.includes('"task-1000"') ? TOKEN_EXPIRED : undefined),
    });
    const events = await eventsOf(forward(origin), { taskInfo: references(2_000) });
    expect(events.at(-1)).toEqual({ __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' });
    const updates = events.slice(0, -1);
    expect(updates.length).toBeGreaterThan(1);
    expect(taskIdsOf(updates)).toHaveLength(updates.at(-1)?.doneTasks ?? 0);
    expect(failuresOf(updates)).toEqual([]);
    expect(updates.some(({ ended }) => ended)).toBe(false);
  });
});

describe('An export ends', () => {
  it('with an error for input that is not valid, before any call', async () => {
    const gateway = await frozenGateway();
    const message = 'Give exactly one of taskInfo, migrationProject and sourceServers.';
    expect(await eventsOf(gateway, {})).toEqual([
      {
        __typename: 'SmsInvalidInputError',
        code: 'INVALID_INPUT',
        fields: ['taskInfo', 'migrationProject', 'sourceServers'].map((name) => ({ path: ['input', name], message })),
      },
    ]);
    expect(gateway.emulator.requests).toEqual([]);
  });

  it('with an error without a token, before any call', async () => {
    const gateway = await frozenGateway();
    expect(await eventsOf(gateway, { taskInfo: references(1) }, { token: '' })).toEqual([
      { __typename: 'SmsUnauthenticatedError', code: 'TOKEN_MISSING' },
    ]);
    expect(gateway.emulator.requests).toEqual([]);
  });

  it('with an error if the selection has no task', async () => {
    const { origin } = await wideSms({ servers: 1, projects: 1, server: (_, row) => ({ ...row, current_task: null }) });
    expect(await eventsOf(forward(origin), { migrationProject: projectId(0) })).toEqual([
      { __typename: 'SmsInvalidInputError', code: 'NO_TASKS_SELECTED', fields: null },
    ]);
  });

  /** An SMS that holds back all responses. */
  async function heldSms() {
    const held: ServerResponse[] = [];
    const url = await httpServer((_, response) => void held.push(response));
    return { url, held };
  }

  it('with an event if the gateway shuts down', async () => {
    const { url, held } = await heldSms();
    const watches = taskWatches();
    const gateway = forward(url, { watches });
    const stream = await open(gateway, { taskInfo: references(1_000) });
    await stream.next();
    await vi.waitFor(() => expect(held).toHaveLength(4), 10_000);
    watches.stop();
    const stopping = { __typename: 'SmsUnavailableError', code: 'GATEWAY_STOPPING' };
    expect(await stream.remaining()).toEqual([{ data: { exportConsistencyResults: stopping } }]);
    expect(await eventsOf(gateway, { taskInfo: references(1) })).toEqual([stopping]);
  });

  it('with the calls that are in progress if the client leaves', async () => {
    const { url, held } = await heldSms();
    const stream = await open(forward(url), { taskInfo: references(1_000) });
    await stream.next();
    await vi.waitFor(() => expect(held).toHaveLength(4), 10_000);
    const closed = held.map((response) => once(response, 'close'));
    stream.disconnect();
    await Promise.all(closed);
    expect(held).toHaveLength(4);
  });
});

it('An export makes no more calls while its parts are not taken', async () => {
  let calls = 0;
  const download = async () => {
    calls += 1;
    return { file: null, requestId: null };
  };
  const tasks = references(2_000).map(({ taskId }) => new TaskReference(taskId));
  const onTaken = vi.fn();
  const stream = exportStream(
    { download } as Partial<SmsClient> as SmsClient,
    async () => ({ tasks, serversWithoutTask: [] }),
    {
      language: undefined,
      endOnStop: taskWatches().endOnStop,
      onTaken,
    },
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  await stream.next();
  await settle();
  expect(calls).toBe(0);
  await stream.next();
  await settle();
  expect([calls, onTaken.mock.calls.length]).toEqual([4, 1]);
  await stream.next();
  await settle();
  expect(calls).toBe(5);
  await stream.return?.();
  await settle();
  expect(calls).toBeLessThan(10);
});
