import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { requestHeapBytes, youngBytes } from '../src/request/budget/heap.ts';
import { memoryLimits } from '../src/request/budget/request-budget.ts';

const PRODUCTION = { NODE_ENV: 'production', SMS_REGION: 'cn-north-4' };

test('production hides the schema, and gives load balancers time to notice a stop', () => {
  expect(readConfig(PRODUCTION)).toMatchObject({ introspection: false, graphiql: false, shutdownDelayMs: 5_000 });
  expect(readConfig({ ...PRODUCTION, INTROSPECTION: 'true', SHUTDOWN_DELAY: '0' })).toMatchObject({
    introspection: true,
    graphiql: false,
    shutdownDelayMs: 0,
  });
});

test('every limit of a single request can be set', () => {
  const { requestLimits } = readConfig({
    MAX_CALLS: '10',
    MAX_REFERENCES: '20',
    REQUEST_TIMEOUT: '30',
    MAX_READ_BYTES: '4096',
    MAX_RESPONSE_BYTES: '5000',
  });
  expect(requestLimits).toEqual({
    maxCalls: 10,
    maxReferences: 20,
    requestTimeout: 30,
    maxReadBytes: 4096,
    maxResponseBytes: 5000,
  });
});

test('a smaller heap lowers the memory limits of a request', () => {
  expect(memoryLimits(360 * 1024 ** 2)).toEqual({ maxReadBytes: 45 * 1024 ** 2, maxResponseBytes: 40 * 1024 ** 2 });
  expect(memoryLimits(64 * 1024 ** 3)).toEqual({ maxReadBytes: 64 * 1024 ** 2, maxResponseBytes: 64 * 1024 ** 2 });
});

test('a heap leaves requests what the gateway does not need itself', () => {
  const mib = 1024 ** 2;
  // 256 MB of old space, and what V8 adds to it.
  expect(requestHeapBytes((256 + 192) * mib, 192 * mib)).toBe(216 * mib);
  expect(requestHeapBytes(100 * mib, 192 * mib)).toBe(20 * mib);
});

test('a heap holds three semi-spaces for young objects, of the size that the options of node set', () => {
  const mib = 1024 ** 2;
  expect(youngBytes(['--disable-sigusr1', '--import', './a.js'])).toBe(192 * mib);
  expect(youngBytes(['--max_semi_space_size=64', '--max-semi-space-size=16'])).toBe(48 * mib);
});

test('every limit of the HTTP layer can be set', () => {
  const names = [
    'BODY_BYTES',
    'TOKENS',
    'DEPTH',
    'ALIASES',
    'DIRECTIVES',
    'ROOT_FIELDS',
    'IN_FLIGHT',
    'QUEUE',
    'STREAMS',
  ];
  const values = [1024, 100, 2, 3, 4, 5, 6, 7, 8];
  const { httpLimits } = readConfig(
    Object.fromEntries(names.map((name, index) => [`MAX_${name}`, String(values[index])])),
  );
  expect(httpLimits).toMatchObject({
    maxBodyBytes: 1024,
    maxTokens: 100,
    maxDepth: 2,
    maxAliases: 3,
    maxDirectives: 4,
    maxRootFields: 5,
    maxInFlight: 6,
    maxQueue: 7,
    maxStreams: 8,
  });
});

test('metrics have a port of their own, on loopback by default', () => {
  expect(readConfig({ METRICS_PORT: '9464' }).metricsAt).toEqual({ host: '127.0.0.1', port: 9464 });
  expect(readConfig({ METRICS_PORT: '0', METRICS_HOST: '0.0.0.0' }).metricsAt).toEqual({ host: '0.0.0.0', port: 0 });
});

test('an idle connection is kept for 65 s by default, and for as long as KEEP_ALIVE_TIMEOUT says', () => {
  expect(readConfig({}).keepAliveTimeoutMs).toBe(65_000);
  expect(readConfig({ KEEP_ALIVE_TIMEOUT: '3600000' }).keepAliveTimeoutMs).toBe(3_600_000);
});

test('CORS_HEADERS names further headers in any case', () => {
  expect(readConfig({}).corsHeaders).toEqual([]);
  expect(readConfig({ CORS_HEADERS: 'X-Tenant, x-b3-traceid,' }).corsHeaders).toEqual(['x-tenant', 'x-b3-traceid']);
});

test.each(['*', 'x-tenant,*', 'x tenant', 'x-tenant:1', 'x-tenänt'])(
  'CORS_HEADERS rejects an invalid header name: %s',
  (value) => {
    expect(() => readConfig({ CORS_HEADERS: value })).toThrow(
      /^CORS_HEADERS contains .* Allowed: comma-separated header names such as x-tenant\.$/,
    );
  },
);

test.each([
  ['off', false],
  ['on', true],
])('a switch may be %s', (word, value) => {
  const { fastPath, introspection } = readConfig({ FAST_PATH: word, INTROSPECTION: word });
  expect({ fastPath, introspection }).toEqual({ fastPath: value, introspection: value });
});

describe('an invalid value is rejected', () => {
  test.each([
    ['MAX_BODY_BYTES', '1e6', 'a whole number from 1024 to 67108864'],
    ['MAX_IN_FLIGHT', '0', 'a whole number from 1 to 100000'],
    ['METRICS_PORT', '65536', 'a whole number from 0 to 65535'],
    ['KEEP_ALIVE_TIMEOUT', '0', 'a whole number from 1000 to 3600000'],
    ['SHUTDOWN_TIMEOUT', '-1', 'a whole number from 0 to 600000'],
    ['INTROSPECTION', 'yes', 'true, false, on, off'],
  ])('%s=%s', (name, value, allowed) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name} is "${value}". Allowed: ${allowed}.`);
  });
});
