/** The settings of who may call, and of what the gateway signs with. */
import { AUTH_MODES, type AuthMode } from '../request/authentication.ts';
import { type JwtSettings, PUBLIC_KEY_ALGORITHMS, SECRET_ALGORITHMS } from '../request/jwt.ts';
import type { HeldKey } from '../sms/auth/credentials.ts';
import { METADATA_ENDPOINT } from '../sms/auth/key-sources/ecs-metadata.ts';
import { KEY_PART, PROFILE_PATH } from '../sms/auth/key-sources/key-file.ts';
import type { KeyLocation } from '../sms/auth/key-sources/key-source.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import { type Environment, shown } from './settings.ts';

export interface AuthConfig {
  auth: AuthMode;
  /** Who may call in `service`: API keys, JWTs, or everybody on a loopback address. */
  apiKeys: readonly string[];
  jwt: JwtSettings | null;
  open: boolean;
  /** Whether callers may change anything in `service`. */
  writes: boolean;
}

export function readAuth(settings: Environment, { host, hasKey }: { host: string; hasKey: boolean }): AuthConfig {
  const chosen = settings.text('SMS_AUTH');
  const apiKeys = settings.list('GATEWAY_API_KEYS');
  const jwt = readJwt(settings);
  const open = settings.boolean('GATEWAY_OPEN', false);
  const writes = settings.boolean('GATEWAY_WRITES', false);
  const auth = AUTH_MODES.find((mode) => mode === chosen) ?? (hasKey ? 'sign-and-forward' : 'forward');
  if (chosen !== undefined && chosen !== auth)
    settings.wrong('SMS_AUTH', `is ${shown(chosen)}. Allowed: ${AUTH_MODES.join(', ')}.`);
  if ((auth === 'sign-and-forward' || auth === 'service') && !hasKey)
    settings.wrong('SMS_AUTH', `is "${auth}", which signs, but no key is set (HUAWEICLOUD_SDK_AK and _SK).`);
  if (apiKeys.some((key) => !/^[\x21-\x7e]{16,16384}$/.test(key)))
    settings.wrong('GATEWAY_API_KEYS', 'holds a key that is not 16 or more visible ASCII characters.');
  if (auth === 'service' && apiKeys.length === 0 && jwt === null && !open)
    settings.wrong(
      'GATEWAY_API_KEYS',
      'is not set. SMS_AUTH=service needs it, or GATEWAY_JWKS_URL, or GATEWAY_JWT_SECRET, or GATEWAY_OPEN=true on a loopback HOST.',
    );
  if (open && !isLoopback(host))
    settings.wrong('GATEWAY_OPEN', `is true, but HOST is ${shown(host)}. Allowed only on 127.0.0.1, ::1 or localhost.`);
  return { auth, apiKeys, jwt, open, writes };
}

function readJwt(settings: Environment): JwtSettings | null {
  const jwksUrl = settings.text('GATEWAY_JWKS_URL');
  const secret = settings.text('GATEWAY_JWT_SECRET');
  const named = settings.list('GATEWAY_JWT_ALGORITHMS');
  const claims = ['GATEWAY_JWT_ISSUER', 'GATEWAY_JWT_AUDIENCE'].map((name) => [name, settings.text(name)] as const);
  if (jwksUrl === undefined && secret === undefined) return null;
  if (jwksUrl !== undefined && secret !== undefined)
    settings.wrong('GATEWAY_JWT_SECRET', 'is set beside GATEWAY_JWKS_URL. Set one of them.');
  if (jwksUrl !== undefined && !isSafeUrl(jwksUrl))
    settings.wrong(
      'GATEWAY_JWKS_URL',
      'is not acceptable. Allowed: an https URL without a password; http on loopback.',
    );
  if (secret !== undefined && Buffer.byteLength(secret) < 32)
    settings.wrong('GATEWAY_JWT_SECRET', 'is too short. Allowed: 32 bytes or more.');
  const [issuer, audience] = claims.map(([name, value]) => {
    if (value === undefined)
      settings.wrong(name, 'is not set. Without it, JWTs that were made for others would be taken.');
    return value ?? '';
  });
  const allowed = secret === undefined ? PUBLIC_KEY_ALGORITHMS : SECRET_ALGORITHMS;
  if (named.some((algorithm) => !allowed.includes(algorithm)))
    settings.wrong('GATEWAY_JWT_ALGORITHMS', `holds ${shown(named.join(','))}. Allowed: ${allowed.join(', ')}.`);
  const usual = secret === undefined ? ['RS256', 'PS256', 'ES256', 'EdDSA'] : ['HS256'];
  return {
    keys: secret === undefined ? { jwksUrl: jwksUrl ?? '' } : { secret },
    issuer: issuer ?? '',
    audience: audience ?? '',
    algorithms: named.length === 0 ? usual : named,
  };
}

