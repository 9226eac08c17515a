import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import type { HttpLimits } from '../src/http/limits.ts';
import { openSocket, post, postHead, servedGateway, servedGatewayTo, socketClosed } from './support/gateway.ts';
import { bodyOf, httpServer, WEB_TASK } from './support/harness.ts';

const TYPENAME = { query: '{ __typename }' };
const EXPORT = {
  query: `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`,
};
const WATCH = { query: `subscription { migrationTask(id: "${WEB_TASK}", interval: 1) { __typename } }` };
const OVERLOADED = {
  errors: [
    {
      message: 'The gateway is overloaded. Try again later.',
      extensions: { code: 'OVERLOADED', retryAfter: 1 },
    },
  ],
};

/** A gateway in front of an SMS that responds when the test tells it to. */
async function heldGateway(limits: Partial<HttpLimits>) {
  const held: ServerResponse[] = [];
  const waiting: (() => void)[] = [];
  const origin = await httpServer(async (request, response) => {
    await bodyOf(request).catch(() => {});
    held.push(response);
    for (const check of waiting) check();
  });
  const lines: string[] = [];
  const log = pino({}, { write: (line) => lines.push(line) });
  const gateway = await servedGatewayTo(origin, limits, { auth: 'forward', log });
  /** Resolves once this many calls have arrived. */
  const arrived = (count: number) =>
    new Promise<void>((resolve) => {
      const check = () => held.length >= count && resolve();
      waiting.push(check);
      check();
    });
  /** Resolves once the gateway has seen that a client has left. */
  const seenLeaving = () => expect.poll(() => lines.some((line) => line.includes('CLIENT_LEFT'))).toBe(true);
  return { gateway, held, arrived, seenLeaving };
}

describe('requests beyond the limit', () => {
  test('wait in a short queue, and are rejected at once when it is full', async () => {
    const { gateway, held, arrived } = await heldGateway({ maxInFlight: 2, maxQueue: 1 });
    const running = [post(gateway, EXPORT), post(gateway, EXPORT)];
    await arrived(2);
    const queued = post(gateway, EXPORT);
    // It is in the queue once another one is rejected.
    await expect.poll(async () => (await post(gateway, EXPORT)).status).toBe(503);
    const rejected = await post(gateway, EXPORT, { 'x-request-id': 'the-id' });
    expect([rejected.status, rejected.headers.get('retry-after'), rejected.headers.get('x-request-id')]).toEqual([
      503,
      '1',
      'the-id',
    ]);
    expect(await rejected.json()).toEqual(OVERLOADED);
    expect(held).toHaveLength(2);
    held[0]?.end('a,file');
    await arrived(3);
    for (const response of held) response.end('a,file');
    const statuses = (await Promise.all([...running, queued])).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200]);
  });

  test('are rejected after the maximum wait', async () => {
    const { gateway, arrived } = await heldGateway({ maxInFlight: 1, maxQueue: 1, maxWaitMs: 10 });
    const running = post(gateway, EXPORT).catch(() => {});
    await arrived(1);
    expect((await post(gateway, EXPORT)).status).toBe(503);
    await gateway.stop(0);
    await running;
  });

  test('do not affect the health probes', async () => {
    const { gateway, held, arrived } = await heldGateway({ maxInFlight: 1, maxQueue: 0 });
    const running = post(gateway, EXPORT);
    await arrived(1);
    expect((await post(gateway, TYPENAME)).status).toBe(503);
    const probes = await Promise.all(['/health', '/ready'].map((path) => fetch(gateway.url + path)));
    expect(probes.map(({ status }) => status)).toEqual([200, 200]);
    held[0]?.end('a,file');
    await running;
  });

  test('get CORS headers if they come from a listed origin', async () => {
    const origin = 'https://console.example.com';
    const gateway = await servedGateway({ maxInFlight: 0, maxQueue: 0 }, { corsOrigins: [origin] });
    const [listed, other] = [
      await post(gateway, TYPENAME, { origin }),
      await post(gateway, TYPENAME, { origin: `${origin}.evil` }),
    ];
    expect([listed, other].map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([origin, null]);
    expect(listed.headers.get('access-control-expose-headers')).toBe('x-request-id, retry-after, x-sms-emulator');
  });
});

