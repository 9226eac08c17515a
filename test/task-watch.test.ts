/** The subscription over real server-sent events, as a client sees it. */
import { describe, expect, it } from 'vitest';
import { EXPIRED_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { ask, BILLING_TASK, callCounts, DEMO_DATA, frozenGateway, INTRANET_TASK, UNKNOWN_ID } from './support/ask.ts';
import { errorEvent, subscribe, updateEvent, watchQuery } from './support/sse.ts';

describe('a watched task', () => {
  const start = () => frozenGateway({ watches: taskWatches({ secondMs: 5 }) });
  const startWithRunningTask = async () => {
    const gateway = await frozenGateway({ watches: taskWatches({ secondMs: 5 }) }, DEMO_DATA);
    const input = { id: INTRANET_TASK, operation: 'START', isNeedConsistencyCheck: true };
    const query = `mutation ($input: UpdateTaskStatusInput!) { updateTaskStatus(input: $input) { __typename } }`;
    expect(await ask(gateway, query, { input })).toEqual({
      updateTaskStatus: { __typename: 'UpdateTaskStatusSuccess' },
    });
    return gateway;
  };

  it.each(['POST', 'GET'] as const)('can be watched by %s until it ends', async (method) => {
    const { listener, emulator } = await startWithRunningTask();
    const stream = await subscribe(listener, watchQuery(INTRANET_TASK, 'id state remainSeconds'), { method });
    expect([stream.status, stream.contentType]).toEqual([200, 'text/event-stream']);
    const task = (state: string, remainSeconds: number | null) => ({ id: INTRANET_TASK, state, remainSeconds });
    expect(await stream.next()).toEqual(updateEvent(task('RUNNING', 60)));
    emulator.state.advance(20_000);
    expect(await stream.next()).toEqual(updateEvent(task('RUNNING', 40)));
    emulator.state.advance(40_000);
    expect(await stream.remaining()).toEqual([updateEvent(task('MIGRATE_SUCCESS', null), true)]);
  });

  it('has its joined fields read again for each event', async () => {
    const { listener, emulator } = await startWithRunningTask();
    const fields = 'state consistencyResults { checkResult } sourceServer { name cpuQuantity }';
    const stream = await subscribe(listener, watchQuery(INTRANET_TASK, fields));
    const server = (name: string) => ({ name, cpuQuantity: expect.any(Number) });
    const first = { state: 'RUNNING', consistencyResults: [], sourceServer: server('intranet-app') };
    expect(await stream.next()).toEqual(updateEvent(first));
    emulator.state.advance(60_000);
    const last = { state: 'MIGRATE_SUCCESS', consistencyResults: [{ checkResult: 'success' }] };
    expect(await stream.remaining()).toEqual([updateEvent({ ...last, sourceServer: server('intranet-app') }, true)]);
    expect(callCounts(emulator)['GET /v3/sources/{id}']).toBe(2);
  });

  it('that does not exist ends the watch with SmsNotFoundError', async () => {
    const { listener } = await start();
    const stream = await subscribe(listener, watchQuery(UNKNOWN_ID));
    expect(await stream.remaining()).toEqual([errorEvent({ __typename: 'SmsNotFoundError', code: 'SMS.7703' })]);
  });

  it('is no longer watched once the token is invalid', async () => {
    const { listener, emulator } = await start();
    const stream = await subscribe(listener, watchQuery(BILLING_TASK), { token: READ_ONLY_TOKEN });
    expect(await stream.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    emulator.state.tokens.delete(READ_ONLY_TOKEN);
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' }),
    ]);
  });

  it('is not watched with an expired token or without one', async () => {
    const { listener, emulator } = await start();
    const expired = await subscribe(listener, watchQuery(BILLING_TASK), { token: EXPIRED_TOKEN });
    expect(await expired.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' }),
    ]);
    const calls = emulator.requests.length;
    const none = await subscribe(listener, watchQuery(BILLING_TASK), { token: '' });
    expect(await none.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnauthenticatedError', code: 'TOKEN_MISSING' }),
    ]);
    expect(emulator.requests).toHaveLength(calls);
  });

  it('is not read if an argument is invalid', async () => {
    const { listener, emulator } = await start();
    const stream = await subscribe(listener, watchQuery('../sources', 'state', 3601));
    expect(await stream.remaining()).toEqual([
      errorEvent({
        __typename: 'SmsInvalidInputError',
        code: 'INVALID_INPUT',
        fields: [
          { path: ['id'], message: 'Must be 1 to 36 letters, digits, "-" or "_", and must not start with "-".' },
          { path: ['interval'], message: 'Is 3601; must be 1 to 3600.' },
        ],
      }),
    ]);
    expect(emulator.requests).toEqual([]);
  });
});
