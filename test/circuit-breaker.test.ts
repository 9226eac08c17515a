import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CallerIdentity, VerifiedCallers } from '../src/fairness/caller-identity.ts';
import { type Caller, SmsClient } from '../src/sms/client.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import {
  clientWithEmulator,
  closedOrigin,
  errorOf,
  FORWARDED,
  outcomeOf,
  read,
  readsOfFiveCallers,
  upstreamTo,
} from './support/sms-client.ts';

async function clientWithClock() {
  const clock = testClock(0);
  return { clock, ...(await clientWithEmulator({ clock }, FORWARDED)) };
}

async function outcomes(calls: number, call: () => Promise<unknown>): Promise<string[]> {
  const all: string[] = [];
  for (let count = 0; count < calls; count += 1) all.push(await outcomeOf(call()));
  return all;
}

test.each([
  ['responds with 500', { kind: 'status', status: 500, body: {} }, 'HTTP_500'],
  ['responds with 503', { kind: 'status', status: 503, body: {} }, 'HTTP_503'],
  ['resets connections', { kind: 'reset' }, 'UNREACHABLE'],
] as const)('a circuit breaker opens when SMS %s ten times in a row for several callers', async (_, fault, code) => {
  const { emulator, upstream } = await clientWithClock();
  emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
  const call = readsOfFiveCallers(upstream);
  expect(await outcomes(10, call)).toEqual(Array.from({ length: 10 }, () => code));
  expect(await errorOf(call())).toMatchObject({
    name: 'SmsUnavailableError',
    reason: 'UNREACHABLE',
    code: 'CIRCUIT_OPEN',
    message: 'SMS is failing repeatedly, so calls are paused (the circuit breaker is open). Try again later.',
    facts: { retryAfter: 10 },
  });
  expect(emulator.requests).toHaveLength(10);
  expect(upstream.status()).toEqual({
    ready: true,
    reason: null,
    store: 'none',
    circuits: [{ origin: emulator.url, open: true }],
  });
});

test('a circuit breaker makes one trial call after ten seconds, which decides whether it closes', async () => {
  const clock = testClock(0);
  const { origin, listen } = await serverStartedLater();
  const upstream = upstreamTo(origin, { clock });
  const call = () => read(upstream, FORWARDED);
  await outcomes(10, call);
  clock.advance(10_000);
  expect(await Promise.all([1, 2, 3].map(() => outcomeOf(call())))).toEqual([
    'UNREACHABLE',
    'CIRCUIT_OPEN',
    'CIRCUIT_OPEN',
  ]);
  await listen();
  clock.advance(9_999);
  expect(await outcomeOf(call())).toBe('CIRCUIT_OPEN');
  clock.advance(1);
  expect(await outcomes(3, call)).toEqual(['ok', 'ok', 'ok']);
  expect(upstream.status().circuits).toMatchObject([{ open: false }]);
});

test('a circuit breaker counts only failures in a row', async () => {
  const { emulator, upstream } = await clientWithClock();
  const call = readsOfFiveCallers(upstream);
  for (let round = 0; round < 3; round += 1) {
    emulator.fault({ kind: 'reset', times: 9 });
    expect(await outcomes(10, call)).toEqual([...Array.from({ length: 9 }, () => 'UNREACHABLE'), 'ok']);
  }
});

test('a circuit breaker counts timeouts', async () => {
  const origin = await httpServer(() => {});
  const upstream = upstreamTo(origin, {}, { totalTimeout: 5 });
  expect(await outcomes(11, readsOfFiveCallers(upstream))).toEqual([
    ...Array.from({ length: 10 }, () => 'TIMEOUT'),
    'CIRCUIT_OPEN',
  ]);
});

