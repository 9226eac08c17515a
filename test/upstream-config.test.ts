/** The settings that say who may call, where SMS and IAM are, and how they are reached. */
import { describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../src/config/config.ts';
import { SettingsError } from '../src/config/settings.ts';

type Env = Record<string, string>;

const KEY = { HUAWEICLOUD_SDK_AK: 'the-ak', HUAWEICLOUD_SDK_SK: 'the-sk' };
const LOCAL = { ...KEY, SMS_ENDPOINT: 'http://127.0.0.1:9999' };
const PRIVATE = { ...KEY, SMS_ENDPOINT: 'https://sms.example.com' };
const PUBLIC = { ...KEY, SMS_ENDPOINT: 'https://sms.ap-southeast-1.myhuaweicloud.com' };
const MIXED = { ...KEY, SMS_ENDPOINT: `${PUBLIC.SMS_ENDPOINT},${LOCAL.SMS_ENDPOINT}` };
const IAM = { HUAWEICLOUD_SDK_IAM_ENDPOINT: 'https://iam.example.com' };
const JWT = { SMS_AUTH: 'service', GATEWAY_JWT_ISSUER: 'https://issuer.example.com', GATEWAY_JWT_AUDIENCE: 'us' };
const SECRET = 'a-hidden-secret-of-32-bytes-or-more';

function problemsOf(env: Env): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'No problems.';
}

describe('the IAM that checks tokens is', () => {
  test.each<[string, Env, string | null, boolean]>([
    ['the emulator by default', {}, null, true],
    ['none for an SMS on loopback', LOCAL, null, false],
    [
      'none for several endpoints on loopback',
      { ...KEY, SMS_ENDPOINT: `${LOCAL.SMS_ENDPOINT},http://[::1]:1` },
      null,
      false,
    ],
    [
      'the configured one for endpoints on loopback and elsewhere',
      { ...PRIVATE, ...IAM, SMS_ENDPOINT: `${PRIVATE.SMS_ENDPOINT},${LOCAL.SMS_ENDPOINT}` },
      'https://iam.example.com',
      true,
    ],
    [
      'the configured one for an SMS on loopback',
      { ...LOCAL, HUAWEICLOUD_SDK_IAM_ENDPOINT: 'http://127.0.0.1:1' },
      'http://127.0.0.1:1',
      true,
    ],
    ['none if SMS_CHECK_TOKENS is false', { ...PUBLIC, SMS_CHECK_TOKENS: 'false' }, null, false],
    ['that of the region', { ...KEY, SMS_REGION: 'ru-moscow-1' }, 'https://iam.ru-moscow-1.myhuaweicloud.com', true],
    ['that of the public cloud for its endpoints', PUBLIC, 'https://iam.myhuaweicloud.com', true],
    ['the configured one for the public cloud', { ...PUBLIC, ...IAM }, 'https://iam.example.com', true],
    [
      'that of SMS_REGION for a private SMS',
      { ...PRIVATE, SMS_REGION: 'cn-north-4' },
      'https://iam.cn-north-4.myhuaweicloud.com',
      true,
    ],
    ['none in forward', { SMS_ENDPOINT: 'https://sms.example.com' }, null, true],
  ])('%s', (_, env, iam, checkTokens) => {
    expect(readConfig(env)).toMatchObject({ iam, checkTokens });
  });

  test.each<[string, Env]>([
    ['a private SMS', PRIVATE],
    ['an SMS on loopback if SMS_CHECK_TOKENS is true', { ...LOCAL, SMS_CHECK_TOKENS: 'true' }],
    [
      'an SMS whose host only starts like that of the public cloud',
      { ...KEY, SMS_ENDPOINT: 'https://sms.myhuaweicloud.com.example.com' },
    ],
    ['public and private endpoints', { ...KEY, SMS_ENDPOINT: `${PUBLIC.SMS_ENDPOINT},https://sms.example.com` }],
    ['a public endpoint and one on loopback', MIXED],
    [
      'an endpoint on loopback and a public one',
      { ...KEY, SMS_ENDPOINT: MIXED.SMS_ENDPOINT.split(',').reverse().join() },
    ],
    ['a region and an endpoint on loopback', { ...MIXED, SMS_REGION: 'cn-north-4' }],
  ])('never guessed, so it must be set for %s', (_, env) => {
    expect(problemsOf(env)).toBe(
      'HUAWEICLOUD_SDK_IAM_ENDPOINT is not set, and the IAM of SMS_ENDPOINT is not known. Set it, or set SMS_CHECK_TOKENS=false.',
    );
  });

  test('called over https unless it is on loopback', () => {
    expect(problemsOf({ ...PRIVATE, HUAWEICLOUD_SDK_IAM_ENDPOINT: 'http://iam.example.com' })).toMatch(
      /^HUAWEICLOUD_SDK_IAM_ENDPOINT is not valid\. Allowed: https:/,
    );
  });
});

