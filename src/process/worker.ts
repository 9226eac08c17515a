/** One of several processes that serve the same port. The primary process starts and stops it. */
import cluster from 'node:cluster';
import type { Config } from '../config/config.ts';
import { createLog } from '../logging/log.ts';
import { failureText } from './failure.ts';
import { newMetrics, openGateway, type ServedGateway, serveGateway } from './run-gateway.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export async function runWorker(config: Config): Promise<void> {
  // A terminal or an init system may send them to all processes. The primary decides how all stop.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});
  const metrics = config.metricsAt === null ? null : await newMetrics();
  let gateway: ServedGateway | null = null;
  const stop = (how: 'graceful' | 'fast') => {
    if (gateway === null) process.exit(0);
    gateway.stop(how).then(() => process.exit(0), fail);
  };
  cluster.worker?.once('disconnect', () => {
    // The primary is gone. Otherwise Node would exit at once, without the responses to running requests.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
    stop('fast');
  });
  process.on('message', async (message: ToWorker) => {
    if (message.kind === 'stop') return stop(message.how);
    if (message.kind === 'report-metrics') {
      if (metrics !== null) send({ kind: 'metrics', snapshot: await metrics.snapshot() });
      return;
    }
    try {
      const opened = await openGateway(config, message.emulator, createLog(config.logLevel), metrics);
      gateway = await serveGateway(opened, { ...config, port: message.port });
      send({ kind: 'listening' });
    } catch (error) {
      fail(error);
    }
  });
}

function fail(error: unknown): void {
  send({ kind: 'failed', reason: failureText(error) }, () => process.exit(1));
}

function send(message: FromWorker, sent: () => void = () => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent);
  else sent();
}
