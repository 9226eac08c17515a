import { describe, expect, test } from 'vitest';
import type { Fault } from '../src/emulator/http/faults.ts';
import type { UpstreamOptions } from '../src/sms/call/upstream.ts';
import { SmsClient } from '../src/sms/client.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import {
  clientWithEmulator,
  closedOrigin,
  EXPORT_PATH,
  errorOf,
  FORWARDED,
  outcomeOf,
  read,
  recordedWaits,
  startTestEmulator,
  upstreamTo,
  write,
} from './support/sms-client.ts';

/** A client that retries twice, without waiting. */
async function retrying(options: UpstreamOptions = {}) {
  const { waited, wait } = recordedWaits();
  return { waited, ...(await clientWithEmulator({ retries: 2, random: () => 0.5, wait, ...options })) };
}

const PASSING: [string, Fault][] = [
  ['that is reset', { kind: 'reset' }],
  ['that is throttled', { kind: 'throttle', retryAfter: 0 }],
  ['that gets a 502', { kind: 'status', status: 502, body: {} }],
  ['that gets a 503', { kind: 'status', status: 503, body: {} }],
  ['that gets a 504', { kind: 'status', status: 504, body: {} }],
];

describe.each(PASSING)('a call %s', (_, fault) => {
  test('is retried if it is a read', async () => {
    const { emulator, client, waited } = await retrying();
    emulator.fault({ ...fault, times: 2 });
    expect(await outcomeOf(client.get('/v3/tasks'))).toBe('ok');
    expect(emulator.requests).toHaveLength(3);
    expect(waited).toEqual([50, 100]);
  });

  test('is retried if it is the export, which only reads', async () => {
    const { emulator, client } = await retrying();
    emulator.fault({ ...fault, times: 2 });
    const body = { taskInfo: [{ source_name: 'web-prod-01' }] };
    expect((await client.download(EXPORT_PATH, body)).file).not.toBeNull();
    expect(emulator.requests.map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () => '{"task_info":[{"source_name":"web-prod-01"}]}'),
    );
  });

  test('is not retried a third time', async () => {
    const { emulator, client } = await retrying();
    emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
    expect(await outcomeOf(client.get('/v3/tasks'))).not.toBe('ok');
    expect(emulator.requests).toHaveLength(3);
  });

  test('is never retried if it is a write', async () => {
    const { emulator, client, waited } = await retrying();
    emulator.fault(fault);
    expect(await outcomeOf(write(client))).not.toBe('ok');
    expect(emulator.requests).toHaveLength(1);
    expect(waited).toEqual([]);
  });
});

test.each<[string, Fault]>([
  ['500', { kind: 'status', status: 500, body: {} }],
  ['404', { kind: 'status', status: 404, body: {} }],
  ['half a response', { kind: 'reset-in-body' }],
  ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }],
])('a read is not retried after %s', async (_, fault) => {
  const { emulator, client } = await retrying();
  emulator.fault(fault);
  expect(await outcomeOf(client.get('/v3/tasks'))).not.toBe('ok');
  expect(emulator.requests).toHaveLength(1);
});

test('each attempt is signed anew', async () => {
  const clock = testClock(Date.UTC(2026, 10, 21));
  const dates: (string | undefined)[] = [];
  const proofs = new Set<string | undefined>();
  const origin = await httpServer((request, response) => {
    dates.push(request.headers['x-sdk-date']?.toString());
    proofs.add(request.headers.authorization);
    clock.advance(86_400_000);
    response.writeHead(dates.length < 3 ? 503 : 200).end('{}');
  });
  await read(upstreamTo(origin, { retries: 2, random: () => 0, wait: async () => {}, clock }));
  expect(dates).toEqual(['20261121T000000Z', '20261122T000000Z', '20261123T000000Z']);
  expect(proofs.size).toBe(3);
});

test('a retry waits as long as SMS asks, and a little more', async () => {
  const { emulator, client, waited } = await retrying();
  emulator.fault({ kind: 'throttle', retryAfter: 2 });
  expect(await outcomeOf(client.get('/v3/tasks'))).toBe('ok');
  expect(waited).toEqual([2_050]);
});

test('a long Retry-After is left to the caller', async () => {
  const { emulator, client, waited } = await retrying();
  emulator.fault({ kind: 'throttle', retryAfter: 6 });
  expect(await errorOf(client.get('/v3/tasks'))).toMatchObject({ status: 429, facts: { retryAfter: 6 } });
  expect([emulator.requests.length, waited]).toEqual([1, []]);
});

test('a retry does not wait beyond the deadline', async () => {
  const { waited, wait } = recordedWaits();
  const emulator = await startTestEmulator();
  const upstream = upstreamTo(emulator.url, { retries: 2, wait }, { totalTimeout: 1_900 });
  emulator.fault({ kind: 'throttle', retryAfter: 2 });
  expect(await outcomeOf(read(upstream))).toBe('APIGW.0308');
  expect(waited).toEqual([]);
});

