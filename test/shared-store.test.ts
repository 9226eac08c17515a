/** Several replicas that share a Redis or work alone. Here, each one is an upstream with a store of its own. */
import { createClient } from '@redis/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { CallerIdentity, VerifiedCallers } from '../src/fairness/caller-identity.ts';
import { forwarded, signed } from '../src/sms/auth/credentials.ts';
import { KeyLockoutGuard } from '../src/sms/auth/key-lockout-guard.ts';
import type { Caller, SmsUpstream } from '../src/sms/client.ts';
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

/** Three replicas in front of one emulator. */
async function threeReplicas(storeOf: () => SharedStore | Promise<SharedStore>) {
  const emulator = await startTestEmulator();
  const stores = await Promise.all(Array.from({ length: 3 }, storeOf));
  const clock = testClock();
  const upstreams = stores.map((store) => upstreamTo(emulator.url, { store, clock }));
  return { emulator, upstreams, stores, clock, rejected: () => emulator.requests.length };
}

const twentyReadsEach = (upstreams: readonly SmsUpstream[], caller: Caller) =>
  Promise.all(upstreams.flatMap((upstream) => Array.from({ length: 20 }, () => outcomeOf(read(upstream, caller)))));

describe('three replicas with a wrong key and 20 calls each', () => {
  test('send one invalid signature together if they share a store', async () => {
    const redis = await startRedis();
    const { upstreams, rejected } = await threeReplicas(() => openStore(redis.url));
    const outcomes = await twentyReadsEach(upstreams, WRONG);
    expect(outcomes.filter((code) => code !== 'KEY_RESTING')).toEqual(['GATEWAY_KEY_REJECTED']);
    expect(rejected()).toBe(1);
    expect(upstreams.map((upstream) => upstream.status())).toMatchObject(
      Array.from({ length: 3 }, () => ({ ready: false, reason: 'KEY_RESTING', store: 'connected' })),
    );
  });

  test('send one invalid signature each without a store', async () => {
    const { upstreams, rejected } = await threeReplicas(() => NO_STORE);
    await twentyReadsEach(upstreams, WRONG);
    expect(rejected()).toBe(3);
  });

  test.each([
    ['is down', 'kill'],
    ['does not respond', 'pause'],
  ] as const)('send one invalid signature each while the store %s', async (_, stop) => {
    const redis = await startRedis();
    const { upstreams, rejected } = await threeReplicas(() => openStore(redis.url));
    await redis[stop]();
    await twentyReadsEach(upstreams, WRONG);
    expect(rejected()).toBe(3);
    expect(upstreams.map((upstream) => upstream.status().store)).toEqual(
      Array.from({ length: 3 }, () => 'unreachable'),
    );
  });

  test('send one invalid signature together again once the store is back', async () => {
    const redis = await startRedis();
    const { upstreams, rejected } = await threeReplicas(() => openStore(redis.url));
    await redis.kill();
    expect(await outcomeOf(read(upstreams[0] as SmsUpstream))).toBe('ok');
    await redis.start();
    for (const upstream of upstreams)
      await expect.poll(() => upstream.status().store, { timeout: 10_000 }).toBe('connected');
    const before = rejected();
    await twentyReadsEach(upstreams.slice(1), WRONG);
    expect(rejected() - before).toBe(1);
  });

  test('make one trial call together after the suspension', async () => {
    const redis = await startRedis();
    const { upstreams, clock, rejected } = await threeReplicas(() => openStore(redis.url));
    await twentyReadsEach(upstreams, WRONG);
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    // As if five minutes had passed.
    for (const key of await client.keys('*:suspended')) await client.del(key);
    clock.advance(5 * MINUTE);
    await twentyReadsEach(upstreams, WRONG);
    expect(rejected()).toBe(2);
    for (const key of await client.keys('*:suspended')) await client.del(key);
    clock.advance(5 * MINUTE);
    for (const upstream of upstreams) expect(await outcomeOf(read(upstream))).toBe('ok');
  });
});

test('a replica that starts while the key is suspended sends nothing', async () => {
  const redis = await startRedis();
  const { emulator, upstreams, rejected } = await threeReplicas(() => openStore(redis.url));
  await twentyReadsEach(upstreams, WRONG);
  const late = upstreamTo(emulator.url, { store: await openStore(redis.url) });
  expect(await outcomeOf(read(late, WRONG))).toBe('KEY_RESTING');
  expect(rejected()).toBe(1);
});

test('three replicas whose key is no longer accepted send three invalid signatures together', async () => {
  const redis = await startRedis();
  const { upstreams, stores, rejected } = await threeReplicas(() => openStore(redis.url));
  for (const upstream of upstreams) await read(upstream);
  const before = rejected();
  // One call after the other, so that none is in flight when another is rejected or before the store has counted it.
  for (let round = 0; round < 3; round += 1)
    for (const [replica, upstream] of upstreams.entries()) {
      await outcomeOf(read(upstream, WRONG));
      await stores[replica]?.run('return 1', 'all commands before this one', ['reply'], []);
    }
  expect(rejected() - before).toBe(3);
});

