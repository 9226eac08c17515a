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

describe('a call to SMS ends with TIMEOUT', () => {
  test('if the first byte does not arrive in time', async () => {
    const origin = await socketServer(() => {});
    const gateway = gatewayTo(origin, {}, { headersTimeout: 20 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS did not start to respond within 20 ms. Try later.'),
    );
  });

  test('if the response stalls', async () => {
    const origin = await serverSending(`${OK}Content-Length: 100\r\n\r\nthe beginning`);
    const gateway = gatewayTo(origin, {}, { bodyTimeout: 20 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS stalled for more than 20 ms while sending its response. Try later.'),
    );
  });

  test('if the response is not complete in time', async () => {
    const origin = await socketServer(() => {});
    const gateway = gatewayTo(origin, {}, { totalTimeout: 500 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS did not complete its response within 500 ms. Try later.'),
    );
  });

  test('if the response is not complete in time, though some of it arrives', async () => {
    const origin = await serverSending(`${OK}Content-Length: 100\r\n\r\nthe beginning`);
    const gateway = gatewayTo(origin, {}, { totalTimeout: 500 });
    expect(await exportResult(gateway)).toEqual(
      unavailable('TIMEOUT', 'SMS did not complete its response within 500 ms. Try later.'),
    );
  });
});

describe('a call whose connection fails', () => {
  test('says whether the connection broke before the response or within it', async () => {
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

  test('is UNREACHABLE if nobody listens', async () => {
    const { emulator, ...gateway } = await startGateway();
    await emulator.close();
    expect(await exportResult(gateway)).toEqual(unavailable('UNREACHABLE', 'SMS could not be reached. Try later.'));
  });
});

describe('a call with an unexpected response', () => {
  test.each([301, 302, 303, 307, 308])('never follows a redirect (%d)', async (status) => {
    let visits = 0;
    const elsewhere = await httpServer((_, response) => {
      visits += 1;
      response.end('a,file');
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

  test.each([true, false])('stops reading a response that is too long (announced: %s)', async (declared) => {
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

  test('does not wait for a body whose announced length is too long', async () => {
    const origin = await serverSending(`${OK}Content-Length: 1001\r\n\r\n`);
    expect(await exportResult(gatewayTo(origin, {}, { maxResponseBytes: 1000 }))).toMatchObject({
      code: 'INVALID_ANSWER',
    });
  });

  test('accepts a response of exactly the limit and rejects one of a byte more', async () => {
    const gateway = async (bytes: number) => {
      const origin = await httpServer((_, response) => response.end(','.repeat(bytes)));
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
  ])('rejects a body that is not %s as its header says', async (encoding, message) => {
    const origin = await serverSending(`${OK}Content-Encoding: ${encoding}\r\nContent-Length: 1\r\n\r\nx`);
    expect(await exportResult(gatewayTo(origin))).toEqual(unavailable('INVALID_ANSWER', message));
  });

  test.each([
    [
      'a part of the response',
      'HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/100\r\nContent-Length: 4\r\n\r\npart',
      206,
    ],
    ['a part that names no range', 'HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\npart', 206],
    [
      'a part with the status of a complete response',
      `${OK}Content-Range: bytes 0-3/100\r\nContent-Length: 4\r\n\r\npart`,
      200,
    ],
    [
      'several parts with the status of a complete response',
      `HTTP/1.1 200 OK\r\nContent-Type: multipart/byteranges; boundary=x\r\nContent-Length: 4\r\n\r\npart`,
      200,
    ],
    ['a difference to another response', 'HTTP/1.1 226 IM Used\r\nContent-Length: 4\r\n\r\npart', 226],
  ])('rejects %s', async (_, bytes, status) => {
    const message = `SMS sent only a part of its response (HTTP ${status}), which was not requested. Try later.`;
    expect(await exportResult(gatewayTo(await serverSending(bytes)))).toEqual(unavailable('INVALID_ANSWER', message));
  });

  test.each([205, 207, 208, 299])('rejects a successful status that SMS does not use: HTTP %i', async (status) => {
    const origin = await serverSending(`HTTP/1.1 ${status} Success\r\nContent-Length: 4\r\n\r\na,b\n`);
    const message = `SMS responded with HTTP ${status}, a status that it does not use. It probably comes from a proxy. Try later.`;
    expect(await exportResult(gatewayTo(origin))).toEqual(unavailable('INVALID_ANSWER', message));
  });

  test.each([
    ['fewer bytes than announced', 'Content-Length: 100\r\n\r\nthe beginning'],
    [
      'fewer bytes than announced with Connection: close',
      'Connection: close\r\nContent-Length: 100\r\n\r\nthe beginning',
    ],
    ['no last chunk', 'Transfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n'],
    ['no last chunk with Connection: close', 'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n'],
    ['half a chunk', 'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nbegin'],
  ])('rejects a response of %s', async (_, bytes) => {
    const origin = await socketServer((socket) => socket.once('data', () => socket.end(OK + bytes)));
    expect(await exportResult(gatewayTo(origin))).toMatchObject({
      __typename: 'SmsUnavailableError',
      reason: 'INVALID_ANSWER',
    });
  });

  test.each([
    ['bytes that are not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['an invalid status', 'HTTP/1.1 abc\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['two lengths', `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`],
    ['an invalid chunk size', `${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
  ])('rejects %s', async (_, bytes) => {
    expect(await exportResult(gatewayTo(await serverSending(bytes)))).toEqual(
      unavailable('INVALID_ANSWER', 'The response of SMS is not valid HTTP. Try later.'),
    );
  });

  test('rejects headers without an end', async () => {
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

test('connections to SMS are reused', async () => {
  const connections = new Set<Socket>();
  const origin = await httpServer((request, response) => {
    connections.add(request.socket);
    response.end('a,file');
  });
  const gateway = gatewayTo(origin, {}, { connections: 1 });
  for (let call = 0; call < 5; call += 1) await exportResult(gateway);
  expect(connections.size).toBe(1);
});

test('a call to SMS ends when its client disconnects', async () => {
  const arrived = Promise.withResolvers<Socket>();
  const origin = await httpServer((request) => arrived.resolve(request.socket));
  const caller = new Client(await listen(gatewayTo(origin)));
  onTestFinished(() => caller.destroy());
  const leaving = new AbortController();
  const response = caller.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify({ query: EXPORT, variables: { input: { taskInfo: [{ taskId: WEB_TASK }] } } }),
    signal: leaving.signal,
  });
  const upstream = await arrived.promise;
  const ended = once(upstream, 'close');
  leaving.abort();
  await expect(response).rejects.toThrow('aborted');
  await ended;
});

/** A server that responds with these bytes and leaves the connection open. */
function serverSending(bytes: string): Promise<string> {
  return socketServer((socket) => socket.once('data', () => socket.write(bytes)));
}
