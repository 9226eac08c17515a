import { describe, expect, test } from 'vitest';
import { readConfig, readEmulatorConfig } from '../src/config/config.ts';
import { SettingsError } from '../src/config/settings.ts';
import { HTTP_LIMITS } from '../src/http/limits.ts';
import { REQUEST_HEAP_BYTES } from '../src/request/budget/heap.ts';
import { memoryLimits } from '../src/request/budget/request-budget.ts';

type Env = Record<string, string>;

const KEY = { HUAWEICLOUD_SDK_AK: 'the-ak', HUAWEICLOUD_SDK_SK: 'the-sk' };
/** An SMS that is never called, so that the emulator is not needed. */
const LOCAL = { SMS_ENDPOINT: 'http://127.0.0.1:1' };
const ENDPOINT = { SMS_ENDPOINT: 'https://sms.example.com', HUAWEICLOUD_SDK_IAM_ENDPOINT: 'https://iam.example.com' };

const NUMBERS = [
  ['PORT', 4000, 0, 65_535],
  ['SMS_CONNECT_TIMEOUT', 5_000, 1, 600_000],
  ['SMS_HEADERS_TIMEOUT', 30_000, 1, 600_000],
  ['SMS_BODY_TIMEOUT', 30_000, 1, 600_000],
  ['SMS_TIMEOUT', 60_000, 1, 600_000],
  ['SMS_MAX_ANSWER_BYTES', 16 * 1024 ** 2, 1, 1024 ** 3],
  ['SMS_CONNECTIONS', 64, 1, 1024],
] as const;

test('every setting has a default', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4000,
    traceIdInErrors: false,
    workers: 1,
    endpoint: null,
    fallbacks: [],
    iam: null,
    checkTokens: true,
    checksPerMinute: 3000,
    auth: 'sign-and-forward',
    key: null,
    keyLocation: null,
    apiKeys: [],
    jwt: null,
    open: false,
    writes: false,
    tls: { caFile: undefined, client: undefined },
    proxy: undefined,
    redisUrl: null,
    retries: 2,
    callsPerMinute: 0,
    corsOrigins: [],
    corsHeaders: [],
    graphiql: true,
    console: 'if-built',
    logLevel: 'info',
    expose: [],
    limits: {
      connectTimeout: 5_000,
      headersTimeout: 30_000,
      bodyTimeout: 30_000,
      totalTimeout: 60_000,
      maxResponseBytes: 16 * 1024 ** 2,
      connections: 64,
    },
    httpLimits: HTTP_LIMITS,
    requestLimits: {
      maxCalls: 2_500,
      maxReferences: 2_000,
      requestTimeout: 60_000,
      ...memoryLimits(REQUEST_HEAP_BYTES),
    },
    introspection: true,
    fastPath: true,
    documentsFile: null,
    metricsAt: null,
    keepAliveTimeoutMs: 65_000,
    shutdownDelayMs: 0,
    shutdownTimeoutMs: 25_000,
    warnings: [],
  });
  expect(readEmulatorConfig({})).toEqual({ port: 4001, warnings: [] });
});

