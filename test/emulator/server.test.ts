import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { anEmulator, call, outcome, smsError, WEB_TASK } from './support/harness.ts';

test('every request is recorded as it was received', async () => {
  const emulator = await anEmulator();
  await call(emulator, 'GET', '/v3/sources?name=a%20b&limit=1');
  await call(emulator, 'POST', '/v3/tasks/delete', '{"ids": []}');
  expect(emulator.requests).toEqual([
    expect.objectContaining({ method: 'GET', path: '/v3/sources?name=a%20b&limit=1', body: '' }),
    expect.objectContaining({
      method: 'POST',
      path: '/v3/tasks/delete',
      body: '{"ids": []}',
      headers: expect.objectContaining({ 'x-auth-token': DEMO_TOKEN, 'content-type': 'application/json' }),
    }),
  ]);
});

test('only the last 10,000 requests are recorded', async () => {
  const emulator = await anEmulator();
  const old = { method: 'GET', path: '/old', headers: {}, body: '' };
  emulator.requests.push(...Array.from({ length: 10_000 }, () => old));
  await call(emulator, 'GET', '/v3/tasks');
  expect([emulator.requests.length, emulator.requests.at(-1)?.path]).toEqual([10_000, '/v3/tasks']);
});

test.each(['/v3/nothing', '/v3/tasks/', '/v3/tasks/a/b/c', '/favicon.ico', '/v9'])(
  'the unknown path %s gets 404 from the API gateway',
  async (path) => {
    const emulator = await anEmulator();
    const response = await call(emulator, 'GET', path);
    expect([response.status, response.json]).toEqual([
      404,
      { error_code: 'APIGW.0101', error_msg: expect.any(String), request_id: response.headers.get('x-request-id') },
    ]);
  },
);

test.each([
  ['a slash', 'a%2Fb'],
  ['dots', '%2e%2e%2f'],
  ['a zero byte', '%00'],
  ['a newline', 'a%0Ab'],
  ['an emoji', '%F0%9F%98%80'],
  ['__proto__', '__proto__'],
])('an id with %s is one path segment and names no task', async (_, id) => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'GET', `/v3/tasks/${id}`)).toEqual(smsError('SMS.7703'));
});

test.each(['/v3/tasks/%', '/v3/tasks/%E4%B8', '/v3/tasks?name=%zz'])(
  'the invalid percent-encoding in %s gets 400',
  async (path) => {
    const emulator = await anEmulator();
    const response = await sendRaw(emulator, `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${DEMO_TOKEN}\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1\.1 400 .*APIGW\.0201/s);
  },
);

test('an id of more than 36 characters is rejected', async () => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'GET', `/v3/tasks/${'x'.repeat(37)}`)).toEqual([
    400,
    { error_code: 'SMS.9001', error_msg: 'Parameter task_id is not valid: must NOT have more than 36 characters.' },
  ]);
});

test('a body of more than 12 MB is rejected', async () => {
  const emulator = await anEmulator();
  expect(await outcome(emulator, 'POST', '/v3/tasks/delete', 'x'.repeat(12 * 1024 * 1024 + 1))).toEqual([
    413,
    expect.objectContaining({ error_code: 'APIGW.0201' }),
  ]);
});

test('a token of 16,384 characters is accepted, headers over 64 KiB are rejected', async () => {
  const emulator = await anEmulator();
  const [user] = emulator.state.users;
  const long = 'T'.repeat(16_384);
  if (user) emulator.state.addToken(long, user);
  expect((await call(emulator, 'GET', '/v3/tasks', undefined, { 'X-Auth-Token': long })).status).toBe(200);
  const response = await sendRaw(emulator, `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(70_000)}\r\n\r\n`);
  expect(response).toMatch(/^HTTP\/1\.1 494 .*APIGW\.0201/s);
});

test('a request that is not HTTP is rejected', async () => {
  const emulator = await anEmulator();
  expect(await sendRaw(emulator, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('the emulator does not start on a port that is in use', async () => {
  const { url } = await anEmulator();
  await expect(startEmulator({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the same seed gives the same data, another seed gives other data', async () => {
  const ids = async (seed: number) => {
    const { state } = await anEmulator({ seed, servers: 20 });
    return [...state.servers.keys(), ...state.tasks.keys()];
  };
  expect(await ids(1)).toEqual(await ids(1));
  expect(await ids(1)).not.toEqual(await ids(2));
  expect(new Set(await ids(1)).size).toBe(40);
  expect(await ids(2)).toContain(WEB_TASK);
});

/** Sends bytes and returns the first chunk of the response. */
function sendRaw(emulator: Emulator, bytes: string): Promise<string> {
  const { hostname, port } = new URL(emulator.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.once('data', (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
