import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Caller, smsClient } from '../src/sms/client.ts';
import { CallerIdentity, VerifiedCallers } from '../src/sms/fairness/caller-identity.ts';
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

/** An endpoint at a time that the test sets. */
async function withClock() {
  const clock = testClock(0);
  return { clock, ...(await clientWithEmulator({ clock }, FORWARDED)) };
}

async function outcomes(calls: number, call: () => Promise<unknown>): Promise<string[]> {
  const all: string[] = [];
  for (let count = 0; count < calls; count += 1) all.push(await outcomeOf(call()));
  return all;
}

test.each([
  ['fails with 500', { kind: 'status', status: 500, body: {} }, 'HTTP_500'],
  ['fails with 503', { kind: 'status', status: 503, body: {} }, 'HTTP_503'],
  ['resets connections', { kind: 'reset' }, 'UNREACHABLE'],
] as const)('leaves an SMS alone that %s for several callers ten times in a row', async (_, fault, code) => {
  const { emulator, endpoint } = await withClock();
  emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
  const call = readsOfFiveCallers(endpoint);
  expect(await outcomes(10, call)).toEqual(Array.from({ length: 10 }, () => code));
  expect(await errorOf(call())).toMatchObject({
    name: 'SmsUnreachable',
    reason: 'UNREACHABLE',
    code: 'CIRCUIT_OPEN',
    message: 'SMS is failing repeatedly, so calls are paused (the circuit breaker is open). Try again later.',
    facts: { retryAfter: 10 },
  });
  expect(emulator.requests).toHaveLength(10);
  expect(endpoint.status()).toEqual({
    ready: true,
    reason: null,
    store: 'none',
    circuits: [{ origin: emulator.url, open: true }],
  });
});

test('lets one call through after ten seconds, and what becomes of it decides', async () => {
  const clock = testClock(0);
  const { origin, listen } = await laterServer();
  const endpoint = upstreamTo(origin, { clock });
  const call = () => read(endpoint, FORWARDED);
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
  expect(endpoint.status().circuits).toMatchObject([{ open: false }]);
});

test('counts only failures in a row', async () => {
  const { emulator, endpoint } = await withClock();
  const call = readsOfFiveCallers(endpoint);
  for (let round = 0; round < 3; round += 1) {
    emulator.fault({ kind: 'reset', times: 9 });
    expect(await outcomes(10, call)).toEqual([...Array.from({ length: 9 }, () => 'UNREACHABLE'), 'ok']);
  }
});

test('counts time-outs', async () => {
  const origin = await httpServer(() => {});
  const endpoint = upstreamTo(origin, {}, { totalTimeout: 5 });
  expect(await outcomes(11, readsOfFiveCallers(endpoint))).toEqual([
    ...Array.from({ length: 10 }, () => 'TIMEOUT'),
    'CIRCUIT_OPEN',
  ]);
});

