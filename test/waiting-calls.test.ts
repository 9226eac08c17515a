/** Calls that cannot be sent at once: there is no connection yet, or none is free. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import type { CredentialProvider, HeldKey, KeySource } from '../src/sms/auth/credentials.ts';
import { type Caller, smsClient } from '../src/sms/client.ts';
import type { SmsLimits } from '../src/sms/http/limits.ts';
import { httpServer, socketServer } from './support/harness.ts';
import {
  errorOf,
  FORWARDED,
  outcomeOf,
  read,
  readsOfFiveCallers,
  SIGNED,
  startTestEmulator,
  upstreamTo,
  write,
} from './support/sms-client.ts';

const NOT_SENT = 'The deadline passed before the call could be sent to SMS. Try later.';
const REFUSED = JSON.stringify({
  error_code: 'APIGW.0301',
  error_msg: 'Incorrect IAM authentication information: verify aksk signature fail',
});

/** An upstream whose calls the test answers itself. */
async function heldEndpoint(limits: Partial<SmsLimits> = {}) {
  const calls: { request: IncomingMessage; response: ServerResponse }[] = [];
  const origin = await httpServer((request, response) => void calls.push({ request, response }));
  return {
    calls,
    upstream: upstreamTo(origin, {}, limits),
    arrived: (count: number) => expect.poll(() => calls.length).toBe(count),
    answer: (status: number, body = '{}') => {
      for (const { response } of calls) if (!response.writableEnded) response.writeHead(status).end(body);
    },
  };
}

/** The demo token, and a key that is read when a request is signed, and not before. */
function signingWith(owner: 'own' | 'temporary', key: KeySource): CredentialProvider {
  return { resolve: () => ({ key, token: DEMO_TOKEN, proof: { key: owner, token: 'unchecked' } }) };
}

const hasty = (milliseconds: number): Caller => ({ ...FORWARDED, timeLeft: () => milliseconds });

test('a call that waits for a connection ends with its time, says so, and is never sent', async () => {
  const { upstream, calls, arrived, answer } = await heldEndpoint({ connections: 1 });
  const first = outcomeOf(read(upstream, FORWARDED));
  await arrived(1);
  const error = await errorOf(write(smsClient(upstream, hasty(20))));
  expect(error).toMatchObject({ reason: 'TIMEOUT', message: NOT_SENT });
  answer(200);
  expect(await first).toBe('ok');
  const last = read(upstream, FORWARDED);
  await arrived(2);
  answer(200);
  await last;
  expect(calls.map(({ request }) => request.method)).toEqual(['GET', 'GET']);
});

test('a caller that leaves while its call waits ends it', async () => {
  const { upstream, calls, arrived, answer } = await heldEndpoint({ connections: 1 });
  const first = outcomeOf(read(upstream, FORWARDED));
  await arrived(1);
  const leaving = new AbortController();
  const second = read(upstream, { ...FORWARDED, signal: leaving.signal });
  leaving.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  answer(200);
  await first;
  expect(calls).toHaveLength(1);
});

test('a call ends with its time while its connection is being made, and is not sent afterwards', async () => {
  let connections = 0;
  // A server that never begins the handshake.
  const origin = (
    await socketServer(() => {
      connections += 1;
    })
  ).replace('http:', 'https:');
  const upstream = upstreamTo(origin, {}, { connections: 1 });
  const error = await errorOf(write(smsClient(upstream, hasty(20))));
  expect(error).toMatchObject({ reason: 'TIMEOUT', message: NOT_SENT });
  // The connection that is being made is still the only one, so the next call waits for it.
  expect(await outcomeOf(write(smsClient(upstream, hasty(20))))).toBe('TIMEOUT');
  expect(connections).toBe(1);
});

test('a call whose time is over after it was sent does not say that it was not', async () => {
  const { upstream } = await heldEndpoint();
  const error = await errorOf(write(smsClient(upstream, hasty(1_000))));
  expect(error.message).toBe(
    'SMS did not complete its response within 1000 ms. Whether the call was carried out is not known: check what it should have changed before you repeat it.',
  );
});

