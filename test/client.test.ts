import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Client } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import {
  EXPORT,
  exportResult,
  gatewayTo,
  httpServer,
  listen,
  socketServer,
  startGateway,
  WEB_TASK,
} from './support/harness.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n';

function unavailable(reason: string, message: string, requestId: string | null = null) {
  return {
    __typename: 'SmsUnavailableError',
    message,
    code: reason,
    reason,
    requestId,
    retryAfter: null,
    errorParam: null,
    details: null,
  };
}

describe('every wait has an end', () => {
  test('for the first byte of an answer', async () => {
    const origin = await socketServer(() => {});
    const gateway = gatewayTo(origin, {}, { headersTimeout: 20 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS did not start to respond within 20 ms. Try later.'),
    );
  });

  test('within an answer', async () => {
    const origin = await answering(`${OK}Content-Length: 100\r\n\r\nthe beginning`);
    const gateway = gatewayTo(origin, {}, { bodyTimeout: 20 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS stalled for more than 20 ms while sending its response. Try later.'),
    );
  });

  test('for the whole answer', async () => {
    const origin = await socketServer(() => {});
    const gateway = gatewayTo(origin, {}, { totalTimeout: 500 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS did not complete its response within 500 ms. Try later.'),
    );
  });

  test('for the whole answer, though some of it comes', async () => {
    const origin = await answering(`${OK}Content-Length: 100\r\n\r\nthe beginning`);
    const gateway = gatewayTo(origin, {}, { totalTimeout: 500 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS did not complete its response within 500 ms. Try later.'),
    );
  });
});

describe('a connection that breaks', () => {
  test('before an answer is told apart from one that breaks within', async () => {
    const { emulator, ...gateway } = await startGateway();
    emulator.fault({ kind: 'reset' });
    const broken = unavailable('UNREACHABLE', 'The connection to SMS broke before the response arrived. Try later.');
    expect(await exportResult(gateway)).toEqual(broken);
    emulator.fault({ kind: 'reset-in-body' });
    expect(await exportResult(gateway)).toEqual(
      unavailable('INVALID_ANSWER', 'The connection to SMS broke in the middle of the response. Try later.'),
    );
    expect(emulator.requests).toHaveLength(2);
  });

  test('is not made where nobody listens', async () => {
    const { emulator, ...gateway } = await startGateway();
    await emulator.close();
    expect(await exportResult(gateway)).toEqual(unavailable('UNREACHABLE', 'SMS could not be reached. Try later.'));
  });
});

describe('an answer that was not promised', () => {
  test.each([301, 302, 303, 307, 308])('such as a redirect (%d) is never followed', async (status) => {
    let visits = 0;
    const elsewhere = await httpServer((_, response) => {
      visits += 1;
      response.end('a file');
    });
    const { emulator, ...gateway } = await startGateway();
    emulator.fault({ kind: 'redirect', location: `${elsewhere}/v3/tasks`, status });
    expect(await exportResult(gateway)).toMatchObject({
      __typename: 'SmsUnavailableError',
      code: `HTTP_${status}`,
      message: `SMS responded with a redirect (HTTP ${status}), which is not followed. Check the endpoint.`,
    });
    expect([visits, emulator.requests.length]).toEqual([0, 1]);
  });

  test.each([true, false])('such as one that is too long is cut off (announced: %s)', async (declared) => {
    const { emulator, ...gateway } = await startGateway({}, { limits: { maxResponseBytes: 1000 } });
    emulator.fault({ kind: 'oversized', bytes: 50_000_000, declared });
    expect(await exportResult(gateway)).toEqual(
      unavailable(
        'INVALID_ANSWER',
        'SMS sent a response of more than 1000 bytes. Request less at once, or raise SMS_MAX_ANSWER_BYTES.',
        expect.stringMatching(/^[0-9a-f]{32}$/),
      ),
    );
  });

  test('such as one that only announces to be too long is not waited for', async () => {
    const origin = await answering(`${OK}Content-Length: 1001\r\n\r\n`);
    expect(await exportResult(gatewayTo(origin, {}, { maxResponseBytes: 1000 }))).toMatchObject({
      code: 'INVALID_ANSWER',
    });
  });

  test('is refused a byte over the limit, and taken at the limit', async () => {
    const gateway = async (bytes: number) => {
      const origin = await httpServer((_, response) => response.end('x'.repeat(bytes)));
      return gatewayTo(origin, {}, { maxResponseBytes: 1000 });
    };
    expect(await exportResult(await gateway(1000))).toMatchObject({ files: [{ size: 1000 }] });
    expect(await exportResult(await gateway(1001))).toMatchObject({ code: 'INVALID_ANSWER' });
  });

  test.each([
    ['x-unknown', 'SMS compressed its response in an unknown way. Try later.'],
    ['gzip, x-unknown', 'SMS compressed its response in an unknown way. Try later.'],
    ['gzip, gzip, gzip, gzip', 'SMS compressed its response in an unknown way. Try later.'],
    ['gzip', 'SMS sent a compressed response that cannot be read. Try later.'],
    ['deflate', 'SMS sent a compressed response that cannot be read. Try later.'],
    ['br', 'SMS sent a compressed response that cannot be read. Try later.'],
  ])('such as one compressed with %s that is none is refused', async (encoding, message) => {
    const origin = await answering(`${OK}Content-Encoding: ${encoding}\r\nContent-Length: 1\r\n\r\nx`);
    expect(await exportResult(gatewayTo(origin))).toEqual(unavailable('INVALID_ANSWER', message));
  });

  test.each([
    [
      'a part of it',
      'HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/100\r\nContent-Length: 4\r\n\r\npart',
      206,
    ],
    ['a part that names no range', 'HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\npart', 206],
    ['a part that is sent as the whole', `${OK}Content-Range: bytes 0-3/100\r\nContent-Length: 4\r\n\r\npart`, 200],
  ])('such as %s is refused', async (_, bytes, status) => {
    const message = `SMS sent only a part of its response (HTTP ${status}), which was not requested. Try later.`;
    expect(await exportResult(gatewayTo(await answering(bytes)))).toEqual(unavailable('INVALID_ANSWER', message));
  });

  test.each([
    ['fewer bytes than announced', 'Content-Length: 100\r\n\r\nthe beginning'],
    ['fewer bytes than announced on its way out', 'Connection: close\r\nContent-Length: 100\r\n\r\nthe beginning'],
    ['no last chunk', 'Transfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n'],
    ['no last chunk on its way out', 'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n'],
    ['half a chunk', 'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nbegin'],
  ])('such as one of %s is refused', async (_, bytes) => {
    const origin = await socketServer((socket) => socket.once('data', () => socket.end(OK + bytes)));
    expect(await exportResult(gatewayTo(origin))).toMatchObject({
      __typename: 'SmsUnavailableError',
      reason: 'INVALID_ANSWER',
    });
  });

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a status that is none', 'HTTP/1.1 abc\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['two lengths', `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`],
    ['a chunk size that is none', `${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
  ])('such as %s is refused', async (_, bytes) => {
    expect(await exportResult(gatewayTo(await answering(bytes)))).toEqual(
      unavailable('INVALID_ANSWER', 'The response of SMS is not valid HTTP. Try later.'),
    );
  });

  test('such as headers without an end is refused', async () => {
    const origin = await socketServer((socket) => {
      const more = () => {
        while (socket.writable && socket.write(`X-Header: ${'x'.repeat(1000)}\r\n`));
      };
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n');
        more();
      });
      socket.on('drain', more);
    });
    expect(await exportResult(gatewayTo(origin))).toEqual(
      unavailable('INVALID_ANSWER', 'The response of SMS is not valid HTTP. Try later.'),
    );
  });
});

test('keeps its connections and uses them again', async () => {
  const connections = new Set<Socket>();
  const origin = await httpServer((request, response) => {
    connections.add(request.socket);
    response.end('a file');
  });
  const gateway = gatewayTo(origin, {}, { connections: 1 });
  for (let call = 0; call < 5; call += 1) await exportResult(gateway);
  expect(connections.size).toBe(1);
});

test('ends the call upstream when the caller leaves', async () => {
  const arrived = Promise.withResolvers<Socket>();
  const origin = await httpServer((request) => arrived.resolve(request.socket));
  const caller = new Client(await listen(gatewayTo(origin)));
  onTestFinished(() => caller.destroy());
  const leaving = new AbortController();
  const answer = caller.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify({ query: EXPORT, variables: { input: { taskInfo: [{ taskId: WEB_TASK }] } } }),
    signal: leaving.signal,
  });
  const upstream = await arrived.promise;
  const ended = once(upstream, 'close');
  leaving.abort();
  await expect(answer).rejects.toThrow('aborted');
  await ended;
});

/** A server that writes these bytes to whoever asks, and leaves the connection open. */
function answering(bytes: string): Promise<string> {
  return socketServer((socket) => socket.once('data', () => socket.write(bytes)));
}
