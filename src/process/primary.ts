/** Starts several processes that serve the same port, replaces those that end, and serves the metrics of all. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { MergedMetrics } from '../http/telemetry/merged-metrics.ts';
import { createLog } from '../logging/log.ts';
import { WorkerFailedError } from './failure.ts';
import { explainListenErrors } from './listen-errors.ts';
import { type EmbeddedEmulator, logStop, logWarnings, type RunningGateway, serveMetrics } from './run-gateway.ts';
import { serve } from './server.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

const MIN_PAUSE_MS = 100;
const MAX_PAUSE_MS = 30_000;
/** After so long without the end of a worker, the next pause is short again. */
const CALM_MS = 60_000;
/** For the metrics of a worker that is busy. After that, its last ones count. */
const METRICS_TIMEOUT_MS = 1_000;
/** After SHUTDOWN_TIMEOUT, for workers to close what they use. */
const KILL_MARGIN_MS = 2_000;

/** Rejects with `WorkerFailedError` if a worker cannot start. After that, workers that end are replaced. */
export async function runPrimary(config: Config, emulator: EmbeddedEmulator | null): Promise<RunningGateway> {
  const log = createLog(config.logLevel);
  const pause = restartPauses();
  const stopping = new AbortController();
  const metrics = config.metricsAt === null ? null : await newMergedMetrics();
  const { url, port } = await unusedAddress(config);
  let hasStarted = false;

  /** Resolves when the worker listens. */
  const startWorker = (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let isListening = false;
    let reason: string | undefined;
    const worker = cluster.fork();
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'metrics') metrics?.report(worker.id, message.snapshot);
      else if (message.kind === 'failed') reason = message.reason;
      else {
        isListening = true;
        resolve();
      }
    });
    // The end of the worker is what counts.
    worker.on('error', () => {});
    // Unlike `exit`, it comes after the last message.
    worker.process.once('close', async (code: number | null, signal: string | null) => {
      reject(new WorkerFailedError(reason ?? `A worker ended with ${signal ?? `code ${code}`}.`, code || 1));
      metrics?.end(worker.id);
      if (stopping.signal.aborted || !(isListening || hasStarted)) return;
      log.error({ pid: worker.process.pid, code, signal, reason }, 'A worker process ended. Another one replaces it');
      await delay(pause(), undefined, { signal: stopping.signal })
        .then(startWorker)
        .catch(() => {});
    });
    send(worker, {
      kind: 'start',
      port,
      emulator: emulator && { url: emulator.url, key: emulator.key, token: emulator.token },
    });
    return promise;
  };

  // Workers accept connections themselves: Node loses one that it is handing to a worker which is killed.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  // After a failed start, a second signal or a bug.
  process.once('exit', killWorkers);
  const metricsServer = metrics && (await serveMetrics(metrics.listener, config));
  await Promise.all(Array.from({ length: config.workers }, startWorker));
  hasStarted = true;
  logWarnings(log, config, emulator);
  return {
    url,
    metricsUrl: metricsServer?.url ?? null,
    async stop(how) {
      const logEnd = logStop(log, how);
      stopping.abort();
      const ended = livingWorkers().map((worker) => once(worker.process, 'close'));
      for (const worker of livingWorkers()) send(worker, { kind: 'stop', how });
      setTimeout(killWorkers, config.shutdownTimeoutMs + KILL_MARGIN_MS).unref();
      await Promise.all(ended);
      await metricsServer?.stop(0);
      await emulator?.close();
      logEnd();
    },
  };
}

/** With a port of 0, workers that replace others must listen on the port that was printed. */
async function unusedAddress(config: Config): Promise<{ url: string; port: number }> {
  const { url, stop } = await explainListenErrors(
    { host: 'HOST', port: 'PORT' },
    serve(() => {}, config),
  );
  await stop(0);
  return { url, port: Number(new URL(url).port) || 80 };
}

/** Pauses that double with every end of a worker. */
function restartPauses(): () => number {
  let pauseMs = MIN_PAUSE_MS;
  let lastEndAt = 0;
  return () => {
    const now = performance.now();
    pauseMs = now - lastEndAt > CALM_MS ? MIN_PAUSE_MS : Math.min(2 * pauseMs, MAX_PAUSE_MS);
    lastEndAt = now;
    return pauseMs;
  };
}

async function newMergedMetrics(): Promise<MergedMetrics> {
  const { MergedMetrics } = await import('../http/telemetry/merged-metrics.ts');
  return new MergedMetrics(() => Promise.all(livingWorkers().map(reportedMetrics)));
}

async function reportedMetrics(worker: Worker): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  send(worker, { kind: 'report-metrics' });
  // Only a worker that starts or stops sends another message.
  await Promise.race([
    once(worker, 'message', { signal }),
    once(worker, 'exit', { signal }),
    delay(METRICS_TIMEOUT_MS, undefined, { signal }),
  ]);
  done.abort();
}

function livingWorkers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined && !worker.isDead()) as Worker[];
}

function killWorkers(): void {
  for (const worker of livingWorkers()) worker.process.kill('SIGKILL');
}

function send(worker: Worker, message: ToWorker): void {
  // A worker that has just ended gets no message.
  worker.send(message, () => {});
}
