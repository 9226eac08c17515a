/** SMS, IAM and the gateway's key, opened once per process from its settings. */
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { isOpenToAll, KeyUnusableError } from './access-key/key-file.ts';
import { type KeyLocation, keySource } from './access-key/key-source.ts';
import type { Config } from './config/config.ts';
import { printable, SettingsError } from './config/settings.ts';
import type { Log } from './logging/log.ts';
import type { AuthSettings } from './request/authentication.ts';
import type { HeldKey, KeySource } from './sms/auth/credentials.ts';
import { iamAt } from './sms/auth/iam-client.ts';
import { tokenCheck, tokenExchange } from './sms/auth/token-checks.ts';
import { type SmsUpstream, smsUpstream } from './sms/client.ts';
import type { ExchangeTracer, Transport } from './sms/http/transport.ts';
import type { UpstreamObserver } from './sms/http/upstream-observer.ts';
import { NO_STORE, type SharedStore } from './sms/shared-store.ts';
import { readTextFile } from './text/text-file.ts';

/** What `createGateway` needs besides the configuration. */
export interface Upstream extends Pick<AuthSettings, 'key' | 'tokenCheck' | 'tokenExchange' | 'jwtCheck'> {
  sms: SmsUpstream;
  /** The state that is shared with other processes. */
  store: SharedStore;
  close(): Promise<void>;
}

/** Rejects with `SettingsError` if a file or the key cannot be read. */
export async function openUpstream(
  config: Config,
  log: Pick<Log, 'info' | 'warn'>,
  tracer?: ExchangeTracer,
): Promise<Upstream> {
  const { endpoint, fallbacks, limits, retries, callsPerMinute, checksPerMinute, auth, checkTokens } = config;
  const transport = { ...transportOf(config), tracer };
  const key = await openKey(config, log);
  const store = await openStore(config, transport, log);
  const observers: UpstreamObserver[] = [];
  const sms = smsUpstream([endpoint ?? '', ...fallbacks], limits, {
    ...transport,
    retries,
    callsPerMinute,
    store,
    observers,
    // With a shared store, they count together.
    processes: config.redisUrl === null ? config.workers : 1,
  });
  // Only SMS gets the certificate of the gateway.
  const withoutCertificate = { ca: transport.ca, proxy: transport.proxy, tracer };
  const iam =
    config.iam === null ? null : iamAt(config.iam, limits, withoutCertificate, { checksPerMinute, observers });
  // Libraries are loaded only if they are used, for a faster start.
  const jwtSettings = auth === 'service' ? config.jwt : null;
  const jwt = jwtSettings && (await import('./request/jwt.ts')).jwtCheck(jwtSettings, withoutCertificate);
  return {
    sms,
    store,
    key,
    tokenCheck: auth === 'sign-and-forward' && checkTokens && iam !== null ? tokenCheck(iam, key) : null,
    tokenExchange: auth === 'exchange' && iam !== null ? tokenExchange(iam) : null,
    jwtCheck: jwt,
    close: async () => {
      await Promise.all([sms.close(), iam?.close(), jwt?.close(), store.close()]);
    },
  };
}

/** The Redis client is loaded only if it is used. */
async function openStore(
  { redisUrl }: Config,
  { ca }: Transport,
  log: Pick<Log, 'info' | 'warn'>,
): Promise<SharedStore> {
  if (redisUrl === null) return NO_STORE;
  const { redisStore } = await import('./redis-store.ts');
  return redisStore(redisUrl, log, { ca });
}

async function openKey({ key, keyLocation }: Config, log: Pick<Log, 'warn'>): Promise<HeldKey | KeySource | null> {
  if (keyLocation === null) return key;
  const name = nameOf(keyLocation);
  const warn = (why: string) => log.warn({ why }, `${name} provides no key. The last key stays in use`);
  try {
    const source = await keySource(keyLocation, { warn });
    if (keyLocation.kind !== 'ecs-metadata' && isOpenToAll(keyLocation.path))
      log.warn(`${name} can be read or changed by every user of this machine. Restrict it to the gateway's own user`);
    return source;
  } catch (error) {
    if (!(error instanceof KeyUnusableError)) throw error;
    throw new SettingsError(`SMS_KEY_SOURCE is "${keyLocation.kind}", but ${name} provides no key. ${error.message}`);
  }
}

function nameOf(location: KeyLocation): string {
  if (location.kind === 'ecs-metadata') return 'it';
  const variable = { file: 'SMS_KEY_FILE', profile: 'HUAWEICLOUD_SDK_CREDENTIALS_FILE' }[location.kind];
  return `${variable} (${printable(location.path)})`;
}

export function transportOf({ tls: { caFile, client }, proxy }: Config): Transport {
  return {
    ca: caFile === undefined ? undefined : readCertificate('SMS_CA_FILE', caFile),
    client: client && readClientCertificate(client),
    proxy,
  };
}

function readClientCertificate(files: { certFile: string; keyFile: string }): { cert: string; key: string } {
  const cert = readCertificate('SMS_CLIENT_CERT_FILE', files.certFile);
  const key = readText('SMS_CLIENT_KEY_FILE', files.keyFile);
  try {
    createSecureContext({ cert, key });
  } catch {
    throw new SettingsError(
      'SMS_CLIENT_KEY_FILE names a file that does not contain the private key of SMS_CLIENT_CERT_FILE.',
    );
  }
  return { cert, key };
}

/** Node silently accepts a file without a certificate. */
function readCertificate(variable: string, path: string): string {
  const text = readText(variable, path);
  try {
    new X509Certificate(text);
    return text;
  } catch {
    throw new SettingsError(`${variable} names a file that contains no certificate.`);
  }
}

function readText(variable: string, path: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    throw new SettingsError(`${variable} names a file that cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
