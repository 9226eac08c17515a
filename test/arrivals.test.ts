/** Work that arrives in one round of the event loop is spread over several rounds if it takes long, from one caller or from many. */
import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { ExecutionResult } from 'graphql';
import type { Dispatcher } from 'undici';
import { describe, expect, test, vi } from 'vitest';
import { renewBudget } from '../src/graphql/wrappers/call-budget.ts';
import type { Field, Resolver } from '../src/graphql/wrappers/field-wrapper.ts';
import { useLongResults } from '../src/http/execution/long-results.ts';
import { type Body, bodyReader } from '../src/http/load/request-body.ts';
import { Budget } from '../src/request/budget/request-budget.ts';
import type { Context } from '../src/request/context.ts';
import { exchange } from '../src/sms/http/exchange.ts';
import { ResponseReader } from '../src/sms/http/response.ts';
import type { Peer } from '../src/sms/http/transport.ts';
import { Deadline } from '../src/time/deadline.ts';
import { isRoundFull, nextRound, nextTurn } from '../src/time/event-loop-turns.ts';
import { pauseAtEachCheck, roundsOf, stopClock } from './support/rounds.ts';
import { LIMITS } from './support/sms-client.ts';

const CHUNK = Buffer.alloc(64 * 1024, ' ');

describe('stages of requests that begin in the same round', () => {
  test('are spread over several rounds if they take long', async () => {
    const clock = await stopClock();
    const stages = Array.from({ length: 12 }, () => nextRound().then(() => clock.pass(7)));
    // Three of 7 ms take more than 20 ms, so there are four groups and three rounds between them.
    expect(await roundsOf(() => Promise.all(stages))).toBeGreaterThanOrEqual(3);
  });

  test('do not wait for the long work of others', async () => {
    const clock = await stopClock();
    let isOver = false;
    const work = async () => {
      while (!isOver) {
        clock.pass(30);
        await nextTurn();
      }
    };
    const working = work();
    await roundsOf(() => Promise.all(Array.from({ length: 10 }, () => nextRound())));
    isOver = true;
    await working;
  });
});