describe('a circuit breaker does not reject other callers', () => {
  const callers = () => {
    const verified = new VerifiedCallers();
    return (token: string): Caller => {
      const identity = new CallerIdentity(token, '192.0.2.1', verified);
      identity.markVerified();
      return { ...FORWARDED, identity };
    };
  };
  /** An SMS that fails at some paths. */
  const smsFailingAt = async (isFailing: (path: string) => boolean, fail: (response: ServerResponse) => void) => {
    const origin = await httpServer((request, response) => {
      if (isFailing(request.url ?? '')) fail(response);
      else response.end('{}');
    });
    const clock = testClock(0);
    const upstream = upstreamTo(origin, { clock }, { totalTimeout: 200 });
    const callerOf = callers();
    const call = (token: string, path: string) => outcomeOf(new SmsClient(upstream, callerOf(token)).get(path));
    return { clock, call, upstream };
  };
  const isBad = (path: string) => path.includes('bad');

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['500', (response) => response.writeHead(500).end('{}'), 'HTTP_500'],
    ['503 from a proxy', (response) => response.writeHead(503).end('<html>'), 'HTTP_503'],
    ['a timeout', () => {}, 'TIMEOUT'],
    ['a broken connection', (response) => response.destroy(), 'UNREACHABLE'],
  ])('when all calls of one caller fail with %s', async (_, fail, code) => {
    const { call } = await smsFailingAt(isBad, fail);
    for (let index = 0; index < 15; index += 1) expect(await call('greedy', `/v3/sources/bad-${index}`)).toBe(code);
    expect(await call('greedy', '/v3/sources/good')).toBe('ok');
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
  });

  test('when one object fails for every caller', async () => {
    const { call } = await smsFailingAt(isBad, (response) => response.writeHead(500).end('{}'));
    for (let index = 0; index < 15; index += 1)
      expect(await call(`token ${index}`, '/v3/sources/bad')).toBe('HTTP_500');
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
  });

  test('when SMS reports failures with its own error code', async () => {
    const { call } = await smsFailingAt(isBad, (response) => response.writeHead(500).end('{"error_code": "SMS.0515"}'));
    for (let index = 0; index < 15; index += 1)
      expect(await call(`token ${index}`, `/v3/sources/bad-${index}`)).toBe('SMS.0515');
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
  });

  test('when two callers have opened it: a third one may make a trial call at once', async () => {
    const { call, upstream } = await smsFailingAt(isBad, (response) => response.writeHead(500).end('{}'));
    for (let round = 0; round < 5; round += 1)
      for (const token of ['greedy', 'as-greedy']) await call(token, `/v3/sources/bad-${token}-${round}`);
    expect(await call('greedy', '/v3/sources/good')).toBe('CIRCUIT_OPEN');
    expect(upstream.status().circuits).toMatchObject([{ open: true }]);
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
    expect(await call('greedy', '/v3/sources/good')).toBe('ok');
  });

  test('when the trial call of one caller has failed', async () => {
    let isDown = true;
    const { call, clock, upstream } = await smsFailingAt(
      (path) => isDown || isBad(path),
      (response) => response.writeHead(502).end('{}'),
    );
    for (let index = 0; index < 10; index += 1) await call(`token ${index}`, `/v3/sources/${index}`);
    expect(await call('token 0', '/v3/sources/bad')).toBe('CIRCUIT_OPEN');
    isDown = false;
    clock.advance(10_000);
    expect(await call('token 0', '/v3/sources/bad')).toBe('HTTP_502');
    expect(await call('token 0', '/v3/sources/bad')).toBe('CIRCUIT_OPEN');
    expect(upstream.status().circuits).toMatchObject([{ open: true }]);
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
    expect(upstream.status().circuits).toMatchObject([{ open: false }]);
  });
});

test.each([
  ['calls that SMS rejects', { kind: 'status', status: 400, body: {} }],
  ['throttled calls', { kind: 'throttle', retryAfter: 9 }],
  ['responses that are too long', { kind: 'oversized', bytes: 17 * 1024 ** 2, declared: true }],
  ['responses that are not JSON', { kind: 'status', status: 200, body: 'OK' }],
] as const)('a circuit breaker does not count %s', async (_, fault) => {
  const { emulator, upstream } = await clientWithClock();
  emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
  expect(await outcomes(12, () => read(upstream, FORWARDED))).not.toContain('CIRCUIT_OPEN');
});

test('a circuit breaker does not count deadlines of callers or aborted calls', async () => {
  const origin = await httpServer(() => {});
  const upstream = upstreamTo(origin);
  const impatient: Caller = { ...FORWARDED, timeLeft: () => 2 };
  expect(await outcomes(12, () => read(upstream, impatient))).toEqual(Array.from({ length: 12 }, () => 'TIMEOUT'));
  for (let call = 0; call < 12; call += 1) {
    const controller = new AbortController();
    const response = new SmsClient(upstream, { ...FORWARDED, signal: controller.signal }).get('/v3/tasks');
    controller.abort(new Error('gone'));
    await expect(response).rejects.toThrow('gone');
  }
  expect(upstream.status().circuits).toMatchObject([{ open: false }]);
});

test('a circuit breaker opens when connections are refused', async () => {
  const upstream = upstreamTo(await closedOrigin());
  const all = await outcomes(11, () => read(upstream, FORWARDED));
  expect(all.slice(9)).toEqual(['UNREACHABLE', 'CIRCUIT_OPEN']);
});

/** A server that refuses connections until `listen` is called. */
async function serverStartedLater() {
  const server = createServer((_, response) => void response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const listen = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close().closeAllConnections());
  };
  return { origin: `http://127.0.0.1:${port}`, listen };
}
