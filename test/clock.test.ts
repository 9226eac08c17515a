/** No duration depends on the wall clock, which may be set while the gateway runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keySource } from '../src/access-key/key-source.ts';
import { renewingKey } from '../src/access-key/renewing-key.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { keySetAt } from '../src/request/key-set.ts';
import { signed } from '../src/sms/auth/credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck, tokenExchange } from '../src/sms/auth/token-checks.ts';
import { Expiry } from '../src/time/clock.ts';
import { callsTo } from './support/ask.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import {
  clientWithEmulator,
  closedOrigin,
  FORWARDED,
  LIMITS,
  outcomeOf,
  read,
  SIGNED,
  startTestEmulator,
  upstreamTo,
} from './support/sms-client.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** IAM of an emulator, which counts its calls. */
async function iamWith(clock = testClock()) {
  const emulator = await startTestEmulator();
  const iam = iamAt(emulator.url, LIMITS, {}, { clock });
  onTestFinished(() => iam.close());
  return { clock, iam, emulator, calls: () => callsTo(emulator).length };
}

describe.each([
  ['back', -HOUR],
  ['forward', HOUR],
])('setting the wall clock %s by an hour', (_, change) => {
  test('does not change how long a circuit stays open', async () => {
    const clock = testClock();
    const upstream = upstreamTo(await closedOrigin(), { clock });
    const call = () => outcomeOf(read(upstream, FORWARDED));
    for (let count = 0; count < 10; count += 1) await call();
    clock.shiftWall(change);
    clock.advance(9_999);
    expect(await call()).toBe('CIRCUIT_OPEN');
    clock.advance(1);
    expect(await call()).toBe('UNREACHABLE');
  });

  test('does not change how long a key is suspended', async () => {
    const clock = testClock();
    const { upstream } = await clientWithEmulator({ clock });
    const wrong = { ...SIGNED, credentials: signed({ ...DEMO_ACCESS_KEY, sk: 'not-the-secret' }, DEMO_TOKEN) };
    for (let count = 0; count < 3; count += 1) await outcomeOf(read(upstream, wrong));
    clock.shiftWall(change);
    clock.advance(5 * MINUTE - 1);
    expect(upstream.status().ready).toBe(false);
    clock.advance(1);
    expect(upstream.status().ready).toBe(true);
  });

  test('does not change how often a key file is checked', async () => {
    const clock = testClock();
    const folder = mkdtempSync(join(tmpdir(), 'clock-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'key');
    writeFileSync(path, '{"ak": "old", "sk": "old"}');
    const source = await keySource({ kind: 'file', path }, { clock });
    writeFileSync(path, '{"ak": "newer", "sk": "newer"}');
    clock.shiftWall(change);
    const current = () => (typeof source === 'function' ? source() : source);
    expect(current()).toMatchObject({ ak: 'old' });
    clock.advance(1_000);
    expect(current()).toMatchObject({ ak: 'newer' });
  });

  test('does not change how long a key set is cached, or how soon it is read again for an unknown key', async () => {
    const clock = testClock();
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256' };
    let kid = 'first';
    let reads = 0;
    const origin = await httpServer((_request, response) => {
      reads += 1;
      response.end(JSON.stringify({ keys: [{ ...jwk, kid }] }));
    });
    const { getKey, close } = keySetAt(origin, {}, clock);
    onTestFinished(close);
    const find = async (id: string) => {
      const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: id }).sign(privateKey);
      const [header = '', payload = '', signature = ''] = token.split('.');
      const key = getKey({ alg: 'ES256', kid: id }, { protected: header, payload, signature });
      return Promise.resolve(key).then(
        () => 'found',
        () => 'not found',
      );
    };
    expect(await find('first')).toBe('found');
    clock.shiftWall(change);
    kid = 'second';
    clock.advance(29_999);
    expect([await find('second'), reads]).toEqual(['not found', 1]);
    clock.advance(1);
    expect([await find('second'), reads]).toEqual(['found', 2]);
    clock.advance(10 * MINUTE - 1);
    expect([await find('second'), reads]).toEqual(['found', 2]);
    clock.advance(1);
    expect(await find('second')).toBe('found');
    await expect.poll(() => reads).toBe(3);
  });
});

describe('setting the wall clock back by an hour', () => {
  test('does not extend the validity of a token', async () => {
    const { clock, iam, emulator, calls } = await iamWith();
    const check = tokenCheck(iam, null, clock);
    await check.get(DEMO_TOKEN);
    emulator.state.tokens.delete(DEMO_TOKEN);
    clock.shiftWall(-HOUR);
    clock.advance(5 * MINUTE);
    await expect(check.get(DEMO_TOKEN)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(calls()).toBe(2);
  });

  test('does not extend the validity of a temporary key of a caller', async () => {
    const { clock, iam, calls } = await iamWith();
    const exchange = tokenExchange(iam, clock);
    await exchange.get(DEMO_TOKEN);
    clock.shiftWall(-HOUR);
    clock.advance(5 * MINUTE);
    await exchange.get(DEMO_TOKEN);
    expect(calls()).toBe(2);
  });

  test("does not delay the renewal of the gateway's own key", () => {
    const clock = testClock(0);
    let renewals = 0;
    const fetchKey = () => {
      renewals += 1;
      return new Promise<never>(() => {});
    };
    const temporaryKey = { key: { ak: 'ak', sk: 'sk', securityToken: 't' }, expiresAt: 6 * HOUR };
    const key = renewingKey(temporaryKey, fetchKey, clock);
    clock.shiftWall(-HOUR);
    clock.advance(6 * HOUR - 40 * MINUTE - 1);
    key();
    expect(renewals).toBe(0);
    clock.advance(1);
    key();
    expect(renewals).toBe(1);
  });
});

test('an expiry time by the wall clock is never extended, and comes earlier if the clock is set forward', () => {
  const clock = testClock(0);
  const expiry = () => new Expiry(clock, { ttl: 5 * MINUTE, endsAt: clock.now() + MINUTE });
  const [back, forward] = [expiry(), expiry()];
  clock.shiftWall(-HOUR);
  expect(back.remaining()).toBe(MINUTE);
  clock.shiftWall(HOUR + 30_000);
  expect(forward.remaining()).toBe(30_000);
  clock.advance(30_000);
  expect([back.remaining(), forward.remaining()]).toEqual([0, 0]);
});
