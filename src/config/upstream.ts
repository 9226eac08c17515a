/** The settings that say where SMS and IAM are, and how they are reached. */
import type { AuthMode } from '../request/authentication.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import type { ProxySettings } from '../sms/http/transport.ts';
import { hasValidEscapes, SERVICE_ORIGIN, serviceOrigin } from './addresses.ts';
import { code, type EnvReader } from './env-reader.ts';
import { IAM, IAM_REGIONS, isPublicCloud, REGIONS } from './regions.ts';
import { printable } from './settings.ts';

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
  const settings = env.section('Where SMS is');
  const region = settings.text('SMS_REGION', 'region of the SMS to call, and of its IAM', {
    default: '[the embedded emulator](#the-embedded-emulator)',
    allowed: Object.keys(REGIONS).map(code).join(', '),
  });
  const text = settings.text(
    'SMS_ENDPOINT',
    "URL of SMS, instead of the region's; several are alternatives, tried in this order",
    { allowed: `${SERVICE_ORIGIN}; separated by commas` },
  );
  if (text !== undefined) {
    const [endpoint = '', ...fallbacks] = text.split(',').map((one) => serviceOrigin(env, 'SMS_ENDPOINT', one.trim()));
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
  const text = env.section('Where SMS is').text('HUAWEICLOUD_SDK_IAM_ENDPOINT', 'URL of IAM', {
    default: 'see [below](#which-iam)',
    allowed: SERVICE_ORIGIN,
  });
  const configured = text === undefined ? undefined : serviceOrigin(env, 'HUAWEICLOUD_SDK_IAM_ENDPOINT', text);
  const hosts = [endpoint, ...fallbacks].map((origin) => URL.parse(origin ?? '')?.hostname ?? '');
  // If all endpoints are on loopback, SMS is a test server. If only some are, they are ways to the real SMS.
  const checks = env.section('Who may call');
  const checkTokens = checks.boolean(
    'SMS_CHECK_TOKENS',
    configured !== undefined || !hosts.every(isLoopback),
    '`sign-and-forward`: whether IAM verifies a new token before the gateway signs anything for it',
    {
      default: '`true`; `false` if every `SMS_ENDPOINT` is on loopback and `HUAWEICLOUD_SDK_IAM_ENDPOINT` is not set',
    },
  );
  const checksPerMinute = checks.integer(
    'TOKEN_CHECKS_PER_MINUTE',
    3000,
    [0, 1_000_000],
    'calls to IAM that verify new tokens, per network address (IPv6: a /64); behind a reverse proxy, all clients share one address; 0 is no limit',
  );
  const isNeeded = auth === 'exchange' || (auth === 'sign-and-forward' && checkTokens);
  if (!isNeeded || endpoint === null) return { iam: null, checkTokens, checksPerMinute };
  const region = env.value('SMS_REGION') ?? '';
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
  if (env.value('NODE_TLS_REJECT_UNAUTHORIZED') === '0')
    env.addProblem(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'is 0, which would accept any certificate. Unset it, and set SMS_CA_FILE to trust a CA of your own.',
    );
  const settings = env.section('Where SMS is');
  const caFile = settings.text('SMS_CA_FILE', 'CA certificates to trust in addition to the usual ones', {
    default: 'none; `NODE_EXTRA_CA_CERTS` works too',
    allowed: 'a PEM file',
  });
  const certFile = settings.text(
    'SMS_CLIENT_CERT_FILE',
    "the gateway's client certificate, sent when SMS requests one",
    { allowed: 'a PEM file' },
  );
  const keyFile = settings.text('SMS_CLIENT_KEY_FILE', 'the private key of that certificate', {
    allowed: 'a PEM file',
  });
  if ((certFile === undefined) !== (keyFile === undefined))
    env.addProblem(`SMS_CLIENT_${certFile ? 'KEY' : 'CERT'}_FILE`, 'is not set, but its counterpart is. Set both.');
  return {
    caFile,
    client: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
  };
}

export function readProxy(env: EnvReader): ProxySettings | undefined {
  const settings = env.section('Where SMS is');
  const allowed = '`http://` or `https://`, with a password if necessary';
  settings.text('HTTPS_PROXY', 'proxy for SMS, IAM and `GATEWAY_JWKS_URL` at https addresses', {
    allowed,
    isSecret: true,
  });
  settings.text('HTTP_PROXY', 'proxy for those at http addresses; never used for loopback', {
    allowed,
    isSecret: true,
  });
  settings.text('NO_PROXY', 'hosts to reach without a proxy; lower-case names of the three variables work too', {
    allowed: 'hosts, separated by commas',
  });
  const https = readProxyUrl(env, 'https_proxy');
  const http = readProxyUrl(env, 'http_proxy');
  if (https === undefined && http === undefined) return undefined;
  return { https, http, no: env.value('no_proxy') ?? env.value('NO_PROXY') ?? '' };
}

/** In lower case first, as curl reads it. */
function readProxyUrl(env: EnvReader, name: string): string | undefined {
  const spelling = env.value(name) === undefined ? name.toUpperCase() : name;
  const value = env.value(spelling);
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  // The value is not repeated: it may contain a password.
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    env.addProblem(spelling, 'is not valid. Allowed: http://host:port or https://host:port.');
  else if (!hasValidEscapes(url))
    env.addProblem(spelling, 'has an invalid % escape in its user or password. Write % as %25.');
  else return value;
  return undefined;
}