describe('a client that disconnects', () => {
  test('releases its permit, and its call to SMS is aborted', async () => {
    const { gateway, held, arrived } = await heldGateway({ maxInFlight: 1, maxQueue: 0 });
    const controller = new AbortController();
    const aborted = post(gateway, EXPORT, {}, { signal: controller.signal }).catch(() => 'aborted');
    await arrived(1);
    const ended = once(held[0] as ServerResponse, 'close');
    controller.abort();
    expect(await aborted).toBe('aborted');
    await ended;
    await expect.poll(async () => (await post(gateway, TYPENAME)).status).toBe(200);
  });

  test('leaves the queue, and no call is sent to SMS', async () => {
    const { gateway, held, arrived, seenLeaving } = await heldGateway({ maxInFlight: 1, maxQueue: 1 });
    const running = post(gateway, EXPORT);
    await arrived(1);
    const controller = new AbortController();
    const aborted = post(gateway, EXPORT, {}, { signal: controller.signal }).catch(() => 'aborted');
    await expect.poll(async () => (await post(gateway, TYPENAME)).status).toBe(503);
    controller.abort();
    expect(await aborted).toBe('aborted');
    await seenLeaving();
    // The queue has room again, so this one waits and is next.
    const next = post(gateway, TYPENAME);
    held[0]?.end('a,file');
    expect([(await running).status, (await next).status, held.length]).toEqual([200, 200, 1]);
  });
});

