/** Several processes with one Redis, each here with a store and an endpoint of its own, and without one. */
import { createClient } from '@redis/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/demo.ts';
import type { Caller, SmsEndpoint } from '../src/sms/client.ts';
import { signed } from '../src/sms/credentials.ts';
import { NO_STORE, type SharedStore } from '../src/sms/shared-store.ts';
import { testClock } from './clock.ts';
import { httpServer } from './harness.ts';
import { startRedis, storeAt } from './redis.ts';
import { anEmulator, endpointTo, outcome, read, SIGNED } from './sms-client.ts';

const MINUTE = 60_000;
const WRONG: Caller = { ...SIGNED, credentials: signed({ ...DEMO_ACCESS_KEY, sk: 'not-the-secret' }, DEMO_TOKEN) };

/** Three processes in front of one emulator. */
async function threeReplicas(storeOf: () => SharedStore | Promise<SharedStore>) {
  const emulator = await anEmulator();
  const stores = await Promise.all(Array.from({ length: 3 }, storeOf));
  const clock = testClock();
  const endpoints = stores.map((store) => endpointTo(emulator.url, { store, clock }));
  return { emulator, endpoints, stores, clock, rejected: () => emulator.requests.length };
}

const eachTwenty = (endpoints: readonly SmsEndpoint[], caller: Caller) =>
  Promise.all(endpoints.flatMap((endpoint) => Array.from({ length: 20 }, () => outcome(read(endpoint, caller)))));

describe('three replicas with a wrong key', () => {
  test('send one bad signature together, with a store', async () => {
    const redis = await startRedis();
    const { endpoints, rejected } = await threeReplicas(() => storeAt(redis.url));
    const outcomes = await eachTwenty(endpoints, WRONG);
    expect(outcomes.filter((code) => code !== 'KEY_RESTING')).toEqual(['APIGW.0301']);
    expect(rejected()).toBe(1);
    expect(endpoints.map((endpoint) => endpoint.status())).toMatchObject(
      Array.from({ length: 3 }, () => ({ ready: false, reason: 'KEY_RESTING', store: 'connected' })),
    );
  });

  test('send one each, without a store', async () => {
    const { endpoints, rejected } = await threeReplicas(() => NO_STORE);
    await eachTwenty(endpoints, WRONG);
    expect(rejected()).toBe(3);
  });

  test.each([
    ['has been killed', 'kill'],
    ['does not respond', 'pause'],
  ] as const)('send one each, while the store %s', async (_, how) => {
    const redis = await startRedis();
    const { endpoints, rejected } = await threeReplicas(() => storeAt(redis.url));
    await redis[how]();
    await eachTwenty(endpoints, WRONG);
    expect(rejected()).toBe(3);
    expect(endpoints.map((endpoint) => endpoint.status().store)).toEqual(
      Array.from({ length: 3 }, () => 'unreachable'),
    );
  });

  test('send one together again, when the store is back', async () => {
    const redis = await startRedis();
    const { endpoints, rejected } = await threeReplicas(() => storeAt(redis.url));
    await redis.kill();
    expect(await outcome(read(endpoints[0] as SmsEndpoint))).toBe('ok');
    await redis.start();
    for (const endpoint of endpoints)
      await expect.poll(() => endpoint.status().store, { timeout: 10_000 }).toBe('connected');
    const before = rejected();
    await eachTwenty(endpoints.slice(1), WRONG);
    expect(rejected() - before).toBe(1);
  });

  test('let one call find out for all whether it is good again', async () => {
    const redis = await startRedis();
    const { endpoints, clock, rejected } = await threeReplicas(() => storeAt(redis.url));
    await eachTwenty(endpoints, WRONG);
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    // As if five minutes had passed.
    for (const key of await client.keys('*:suspended')) await client.del(key);
    clock.pass(5 * MINUTE);
    await eachTwenty(endpoints, WRONG);
    expect(rejected()).toBe(2);
    for (const key of await client.keys('*:suspended')) await client.del(key);
    clock.pass(5 * MINUTE);
    for (const endpoint of endpoints) expect(await outcome(read(endpoint))).toBe('ok');
  });
});

