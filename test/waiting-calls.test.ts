/** Calls that cannot be sent at once, because there is no connection yet or none is free. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import type { CredentialProvider, HeldKey, KeySource } from '../src/sms/auth/credentials.ts';
import { type Caller, SmsClient } from '../src/sms/client.ts';
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

/** An upstream whose calls the test responds to itself. */
async function heldEndpoint(limits: Partial<SmsLimits> = {}) {
  const calls: { request: IncomingMessage; response: ServerResponse }[] = [];
  const origin = await httpServer((request, response) => void calls.push({ request, response }));
  return {
    calls,
    upstream: upstreamTo(origin, {}, limits),
    arrived: (count: number) => expect.poll(() => calls.length).toBe(count),
    respond: (status: number, body = '{}') => {
      for (const { response } of calls) if (!response.writableEnded) response.writeHead(status).end(body);
    },
  };
}

/** The demo token, and a key that is read when a request is signed, and not before. */
function signingWith(owner: 'own' | 'temporary', key: KeySource): CredentialProvider {
  return { resolve: () => ({ key, token: DEMO_TOKEN, proof: { key: owner, token: 'unchecked' } }) };
}

const withDeadline = (milliseconds: number): Caller => ({ ...FORWARDED, timeLeft: () => milliseconds });

test('a call that waits for a connection ends at its deadline and is never sent', async () => {
  const { upstream, calls, arrived, respond } = await heldEndpoint({ connections: 1 });
  const first = outcomeOf(read(upstream, FORWARDED));
  await arrived(1);
  const error = await errorOf(write(new SmsClient(upstream, withDeadline(20))));
  expect(error).toMatchObject({ reason: 'TIMEOUT', message: NOT_SENT });
  respond(200);
  expect(await first).toBe('ok');
  const last = read(upstream, FORWARDED);
  await arrived(2);
  respond(200);
  await last;
  expect(calls.map(({ request }) => request.method)).toEqual(['GET', 'GET']);
});

test('a waiting call ends when its caller leaves', async () => {
  const { upstream, calls, arrived, respond } = await heldEndpoint({ connections: 1 });
  const first = outcomeOf(read(upstream, FORWARDED));
  await arrived(1);
  const leaving = new AbortController();
  const second = read(upstream, { ...FORWARDED, signal: leaving.signal });
  leaving.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  respond(200);
  await first;
  expect(calls).toHaveLength(1);
});

test('a call whose deadline passes while connecting is not sent afterwards', async () => {
  let connections = 0;
  // The server never starts the handshake.
  const origin = (
    await socketServer(() => {
      connections += 1;
    })
  ).replace('http:', 'https:');
  const upstream = upstreamTo(origin, {}, { connections: 1 });
  const error = await errorOf(write(new SmsClient(upstream, withDeadline(20))));
  expect(error).toMatchObject({ reason: 'TIMEOUT', message: NOT_SENT });
  // There may be only one connection, so the next call waits for this one.
  expect(await outcomeOf(write(new SmsClient(upstream, withDeadline(20))))).toBe('TIMEOUT');
  expect(connections).toBe(1);
});

test('a call whose deadline passes after it was sent has an unknown outcome', async () => {
  const { upstream } = await heldEndpoint();
  const error = await errorOf(write(new SmsClient(upstream, withDeadline(1_000))));
  expect(error.message).toBe(
    'SMS did not complete its response within 1000 ms. Whether the call was carried out is not known: check what it should have changed before you repeat it.',
  );
});

test('a call is signed when it has a permit, and not before', async () => {
  const { upstream, arrived, respond } = await heldEndpoint({ connections: 1 });
  const signings: string[] = [];
  const as = (requestId: string): Caller => ({
    requestId,
    credentials: signingWith('temporary', () => {
      signings.push(requestId);
      return DEMO_ACCESS_KEY;
    }),
  });
  const calls = ['first', 'second'].map((requestId) => read(upstream, as(requestId)));
  await arrived(1);
  expect(signings).toEqual(['first']);
  respond(200);
  await arrived(2);
  expect(signings).toEqual(['first', 'second']);
  respond(200);
  await Promise.all(calls);
});

test('no waiting call is sent after the key was rejected', async () => {
  const { upstream, calls, arrived, respond } = await heldEndpoint({ connections: 4 });
  const trusted = read(upstream);
  await arrived(1);
  respond(200);
  await trusted;
  const outcomes = Promise.all(Array.from({ length: 50 }, () => outcomeOf(read(upstream))));
  await arrived(1 + 4);
  respond(401, REFUSED);
  const codes = await outcomes;
  expect(codes.filter((code) => code === 'GATEWAY_KEY_REJECTED')).toHaveLength(4);
  expect(codes.filter((code) => code === 'KEY_RESTING')).toHaveLength(46);
  expect(calls).toHaveLength(1 + 4);
});

test('a call that waited for the key lockout guard is signed again', async () => {
  const { upstream, calls, arrived, respond } = await heldEndpoint();
  let keyReads = 0;
  const counted = signingWith('own', () => {
    keyReads += 1;
    return DEMO_ACCESS_KEY;
  });
  const outcomes = Array.from({ length: 4 }, () => outcomeOf(read(upstream, { ...SIGNED, credentials: counted })));
  await arrived(1);
  const readsBefore = keyReads;
  respond(200);
  await arrived(4);
  expect(keyReads - readsBefore).toBe(3);
  respond(200);
  expect(await Promise.all(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(calls).toHaveLength(4);
});

test('no waiting call is sent after the circuit has opened', async () => {
  const emulator = await startTestEmulator();
  emulator.fault({ kind: 'status', status: 500, body: {}, times: Number.POSITIVE_INFINITY });
  const upstream = upstreamTo(emulator.url, {}, { connections: 1 });
  const call = readsOfFiveCallers(upstream);
  const codes = await Promise.all(Array.from({ length: 15 }, () => outcomeOf(call())));
  expect(codes.filter((code) => code === 'CIRCUIT_OPEN')).toHaveLength(5);
  expect(emulator.requests).toHaveLength(10);
});

test('waiting calls go to another endpoint when the circuit of theirs opens', async () => {
  const [first, second] = [await startTestEmulator(), await startTestEmulator()];
  first.fault({ kind: 'status', status: 500, body: {}, times: Number.POSITIVE_INFINITY });
  const upstream = upstreamTo([first.url, second.url], {}, { connections: 1 });
  const codes = await Promise.all(Array.from({ length: 15 }, () => outcomeOf(read(upstream, FORWARDED))));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(5);
  expect([first.requests.length, second.requests.length]).toEqual([10, 5]);
});

test('a call is not sent if the circuit opens while the call is being signed', async () => {
  const { upstream, calls, arrived, respond } = await heldEndpoint();
  const key = Promise.withResolvers<HeldKey>();
  const slow = outcomeOf(
    read(upstream, { requestId: 'slow', credentials: signingWith('temporary', () => key.promise) }),
  );
  const call = readsOfFiveCallers(upstream);
  const outcomes = Array.from({ length: 10 }, () => outcomeOf(call()));
  await arrived(10);
  respond(500);
  await Promise.all(outcomes);
  key.resolve(DEMO_ACCESS_KEY);
  expect(await slow).toBe('CIRCUIT_OPEN');
  expect(calls).toHaveLength(10);
});
