import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../src/emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN, EXPIRED_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { checkedFirst, type HeldKey, signed } from '../src/sms/auth/credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck } from '../src/sms/auth/token-checks.ts';
import { callsTo } from './support/ask.ts';
import { testClock } from './support/clock.ts';
import { exportResult, gatewayTo, httpServer, socketServer } from './support/harness.ts';
import { closedOrigin, LIMITS, read, startTestEmulator, upstreamTo } from './support/sms-client.ts';

const CHECK = 'GET /v3/auth/tokens';
const CALL = 'POST /v3/tasks/consistency-results/export';
const MINUTE = 60_000;
const REFUSED = { __typename: 'SmsUnauthenticatedError', code: 'TOKEN_REFUSED' };
const FORBIDDEN = { __typename: 'SmsForbiddenError', code: 'IAM_FORBIDDEN' };
const FAILED = { __typename: 'SmsUnavailableError', code: 'IAM_FAILED', reason: 'UPSTREAM_ERROR' };

/** A gateway that checks tokens with the IAM at `origin`, with a test clock. */
function checkingGateway(emulator: Emulator, origin = emulator.url, key: HeldKey = DEMO_ACCESS_KEY) {
  const clock = testClock();
  const iam = iamAt(origin, LIMITS, {}, { clock });
  onTestFinished(() => iam.close());
  const checkToken = tokenCheck(iam, key, clock);
  return { clock, gateway: gatewayTo(emulator.url, { key, tokenCheck: checkToken }) };
}

const withToken = (token: string) => ({ 'x-auth-token': token });

test('IAM verifies a token once, and the result is cached', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = checkingGateway(emulator);
  for (let call = 0; call < 3; call += 1)
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
  expect(callsTo(emulator)).toEqual([CHECK, CALL, CALL, CALL]);
  expect(emulator.requests[0]?.headers).toMatchObject({ 'x-auth-token': DEMO_TOKEN, 'x-subject-token': DEMO_TOKEN });
  expect(emulator.requests[0]?.headers).not.toHaveProperty('authorization');
});

test.each([
  ['made-up', 'a-token-that-nobody-gave'],
  ['expired', EXPIRED_TOKEN],
])('nothing is signed for a token that is %s, however often it is sent', async (_, token) => {
  const emulator = await startTestEmulator();
  const { gateway } = checkingGateway(emulator);
  for (let call = 0; call < 2; call += 1)
    expect(await exportResult(gateway, undefined, withToken(token))).toEqual({
      __typename: 'SmsUnauthenticatedError',
      message: 'IAM rejected the token: it is not valid, or no longer valid. Get a new token.',
      code: 'TOKEN_REFUSED',
      requestId: null,
      errorParam: null,
      details: null,
    });
  expect(callsTo(emulator)).toEqual([CHECK, CHECK]);
});

test('concurrent requests with the same token cause one check', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = checkingGateway(emulator);
  await Promise.all(Array.from({ length: 10 }, () => exportResult(gateway)));
  await exportResult(gateway, undefined, withToken(READ_ONLY_TOKEN));
  expect(callsTo(emulator).filter((call) => call === CHECK)).toHaveLength(2);
});

test('a slow check delays only the callers who need it', async () => {
  const emulator = await startTestEmulator();
  const iam = iamAt(emulator.url, LIMITS);
  onTestFinished(() => iam.close());
  const gateway = gatewayTo(
    emulator.url,
    { key: DEMO_ACCESS_KEY, tokenCheck: tokenCheck(iam, DEMO_ACCESS_KEY) },
    { connections: 1 },
  );
  await exportResult(gateway);
  emulator.fault({ kind: 'hang', path: '/v3/auth/tokens' });
  let isWaiting = true;
  const waiting = gateway.send('{ overview { waiting } }', {}, withToken(READ_ONLY_TOKEN)).finally(() => {
    isWaiting = false;
  });
  await expect.poll(() => callsTo(emulator)).toEqual([CHECK, CALL, CHECK]);
  expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
  expect(isWaiting).toBe(true);
  await emulator.close();
  await waiting;
});

test('a token is verified again after five minutes', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = checkingGateway(emulator);
  await exportResult(gateway);
  clock.advance(5 * MINUTE);
  await exportResult(gateway);
  expect(callsTo(emulator)).toEqual([CHECK, CALL, CHECK, CALL]);
});

