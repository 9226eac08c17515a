import { HTTP_LIMITS, type HttpLimits } from '../http/limits.ts';
import { REQUEST_LIMITS, type RequestLimits } from '../sms/budget/request-budget.ts';
import { type Environment, shown } from './settings.ts';

/** What the edge reads from the environment. */
export interface HttpConfig {
  httpLimits: HttpLimits;
  /** Origins whose pages may call, and headers that they may send beside the usual ones. */
  corsOrigins: readonly string[];
  corsHeaders: readonly string[];
  requestLimits: RequestLimits;
  introspection: boolean;
  /** A file of the documents that alone may run. */
  documentsFile: string | null;
  /** Null: no metrics. */
  metricsAt: { host: string; port: number } | null;
  /** Milliseconds for which a connection without a request is kept. */
  keepAliveTimeout: number;
  /** Milliseconds in which `/ready` says no while everything is still served. */
  shutdownDelay: number;
  /** Milliseconds from the signal to the end, whatever is under way. */
  shutdownTimeout: number;
}

export function readHttp(settings: Environment, production: boolean): HttpConfig {
  const limit = (name: string, otherwise: number, least: number, most: number) =>
    settings.integer(name, { default: otherwise, least, most });
  const metricsHost = settings.text('METRICS_HOST') ?? '127.0.0.1';
  const metricsPort = settings.text('METRICS_PORT') === undefined ? null : limit('METRICS_PORT', 0, 0, 65_535);
  return {
    httpLimits: {
      ...HTTP_LIMITS,
      maxBodyBytes: limit('MAX_BODY_BYTES', HTTP_LIMITS.maxBodyBytes, 1024, 64 * 1024 ** 2),
      maxTokens: limit('MAX_TOKENS', HTTP_LIMITS.maxTokens, 100, 100_000),
      maxDepth: limit('MAX_DEPTH', HTTP_LIMITS.maxDepth, 1, 100),
      maxAliases: limit('MAX_ALIASES', HTTP_LIMITS.maxAliases, 0, 10_000),
      maxDirectives: limit('MAX_DIRECTIVES', HTTP_LIMITS.maxDirectives, 0, 10_000),
      maxRootFields: limit('MAX_ROOT_FIELDS', HTTP_LIMITS.maxRootFields, 1, 1000),
      maxInFlight: limit('MAX_IN_FLIGHT', HTTP_LIMITS.maxInFlight, 1, 100_000),
      maxQueue: limit('MAX_QUEUE', HTTP_LIMITS.maxQueue, 0, 100_000),
      maxStreams: limit('MAX_STREAMS', HTTP_LIMITS.maxStreams, 0, 100_000),
    },
    corsOrigins: readOrigins(settings),
    corsHeaders: readHeaders(settings),
    requestLimits: {
      maxCalls: limit('MAX_CALLS', REQUEST_LIMITS.maxCalls, 1, 1_000_000),
      maxReferences: limit('MAX_REFERENCES', REQUEST_LIMITS.maxReferences, 1, 1_000_000),
      requestTimeout: limit('REQUEST_TIMEOUT', REQUEST_LIMITS.requestTimeout, 1, 600_000),
      maxReadBytes: limit('MAX_READ_BYTES', REQUEST_LIMITS.maxReadBytes, 1024, 1024 ** 3),
      maxResponseBytes: limit('MAX_RESPONSE_BYTES', REQUEST_LIMITS.maxResponseBytes, 1024, 1024 ** 3),
    },
    introspection: settings.boolean('INTROSPECTION', !production),
    documentsFile: settings.text('DOCUMENTS') ?? null,
    metricsAt: metricsPort === null ? null : { host: metricsHost, port: metricsPort },
    keepAliveTimeout: limit('KEEP_ALIVE_TIMEOUT', 65_000, 1_000, 3_600_000),
    shutdownDelay: limit('SHUTDOWN_DELAY', production ? 5_000 : 0, 0, 600_000),
    shutdownTimeout: limit('SHUTDOWN_TIMEOUT', 25_000, 0, 600_000),
  };
}

function readOrigins(settings: Environment): readonly string[] {
  const origins = settings.list('CORS_ORIGINS');
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      settings.wrong(
        'CORS_ORIGINS',
        `holds ${shown(origin, origins.join(','))}. Allowed: origins such as https://console.example.com, joined with commas.`,
      );
  return origins;
}

/** Names of headers. A lone `*` would be a name, too, but browsers take it for all headers. */
function readHeaders(settings: Environment): readonly string[] {
  const names = settings.list('CORS_HEADERS').map((name) => name.toLowerCase());
  for (const name of names)
    if (name === '*' || !/^[!#$%&'*+.^_`|~\da-z-]+$/.test(name))
      settings.wrong(
        'CORS_HEADERS',
        `holds ${shown(name, names.join(','))}. Allowed: names of headers such as x-tenant, joined with commas.`,
      );
  return names;
}
