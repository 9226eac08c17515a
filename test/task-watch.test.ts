/** The subscription over real server-sent events: what a client sees of a task. */
import { describe, expect, it } from 'vitest';
import { EXPIRED_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { ask, BILLING_TASK, callCounts, DEMO_DATA, frozenGateway, INTRANET_TASK, UNKNOWN_ID } from './support/ask.ts';
import { errorEvent, subscribe, updateEvent, watchQuery } from './support/sse.ts';

describe('a task of the emulator', () => {
  const start = () => frozenGateway({ watches: taskWatches({ secondMs: 5 }) });
  /** A gateway to an emulator in which a task has just been started. */
  const started = async () => {
    const gateway = await frozenGateway({ watches: taskWatches({ secondMs: 5 }) }, DEMO_DATA);
    const input = { id: INTRANET_TASK, operation: 'START', isNeedConsistencyCheck: true };
    const query = `mutation ($input: UpdateTaskStatusInput!) { updateTaskStatus(input: $input) { __typename } }`;
    expect(await ask(gateway, query, { input })).toEqual({
      updateTaskStatus: { __typename: 'UpdateTaskStatusSuccess' },
    });
    return gateway;
  };

  it.each(['POST', 'GET'] as const)('is watched by %s until it ends', async (method) => {
    const { listener, emulator } = await started();
    const stream = await subscribe(listener, watchQuery(INTRANET_TASK, 'id state remainSeconds'), { method });
    expect([stream.status, stream.contentType]).toEqual([200, 'text/event-stream']);
    const look = (state: string, remainSeconds: number | null) => ({ id: INTRANET_TASK, state, remainSeconds });
    expect(await stream.next()).toEqual(updateEvent(look('RUNNING', 60)));
    emulator.state.advance(20_000);
    expect(await stream.next()).toEqual(updateEvent(look('RUNNING', 40)));
    emulator.state.advance(40_000);
    expect(await stream.remaining()).toEqual([updateEvent(look('MIGRATE_SUCCESS', null), true)]);
  });

  it('is joined anew in each event', async () => {
    const { listener, emulator } = await started();
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

  it('that SMS does not know ends the watch with an error of its type', async () => {
    const { listener } = await start();
    const stream = await subscribe(listener, watchQuery(UNKNOWN_ID));
    expect(await stream.remaining()).toEqual([errorEvent({ __typename: 'SmsNotFoundError', code: 'SMS.7703' })]);
  });

  it('ends being watched when the token dies, with an error of its type', async () => {
    const { listener, emulator } = await start();
    const stream = await subscribe(listener, watchQuery(BILLING_TASK), { token: READ_ONLY_TOKEN });
    expect(await stream.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    emulator.state.tokens.delete(READ_ONLY_TOKEN);
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' }),
    ]);
  });

  it('is not watched with a token that is dead already, or with none', async () => {
    const { listener, emulator } = await start();
    const dead = await subscribe(listener, watchQuery(BILLING_TASK), { token: EXPIRED_TOKEN });
    expect(await dead.remaining()).toEqual([errorEvent({ __typename: 'SmsUnauthenticatedError', code: 'APIGW.0301' })]);
    const calls = emulator.requests.length;
    const none = await subscribe(listener, watchQuery(BILLING_TASK), { token: '' });
    expect(await none.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnauthenticatedError', code: 'TOKEN_MISSING' }),
    ]);
    expect(emulator.requests).toHaveLength(calls);
  });

  it('is not asked for where the input breaks a limit', async () => {
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
