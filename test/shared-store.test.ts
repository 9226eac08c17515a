/** Several processes with one Redis, each here with a store and an endpoint of its own, and without one. */
import { createClient } from '@redis/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { signed } from '../src/sms/auth/credentials.ts';
import { KeyLockoutGuard } from '../src/sms/auth/key-lockout-guard.ts';
import type { Caller, SmsUpstream } from '../src/sms/client.ts';
import { CallerIdentity, VerifiedCallers } from '../src/sms/fairness/caller-identity.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { NO_STORE, type SharedStore } from '../src/sms/shared-store.ts';
import { testClock } from './support/clock.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { startGatewayProcess } from './support/process.ts';
import { freePort, openStore, startRedis } from './support/redis.ts';
import { errorOf, FORWARDED, outcomeOf, read, SIGNED, startTestEmulator, upstreamTo } from './support/sms-client.ts';
import { subscribe, updateEvent, watchQuery } from './support/sse.ts';

const MINUTE = 60_000;
const WRONG: Caller = { ...SIGNED, credentials: signed({ ...DEMO_ACCESS_KEY, sk: 'not-the-secret' }, DEMO_TOKEN) };

/** Three processes in front of one emulator. */
async function threeReplicas(storeOf: () => SharedStore | Promise<SharedStore>) {
  const emulator = await startTestEmulator();
  const stores = await Promise.all(Array.from({ length: 3 }, storeOf));
  const clock = testClock();
  const endpoints = stores.map((store) => upstreamTo(emulator.url, { store, clock }));
  return { emulator, endpoints, stores, clock, rejected: () => emulator.requests.length };
}

const eachTwenty = (endpoints: readonly SmsUpstream[], caller: Caller) =>
  Promise.all(endpoints.flatMap((upstream) => Array.from({ length: 20 }, () => outcomeOf(read(upstream, caller)))));

