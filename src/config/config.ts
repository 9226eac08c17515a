/** The environment as one frozen, validated value: the only reader of it. docs/configuration.md is its table. */

import { HIDDEN_PARTS, type HiddenPart } from '../graphql/hidden-parts.ts';
import type { HeldKey } from '../sms/auth/credentials.ts';
import type { KeyLocation } from '../sms/auth/key-sources/key-source.ts';
import type { SmsLimits } from '../sms/http/limits.ts';
import type { ProxySettings } from '../sms/http/transport.ts';
import { type AuthConfig, readAuth, readKey, readKeyPlace } from './auth.ts';
import { checkEmulator, reportUnknown } from './emulator.ts';
import { type HttpConfig, readHttp } from './http.ts';
import { Environment, shown } from './settings.ts';
import { readRedisUrl } from './store.ts';
import { unknownIn, whyUnknown } from './unknown.ts';
import {
  type Endpoints,
  type IamConfig,
  readEndpoints,
  readIam,
  readProxy,
  readTls,
  type TlsConfig,
} from './upstream.ts';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export interface Config extends AuthConfig, Endpoints, IamConfig, HttpConfig {
  host: string;
  port: number;
  /** Null when the gateway holds none, and with the embedded emulator, whose own demo key is used. */
  key: HeldKey | null;
  /** Where the key is, when it is not in the environment. */
  keyLocation: KeyLocation | null;
  tls: TlsConfig;
  proxy: ProxySettings | undefined;
  /** Most repetitions of a call that only reads. */
  retries: number;
  /** Most calls of one caller in a minute; 0 is no limit. */
  callsPerMinute: number;
  graphiql: boolean;
  logLevel: string;
  /** Parts of the schema that are hidden unless named. */
  expose: readonly HiddenPart[];
  /** Where state is that processes share. */
  redisUrl: string | null;
  limits: SmsLimits;
  /** What is odd about the environment but keeps nothing from working, a sentence each. */
  warnings: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Throws `SettingsError` with one sentence for each variable that is wrong; none repeats a secret. */
export function readConfig(env: Env): Config {
  const settings = new Environment(env);
  const { production, ...config } = configIn(settings);
  const isEmulated =
    !production && settings.text('SMS_REGION') === undefined && settings.text('SMS_ENDPOINT') === undefined;
  if (isEmulated) checkEmulator(settings, config.host);
  const warnings = reportUnknown(settings, env, { isEmulated });
  settings.done();
  return Object.freeze({ ...config, warnings });
}

/** What the command `emulator` reads. */
export function readEmulatorConfig(env: Env): { port: number; warnings: readonly string[] } {
  const settings = new Environment(env);
  const port = settings.integer('EMULATOR_PORT', { default: 4001, least: 0, most: 65_535 });
  settings.done();
  return { port, warnings: unknownIn(env, settingNames()).map(whyUnknown) };
}

/** The names of all settings, of both commands. */
export function settingNames(): ReadonlySet<string> {
  const settings = new Environment({});
  configIn(settings);
  return settings.names;
}

/** All but what concerns the environment as a whole. Every setting is read, whether it is of use or not. */
function configIn(settings: Environment): Omit<Config, 'warnings'> & { production: boolean } {
  // In any letters: the embedded emulator, with tokens that everybody knows, must not start by a slip of the hand.
  const production = settings.text('NODE_ENV')?.toLowerCase() === 'production';
  // The other command reads it.
  settings.text('EMULATOR_PORT');
  const endpoints = readEndpoints(settings, production);
  const { endpoint } = endpoints;
  const host = settings.text('HOST') ?? '127.0.0.1';
  const key = readKey(settings);
  const keyPlace = readKeyPlace(settings, key !== null);
  const hasKey = key !== null || keyPlace !== null || endpoint === null;
  const auth = readAuth(settings, { host, hasKey });
  return {
    production,
    host,
    port: settings.integer('PORT', { default: 4000, least: 0, most: 65_535 }),
    ...endpoints,
    ...auth,
    ...readIam(settings, auth.auth, endpoints),
    ...readHttp(settings, production),
    key: endpoint === null ? null : key,
    keyLocation: endpoint === null ? null : keyPlace,
    tls: readTls(settings),
    proxy: readProxy(settings),
    retries: settings.integer('SMS_RETRIES', { default: 2, least: 0, most: 2 }),
    callsPerMinute: settings.integer('CALLS_PER_MINUTE', { default: 0, least: 0, most: 1_000_000 }),
    graphiql: settings.boolean('GRAPHIQL', !production),
    logLevel: settings.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    expose: readExpose(settings),
    redisUrl: readRedisUrl(settings),
    limits: {
      connectTimeout: settings.integer('SMS_CONNECT_TIMEOUT', { default: 5_000, least: 1, most: 600_000 }),
      headersTimeout: settings.integer('SMS_HEADERS_TIMEOUT', { default: 30_000, least: 1, most: 600_000 }),
      bodyTimeout: settings.integer('SMS_BODY_TIMEOUT', { default: 30_000, least: 1, most: 600_000 }),
      totalTimeout: settings.integer('SMS_TIMEOUT', { default: 60_000, least: 1, most: 600_000 }),
      maxResponseBytes: settings.integer('SMS_MAX_ANSWER_BYTES', {
        default: 16 * 1024 ** 2,
        least: 1,
        most: 1024 ** 3,
      }),
      connections: settings.integer('SMS_CONNECTIONS', { default: 64, least: 1, most: 1024 }),
    },
  };
}

function readExpose(settings: Environment): HiddenPart[] {
  const named = settings.list('SMS_EXPOSE');
  const unknown = named.filter((part) => !HIDDEN_PARTS.some((hidden) => hidden === part));
  if (unknown.length > 0)
    settings.wrong(
      'SMS_EXPOSE',
      `holds ${shown(unknown.join(','))}. Allowed: ${HIDDEN_PARTS.join(', ')}, joined with commas.`,
    );
  return HIDDEN_PARTS.filter((part) => named.includes(part));
}
