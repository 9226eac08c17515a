import { expect, test } from 'vitest';
import { type Caller, smsClient } from '../src/sms/client.ts';
import { testClock } from './clock.ts';
import { httpServer } from './harness.ts';
import { clientWith, deadOrigin, endpointTo, errorOf, FORWARDED, outcome, read } from './sms-client.ts';

/** An endpoint at a time that the test sets. */
async function withClock() {
  const clock = testClock(0);
  return { clock, ...(await clientWith({ clock }, FORWARDED)) };
}

async function outcomes(calls: number, call: () => Promise<unknown>): Promise<string[]> {
  const all: string[] = [];
  for (let count = 0; count < calls; count += 1) all.push(await outcome(call()));
  return all;
}

test.each([
  ['fails with 500', { kind: 'status', status: 500, body: {} }, 'HTTP_500'],
  ['fails with 503', { kind: 'status', status: 503, body: {} }, 'HTTP_503'],
  ['resets connections', { kind: 'reset' }, 'UNREACHABLE'],
] as const)('leaves an SMS alone that %s ten times in a row', async (_, fault, code) => {
  const { emulator, endpoint } = await withClock();
  emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
  const call = () => read(endpoint, FORWARDED);
  expect(await outcomes(10, call)).toEqual(Array.from({ length: 10 }, () => code));
  expect(await errorOf(call())).toMatchObject({
    name: 'SmsUnreachable',
    reason: 'UNREACHABLE',
    code: 'CIRCUIT_OPEN',
    message: 'SMS has failed too often and is left alone for a while. Try later.',
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
  const { clock, emulator, endpoint } = await withClock();
  emulator.fault({ kind: 'reset', times: 11 });
  const call = () => read(endpoint, FORWARDED);
  await outcomes(10, call);
  clock.pass(10_000);
  expect(await Promise.all([1, 2, 3].map(() => outcome(call())))).toEqual([
    'UNREACHABLE',
    'CIRCUIT_OPEN',
    'CIRCUIT_OPEN',
  ]);
  clock.pass(9_999);
  expect(await outcome(call())).toBe('CIRCUIT_OPEN');
  clock.pass(1);
  expect(await outcomes(3, call)).toEqual(['ok', 'ok', 'ok']);
  expect(endpoint.status().circuits).toMatchObject([{ open: false }]);
});

test('counts only failures in a row', async () => {
  const { emulator, endpoint } = await withClock();
  const call = () => read(endpoint, FORWARDED);
  for (let round = 0; round < 3; round += 1) {
    emulator.fault({ kind: 'reset', times: 9 });
    expect(await outcomes(10, call)).toEqual([...Array.from({ length: 9 }, () => 'UNREACHABLE'), 'ok']);
  }
});

test('counts time-outs', async () => {
  const origin = await httpServer(() => {});
  const endpoint = endpointTo(origin, {}, { totalTimeout: 5 });
  expect(await outcomes(11, () => read(endpoint, FORWARDED))).toEqual([
    ...Array.from({ length: 10 }, () => 'TIMEOUT'),
    'CIRCUIT_OPEN',
  ]);
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
  const endpoint = endpointTo(origin);
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
  const endpoint = endpointTo(await deadOrigin());
  const all = await outcomes(11, () => read(endpoint, FORWARDED));
  expect(all.slice(9)).toEqual(['UNREACHABLE', 'CIRCUIT_OPEN']);
});
