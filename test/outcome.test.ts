/** A change that fails: whether it may have been carried out, and what to check before it is repeated. */
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkedFirst, forwarded } from '../src/sms/auth/credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck } from '../src/sms/auth/token-checks.ts';
import { SmsClient } from '../src/sms/client.ts';
import { ask, errorsOf } from './support/ask.ts';
import { type Gateway, gatewayTo, httpServer, socketServer, startGateway } from './support/harness.ts';
import { closedOrigin, errorOf, FORWARDED, LIMITS, outcomeOf, upstreamTo, write } from './support/sms-client.ts';

const FIELDS = '... on SmsError { __typename message code } ... on SmsUnavailableError { reason outcome }';
const CREATE = `mutation { createMigrationProject(input: { name: "wave-3", region: "r-1", type: MIGRATE_FILE }) { ${FIELDS} } }`;
const CHECK = 'check the list of migration projects before you repeat it.';
const ADVICE = `Whether the call was carried out is not known: ${CHECK}`;

async function created(gateway: Gateway): Promise<unknown> {
  const { createMigrationProject } = await ask(gateway, CREATE);
  return createMigrationProject;
}

/** A gateway to an SMS that does this once it has read a request completely, and these requests. */
async function gatewayMeeting(respond: (socket: Socket) => void, limits = {}) {
  const requests: string[] = [];
  const origin = await socketServer((socket) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      const end = text.indexOf('\r\n\r\n') + 4;
      if (end < 4 || text.length < end + length) return;
      requests.push(text.split('\r\n', 1)[0] ?? '');
      text = '';
      respond(socket);
    });
  });
  return { ...gatewayTo(origin, { auth: 'forward' }, { connections: 1, ...limits }), requests };
}

