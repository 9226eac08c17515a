/** The settings that say who may call. */

import { AUTH_MODES, type AuthMode } from '../request/authentication.ts';
import { type JwtSettings, PUBLIC_KEY_ALGORITHMS, SECRET_ALGORITHMS } from '../request/jwt.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import { isHttpsOrLoopback } from './addresses.ts';
import { code, type EnvReader } from './env-reader.ts';
import { printable } from './settings.ts';

export interface AuthConfig {
  auth: AuthMode;
  /** `service`: the API keys of callers. */
  apiKeys: readonly string[];
  /** `service`: which JWTs are accepted. */
  jwt: JwtSettings | null;
  /** `service`: whether everybody on this machine may call. */
  open: boolean;
  /** `service`: whether callers may change anything. */
  writes: boolean;
}

const SECTION = 'Who may call';
const DEFAULT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

export function readAuth(env: EnvReader, { host, hasKey }: { host: string; hasKey: boolean }): AuthConfig {
  const settings = env.section(SECTION);
  const auth = settings.choice(
    'SMS_AUTH',
    hasKey ? 'sign-and-forward' : 'forward',
    AUTH_MODES,
    'how callers are authenticated (see [concepts](concepts.md#who-calls-sms-and-as-whom))',
    { default: '`sign-and-forward` with a key, else `forward`' },
  );
  const apiKeys = settings.list('GATEWAY_API_KEYS', '`service`: API keys of callers, sent as `Authorization: Bearer`', {
    allowed: '16 or more visible ASCII characters each, separated by commas',
    isSecret: true,
  });
  const jwt = readJwt(env);
  const writes = settings.boolean(
    'GATEWAY_WRITES',
    false,
    '`service`: whether callers may use mutations that change something',
  );
  const open = settings.boolean(
    'GATEWAY_OPEN',
    false,
    '`service`: everybody on this machine may call without credentials; `Host` must name this machine',
    { allowed: '`true`, `false`; `true` only with a loopback `HOST`' },
  );
  if ((auth === 'sign-and-forward' || auth === 'service') && !hasKey)
    env.addProblem('SMS_AUTH', `is "${auth}", which needs a key. Set HUAWEICLOUD_SDK_AK and _SK, or SMS_KEY_SOURCE.`);
  if (apiKeys.some((key) => !/^[\x21-\x7e]{16,16384}$/.test(key)))
    env.addProblem('GATEWAY_API_KEYS', 'contains an invalid key. Allowed: 16 or more visible ASCII characters.');
  if (auth === 'service' && apiKeys.length === 0 && jwt === null && !open)
    env.addProblem(
      'GATEWAY_API_KEYS',
      'is not set. SMS_AUTH=service needs it, or GATEWAY_JWKS_URL, or GATEWAY_JWT_SECRET, or GATEWAY_OPEN=true on a loopback HOST.',
    );
  if (open && !isLoopback(host))
    env.addProblem(
      'GATEWAY_OPEN',
      `is true, but HOST is ${printable(host)}. Allowed only on 127.0.0.1, ::1 or localhost.`,
    );
  return { auth, apiKeys, jwt, open, writes };
}

function readJwt(env: EnvReader): JwtSettings | null {
  const settings = env.section(SECTION);
  const jwksUrl = settings.text(
    'GATEWAY_JWKS_URL',
    '`service`: URL of the key set (JWKS) of the JWT issuer; fetched again every ten minutes, and the last one stays in use for 24 hours while the issuer cannot be reached',
    { allowed: 'https; http only on loopback' },
  );
  const secret = settings.text(
    'GATEWAY_JWT_SECRET',
    '`service`: secret shared with the JWT issuer, instead of a key set',
    { allowed: '32 bytes or more', isSecret: true },
  );
  const required = { default: 'none: required with a key set or a secret', allowed: 'a text' };
  const issuer = settings.text('GATEWAY_JWT_ISSUER', 'required `iss` of a JWT', required);
  const audience = settings.text(
    'GATEWAY_JWT_AUDIENCE',
    'required `aud` of a JWT, which must also have an `exp`',
    required,
  );
  const algorithms = settings.list('GATEWAY_JWT_ALGORITHMS', 'accepted signature algorithms of a JWT', {
    default: `${code(DEFAULT_ALGORITHMS.join(','))}; with a secret, \`HS256\``,
    allowed: `public-key algorithms; with a secret, ${SECRET_ALGORITHMS.map(code).join(', ')}`,
  });
  if (jwksUrl === undefined && secret === undefined) return null;
  if (jwksUrl !== undefined && secret !== undefined)
    env.addProblem('GATEWAY_JWT_SECRET', 'and GATEWAY_JWKS_URL are both set. Set one of them.');
  if (jwksUrl !== undefined && !isJwksUrl(jwksUrl))
    env.addProblem('GATEWAY_JWKS_URL', 'is not valid. Allowed: an https URL without a password; http on loopback.');
  if (secret !== undefined && Buffer.byteLength(secret) < 32)
    env.addProblem('GATEWAY_JWT_SECRET', 'is too short. Allowed: 32 bytes or more.');
  for (const [name, value] of Object.entries({ ISSUER: issuer, AUDIENCE: audience }))
    if (value === undefined)
      env.addProblem(`GATEWAY_JWT_${name}`, 'is not set. Without it, JWTs meant for others would be accepted.');
  const allowed = secret === undefined ? PUBLIC_KEY_ALGORITHMS : SECRET_ALGORITHMS;
  if (algorithms.some((algorithm) => !allowed.includes(algorithm)))
    env.addProblem(
      'GATEWAY_JWT_ALGORITHMS',
      `contains ${printable(algorithms.join(','))}. Allowed: ${allowed.join(', ')}.`,
    );
  const defaults = secret === undefined ? DEFAULT_ALGORITHMS : ['HS256'];
  return {
    keys: secret === undefined ? { jwksUrl: jwksUrl ?? '' } : { secret },
    issuer: issuer ?? '',
    audience: audience ?? '',
    algorithms: algorithms.length === 0 ? defaults : algorithms,
  };
}

function isJwksUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '' && isHttpsOrLoopback(url);
}
