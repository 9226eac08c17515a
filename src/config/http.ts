import { HTTP_LIMITS, type HttpLimits } from '../http/limits.ts';
import { REQUEST_LIMITS, type RequestLimits } from '../request/budget/request-budget.ts';
import { type EnvReader, printable } from './settings.ts';

/** The settings of the HTTP layer. */
export interface HttpConfig {
  httpLimits: HttpLimits;
  /** Origins whose pages may call. */
  corsOrigins: readonly string[];
  /** Headers that those pages may send in addition to the usual ones. */
  corsHeaders: readonly string[];
  requestLimits: RequestLimits;
  introspection: boolean;
  /** Whether common requests are served without Yoga. */
  fastPath: boolean;
  /** The file of the trusted documents; null if any document may run. */
  documentsFile: string | null;
  /** Whether errors show the id of their trace. */
  traceIdInErrors: boolean;
  /** Where metrics are served; null: nowhere. */
  metricsAt: { host: string; port: number } | null;
  /** How long an idle connection is kept. */
  keepAliveTimeoutMs: number;
  /** How long after SIGTERM `/ready` returns 503 while requests are still served. */
  shutdownDelayMs: number;
  /** From SIGTERM to the end of the process, even if requests are still running. */
  shutdownTimeoutMs: number;
}

export function readHttp(env: EnvReader, isProduction: boolean): HttpConfig {
  const metricsHost = env.text('METRICS_HOST') ?? '127.0.0.1';
  const metricsPort = env.text('METRICS_PORT') === undefined ? null : env.integer('METRICS_PORT', 0, [0, 65_535]);
  return {
    httpLimits: {
      ...HTTP_LIMITS,
      maxBodyBytes: env.integer('MAX_BODY_BYTES', HTTP_LIMITS.maxBodyBytes, [1024, 64 * 1024 ** 2]),
      maxTokens: env.integer('MAX_TOKENS', HTTP_LIMITS.maxTokens, [100, 100_000]),
      maxDepth: env.integer('MAX_DEPTH', HTTP_LIMITS.maxDepth, [1, 100]),
      maxAliases: env.integer('MAX_ALIASES', HTTP_LIMITS.maxAliases, [0, 10_000]),
      maxDirectives: env.integer('MAX_DIRECTIVES', HTTP_LIMITS.maxDirectives, [0, 10_000]),
      maxRootFields: env.integer('MAX_ROOT_FIELDS', HTTP_LIMITS.maxRootFields, [1, 1000]),
      maxInFlight: env.integer('MAX_IN_FLIGHT', HTTP_LIMITS.maxInFlight, [1, 100_000]),
      maxQueue: env.integer('MAX_QUEUE', HTTP_LIMITS.maxQueue, [0, 100_000]),
      maxStreams: env.integer('MAX_STREAMS', HTTP_LIMITS.maxStreams, [0, 100_000]),
    },
    corsOrigins: readOrigins(env),
    corsHeaders: readHeaders(env),
    requestLimits: {
      maxCalls: env.integer('MAX_CALLS', REQUEST_LIMITS.maxCalls, [1, 1_000_000]),
      maxReferences: env.integer('MAX_REFERENCES', REQUEST_LIMITS.maxReferences, [1, 1_000_000]),
      requestTimeout: env.integer('REQUEST_TIMEOUT', REQUEST_LIMITS.requestTimeout, [1, 600_000]),
      maxReadBytes: env.integer('MAX_READ_BYTES', REQUEST_LIMITS.maxReadBytes, [1024, 1024 ** 3]),
      maxResponseBytes: env.integer('MAX_RESPONSE_BYTES', REQUEST_LIMITS.maxResponseBytes, [1024, 1024 ** 3]),
    },
    introspection: env.boolean('INTROSPECTION', !isProduction),
    fastPath: env.boolean('FAST_PATH', true),
    documentsFile: env.text('DOCUMENTS') ?? null,
    traceIdInErrors: env.boolean('TRACE_ID_IN_ERRORS', false),
    metricsAt: metricsPort === null ? null : { host: metricsHost, port: metricsPort },
    keepAliveTimeoutMs: env.integer('KEEP_ALIVE_TIMEOUT', 65_000, [1_000, 3_600_000]),
    shutdownDelayMs: env.integer('SHUTDOWN_DELAY', isProduction ? 5_000 : 0, [0, 600_000]),
    shutdownTimeoutMs: env.integer('SHUTDOWN_TIMEOUT', 25_000, [0, 600_000]),
  };
}

function readOrigins(env: EnvReader): readonly string[] {
  const origins = env.list('CORS_ORIGINS');
  for (const origin of origins)
    if (URL.parse(origin)?.origin !== origin)
      env.addProblem(
        'CORS_ORIGINS',
        `contains ${printable(origin, origins.join(','))}. Allowed: comma-separated origins such as https://console.example.com.`,
      );
  return origins;
}

/** `*` is a valid header name, but browsers take it to mean all headers. */
function readHeaders(env: EnvReader): readonly string[] {
  const names = env.list('CORS_HEADERS').map((name) => name.toLowerCase());
  for (const name of names)
    if (name === '*' || !/^[!#$%&'*+.^_`|~\da-z-]+$/.test(name))
      env.addProblem(
        'CORS_HEADERS',
        `contains ${printable(name, names.join(','))}. Allowed: comma-separated header names such as x-tenant.`,
      );
  return names;
}
