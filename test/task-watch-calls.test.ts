/** The calls that the subscription makes: shared, spaced, and ended with the last who watches. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { errorEvent, subscribe, updateEvent, watchQuery } from './support/sse.ts';

/** Milliseconds for each second of an interval. */
const SECOND = 5;

interface Held {
  token: string;
  /** When it was asked, in milliseconds of a clock that never goes back. */
  at: number;
  response: ServerResponse;
  answer(task: object): void;
  refuse(status: number, headers?: Record<string, string>, code?: string): void;
}

/** A gateway to an SMS that answers when the test says so. */
async function heldGateway(options: Parameters<typeof taskWatches>[0] = {}) {
  const held: Held[] = [];
  const url = await httpServer((request, response) => {
    const send = (status: number, body: object, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    held.push({
      token: String(request.headers['x-auth-token']),
      at: performance.now(),
      response,
      answer: (task) => send(200, { id: 't-1', ...task }),
      refuse: (status, headers, code = 'X.1') => send(status, { error_code: code, error_msg: 'No.' }, headers),
    });
  });
  const watches = taskWatches({ secondMs: SECOND, ...options });
  // Nothing but the watch ends a call.
  const limits = { headersTimeout: 600_000, totalTimeout: 600_000 };
  const { listener } = gatewayTo(url, { watches, auth: 'forward', key: null }, limits);
  /** The call of this number, counted from 0, as soon as it is there. */
  const call = (number: number) =>
    vi.waitFor(() => {
      const found = held[number];
      if (!found) throw new Error(`There are ${held.length} calls.`);
      return found;
    }, 10_000);
  return { listener, watches, held, call };
}

describe('the calls of a watch', () => {
  it('are shared by all who watch a task with one token', async () => {
    const { listener, held, call } = await heldGateway();
    const first = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).answer({ state: 'RUNNING', name: 'one' });
    expect(await first.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    // The second call is under way, and nobody answers it yet.
    await call(1);
    const second = await subscribe(listener, watchQuery('t-1', 'name'));
    expect(await second.next()).toEqual(updateEvent({ name: 'one' }));
    expect(held).toHaveLength(2);
    (await call(1)).answer({ state: 'ABORT', name: 'two' });
    expect(await first.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
    expect(await second.remaining()).toEqual([updateEvent({ name: 'two' }, true)]);
    expect(held).toHaveLength(2);
  });

  it('are not shared with another token, nor with another task', async () => {
    const { listener, held, call } = await heldGateway();
    await subscribe(listener, watchQuery('t-1'), { token: 'token-of-one' });
    await call(0);
    await subscribe(listener, watchQuery('t-1'), { token: 'token-of-another' });
    await call(1);
    await subscribe(listener, watchQuery('t-2'), { token: 'token-of-one' });
    await call(2);
    expect(held.map(({ token }) => token)).toEqual(['token-of-one', 'token-of-another', 'token-of-one']);
  });

  it('say nothing while nothing changes', async () => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1', 'name'));
    (await call(0)).answer({ state: 'RUNNING', name: 'one' });
    expect(await stream.next()).toEqual(updateEvent({ name: 'one' }));
    (await call(1)).answer({ state: 'RUNNING', name: 'one' });
    (await call(2)).answer({ state: 'RUNNING', name: 'one' });
    (await call(3)).answer({ state: 'RUNNING', name: 'two' });
    expect(await stream.next()).toEqual(updateEvent({ name: 'two' }));
  });

  it('come an interval after the answer, the shortest that anyone wants', async () => {
    const second = 40;
    const { listener, call } = await heldGateway({ secondMs: second });
    await subscribe(listener, watchQuery('t-1', 'state', 60));
    await subscribe(listener, watchQuery('t-1', 'state', 2));
    (await call(0)).answer({ state: 'RUNNING' });
    (await call(1)).answer({ state: 'RUNNING' });
    const [first, next] = [await call(0), await call(1)];
    expect(next.at - first.at).toBeGreaterThan(2 * second - 5);
  });

  it('end with the error when SMS says no', async () => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).answer({ state: 'RUNNING' });
    expect(await stream.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    (await call(1)).refuse(400);
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsInvalidInputError', code: 'X.1', fields: null }),
    ]);
  });

  it.each([
    ['SMS has failed, though with 400', 400, 'SMS.6000'],
    ['the API gateway says 404', 404, 'APIGW.0101'],
    ['a proxy says 401', 401, ''],
  ])('are made again where it is not the task that is at fault: %s', async (_, status, code) => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).refuse(status, {}, code);
    (await call(1)).answer({ state: 'ABORT' });
    expect(await stream.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
  });

  it.each([
    ['the task is gone, though with 400', 400, 'SMS.7703', 'SmsNotFoundError'],
    ['the token is not valid, though with 400', 400, 'SMS.6521', 'SmsUnauthenticatedError'],
  ])('end where SMS says that %s', async (_, status, code, __typename) => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).refuse(status, {}, code);
    expect(await stream.remaining()).toEqual([errorEvent({ __typename, code })]);
  });

  it('are made again after an answer about another task', async () => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).answer({ id: 't-2', state: 'RUNNING' });
    (await call(1)).answer({ state: 'SYNC_SUCCESS' });
    expect(await stream.remaining()).toEqual([updateEvent({ state: 'SYNC_SUCCESS' }, true)]);
  });

  it('come later after a 429, and not before SMS says', async () => {
    const second = 20;
    const { listener, call } = await heldGateway({ secondMs: second });
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).refuse(429, { 'retry-after': '5' });
    const [refused, next] = [await call(0), await call(1)];
    expect(next.at - refused.at).toBeGreaterThan(5 * second - 5);
    next.answer({ state: 'SYNC_SUCCESS' });
    expect(await stream.remaining()).toEqual([updateEvent({ state: 'SYNC_SUCCESS' }, true)]);
  });

  it('end with the error when SMS fails again and again', async () => {
    const url = await httpServer((_, response) => response.writeHead(500).end('{"error_code": "X.1"}'));
    const { listener } = gatewayTo(url, { watches: taskWatches({ secondMs: SECOND }) });
    const stream = await subscribe(listener, watchQuery('t-1'));
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnavailableError', code: 'X.1', reason: 'UPSTREAM_ERROR' }),
    ]);
  });

  it('end when the last one has left, even the one that is under way', async () => {
    const { listener, held, call } = await heldGateway();
    const [one, other] = [await subscribe(listener, watchQuery('t-1')), await subscribe(listener, watchQuery('t-1'))];
    (await call(0)).answer({ state: 'RUNNING' });
    expect([await one.next(), await other.next()]).toEqual([
      updateEvent({ state: 'RUNNING' }),
      updateEvent({ state: 'RUNNING' }),
    ]);
    const { response } = await call(1);
    const closed = once(response, 'close');
    one.disconnect();
    other.disconnect();
    await closed;
    expect(response.writableFinished).toBe(false);
    expect(held).toHaveLength(2);
  });

  it('go on for those who stay', async () => {
    const { listener, call } = await heldGateway();
    const [one, other] = [await subscribe(listener, watchQuery('t-1')), await subscribe(listener, watchQuery('t-1'))];
    (await call(0)).answer({ state: 'RUNNING' });
    await Promise.all([one.next(), other.next()]);
    one.disconnect();
    (await call(1)).answer({ state: 'RUNNING' });
    (await call(2)).answer({ state: 'MIGRATE_FAIL' });
    expect(await other.remaining()).toEqual([updateEvent({ state: 'MIGRATE_FAIL' }, true)]);
  });

  it('begin anew for who comes after the end', async () => {
    const { listener, call } = await heldGateway();
    const one = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).answer({ state: 'MIGRATE_FAIL' });
    expect(await one.remaining()).toEqual([updateEvent({ state: 'MIGRATE_FAIL' }, true)]);
    const other = await subscribe(listener, watchQuery('t-1'));
    (await call(1)).answer({ state: 'SYNC_SUCCESS' });
    expect(await other.remaining()).toEqual([updateEvent({ state: 'SYNC_SUCCESS' }, true)]);
  });

  it('all end when the process stops, and each stream is completed after an event that says so', async () => {
    const { listener, watches, held, call } = await heldGateway();
    const [one, other] = [await subscribe(listener, watchQuery('t-1')), await subscribe(listener, watchQuery('t-2'))];
    const closed = [(await call(0)).response, (await call(1)).response].map((response) => once(response, 'close'));
    watches.stop();
    const late = await subscribe(listener, watchQuery('t-1'));
    const stopping = { __typename: 'SmsUnavailableError', code: 'GATEWAY_STOPPING', reason: 'STOPPING' };
    for (const stream of [one, other, late]) expect(await stream.remaining()).toEqual([errorEvent(stopping)]);
    await Promise.all(closed);
    expect(held).toHaveLength(2);
  });

  it('are of a bounded number of tasks', async () => {
    const { listener, held, call } = await heldGateway({ maxWatches: 1 });
    await subscribe(listener, watchQuery('t-1'));
    await call(0);
    const other = await subscribe(listener, watchQuery('t-2'));
    expect(await other.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnavailableError', code: 'OVERLOADED', reason: 'OVERLOADED' }),
    ]);
    expect(held).toHaveLength(1);
  });
});
