import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../src/process/server.ts';
import { limitUnfinishedRequests } from '../src/process/unfinished-requests.ts';

const KIB = 1024;
/** Room for four of the requests below. */
const LIMITS = { maxBytes: 250 * KIB, maxBodyBytes: 32 * KIB, headersTimeoutMs: 60_000 };

const HEAD = `POST / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(60 * KIB)}\r\n`;
const REQUEST = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}';
const CHUNKED = 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';
const RESPONSE = /HTTP\/1\.1 200 .*ok/s;

async function server() {
  const http = createServer(
    { maxHeaderSize: 64 * KIB, headersTimeout: LIMITS.headersTimeoutMs },
    (request, response) => {
      if (request.url === '/held') return;
      request.resume().once('end', () => response.end('ok'));
    },
  );
  limitUnfinishedRequests(http, LIMITS);
  let newest: Socket | undefined;
  http.on('connection', (socket) => {
    newest = socket;
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  const open = async (text: string) => {
    const socket = Object.assign(connect(port, '127.0.0.1'), { received: '', isClosed: false });
    socket.setEncoding('latin1').on('error', () => {});
    socket.on('data', (data) => {
      socket.received += data;
    });
    socket.once('close', () => {
      socket.isClosed = true;
    });
    onTestFinished(() => void socket.destroy());
    const arrived = once(http, 'connection');
    await once(socket, 'connect');
    await arrived;
    const own = newest;
    socket.write(text);
    await expect.poll(() => socket.isClosed || (own?.bytesRead ?? 0) >= text.length).toBe(true);
    return socket;
  };
  return { open };
}

const isOpen = ({ destroyed }: Socket) => !destroyed;

describe('incomplete requests', () => {
  test.each([
    ['a head', '', HEAD, 'content-length: 2\r\n\r\n{}'],
    ['a head behind a request', REQUEST, HEAD, 'content-length: 2\r\n\r\n{}'],
    ['a head behind many requests', REQUEST.repeat(20), HEAD, 'content-length: 2\r\n\r\n{}'],
    ['a head behind a body of unknown length', CHUNKED, HEAD, 'content-length: 2\r\n\r\n{}'],
    ['a short body behind its head', '', `${HEAD}content-length: 2\r\n\r\n{`, '}'],
    ['a short body of unknown length', '', `${HEAD}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`, '0\r\n\r\n'],
  ])('are bounded together, and the oldest connections are closed: %s', async (_, before, begin, end) => {
    const { open } = await server();
    const sockets: Awaited<ReturnType<typeof open>>[] = [];
    for (let number = 0; number < 7; number += 1) {
      const socket = await open(before + begin);
      sockets.push(socket);
      if (before !== '') await expect.poll(() => socket.received).toMatch(RESPONSE);
    }
    await expect.poll(() => sockets.filter(isOpen).length).toBe(4);
    expect(sockets.slice(3).every(isOpen)).toBe(true);
    for (const socket of sockets.slice(3)) {
      socket.received = '';
      socket.write(end);
      await expect.poll(() => socket.received).toMatch(RESPONSE);
    }
  });

  test('count when they are pipelined behind another request', async () => {
    const { open } = await server();
    const socket = await open(`GET /held HTTP/1.1\r\nhost: x\r\n\r\n${`${HEAD}\r\n`.repeat(5)}`);
    await expect.poll(() => isOpen(socket)).toBe(false);
    expect(socket.received).toBe('');
  });

  test('do not affect connections without one', async () => {
    const { open } = await server();
    const idle = await open('');
    const kept = await open(REQUEST);
    const started = await open('POST / HTTP/1.1\r\nhost: x\r\n');
    const sending = await open(
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${100 * KIB}\r\n\r\n${'a'.repeat(90 * KIB)}`,
    );
    const streaming = await open(
      `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${'8000\r\n'}${'a'.repeat(0x8000)}\r\n`,
    );
    await expect.poll(() => kept.received).toMatch(RESPONSE);
    const attacks: Socket[] = [];
    for (let number = 0; number < 12; number += 1) attacks.push(await open(HEAD));
    await expect.poll(() => attacks.filter(isOpen).length).toBe(4);
    expect([idle, kept, started, sending, streaming].every(isOpen)).toBe(true);
    sending.write('a'.repeat(10 * KIB));
    streaming.write('0\r\n\r\n');
    for (const socket of [sending, streaming]) await expect.poll(() => socket.received).toMatch(RESPONSE);
  });
});

test('a gateway holds at most 16 MiB of incomplete requests', async () => {
  const { url, stop } = await serve((_, response) => response.end('ok'), { host: '127.0.0.1', port: 0 });
  onTestFinished(() => stop(0));
  const sockets = Array.from({ length: 400 }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
  for (const socket of sockets) socket.on('error', () => {}).write(HEAD);
  await expect.poll(() => sockets.filter(isOpen).length, { timeout: 20_000 }).toBeLessThanOrEqual((16 * KIB) / 60);
  expect(await (await fetch(url)).text()).toBe('ok');
});
