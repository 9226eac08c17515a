/** Settings -> SMS, IAM and the key, opened once a process. */
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Config } from './config/config.ts';
import { SettingsError, shown } from './config/settings.ts';
import type { Log } from './logging/log.ts';
import type { AuthSettings } from './request/authentication.ts';
import { jwtCheck } from './request/jwt.ts';
import type { HeldKey, KeySource } from './sms/auth/credentials.ts';
import { iamAt } from './sms/auth/iam-client.ts';
import { isOpenToAll, KeyUnusableError } from './sms/auth/key-sources/key-file.ts';
import { type KeyLocation, keySource } from './sms/auth/key-sources/key-source.ts';
import { tokenCheck, tokenExchange } from './sms/auth/token-checks.ts';
import { type SmsUpstream, smsUpstream } from './sms/client.ts';
import type { Transport } from './sms/http/transport.ts';
import { NO_STORE, type SharedStore } from './sms/shared-store.ts';
import { readTextFile } from './sms/text/text-file.ts';

export interface Upstream extends AuthSettings {
  sms: SmsUpstream;
  /** What this process shares with others. */
  store: SharedStore;
  close(): Promise<void>;
}

/**
 * Everything that lies behind the gateway. Rejects with `SettingsError` where a file or the key cannot be read; what is only
 * careless is logged.
 */
export async function openUpstream(config: Config, log: Pick<Log, 'info' | 'warn'>): Promise<Upstream> {
  const {
    endpoint,
    fallbacks,
    limits,
    retries,
    callsPerMinute,
    auth,
    checkTokens,
    checksPerMinute,
    apiKeys,
    open,
    writes,
  } = config;
  const transport = transportOf(config);
  const key = await keyOf(config, log);
  const store = await storeOf(config, transport, log);
  const options = { ...transport, retries, callsPerMinute, store };
  const sms = smsUpstream([endpoint ?? '', ...fallbacks], limits, options);
  // The certificate of the gateway is for SMS alone.
  const others = { ca: transport.ca, proxy: transport.proxy };
  const iam = config.iam === null ? null : iamAt(config.iam, limits, others, { checksPerMinute });
  const jwt = auth === 'service' && config.jwt !== null ? jwtCheck(config.jwt, others) : null;
  return {
    sms,
    store,
    auth,
    key,
    apiKeys,
    open,
    writes,
    checkToken: auth === 'sign-and-forward' && checkTokens && iam !== null ? tokenCheck(iam, key) : null,
    keyFor: auth === 'exchange' && iam !== null ? tokenExchange(iam) : null,
    checkJwt: jwt,
    close: async () => {
      await Promise.all([sms.close(), iam?.close(), jwt?.close(), store.close()]);
    },
  };
}

/** The client is loaded where it is needed. */
async function storeOf({ redisUrl }: Config, { ca }: Transport, log: Pick<Log, 'info' | 'warn'>): Promise<SharedStore> {
  if (redisUrl === null) return NO_STORE;
  const { redisStore } = await import('./redis-store.ts');
  return redisStore(redisUrl, log, { ca });
}

async function keyOf({ key, keyLocation }: Config, log: Pick<Log, 'warn'>): Promise<HeldKey | KeySource | null> {
  if (keyLocation === null) return key;
  const warn = (why: string) => log.warn({ why }, `${named(keyLocation)} gives no key. The last one stays in use`);
  try {
    const found = await keySource(keyLocation, { warn });
    if (keyLocation.kind !== 'ecs-metadata' && isOpenToAll(keyLocation.path))
      log.warn(
        `${named(keyLocation)} may be read or changed by every user of this machine. Keep it to the gateway's own`,
      );
    return found;
  } catch (error) {
    if (error instanceof KeyUnusableError)
      throw new SettingsError(
        `SMS_KEY_SOURCE is "${keyLocation.kind}", but ${named(keyLocation)} gives no key. ${error.message}`,
      );
    throw error;
  }
}

function named(place: KeyLocation): string {
  if (place.kind === 'ecs-metadata') return 'it';
  return `${VARIABLES[place.kind]} (${shown(place.path)})`;
}

/** What names the file of a key. */
const VARIABLES = { file: 'SMS_KEY_FILE', profile: 'HUAWEICLOUD_SDK_CREDENTIALS_FILE' };

function transportOf({ tls: { caFile, client }, proxy }: Config): Transport {
  return {
    ca: caFile === undefined ? undefined : certificateIn('SMS_CA_FILE', caFile),
    client: client && ownCertificate(client),
    proxy,
  };
}

function ownCertificate({ certFile, keyFile }: { certFile: string; keyFile: string }): { cert: string; key: string } {
  const cert = certificateIn('SMS_CLIENT_CERT_FILE', certFile);
  const key = textOf('SMS_CLIENT_KEY_FILE', keyFile);
  try {
    createSecureContext({ cert, key });
  } catch {
    throw new SettingsError('SMS_CLIENT_KEY_FILE names a file that does not hold the key of SMS_CLIENT_CERT_FILE.');
  }
  return { cert, key };
}

/** Node would take a file without one in silence, and then trust or show nothing. */
function certificateIn(name: string, path: string): string {
  const text = textOf(name, path);
  try {
    new X509Certificate(text);
    return text;
  } catch {
    throw new SettingsError(`${name} names a file that holds no certificate.`);
  }
}

function textOf(name: string, path: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    throw new SettingsError(`${name} names a file that cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