describe('a long response', () => {
  const start = () => {
    const controller = { pause: vi.fn<() => void>(), resume: vi.fn<() => void>(), abort: vi.fn<() => void>() };
    let handler: Dispatcher.DispatchHandler = {};
    const dispatcher = {
      dispatch(_: unknown, given: Dispatcher.DispatchHandler) {
        handler = given;
      },
    };
    const peer = { name: 'SMS', limits: LIMITS, origin: 'http://sms.test', dispatcher } as unknown as Peer;
    const request = { method: 'GET', path: '/v3/tasks', headers: {} } as const;
    const { response } = exchange(peer, request, { deadline: new Deadline(LIMITS.totalTimeout) });
    const send = (chunk: Buffer) => handler.onResponseData?.(controller as never, chunk);
    handler.onRequestStart?.(controller as never, {});
    return { controller, handler, response, send };
  };

  test('is read no further in a round that is full', async () => {
    const { controller, handler, response, send } = start();
    handler.onResponseStart?.(controller as never, 200, { 'content-length': String(3 * CHUNK.length) });
    await pauseAtEachCheck();
    send(CHUNK);
    expect(controller.pause).not.toHaveBeenCalled();
    send(CHUNK);
    expect([controller.pause, controller.resume].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    await nextTurn();
    expect(controller.resume).toHaveBeenCalledTimes(1);
    // It is complete, so there is nothing to wait for.
    send(CHUNK);
    handler.onResponseEnd?.(controller as never, {});
    expect(controller.pause).toHaveBeenCalledTimes(1);
    expect((await response).bytes).toHaveLength(3 * CHUNK.length);
  });

  test('is read without a pause otherwise', async () => {
    const { controller, handler, send } = start();
    handler.onResponseStart?.(controller as never, 200, {});
    await stopClock();
    for (let count = 0; count < 10; count += 1) send(CHUNK);
    expect(controller.pause).not.toHaveBeenCalled();
  });
});

test.each([
  [20 * 1024, 1],
  [10 * 1024, 0],
])('a response of %i bytes is parsed %i rounds later if the round is full', async (bytes, rounds) => {
  const reader = new ResponseReader(200, {}, { name: 'SMS', limits: LIMITS }, {});
  reader.push(Buffer.from(JSON.stringify({ text: 'x'.repeat(bytes) })));
  await pauseAtEachCheck();
  expect(await roundsOf(() => reader.end())).toBe(rounds);
  await stopClock();
  expect(isRoundFull()).toBe(false);
  expect(reader.end()).not.toBeInstanceOf(Promise);
});

describe('a long body', () => {
  const LIMIT = { maxBodyBytes: 64 * CHUNK.length, maxBodiesBytes: 64 * CHUNK.length };
  const receive = (chunks: readonly Buffer[]) => {
    const request = new IncomingMessage(new Socket());
    const body = Promise.withResolvers<Body>();
    const read = bodyReader(LIMIT)(request, body.resolve);
    for (const chunk of [...chunks, null]) request.push(chunk);
    return { request, read, body: body.promise };
  };

  test('is received in turns', async () => {
    await pauseAtEachCheck();
    const chunks = Array.from({ length: 20 }, () => CHUNK);
    expect(await roundsOf(() => receive(chunks).body)).toBeGreaterThanOrEqual(20);
    expect(await receive(chunks).body).toEqual({ text: ' '.repeat(20 * CHUNK.length) });
  });

  test('that is short is received at once', async () => {
    await pauseAtEachCheck();
    expect(await roundsOf(() => receive([Buffer.alloc(1024, 'a')]).body)).toBe(0);
  });

  test('is not reported after its client has left', async () => {
    await pauseAtEachCheck();
    const { request, read, body } = receive([CHUNK, CHUNK]);
    // Its parts are complete, but not joined yet.
    await once(request, 'end');
    read.release();
    const report = vi.fn<() => void>();
    void body.then(report);
    for (let count = 0; count < 10; count += 1) await nextTurn();
    expect(report).not.toHaveBeenCalled();
  });
});

test('events of many subscriptions that are ready in the same round are executed in several ones', async () => {
  const resolve = vi.fn<Resolver>(() => 'an event');
  const event = renewBudget(resolve, {} as Field, {} as never);
  const events = () =>
    Array.from({ length: 10 }, () => event({}, {}, { budget: new Budget() } as Context, {} as never));
  await stopClock();
  expect(events()).toEqual(Array(10).fill('an event'));
  await pauseAtEachCheck();
  expect(await roundsOf(() => Promise.all(events()))).toBeGreaterThanOrEqual(8);
  expect(resolve).toHaveBeenCalledTimes(20);
});

test('a long event of a subscription is written in turns, and equals what JSON.stringify makes of it', async () => {
  const budget = new Budget();
  const data = { rows: Array.from({ length: 400 }, (_, row) => ({ row, text: 'x'.repeat(4 * 1024) })) };
  async function* events(): AsyncGenerator<ExecutionResult> {
    budget.addToResponse(400 * 4 * 1024);
    yield { data };
    budget.renew();
    yield { data: { rows: [] } };
  }
  type Event = ExecutionResult & { stringify?(rest: ExecutionResult): string };
  let written: AsyncIterator<Event> | null = null;
  const setResult = (result: AsyncIterable<Event>) => {
    written = result[Symbol.asyncIterator]();
  };
  useLongResults().onResultProcess?.({ result: events(), setResult, serverContext: { budget } } as never);
  const next = async () => (await (written as AsyncIterator<Event> | null)?.next())?.value as Event;
  await pauseAtEachCheck();
  let event: Event = {};
  const rounds = await roundsOf(async () => {
    event = await next();
  });
  expect(rounds).toBeGreaterThanOrEqual(25);
  expect(JSON.parse(String(event.stringify?.({ ...event })))).toEqual({ data });
  expect(await next()).toEqual({ data: { rows: [] } });
});
