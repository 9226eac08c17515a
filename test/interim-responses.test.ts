/** Unsolicited interim responses of SMS are skipped. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SmsClient } from '../src/sms/client.ts';
import { socketServer } from './support/harness.ts';
import { FORWARDED, outcomeOf, upstreamTo } from './support/sms-client.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const BODY = '{"id": "HTTP/1.1 100 Continue\\r\\n\\r\\n"}';
const RESPONSE = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const FOUND = JSON.parse(BODY);

/** A client with one connection to an SMS that responds like this to every request, and the requests. */
async function clientOf(respond: (socket: Socket) => void | Promise<void>) {
  const requests: string[] = [];
  let connections = 0;
  const origin = await socketServer((socket) => {
    connections += 1;
    socket.setNoDelay(true).on('data', (bytes: Buffer) => {
      requests.push(bytes.toString());
      void respond(socket);
    });
  });
  const client = new SmsClient(upstreamTo(origin, {}, { connections: 1 }), FORWARDED);
  return { client, requests, connections: () => connections };
}

/** Writes the pieces separately, so that they are read separately. */
const inPieces = (pieces: string[]) => async (socket: Socket) => {
  for (const piece of pieces) {
    if (!socket.write(piece)) await once(socket, 'drain');
    for (let rounds = 0; rounds < 5; rounds += 1) await turn();
  }
};

describe('a call succeeds and keeps its connection if SMS sends before its response:', () => {
  test.each<[string, string[]]>([
    ['100 Continue', [CONTINUE + RESPONSE]],
    ['100 Continue, apart from the response', [CONTINUE, RESPONSE]],
    ['100 Continue in single bytes', [...CONTINUE, RESPONSE]],
    ['100 Continue, which ends within the response', [`${CONTINUE}HTTP/1.`, RESPONSE.slice('HTTP/1.'.length)]],
    ['100 Continue and the response in single bytes', [...CONTINUE, ...RESPONSE]],
    ['100 Continue with headers', [`HTTP/1.1 100 Continue\r\nVia: 1.1 proxy\r\nX-Odd: 1\r\n\r\n${RESPONSE}`]],
    ['100 without a reason', [`HTTP/1.1 100\r\n\r\n${RESPONSE}`]],
    ['100 Continue of HTTP/1.0', [`HTTP/1.0 100 Continue\r\n\r\n${RESPONSE}`]],
    ['100 Continue three times', [CONTINUE + CONTINUE, CONTINUE + RESPONSE]],
    ['102 Processing', [`HTTP/1.1 102 Processing\r\n\r\n${RESPONSE}`]],
    ['103 Early Hints', [`HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n`, RESPONSE]],
    ['all of them', [`HTTP/1.1 103 Early Hints\r\n\r\n${CONTINUE}HTTP/1.1 102 Processing\r\n\r\n${RESPONSE}`]],
    ['nothing, in single bytes', [...RESPONSE]],
  ])('%s', async (_, pieces) => {
    const { client, requests, connections } = await clientOf(inPieces(pieces));
    expect(await client.get('/v3/tasks')).toEqual(FOUND);
    expect(await client.post('/v3/tasks/t-1/action', { operation: 'start' })).toEqual(FOUND);
    expect(await client.get('/v3/tasks')).toEqual(FOUND);
    expect(requests).toHaveLength(3);
    expect(connections()).toBe(1);
  });
});

describe('a change fails once with an unknown outcome if SMS sends', () => {
  test.each<[string, (socket: Socket) => void]>([
    [
      '101 Switching Protocols',
      (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'),
    ],
    ['100 Continue and then an end', (socket) => void socket.end(CONTINUE)],
    ['half of 100 Continue and then an end', (socket) => void socket.end(CONTINUE.slice(0, 11))],
    ['100 Continue and then nonsense', (socket) => void socket.write(`${CONTINUE}nonsense\r\n\r\n`)],
    ['100 Continue without end', (socket) => void socket.write(CONTINUE.repeat(10_000))],
    [
      'a head of 100 Continue without end',
      (socket) => void socket.write(`HTTP/1.1 100 Continue\r\nX-Odd: ${'x'.repeat(100_000)}`),
    ],
  ])('%s', async (_, respond) => {
    const { client, requests } = await clientOf(respond);
    expect(await outcomeOf(client.post('/v3/tasks/t-1/action', { operation: 'start' }))).toBe('OUTCOME_UNKNOWN');
    expect(requests).toHaveLength(1);
  });
});

test('100 Continue after a response closes the connection and fails no call', async () => {
  const { client, requests } = await clientOf((socket) => void socket.write(RESPONSE + CONTINUE));
  for (const path of ['/v3/tasks', '/v3/sources', '/v3/migprojects']) expect(await client.get(path)).toEqual(FOUND);
  expect(requests).toHaveLength(3);
});
