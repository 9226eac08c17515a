import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { readDocuments } from '../config/trusted-documents.ts';
import { createGateway } from '../gateway.ts';
import type { Metrics } from '../http/telemetry/metrics.ts';
import { createLog, type Log } from '../logging/log.ts';
import { standardError } from '../logging/output.ts';
import { observeRequestHeap } from '../request/budget/heap.ts';
import { HeldBytes } from '../request/budget/held-bytes.ts';
import { MAX_HELD_BYTES, MAX_USED_BYTES } from '../request/budget/request-budget.ts';
import type { HeldKey } from '../sms/auth/credentials.ts';
import { taskWatches } from '../sms/operations/task-watch.ts';
import { openUpstream } from '../upstream.ts';
import { consoleDirectory } from './console-directory.ts';
import { example } from './example.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';
import { explainListenErrors } from './listen-errors.ts';
import { newTracing } from './opentelemetry.ts';
import { type Server, serve } from './server.ts';
import type { Stop } from './signals.ts';

/** An emulator that replaces SMS and IAM. */
export interface EmulatorAddress {
  url: string;
  /** The key with which the gateway signs. */
  key: HeldKey;
  /** A token that it accepts, for GraphiQL. */
  token: string;
}

export interface EmbeddedEmulator extends EmulatorAddress {
  close(): Promise<void>;
}

/** A gateway on its port. */
export interface ServedGateway {
  url: string;
  stop: Stop;
}

export interface RunningGateway extends ServedGateway {
  metricsUrl: string | null;
}

/** On a graceful stop, how long an idle connection may still send a request. */
const IDLE_GRACE_MS = 1_000;
/** Files and sockets for everything but connections: the log, the metrics, modules. */
const OTHER_FILES = 64;

/** Starts the gateway on its port, and the metrics on theirs. */
export async function runGateway(config: Config, emulator: EmbeddedEmulator | null): Promise<RunningGateway> {
  const log = createLog(config.logLevel);
  const gateway = await openGateway(config, emulator, log, config.metricsAt === null ? null : await newMetrics());
  const { url, metricsUrl, stop } = await listen(gateway, config);
  logWarnings(log, config, emulator);
  return {
    url,
    metricsUrl,
    async stop(how) {
      const logEnd = logStop(log, how);
      await stop(how);
      await emulator?.close();
      logEnd();
    },
  };
}

/** A gateway without a port. */
export interface OpenGateway {
  listener: RequestListener;
  metrics: Metrics | null;
  /** From now on `/ready` fails. */
  beginStop(): void;
  /** Ends all event streams. */
  endStreams(): void;
  /** Closes the connections to SMS, IAM and the store. */
  close(): Promise<void>;
}

/** SMS, IAM, the key and the plugins, put together. */
export async function openGateway(
  config: Config,
  emulator: EmulatorAddress | null,
  log: Log,
  metrics: Metrics | null,
): Promise<OpenGateway> {
  const emulated = emulator && { endpoint: emulator.url, iam: emulator.url, key: emulator.key };
  const tracing = await newTracing(config, log);
  const upstream = await openUpstream({ ...config, ...emulated }, log, tracing ?? undefined);
  // Every watch belongs to an event stream, and those are limited per caller.
  const watches = taskWatches({ maxWatches: config.httpLimits.maxStreams, store: upstream.store });
  const held = new HeldBytes(MAX_HELD_BYTES);
  const endObservation = observeRequestHeap((bytes) => held.adjust(bytes, MAX_USED_BYTES));
  let isStopping = false;
  const listener = createGateway({
    ...config,
    ...upstream,
    watches,
    held,
    log,
    graphiql: config.graphiql
      ? { ...example, tabs: graphiqlTabs, headers: { 'X-Auth-Token': emulator?.token ?? '' } }
      : null,
    consoleDirectory: consoleDirectory(config),
    documents: config.documentsFile === null ? null : readDocuments(config.documentsFile),
    metrics,
    tracing,
    isEmulated: emulator !== null,
    isStopping: () => isStopping,
  });
  return {
    listener,
    metrics,
    beginStop: () => {
      isStopping = true;
    },
    endStreams: watches.stop,
    close: async () => {
      await upstream.close();
      await tracing?.flush();
      endObservation();
    },
  };
}

/** Serves a gateway on its port, and its metrics on theirs. */
export async function listen(gateway: OpenGateway, config: Config): Promise<RunningGateway> {
  const { url, stop } = await serveGateway(gateway, config);
  const metricsServer = gateway.metrics && (await serveMetrics(gateway.metrics.listener, config));
  return {
    url,
    metricsUrl: metricsServer?.url ?? null,
    async stop(how) {
      await stop(how);
      await metricsServer?.stop(0);
    },
  };
}

/** Serves a gateway on its port. Several processes may do so. */
export async function serveGateway(gateway: OpenGateway, config: Config): Promise<ServedGateway> {
  const server = await explainListenErrors(
    { host: 'HOST', port: 'PORT' },
    serve(gateway.listener, { ...config, reservedFiles: reservedFiles(config) }),
  );
  return {
    url: server.url,
    async stop(how) {
      gateway.beginStop();
      const [delayMs, graceMs] = how === 'graceful' ? [config.shutdownDelayMs, IDLE_GRACE_MS] : [0, 0];
      await delay(delayMs);
      gateway.endStreams();
      await server.stop(Math.max(0, config.shutdownTimeoutMs - delayMs), graceMs);
      await gateway.close();
    },
  };
}

/** Null if metrics have no port. */
export async function serveMetrics(listener: RequestListener, { metricsAt }: Config): Promise<Server | null> {
  if (metricsAt === null) return null;
  return explainListenErrors({ host: 'METRICS_HOST', port: 'METRICS_PORT' }, serve(listener, metricsAt));
}

/** Returns what logs the end of the stop. */
export function logStop(log: Log, how: Parameters<Stop>[0]): () => void {
  const begin = performance.now();
  log.info({ how }, 'The gateway is stopping');
  return () => log.info({ how, milliseconds: Math.round(performance.now() - begin) }, 'The gateway has stopped');
}

export function logWarnings(log: Log, { warnings }: Config, emulator: EmulatorAddress | null): void {
  for (const warning of warnings) log.warn(warning);
  if (emulator !== null)
    log.warn({ emulator: emulator.url }, 'The embedded emulator replaces SMS: all data is made up');
}

/** Its library is loaded only if it is used, for a faster start. */
export async function newMetrics(): Promise<Metrics> {
  const { Metrics } = await import('../http/telemetry/metrics.ts');
  const metrics = new Metrics();
  metrics.observeLog(standardError);
  return metrics;
}

/** Files and sockets for everything but the connections of clients. */
function reservedFiles({ fallbacks, limits }: Config): number {
  return (1 + fallbacks.length) * limits.connections + OTHER_FILES;
}
