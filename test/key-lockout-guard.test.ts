import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN, EXPIRED_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { forwarded, signed } from '../src/sms/auth/credentials.ts';
import { KeyLockoutGuard } from '../src/sms/auth/key-lockout-guard.ts';
import { type Caller, SmsClient } from '../src/sms/client.ts';
import type { Abortable } from '../src/time/deadline.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import { clientWithEmulator, errorOf, outcomeOf, read, SIGNED, upstreamTo } from './support/sms-client.ts';

const MINUTE = 60_000;
const WRONG: Caller = { ...SIGNED, credentials: signed({ ...DEMO_ACCESS_KEY, sk: 'not-the-secret' }, DEMO_TOKEN) };
const RESTING = { ready: false, reason: 'KEY_RESTING' };
const READY = { ready: true, reason: null };

/** An upstream whose key has just been suspended: SMS had accepted it before, unless it is new. */
async function suspended({ isNew = false } = {}) {
  const clock = testClock();
  const made = await clientWithEmulator({ clock });
  if (!isNew) await read(made.upstream);
  for (let call = 0; call < 3; call += 1) await outcomeOf(read(made.upstream, WRONG));
  made.emulator.requests.length = 0;
  return { ...made, clock, calls: () => made.emulator.requests.length };
}

test('suspends the key after three rejected signatures in a row', async () => {
  const { emulator, upstream } = await clientWithEmulator();
  await read(upstream);
  emulator.requests.length = 0;
  const outcomes: string[] = [];
  for (let call = 0; call < 5; call += 1) outcomes.push(await outcomeOf(read(upstream, WRONG)));
  expect(outcomes).toEqual([
    'GATEWAY_KEY_REJECTED',
    'GATEWAY_KEY_REJECTED',
    'GATEWAY_KEY_REJECTED',
    'KEY_RESTING',
    'KEY_RESTING',
  ]);
  expect(emulator.requests).toHaveLength(3);
  expect(upstream.status()).toMatchObject(RESTING);
});

test('suspends a key that was never accepted after one rejected signature', async () => {
  const { emulator, upstream } = await clientWithEmulator();
  const outcomes: string[] = [];
  for (let call = 0; call < 3; call += 1) outcomes.push(await outcomeOf(read(upstream, WRONG)));
  expect(outcomes).toEqual(['GATEWAY_KEY_REJECTED', 'KEY_RESTING', 'KEY_RESTING']);
  expect(emulator.requests).toHaveLength(1);
  expect(upstream.status()).toMatchObject(RESTING);
});

test('says for how long the key is suspended', async () => {
  const { upstream, clock } = await suspended();
  clock.advance(10_000);
  const error = await errorOf(read(upstream));
  expect(error).toMatchObject({ name: 'SmsUnavailableError', reason: 'UPSTREAM_ERROR', facts: { retryAfter: 290 } });
  expect(error.message).toBe(
    "SMS rejected the gateway's signature; the key is suspended so that SMS does not lock it. Check the key and the clock of the gateway.",
  );
});

test('never lets the vendor lock the key, however many calls arrive at once', async () => {
  const { emulator, upstream } = await clientWithEmulator();
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcomeOf(read(upstream, WRONG))));
  expect(emulator.requests).toHaveLength(1);
  expect(outcomes.filter((code) => code === 'KEY_RESTING')).toHaveLength(99);
  // The emulator locks a key as the vendor does.
  expect(await outcomeOf(read(upstreamTo(emulator.url)))).toBe('ok');
});

describe('a key that SMS has accepted and then revokes', () => {
  const burst = (upstream: Parameters<typeof read>[0], caller: Caller) =>
    Promise.all(Array.from({ length: 64 }, () => outcomeOf(read(upstream, caller))));

  test('signs three calls of a burst after a minute without calls', async () => {
    const clock = testClock();
    const { emulator, upstream } = await clientWithEmulator({ clock });
    await read(upstream);
    emulator.requests.length = 0;
    clock.advance(MINUTE + 1);
    const outcomes = await burst(upstream, WRONG);
    expect(emulator.requests).toHaveLength(3);
    expect(outcomes.filter((code) => code === 'KEY_RESTING')).toHaveLength(61);
  });

  test('signs as many as are in flight if SMS accepted it just before', async () => {
    const clock = testClock();
    const { emulator, upstream } = await clientWithEmulator({ clock });
    await read(upstream);
    emulator.requests.length = 0;
    clock.advance(MINUTE);
    await burst(upstream, WRONG);
    expect(emulator.requests.length).toBeGreaterThan(3);
  });
});

