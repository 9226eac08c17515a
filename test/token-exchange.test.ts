import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../src/emulator/server.ts';
import { DEMO_TOKEN, EXPIRED_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenExchange } from '../src/sms/auth/token-checks.ts';
import { callsTo } from './support/ask.ts';
import { testClock } from './support/clock.ts';
import { exportResult, gatewayTo, httpServer } from './support/harness.ts';
import { closedOrigin, LIMITS, startTestEmulator } from './support/sms-client.ts';

const EXCHANGE = 'POST /v3.0/OS-CREDENTIAL/securitytokens';
const CALL = 'POST /v3/tasks/consistency-results/export';
const MINUTE = 60_000;

function exchangingGateway(emulator: Emulator, origin = emulator.url) {
  const clock = testClock();
  const iam = iamAt(origin, LIMITS, {}, { clock });
  onTestFinished(() => iam.close());
  return {
    clock,
    gateway: gatewayTo(emulator.url, { auth: 'exchange', key: null, tokenExchange: tokenExchange(iam, clock) }),
  };
}

const withToken = (token: string) => ({ 'x-auth-token': token });

test('exchange mode signs with a temporary key of the caller and does not send the token', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = exchangingGateway(emulator);
  expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
  const [exchange, call] = emulator.requests;
  expect(callsTo(emulator)).toEqual([EXCHANGE, CALL]);
  expect(JSON.parse(exchange?.body ?? '')).toEqual({
    auth: { identity: { methods: ['token'], token: { id: DEMO_TOKEN, duration_seconds: 900 } } },
  });
  expect(call?.headers).not.toHaveProperty('x-auth-token');
  expect(call?.headers).toMatchObject({
    'x-security-token': expect.stringMatching(/^demo-security-token-/),
    authorization: expect.stringMatching(/Access=DEMOTMP\w+, SignedHeaders=[\w;-]*;x-security-token, Signature=/),
  });
});

test('exchange mode keeps the rights of callers apart', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = exchangingGateway(emulator);
  const deleteTask = (token: string) =>
    gateway.send(
      'mutation { deleteTask(input: { id: "nowhere" }) { __typename ... on SmsError { code } } }',
      {},
      withToken(token),
    );
  const typeOf = async (token: string) => Object((await deleteTask(token)).body.data?.['deleteTask']).__typename;
  expect([await typeOf(DEMO_TOKEN), await typeOf(READ_ONLY_TOKEN), await typeOf(DEMO_TOKEN)]).toEqual([
    'SmsNotFoundError',
    'SmsForbiddenError',
    'SmsNotFoundError',
  ]);
  expect(callsTo(emulator).filter((call) => call === EXCHANGE)).toHaveLength(2);
});

test('concurrent requests with the same token cause one exchange', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = exchangingGateway(emulator);
  await Promise.all(Array.from({ length: 10 }, () => exportResult(gateway)));
  expect(callsTo(emulator).filter((call) => call === EXCHANGE)).toHaveLength(1);
});

test('a new key is issued after five minutes, long before the old one ends', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = exchangingGateway(emulator);
  await exportResult(gateway);
  clock.advance(3 * MINUTE - 1);
  await exportResult(gateway);
  expect(callsTo(emulator)).toEqual([EXCHANGE, CALL, CALL]);
  clock.advance(2 * MINUTE + 1);
  await exportResult(gateway);
  expect(callsTo(emulator)).toEqual([EXCHANGE, CALL, CALL, EXCHANGE, CALL]);
});

test('a revoked token is rejected after five minutes although its key is still valid', async () => {
  const emulator = await startTestEmulator();
  const { clock, gateway } = exchangingGateway(emulator);
  await exportResult(gateway);
  emulator.state.tokens.delete(DEMO_TOKEN);
  clock.advance(5 * MINUTE);
  expect(await exportResult(gateway)).toMatchObject({ __typename: 'SmsUnauthenticatedError', code: 'TOKEN_REFUSED' });
  expect(callsTo(emulator)).toEqual([EXCHANGE, CALL, EXCHANGE]);
});

test('a key is given up 90 seconds before its end if that is sooner', async () => {
  const clock = testClock();
  const expires_at = new Date(clock.now() + 3 * MINUTE).toISOString();
  const credential = { access: 'a', secret: 'b', securitytoken: 'c', expires_at };
  let keys = 0;
  const origin = await httpServer((_request, response) => {
    keys += 1;
    response.writeHead(201).end(JSON.stringify({ credential }));
  });
  const iam = iamAt(origin, LIMITS, {}, { clock });
  onTestFinished(() => iam.close());
  const exchange = tokenExchange(iam, clock);
  await exchange.get('token');
  clock.advance(1.5 * MINUTE - 1);
  await exchange.get('token');
  expect(keys).toBe(1);
  clock.advance(1);
  await exchange.get('token');
  expect(keys).toBe(2);
});

test('a rejection is not cached, so a token that becomes valid is accepted', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = exchangingGateway(emulator);
  const call = () => exportResult(gateway, undefined, withToken('soon-good'));
  expect(await call()).toMatchObject({ __typename: 'SmsUnauthenticatedError', code: 'TOKEN_REFUSED' });
  const [user] = emulator.state.users;
  if (user) emulator.state.addToken('soon-good', user);
  expect(await call()).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
});

test.each([
  ['an expired token', withToken(EXPIRED_TOKEN), 'TOKEN_REFUSED', [EXCHANGE]],
  ['no token', {}, 'TOKEN_MISSING', []],
])('%s is rejected before any call to SMS', async (_, headers, code, calls) => {
  const emulator = await startTestEmulator();
  const { gateway } = exchangingGateway(emulator);
  const result = await exportResult(gateway, undefined, headers as Record<string, string>);
  expect(result).toMatchObject({ __typename: 'SmsUnauthenticatedError', code });
  expect(callsTo(emulator)).toEqual(calls);
});

test('SMS is not called while IAM cannot be reached in exchange mode', async () => {
  const emulator = await startTestEmulator();
  const { gateway } = exchangingGateway(emulator, await closedOrigin());
  expect(await exportResult(gateway)).toMatchObject({
    __typename: 'SmsUnavailableError',
    code: 'IAM_UNREACHABLE',
    message: 'IAM could not be reached. Try later.',
  });
  expect(callsTo(emulator)).toEqual([]);
});

test.each([
  ['no key', {}],
  ['a key without a token', { credential: { access: 'a', secret: 'b', expires_at: '2030-01-01T00:00:00Z' } }],
  [
    'a key that cannot be sent',
    { credential: { access: 'a\nb', secret: 'b', securitytoken: 'c', expires_at: '2030' } },
  ],
  ['a key without an end', { credential: { access: 'a', secret: 'b', securitytoken: 'c' } }],
])('%s in the response of IAM is an error', async (_, body) => {
  const emulator = await startTestEmulator();
  const iam = await httpServer((_request, response) => response.writeHead(201).end(JSON.stringify(body)));
  const { gateway } = exchangingGateway(emulator, iam);
  expect(await exportResult(gateway)).toMatchObject({ code: 'IAM_INVALID_ANSWER', reason: 'INVALID_ANSWER' });
});