describe('exchange', () => {
  test.each<[Env, string]>([
    [{ SMS_REGION: 'ap-southeast-3' }, 'https://iam.ap-southeast-3.myhuaweicloud.com'],
    [{ SMS_ENDPOINT: 'http://127.0.0.1:1', HUAWEICLOUD_SDK_IAM_ENDPOINT: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2'],
  ])('needs no key of the gateway: %o', (env, iam) => {
    expect(readConfig({ ...env, SMS_AUTH: 'exchange' })).toMatchObject({ auth: 'exchange', key: null, iam });
  });

  test('is rejected if its IAM could only be guessed', () => {
    expect(problemsOf({ SMS_AUTH: 'exchange', SMS_ENDPOINT: 'http://127.0.0.1:1' })).toBe(
      'HUAWEICLOUD_SDK_IAM_ENDPOINT is not set, and the IAM of SMS_ENDPOINT is not known. Set it.',
    );
  });
});

test.each<[Env, Partial<Config>]>([
  [
    { ...LOCAL, SMS_ENDPOINT: 'http://127.0.0.1:1, http://127.0.0.1:2' },
    { endpoint: 'http://127.0.0.1:1', fallbacks: ['http://127.0.0.1:2'] },
  ],
  [{ SMS_RETRIES: '0' }, { retries: 0 }],
  [{ ...LOCAL, GATEWAY_WRITES: 'true' }, { writes: true }],
  [
    { ...LOCAL, ...JWT, GATEWAY_JWKS_URL: 'https://issuer.example.com/keys?v=1' },
    {
      jwt: {
        keys: { jwksUrl: 'https://issuer.example.com/keys?v=1' },
        issuer: 'https://issuer.example.com',
        audience: 'us',
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      },
    },
  ],
  [
    { ...LOCAL, ...JWT, GATEWAY_JWT_SECRET: SECRET, GATEWAY_JWT_ALGORITHMS: 'HS256,HS512' },
    {
      jwt: {
        keys: { secret: SECRET },
        issuer: 'https://issuer.example.com',
        audience: 'us',
        algorithms: ['HS256', 'HS512'],
      },
    },
  ],
  [
    { SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_KEY_SOURCE: 'profile', HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/a/profile' },
    { auth: 'sign-and-forward', key: null, keyLocation: { kind: 'profile', path: '/a/profile' } },
  ],
  [
    { SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_KEY_SOURCE: 'profile' },
    { keyLocation: { kind: 'profile', path: expect.stringMatching(/\.huaweicloud.credentials$/) } },
  ],
  [
    { SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_KEY_SOURCE: 'file', SMS_KEY_FILE: '/a/key.json' },
    { keyLocation: { kind: 'file', path: '/a/key.json' } },
  ],
  [
    { SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_KEY_SOURCE: 'ecs-metadata' },
    { keyLocation: { kind: 'ecs-metadata', endpoint: 'http://169.254.169.254' } },
  ],
  [
    { SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_KEY_SOURCE: 'ecs-metadata', SMS_METADATA_ENDPOINT: 'http://127.0.0.1:2' },
    { keyLocation: { kind: 'ecs-metadata', endpoint: 'http://127.0.0.1:2' } },
  ],
  [
    { ...LOCAL, SMS_CA_FILE: '/ca.pem', SMS_CLIENT_CERT_FILE: '/a.pem', SMS_CLIENT_KEY_FILE: '/a.key' },
    { tls: { caFile: '/ca.pem', client: { certFile: '/a.pem', keyFile: '/a.key' } } },
  ],
  [
    { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.example.com' },
    { proxy: { https: 'http://proxy:3128', http: undefined, no: '.example.com' } },
  ],
  [
    { https_proxy: 'http://small:1', HTTPS_PROXY: 'http://great:1', HTTP_PROXY: 'https://user:pass@other:1' },
    { proxy: { https: 'http://small:1', http: 'https://user:pass@other:1', no: '' } },
  ],
])('the configuration reads %o', (env, expected) => {
  expect(readConfig(env)).toMatchObject(expected);
});

test.each<[string, Env, string]>([
  ['a second endpoint that is not valid', { SMS_ENDPOINT: 'https://a.example.com,b' }, 'SMS_ENDPOINT is not valid.'],
  ['three retries', { SMS_RETRIES: '3' }, 'SMS_RETRIES is "3". Allowed: a whole number from 0 to 2.'],
  [
    'two ways to verify JWTs',
    { ...JWT, GATEWAY_JWKS_URL: 'https://a/keys', GATEWAY_JWT_SECRET: SECRET },
    'GATEWAY_JWT_SECRET and GATEWAY_JWKS_URL are both set.',
  ],
  [
    'a short secret',
    { ...JWT, GATEWAY_JWT_SECRET: 'hidden' },
    'GATEWAY_JWT_SECRET is too short. Allowed: 32 bytes or more.',
  ],
  [
    'a key set over http',
    { ...JWT, GATEWAY_JWKS_URL: 'http://issuer.example.com/keys' },
    'GATEWAY_JWKS_URL is not valid.',
  ],
  [
    'a key set with a password in its URL',
    { ...JWT, GATEWAY_JWKS_URL: 'https://a:hidden@b/keys' },
    'GATEWAY_JWKS_URL is not valid.',
  ],
  ['no issuer', { GATEWAY_JWKS_URL: 'https://a/keys', GATEWAY_JWT_AUDIENCE: 'us' }, 'GATEWAY_JWT_ISSUER is not set.'],
  ['no audience', { GATEWAY_JWKS_URL: 'https://a/keys', GATEWAY_JWT_ISSUER: 'x' }, 'GATEWAY_JWT_AUDIENCE is not set.'],
  [
    'the algorithm none',
    { ...JWT, GATEWAY_JWKS_URL: 'https://a/keys', GATEWAY_JWT_ALGORITHMS: 'none' },
    'GATEWAY_JWT_ALGORITHMS contains "none".',
  ],
  [
    'an algorithm of secrets with public keys',
    { ...JWT, GATEWAY_JWKS_URL: 'https://a/keys', GATEWAY_JWT_ALGORITHMS: 'HS256' },
    'GATEWAY_JWT_ALGORITHMS contains "HS256". Allowed: RS256,',
  ],
  [
    'an algorithm of public keys with a secret',
    { ...JWT, GATEWAY_JWT_SECRET: SECRET, GATEWAY_JWT_ALGORITHMS: 'RS256' },
    'GATEWAY_JWT_ALGORITHMS contains "RS256". Allowed: HS256,',
  ],
  [
    'an unknown source of the key',
    { SMS_KEY_SOURCE: 'vault' },
    'SMS_KEY_SOURCE is "vault". Allowed: env, profile, file, ecs-metadata.',
  ],
  [
    'two sources of the key',
    { ...KEY, SMS_KEY_SOURCE: 'ecs-metadata' },
    'SMS_KEY_SOURCE is "ecs-metadata", but HUAWEICLOUD_SDK_AK is set too.',
  ],
  [
    'the source file without a path',
    { SMS_KEY_SOURCE: 'file' },
    'SMS_KEY_FILE is not set. SMS_KEY_SOURCE=file needs it.',
  ],
  [
    'a metadata service on another host',
    { SMS_KEY_SOURCE: 'ecs-metadata', SMS_METADATA_ENDPOINT: 'http://10.0.0.1' },
    'SMS_METADATA_ENDPOINT is not valid.',
  ],
  [
    'a certificate without its key',
    { SMS_CLIENT_CERT_FILE: '/a.pem' },
    'SMS_CLIENT_KEY_FILE is not set, but its counterpart is.',
  ],
  [
    'a key without its certificate',
    { SMS_CLIENT_KEY_FILE: '/a.key' },
    'SMS_CLIENT_CERT_FILE is not set, but its counterpart is.',
  ],
  ['a proxy with another scheme', { HTTPS_PROXY: 'socks5://hidden:1' }, 'HTTPS_PROXY is not valid.'],
  [
    'a proxy with an invalid escape in its password',
    { HTTPS_PROXY: 'http://user:hidden%zz@proxy:1' },
    'HTTPS_PROXY has an invalid % escape in its user or password. Write % as %25.',
  ],
  [
    'a proxy whose user is not UTF-8',
    { http_proxy: 'http://hidden%ff:password@proxy:1' },
    'http_proxy has an invalid % escape in its user or password.',
  ],
  ['a proxy that is not a URL', { http_proxy: 'hidden' }, 'http_proxy is not valid.'],
  ['a store with another scheme', { REDIS_URL: 'http://hidden:6379' }, 'REDIS_URL is not valid. Allowed: redis://'],
  ['a store that is not a URL', { REDIS_URL: 'hidden:6379' }, 'REDIS_URL is not valid.'],
  ['a store without a host', { REDIS_URL: 'redis://:hidden@/0' }, 'REDIS_URL is not valid.'],
  ['a store with options', { REDIS_URL: 'redis://store?password=hidden' }, 'REDIS_URL is not valid.'],
  [
    'a store with an invalid escape in its password',
    { REDIS_URL: 'redis://:hidden%zz@store' },
    'REDIS_URL is not valid.',
  ],
])('the configuration rejects %s', (_, env, message) => {
  const problems = problemsOf(env);
  expect(problems.startsWith(message)).toBe(true);
  expect(problems).not.toContain('hidden');
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 is rejected, which would accept any certificate', () => {
  expect(problemsOf({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toBe(
    'NODE_TLS_REJECT_UNAUTHORIZED is 0, which would accept any certificate. Unset it, and set SMS_CA_FILE to trust a CA of your own.',
  );
});