describe('a call that shows whether SMS still accepts the key', () => {
  const LONG: Abortable = new AbortController();
  const guardAfterAMinute = () => {
    const clock = testClock();
    const guard = new KeyLockoutGuard(clock.monotonic);
    guard.enter('key', LONG);
    guard.leave('key', 'accepted');
    clock.advance(MINUTE + 1);
    return { clock, guard, enter: () => guard.enter('key', LONG) };
  };

  test('lets the others follow when it succeeds', async () => {
    const { guard, enter } = guardAfterAMinute();
    expect(enter()).toBeUndefined();
    const waits = [enter(), enter()];
    guard.leave('key', 'accepted');
    await Promise.all(waits);
    expect([enter(), enter(), enter()]).toEqual([undefined, undefined, undefined]);
  });

  test('lets the others follow after two seconds, since SMS rejects signatures at once', () => {
    const { clock, enter } = guardAfterAMinute();
    expect(enter()).toBeUndefined();
    expect(enter()).toBeInstanceOf(Promise);
    clock.advance(2_000);
    expect([enter(), enter(), enter()]).toEqual([undefined, undefined, undefined]);
  });

  test('is followed by another one if its outcome is unknown', async () => {
    const { guard, enter } = guardAfterAMinute();
    expect(enter()).toBeUndefined();
    const wait = enter();
    guard.leave('key', 'unknown');
    await wait;
    expect(enter()).toBeUndefined();
    expect(enter()).toBeInstanceOf(Promise);
  });
});

test('admits a single trial call after five minutes', async () => {
  const { upstream, clock, calls } = await suspended();
  clock.advance(5 * MINUTE - 1);
  expect(await outcomeOf(read(upstream, WRONG))).toBe('KEY_RESTING');
  clock.advance(1);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(read(upstream, WRONG))));
  expect(outcomes).toEqual(['GATEWAY_KEY_REJECTED', ...Array.from({ length: 4 }, () => 'KEY_RESTING')]);
  expect(calls()).toBe(1);
  expect(upstream.status()).toMatchObject(RESTING);
});

test('is ready again when the suspension is over, so that a trial call can arrive', async () => {
  const { upstream, clock } = await suspended();
  clock.advance(5 * MINUTE - 1);
  expect(upstream.status()).toMatchObject(RESTING);
  clock.advance(1);
  expect(upstream.status()).toMatchObject(READY);
  expect(await outcomeOf(read(upstream, WRONG))).toBe('GATEWAY_KEY_REJECTED');
  expect(upstream.status()).toMatchObject(RESTING);
});

test('admits all calls again once a signature was accepted', async () => {
  const { upstream, clock } = await suspended();
  clock.advance(5 * MINUTE);
  expect(await outcomeOf(read(upstream))).toBe('ok');
  expect(upstream.status()).toMatchObject(READY);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(read(upstream))));
  expect(outcomes).toEqual(Array.from({ length: 20 }, () => 'ok'));
});

test('starts afresh with another key', async () => {
  const { emulator, upstream } = await suspended();
  const [user] = emulator.state.users;
  if (!user) throw new Error('The emulator knows nobody.');
  emulator.state.addKey('ANOTHERKEY', 'another-secret', user);
  const other = { ...SIGNED, credentials: signed({ ak: 'ANOTHERKEY', sk: 'another-secret' }, DEMO_TOKEN) };
  expect(await outcomeOf(read(upstream, other))).toBe('ok');
  expect(upstream.status()).toMatchObject(READY);
});