test('a call is proved when its turn has come, and not before', async () => {
  const { upstream, arrived, answer } = await heldEndpoint({ connections: 1 });
  const proved: string[] = [];
  const as = (requestId: string): Caller => ({
    requestId,
    credentials: signingWith('temporary', () => {
      proved.push(requestId);
      return DEMO_ACCESS_KEY;
    }),
  });
  const calls = ['first', 'second'].map((requestId) => read(upstream, as(requestId)));
  await arrived(1);
  expect(proved).toEqual(['first']);
  answer(200);
  await arrived(2);
  expect(proved).toEqual(['first', 'second']);
  answer(200);
  await Promise.all(calls);
});

test('of the calls that wait, none is sent when the key has been refused in the meantime', async () => {
  const { upstream, calls, arrived, answer } = await heldEndpoint({ connections: 4 });
  const trusted = read(upstream);
  await arrived(1);
  answer(200);
  await trusted;
  const outcomes = Promise.all(Array.from({ length: 50 }, () => outcomeOf(read(upstream))));
  await arrived(1 + 4);
  answer(401, REFUSED);
  const codes = await outcomes;
  expect(codes.filter((code) => code === 'GATEWAY_KEY_REJECTED')).toHaveLength(4);
  expect(codes.filter((code) => code === 'KEY_RESTING')).toHaveLength(46);
  expect(calls).toHaveLength(1 + 4);
});

test('a call that waited for news of the key is signed anew', async () => {
  const { upstream, calls, arrived, answer } = await heldEndpoint();
  let proofs = 0;
  const counted = signingWith('own', () => {
    proofs += 1;
    return DEMO_ACCESS_KEY;
  });
  const outcomes = Array.from({ length: 4 }, () => outcomeOf(read(upstream, { ...SIGNED, credentials: counted })));
  await arrived(1);
  expect(proofs).toBe(4);
  answer(200);
  await arrived(4);
  expect(proofs).toBe(7);
  answer(200);
  expect(await Promise.all(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(calls).toHaveLength(4);
});

test('of the calls that wait, none is sent when the circuit has opened in the meantime', async () => {
  const emulator = await startTestEmulator();
  emulator.fault({ kind: 'status', status: 500, body: {}, times: Number.POSITIVE_INFINITY });
  const upstream = upstreamTo(emulator.url, {}, { connections: 1 });
  const call = readsOfFiveCallers(upstream);
  const codes = await Promise.all(Array.from({ length: 15 }, () => outcomeOf(call())));
  expect(codes.filter((code) => code === 'CIRCUIT_OPEN')).toHaveLength(5);
  expect(emulator.requests).toHaveLength(10);
});

test('the calls that wait go to another target when the circuit of theirs has opened', async () => {
  const [first, second] = [await startTestEmulator(), await startTestEmulator()];
  first.fault({ kind: 'status', status: 500, body: {}, times: Number.POSITIVE_INFINITY });
  const upstream = upstreamTo([first.url, second.url], {}, { connections: 1 });
  const codes = await Promise.all(Array.from({ length: 15 }, () => outcomeOf(read(upstream, FORWARDED))));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(5);
  expect([first.requests.length, second.requests.length]).toEqual([10, 5]);
});

test('a call is not sent when the circuit has opened while who asks was being proved', async () => {
  const { upstream, calls, arrived, answer } = await heldEndpoint();
  const key = Promise.withResolvers<HeldKey>();
  const slow = outcomeOf(
    read(upstream, { requestId: 'slow', credentials: signingWith('temporary', () => key.promise) }),
  );
  const call = readsOfFiveCallers(upstream);
  const outcomes = Array.from({ length: 10 }, () => outcomeOf(call()));
  await arrived(10);
  answer(500);
  await Promise.all(outcomes);
  key.resolve(DEMO_ACCESS_KEY);
  expect(await slow).toBe('CIRCUIT_OPEN');
  expect(calls).toHaveLength(10);
});
