/** The settings of where SMS and IAM are, and of how they are reached. */

import type { AuthMode } from '../request/authentication.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import type { ProxySettings } from '../sms/http/transport.ts';
import { IAM, IAM_REGIONS, isPublicCloud, REGIONS } from '../sms/regions.ts';
import { type Environment, shown } from './settings.ts';

export interface Endpoints {
  /** Where SMS answers. Null: the embedded emulator. */
  endpoint: string | null;
  /** Where calls go while `endpoint` does not work. */
  fallbacks: readonly string[];
}

export interface IamConfig {
  /** Where IAM answers. Null where it is not asked, and with the embedded emulator, which plays it. */
  iam: string | null;
  /** Whether a token is shown to IAM before it is signed for. */
  checkTokens: boolean;
  /** Most checks of tokens that are not known yet in a minute, for each network address; 0 is no limit. */
  checksPerMinute: number;
}

export interface TlsConfig {
  caFile: string | undefined;
  /** The gateway's own certificate and key. */
  client: { certFile: string; keyFile: string } | undefined;
}

export function readEndpoints(settings: Environment, production: boolean): Endpoints {
  const text = settings.text('SMS_ENDPOINT');
  const region = settings.text('SMS_REGION');
  if (text !== undefined) {
    const [endpoint = '', ...fallbacks] = text.split(',').map((one) => settings.origin('SMS_ENDPOINT', one.trim()));
    return { endpoint, fallbacks };
  }
  if (region === undefined) {
    if (production)
      settings.wrong('SMS_REGION', 'is not set, nor is SMS_ENDPOINT. In production one of them must name the service.');
    return { endpoint: null, fallbacks: [] };
  }
  const known = Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
  if (known === undefined)
    settings.wrong(
      'SMS_REGION',
      `is ${shown(region)}. Allowed: ${Object.keys(REGIONS).join(', ')}; or set SMS_ENDPOINT.`,
    );
  return { endpoint: known ?? null, fallbacks: [] };
}

/**
 * A token of a caller is shown to an IAM only where that is surely the one of its cloud: one that is named, or the public
 * cloud's for an endpoint of the public cloud.
 */
export function readIam(settings: Environment, auth: AuthMode, { endpoint, fallbacks }: Endpoints): IamConfig {
  const text = settings.text('HUAWEICLOUD_SDK_IAM_ENDPOINT');
  const named = text === undefined ? undefined : settings.origin('HUAWEICLOUD_SDK_IAM_ENDPOINT', text);
  const hosts = [endpoint, ...fallbacks].map((origin) => URL.parse(origin ?? '')?.hostname ?? '');
  // Loopback alone is a test server. Beside another SMS it is a way to that one, and its tokens must be checked.
  const checkTokens = settings.boolean('SMS_CHECK_TOKENS', named !== undefined || !hosts.every(isLoopback));
  const checksPerMinute = settings.integer('TOKEN_CHECKS_PER_MINUTE', { default: 3000, least: 0, most: 1_000_000 });
  const isAsked = auth === 'exchange' || (auth === 'sign-and-forward' && checkTokens);
  if (!isAsked || endpoint === null) return { iam: null, checkTokens, checksPerMinute };
  const region = settings.text('SMS_REGION') ?? '';
  // What answers on loopback may be of any cloud, so one such address is enough for the region not to count.
  const ofRegion = !hosts.some(isLoopback) && Object.hasOwn(IAM_REGIONS, region) ? IAM_REGIONS[region] : undefined;
  const iam = named ?? ofRegion ?? (hosts.every(isPublicCloud) ? IAM : undefined);
  if (iam === undefined && endpoint !== '')
    settings.wrong(
      'HUAWEICLOUD_SDK_IAM_ENDPOINT',
      `is not set, and the IAM of SMS_ENDPOINT is not known. ${auth === 'exchange' ? 'Set it.' : 'Set it, or SMS_CHECK_TOKENS=false.'}`,
    );
  return { iam: iam ?? null, checkTokens, checksPerMinute };
}

export function readTls(settings: Environment): TlsConfig {
  if (settings.text('NODE_TLS_REJECT_UNAUTHORIZED') === '0')
    settings.wrong(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'is 0, which would take any certificate. Unset it; SMS_CA_FILE names a CA of your own.',
    );
  const certFile = settings.text('SMS_CLIENT_CERT_FILE');
  const keyFile = settings.text('SMS_CLIENT_KEY_FILE');
  if ((certFile === undefined) !== (keyFile === undefined))
    settings.wrong(`SMS_CLIENT_${certFile ? 'KEY' : 'CERT'}_FILE`, 'is not set, but its other half is. Set both.');
  return {
    caFile: settings.text('SMS_CA_FILE'),
    client: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
  };
}

export function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The usual variables, in small letters first, as curl reads them. */
export function readProxy(settings: Environment): ProxySettings | undefined {
  const either = (name: string) =>
    [name, name.toUpperCase()]
      .map((spelling) => ({ spelling, value: settings.text(spelling) }))
      .find(({ value }) => value !== undefined);
  const no = either('no_proxy')?.value ?? '';
  const [https, http] = ['https_proxy', 'http_proxy'].map((name) => {
    const { spelling: found, value: address } = either(name) ?? {};
    if (found === undefined || address === undefined) return undefined;
    const url = URL.parse(address);
    // Neither is repeated: it may hold a password.
    if (url === null || !['http:', 'https:'].includes(url.protocol))
      settings.wrong(found, 'is not acceptable. Allowed: http://host:port or https://host:port.');
    else if (![url.username, url.password].every(isEncoded))
      settings.wrong(found, 'has a "%" in its user or password that is no escape. Write it as %25.');
    else return address;
    return undefined;
  });
  if (https === undefined && http === undefined) return undefined;
  return { https, http, no };
}