test('a token in use is verified again after three minutes in the background', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = checkingGateway(emulator);
  await exportResult(gateway);
  clock.advance(3 * MINUTE - 1);
  await exportResult(gateway);
  expect(callsTo(emulator)).toEqual([CHECK, CALL, CALL]);
  clock.advance(1);
  await exportResult(gateway);
  await expect.poll(() => callsTo(emulator).toSorted()).toEqual([CHECK, CHECK, CALL, CALL, CALL]);
  clock.advance(3 * MINUTE - 1);
  await exportResult(gateway);
  expect(callsTo(emulator)).toHaveLength(6);
});

test('a verified token is served for five minutes while IAM is unavailable', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = checkingGateway(emulator);
  await exportResult(gateway);
  emulator.fault({ kind: 'reset', path: '/v3/auth/tokens', times: Number.POSITIVE_INFINITY });
  clock.advance(3 * MINUTE);
  for (let seconds = 0; seconds < 120; seconds += 10) {
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
    clock.advance(10_000);
  }
  expect(await exportResult(gateway)).toMatchObject({ __typename: 'SmsUnavailableError' });
});

test('a token is rejected as soon as its renewal finds that it was revoked', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = checkingGateway(emulator);
  await exportResult(gateway);
  emulator.state.tokens.delete(DEMO_TOKEN);
  clock.advance(3 * MINUTE);
  await exportResult(gateway);
  await expect.poll(() => exportResult(gateway)).toMatchObject({ code: 'TOKEN_REFUSED' });
});

test('a token is never cached beyond its expiry', async () => {
  const emulator = await startTestEmulator();
  const [user] = emulator.state.users;
  if (!user) throw new Error('The emulator knows nobody.');
  emulator.state.addToken('short-lived', user, MINUTE);
  const { clock, gateway } = checkingGateway(emulator);
  await exportResult(gateway, undefined, withToken('short-lived'));
  clock.advance(MINUTE);
  await exportResult(gateway, undefined, withToken('short-lived'));
  expect(callsTo(emulator)[2]).toBe(CHECK);
});

