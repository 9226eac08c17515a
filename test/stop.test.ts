import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../src/emulator/server.ts';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { openSocket, post, postHead, servedGateway, socketClosed } from './support/gateway.ts';
import { httpServer, WEB_TASK } from './support/harness.ts';
import { type Process, startGatewayProcess } from './support/process.ts';
import { errorEvent, subscribe, updateEvent, watchQuery } from './support/sse.ts';

const EXPORT = {
  query: `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`,
};
const TYPENAME = JSON.stringify({ query: '{ __typename }' });

describe('SIGTERM', () => {
  test('makes /ready return 503 while requests are still served', async () => {
    const sms = await httpServer((_, response) => response.end('a,file'));
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: sms, SHUTDOWN_DELAY: '60000' });
    gateway.signal('SIGTERM');
    const message = 'The gateway is about to stop. It still serves requests, but send new ones elsewhere.';
    const stopping = { ready: false, reason: 'STOPPING', message, circuits: ['closed'], store: 'none' };
    await expect.poll(() => ready(gateway)).toEqual([503, stopping]);
    const response = await exportAt(gateway);
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    gateway.signal('SIGTERM');
    expect(await gateway.exit).toBe(1);
  });

  test('ends a subscription with an event that tells the client to subscribe again', async () => {
    const sms = await httpServer((_, response) => response.end(JSON.stringify({ id: WEB_TASK, state: 'RUNNING' })));
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: sms });
    const stream = await subscribe(gateway.url, watchQuery(WEB_TASK));
    expect(await stream.next()).toEqual(updateEvent({ state: 'RUNNING' }));
    gateway.signal('SIGTERM');
    expect(await stream.remaining()).toEqual([
      errorEvent({ __typename: 'SmsUnavailableError', code: 'GATEWAY_STOPPING', reason: 'STOPPING' }),
    ]);
    expect(await gateway.exit).toBe(0);
  });

  test('aborts requests that do not end before SHUTDOWN_TIMEOUT', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const sms = await httpServer((_, response) => arrived.resolve(response));
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: sms, SHUTDOWN_TIMEOUT: '1' });
    const outcome = exportAt(gateway).then(
      () => 'completed',
      () => 'aborted',
    );
    const held = await arrived.promise;
    const callEnded = once(held, 'close');
    gateway.signal('SIGTERM');
    expect([await gateway.exit, await outcome]).toEqual([0, 'aborted']);
    await callEnded;
  });
});

test('a second signal ends the gateway at once, even if requests are running', async () => {
  const arrived = Promise.withResolvers<void>();
  const sms = await httpServer(() => arrived.resolve());
  const gateway = await startGatewayProcess({ SMS_ENDPOINT: sms });
  const outcome = exportAt(gateway).catch(() => 'aborted');
  await arrived.promise;
  gateway.signal('SIGTERM');
  await expect.poll(() => ready(gateway).catch(() => 'not connected')).toBe('not connected');
  gateway.signal('SIGINT');
  expect([await gateway.exit, await outcome]).toEqual([1, 'aborted']);
});

describe('SIGUSR1 opens no debugger', () => {
  test('in a gateway that is started without the flag of package.json', async () => {
    const sms = await httpServer((_, response) => response.end('a,file'));
    // If a debugger opened, its port must be free.
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: sms, NODE_OPTIONS: '--inspect-port=0' });
    gateway.signal('SIGUSR1');
    expect((await exportAt(gateway)).status).toBe(200);
    expect(await ready(gateway)).toMatchObject([200, {}]);
    gateway.signal('SIGINT');
    expect(await gateway.exit).toBe(0);
    expect(gateway.output.stderr).not.toContain('Debugger');
  });

  test('in a gateway that a script of package.json starts, from the first moment', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    for (const name of ['start', 'demo', 'emulator'])
      expect(scripts[name]).toMatch(new RegExp(`exec node --disable-sigusr1 (--\\S+ )*src/main.ts ${name}$`));
  });
});

test('a request that arrives on an idle connection during a stop gets its response', async () => {
  let isStopping = false;
  const gateway = await servedGateway({}, { isStopping: () => isStopping });
  const socket = await openSocket(gateway);
  const request = postHead({ 'content-length': TYPENAME.length }) + TYPENAME;
  socket.write(request);
  await once(socket, 'data');
  expect(socket.received).toMatch(/^HTTP\/1\.1 200 .*connection: keep-alive/is);
  isStopping = true;
  socket.received = '';
  const closed = socketClosed(socket);
  const stopped = gateway.stop(60_000, 60_000);
  socket.write(request);
  await Promise.all([stopped, closed]);
  expect(socket.received).toMatch(/^HTTP\/1\.1 200 .*connection: close.*"__typename":"Query"/is);
});

test('idle connections do not delay a stop beyond the grace period', async () => {
  const gateway = await servedGateway();
  const socket = await openSocket(gateway);
  socket.write(postHead({ 'content-length': TYPENAME.length }) + TYPENAME);
  await once(socket, 'data');
  await gateway.stop(60_000, 1);
});

test('a rolling restart under load loses no request', { timeout: 60_000 }, async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  // Long enough for every client to request /ready once, short enough for a test.
  const start = () => startGatewayProcess({ SMS_ENDPOINT: emulator.url, SHUTDOWN_DELAY: '500' });
  const instances = [await start(), await start()];
  const outcomes = { completed: 0, lost: 0 };
  let over = false;
  const clients = Array.from({ length: 20 }, async () => {
    const pools = new Map<string, Pool>();
    const poolTo = (url: string) => {
      const pool = pools.get(url) ?? new Pool(url, { connections: 1 });
      pools.set(url, pool);
      return pool;
    };
    while (!over) {
      const target = await readyOne(instances, poolTo);
      if (!target) continue;
      const result = await target
        .request({
          method: 'POST',
          path: '/graphql',
          headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
          body: JSON.stringify(EXPORT),
        })
        .then(({ body }) => body.json())
        .catch(() => null);
      if (JSON.stringify(result).includes('ExportConsistencyResultsSuccess')) outcomes.completed += 1;
      else outcomes.lost += 1;
    }
    await Promise.all([...pools.values()].map((pool) => pool.destroy()));
  });
  for (const index of [0, 1]) {
    const before = outcomes.completed;
    await expect.poll(() => outcomes.completed, { timeout: 20_000 }).toBeGreaterThan(before + 100);
    instances[index]?.signal('SIGTERM');
    expect(await instances[index]?.exit).toBe(0);
    instances[index] = await start();
  }
  over = true;
  await Promise.all(clients);
  expect(outcomes.lost).toBe(0);
  expect(emulator.requests).toHaveLength(outcomes.completed);
});

/** An instance that is ready, as a load balancer would choose one. */
async function readyOne(instances: Process[], poolTo: (url: string) => Pool): Promise<Pool | null> {
  for (const { url } of instances.toSorted(() => Math.random() - 0.5)) {
    const response = await poolTo(url)
      .request({ method: 'GET', path: '/ready' })
      .catch(() => null);
    await response?.body.dump();
    if (response?.statusCode === 200) return poolTo(url);
  }
  return null;
}

async function ready({ url }: Process): Promise<[number, unknown]> {
  const response = await fetch(`${url}/ready`);
  const text = await response.text();
  return [response.status, text === '' ? null : JSON.parse(text)];
}

function exportAt(gateway: Process): Promise<Response> {
  return post(gateway, EXPORT);
}
