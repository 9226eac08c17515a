/** The limit of open files, which sockets count against. */
import type { Socket } from 'node:net';
import { Pool } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSocket, postHead, socketClosed } from './support/gateway.ts';
import { httpServer, WEB_TASK } from './support/harness.ts';
import { startGatewayProcess } from './support/process.ts';

/** More failures in a row than open a circuit. */
const CALLS = 15;
const BODY = JSON.stringify({ query: `{ migrationTask(id: "${WEB_TASK}") { id } }` });
const CHANGE = JSON.stringify({
  query: `mutation { deleteTask(input: { id: "${WEB_TASK}" }) { __typename ... on SmsUnavailableError { code outcome } } }`,
});
const FOUND = { data: { migrationTask: { id: WEB_TASK } } };

/** An SMS and IAM that closes the connection after each response. */
function closingServer(): Promise<string> {
  return httpServer((request, response) => {
    const token = { expires_at: '2999-01-01T00:00:00.000000Z' };
    const body = request.url === '/v3/auth/tokens' ? { token } : { id: WEB_TASK };
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
  });
}

/** At a signal, opens files up to the limit; at the next signal, closes them. */
const EXHAUST = `
  import { closeSync, openSync } from 'node:fs';
  let held = [];
  process.on('SIGUSR2', () => {
    if (held.length > 0) {
      held.forEach(closeSync);
      held = [];
      process.stderr.write('all closed\\n');
      return;
    }
    try { for (;;) held.push(openSync('/dev/null')); } catch { process.stderr.write('all open\\n'); }
  });`;

// Windows has no such limits and signals.
describe.skipIf(process.platform === 'win32')('a gateway with a limit of open files', () => {
  test.each([
    ['SMS', {}],
    ['IAM', { HUAWEICLOUD_SDK_AK: 'the-ak', HUAWEICLOUD_SDK_SK: 'the-sk' }],
  ])('reports OUT_OF_SOCKETS while it has no socket for a call to %s, and recovers at once', async (who, key) => {
    const url = await closingServer();
    const iam: Record<string, string> = who === 'IAM' ? { HUAWEICLOUD_SDK_IAM_ENDPOINT: url } : {};
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(EXHAUST)}`;
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: url, ...key, ...iam, NODE_OPTIONS }, { openFiles: 256 });
    const client = new Pool(gateway.url, { connections: 1 });
    onTestFinished(() => client.destroy());
    let number = 0;
    const send = async (document = BODY) => {
      number += 1;
      const headers = { 'content-type': 'application/json', 'x-auth-token': `a-token-${number}` };
      const { body } = await client.request({ method: 'POST', path: '/graphql', headers, body: document });
      return body.json();
    };
    const toggle = async (reported: string) => {
      gateway.signal('SIGUSR2');
      await expect.poll(() => gateway.output.stderr).toContain(reported);
    };
    expect(await send()).toEqual(FOUND);
    await toggle('all open');
    // Without IAM the request is rejected before any resolver runs.
    const data = who === 'IAM' ? null : { migrationTask: null };
    for (let call = 0; call < CALLS; call += 1)
      expect(await send()).toEqual({
        data,
        errors: [
          expect.objectContaining({
            message: `The gateway has no sockets left for a call to ${who} (EMFILE). Nothing was sent. Try later.`,
            extensions: {
              type: 'SmsUnavailableError',
              code: 'OUT_OF_SOCKETS',
              outcome: 'NOT_SENT',
              requestId: null,
              retryAfter: 1,
            },
          }),
        ],
      });
    expect(JSON.stringify(await send(CHANGE))).toMatch(/"code":"OUT_OF_SOCKETS","outcome":"NOT_SENT"/);
    await toggle('all closed');
    expect(await send()).toEqual(FOUND);
  });

  test('keeps enough sockets for its calls to SMS, however many clients connect', async () => {
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: await closingServer() }, { openFiles: 256 });
    const sockets: (Socket & { received: string })[] = [];
    for (;;) {
      const socket = await openSocket(gateway);
      sockets.push(socket);
      // The first connection beyond the limit is closed at once.
      if (await Promise.race([socketClosed(socket).then(() => true), firstResponse(socket).then(() => false)])) break;
    }
    expect(sockets.length).toBeGreaterThan(16);
    const [first] = sockets;
    if (first) first.received = '';
    first?.write(postHead({ 'content-length': BODY.length, 'x-auth-token': 'a-token' }) + BODY);
    await expect.poll(() => first?.received).toContain(JSON.stringify(FOUND));
  });
});

async function firstResponse(socket: Socket): Promise<void> {
  socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve));
}