test('a rejected signature no longer counts once SMS accepts a signature of any replica', async () => {
  const redis = await startRedis();
  const { upstreams } = await threeReplicas(() => openStore(redis.url));
  for (let round = 0; round < 3; round += 1)
    for (const upstream of upstreams) {
      await read(upstream);
      await outcomeOf(read(upstream, WRONG));
      expect(await outcomeOf(read(upstream))).toBe('ok');
    }
});

test('replicas make one trial call at a time until the key is accepted', async () => {
  const redis = await startRedis();
  const waiting: (() => void)[] = [];
  const origin = await httpServer((_, response) => void waiting.push(() => response.end('{}')));
  const upstreams = await Promise.all(
    Array.from({ length: 3 }, async () => upstreamTo(origin, { store: await openStore(redis.url) })),
  );
  const outcomes = twentyReadsEach(upstreams, SIGNED);
  await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(1);
  let responses = 0;
  while (responses < 60) {
    await expect.poll(() => waiting.length, { timeout: 10_000 }).toBeGreaterThan(0);
    // Each replica makes its own trial; the calls behind it come together.
    if (responses === 0) expect(waiting).toHaveLength(1);
    for (const respond of waiting.splice(0)) {
      responses += 1;
      respond();
    }
  }
  expect(new Set(await outcomes)).toEqual(new Set(['ok']));
});

test('a replica whose caller disconnects lets another one make the trial call', async () => {
  const redis = await startRedis();
  const [one, two] = [
    new KeyLockoutGuard(undefined, await openStore(redis.url)),
    new KeyLockoutGuard(undefined, await openStore(redis.url)),
  ];
  const controller = new AbortController();
  const entered = one.enter('ak', controller);
  controller.abort(new Error('gone'));
  await expect(entered).rejects.toThrow('gone');
  const never = new AbortController();
  // Waits until the first replica has given up the trial call.
  await two.enter('ak', never);
  expect(two.enter('ak', never)).toBe(undefined);
});

test('the store contains no key, token or response', async () => {
  const redis = await startRedis();
  const { upstreams } = await threeReplicas(() => openStore(redis.url));
  for (const upstream of upstreams) await read(upstream);
  await twentyReadsEach(upstreams, WRONG);
  const client = await createClient({ url: redis.url }).connect();
  onTestFinished(() => client.destroy());
  const keys = await client.keys('*');
  expect(keys.length).toBeGreaterThan(1);
  const values = await Promise.all(keys.map((key) => client.get(key)));
  const held = JSON.stringify([keys, values]);
  for (const secret of [DEMO_ACCESS_KEY.ak, DEMO_ACCESS_KEY.sk, 'not-the-secret', DEMO_TOKEN, 'tasks'])
    expect(held).not.toContain(secret);
  // Another store has another salt.
  const other = await startRedis();
  const [one, two] = [await openStore(redis.url), await openStore(other.url)];
  expect(one.hash('a')).not.toBe(two.hash('a'));
  expect((await openStore(redis.url)).hash('a')).toBe(one.hash('a'));
});

test('a process starts without its store, and connects once the store is up', async () => {
  const redis = await startRedis();
  await redis.kill();
  const upstream = upstreamTo((await startTestEmulator()).url, { store: await openStore(redis.url) });
  expect(upstream.status()).toMatchObject({ ready: true, store: 'unreachable' });
  expect(await outcomeOf(read(upstream))).toBe('ok');
  await redis.start();
  await expect.poll(() => upstream.status().store, { timeout: 10_000 }).toBe('connected');
});

