/** One HTTP request and its response, with a server whose bytes the test sends itself. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Budget, REQUEST_LIMITS } from '../src/request/budget/request-budget.ts';
import { Exchange, exchange } from '../src/sms/http/exchange.ts';
import { peerAt } from '../src/sms/http/transport.ts';
import { Deadline } from '../src/time/deadline.ts';
import { httpServer, socketServer } from './support/harness.ts';
import { closedOrigin, LIMITS } from './support/sms-client.ts';

const OK = 'HTTP/1.1 200 OK\r\n';

/** A deadline that does not pass in a test, unless the signal is aborted. */
function deadlineWith(signal?: AbortSignal): Deadline {
  const deadline = new Deadline(60_000, signal);
  onTestFinished(() => deadline.clear());
  return deadline;
}

/** Sends requests to an origin over a single connection. */
function senderTo(origin: string, limits = {}) {
  const peer = peerAt('The peer', origin, { ...LIMITS, connections: 1, ...limits }, {});
  onTestFinished(() => peer.dispatcher.destroy());
  return (deadline = deadlineWith(), budget?: Budget) =>
    exchange(peer, { method: 'POST', path: '/a?b=c', headers: { 'X-Odd': '1' }, body: 'ü' }, { deadline, budget });
}

/** A server that handles each request with this function, and the requests that it has read. */
async function serverOf(respond: (socket: Socket) => void) {
  const requests: string[] = [];
  const origin = await socketServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      requests.push(bytes.toString());
      respond(socket);
    });
  });
  return { origin, requests };
}

const write = (bytes: string) => (socket: Socket) => void socket.write(bytes);

const released = (sent: Exchange) => new Promise<void>((resolve) => sent.whenReleased(resolve));

/** Whether undici has let go of the request. */
function releaseOf(sent: Exchange): () => boolean {
  let isReleased = false;
  sent.whenReleased(() => {
    isReleased = true;
  });
  return () => isReleased;
}

test('an exchange sends the request as it is, to the host of the origin', async () => {
  const { origin, requests } = await serverOf(write(`${OK}Content-Length: 0\r\n\r\n`));
  await senderTo(origin)().response;
  expect(requests).toEqual([
    `POST /a?b=c HTTP/1.1\r\nhost: ${new URL(origin).host}\r\nconnection: keep-alive\r\nX-Odd: 1\r\ncontent-length: 2\r\n\r\nü`,
  ]);
});

test('an exchange collects the status, the headers and every chunk of the body', async () => {
  const chunks = '4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\nX-Trailer: 1\r\n\r\n';
  const head = 'HTTP/1.1 404 Not Found\r\nX-Odd: 1\r\nX-Odd: 2\r\nContent-Type: text/plain\r\n';
  const { origin } = await serverOf((socket) => {
    socket.setNoDelay(true);
    for (const byte of `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}`) socket.write(byte);
  });
  const response = await senderTo(origin)().response;
  expect([response.status, response.header('x-odd'), response.contentType]).toEqual([404, '1', 'text/plain']);
  expect([response.header('x-none'), response.header('x-trailer')]).toEqual([null, null]);
  expect(response.bytes.toString()).toBe('one two three');
});

test('an exchange ends with the last byte of its response, and a reset after it has no effect', async () => {
  const closed = Promise.withResolvers<void>();
  const { origin, requests } = await serverOf((socket) => {
    socket.on('close', () => closed.resolve());
    socket.write(`${OK}Content-Length: 2\r\n\r\n{}`, () => socket.resetAndDestroy());
  });
  const sent = senderTo(origin)();
  expect((await sent.response).json).toEqual({});
  await released(sent);
  await closed.promise;
  expect(requests).toHaveLength(1);
});

