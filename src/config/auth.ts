/** The settings that say who may call, and which key the gateway signs with. */

import { METADATA_ENDPOINT } from '../access-key/ecs-metadata.ts';
import { profilePath } from '../access-key/key-file.ts';
import type { KeyLocation } from '../access-key/key-source.ts';
import { AUTH_MODES, type AuthMode } from '../request/authentication.ts';
import { type JwtSettings, PUBLIC_KEY_ALGORITHMS, SECRET_ALGORITHMS } from '../request/jwt.ts';
import { type HeldKey, isKeyPart } from '../sms/auth/credentials.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import { type EnvReader, isHttpsOrLoopback, printable } from './settings.ts';

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

export function readAuth(env: EnvReader, { host, hasKey }: { host: string; hasKey: boolean }): AuthConfig {
  const auth = env.choice('SMS_AUTH', AUTH_MODES, hasKey ? 'sign-and-forward' : 'forward');
  const apiKeys = env.list('GATEWAY_API_KEYS');
  const jwt = readJwt(env);
  const open = env.boolean('GATEWAY_OPEN', false);
  const writes = env.boolean('GATEWAY_WRITES', false);
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
  const jwksUrl = env.text('GATEWAY_JWKS_URL');
  const secret = env.text('GATEWAY_JWT_SECRET');
  const algorithms = env.list('GATEWAY_JWT_ALGORITHMS');
  const [issuer, audience] = [env.text('GATEWAY_JWT_ISSUER'), env.text('GATEWAY_JWT_AUDIENCE')];
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
  const defaults = secret === undefined ? ['RS256', 'PS256', 'ES256', 'EdDSA'] : ['HS256'];
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

/** The key in the environment, under the names of the vendor's SDKs and of its API pages. */
export function readKey(env: EnvReader): HeldKey | null {
  const ak = env.either('HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK');
  const sk = env.either('HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK');
  const securityToken = env.text('HUAWEICLOUD_SDK_SECURITY_TOKEN');
  const domainId = env.text('HUAWEICLOUD_SDK_DOMAIN_ID');
  const projectId = env.text('HUAWEICLOUD_SDK_PROJECT_ID');
  if ((ak === undefined) !== (sk === undefined))
    env.addProblem(`HUAWEICLOUD_SDK_${ak ? 'SK' : 'AK'}`, 'is not set, but its counterpart is. Set both or neither.');
  if (domainId !== undefined && projectId !== undefined)
    env.addProblem('HUAWEICLOUD_SDK_PROJECT_ID', 'and HUAWEICLOUD_SDK_DOMAIN_ID are both set. Set one of them.');
  if (ak === undefined || sk === undefined) return null;
  for (const [name, value] of Object.entries({
    AK: ak,
    SK: sk,
    SECURITY_TOKEN: securityToken,
    DOMAIN_ID: domainId,
    PROJECT_ID: projectId,
  }))
    if (value !== undefined && !isKeyPart(value))
      env.addProblem(`HUAWEICLOUD_SDK_${name}`, 'is not valid. Allowed: 1 to 16,384 visible ASCII characters.');
  if (ak.includes(',')) env.addProblem('HUAWEICLOUD_SDK_AK', 'contains a comma, which an access key id cannot have.');
  return { ak, sk, securityToken, domainId, projectId };
}

const KEY_SOURCES = ['env', 'profile', 'file', 'ecs-metadata'] as const;

/** Where the key is, or null if it is in the environment. No other place is searched than the chosen one. */
export function readKeyLocation(env: EnvReader, hasKey: boolean): KeyLocation | null {
  const source = env.choice('SMS_KEY_SOURCE', KEY_SOURCES, 'env');
  const profile = env.text('HUAWEICLOUD_SDK_CREDENTIALS_FILE') ?? profilePath();
  const endpoint = env.text('SMS_METADATA_ENDPOINT') ?? METADATA_ENDPOINT;
  const file = env.text('SMS_KEY_FILE');
  if (source === 'env') return null;
  if (hasKey) env.addProblem('SMS_KEY_SOURCE', `is "${source}", but HUAWEICLOUD_SDK_AK is set too. Set one of them.`);
  if (source === 'profile') return { kind: source, path: profile };
  if (source === 'ecs-metadata') {
    if (endpoint !== METADATA_ENDPOINT && !isLoopbackOrigin(endpoint))
      env.addProblem('SMS_METADATA_ENDPOINT', `is not valid. Allowed: ${METADATA_ENDPOINT}, or http on loopback.`);
    return { kind: source, endpoint };
  }
  if (file === undefined) env.addProblem('SMS_KEY_FILE', 'is not set. SMS_KEY_SOURCE=file needs it.');
  return { kind: source, path: file ?? '' };
}

function isLoopbackOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && isLoopback(url.hostname) && url.href === `${url.origin}/`;
}
