/** The environment as one frozen, validated value. docs/configuration.md lists the settings. */

import type { KeyLocation } from '../access-key/key-source.ts';
import type { HeldKey } from '../sms/auth/credentials.ts';
import type { ProxySettings } from '../sms/http/transport.ts';
import { readAccessKey } from './access-key.ts';
import { type AuthConfig, readAuth } from './auth.ts';
import { checkEmulator, warnOfUnknownSettings } from './emulator.ts';
import { EnvReader, type Setting } from './env-reader.ts';
import { type HttpConfig, readHttp } from './http.ts';
import { type CallLimits, readCallLimits } from './limits.ts';
import {
  type ProgramConfig,
  readEmulatorPort,
  readExpose,
  readHost,
  readIsProduction,
  readProgram,
} from './program.ts';
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

export interface Config extends ProgramConfig, AuthConfig, Endpoints, IamConfig, CallLimits, HttpConfig {
  host: string;
  /** Processes that serve requests. */
  workers: number;
  /** The key in the environment. Null with the embedded emulator, which has its own. */
  key: HeldKey | null;
  /** Where the key is, if it is not in the environment. */
  keyLocation: KeyLocation | null;
  tls: TlsConfig;
  proxy: ProxySettings | undefined;
  /** Where processes share state; null: nowhere. */
  redisUrl: string | null;
  /** Probable mistakes in the environment that do not prevent the start. One sentence each. */
  warnings: readonly string[];
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Throws `SettingsError` with one line per problem; none repeats a secret. */
export function readConfig(env: Env): Config {
  const reader = new EnvReader(env);
  const { isProduction, ...config } = readSettings(reader);
  const isEmulated = config.endpoint === null && !isProduction && reader.value('SMS_REGION') === undefined;
  if (isEmulated) checkEmulator(reader, config.host);
  const warnings = warnOfUnknownSettings(reader, env, { isEmulated, names: settingNames() });
  reader.throwIfProblems();
  return Object.freeze({ ...config, warnings });
}

/** The settings of the command `emulator`. */
export function readEmulatorConfig(env: Env): { port: number; warnings: readonly string[] } {
  const reader = new EnvReader(env);
  const port = readEmulatorPort(reader);
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

/** All settings of all commands, with the defaults that they have in an environment. */
export function settingsIn(env: Env): readonly Setting[] {
  const reader = new EnvReader(env);
  readSettings(reader);
  readEmulatorPort(reader);
  return reader.settings;
}

/** The names of all settings, also second ones. */
export function settingNames(): ReadonlySet<string> {
  return new Set(settingsIn({}).flatMap(({ name, alias = name }) => [name, alias]));
}

/** Reads every setting of `start`, even one without effect, so that all are declared. */
function readSettings(env: EnvReader): Omit<Config, 'warnings'> & { isProduction: boolean } {
  const isProduction = readIsProduction(env);
  const endpoints = readEndpoints(env, isProduction);
  const { endpoint } = endpoints;
  const host = readHost(env);
  const { key, keyLocation } = readAccessKey(env);
  const hasKey = key !== null || keyLocation !== null || endpoint === null;
  const auth = readAuth(env, { host, hasKey });
  const redisUrl = readRedisUrl(env);
  return {
    isProduction,
    host,
    ...readProgram(env, isProduction),
    workers: readWorkers(env, { signsAlone: (key !== null || keyLocation !== null) && redisUrl === null }),
    ...endpoints,
    ...auth,
    ...readIam(env, auth.auth, endpoints),
    ...readHttp(env, isProduction),
    key: endpoint === null ? null : key,
    keyLocation: endpoint === null ? null : keyLocation,
    tls: readTls(env),
    proxy: readProxy(env),
    ...readCallLimits(env),
    redisUrl,
  };
}
