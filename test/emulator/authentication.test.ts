import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  DEMO_ACCESS_KEY,
  DEMO_TOKEN,
  EXPIRED_TOKEN,
  NO_RIGHTS_TOKEN,
  READ_ONLY_TOKEN,
} from '../../src/emulator/world/demo-credentials.ts';
import { authorization, canonicalRequest, sdkDate, signedHeaderNames } from '../../src/sms/sign.ts';
import { anEmulator, call, movableClock, NOON, WEB_TASK } from './support/harness.ts';

interface Sample {
  name: string;
  request_line: string;
  headers: [name: string, value: string][];
  body: string | null;
  signature_valid: boolean;
}

const { samples } = JSON.parse(readFileSync(new URL('../wire-samples.json', import.meta.url), 'utf8')) as {
  samples: Sample[];
};
const vectors = JSON.parse(readFileSync(new URL('../sign.vectors.json', import.meta.url), 'utf8')) as {
  cases: { input: { credential: { ak: string; sk: string } } }[];
};
const { ak, sk } = vectors.cases[0]?.input.credential ?? { ak: '', sk: '' };

test.each(samples)('the signature of $name gets the same outcome as from an independent verifier', async (sample) => {
  const headers = Object.fromEntries(sample.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const emulator = await anEmulator({ now: () => timeOf(headers['x-sdk-date'] ?? '20261124T083121Z') });
  const [user] = emulator.state.users;
  if (!user) throw new Error('no user');
  const securityToken = headers['x-security-token'];
  const temporary = securityToken === undefined ? null : { securityToken, expiresAt: Number.POSITIVE_INFINITY };
  emulator.state.addKey(ak, sk, user, temporary);
  if (headers['x-auth-token']) emulator.state.addToken(headers['x-auth-token'], user);
  const response = await sendRaw(emulator, sample);
  expect(response.startsWith('HTTP/1.1 401 '), response).toBe(!sample.signature_valid);
});

test.each([
  ['with its own key', 200, DEMO_ACCESS_KEY, {}],
  ['with its own key, plus a valid token', 200, DEMO_ACCESS_KEY, { 'X-Auth-Token': DEMO_TOKEN }],
  ['with its own key, plus an expired token', 401, DEMO_ACCESS_KEY, { 'X-Auth-Token': EXPIRED_TOKEN }],
  ['with its own key, plus a token without rights', 403, DEMO_ACCESS_KEY, { 'X-Auth-Token': NO_RIGHTS_TOKEN }],
  ['with a wrong secret', 401, { ...DEMO_ACCESS_KEY, sk: 'wrong' }, {}],
  ['with a wrong secret, plus a valid token', 401, { ...DEMO_ACCESS_KEY, sk: 'wrong' }, { 'X-Auth-Token': DEMO_TOKEN }],
  ['with an unknown key', 401, { ak: 'NOSUCHKEY', sk: 'x' }, {}],
])('a call that is signed %s gets status %d', async (_, status, key, headers) => {
  const emulator = await anEmulator();
  expect((await signedCall(emulator, key, { headers })).status).toBe(status);
});

test.each([
  ['no credentials', {}, 'x-auth-token not found'],
  ['an unknown token', { 'X-Auth-Token': 'made-up' }, 'decrypt token fail'],
  ['an expired token', { 'X-Auth-Token': EXPIRED_TOKEN }, 'decrypt token fail'],
  ['an empty token', { 'X-Auth-Token': '' }, 'decrypt token fail'],
  ['another Authorization scheme', { Authorization: 'Bearer x' }, 'authorization format is incorrect'],
  [
    'a signature that is not hex',
    { Authorization: 'SDK-HMAC-SHA256 Access=DEMOACCESSKEY0000001, SignedHeaders=host, Signature=xyz' },
    'authorization format is incorrect',
  ],
])('a call with %s is rejected with 401', async (_, headers, reason) => {
  const emulator = await anEmulator();
  const response = await call(emulator, 'GET', '/v3/tasks', undefined, headers as Record<string, string>);
  expect([response.status, response.json]).toEqual([
    401,
    {
      error_code: 'APIGW.0301',
      error_msg: `Incorrect IAM authentication information: ${reason}`,
      request_id: response.headers.get('x-request-id'),
    },
  ]);
});

test('an invalid signature is answered with the canonical request', async () => {
  const emulator = await anEmulator();
  const response = await signedCall(emulator, { ...DEMO_ACCESS_KEY, sk: 'wrong' });
  expect(messageOf(response)).toBe(
    `Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:${response.canonical.replaceAll('\n', '|')}`,
  );
});

test.each([
  [14, 200],
  [-14, 200],
  [15, 200],
  [16, 401],
  [-16, 401],
])('a signature whose clock is %d minutes off gets status %d', async (minutes, status) => {
  const emulator = await anEmulator();
  const time = NOON + minutes * 60_000;
  const response = await signedCall(emulator, DEMO_ACCESS_KEY, { time });
  expect(response.status).toBe(status);
  if (status === 401) {
    const times = `signature time:${sdkDate(new Date(time))},server time:20261124T083121Z`;
    expect(messageOf(response)).toBe(`Incorrect IAM authentication information: signature expired, ${times}`);
  }
});

test.each(['', '20261124', '20261399T083121Z', 'now'])('a signature with the date "%s" is rejected', async (date) => {
  const emulator = await anEmulator();
  expect((await signedCall(emulator, DEMO_ACCESS_KEY, { headers: { 'X-Sdk-Date': date } })).status).toBe(401);
});

test('more than five invalid signatures in a row lock a key for five minutes', async () => {
  const clock = movableClock();
  const emulator = await anEmulator(clock);
  const wrong = { ...DEMO_ACCESS_KEY, sk: 'wrong' };
  for (let attempt = 1; attempt <= 5; attempt += 1) await signedCall(emulator, wrong);
  expect((await signedCall(emulator, DEMO_ACCESS_KEY)).status).toBe(200);
  for (let attempt = 1; attempt <= 6; attempt += 1) await signedCall(emulator, wrong);
  const locked = await signedCall(emulator, DEMO_ACCESS_KEY);
  expect([locked.status, messageOf(locked)]).toEqual([401, expect.stringContaining('failed to reach the limit')]);
  clock.advance(5 * 60_000);
  expect((await signedCall(emulator, DEMO_ACCESS_KEY, { time: clock.now() })).status).toBe(200);
});

test('signatures, tokens and keys stay valid when the clock of migrations advances by a year', async () => {
  const emulator = await anEmulator();
  const year = { advance: 365 * 86_400_000 };
  expect((await call(emulator, 'POST', '/emulator/clock', year, {})).status).toBe(200);
  expect((await signedCall(emulator, DEMO_ACCESS_KEY)).status).toBe(200);
  expect((await call(emulator, 'GET', '/v3/tasks')).status).toBe(200);
  expect(emulator.state.now()).toBe(NOON + year.advance);
});

test('a temporary key requires its own security token, which the signature covers, until it expires', async () => {
  const clock = movableClock();
  const emulator = await anEmulator(clock);
  const [user] = emulator.state.users;
  if (!user) throw new Error('no user');
  emulator.state.addKey('TEMP', 'secret', user, { securityToken: 'belongs', expiresAt: NOON + 60_000 });
  const key = { ak: 'TEMP', sk: 'secret' };
  const status = async (headers: Record<string, string>) => (await signedCall(emulator, key, { headers })).status;
  expect(await status({ 'X-Security-Token': 'belongs' })).toBe(200);
  expect(await status({ 'X-Security-Token': 'another' })).toBe(401);
  expect(await status({})).toBe(401);
  expect((await signedCall(emulator, DEMO_ACCESS_KEY, { headers: { 'X-Security-Token': 'belongs' } })).status).toBe(
    401,
  );
  const unsigned = await signedCall(emulator, key, { unsigned: { 'X-Security-Token': 'belongs' } });
  expect(unsigned.status).toBe(401);
  clock.advance(60_000);
  expect(await status({ 'X-Security-Token': 'belongs' })).toBe(401);
});

test('a signature must match the received body, whatever X-Sdk-Content-Sha256 says', async () => {
  const emulator = await anEmulator();
  const body = `{"task_info":[{"task_id":"${WEB_TASK}"}]}`;
  const wrongHash = { 'X-Sdk-Content-Sha256': '0'.repeat(64) };
  const options = { method: 'POST', path: '/v3/tasks/consistency-results/export', body };
  expect((await signedCall(emulator, DEMO_ACCESS_KEY, options)).status).toBe(200);
  expect((await signedCall(emulator, DEMO_ACCESS_KEY, { ...options, headers: wrongHash })).status).toBe(401);
  expect((await signedCall(emulator, DEMO_ACCESS_KEY, { ...options, sentBody: `${body} ` })).status).toBe(401);
});

test('the read-only user can read, but not write or see secrets', async () => {
  const emulator = await anEmulator();
  const token = { 'X-Auth-Token': READ_ONLY_TOKEN };
  expect((await call(emulator, 'GET', `/v3/tasks/${WEB_TASK}`, undefined, token)).status).toBe(200);
  expect((await call(emulator, 'DELETE', `/v3/tasks/${WEB_TASK}`, undefined, token)).status).toBe(403);
  expect((await call(emulator, 'GET', `/v3/tasks/${WEB_TASK}/passphrase`, undefined, token)).status).toBe(403);
  expect(emulator.state.tasks.has(WEB_TASK)).toBe(true);
});

interface Options {
  method?: string;
  path?: string;
  body?: string;
  sentBody?: string;
  time?: number;
  headers?: Record<string, string>;
  unsigned?: Record<string, string>;
}

/** A call signed like those of the gateway. */
async function signedCall(emulator: Emulator, key: { ak: string; sk: string }, options: Options = {}) {
  const { method = 'GET', path = '/v3/sources', body, sentBody = body, time = NOON, headers: extra = {} } = options;
  const headers = {
    Host: new URL(emulator.url).host,
    'Content-Type': 'application/json',
    'X-Sdk-Date': sdkDate(new Date(time)),
    ...extra,
  };
  const request = { method, path, headers, body: body ?? null };
  const sent = { ...headers, ...options.unsigned, Authorization: authorization(request, key) };
  const response = await call(emulator, method, path, sentBody, sent);
  return { ...response, canonical: canonicalRequest(request, signedHeaderNames(headers)) };
}

function messageOf({ json }: { json: unknown }): string {
  return (json as { error_msg: string }).error_msg;
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** Sends a recorded request unchanged and returns the head of the response. */
function sendRaw(emulator: Emulator, { request_line, headers, body }: Sample): Promise<string> {
  const head = [request_line, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  const { hostname, port } = new URL(emulator.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\n\r\n${body ?? ''}`));
    socket.once('data', (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