const status =
  (line: string, body = '{}') =>
  (socket: Socket) =>
    void socket.write(
      `HTTP/1.1 ${line}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n';

describe('a change has an unknown outcome if SMS has read it and responds with', () => {
  const broke = {
    reason: 'UNREACHABLE',
    message: `The connection to SMS broke before the response arrived. ${ADVICE}`,
  };
  const half = {
    reason: 'INVALID_ANSWER',
    message: `The connection to SMS broke in the middle of the response. ${ADVICE}`,
  };
  const timeout = (message: string) => ({ reason: 'TIMEOUT', message: `${message} ${ADVICE}` });
  const failed = (code: number) => ({
    reason: 'UPSTREAM_ERROR',
    code: `HTTP_${code}`,
    message: `SMS failed with HTTP ${code}. ${ADVICE}`,
  });

  it.each<[string, (socket: Socket) => void, object, object?]>([
    ['a reset', (socket) => void socket.resetAndDestroy(), broke],
    ['a close', (socket) => void socket.end(), broke],
    ['half a status line', (socket) => void socket.end('HTTP/1.1 20'), broke],
    ['half of the headers', (socket) => void socket.end(OK), broke],
    ['half a body', (socket) => void socket.end(`${OK}\r\n{"id":`), half],
    ['half a body and a reset', (socket) => void socket.write(`${OK}\r\n{`, () => socket.resetAndDestroy()), half],
    [
      'a chunked body without its end',
      (socket) => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"id"'),
      half,
    ],
    [
      'bytes that are not HTTP',
      (socket) => void socket.write('hello\r\n\r\n'),
      { reason: 'INVALID_ANSWER', message: `The response of SMS is not valid HTTP. ${ADVICE}` },
    ],
    [
      'a web page',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<a>'),
      { reason: 'INVALID_ANSWER', message: `SMS responded with a web page. ${ADVICE}` },
    ],
    ['500', status('500 Internal Server Error'), failed(500)],
    ['502', status('502 Bad Gateway'), failed(502)],
    ['503', status('503 Service Unavailable'), failed(503)],
    ['504', status('504 Gateway Timeout'), failed(504)],
    ['408', status('408 Request Timeout'), failed(408)],
    [
      '504 in words of SMS',
      status('504 Gateway Timeout', '{"error_code":"SMS.0602","error_msg":"Too slow."}'),
      { reason: 'UPSTREAM_ERROR', code: 'SMS.0602', message: `Too slow. ${ADVICE}` },
    ],
    [
      'a redirect',
      (socket) => void socket.write('HTTP/1.1 303 See Other\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n'),
      {
        reason: 'UPSTREAM_ERROR',
        code: 'HTTP_303',
        message: `SMS responded with a redirect (HTTP 303), which is not followed. Check the endpoint. ${ADVICE}`,
      },
    ],
    ['no response', () => {}, timeout('SMS did not complete its response within 2000 ms.'), { totalTimeout: 2_000 }],
    ['no first byte in time', () => {}, timeout('SMS did not start to respond within 60 ms.'), { headersTimeout: 60 }],
    [
      'a body that stops',
      (socket) => void socket.write(`${OK}\r\n{`),
      timeout('SMS stalled for more than 60 ms while sending its response.'),
      { bodyTimeout: 60 },
    ],
  ])('%s', async (_, respond, error, limits) => {
    const gateway = await gatewayMeeting(respond, limits);
    const unknown = { __typename: 'SmsUnavailableError', code: 'OUTCOME_UNKNOWN', outcome: 'UNKNOWN' };
    expect(await created(gateway)).toEqual({ ...unknown, ...error });
    expect(gateway.requests).toEqual(['POST /v3/migprojects HTTP/1.1']);
  });

  it('the close of a kept connection after the next call was written', async () => {
    let responses = 0;
    const gateway = await gatewayMeeting((socket) => {
      responses += 1;
      if (responses === 1) status('200 OK', '{"id":"p-1"}')(socket);
      else socket.destroy();
    });
    expect(await created(gateway)).toEqual({});
    expect(await created(gateway)).toMatchObject({ code: 'OUTCOME_UNKNOWN', outcome: 'UNKNOWN' });
    expect(gateway.requests).toHaveLength(2);
  });
});

describe('the error of a change with an unknown outcome says what to check:', () => {
  it.each([
    ['deleteTasks(input: { ids: ["t-1"] })', 'the list of tasks'],
    ['deleteTask(input: { id: "t-1" })', 'the task'],
    ['updateTaskStatus(input: { id: "t-1", operation: START })', 'the task'],
    ['deleteServers(input: { ids: ["s-1"] })', 'the list of source servers'],
    ['updateServer(input: { id: "s-1", name: "n" })', 'the source server'],
    ['deleteServerTemplates(input: { ids: ["v-1"] })', 'the list of templates'],
    ['deleteServerTemplate(input: { id: "v-1" })', 'the template'],
    ['deleteMigrationProject(input: { id: "p-1" })', 'the migration project'],
    ['acceptPrivacyAgreement', 'what it should have changed'],
  ])('%s', async (mutation, subject) => {
    const gateway = await gatewayMeeting((socket) => void socket.end());
    const result = await ask(gateway, `mutation { ${mutation} { ${FIELDS} } }`);
    expect(Object.values(result)).toEqual([
      expect.objectContaining({
        message: `The connection to SMS broke before the response arrived. Whether the call was carried out is not known: check ${subject} before you repeat it.`,
      }),
    ]);
  });
});

describe('a change was not sent if', () => {
  const notSent = { __typename: 'SmsUnavailableError', outcome: 'NOT_SENT' };

  it('nobody listens, or SMS has failed too often before', async () => {
    const gateway = gatewayTo(await closedOrigin(), { auth: 'forward' });
    const unreachable = {
      ...notSent,
      code: 'UNREACHABLE',
      reason: 'UNREACHABLE',
      message: 'SMS could not be reached. Try later.',
    };
    expect(await created(gateway)).toEqual(unreachable);
    for (let call = 0; call < 10; call += 1) await created(gateway);
    expect(await created(gateway)).toMatchObject({ ...notSent, code: 'CIRCUIT_OPEN' });
  });

  it.each([
    ['the TLS handshake does not end in time', () => {}, { connectTimeout: 50 }, 'TIMEOUT'],
    ['its deadline passes during the handshake', () => {}, { totalTimeout: 50 }, 'TIMEOUT'],
    [
      'the handshake fails',
      (socket: Socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      {},
      'TLS_FAILED',
    ],
  ])('%s', async (_, respond, limits, code) => {
    const origin = await socketServer((socket) => void socket.on('data', () => respond(socket)));
    const gateway = gatewayTo(origin.replace('http:', 'https:'), { auth: 'forward' }, limits);
    expect(await created(gateway)).toMatchObject({ ...notSent, code });
  });

  it('its deadline passed before it had a connection', async () => {
    let requests = 0;
    const origin = await httpServer(() => {
      requests += 1;
    });
    const upstream = upstreamTo(origin, {}, { connections: 1 });
    const leaving = new AbortController();
    const first = write(new SmsClient(upstream, { ...FORWARDED, signal: leaving.signal }));
    await expect.poll(() => requests, { timeout: 10_000 }).toBe(1);
    const error = await errorOf(write(new SmsClient(upstream, { ...FORWARDED, timeLeft: () => 50 })));
    expect(error).toMatchObject({
      outcome: 'NOT_SENT',
      code: 'TIMEOUT',
      reason: 'TIMEOUT',
      message: 'The deadline passed before the call could be sent to SMS. Try later.',
    });
    leaving.abort(new Error('The caller has left.'));
    await expect(first).rejects.toThrow('The caller has left.');
    expect(requests).toBe(1);
  });

  it("the gateway's key is suspended", async () => {
    const { emulator, ...gateway } = await startGateway();
    const message = 'Incorrect IAM authentication information: verify aksk signature fail';
    const body = { error_code: 'APIGW.0301', error_msg: message };
    emulator.fault({ kind: 'status', status: 401, body });
    await created(gateway);
    expect(await created(gateway)).toMatchObject({ ...notSent, code: 'KEY_RESTING' });
    expect(emulator.requests).toHaveLength(1);
  });

  it('IAM does not respond', async () => {
    const iam = iamAt(await closedOrigin(), LIMITS);
    const credentials = checkedFirst(() => tokenCheck(iam).get('a-token'), forwarded('a-token'));
    const error = await errorOf(write(new SmsClient(upstreamTo(await closedOrigin()), { ...FORWARDED, credentials })));
    expect(error).toMatchObject({ code: 'IAM_UNREACHABLE', outcome: 'NOT_SENT' });
    await iam.close();
  });
});

it('reads have an outcome too, and keep their codes', async () => {
  const gateway = await gatewayMeeting((socket) => void socket.end());
  const result = await gateway.send('{ privacyAgreement { flag } }');
  const extensions = { type: 'SmsUnavailableError', code: 'UNREACHABLE', outcome: 'UNKNOWN' };
  expect(errorsOf(result)).toEqual([{ path: ['privacyAgreement'], extensions }]);
  const dead = await gatewayTo(await closedOrigin()).send('{ privacyAgreement { flag } }');
  expect(errorsOf(dead)).toEqual([{ path: ['privacyAgreement'], extensions: { ...extensions, outcome: 'NOT_SENT' } }]);
});

it('a change is never sent twice, whatever its outcome', async () => {
  const gateway = await gatewayMeeting((socket) => void socket.end());
  const upstream = upstreamTo(await closedOrigin(), { retries: 2 });
  expect(await outcomeOf(write(new SmsClient(upstream, FORWARDED)))).toBe('UNREACHABLE');
  await created(gateway);
  expect(gateway.requests).toHaveLength(1);
});
