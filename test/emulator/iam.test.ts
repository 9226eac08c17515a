import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import {
  DEMO_ACCESS_KEY,
  DEMO_LOGIN,
  DEMO_TOKEN,
  EXPIRED_TOKEN,
  READ_ONLY_TOKEN,
} from '../../src/emulator/world/demo-credentials.ts';
import { authorization, sdkDate } from '../../src/sms/sign.ts';
import { anEmulator, call, movableClock, outcome, type ReceivedResponse } from './support/harness.ts';

const login = (password: string) => ({
  auth: {
    identity: {
      methods: ['password'],
      password: { user: { name: DEMO_LOGIN.name, password, domain: { name: DEMO_LOGIN.domain } } },
    },
  },
});

test('a valid password gets a token for 24 hours', async () => {
  const clock = movableClock();
  const emulator = await anEmulator(clock);
  const response = await call(emulator, 'POST', '/v3/auth/tokens', login(DEMO_LOGIN.password), {});
  expect([response.status, response.json]).toEqual([
    201,
    {
      token: expect.objectContaining({
        issued_at: '2026-11-24T08:31:21.000000Z',
        expires_at: '2026-11-25T08:31:21.000000Z',
        user: expect.objectContaining({ name: DEMO_LOGIN.name }),
        roles: [{ id: '0', name: 'te_admin' }],
      }),
    },
  ]);
  const token = { 'X-Auth-Token': response.headers.get('x-subject-token') ?? '' };
  expect((await call(emulator, 'GET', '/v3/tasks', undefined, token)).status).toBe(200);
  clock.advance(24 * 3_600_000);
  expect((await call(emulator, 'GET', '/v3/tasks', undefined, token)).status).toBe(401);
});

test('a wrong password gets 401 in the nested shape of IAM', async () => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', '/v3/auth/tokens', login('wrong'), {})).toEqual([
    401,
    { error: { code: 401, message: 'The username or password is wrong.', title: 'Unauthorized' } },
  ]);
});

test.each([
  [DEMO_TOKEN, DEMO_TOKEN, 200],
  [DEMO_TOKEN, READ_ONLY_TOKEN, 200],
  [DEMO_TOKEN, EXPIRED_TOKEN, 404],
  [DEMO_TOKEN, 'made-up', 404],
  ['made-up', 'made-up', 401],
  [EXPIRED_TOKEN, DEMO_TOKEN, 401],
])('%s, validating the token %s, gets status %d', async (caller, subject, status) => {
  const emulator = await anEmulator();
  const headers = { 'X-Auth-Token': caller, 'X-Subject-Token': subject };
  const response = await call(emulator, 'GET', '/v3/auth/tokens', undefined, headers);
  expect(response.status).toBe(status);
  expect(response.json).toHaveProperty(status === 200 ? 'token.expires_at' : 'error.title');
});

test('a token can be exchanged for a temporary key with the rights of its user', async () => {
  const clock = movableClock();
  const emulator = await anEmulator(clock);
  const exchange = (token: string) => exchangeToken(emulator, { id: token, duration_seconds: 900 });
  const key = (await exchange(READ_ONLY_TOKEN)).json as { credential: Credential };
  expect(key.credential.expires_at).toBe('2026-11-24T08:46:21.000000Z');
  expect((await signedCall(emulator, key.credential, 'GET', '/v3/tasks')).status).toBe(200);
  const body = { name: 'p', region: 'r', type: 'MIGRATE_FILE' };
  expect((await signedCall(emulator, key.credential, 'POST', '/v3/migprojects', JSON.stringify(body))).status).toBe(
    403,
  );
  clock.advance(900_000);
  expect((await signedCall(emulator, key.credential, 'GET', '/v3/tasks')).status).toBe(401);
});

test('the token to exchange may also be in the header', async () => {
  const emulator = await anEmulator();
  expect((await exchangeToken(emulator, {}, { 'X-Auth-Token': DEMO_TOKEN })).status).toBe(201);
});

test.each([
  ['an expired token', { id: EXPIRED_TOKEN }, 401],
  ['a token for too short a lifetime', { id: DEMO_TOKEN, duration_seconds: 899 }, 400],
  ['a token for too long a lifetime', { id: DEMO_TOKEN, duration_seconds: 86_401 }, 400],
])('%s is not exchanged for a key', async (_, token, status) => {
  const emulator = await anEmulator();
  const response = await exchangeToken(emulator, token);
  expect([response.status, response.json]).toEqual([status, { error: expect.objectContaining({ code: status }) }]);
});

test.each([
  ['invalid JSON', '{'],
  ['methods that are not a list', { auth: { identity: { methods: 5 } } }],
  ['a number instead of an object', 5],
])('a request for a temporary key with %s is rejected with 400', async (_, body) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', '/v3.0/OS-CREDENTIAL/securitytokens', body, {})).toEqual([
    400,
    { error: expect.objectContaining({ title: 'Bad Request' }) },
  ]);
});

test('a signed call can read the ids of account and project', async () => {
  const emulator = await anEmulator();
  const key = { access: DEMO_ACCESS_KEY.ak, secret: DEMO_ACCESS_KEY.sk };
  expect((await signedCall(emulator, key, 'GET', '/v3/auth/domains')).json).toMatchObject({
    domains: [{ name: DEMO_LOGIN.domain }],
  });
  const projects = await signedCall(emulator, key, 'GET', '/v3/projects', '', [['name', 'cn-north-4']]);
  expect(projects.json).toMatchObject({ projects: [{ name: 'cn-north-4' }] });
  expect((await call(emulator, 'GET', '/v3/projects', undefined, {})).status).toBe(401);
});

test('the metadata service issues a temporary key to a program on a cloud server', async () => {
  const clock = movableClock();
  const emulator = await anEmulator(clock);
  const ttl = { 'X-Metadata-Token-Ttl-Seconds': '60' };
  const { text } = await call(emulator, 'PUT', '/meta-data/latest/api/token', undefined, ttl);
  const key = (token: string) =>
    call(emulator, 'GET', '/openstack/latest/securitykey', undefined, { 'X-Metadata-Token': token });
  const { credential } = (await key(text)).json as { credential: Credential };
  expect((await signedCall(emulator, credential, 'GET', '/v3/tasks')).status).toBe(200);
  expect((await key('wrong')).status).toBe(401);
  clock.advance(60_000);
  expect((await key(text)).status).toBe(401);
  expect((await call(emulator, 'PUT', '/meta-data/latest/api/token', undefined, {})).status).toBe(400);
});

interface Credential {
  access: string;
  secret: string;
  securitytoken?: string;
  expires_at?: string;
}

function exchangeToken(
  emulator: Emulator,
  token: object,
  headers: Record<string, string> = {},
): Promise<ReceivedResponse> {
  const body = { auth: { identity: { methods: ['token'], token } } };
  return call(emulator, 'POST', '/v3.0/OS-CREDENTIAL/securitytokens', body, headers);
}

function signedCall(
  emulator: Emulator,
  { access, secret, securitytoken }: Credential,
  method: string,
  path: string,
  body = '',
  query: [string, string][] = [],
): Promise<ReceivedResponse> {
  const headers = {
    Host: new URL(emulator.url).host,
    'X-Sdk-Date': sdkDate(new Date(emulator.state.authTime())),
    ...(securitytoken && { 'X-Security-Token': securitytoken }),
  };
  const request = { method, path, query, headers, body };
  const target = query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
  const signature = authorization(request, { ak: access, sk: secret });
  return call(emulator, method, target, body || undefined, { ...headers, Authorization: signature });
}