test("a token of another account than the key's is rejected if the key's account is known", async () => {
  const emulator = await startTestEmulator();
  const domainId = emulator.state.users[0]?.domain.id ?? '';
  const own = checkingGateway(emulator, undefined, { ...DEMO_ACCESS_KEY, domainId });
  expect(await exportResult(own.gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
  const other = checkingGateway(emulator, undefined, { ...DEMO_ACCESS_KEY, domainId: 'another-account' });
  expect(await exportResult(other.gateway)).toMatchObject({
    __typename: 'SmsForbiddenError',
    code: 'TOKEN_OF_ANOTHER_ACCOUNT',
  });
});

test.each([
  [429, { __typename: 'SmsThrottledError', code: 'IAM_THROTTLED', retryAfter: 7 }],
  [400, { __typename: 'SmsUnavailableError', code: 'IAM_FAILED' }],
  [401, { __typename: 'SmsUnavailableError', code: 'IAM_FAILED' }],
  [403, { __typename: 'SmsUnavailableError', code: 'IAM_FAILED' }],
  [404, { __typename: 'SmsUnavailableError', code: 'IAM_FAILED' }],
  [500, { __typename: 'SmsUnavailableError', code: 'IAM_FAILED', reason: 'UPSTREAM_ERROR' }],
  [302, { __typename: 'SmsUnavailableError', code: 'IAM_FAILED' }],
  [200, { __typename: 'SmsUnavailableError', code: 'IAM_INVALID_ANSWER', reason: 'INVALID_ANSWER' }],
])("an HTTP %d of IAM becomes an error that repeats nothing of IAM's response", async (status, expected) => {
  const emulator = await startTestEmulator();
  const iam = await httpServer((request, response) =>
    response
      .writeHead(status, { 'retry-after': '7', location: 'http://127.0.0.1:1/' })
      .end(`IAM echoes ${request.headers['x-auth-token']}`),
  );
  const { gateway } = checkingGateway(emulator, iam);
  const result = await exportResult(gateway);
  expect(result).toMatchObject(expected);
  expect(JSON.stringify(result)).not.toMatch(/echoes|demo-token/);
  expect(callsTo(emulator)).toEqual([]);
});

const iamError = (code: unknown, message: string, title?: string) =>
  JSON.stringify({ error: { code, message, ...(title !== undefined && { title }) } });

test.each<[string, number, string, object]>([
  ['the token is not valid', 401, iamError(401, 'Not authenticated.', 'Unauthorized'), REFUSED],
  ['the token is not found', 404, iamError(404, 'Could not find token.', 'Not Found'), REFUSED],
  ['the code is a string', 401, iamError('401', 'Not authenticated.', 'Unauthorized'), REFUSED],
  ['the user lacks a permission', 403, iamError(403, 'Not allowed.', 'Forbidden'), FORBIDDEN],
  ['there is no such path', 404, iamError(404, 'The resource could not be found.', 'Not Found'), FAILED],
  ['the request is wrong', 400, iamError(400, 'No token.', 'Bad Request'), FAILED],
  ['another status', 401, iamError(403, 'Not allowed.', 'Forbidden'), FAILED],
  ['no title', 401, iamError(401, 'Not authenticated.'), FAILED],
  ['a code of the API gateway', 401, iamError('APIGW.0301', 'Incorrect IAM token.', 'Unauthorized'), FAILED],
  ['the form of SMS', 401, '{"error_code":"APIGW.0301","error_msg":"decrypt token fail"}', FAILED],
  ['an error that is a text', 401, '{"error":"invalid_token"}', FAILED],
  ['nothing', 401, '', FAILED],
  ['a proxy that requires authentication', 407, '<html>', FAILED],
])("only an error in IAM's own form is about the token: %s", async (_, status, body, expected) => {
  const emulator = await startTestEmulator();
  const iam = await httpServer((_request, response) => response.writeHead(status).end(body));
  const { gateway } = checkingGateway(emulator, iam);
  expect(await exportResult(gateway)).toMatchObject(expected);
  expect(callsTo(emulator)).toEqual([]);
});

test('a failed check that nobody awaits does not end the process', async () => {
  const iam = iamAt(await closedOrigin(), LIMITS);
  onTestFinished(() => iam.close());
  const check = tokenCheck(iam);
  const credentials = checkedFirst(() => check.get(DEMO_TOKEN), signed(DEMO_ACCESS_KEY, DEMO_TOKEN));
  const signal = AbortSignal.abort(new Error('gone'));
  const call = read(upstreamTo(await closedOrigin()), { credentials, requestId: 'a-request', signal });
  await expect(call).rejects.toThrow('gone');
  await expect(check.get(DEMO_TOKEN)).rejects.toMatchObject({ code: 'IAM_UNREACHABLE' });
});

test('SMS is not called while IAM is unreachable, nor IAM after ten failures', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = checkingGateway(emulator, await closedOrigin());
  for (let call = 0; call < 10; call += 1)
    expect(await exportResult(gateway)).toMatchObject({ code: 'IAM_UNREACHABLE', reason: 'UNREACHABLE' });
  expect(await exportResult(gateway)).toMatchObject({ code: 'CIRCUIT_OPEN', retryAfter: 10 });
  clock.advance(10_000);
  expect(await exportResult(gateway)).toMatchObject({ code: 'IAM_UNREACHABLE' });
  expect(callsTo(emulator)).toEqual([]);
});

test.each<[string, (socket: Socket) => void, object]>([
  [
    'breaks in the middle of its response',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"token"', () => socket.resetAndDestroy()),
    {
      code: 'IAM_UNREACHABLE',
      reason: 'UNREACHABLE',
      message: 'The connection to IAM broke in the middle of the response. Try later.',
    },
  ],
  [
    'ends before its response is complete',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"token"'),
    { code: 'IAM_UNREACHABLE', reason: 'UNREACHABLE' },
  ],
  [
    'carries something other than HTTP',
    (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    { code: 'IAM_INVALID_ANSWER', reason: 'INVALID_ANSWER' },
  ],
])('a connection to IAM that %s shows whether IAM or the network failed', async (_, respond, expected) => {
  const origin = await socketServer((socket) => void socket.once('data', () => respond(socket)));
  const iam = iamAt(origin, LIMITS);
  onTestFinished(() => iam.close());
  await expect(iam.verify(DEMO_TOKEN)).rejects.toMatchObject(expected);
});

test('a connection to IAM that is not established in time is a TIMEOUT', async () => {
  // The server never starts the handshake.
  const origin = (await socketServer(() => {})).replace('http:', 'https:');
  const iam = iamAt(origin, { ...LIMITS, totalTimeout: 20 });
  onTestFinished(() => iam.close());
  await expect(iam.verify(DEMO_TOKEN)).rejects.toMatchObject({ code: 'IAM_UNREACHABLE', reason: 'TIMEOUT' });
});
