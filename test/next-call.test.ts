/** After a response that is broken or hostile, the next call on the same connections gets its own response. */
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { SmsClient } from '../src/sms/client.ts';
import { RequestEntities } from '../src/sms/operations/entities.ts';
import { socketServer } from './support/harness.ts';
import { EXPORT_PATH, FORWARDED, outcomeOf, upstreamTo } from './support/sms-client.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const ALIEN = `${OK}Content-Length: 16\r\n\r\n{"alien": "yes"}`;

function responseOf(body: string | Buffer, headers = 'Content-Type: application/json\r\n') {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`${OK}${headers}Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

/** An upstream with one connection. It responds with this to the first request, and to any other with its path. */
async function upstreamSending(first: (socket: Socket) => void, limits = {}) {
  let requests = 0;
  const origin = await socketServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      requests += 1;
      if (requests === 1) return first(socket);
      const [, path = ''] = bytes.toString('latin1').split(' ');
      socket.write(responseOf(JSON.stringify({ path })));
    });
  });
  return upstreamTo(origin, {}, { connections: 1, maxResponseBytes: 1000, ...limits });
}

const write = (bytes: string | Buffer) => (socket: Socket) => void socket.write(bytes);

/** Resets the connection once everything is written. */
const cutByReset = (socket: Socket) =>
  void socket.write(`${OK}Content-Length: 100\r\n\r\n{"a":`, () => socket.resetAndDestroy());

test.each<[string, (socket: Socket) => void, string, object?]>([
  ['a correct response', write(responseOf('{}')), 'ok'],
  ['a response followed by a second one', write(Buffer.concat([responseOf('{}'), Buffer.from(ALIEN)])), 'ok'],
  ['a response that is longer than it says', write(`${OK}Content-Length: 2\r\n\r\n{}${ALIEN}`), 'ok'],
  ['a response followed by nonsense', write(Buffer.concat([responseOf('{}'), Buffer.from('nonsense\r\n\r\n')])), 'ok'],
  ['a response after Early Hints', write(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${responseOf('{}')}`), 'ok'],
  [
    'the same header many times',
    write(responseOf('{}', 'X-Request-Id: a\r\nX-Request-Id: b\r\nX-Odd: 1\r\nX-Odd: 2\r\n')),
    'ok',
  ],
  ['header values with any byte', write(responseOf('{}', 'X-Odd: \u00ff\u00fe\r\nX-Request-Id: \u00e9\r\n')), 'ok'],
  ['half a body', (socket) => void socket.end(`${OK}Content-Length: 100\r\n\r\n{"a":`), 'INVALID_ANSWER'],
  ['half a body and a reset', cutByReset, 'INVALID_ANSWER'],
  ['no body at all', (socket) => void socket.end(`${OK}Content-Length: 100\r\n\r\n`), 'INVALID_ANSWER'],
  ['JSON that does not parse', write(responseOf('{"a":')), 'INVALID_ANSWER'],
  ['JSON of another kind', write(responseOf('[]')), 'INVALID_ANSWER'],
  ['a web page', write(responseOf('<html></html>', 'Content-Type: text/html\r\n')), 'INVALID_ANSWER'],
  [
    'bytes that are not UTF-8',
    write(responseOf(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))),
    'INVALID_ANSWER',
  ],
  ['a compressed body', write(responseOf('x', 'Content-Encoding: gzip\r\n')), 'INVALID_ANSWER'],
  // More than any buffer on the way holds, so it must be read or the connection closed.
  ['a body whose announced length is far too long', write(responseOf(' '.repeat(16 * 1024 ** 2))), 'INVALID_ANSWER'],
  ['a body that is too long', write(responseOf(' '.repeat(1001))), 'INVALID_ANSWER'],
  [
    'a body that is too long, in chunks',
    write(`${OK}Transfer-Encoding: chunked\r\n\r\n3e9\r\n${' '.repeat(1001)}\r\n0\r\n\r\n`),
    'INVALID_ANSWER',
  ],
  ['two lengths', write(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `), 'INVALID_ANSWER'],
  ['a length and chunks', write(`${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`), 'INVALID_ANSWER'],
  ['headers of 40 KiB', write(responseOf('{}', `X-Odd: ${'x'.repeat(40 * 1024)}\r\n`)), 'INVALID_ANSWER'],
  ['a close before any response', (socket) => void socket.end(), 'UNREACHABLE'],
  ['a reset', (socket) => void socket.resetAndDestroy(), 'UNREACHABLE'],
  ['no response', () => {}, 'TIMEOUT', { totalTimeout: 30 }],
  ['a body that never ends', write(`${OK}Content-Length: 100\r\n\r\n{`), 'TIMEOUT', { totalTimeout: 30 }],
])('the next call on the connection gets its own response after %s', async (_, first, expected, limits) => {
  const upstream = await upstreamSending(first, limits);
  const client = new SmsClient(upstream, FORWARDED);
  expect(await outcomeOf(client.get('/v3/first'))).toBe(expected);
  // Without the short limit of the first call.
  Object.assign(upstream.limits, { totalTimeout: 60_000 });
  expect(await client.get('/v3/second')).toEqual({ path: '/v3/second' });
  const { file } = await client.download(EXPORT_PATH, {});
  expect(file?.bytes.toString()).toBe(JSON.stringify({ path: EXPORT_PATH }));
});

test('a response that drips slowly ends at the total timeout although each piece arrives in time', async () => {
  const upstream = await upstreamSending(
    (socket) => {
      socket.write(`${OK}Content-Length: 1000\r\n\r\n`);
      const drip = setInterval(() => socket.write(' '), 5);
      socket.on('close', () => clearInterval(drip));
    },
    { totalTimeout: 100, bodyTimeout: 60_000 },
  );
  expect(await outcomeOf(new SmsClient(upstream, FORWARDED).get('/v3/first'))).toBe('TIMEOUT');
});

test.each([
  ['t-2', 'INVALID_ANSWER'],
  ['t-1', 'ok'],
])('a response with another object than requested is rejected: %s', async (id, expected) => {
  const upstream = await upstreamSending(write(responseOf('{"id": "t-1", "name": "of another caller"}')));
  const { MigrationTask } = new RequestEntities(new SmsClient(upstream, FORWARDED));
  expect(await outcomeOf(MigrationTask.detail(id))).toBe(expected);
});
