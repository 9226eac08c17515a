import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { readDocuments } from '../config/trusted-documents.ts';
import { createGateway } from '../gateway.ts';
import { createLog } from '../logging/log.ts';
import { standardError } from '../logging/output.ts';
import type { HeldKey } from '../sms/auth/credentials.ts';
import { taskWatches } from '../sms/operations/task-watch.ts';
import { openUpstream } from '../upstream.ts';
import { example } from './example.ts';
import { explainListenErrors } from './listen-errors.ts';
import { serve } from './server.ts';
import type { Stop } from './signals.ts';

/** An emulator that replaces SMS and IAM. */
export interface EmbeddedEmulator {
  url: string;
  /** The key with which the gateway signs. */
  key: HeldKey;
  /** A token that it accepts, for GraphiQL. */
  token: string;
  close(): Promise<void>;
}

export interface RunningGateway {
  url: string;
  metricsUrl: string | null;
  stop: Stop;
}

/** How long an idle connection may still bring a request on a graceful stop. */
const IDLE_GRACE_MS = 1_000;
/** Files and sockets for everything but connections: the log, the metrics, modules. */
const OTHER_FILES = 64;

/** Starts the gateway on its ports, and the metrics on theirs. */
export async function runGateway(config: Config, emulator: EmbeddedEmulator | null): Promise<RunningGateway> {
  const log = createLog(config.logLevel);
  const emulated = emulator && { endpoint: emulator.url, iam: emulator.url, key: emulator.key };
  const upstream = await openUpstream({ ...config, ...emulated }, log);
  // Every watch belongs to an event stream, and those are limited per caller.
  const watches = taskWatches({ maxWatches: config.httpLimits.maxStreams, store: upstream.store });
  const metrics = config.metricsAt === null ? null : await newMetrics();
  metrics?.observeLog(standardError);
  let isStopping = false;
  const listener = createGateway({
    ...config,
    ...upstream,
    watches,
    log,
    graphiql: config.graphiql ? { ...example, headers: { 'X-Auth-Token': emulator?.token ?? '' } } : null,
    documents: config.documentsFile === null ? null : readDocuments(config.documentsFile),
    metrics,
    isEmulated: emulator !== null,
    isStopping: () => isStopping,
  });
  const server = await explainListenErrors(
    { host: 'HOST', port: 'PORT' },
    serve(listener, { ...config, reservedFiles: reservedFiles(config) }),
  );
  const metricsServer =
    metrics &&
    config.metricsAt &&
    (await explainListenErrors(
      { host: 'METRICS_HOST', port: 'METRICS_PORT' },
      serve(metrics.listener, config.metricsAt),
    ));
  for (const warning of config.warnings) log.warn(warning);
  if (emulator !== null)
    log.warn({ emulator: emulator.url }, 'The embedded emulator replaces SMS: all data is made up');
  return {
    url: server.url,
    metricsUrl: metricsServer?.url ?? null,
    async stop(how) {
      isStopping = true;
      const [delayMs, graceMs] = how === 'graceful' ? [config.shutdownDelayMs, IDLE_GRACE_MS] : [0, 0];
      await delay(delayMs);
      watches.stop();
      await server.stop(Math.max(0, config.shutdownTimeoutMs - delayMs), graceMs);
      await metricsServer?.stop(0);
      await upstream.close();
      await emulator?.close();
    },
  };
}

/** Its library is loaded only if it is used, for a faster start. */
async function newMetrics() {
  const { Metrics } = await import('../http/telemetry/metrics.ts');
  return new Metrics();
}

/** Files and sockets for everything but the connections of clients. */
function reservedFiles({ fallbacks, limits }: Config): number {
  return (1 + fallbacks.length) * limits.connections + OTHER_FILES;
}
