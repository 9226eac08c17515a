/** The calls that watches make: when they start and end, and who shares them. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { errorEvent, subscribe, updateEvent, watchQuery } from './support/sse.ts';

/** Milliseconds that stand for a second of the interval. */
const SECOND = 5;

interface HeldCall {
  token: string;
  /** Monotonic ms. */
  at: number;
  response: ServerResponse;
  respond(task: object): void;
  reject(status: number, headers?: Record<string, string>, code?: string): void;
}

/** A gateway to an SMS that responds when the test tells it to. */
async function heldGateway(options: Parameters<typeof taskWatches>[0] = {}) {
  const held: HeldCall[] = [];
  const url = await httpServer((request, response) => {
    const send = (status: number, body: object, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    held.push({
      token: String(request.headers['x-auth-token']),
      at: performance.now(),
      response,
      respond: (task) => send(200, { id: 't-1', ...task }),
      reject: (status, headers, code = 'X.1') => send(status, { error_code: code, error_msg: 'No.' }, headers),
    });
  });
  const watches = taskWatches({ secondMs: SECOND, ...options });
  // Only the watch ends a call.
  const limits = { headersTimeout: 600_000, totalTimeout: 600_000 };
  const { listener } = gatewayTo(url, { watches, auth: 'forward', key: null }, limits);
  /** Waits for the call with this index. */
  const call = (number: number) =>
    vi.waitFor(() => {
      const found = held[number];
      if (!found) throw new Error(`There are ${held.length} calls.`);
      return found;
    }, 10_000);
  return { listener, watches, held, call };
}

describe('calls for watches', () => {
  it('are shared by all subscribers to a task with the same token', async () => {
    const { listener, held, call } = await heldGateway();
    const first = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).respond({ state: 'RUNNING', name: 'one' });
    expect(await first.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    // The second call has no response yet.
    await call(1);
    const second = await subscribe(listener, watchQuery('t-1', 'name'));
    expect(await second.next()).toEqual(updateEvent({ name: 'one' }));
    expect(held).toHaveLength(2);
    (await call(1)).respond({ state: 'ABORT', name: 'two' });
    expect(await first.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
    expect(await second.remaining()).toEqual([updateEvent({ name: 'two' }, true)]);
    expect(held).toHaveLength(2);
  });

  it('are not shared with other tokens or tasks', async () => {
    const { listener, held, call } = await heldGateway();
    await subscribe(listener, watchQuery('t-1'), { token: 'token-of-one' });
    await call(0);
    await subscribe(listener, watchQuery('t-1'), { token: 'token-of-another' });
    await call(1);
    await subscribe(listener, watchQuery('t-2'), { token: 'token-of-one' });
    await call(2);
    expect(held.map(({ token }) => token)).toEqual(['token-of-one', 'token-of-another', 'token-of-one']);
  });

  it('cause no event while the task does not change', async () => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1', 'name'));
    (await call(0)).respond({ state: 'RUNNING', name: 'one' });
    expect(await stream.next()).toEqual(updateEvent({ name: 'one' }));
    (await call(1)).respond({ state: 'RUNNING', name: 'one' });
    (await call(2)).respond({ state: 'RUNNING', name: 'one' });
    (await call(3)).respond({ state: 'RUNNING', name: 'two' });
    expect(await stream.next()).toEqual(updateEvent({ name: 'two' }));
  });

  it('follow each other after the shortest interval of the subscribers', async () => {
    const second = 40;
    const { listener, call } = await heldGateway({ secondMs: second });
    await subscribe(listener, watchQuery('t-1', 'state', 60));
    await subscribe(listener, watchQuery('t-1', 'state', 2));
    (await call(0)).respond({ state: 'RUNNING' });
    (await call(1)).respond({ state: 'RUNNING' });
    const [first, next] = [await call(0), await call(1)];
    expect(next.at - first.at).toBeGreaterThan(2 * second - 5);
  });

  it('end with an error event when SMS rejects one', async () => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).respond({ state: 'RUNNING' });
    expect(await stream.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    (await call(1)).reject(400);
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsInvalidInputError', code: 'X.1', fields: null }),
    ]);
  });

  it.each([
    ['SMS fails, but with status 400', 400, 'SMS.6000'],
    ['the API gateway responds with 404', 404, 'APIGW.0101'],
    ['a proxy responds with 401', 401, ''],
  ])('are repeated if the fault is not that of the task: %s', async (_, status, code) => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).reject(status, {}, code);
    (await call(1)).respond({ state: 'ABORT' });
    expect(await stream.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
  });

  it.each([
    ['the task does not exist, but with status 400', 400, 'SMS.7703', 'SmsNotFoundError'],
    ['the token is not valid, but with status 400', 400, 'SMS.6521', 'SmsUnauthenticatedError'],
  ])('end when SMS reports that %s', async (_, status, code, __typename) => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).reject(status, {}, code);
    expect(await stream.remaining()).toEqual([errorEvent({ __typename, code })]);
  });

  it('are repeated after a response with another task', async () => {
    const { listener, call } = await heldGateway();
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).respond({ id: 't-2', state: 'RUNNING' });
    (await call(1)).respond({ state: 'SYNC_SUCCESS' });
    expect(await stream.remaining()).toEqual([updateEvent({ state: 'SYNC_SUCCESS' }, true)]);
  });

  it('respect Retry-After after a 429', async () => {
    const second = 20;
    const { listener, call } = await heldGateway({ secondMs: second });
    const stream = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).reject(429, { 'retry-after': '5' });
    const [rejected, next] = [await call(0), await call(1)];
    expect(next.at - rejected.at).toBeGreaterThan(5 * second - 5);
    next.respond({ state: 'SYNC_SUCCESS' });
    expect(await stream.remaining()).toEqual([updateEvent({ state: 'SYNC_SUCCESS' }, true)]);
  });

  it('end with an error event when SMS fails repeatedly', async () => {
    const url = await httpServer((_, response) => response.writeHead(500).end('{"error_code": "X.1"}'));
    const { listener } = gatewayTo(url, { watches: taskWatches({ secondMs: SECOND }) });
    const stream = await subscribe(listener, watchQuery('t-1'));
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnavailableError', code: 'X.1', reason: 'UPSTREAM_ERROR' }),
    ]);
  });

  it('end when the last subscriber disconnects, and the call in flight is aborted', async () => {
    const { listener, held, call } = await heldGateway();
    const [one, other] = [await subscribe(listener, watchQuery('t-1')), await subscribe(listener, watchQuery('t-1'))];
    (await call(0)).respond({ state: 'RUNNING' });
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

  it('continue for the remaining subscribers', async () => {
    const { listener, call } = await heldGateway();
    const [one, other] = [await subscribe(listener, watchQuery('t-1')), await subscribe(listener, watchQuery('t-1'))];
    (await call(0)).respond({ state: 'RUNNING' });
    await Promise.all([one.next(), other.next()]);
    one.disconnect();
    (await call(1)).respond({ state: 'RUNNING' });
    (await call(2)).respond({ state: 'MIGRATE_FAIL' });
    expect(await other.remaining()).toEqual([updateEvent({ state: 'MIGRATE_FAIL' }, true)]);
  });

  it('start again for a subscriber after the end', async () => {
    const { listener, call } = await heldGateway();
    const one = await subscribe(listener, watchQuery('t-1'));
    (await call(0)).respond({ state: 'MIGRATE_FAIL' });
    expect(await one.remaining()).toEqual([updateEvent({ state: 'MIGRATE_FAIL' }, true)]);
    const other = await subscribe(listener, watchQuery('t-1'));
    (await call(1)).respond({ state: 'SYNC_SUCCESS' });
    expect(await other.remaining()).toEqual([updateEvent({ state: 'SYNC_SUCCESS' }, true)]);
  });

  it('end when the process stops, and each stream completes with an event that says so', async () => {
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

  it('are made for a bounded number of tasks', async () => {
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
