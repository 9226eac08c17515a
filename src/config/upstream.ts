/** The settings that say where SMS and IAM are, and how they are reached. */
import type { AuthMode } from '../request/authentication.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import type { ProxySettings } from '../sms/http/transport.ts';
import { IAM, IAM_REGIONS, isPublicCloud, REGIONS } from './regions.ts';
import { type EnvReader, printable } from './settings.ts';

export interface Endpoints {
  /** The origin of SMS; null: the embedded emulator. */
  endpoint: string | null;
  /** Where calls go while `endpoint` fails. */
  fallbacks: readonly string[];
}

export interface IamConfig {
  /** The origin of IAM. Null if it is not called, and with the embedded emulator, which replaces it. */
  iam: string | null;
  /** Whether IAM verifies a token before calls with it are signed. */
  checkTokens: boolean;
  /** Checks per minute of tokens that are not cached, for each network address; 0: no limit. */
  checksPerMinute: number;
}

export interface TlsConfig {
  caFile: string | undefined;
  /** The gateway's own certificate and private key. */
  client: { certFile: string; keyFile: string } | undefined;
}

export function readEndpoints(env: EnvReader, isProduction: boolean): Endpoints {
  const text = env.text('SMS_ENDPOINT');
  const region = env.text('SMS_REGION');
  if (text !== undefined) {
    const [endpoint = '', ...fallbacks] = text.split(',').map((one) => env.origin('SMS_ENDPOINT', one.trim()));
    return { endpoint, fallbacks };
  }
  if (region === undefined) {
    if (isProduction)
      env.addProblem(
        'SMS_REGION',
        'is not set, nor is SMS_ENDPOINT. Set one of the two: in production, the embedded emulator, whose data is made up, never starts.',
      );
    return { endpoint: null, fallbacks: [] };
  }
  const endpoint = Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
  if (endpoint === undefined)
    env.addProblem(
      'SMS_REGION',
      `is ${printable(region)}. Allowed: ${Object.keys(REGIONS).join(', ')}; or set SMS_ENDPOINT.`,
    );
  return { endpoint: endpoint ?? null, fallbacks: [] };
}

/**
 * A caller's token is sent to an IAM only if that is certainly the IAM of its cloud: the one that is set, or that of the
 * public cloud for endpoints of the public cloud.
 */
export function readIam(env: EnvReader, auth: AuthMode, { endpoint, fallbacks }: Endpoints): IamConfig {
  const text = env.text('HUAWEICLOUD_SDK_IAM_ENDPOINT');
  const configured = text === undefined ? undefined : env.origin('HUAWEICLOUD_SDK_IAM_ENDPOINT', text);
  const hosts = [endpoint, ...fallbacks].map((origin) => URL.parse(origin ?? '')?.hostname ?? '');
  // If all endpoints are on loopback, SMS is a test server. If only some are, they are ways to the real SMS.
  const checkTokens = env.boolean('SMS_CHECK_TOKENS', configured !== undefined || !hosts.every(isLoopback));
  const checksPerMinute = env.integer('TOKEN_CHECKS_PER_MINUTE', 3000, [0, 1_000_000]);
  const isNeeded = auth === 'exchange' || (auth === 'sign-and-forward' && checkTokens);
  if (!isNeeded || endpoint === null) return { iam: null, checkTokens, checksPerMinute };
  const region = env.text('SMS_REGION') ?? '';
  // A server on loopback may belong to any cloud, so with a single such endpoint the region does not count.
  const regional = !hosts.some(isLoopback) && Object.hasOwn(IAM_REGIONS, region) ? IAM_REGIONS[region] : undefined;
  const iam = configured ?? regional ?? (hosts.every(isPublicCloud) ? IAM : undefined);
  if (iam === undefined && endpoint !== '')
    env.addProblem(
      'HUAWEICLOUD_SDK_IAM_ENDPOINT',
      `is not set, and the IAM of SMS_ENDPOINT is not known. Set it${auth === 'exchange' ? '' : ', or set SMS_CHECK_TOKENS=false'}.`,
    );
  return { iam: iam ?? null, checkTokens, checksPerMinute };
}

export function readTls(env: EnvReader): TlsConfig {
  if (env.text('NODE_TLS_REJECT_UNAUTHORIZED') === '0')
    env.addProblem(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'is 0, which would accept any certificate. Unset it, and set SMS_CA_FILE to trust a CA of your own.',
    );
  const certFile = env.text('SMS_CLIENT_CERT_FILE');
  const keyFile = env.text('SMS_CLIENT_KEY_FILE');
  if ((certFile === undefined) !== (keyFile === undefined))
    env.addProblem(`SMS_CLIENT_${certFile ? 'KEY' : 'CERT'}_FILE`, 'is not set, but its counterpart is. Set both.');
  return {
    caFile: env.text('SMS_CA_FILE'),
    client: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
  };
}

/** Whether the user and password of a URL can be decoded. */
export function hasValidEscapes({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}

/** Each variable in lower case first, as curl reads them. */
export function readProxy(env: EnvReader): ProxySettings | undefined {
  const variable = (name: string) =>
    [name, name.toUpperCase()]
      .map((spelling) => ({ spelling, value: env.text(spelling) }))
      .find(({ value }) => value !== undefined);
  const no = variable('no_proxy')?.value ?? '';
  const [https, http] = ['https_proxy', 'http_proxy'].map((name) => {
    const { spelling = '', value } = variable(name) ?? {};
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    // The value is not repeated: it may contain a password.
    if (url === null || !['http:', 'https:'].includes(url.protocol))
      env.addProblem(spelling, 'is not valid. Allowed: http://host:port or https://host:port.');
    else if (!hasValidEscapes(url))
      env.addProblem(spelling, 'has an invalid % escape in its user or password. Write % as %25.');
    else return value;
    return undefined;
  });
  if (https === undefined && http === undefined) return undefined;
  return { https, http, no };
}
