import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { openSocket, post, postHead, servedGateway, socketClosed } from './support/gateway.ts';
import { EXPORT } from './support/harness.ts';

const QUERY = { query: '{ __typename }' };
const TYPENAME = { data: { __typename: 'Query' } };
const TOO_LARGE = {
  errors: [{ message: 'The body exceeds the size limit.', extensions: { code: 'BODY_TOO_LARGE' } }],
};

/** Bytes of a body that counts as long. */
const LONG = 64 * 1024;

/** A valid body, padded to this size. */
function bodyOf(bytes: number): string {
  const body = JSON.stringify(QUERY);
  return body + ' '.repeat(Math.max(0, bytes - body.length));
}

function inChunks(text: string): RequestInit {
  const body = new Blob([text]).stream();
  return { body, duplex: 'half' } as RequestInit;
}

describe('a body', () => {
  test('may have exactly the maximum size', async () => {
    const gateway = await servedGateway({ maxBodyBytes: 1000 });
    const [fits, doesNot] = [await post(gateway, bodyOf(1000)), await post(gateway, bodyOf(1001))];
    expect([fits.status, await fits.json()]).toEqual([200, TYPENAME]);
    expect([doesNot.status, await doesNot.json()]).toEqual([413, TOO_LARGE]);
  });

  test('without Content-Length may have exactly the maximum size', async () => {
    const gateway = await servedGateway({ maxBodyBytes: 1000 });
    const [fits, doesNot] = [
      await post(gateway, '', {}, inChunks(bodyOf(1000))),
      await post(gateway, '', {}, inChunks(bodyOf(1001))),
    ];
    expect([fits.status, await fits.json()]).toEqual([200, TYPENAME]);
    expect([doesNot.status, await doesNot.json()]).toEqual([413, TOO_LARGE]);
  });

  test('with 10,000 tasks and the longest names is within the default limit', async () => {
    const gateway = await servedGateway();
    const id = 'x'.repeat(36);
    const task = { taskId: id, sourceId: id, sourceName: 'x'.repeat(255) };
    const variables = { input: { taskInfo: Array(10_000).fill(task) } };
    const response = await post(gateway, { query: EXPORT, variables });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { data: { exportConsistencyResults: { __typename: 'SmsNotFoundError' } } },
    ]);
  });

  test('with too large a Content-Length is rejected before it is sent', async () => {
    const gateway = await servedGateway({ maxBodyBytes: 1000 });
    const socket = await openSocket(gateway);
    socket.write(postHead({ 'content-length': 1e12 }));
    await once(socket, 'data');
    expect(socket.received).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('that never ends is rejected, and its connection is closed', async () => {
    const gateway = await servedGateway({ maxBodyBytes: 1000 });
    const socket = await openSocket(gateway);
    socket.write(postHead({ 'transfer-encoding': 'chunked' }));
    const closed = socketClosed(socket);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const send = () => socket.write(chunk, (failed) => failed || setImmediate(send));
    send();
    await closed;
    expect(socket.received).toMatch(/^HTTP\/1\.1 413 /);
  });

  test.each([
    ['is not UTF-8', Buffer.from('{"query":"{ __typename }","operationName":"\xff"}', 'latin1')],
    ['ends within a character', Buffer.from('{"query":"{ __typename } # é').subarray(0, -1)],
  ])('that %s is rejected', async (_, body) => {
    const gateway = await servedGateway();
    const response = await post(gateway, '', {}, { body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: [{ message: 'The body is not UTF-8.', extensions: { code: 'BODY_NOT_UTF8' } }] },
    ]);
  });

  test('that is long and incomplete is rejected in favour of newer requests', async () => {
    const gateway = await servedGateway({ maxBodyBytes: LONG, maxBodiesBytes: 32 * LONG });
    // Each connection withholds its last byte. Together they exceed the limit of 32 whole bodies.
    const slow = await Promise.all(Array.from({ length: 33 }, () => openSocket(gateway)));
    for (const socket of slow) socket.write(postHead({ 'content-length': LONG }) + bodyOf(LONG - 1));
    await Promise.race(slow.map((socket) => once(socket, 'data')));
    expect(slow.map(({ received }) => received).find((text) => text !== '')).toMatch(/^HTTP\/1\.1 503 .*OVERLOADED/s);
    expect((await post(gateway, QUERY)).status).toBe(200);
    expect((await post(gateway, bodyOf(LONG))).status).toBe(200);
  });

  test('no longer counts against the limit of all bodies once its response has ended', async () => {
    const gateway = await servedGateway({ maxBodyBytes: LONG, maxBodiesBytes: 32 * LONG });
    for (let sent = 0; sent < 34; sent += 1) {
      const socket = await openSocket(gateway);
      socket.write(`POST * HTTP/1.1\r\nhost: x\r\ncontent-length: ${LONG}\r\n\r\n`);
      await once(socket, 'data');
      const [, response] = [socket.write(bodyOf(LONG)), once(socket, 'data')];
      // Gets its response only after the whole body before it was read.
      socket.write(postHead({ 'content-length': bodyOf(0).length }) + bodyOf(0));
      await response;
      expect(socket.received).toMatch(/^HTTP\/1\.1 400 .*HTTP\/1\.1 200 /s);
      socket.destroy();
    }
    expect((await post(gateway, bodyOf(LONG))).status).toBe(200);
  });
});

/** By Node's HTTP parser: a rejection of the gateway has a body. */
const REJECTED_BY_PARSER = /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/;

describe('a malformed HTTP request', () => {
  test.each([
    ['has no path', 'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n', /^HTTP\/1\.1 400 .*BAD_REQUEST/s],
    [
      'has an invalid Host header',
      'GET /graphql HTTP/1.1\r\nhost: [::bad\r\n\r\n',
      /^HTTP\/1\.1 405 .*METHOD_NOT_ALLOWED/s,
    ],
    [
      'has a length and is chunked',
      `${postHead({ 'content-length': 4, 'transfer-encoding': 'chunked' })}0\r\n\r\n`,
      REJECTED_BY_PARSER,
    ],
    ['has two lengths', postHead({ 'content-length': '4\r\ncontent-length: 5' }), REJECTED_BY_PARSER],
    ['has endless headers', `GET /graphql HTTP/1.1\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['is not HTTP', '\x16\x03\x01 hello\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('that %s is rejected without implementation details', async (_, request, response) => {
    const gateway = await servedGateway();
    const socket = await openSocket(gateway);
    socket.write(request);
    await once(socket, 'data');
    expect(socket.received).toMatch(response);
    expect(socket.received).not.toMatch(/node_modules|\.ts| {4}at /);
  });
});
