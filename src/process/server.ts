import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, Server as SocketServer } from 'node:net';
import { limitUnfinishedRequests } from './unfinished-requests.ts';

export interface Server {
  /** For example `http://127.0.0.1:4000`. */
  url: string;
  /**
   * Accepts no new connections, lets running requests end, and closes the rest after `deadlineMs`. An idle connection is
   * closed after `graceMs`: its client may already have sent a request.
   */
  stop(deadlineMs: number, graceMs?: number): Promise<void>;
}

export interface ServerOptions {
  host: string;
  port: number;
  /** How long an idle connection is kept. */
  keepAliveTimeoutMs?: number;
  /** Files and sockets that the process needs besides the connections of its clients. */
  reservedFiles?: number;
}

const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than most load balancers keep an idle connection: they must be the ones to close it. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const IDLE_CHECK_INTERVAL_MS = 100;
const MAX_CONNECTIONS = 10_000;
const MIN_CONNECTIONS = 16;
const UNFINISHED_REQUESTS = {
  maxBytes: 16 * 1024 ** 2,
  maxBodyBytes: 32 * 1024,
  headersTimeoutMs: HEADERS_TIMEOUT_MS,
};

/** Serves HTTP on one port. Rejects if the port is in use, or the host is not an address of this machine. */
export async function serve(
  listener: RequestListener,
  { host, port, keepAliveTimeoutMs = KEEP_ALIVE_TIMEOUT_MS, reservedFiles = 0 }: ServerOptions,
): Promise<Server> {
  const server = createServer(
    {
      // A token alone may have 16 KiB.
      maxHeaderSize: 64 * 1024,
      headersTimeout: HEADERS_TIMEOUT_MS,
      // From the first byte of a request to the last, so that a slow sender ends.
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
    listener,
  );
  server.maxConnections = Math.min(MAX_CONNECTIONS, Math.max(MIN_CONNECTIONS, openFileLimit() - reservedFiles));
  limitUnfinishedRequests(server, UNFINISHED_REQUESTS);
  server.listen({ host, port });
  await once(server, 'listening');
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`,
    async stop(deadlineMs, graceMs = 0) {
      const closed = once(server, 'close');
      // The `close` of HTTP would drop idle connections at once, and with them requests that are on their way.
      SocketServer.prototype.close.call(server);
      let idleTimer: NodeJS.Timeout | undefined;
      const closeIdle = () => {
        server.closeIdleConnections();
        idleTimer = setTimeout(closeIdle, IDLE_CHECK_INTERVAL_MS);
      };
      if (graceMs === 0) closeIdle();
      else idleTimer = setTimeout(closeIdle, graceMs);
      const deadlineTimer = setTimeout(() => server.closeAllConnections(), deadlineMs);
      await closed;
      clearTimeout(idleTimer);
      clearTimeout(deadlineTimer);
      // Stops the check for slow requests.
      server.close();
    },
  };
}

/** How many files and sockets this process may open (`ulimit -n`). Windows has no such limit. */
function openFileLimit(): number {
  // Without the network, whose addresses would be looked up.
  const report = Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
}