function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** The names are the vendor's: those of its SDKs, and those of its API pages. */
export function readKey(settings: Environment): HeldKey | null {
  const ak = settings.either('HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK');
  const sk = settings.either('HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK');
  const securityToken = settings.text('HUAWEICLOUD_SDK_SECURITY_TOKEN');
  const domainId = settings.text('HUAWEICLOUD_SDK_DOMAIN_ID');
  const projectId = settings.text('HUAWEICLOUD_SDK_PROJECT_ID');
  if ((ak === undefined) !== (sk === undefined))
    settings.wrong(`HUAWEICLOUD_SDK_${ak ? 'SK' : 'AK'}`, `is not set, but its other half is. Set both, or neither.`);
  if (domainId !== undefined && projectId !== undefined)
    settings.wrong('HUAWEICLOUD_SDK_PROJECT_ID', 'is set beside HUAWEICLOUD_SDK_DOMAIN_ID. SMS takes one of them.');
  if (ak === undefined || sk === undefined) return null;
  for (const [name, value] of Object.entries({
    AK: ak,
    SK: sk,
    SECURITY_TOKEN: securityToken,
    DOMAIN_ID: domainId,
    PROJECT_ID: projectId,
  }))
    if (value !== undefined && !KEY_PART.test(value))
      settings.wrong(`HUAWEICLOUD_SDK_${name}`, 'holds something else than 1 to 16,384 visible ASCII characters.');
  if (ak.includes(',')) settings.wrong('HUAWEICLOUD_SDK_AK', 'holds a comma, which the id of a key cannot have.');
  return {
    ak,
    sk,
    ...(securityToken !== undefined && { securityToken }),
    ...(domainId !== undefined && { domainId }),
    ...(projectId !== undefined && { projectId }),
  };
}

const KEY_SOURCES = ['env', 'profile', 'file', 'ecs-metadata'] as const;

/** Where the key is if it is not in the environment; null where it is. No place is looked at that was not chosen. */
export function readKeyPlace(settings: Environment, hasKey: boolean): KeyLocation | null {
  const source = settings.choice('SMS_KEY_SOURCE', KEY_SOURCES, 'env');
  const [profile, endpoint, path] = [
    settings.text('HUAWEICLOUD_SDK_CREDENTIALS_FILE'),
    settings.text('SMS_METADATA_ENDPOINT'),
    settings.text('SMS_KEY_FILE'),
  ];
  if (source === 'env') return null;
  if (hasKey) settings.wrong('SMS_KEY_SOURCE', `is "${source}", but HUAWEICLOUD_SDK_AK is set too. Set one of them.`);
  if (source === 'profile') return { kind: source, path: profile ?? PROFILE_PATH };
  if (source === 'ecs-metadata') {
    if (endpoint !== undefined && endpoint !== METADATA_ENDPOINT && !isLoopbackOrigin(endpoint))
      settings.wrong('SMS_METADATA_ENDPOINT', `is not acceptable. Allowed: ${METADATA_ENDPOINT}, or http on loopback.`);
    return { kind: source, endpoint: endpoint ?? METADATA_ENDPOINT };
  }
  if (path === undefined) settings.wrong('SMS_KEY_FILE', 'is not set. SMS_KEY_SOURCE=file needs it.');
  return { kind: source, path: path ?? '' };
}

function isLoopbackOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && isLoopback(url.hostname) && url.href === `${url.origin}/`;
}