describe('an exchange reads no more bytes than its limit', () => {
  const chunked = (bytes: number) =>
    `${OK}Transfer-Encoding: chunked\r\n\r\n${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n0\r\n\r\n`;
  const packed = (bytes: number) => {
    const body = gzipSync('x'.repeat(bytes)).toString('latin1');
    return `${OK}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };

  test.each<[string, (bytes: number) => string]>([
    ['with a Content-Length', (bytes) => `${OK}Content-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`],
    ['in chunks', chunked],
    ['that is compressed', packed],
  ])('of a body %s', async (_, responseOf) => {
    const sizeOf = async (bytes: number) => {
      const { origin } = await serverOf((socket) => void socket.write(responseOf(bytes), 'latin1'));
      return (await senderTo(origin, { maxResponseBytes: 1000 })().response).bytes.length;
    };
    expect(await sizeOf(1000)).toBe(1000);
    await expect(sizeOf(1001)).rejects.toMatchObject({
      reason: 'INVALID_ANSWER',
      outcome: 'UNKNOWN',
      message: expect.stringMatching(/^The peer sent a response of more than 1000 bytes/),
    });
  });

  test('or than its budget has left, and then closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const { origin } = await serverOf((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(`${OK}Content-Length: 5000\r\n\r\n${'x'.repeat(1001)}`);
    });
    const budget = new Budget({ ...REQUEST_LIMITS, maxReadBytes: 1000 });
    const sent = senderTo(origin)(deadlineWith(), budget);
    await expect(sent.response).rejects.toMatchObject({ code: 'READ_BUDGET_EXCEEDED' });
    await released(sent);
    await closed.promise;
  });
});

describe('an exchange that is aborted rejects at once with the reason', () => {
  const REASON = new Error('gone');

  test('and sends nothing if it was aborted before it began', async () => {
    const { origin, requests } = await serverOf(write(`${OK}Content-Length: 0\r\n\r\n`));
    const sent = senderTo(origin)(deadlineWith(AbortSignal.abort(REASON)));
    await expect(sent.response).rejects.toBe(REASON);
    await released(sent);
    expect(requests).toEqual([]);
  });

  test('and stays in the queue for a connection, but is never sent', async () => {
    let answer = () => {};
    const { origin, requests } = await serverOf((socket) => {
      answer = write(`${OK}Content-Length: 0\r\n\r\n`).bind(null, socket);
    });
    const send = senderTo(origin);
    const first = send();
    await expect.poll(() => requests).toHaveLength(1);
    const leaving = new AbortController();
    const second = send(deadlineWith(leaving.signal));
    const isReleased = releaseOf(second);
    leaving.abort(REASON);
    await expect(second.response).rejects.toBe(REASON);
    expect(isReleased()).toBe(false);
    answer();
    await first.response;
    await expect.poll(isReleased).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['before the response', ''],
    ['within the headers', 'HTTP/1.1 200 OK\r\nContent-'],
    ['within the body', `${OK}Content-Length: 100\r\n\r\n{`],
  ])('and closes the connection if it was aborted %s', async (_, bytes) => {
    const closed = Promise.withResolvers<void>();
    const { origin, requests } = await serverOf((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(bytes);
    });
    const leaving = new AbortController();
    const sent = senderTo(origin)(deadlineWith(leaving.signal));
    await expect.poll(() => requests).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    leaving.abort(REASON);
    await expect(sent.response).rejects.toBe(REASON);
    await released(sent);
    await closed.promise;
  });
});

describe('an exchange whose deadline passes says how far it got', () => {
  const deadlined = async (origin: string) => {
    const deadline = new Deadline(50);
    const error = await senderTo(origin)(deadline).response.catch((error: unknown) => error);
    deadline.clear();
    return error;
  };

  test('before there was a connection', async () => {
    const origin = (await socketServer(() => {})).replace('http:', 'https:');
    expect(await deadlined(origin)).toMatchObject({
      reason: 'TIMEOUT',
      outcome: 'NOT_SENT',
      message: expect.stringMatching(/before the call could be sent to The peer/),
    });
  });

  test.each([
    ['before the response', ''],
    ['within the response', `${OK}Content-Length: 100\r\n\r\n{`],
  ])('%s', async (_, bytes) => {
    const { origin } = await serverOf(write(bytes));
    expect(await deadlined(origin)).toMatchObject({ reason: 'TIMEOUT', outcome: 'UNKNOWN' });
  });
});

test('an exchange that cannot connect reports that nothing was sent', async () => {
  const sent = senderTo(await closedOrigin())();
  await expect(sent.response).rejects.toMatchObject({ reason: 'UNREACHABLE', outcome: 'NOT_SENT' });
  await released(sent);
});

test('an exchange that has ended no longer listens to its deadline', async () => {
  const { origin } = await serverOf(write(`${OK}Content-Length: 0\r\n\r\n`));
  const deadline = deadlineWith();
  const sent = senderTo(origin)(deadline);
  expect(deadline.listener).toBe(sent);
  await sent.response;
  expect(deadline.listener).toBe(null);
  const broken = senderTo(await closedOrigin())(deadline);
  await broken.response.catch(() => {});
  expect(deadline.listener).toBe(null);
});

test('an exchange lets go of the bytes that the headers were read from', async () => {
  const { origin } = await serverOf(write(`${OK}Content-Length: 0\r\nX-A: b\r\n\r\n`));
  const started = vi.spyOn(Exchange.prototype, 'onResponseStart');
  onTestFinished(() => started.mockRestore());
  await senderTo(origin)().response;
  expect(started.mock.calls[0]?.[0].rawHeaders).toEqual([]);
});

test.each([1_000, 100_000])('a body of %i bytes is freed when it is read, unless undici owns it', async (length) => {
  const { origin } = await serverOf(write(`${OK}Content-Length: ${length}\r\n\r\n${'x'.repeat(length)}`));
  const response = await senderTo(origin)().response;
  expect(response.bytes.toString()).toBe('x'.repeat(length));
  response.release();
  expect(response.bytes.length).toBe(length > 65_536 ? 0 : length);
});

test('an exchange rejects when its connections are closed', async () => {
  const arrived = Promise.withResolvers<Socket>();
  const origin = await httpServer((request) => arrived.resolve(request.socket));
  const peer = peerAt('The peer', origin, LIMITS, {});
  const sent = exchange(peer, { method: 'GET', path: '/', headers: {} }, { deadline: deadlineWith() });
  const socket = await arrived.promise;
  const closed = once(socket, 'close');
  const failed = expect(sent.response).rejects.toMatchObject({ reason: 'UNREACHABLE', outcome: 'UNKNOWN' });
  await peer.dispatcher.destroy();
  await failed;
  await closed;
});