describe('slow clients', () => {
  test('hold no permit until their request is complete', async () => {
    const gateway = await servedGateway({ maxInFlight: 1, maxQueue: 0 });
    const slow = await Promise.all(Array.from({ length: 5 }, () => openSocket(gateway)));
    for (const socket of slow) socket.write(`${postHead({ 'content-length': 100 })}{`);
    expect((await post(gateway, TYPENAME)).status).toBe(200);
  });

  test('that do not read their response are disconnected', async () => {
    const called = Promise.withResolvers<void>();
    const gateway = await servedGatewayTo(await longFiles(called.resolve), { maxStallMs: 50 }, { auth: 'forward' });
    await unreadResponse(gateway);
    await called.promise;
    // The server stops only after the last connection has closed.
    await gateway.stop(60_000);
  });

  test('hold no permit while they read, and the oldest is disconnected when too much is unread', async () => {
    const limits = { maxInFlight: 1, maxQueue: 0, maxUnreadBytes: 8 * 1024 ** 2 };
    let calls = 0;
    const origin = await longFiles(() => {
      calls += 1;
    });
    const gateway = await servedGatewayTo(origin, limits, { auth: 'forward' });
    const responded = async (count: number) => {
      await expect.poll(() => calls).toBe(count);
      await expect.poll(async () => (await post(gateway, TYPENAME)).status, { timeout: 20_000 }).toBe(200);
    };
    const first = await unreadResponse(gateway);
    await responded(1);
    const second = await unreadResponse(gateway);
    await responded(2);
    const [disconnected, complete] = [socketClosed(first), once(second, 'end')];
    first.resume();
    await disconnected;
    second.resume();
    second.write('GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    await complete;
    expect([first, second].map(({ received }) => received.length >= LONG_FILE)).toEqual([false, true]);
  });

  test('that pipeline requests hold one permit and get their responses in order', async () => {
    const { gateway, held, arrived } = await heldGateway({ maxInFlight: 2, maxQueue: 0 });
    const socket = await openSocket(gateway);
    socket.write(requestOf(EXPORT) + requestOf(TYPENAME) + requestOf(TYPENAME));
    await arrived(1);
    expect((await post(gateway, TYPENAME)).status).toBe(200);
    expect(socket.received).toBe('');
    held[0]?.end('a,file');
    await expect.poll(() => socket.received.match(/"__typename":"\w+"/g)).toHaveLength(3);
    expect(socket.received).toMatch(/"ExportConsistencyResultsSuccess".*"Query".*"Query"/s);
  });

  test('that have read one response have the whole time limit for the next', async () => {
    const maxStallMs = 500;
    let calls = 0;
    const origin = await httpServer((_, response) => {
      calls += 1;
      if (calls === 1) response.end(Buffer.alloc(LONG_FILE));
      else setTimeout(() => response.end('a,file'), 3 * maxStallMs);
    });
    const gateway = await servedGatewayTo(origin, { maxStallMs }, { auth: 'forward' });
    const socket = await unreadResponse(gateway);
    socket.write(requestOf(EXPORT));
    await expect.poll(() => calls).toBe(1);
    socket.resume();
    await expect
      .poll(() => socket.destroyed || socket.received.includes('ExportConsistencyResultsSuccess'), { timeout: 20_000 })
      .toBe(true);
    expect(socket.received.match(/^HTTP\/1\.1 200 /gm)).toHaveLength(1);
    expect(socket.received.slice(-200)).toContain('ExportConsistencyResultsSuccess');
  });

  test('that pipeline requests endlessly are disconnected', async () => {
    const { gateway } = await heldGateway({});
    const socket = await openSocket(gateway);
    const closed = socketClosed(socket);
    socket.write(requestOf(EXPORT) + requestOf(TYPENAME).repeat(101));
    await closed;
    expect(socket.received).toBe('');
  });
});

describe('event streams', () => {
  test('hold no permits of requests, and have a limit of their own', async () => {
    const gateway = await servedGatewayTo(
      await smsWithEndlessTask(),
      { maxInFlight: 1, maxQueue: 0, maxStreams: 2 },
      { auth: 'forward' },
    );
    const streams = [await watch(gateway), await watch(gateway, 'another-token')];
    expect((await post(gateway, TYPENAME)).status).toBe(200);
    const rejected = await post(gateway, WATCH, { accept: 'text/event-stream' });
    expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await rejected.text()).toContain('"code":"OVERLOADED"');
    streams[0]?.destroy();
    await expect
      .poll(async () => {
        const again = await post(gateway, WATCH, { accept: 'text/event-stream' });
        await again.body?.cancel();
        return again.status;
      })
      .toBe(200);
  });

  test('end when their client disconnects', async () => {
    const gateway = await servedGatewayTo(await smsWithEndlessTask(), {}, { auth: 'forward' });
    const stream = await watch(gateway);
    stream.destroy();
    await socketClosed(stream);
    // A watch that still ran would keep the gateway from stopping.
    await gateway.stop(60_000);
  });
});

const LONG_FILE = 16 * 1024 ** 2;

/** An SMS whose exports are long files. */
function longFiles(onCall: () => void): Promise<string> {
  return httpServer((_, response) => {
    response.end(Buffer.alloc(LONG_FILE));
    onCall();
  });
}

/** A client that requests a long file and reads nothing. */
async function unreadResponse(gateway: { url: string }) {
  const socket = await openSocket(gateway);
  socket.pause();
  const query = EXPORT.query.replace(
    '{ __typename }',
    '{ ... on ExportConsistencyResultsSuccess { files { base64 } } }',
  );
  socket.write(requestOf({ query }));
  return socket;
}

function requestOf(body: object): string {
  const text = JSON.stringify(body);
  return postHead({ 'content-length': text.length, 'x-auth-token': DEMO_TOKEN }) + text;
}

function smsWithEndlessTask(): Promise<string> {
  return httpServer((_, response) => response.end(JSON.stringify({ id: WEB_TASK, state: 'RUNNING' })));
}

/** An event stream after its first event. */
async function watch(gateway: { url: string }, token = DEMO_TOKEN): Promise<Socket> {
  const socket = await openSocket(gateway);
  const body = JSON.stringify(WATCH);
  socket.write(postHead({ accept: 'text/event-stream', 'content-length': body.length, 'x-auth-token': token }) + body);
  while (!socket.received.includes('event: next')) await once(socket, 'data');
  expect(socket.received).toMatch(/^HTTP\/1\.1 200 /);
  onTestFinished(() => void socket.destroy());
  return socket;
}
