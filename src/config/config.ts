/** The environment as one frozen, validated value. docs/configuration.md lists the settings. */

import type { KeyLocation } from '../access-key/key-source.ts';
import { HIDDEN_PARTS, type HiddenPart } from '../graphql/hidden-parts.ts';
import type { HeldKey } from '../sms/auth/credentials.ts';
import type { SmsLimits } from '../sms/http/limits.ts';
import type { ProxySettings } from '../sms/http/transport.ts';
import { type AuthConfig, readAuth, readKey, readKeyLocation } from './auth.ts';
import { checkEmulator, warnOfUnknownSettings } from './emulator.ts';
import { type HttpConfig, readHttp } from './http.ts';
import { EnvReader, printable } from './settings.ts';
import { readRedisUrl } from './store.ts';
import { unknownSettingProblem, unknownSettings } from './unknown-settings.ts';
import {
  type Endpoints,
  type IamConfig,
  readEndpoints,
  readIam,
  readProxy,
  readTls,
  type TlsConfig,
} from './upstream.ts';
import { readWorkers } from './workers.ts';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export interface Config extends AuthConfig, Endpoints, IamConfig, HttpConfig {
  host: string;
  port: number;
  /** Processes that serve requests. */
  workers: number;
  /** The key in the environment. Null with the embedded emulator, which has its own. */
  key: HeldKey | null;
  /** Where the key is, if it is not in the environment. */
  keyLocation: KeyLocation | null;
  tls: TlsConfig;
  proxy: ProxySettings | undefined;
  /** Retries of a call that only reads. */
  retries: number;
  /** Calls of one caller per minute; 0: no limit. */
  callsPerMinute: number;
  graphiql: boolean;
  /** Whether the console is served. `if-built`: the setting is not set. */
  console: 'always' | 'if-built' | 'never';
  logLevel: string;
  /** Hidden parts of the schema to show. */
  expose: readonly HiddenPart[];
  /** Where processes share state; null: nowhere. */
  redisUrl: string | null;
  limits: SmsLimits;
  /** Probable mistakes in the environment that do not prevent the start. One sentence each. */
  warnings: readonly string[];
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Throws `SettingsError` with one line per problem; none repeats a secret. */
export function readConfig(env: Env): Config {
  const reader = new EnvReader(env);
  const { isProduction, ...config } = readSettings(reader);
  const isEmulated = config.endpoint === null && !isProduction && reader.text('SMS_REGION') === undefined;
  if (isEmulated) checkEmulator(reader, config.host);
  const warnings = warnOfUnknownSettings(reader, env, { isEmulated });
  reader.throwIfProblems();
  return Object.freeze({ ...config, warnings });
}

/** The settings of the command `emulator`. */
export function readEmulatorConfig(env: Env): { port: number; warnings: readonly string[] } {
  const reader = new EnvReader(env);
  const port = reader.integer('EMULATOR_PORT', 4001, [0, 65_535]);
  reader.throwIfProblems();
  const unknown = unknownSettings(env, settingNames());
  return { port, warnings: unknown.map((setting) => `${setting.name} ${unknownSettingProblem(setting)}`) };
}

/** The settings of the command `print-schema`. */
export function readSchemaConfig(env: Env): Pick<Config, 'expose'> {
  const reader = new EnvReader(env);
  const expose = readExpose(reader);
  reader.throwIfProblems();
  return { expose };
}

/** The names of all settings, of all commands. */
export function settingNames(): ReadonlySet<string> {
  const reader = new EnvReader({});
  readSettings(reader);
  return reader.names;
}

/** Reads every setting, even one without effect, so that the reader has the names of all. */
function readSettings(env: EnvReader): Omit<Config, 'warnings'> & { isProduction: boolean } {
  // In any case: the embedded emulator, whose tokens everybody knows, must not start because of a capital letter.
  const isProduction = env.text('NODE_ENV')?.toLowerCase() === 'production';
  // The command `emulator` reads it.
  env.text('EMULATOR_PORT');
  // The command `check-config` reads it.
  env.text('CHECK_CONFIG_TOKEN');
  const endpoints = readEndpoints(env, isProduction);
  const { endpoint } = endpoints;
  const host = env.text('HOST') ?? '127.0.0.1';
  const key = readKey(env);
  const keyLocation = readKeyLocation(env, key !== null);
  const hasKey = key !== null || keyLocation !== null || endpoint === null;
  const auth = readAuth(env, { host, hasKey });
  const redisUrl = readRedisUrl(env);
  return {
    isProduction,
    host,
    port: env.integer('PORT', 4000, [0, 65_535]),
    workers: readWorkers(env, { signsAlone: (key !== null || keyLocation !== null) && redisUrl === null }),
    ...endpoints,
    ...auth,
    ...readIam(env, auth.auth, endpoints),
    ...readHttp(env, isProduction),
    key: endpoint === null ? null : key,
    keyLocation: endpoint === null ? null : keyLocation,
    tls: readTls(env),
    proxy: readProxy(env),
    retries: env.integer('SMS_RETRIES', 2, [0, 2]),
    callsPerMinute: env.integer('CALLS_PER_MINUTE', 0, [0, 1_000_000]),
    graphiql: env.boolean('GRAPHIQL', !isProduction),
    console: readConsole(env, isProduction),
    logLevel: env.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    expose: readExpose(env),
    redisUrl,
    limits: {
      connectTimeout: env.integer('SMS_CONNECT_TIMEOUT', 5_000, [1, 600_000]),
      headersTimeout: env.integer('SMS_HEADERS_TIMEOUT', 30_000, [1, 600_000]),
      bodyTimeout: env.integer('SMS_BODY_TIMEOUT', 30_000, [1, 600_000]),
      totalTimeout: env.integer('SMS_TIMEOUT', 60_000, [1, 600_000]),
      maxResponseBytes: env.integer('SMS_MAX_ANSWER_BYTES', 16 * 1024 ** 2, [1, 1024 ** 3]),
      connections: env.integer('SMS_CONNECTIONS', 64, [1, 1024]),
    },
  };
}

function readConsole(env: EnvReader, isProduction: boolean): Config['console'] {
  if (!env.boolean('CONSOLE', !isProduction)) return 'never';
  return env.text('CONSOLE') === undefined ? 'if-built' : 'always';
}

function readExpose(env: EnvReader): HiddenPart[] {
  const parts = env.list('SMS_EXPOSE');
  const unknown = parts.filter((part) => !HIDDEN_PARTS.some((hidden) => hidden === part));
  if (unknown.length > 0)
    env.addProblem(
      'SMS_EXPOSE',
      `contains ${printable(unknown.join(','))}. Allowed: comma-separated ${HIDDEN_PARTS.join(', ')}.`,
    );
  return HIDDEN_PARTS.filter((part) => parts.includes(part));
}