describe('a task that several replicas watch for one caller', () => {
  /** Milliseconds that stand for a second of the interval. */
  const SECOND = 20;

  async function watchingReplicas(redis: { url: string }, tokens = ['a-token', 'a-token', 'a-token']) {
    const task = { id: 't-1', state: 'RUNNING' };
    // The calls of one replica follow each other, so they use one connection.
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

  test('is polled by one of them, and read once by each of the others after a change', async () => {
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

  test('is polled by another one when the first has stopped', async () => {
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

  test('is polled by each of them while the store is unreachable', async () => {
    const redis = await startRedis();
    const { task, replicas } = await watchingReplicas(redis);
    await redis.kill();
    task.state = 'ABORT';
    for (const { stream } of replicas)
      expect(await stream.remaining()).toEqual([updateEvent({ state: 'ABORT' }, true)]);
  });

  test('is not shared with another caller, and leaves no secret in the store', async () => {
    const redis = await startRedis();
    await watchingReplicas(redis, ['a-token', 'another-token']);
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    const held = JSON.stringify([await client.keys('*:watcher'), await client.keys('*:seen')]);
    expect((await client.keys('*:watcher')).length).toBe(2);
    for (const secret of ['a-token', 'another-token', 't-1', 'RUNNING']) expect(held).not.toContain(secret);
  });
});

describe('CALLS_PER_MINUTE', () => {
  const verified = new VerifiedCallers();
  const callerOf = (token: string): Caller => {
    const identity = new CallerIdentity(token, '192.0.2.1', verified);
    identity.markVerified();
    return { ...FORWARDED, identity };
  };
  const replicas = (emulator: { url: string }, stores: SharedStore[]) =>
    stores.map((store) => upstreamTo(emulator.url, { store, callsPerMinute: 6 }));

  test('limits the calls to all replicas together', async () => {
    const redis = await startRedis();
    const emulator = await startTestEmulator();
    const upstreams = replicas(emulator, [await openStore(redis.url), await openStore(redis.url)]);
    const [one, two] = upstreams as [SmsUpstream, SmsUpstream];
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

  test('limits the calls to each replica while the store is unreachable', async () => {
    const redis = await startRedis();
    const emulator = await startTestEmulator();
    const upstreams = replicas(emulator, [await openStore(redis.url), await openStore(redis.url)]);
    await redis.kill();
    for (const upstream of upstreams) {
      const outcomes: string[] = [];
      for (let call = 0; call < 7; call += 1) outcomes.push(await outcomeOf(read(upstream, callerOf('a-token'))));
      expect(outcomes).toEqual([...Array.from({ length: 6 }, () => 'ok'), 'CALL_RATE_EXCEEDED']);
    }
  });

  test('leaves no token in the store', async () => {
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

describe('a pause that SMS asks for (429)', () => {
  /** An SMS that throttles every call with a pause of a minute. */
  async function throttlingSms() {
    const arrivals: string[] = [];
    const origin = await httpServer((request, response) => {
      arrivals.push(String(request.headers['x-auth-token']));
      response
        .writeHead(429, { 'retry-after': '60' })
        .end('{"error_code": "SMS.0303", "error_msg": "Too many requests."}');
    });
    return { arrivals, origin };
  }
  const callerOf = (token: string): Caller => ({
    ...FORWARDED,
    identity: new CallerIdentity(token, '192.0.2.1', new VerifiedCallers()),
    credentials: forwarded(token),
  });

  test('stops the calls of the account in all replicas, and leaves no key in the store', async () => {
    const redis = await startRedis();
    const { origin, arrivals } = await throttlingSms();
    const [one, two] = [await openStore(redis.url), await openStore(redis.url)].map((store) =>
      upstreamTo(origin, { store }),
    ) as [SmsUpstream, SmsUpstream];
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    const pauses = () => client.keys('*:pause');
    expect(await outcomeOf(read(one, SIGNED))).toBe('SMS.0303');
    await expect.poll(pauses).toHaveLength(1);
    const error = await errorOf(read(two, SIGNED));
    expect(error.code).toBe('SMS_THROTTLED');
    expect(error.facts.retryAfter).toBeGreaterThan(50);
    expect(arrivals).toHaveLength(1);
    expect(JSON.stringify(await pauses())).not.toContain(DEMO_ACCESS_KEY.ak);
  });

  test('is the pause of one caller if the account is not known', async () => {
    const redis = await startRedis();
    const { origin, arrivals } = await throttlingSms();
    const [one, two] = [await openStore(redis.url), await openStore(redis.url)].map((store) =>
      upstreamTo(origin, { store }),
    ) as [SmsUpstream, SmsUpstream];
    const client = await createClient({ url: redis.url }).connect();
    onTestFinished(() => client.destroy());
    await outcomeOf(read(one, callerOf('greedy')));
    await expect.poll(() => client.keys('*:pause')).toHaveLength(1);
    expect(await outcomeOf(read(two, callerOf('greedy')))).toBe('SMS_THROTTLED');
    expect(await outcomeOf(read(two, callerOf('modest')))).toBe('SMS.0303');
    expect(arrivals).toEqual(['greedy', 'modest']);
  });

  test('stops the calls of one replica while the store is unreachable', async () => {
    const redis = await startRedis();
    const { origin, arrivals } = await throttlingSms();
    const upstreams = [await openStore(redis.url), await openStore(redis.url)].map((store) =>
      upstreamTo(origin, { store }),
    );
    await redis.kill();
    for (const upstream of upstreams)
      expect([await outcomeOf(read(upstream, SIGNED)), await outcomeOf(read(upstream, SIGNED))]).toEqual([
        'SMS.0303',
        'SMS_THROTTLED',
      ]);
    expect(arrivals).toHaveLength(2);
  });
});

test('/ready, the metrics and the log show whether the store is connected, but not its password', async () => {
  const redis = await startRedis();
  const metricsPort = await freePort();
  const env = { REDIS_URL: redis.url.replace('//', '//default:hidden@'), METRICS_PORT: String(metricsPort) };
  const gateway = await startGatewayProcess(env);
  const store = async () => {
    const ready = (await (await fetch(`${gateway.url}/ready`)).json()) as { store: string };
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return [ready.store, /^sms_gateway_store_connected (\d)$/m.exec(metrics)?.[1]];
  };
  // This Redis accepts any password.
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