test('a replica that starts while the key is suspended sends nothing', async () => {
  const redis = await startRedis();
  const { emulator, endpoints, rejected } = await threeReplicas(() => storeAt(redis.url));
  await eachTwenty(endpoints, WRONG);
  const late = endpointTo(emulator.url, { store: await storeAt(redis.url) });
  expect(await outcome(read(late, WRONG))).toBe('KEY_RESTING');
  expect(rejected()).toBe(1);
});

test('three replicas whose good key is rejected from now on send three bad signatures together', async () => {
  const redis = await startRedis();
  const { endpoints, rejected } = await threeReplicas(() => storeAt(redis.url));
  for (const endpoint of endpoints) await read(endpoint);
  const before = rejected();
  // One call after the other, so that none is under way when another is rejected.
  for (let round = 0; round < 3; round += 1) for (const endpoint of endpoints) await outcome(read(endpoint, WRONG));
  expect(rejected() - before).toBe(3);
});

test('a rejected signature is forgotten when a signature of another replica is accepted', async () => {
  const redis = await startRedis();
  const { endpoints } = await threeReplicas(() => storeAt(redis.url));
  for (let round = 0; round < 3; round += 1)
    for (const endpoint of endpoints) {
      await read(endpoint);
      await outcome(read(endpoint, WRONG));
      expect(await outcome(read(endpoint))).toBe('ok');
    }
});

test('replicas make one trial call at a time until the key is accepted', async () => {
  const redis = await startRedis();
  const waiting: (() => void)[] = [];
  const origin = await httpServer((_, response) => void waiting.push(() => response.end('{}')));
  const endpoints = await Promise.all(
    Array.from({ length: 3 }, async () => endpointTo(origin, { store: await storeAt(redis.url) })),
  );
  const outcomes = eachTwenty(endpoints, SIGNED);
  await expect.poll(() => waiting.length).toBe(1);
  let answered = 0;
  while (answered < 60) {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    // Each replica makes its own trial; the calls behind it come together.
    if (answered === 0) expect(waiting).toHaveLength(1);
    for (const answer of waiting.splice(0)) {
      answered += 1;
      answer();
    }
  }
  expect(new Set(await outcomes)).toEqual(new Set(['ok']));
});

test('the store is told no key, no token and no response', async () => {
  const redis = await startRedis();
  const { endpoints } = await threeReplicas(() => storeAt(redis.url));
  for (const endpoint of endpoints) await read(endpoint);
  await eachTwenty(endpoints, WRONG);
  const client = await createClient({ url: redis.url }).connect();
  onTestFinished(() => client.destroy());
  const keys = await client.keys('*');
  expect(keys.length).toBeGreaterThan(1);
  const values = await Promise.all(keys.map((key) => client.get(key)));
  const held = JSON.stringify([keys, values]);
  for (const secret of [DEMO_ACCESS_KEY.ak, DEMO_ACCESS_KEY.sk, 'not-the-secret', DEMO_TOKEN, 'tasks'])
    expect(held).not.toContain(secret);
  // Another store has another salt, so its hashes are others.
  const other = await startRedis();
  const [one, two] = [await storeAt(redis.url), await storeAt(other.url)];
  expect(one.hash('a')).not.toBe(two.hash('a'));
  expect((await storeAt(redis.url)).hash('a')).toBe(one.hash('a'));
});

test('a process starts without its store, and connects when it comes', async () => {
  const redis = await startRedis();
  await redis.kill();
  const endpoint = endpointTo((await anEmulator()).url, { store: await storeAt(redis.url) });
  expect(endpoint.status()).toMatchObject({ ready: true, store: 'unreachable' });
  expect(await outcome(read(endpoint))).toBe('ok');
  await redis.start();
  await expect.poll(() => endpoint.status().store, { timeout: 10_000 }).toBe('connected');
});