describe('one caller opens no circuit', () => {
  const callers = () => {
    const known = new VerifiedCallers();
    return (token: string): Caller => {
      const identity = new CallerIdentity(token, '192.0.2.1', known);
      identity.markVerified();
      return { ...FORWARDED, identity };
    };
  };
  /** An SMS that fails with what these are, and a call for one of them. */
  const failing = async (isFailing: (path: string) => boolean, answer: (response: ServerResponse) => void) => {
    const origin = await httpServer((request, response) => {
      if (isFailing(request.url ?? '')) answer(response);
      else response.end('{}');
    });
    const clock = testClock(0);
    const endpoint = upstreamTo(origin, { clock }, { totalTimeout: 200 });
    const of = callers();
    const call = (token: string, path: string) => outcomeOf(smsClient(endpoint, of(token)).get(path));
    return { clock, call, endpoint };
  };
  const isBad = (path: string) => path.includes('bad');

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['500', (response) => response.writeHead(500).end('{}'), 'HTTP_500'],
    ['503 of a proxy', (response) => response.writeHead(503).end('<html>'), 'HTTP_503'],
    ['no answer', () => {}, 'TIMEOUT'],
    ['a broken connection', (response) => response.destroy(), 'UNREACHABLE'],
  ])('whatever it asks for, by %s', async (_, answer, code) => {
    const { call } = await failing(isBad, answer);
    for (let index = 0; index < 15; index += 1) expect(await call('greedy', `/v3/sources/bad-${index}`)).toBe(code);
    expect(await call('greedy', '/v3/sources/good')).toBe('ok');
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
  });

  test('nor does one object, whoever asks for it', async () => {
    const { call } = await failing(isBad, (response) => response.writeHead(500).end('{}'));
    for (let index = 0; index < 15; index += 1)
      expect(await call(`token ${index}`, '/v3/sources/bad')).toBe('HTTP_500');
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
  });

  test('nor do objects that SMS itself fails with, whoever asks for them', async () => {
    const { call } = await failing(isBad, (response) => response.writeHead(500).end('{"error_code": "SMS.0515"}'));
    for (let index = 0; index < 15; index += 1)
      expect(await call(`token ${index}`, `/v3/sources/bad-${index}`)).toBe('SMS.0515');
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
  });

  test('nor do two for a third, whose call is tried at once', async () => {
    const { call, endpoint } = await failing(isBad, (response) => response.writeHead(500).end('{}'));
    for (let round = 0; round < 5; round += 1)
      for (const token of ['greedy', 'as-greedy']) await call(token, `/v3/sources/bad-${token}-${round}`);
    expect(await call('greedy', '/v3/sources/good')).toBe('CIRCUIT_OPEN');
    expect(endpoint.status().circuits).toMatchObject([{ open: true }]);
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
    expect(await call('greedy', '/v3/sources/good')).toBe('ok');
  });

  test('nor does it keep one open for others, by what it finds out with', async () => {
    let isDown = true;
    const { call, clock, endpoint } = await failing(
      (path) => isDown || isBad(path),
      (response) => response.writeHead(502).end('{}'),
    );
    for (let index = 0; index < 10; index += 1) await call(`token ${index}`, `/v3/sources/${index}`);
    expect(await call('token 0', '/v3/sources/bad')).toBe('CIRCUIT_OPEN');
    isDown = false;
    clock.advance(10_000);
    expect(await call('token 0', '/v3/sources/bad')).toBe('HTTP_502');
    expect(await call('token 0', '/v3/sources/bad')).toBe('CIRCUIT_OPEN');
    expect(endpoint.status().circuits).toMatchObject([{ open: true }]);
    expect(await call('modest', '/v3/sources/good')).toBe('ok');
    expect(endpoint.status().circuits).toMatchObject([{ open: false }]);
  });
});

test.each([
  ['what a caller asks wrongly', { kind: 'status', status: 400, body: {} }],
  ['what SMS has no time for', { kind: 'throttle', retryAfter: 9 }],
  ['an answer that is too long', { kind: 'oversized', bytes: 17 * 1024 ** 2, declared: true }],
  ['an answer that is no JSON', { kind: 'status', status: 200, body: 'OK' }],
] as const)('does not count %s', async (_, fault) => {
  const { emulator, endpoint } = await withClock();
  emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
  expect(await outcomes(12, () => read(endpoint, FORWARDED))).not.toContain('CIRCUIT_OPEN');
});

test('does not count the time limits of callers, nor callers who leave', async () => {
  const origin = await httpServer(() => {});
  const endpoint = upstreamTo(origin);
  const hasty: Caller = { ...FORWARDED, timeLeft: () => 2 };
  expect(await outcomes(12, () => read(endpoint, hasty))).toEqual(Array.from({ length: 12 }, () => 'TIMEOUT'));
  for (let call = 0; call < 12; call += 1) {
    const leaving = new AbortController();
    const answer = smsClient(endpoint, { ...FORWARDED, signal: leaving.signal }).get('/v3/tasks');
    leaving.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
  }
  expect(endpoint.status().circuits).toMatchObject([{ open: false }]);
});

test('opens for connections that are refused', async () => {
  const endpoint = upstreamTo(await closedOrigin());
  const all = await outcomes(11, () => read(endpoint, FORWARDED));
  expect(all.slice(9)).toEqual(['UNREACHABLE', 'CIRCUIT_OPEN']);
});

/** The address of a server that listens later; until then connections are refused. */
async function laterServer() {
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