test('counts only consecutive rejections', async () => {
  const { upstream } = await clientWithEmulator();
  const callers = [SIGNED, WRONG, WRONG, SIGNED, WRONG, WRONG, SIGNED];
  for (const caller of callers) await outcomeOf(read(upstream, caller));
  expect(upstream.status()).toMatchObject(READY);
});

test('does not count errors that are not about the key', async () => {
  const { emulator, upstream } = await clientWithEmulator();
  const badToken = { ...SIGNED, credentials: signed(DEMO_ACCESS_KEY, EXPIRED_TOKEN) };
  const unsigned = { ...SIGNED, credentials: forwarded('not-a-token') };
  emulator.fault({ kind: 'status', status: 503, times: 3, body: {} });
  const callers = [SIGNED, SIGNED, SIGNED, badToken, badToken, badToken, unsigned, unsigned, unsigned];
  for (const caller of callers) expect(await outcomeOf(read(upstream, caller))).not.toBe('KEY_RESTING');
  expect(emulator.requests).toHaveLength(callers.length);
  expect(upstream.status()).toMatchObject(READY);
});

test("does not affect calls that the gateway's key does not sign", async () => {
  const { upstream } = await suspended();
  expect(await outcomeOf(read(upstream, { ...SIGNED, credentials: forwarded(DEMO_TOKEN) }))).toBe('ok');
});

describe('a rejection with the message', () => {
  test.each([
    ['verify aksk signature fail', 3],
    ['Get secretKey failed,ak AKIA not exist', 3],
    ['signature expired, signature time:20261124T083121Z,server time:20261124T090000Z', 3],
    ['AK access failed to reach the limit,forbidden', 1],
  ])('%s counts against the key', async (words, calls) => {
    let came = -1;
    const origin = await httpServer((_, response) => {
      came += 1;
      if (came === 0) return void response.end('{}');
      const error_msg = `Incorrect IAM authentication information: ${words}`;
      response.writeHead(401).end(JSON.stringify({ error_code: 'APIGW.0301', error_msg }));
    });
    const upstream = upstreamTo(origin);
    for (let call = 0; call < 6; call += 1) await outcomeOf(read(upstream));
    expect(came).toBe(calls);
  });
});

test('ends a waiting call at its deadline', async () => {
  const origin = await httpServer(() => {});
  const upstream = upstreamTo(origin, {}, { totalTimeout: 50 });
  const client = () => new SmsClient(upstream, SIGNED).get('/v3/tasks');
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(client())));
  expect(outcomes).toEqual(Array.from({ length: 10 }, () => 'TIMEOUT'));
});

test('admits a single call until a signature was accepted, and then all', async () => {
  const rest = new KeyLockoutGuard();
  const never = new AbortController();
  const turns = Array.from({ length: 3 }, () => rest.enter('ak', never));
  expect(turns).toEqual([undefined, expect.any(Promise), expect.any(Promise)]);
  rest.leave('ak', 'accepted');
  await Promise.all(turns);
  expect(Array.from({ length: 5 }, () => rest.enter('ak', never))).toEqual(Array.from({ length: 5 }));
});

test('admits no more calls while it is unknown whether the key was at fault in three rejected ones', async () => {
  const rest = new KeyLockoutGuard();
  const never = new AbortController();
  rest.enter('ak', never);
  rest.leave('ak', 'accepted');
  for (let call = 0; call < 3; call += 1) {
    expect(rest.enter('ak', never)).toBeUndefined();
    rest.suspect('ak');
  }
  const waiting = rest.enter('ak', never);
  expect(waiting).toBeInstanceOf(Promise);
  rest.leave('ak', 'unknown', { wasSuspect: true });
  await waiting;
  expect(rest.enter('ak', never)).toBeUndefined();
});

test('admits a single call after a rejection', () => {
  const rest = new KeyLockoutGuard();
  const never = new AbortController();
  rest.enter('ak', never);
  rest.leave('ak', 'accepted');
  rest.enter('ak', never);
  rest.leave('ak', 'refused');
  expect(Array.from({ length: 2 }, () => rest.enter('ak', never))).toEqual([undefined, expect.any(Promise)]);
});
