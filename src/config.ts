/** The environment as one frozen, validated value: the only reader of it. docs/configuration.md is its table. */
import { HIDDEN_PARTS, type HiddenPart } from './hidden-parts.ts';
import { Environment } from './settings.ts';
import type { SmsLimits } from './sms/client.ts';
import type { HeldKey } from './sms/credentials.ts';
import { isLoopback } from './sms/loopback.ts';
import { REGIONS } from './sms/regions.ts';

export const AUTH_MODES = ['sign-and-forward', 'forward', 'service'] as const;
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

export interface Config {
  host: string;
  port: number;
  /** Where SMS answers. Null: the embedded emulator. */
  endpoint: string | null;
  auth: AuthMode;
  /** Null when the gateway holds none, and with the embedded emulator, whose own demo key is used. */
  key: HeldKey | null;
  /** Who may call in `service`. */
  apiKeys: readonly string[];
  open: boolean;
  corsOrigins: readonly string[];
  graphiql: boolean;
  logLevel: string;
  /** Parts of the schema that are hidden unless named. */
  expose: readonly HiddenPart[];
  limits: SmsLimits;
}

/** Throws `SettingsError` with one sentence for each variable that is wrong; none repeats a secret. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const settings = new Environment(env);
  const production = settings.text('NODE_ENV') === 'production';
  const endpoint = readEndpoint(settings, production);
  const host = settings.text('HOST') ?? '127.0.0.1';
  const key = readKey(settings);
  const config: Config = {
    host,
    port: settings.integer('PORT', { default: 4000, least: 0, most: 65_535 }),
    endpoint,
    ...readAuth(settings, { host, hasKey: key !== null || endpoint === null }),
    key: endpoint === null ? null : key,
    corsOrigins: readOrigins(settings),
    graphiql: settings.boolean('GRAPHIQL', !production),
    logLevel: settings.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    expose: readExpose(settings),
    limits: {
      connectTimeout: settings.integer('SMS_CONNECT_TIMEOUT', { default: 5_000, least: 1, most: 600_000 }),
      headersTimeout: settings.integer('SMS_HEADERS_TIMEOUT', { default: 30_000, least: 1, most: 600_000 }),
      bodyTimeout: settings.integer('SMS_BODY_TIMEOUT', { default: 30_000, least: 1, most: 600_000 }),
      totalTimeout: settings.integer('SMS_TIMEOUT', { default: 60_000, least: 1, most: 600_000 }),
      maxAnswerBytes: settings.integer('SMS_MAX_ANSWER_BYTES', { default: 16 * 1024 ** 2, least: 1, most: 1024 ** 3 }),
      connections: settings.integer('SMS_CONNECTIONS', { default: 64, least: 1, most: 1024 }),
    },
  };
  settings.done();
  return Object.freeze(config);
}

export function readEmulatorPort(env: Readonly<Record<string, string | undefined>>): number {
  const settings = new Environment(env);
  const port = settings.integer('EMULATOR_PORT', { default: 4001, least: 0, most: 65_535 });
  settings.done();
  return port;
}

function readEndpoint(settings: Environment, production: boolean): string | null {
  const endpoint = settings.text('SMS_ENDPOINT');
  const region = settings.text('SMS_REGION');
  if (endpoint !== undefined) return settings.origin('SMS_ENDPOINT', endpoint);
  if (region === undefined) {
    if (production)
      settings.wrong('SMS_REGION', 'is not set, nor is SMS_ENDPOINT. In production one of them must name the service.');
    return null;
  }
  const known = Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
  if (known === undefined)
    settings.wrong('SMS_REGION', `is "${region}". Allowed: ${Object.keys(REGIONS).join(', ')}; or set SMS_ENDPOINT.`);
  return known ?? null;
}

/** The names are the vendor's: those of its SDKs, and those of its API pages. */
function readKey(settings: Environment): HeldKey | null {
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
    SECURITY_TOKEN: securityToken,
    DOMAIN_ID: domainId,
    PROJECT_ID: projectId,
  }))
    if (value !== undefined && !/^[\x21-\x7e]{1,16384}$/.test(value))
      settings.wrong(`HUAWEICLOUD_SDK_${name}`, 'holds something else than 1 to 16,384 visible ASCII characters.');
  return {
    ak,
    sk,
    ...(securityToken !== undefined && { securityToken }),
    ...(domainId !== undefined && { domainId }),
    ...(projectId !== undefined && { projectId }),
  };
}

function readAuth(settings: Environment, { host, hasKey }: { host: string; hasKey: boolean }) {
  const chosen = settings.text('SMS_AUTH');
  const apiKeys = settings.list('GATEWAY_API_KEYS');
  const open = settings.boolean('GATEWAY_OPEN', false);
  const auth = AUTH_MODES.find((mode) => mode === chosen) ?? (hasKey ? 'sign-and-forward' : 'forward');
  if (chosen === 'exchange')
    settings.wrong('SMS_AUTH', `is "exchange", which is not built yet. Allowed: ${AUTH_MODES.join(', ')}.`);
  else if (chosen !== undefined && chosen !== auth)
    settings.wrong('SMS_AUTH', `is "${chosen}". Allowed: ${AUTH_MODES.join(', ')}.`);
  if (auth !== 'forward' && !hasKey)
    settings.wrong('SMS_AUTH', `is "${auth}", which signs, but no key is set (HUAWEICLOUD_SDK_AK and _SK).`);
  if (apiKeys.some((key) => !/^[\x21-\x7e]{16,16384}$/.test(key)))
    settings.wrong('GATEWAY_API_KEYS', 'holds a key that is not 16 or more visible ASCII characters.');
  if (auth === 'service' && apiKeys.length === 0 && !open)
    settings.wrong(
      'GATEWAY_API_KEYS',
      'is not set. SMS_AUTH=service needs it, or GATEWAY_OPEN=true on a loopback HOST.',
    );
  if (open && !isLoopback(host))
    settings.wrong('GATEWAY_OPEN', `is true, but HOST is "${host}". Allowed only on 127.0.0.1, ::1 or localhost.`);
  return { auth, apiKeys, open };
}

function readExpose(settings: Environment): HiddenPart[] {
  const named = settings.list('SMS_EXPOSE');
  const unknown = named.filter((part) => !HIDDEN_PARTS.some((hidden) => hidden === part));
  if (unknown.length > 0)
    settings.wrong(
      'SMS_EXPOSE',
      `holds "${unknown.join(',')}". Allowed: ${HIDDEN_PARTS.join(', ')}, joined with commas.`,
    );
  return HIDDEN_PARTS.filter((part) => named.includes(part));
}

function readOrigins(settings: Environment): readonly string[] {
  const origins = settings.list('CORS_ORIGINS');
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      settings.wrong(
        'CORS_ORIGINS',
        `holds "${origin}". Allowed: origins such as https://console.example.com, joined with commas.`,
      );
  return origins;
}
