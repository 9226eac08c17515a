import type { Config } from '../config/config.ts';
import { GRAPHQL_PATH } from '../gateway.ts';
import type { Tracing } from '../http/telemetry/tracing.ts';
import type { Log } from '../logging/log.ts';

/** The global under which each copy of OpenTelemetry's API finds the SDK. */
const OPENTELEMETRY = Symbol.for('opentelemetry.js.api.1');

/** Null unless an OpenTelemetry SDK was loaded before the gateway (`--import`). Without one, nothing is loaded. */
export async function newTracing({ traceIdInErrors }: Config, log: Log): Promise<Tracing | null> {
  if (!(OPENTELEMETRY in globalThis)) return null;
  const { Tracing } = await import('../http/telemetry/tracing.ts');
  const tracing = new Tracing({ showsIdInErrors: traceIdInErrors, endpoint: GRAPHQL_PATH });
  if (tracing.isRecorded) return tracing;
  log.warn('OpenTelemetry is loaded, but takes no spans: its SDK has not started, or its API is older than 1.9');
  return null;
}
