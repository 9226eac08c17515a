import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { anEmulator, call, LEGACY_TASK, WEB_TASK } from './support/harness.ts';

const TASK = `/v3/tasks/${WEB_TASK}`;

test('latency delays the normal response', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'latency', ms: 40 });
  const started = performance.now();
  expect((await call(emulator, 'GET', TASK)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(39);
});

test('status replaces the response by the given status, headers and body', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'status', status: 503, headers: { 'Retry-After': '3' }, body: { code: 'X', message: 'y' } });
  emulator.fault({ kind: 'status', status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad</h1>' });
  const json = await call(emulator, 'GET', TASK);
  expect([json.status, json.headers.get('retry-after'), json.json]).toEqual([503, '3', { code: 'X', message: 'y' }]);
  const html = await call(emulator, 'GET', TASK);
  expect([html.status, html.headers.get('content-type'), html.text]).toEqual([502, 'text/html', '<h1>Bad</h1>']);
  expect((await call(emulator, 'GET', TASK)).status).toBe(200);
});

test('throttle responds with 429 and Retry-After', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'throttle', retryAfter: 7 });
  const response = await call(emulator, 'GET', TASK);
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
  expect(response.json).toMatchObject({ error_code: 'APIGW.0308' });
});

test('reset closes the connection without executing the request', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'reset' });
  await expect(call(emulator, 'DELETE', `/v3/tasks/${LEGACY_TASK}`)).rejects.toMatchObject({
    cause: { code: 'ECONNRESET' },
  });
  expect(emulator.state.tasks.has(LEGACY_TASK)).toBe(true);
});

test('reset-in-body executes the request and closes the connection within the response', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'reset-in-body' });
  const text = await rawResponse(emulator, `DELETE /v3/tasks/${LEGACY_TASK}`);
  const [head = '', body] = text.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 200 .*Content-Length: 3\r/s);
  expect(body).toBe('{');
  expect(emulator.state.tasks.has(LEGACY_TASK)).toBe(false);
});

test('redirect responds with a Location', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' });
  const response = await call(emulator, 'GET', TASK);
  expect([response.status, response.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/elsewhere']);
});

test.each([true, false])('oversized sends a body of the given size (Content-Length: %s)', async (declared) => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'oversized', bytes: 3_000_001, declared });
  const response = await call(emulator, 'GET', TASK);
  expect(response.body.length).toBe(3_000_001);
  expect(response.headers.get('content-length')).toBe(declared ? '3000001' : null);
});

test('oversized stops when the client disconnects', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'oversized', bytes: Number.MAX_SAFE_INTEGER });
  const abort = new AbortController();
  await fetch(emulator.url + TASK, { signal: abort.signal });
  abort.abort();
  await emulator.close();
});

test('content-type changes the type of the normal response', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'content-type', value: 'text/html' });
  const response = await call(emulator, 'GET', TASK);
  expect([response.headers.get('content-type'), response.json]).toEqual([
    'text/html',
    expect.objectContaining({ id: WEB_TASK }),
  ]);
});

test('drip sends the response byte by byte', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'drip', bytesPerSecond: 1 });
  const abort = new AbortController();
  const response = await fetch(emulator.url + TASK, { headers: { 'X-Auth-Token': DEMO_TOKEN }, signal: abort.signal });
  const first = await response.body?.getReader().read();
  expect(Buffer.from(first?.value ?? []).toString()).toBe('{');
  abort.abort();
});

test('hang never responds', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'hang' });
  const abort = new AbortController();
  const response = fetch(emulator.url + TASK, { signal: abort.signal });
  await expect.poll(() => emulator.requests.length).toBe(1);
  abort.abort();
  await expect(response).rejects.toMatchObject({ name: 'AbortError' });
});

test('a fault affects only requests with its method and path, and only `times` of them', async () => {
  const emulator = await anEmulator();
  emulator.fault({ kind: 'status', status: 500, method: 'GET', path: '/v3/tasks/', times: 2 });
  const statuses = [];
  for (const path of ['/v3/sources', TASK, TASK, TASK]) statuses.push((await call(emulator, 'GET', path)).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
});

test('the control API sets faults, the export form and the clock', async () => {
  const emulator = await anEmulator();
  const fault = { kind: 'status', status: 500, times: 'always' };
  expect((await call(emulator, 'POST', '/emulator/fault', fault)).status).toBe(200);
  for (let time = 0; time < 3; time += 1) expect((await call(emulator, 'GET', TASK)).status).toBe(500);
  await call(emulator, 'DELETE', '/emulator/faults');
  expect((await call(emulator, 'GET', TASK)).status).toBe(200);
  await call(emulator, 'POST', '/emulator/export-form', { form: 'ok-text' });
  expect(emulator.state.exportForm).toBe('ok-text');
  const before = emulator.state.now();
  await call(emulator, 'POST', '/emulator/clock', { advance: 5_000 });
  expect(emulator.state.now() - before).toBe(5_000);
  expect(emulator.requests.map(({ path }) => path)).toEqual([TASK, TASK, TASK, TASK]);
});

test.each([
  ['POST', '/emulator/fault', { kind: 'no-such-fault' }, 400],
  ['POST', '/emulator/export-form', { form: 'no-such-form' }, 400],
  ['POST', '/emulator/fault', 'null', 400],
  ['POST', '/emulator/clock', 'not json', 400],
  ['POST', '/emulator/clock', { advance: 'soon' }, 400],
  ['GET', '/emulator/nothing', undefined, 404],
])('the control API rejects %s %s with the body %j', async (method, path, body, status) => {
  const emulator = await anEmulator();
  expect((await call(emulator, method, path, body)).status).toBe(status);
});

/** All bytes of the response until the connection ends. */
async function rawResponse(emulator: Emulator, start: string): Promise<string> {
  const { hostname, port } = new URL(emulator.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(`${start} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${DEMO_TOKEN}\r\n\r\n`);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}