describe('three replicas with a wrong key', () => {
  test('send one bad signature together, with a store', async () => {
    const redis = await startRedis();
    const { endpoints, rejected } = await threeReplicas(() => openStore(redis.url));
    const outcomes = await eachTwenty(endpoints, WRONG);
    expect(outcomes.filter((code) => code !== 'KEY_RESTING')).toEqual(['GATEWAY_KEY_REJECTED']);
    expect(rejected()).toBe(1);
    expect(endpoints.map((upstream) => upstream.status())).toMatchObject(
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
    const { endpoints, rejected } = await threeReplicas(() => openStore(redis.url));
    await redis[how]();
    await eachTwenty(endpoints, WRONG);
    expect(rejected()).toBe(3);
    expect(endpoints.map((upstream) => upstream.status().store)).toEqual(
      Array.from({ length: 3 }, () => 'unreachable'),
    );
  });

  test('send one together again, when the store is back', async () => {
    const redis = await startRedis();
    const { endpoints, rejected } = await threeReplicas(() => openStore(redis.url));
    await redis.kill();
    expect(await outcomeOf(read(endpoints[0] as SmsUpstream))).toBe('ok');
    await redis.start();
    for (const upstream of endpoints)
      await expect.poll(() => upstream.status().store, { timeout: 10_000 }).toBe('connected');
    const before = rejected();
    await eachTwenty(endpoints.slice(1), WRONG);
    expect(rejected() - before).toBe(1);
  });

  test('let one call find out for all whether it is good again', async () => {
    const redis = await startRedis();
    const { endpoints, clock, rejected } = await threeReplicas(() => openStore(redis.url));
    await eachTwenty(endpoints, WRONG);
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    // As if five minutes had passed.
    for (const key of await client.keys('*:suspended')) await client.del(key);
    clock.advance(5 * MINUTE);
    await eachTwenty(endpoints, WRONG);
    expect(rejected()).toBe(2);
    for (const key of await client.keys('*:suspended')) await client.del(key);
    clock.advance(5 * MINUTE);
    for (const upstream of endpoints) expect(await outcomeOf(read(upstream))).toBe('ok');
  });
});

test('a replica that starts while the key is suspended sends nothing', async () => {
  const redis = await startRedis();
  const { emulator, endpoints, rejected } = await threeReplicas(() => openStore(redis.url));
  await eachTwenty(endpoints, WRONG);
  const late = upstreamTo(emulator.url, { store: await openStore(redis.url) });
  expect(await outcomeOf(read(late, WRONG))).toBe('KEY_RESTING');
  expect(rejected()).toBe(1);
});

test('three replicas whose good key is rejected from now on send three bad signatures together', async () => {
  const redis = await startRedis();
  const { endpoints, rejected } = await threeReplicas(() => openStore(redis.url));
  for (const upstream of endpoints) await read(upstream);
  const before = rejected();
  // One call after the other, so that none is under way when another is rejected.
  for (let round = 0; round < 3; round += 1) for (const upstream of endpoints) await outcomeOf(read(upstream, WRONG));
  expect(rejected() - before).toBe(3);
});

test('a rejected signature is forgotten when a signature of another replica is accepted', async () => {
  const redis = await startRedis();
  const { endpoints } = await threeReplicas(() => openStore(redis.url));
  for (let round = 0; round < 3; round += 1)
    for (const upstream of endpoints) {
      await read(upstream);
      await outcomeOf(read(upstream, WRONG));
      expect(await outcomeOf(read(upstream))).toBe('ok');
    }
});

test('replicas make one trial call at a time until the key is accepted', async () => {
  const redis = await startRedis();
  const waiting: (() => void)[] = [];
  const origin = await httpServer((_, response) => void waiting.push(() => response.end('{}')));
  const endpoints = await Promise.all(
    Array.from({ length: 3 }, async () => upstreamTo(origin, { store: await openStore(redis.url) })),
  );
  const outcomes = eachTwenty(endpoints, SIGNED);
  await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(1);
  let answered = 0;
  while (answered < 60) {
    await expect.poll(() => waiting.length, { timeout: 10_000 }).toBeGreaterThan(0);
    // Each replica makes its own trial; the calls behind it come together.
    if (answered === 0) expect(waiting).toHaveLength(1);
    for (const answer of waiting.splice(0)) {
      answered += 1;
      answer();
    }
  }
  expect(new Set(await outcomes)).toEqual(new Set(['ok']));
});

test('a replica whose caller has left lets another one make the trial call', async () => {
  const redis = await startRedis();
  const [one, two] = [
    new KeyLockoutGuard(undefined, await openStore(redis.url)),
    new KeyLockoutGuard(undefined, await openStore(redis.url)),
  ];
  const leaving = new AbortController();
  const entered = one.enter('ak', leaving.signal);
  leaving.abort(new Error('The caller has left.'));
  await expect(entered).rejects.toThrow('The caller has left.');
  const { signal } = new AbortController();
  // It waits until the first gives its permit back, and then may go.
  await two.enter('ak', signal);
  expect(two.enter('ak', signal)).toBe(undefined);
});

test('the store is told no key, no token and no response', async () => {
  const redis = await startRedis();
  const { endpoints } = await threeReplicas(() => openStore(redis.url));
  for (const upstream of endpoints) await read(upstream);
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
  const [one, two] = [await openStore(redis.url), await openStore(other.url)];
  expect(one.hash('a')).not.toBe(two.hash('a'));
  expect((await openStore(redis.url)).hash('a')).toBe(one.hash('a'));
});

test('a process starts without its store, and connects when it comes', async () => {
  const redis = await startRedis();
  await redis.kill();
  const upstream = upstreamTo((await startTestEmulator()).url, { store: await openStore(redis.url) });
  expect(upstream.status()).toMatchObject({ ready: true, store: 'unreachable' });
  expect(await outcomeOf(read(upstream))).toBe('ok');
  await redis.start();
  await expect.poll(() => upstream.status().store, { timeout: 10_000 }).toBe('connected');
});

describe('a task that three replicas watch for one caller', () => {
  /** Milliseconds for each second of an interval. */
  const SECOND = 20;

  async function watchingReplicas(redis: { url: string }, tokens = ['a-token', 'a-token', 'a-token']) {
    const task = { id: 't-1', state: 'RUNNING' };
    // A replica keeps one connection, for it makes one call after the other.
    const connections: (number | undefined)[] = [];
    const origin = await httpServer((request, response) => {
      connections.push(request.socket.remotePort);
      response.end(JSON.stringify(task));
    });
    const replicas = await Promise.all(
      tokens.map(async (token) => {
        const store = await openStore(redis.url);
        const watches = taskWatches({ secondMs: SECOND, store });
        const { listener } = gatewayTo(origin, { watches, auth: 'forward', key: null });
        const stream = await subscribe(listener, watchQuery('t-1'), { token });
        expect(await stream.next()).toEqual(updateEvent({ state: 'RUNNING' }));
        return { watches, stream, store };
      }),
    );
    return { task, replicas, connections };
  }

  test('is read by one of them, and once by each when something has changed', async () => {
    const redis = await startRedis();
    const { task, replicas, connections } = await watchingReplicas(redis);
    const first = connections.length;
    await expect.poll(() => connections.length, { timeout: 10_000 }).toBeGreaterThan(first + 9);
    expect(new Set(connections.slice(first)).size).toBe(1);
    task.state = 'MIGRATE_SUCCESS';
    for (const { stream } of replicas)
      expect(await stream.remaining()).toEqual([updateEvent({ state: 'MIGRATE_SUCCESS' }, true)]);
    expect(new Set(connections.slice(first)).size).toBe(3);
  });

  test('is read by another one when the first has stopped', async () => {
    const redis = await startRedis();
    const { task, replicas } = await watchingReplicas(redis);
    task.state = 'SYNCING';
    for (const { stream } of replicas) expect(await stream.next()).toEqual(updateEvent({ state: 'SYNCING' }));
    for (const [index, { watches }] of replicas.entries()) {
      if (index === 2) break;
      watches.stop();
    }
    task.state = 'ABORT';
    expect(await replicas[2]?.stream.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
  });

  test('is read by each alone while the store is away', async () => {
    const redis = await startRedis();
    const { task, replicas } = await watchingReplicas(redis);
    await redis.kill();
    task.state = 'ABORT';
    for (const { stream } of replicas)
      expect(await stream.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
  });

  test('is not shared with another caller', async () => {
    const redis = await startRedis();
    await watchingReplicas(redis, ['a-token', 'another-token']);
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    const held = JSON.stringify([await client.keys('*:watcher'), await client.keys('*:seen')]);
    expect((await client.keys('*:watcher')).length).toBe(2);
    for (const secret of ['a-token', 'another-token', 't-1', 'RUNNING']) expect(held).not.toContain(secret);
  });
});

describe('the calls that a caller may make in a minute', () => {
  const known = new VerifiedCallers();
  const callerOf = (token: string): Caller => {
    const identity = new CallerIdentity(token, '192.0.2.1', known);
    identity.markVerified();
    return { ...FORWARDED, identity };
  };
  const replicas = (emulator: { url: string }, stores: SharedStore[]) =>
    stores.map((store) => upstreamTo(emulator.url, { store, callsPerMinute: 6 }));

  test('are counted over all replicas', async () => {
    const redis = await startRedis();
    const emulator = await startTestEmulator();
    const endpoints = replicas(emulator, [await openStore(redis.url), await openStore(redis.url)]);
    const [one, two] = endpoints as [SmsUpstream, SmsUpstream];
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, call) => outcomeOf(read(call % 2 === 0 ? one : two, callerOf('a-token')))),
    );
    expect(outcomes.toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'CALL_RATE_EXCEEDED'),
      ...Array.from({ length: 6 }, () => 'ok'),
    ]);
    const error = await errorOf(read(two, callerOf('a-token')));
    expect(error.facts.retryAfter).toBeGreaterThan(0);
    expect(await outcomeOf(read(two, callerOf('another-token')))).toBe('ok');
    expect(emulator.requests).toHaveLength(7);
  });

  test('are counted by each replica while the store is away', async () => {
    const redis = await startRedis();
    const emulator = await startTestEmulator();
    const endpoints = replicas(emulator, [await openStore(redis.url), await openStore(redis.url)]);
    await redis.kill();
    for (const upstream of endpoints) {
      const outcomes: string[] = [];
      for (let call = 0; call < 7; call += 1) outcomes.push(await outcomeOf(read(upstream, callerOf('a-token'))));
      expect(outcomes).toEqual([...Array.from({ length: 6 }, () => 'ok'), 'CALL_RATE_EXCEEDED']);
    }
  });

  test('leave no token in the store', async () => {
    const redis = await startRedis();
    const [upstream] = replicas(await startTestEmulator(), [await openStore(redis.url)]);
    await read(upstream as SmsUpstream, callerOf('a-token-of-a-caller'));
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    const keys = await client.keys('*:calls');
    expect(keys).toHaveLength(1);
    expect(JSON.stringify([keys, await client.hGetAll(keys[0] ?? '')])).not.toContain('a-token');
  });
});

test('a process says on /ready, in its metrics and in its log whether it works alone, and shows no password', async () => {
  const redis = await startRedis();
  const metricsPort = await freePort();
  const env = { REDIS_URL: redis.url.replace('//', '//default:hidden@'), METRICS_PORT: String(metricsPort) };
  const gateway = await startGatewayProcess(env);
  const store = async () => {
    const ready = (await (await fetch(`${gateway.url}/ready`)).json()) as { store: string };
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return [ready.store, /^sms_gateway_store_connected (\d)$/m.exec(metrics)?.[1]];
  };
  // This Redis has no password, and so it knows no other than any.
  expect(await store()).toEqual(['connected', '1']);
  await redis.kill();
  await expect.poll(store, { timeout: 10_000 }).toEqual(['unreachable', '0']);
  await redis.start();
  await expect.poll(store, { timeout: 10_000 }).toEqual(['connected', '1']);
  gateway.signal('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(gateway.output.stderr).toContain('The shared store does not respond. This process works alone until it does');
  expect(gateway.output.stdout + gateway.output.stderr).not.toContain('hidden');
});