test('retries are limited by a budget that successful calls refill', async () => {
  const { emulator, upstream } = await retrying();
  let calls = 0;
  const origin = await httpServer((_, response) => {
    calls += 1;
    response.writeHead(429).end('{}');
  });
  const busy = upstreamTo(origin, { retries: 2, wait: async () => {} });
  for (let call = 0; call < 20; call += 1) await outcomeOf(read(busy, FORWARDED));
  expect(calls).toBe(20 + 10);

  emulator.fault({ kind: 'throttle', retryAfter: 0, times: 15 });
  for (let call = 0; call < 5; call += 1) await outcomeOf(read(upstream));
  expect(emulator.requests).toHaveLength(15);
  for (let call = 0; call < 20; call += 1) await read(upstream);
  emulator.fault({ kind: 'throttle', retryAfter: 0, times: 6 });
  const before = emulator.requests.length;
  expect(await outcomeOf(read(upstream))).toBe('APIGW.0308');
  expect(emulator.requests.length - before).toBe(3);
  expect(await outcomeOf(read(upstream))).toBe('APIGW.0308');
  expect(emulator.requests.length - before).toBe(4);
});

describe('with several endpoints', () => {
  test('a read goes to the next endpoint at once if the first cannot be reached', async () => {
    const { waited, wait } = recordedWaits();
    const emulator = await startTestEmulator();
    const upstream = upstreamTo([await closedOrigin(), emulator.url], { retries: 2, wait });
    expect(await outcomeOf(read(upstream))).toBe('ok');
    expect(waited).toEqual([]);
    // The signature is for this host, or the emulator would have rejected it.
    expect(emulator.requests[0]?.headers['host']).toBe(new URL(emulator.url).host);
  });

  test('a write goes to the next endpoint only once the circuit of the first is open', async () => {
    const emulator = await startTestEmulator();
    const upstream = upstreamTo([await closedOrigin(), emulator.url]);
    const client = new SmsClient(upstream, FORWARDED);
    for (let call = 0; call < 10; call += 1) expect(await outcomeOf(write(client))).toBe('UNREACHABLE');
    expect(emulator.requests).toEqual([]);
    expect(await outcomeOf(write(client))).toBe('ok');
    expect(upstream.status().circuits.map(({ open }) => open)).toEqual([true, false]);
  });

  test('a read, not a write, finds out whether the first endpoint works again', async () => {
    const clock = testClock(0);
    const [first, second] = [await startTestEmulator(), await startTestEmulator()];
    const upstream = upstreamTo([first.url, second.url], { retries: 2, clock, wait: async () => {} });
    first.fault({ kind: 'reset', times: 10 });
    for (let call = 0; call < 10; call += 1) await read(upstream, FORWARDED);
    clock.advance(10_000);
    const client = new SmsClient(upstream, FORWARDED);
    await write(client);
    expect(first.requests).toHaveLength(10);
    await read(upstream, FORWARDED);
    await write(client);
    expect(first.requests).toHaveLength(12);
  });

  test('calls return to the first endpoint once it works', async () => {
    const clock = testClock(0);
    const [first, second] = [await startTestEmulator(), await startTestEmulator()];
    const options = { retries: 2, clock, wait: async () => {} };
    const upstream = upstreamTo([first.url, second.url], options);
    first.fault({ kind: 'reset', times: 10 });
    for (let call = 0; call < 12; call += 1) expect(await outcomeOf(read(upstream, FORWARDED))).toBe('ok');
    expect([first.requests.length, second.requests.length]).toEqual([10, 12]);
    clock.advance(10_000);
    await read(upstream, FORWARDED);
    await read(upstream, FORWARDED);
    expect([first.requests.length, second.requests.length]).toEqual([12, 12]);
  });

  test('the last error is reported if no endpoint can be reached', async () => {
    const upstream = upstreamTo([await closedOrigin(), await closedOrigin()], { retries: 2, wait: async () => {} });
    expect(await outcomeOf(read(upstream))).toBe('UNREACHABLE');
  });
});

test('a pause before a retry ends when the caller leaves', async () => {
  const emulator = await startTestEmulator();
  const leaving = new AbortController();
  const wait = (_: number, signal: AbortSignal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      leaving.abort(new Error('gone'));
    });
  const upstream = upstreamTo(emulator.url, { retries: 2, wait });
  emulator.fault({ kind: 'throttle', retryAfter: 1 });
  await expect(read(upstream, { ...FORWARDED, signal: leaving.signal })).rejects.toThrow('gone');
  expect(emulator.requests).toHaveLength(1);
});
