import type { HttpLimits } from '../http/limits.ts';
import type { RequestLimits } from '../request/budget/request-budget.ts';
import type { EnvReader } from './env-reader.ts';
import { readHttpLimits, readRequestLimits } from './limits.ts';
import { printable } from './settings.ts';

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
  return {
    httpLimits: readHttpLimits(env),
    requestLimits: readRequestLimits(env),
    corsOrigins: readOrigins(env),
    corsHeaders: readHeaders(env),
    ...readDocumentSettings(env, isProduction),
    ...readOperation(env, isProduction),
  };
}

function readDocumentSettings(
  env: EnvReader,
  isProduction: boolean,
): Pick<HttpConfig, 'introspection' | 'fastPath' | 'documentsFile'> {
  const limits = env.section('Limits on requests');
  return {
    introspection: limits.boolean(
      'INTROSPECTION',
      !isProduction,
      'whether clients may introspect the schema, and get suggestions for misspelt names',
    ),
    fastPath: limits.boolean(
      'FAST_PATH',
      true,
      'whether requests of the usual form are served without Yoga; both ways give the same responses',
    ),
    documentsFile:
      limits.text(
        'DOCUMENTS',
        "file of trusted documents, the only ones that may then run; in the format of codegen's client preset (`persisted-documents.json`)",
        { allowed: 'a path' },
      ) ?? null,
  };
}

type OperationConfig = Pick<
  HttpConfig,
  'metricsAt' | 'traceIdInErrors' | 'keepAliveTimeoutMs' | 'shutdownDelayMs' | 'shutdownTimeoutMs'
>;

function readOperation(env: EnvReader, isProduction: boolean): OperationConfig {
  const settings = env.section('Monitoring and shutdown');
  const metricsPort = settings.integer(
    'METRICS_PORT',
    0,
    [0, 65_535],
    'separate port for [`/metrics`](operations.md#metrics), in Prometheus format; 0 picks a free one',
    { default: 'none: no metrics' },
  );
  const metricsHost =
    settings.text('METRICS_HOST', 'address for that port', {
      default: '`127.0.0.1`',
      allowed: 'an address of this machine',
    }) ?? '127.0.0.1';
  return {
    metricsAt: env.value('METRICS_PORT') === undefined ? null : { host: metricsHost, port: metricsPort },
    traceIdInErrors: settings.boolean(
      'TRACE_ID_IN_ERRORS',
      false,
      'whether errors show the id of their [trace](operations.md#traces) as `extensions.traceId`',
    ),
    keepAliveTimeoutMs: settings.integer(
      'KEEP_ALIVE_TIMEOUT',
      65_000,
      [1_000, 3_600_000],
      'how long an idle connection is kept open, in ms; must be longer than in the load balancer',
    ),
    shutdownDelayMs: settings.integer(
      'SHUTDOWN_DELAY',
      isProduction ? 5_000 : 0,
      [0, 600_000],
      'time after SIGTERM in which `/ready` fails but requests are still served, in ms',
    ),
    shutdownTimeoutMs: settings.integer(
      'SHUTDOWN_TIMEOUT',
      25_000,
      [0, 600_000],
      'time from SIGTERM to the forced exit, in ms',
    ),
  };
}

function readOrigins(env: EnvReader): readonly string[] {
  const origins = env
    .section('The gateway')
    .list('CORS_ORIGINS', 'web origins that may call the gateway', { allowed: 'origins, separated by commas' });
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
  const names = env
    .section('The gateway')
    .list(
      'CORS_HEADERS',
      "headers that those origins may send in addition to the usual ones: the gateway's own, `apollographql-client-name` and `-version`, `traceparent`, `tracestate`, `baggage`",
      { allowed: 'names, separated by commas' },
    )
    .map((name) => name.toLowerCase());
  for (const name of names)
    if (name === '*' || !/^[!#$%&'*+.^_`|~\da-z-]+$/.test(name))
      env.addProblem(
        'CORS_HEADERS',
        `contains ${printable(name, names.join(','))}. Allowed: comma-separated header names such as x-tenant.`,
      );
  return names;
}