test('the configuration is frozen', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test.each<[Env, object]>([
  [
    { ...LOCAL, HOST: '0.0.0.0', PORT: '0' },
    { host: '0.0.0.0', port: 0 },
  ],
  [{ PORT: ' 65535 ' }, { port: 65_535 }],
  [{ PORT: '' }, { port: 4000 }],
  [{ SMS_REGION: 'ru-moscow-1' }, { endpoint: 'https://sms-api.ru-moscow-1.myhuaweicloud.com', auth: 'forward' }],
  [{ SMS_REGION: 'ap-southeast-3' }, { endpoint: 'https://sms.ap-southeast-3.myhuaweicloud.com' }],
  [
    { SMS_REGION: 'cn-north-4', SMS_ENDPOINT: 'https://sms.example.com:8443/' },
    { endpoint: 'https://sms.example.com:8443' },
  ],
  [{ SMS_ENDPOINT: 'http://127.0.0.1:4001' }, { endpoint: 'http://127.0.0.1:4001' }],
  [{ SMS_ENDPOINT: 'http://[::1]:4001' }, { endpoint: 'http://[::1]:4001' }],
  [
    { ...ENDPOINT, ...KEY },
    { auth: 'sign-and-forward', key: { ak: 'the-ak', sk: 'the-sk' } },
  ],
  [{ ...ENDPOINT, CLOUD_SDK_AK: 'the-ak', CLOUD_SDK_SK: 'the-sk' }, { key: { ak: 'the-ak', sk: 'the-sk' } }],
  [{ ...ENDPOINT, ...KEY, CLOUD_SDK_AK: 'the-ak' }, { key: { ak: 'the-ak', sk: 'the-sk' } }],
  [
    { ...ENDPOINT, ...KEY, HUAWEICLOUD_SDK_SECURITY_TOKEN: 'a-token', HUAWEICLOUD_SDK_DOMAIN_ID: 'a-domain' },
    { key: { ak: 'the-ak', sk: 'the-sk', securityToken: 'a-token', domainId: 'a-domain' } },
  ],
  [
    { ...ENDPOINT, ...KEY, HUAWEICLOUD_SDK_PROJECT_ID: 'a-project' },
    { key: { ak: 'the-ak', sk: 'the-sk', projectId: 'a-project' } },
  ],
  [{ ...ENDPOINT, ...KEY, SMS_AUTH: 'forward' }, { auth: 'forward' }],
  [
    { ...LOCAL, ...KEY, SMS_AUTH: 'service', GATEWAY_API_KEYS: 'a-first-key-of-us, a-second-key-of-us,' },
    { auth: 'service', apiKeys: ['a-first-key-of-us', 'a-second-key-of-us'], open: false },
  ],
  [
    { ...LOCAL, ...KEY, SMS_AUTH: 'service', GATEWAY_OPEN: 'true', HOST: '::1' },
    { auth: 'service', open: true },
  ],
  [
    { ...LOCAL, ...KEY, SMS_AUTH: 'service', GATEWAY_OPEN: 'true', HOST: 'localhost' },
    { auth: 'service', open: true },
  ],
  [
    { CORS_ORIGINS: 'https://console.example.com,http://localhost:3000' },
    { corsOrigins: ['https://console.example.com', 'http://localhost:3000'] },
  ],
  [{ GRAPHIQL: 'false' }, { graphiql: false }],
  [{ NODE_ENV: 'production', ...ENDPOINT }, { graphiql: false }],
  [{ NODE_ENV: 'production', ...ENDPOINT, GRAPHIQL: 'true' }, { graphiql: true }],
  [{}, { console: 'if-built' }],
  [{ CONSOLE: 'true' }, { console: 'always' }],
  [{ CONSOLE: 'false' }, { console: 'never' }],
  [{ NODE_ENV: 'production', ...ENDPOINT }, { console: 'never' }],
  [{ NODE_ENV: 'production', ...ENDPOINT, CONSOLE: 'true' }, { console: 'always' }],
  [{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  [{ SMS_EXPOSE: 'secrets,agent' }, { expose: ['agent', 'secrets'] }],
])('the configuration reads %o', (env, expected) => {
  expect(readConfig(env)).toMatchObject(expected);
});

test.each(NUMBERS)('%s defaults to %d, and accepts whole numbers from %d to %d', (name, defaultValue, min, max) => {
  const read = (value?: string) => numbersIn(readConfig(value === undefined ? {} : { [name]: value }))[name];
  expect([read(), read(String(min)), read(String(max))]).toEqual([defaultValue, min, max]);
  for (const invalid of [String(max + 1), '-1', '1.5', '1e3', 'many', '0x10'])
    expect(problemsOf({ [name]: invalid })).toBe(
      `${name} is "${invalid}". Allowed: a whole number from ${min} to ${max}.`,
    );
});

test('EMULATOR_PORT sets the port of the emulator', () => {
  expect(readEmulatorConfig({ EMULATOR_PORT: '0' }).port).toBe(0);
  expect(() => readEmulatorConfig({ EMULATOR_PORT: 'any' })).toThrow(
    new SettingsError('EMULATOR_PORT is "any". Allowed: a whole number from 0 to 65535.'),
  );
});

describe('the configuration rejects', () => {
  const invalidEndpoint =
    'SMS_ENDPOINT is not valid. Allowed: https://host or https://host:port without a path; http only on a loopback address.';

  test.each<[string, Env, string]>([
    [
      'production without a service',
      { NODE_ENV: 'production' },
      'SMS_REGION is not set, nor is SMS_ENDPOINT. Set one of the two: in production, the embedded emulator, whose data is made up, never starts.',
    ],
    [
      'production in capitals without a service',
      { NODE_ENV: ' Production' },
      'SMS_REGION is not set, nor is SMS_ENDPOINT. Set one of the two: in production, the embedded emulator, whose data is made up, never starts.',
    ],
    [
      'an unknown region',
      { SMS_REGION: 'eu-west-101' },
      'SMS_REGION is "eu-west-101". Allowed: cn-north-4, ap-southeast-3, my-kualalumpur-1, ru-moscow-1; or set SMS_ENDPOINT.',
    ],
    [
      'a region that is a property of every JavaScript object',
      { SMS_REGION: 'constructor' },
      expect.stringMatching(/^SMS_REGION is "constr/),
    ],
    ['http to another machine', { SMS_ENDPOINT: 'http://sms.example.com' }, invalidEndpoint],
    [
      'http to a host that only starts like a loopback address',
      { SMS_ENDPOINT: 'http://127.0.0.1.example.com' },
      invalidEndpoint,
    ],
    ['an endpoint with a path', { SMS_ENDPOINT: 'https://sms.example.com/v3' }, invalidEndpoint],
    ['an endpoint with a query', { SMS_ENDPOINT: 'https://sms.example.com/?a' }, invalidEndpoint],
    ['an endpoint with a password', { SMS_ENDPOINT: 'https://user:hidden@sms.example.com' }, invalidEndpoint],
    ['an endpoint with a password but no user', { SMS_ENDPOINT: 'https://:hidden@sms.example.com' }, invalidEndpoint],
    ['an endpoint without a scheme', { SMS_ENDPOINT: 'sms.example.com' }, invalidEndpoint],
    ['an endpoint with another scheme', { SMS_ENDPOINT: 'ftp://sms.example.com' }, invalidEndpoint],
    [
      'an access key without its secret key',
      { ...LOCAL, HUAWEICLOUD_SDK_AK: 'a' },
      'HUAWEICLOUD_SDK_SK is not set, but its counterpart is. Set both or neither.',
    ],
    [
      'a secret key without its access key',
      { ...LOCAL, CLOUD_SDK_SK: 'a' },
      'HUAWEICLOUD_SDK_AK is not set, but its counterpart is. Set both or neither.',
    ],
    [
      'two secret keys that differ',
      { ...LOCAL, ...KEY, CLOUD_SDK_SK: 'hidden' },
      'HUAWEICLOUD_SDK_SK and CLOUD_SDK_SK are both set and differ. Set one of them.',
    ],
    [
      'an access key that cannot be sent',
      { ...LOCAL, ...KEY, HUAWEICLOUD_SDK_AK: 'hidden key' },
      'HUAWEICLOUD_SDK_AK is not valid. Allowed: 1 to 16,384 visible ASCII characters.',
    ],
    [
      'a secret key with a character that is not ASCII',
      { ...LOCAL, ...KEY, HUAWEICLOUD_SDK_SK: 'hidden\u00a0key' },
      'HUAWEICLOUD_SDK_SK is not valid. Allowed: 1 to 16,384 visible ASCII characters.',
    ],
    [
      'an access key with a comma, which would end it early in a header',
      { ...LOCAL, ...KEY, HUAWEICLOUD_SDK_AK: 'hidden,SignedHeaders=host' },
      'HUAWEICLOUD_SDK_AK contains a comma, which an access key id cannot have.',
    ],
    [
      'a security token that cannot be sent',
      { ...LOCAL, ...KEY, HUAWEICLOUD_SDK_SECURITY_TOKEN: 'hidden\ntoken' },
      'HUAWEICLOUD_SDK_SECURITY_TOKEN is not valid. Allowed: 1 to 16,384 visible ASCII characters.',
    ],
    [
      'a domain together with a project',
      { ...LOCAL, ...KEY, HUAWEICLOUD_SDK_DOMAIN_ID: 'a', HUAWEICLOUD_SDK_PROJECT_ID: 'b' },
      'HUAWEICLOUD_SDK_PROJECT_ID and HUAWEICLOUD_SDK_DOMAIN_ID are both set. Set one of them.',
    ],
    [
      'an unknown authentication mode',
      { ...LOCAL, SMS_AUTH: 'none' },
      'SMS_AUTH is "none". Allowed: sign-and-forward, forward, exchange, service.',
    ],
    [
      'signing without a key',
      { ...ENDPOINT, SMS_AUTH: 'sign-and-forward' },
      'SMS_AUTH is "sign-and-forward", which needs a key. Set HUAWEICLOUD_SDK_AK and _SK, or SMS_KEY_SOURCE.',
    ],
    [
      'a short API key',
      { ...LOCAL, ...KEY, SMS_AUTH: 'service', GATEWAY_API_KEYS: 'a-first-key-of-us,hidden' },
      'GATEWAY_API_KEYS contains an invalid key. Allowed: 16 or more visible ASCII characters.',
    ],
    [
      'a switch that is neither true nor false',
      { ...LOCAL, GATEWAY_OPEN: 'yes' },
      'GATEWAY_OPEN is "yes". Allowed: true, false, on, off.',
    ],
    ['a number instead of a switch', { GRAPHIQL: '1' }, 'GRAPHIQL is "1". Allowed: true, false, on, off.'],
    [
      'an origin with a path',
      { CORS_ORIGINS: 'https://console.example.com/' },
      'CORS_ORIGINS contains "https://console.example.com/". Allowed: comma-separated origins such as https://console.example.com.',
    ],
    ['a wildcard origin', { CORS_ORIGINS: '*' }, expect.stringMatching(/^CORS_ORIGINS contains "\*"\. Allowed: /)],
    ['the origin null', { CORS_ORIGINS: 'null' }, expect.stringMatching(/^CORS_ORIGINS contains "null"\. Allowed: /)],
    [
      'an unknown log level',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL is "loud". Allowed: silent, fatal, error, warn, info, debug, trace.',
    ],
    [
      'an unknown part of the schema',
      { SMS_EXPOSE: 'agent,everything' },
      'SMS_EXPOSE contains "everything". Allowed: comma-separated agent, secrets.',
    ],
  ])('%s', (_, env, message) => {
    const problems = problemsOf(env);
    expect(problems).toEqual(message);
    expect(problems).not.toContain('hidden');
  });
});

describe('a settings error does not repeat', () => {
  const redacted = '[redacted]. Allowed: ';
  test.each<[string, Env, string]>([
    [
      'a password in an origin',
      { CORS_ORIGINS: 'https://u:hidden@console.example.com' },
      `CORS_ORIGINS contains ${redacted}`,
    ],
    [
      'a password with a comma',
      { CORS_ORIGINS: 'https://u:hidden,hidden@a.example.com' },
      `CORS_ORIGINS contains ${redacted}`,
    ],
    ['a URL with a query', { CORS_ORIGINS: 'https://a.example.com/?hidden' }, `CORS_ORIGINS contains ${redacted}`],
    ['a secret key', { LOG_LEVEL: 'hidden7890123456789012345678901234567890' }, `LOG_LEVEL is ${redacted}`],
    ['the content of a file', { PORT: '{"sk":"hidden"}' }, `PORT is ${redacted}`],
    ['a line of a file', { GRAPHIQL: 'sk = hidden' }, `GRAPHIQL is ${redacted}`],
    ['lines of a file', { SMS_REGION: 'sk:\nhidden' }, `SMS_REGION is ${redacted}`],
    ['a password after a user', { SMS_AUTH: 'user:hidden@' }, `SMS_AUTH is ${redacted}`],
    ['base64', { SMS_EXPOSE: 'hidden+hidden==' }, `SMS_EXPOSE contains ${redacted}`],
    ['a long value', { LOG_LEVEL: 'hidden-'.repeat(40) }, `LOG_LEVEL is ${redacted}`],
  ])('%s', (_, env, message) => {
    const problems = problemsOf(env);
    expect(problems.slice(0, message.length)).toBe(message);
    expect(problems).not.toContain('hidden');
  });
});

test.each(['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.example.com'])(
  'GATEWAY_OPEN is rejected if the network can reach the gateway: HOST=%s',
  (host) => {
    expect(problemsOf({ ...LOCAL, ...KEY, SMS_AUTH: 'service', GATEWAY_OPEN: 'true', HOST: host })).toBe(
      `GATEWAY_OPEN is true, but HOST is "${host}". Allowed only on 127.0.0.1, ::1 or localhost.`,
    );
  },
);

test('SMS_AUTH=service is rejected without API keys, JWTs or GATEWAY_OPEN', () => {
  expect(problemsOf({ ...LOCAL, ...KEY, SMS_AUTH: 'service' })).toBe(
    'GATEWAY_API_KEYS is not set. SMS_AUTH=service needs it, or GATEWAY_JWKS_URL, or GATEWAY_JWT_SECRET, or GATEWAY_OPEN=true on a loopback HOST.',
  );
});

test('all problems are reported together, one line each', () => {
  expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', GRAPHIQL: 'z' }).split('\n')).toEqual([
    'PORT is "x". Allowed: a whole number from 0 to 65535.',
    'GRAPHIQL is "z". Allowed: true, false, on, off.',
    'LOG_LEVEL is "y". Allowed: silent, fatal, error, warn, info, debug, trace.',
  ]);
});

function problemsOf(env: Env): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'No problems.';
}

function numbersIn({ port, limits }: ReturnType<typeof readConfig>): Record<(typeof NUMBERS)[number][0], number> {
  return {
    PORT: port,
    SMS_CONNECT_TIMEOUT: limits.connectTimeout,
    SMS_HEADERS_TIMEOUT: limits.headersTimeout,
    SMS_BODY_TIMEOUT: limits.bodyTimeout,
    SMS_TIMEOUT: limits.totalTimeout,
    SMS_MAX_ANSWER_BYTES: limits.maxResponseBytes,
    SMS_CONNECTIONS: limits.connections,
  };
}
