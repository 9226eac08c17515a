import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, Server as SocketServer } from 'node:net';
import { boundUnfinishedRequests } from './unfinished-requests.ts';

export interface Server {
  /** For example `http://127.0.0.1:4000`. */
  url: string;
  /**
   * Takes no new connections, lets the requests under way end, and cuts what is left after `deadline` milliseconds. For
   * `grace` milliseconds a connection without a request may still bring one: the client may have sent it already.
   */
  stop(deadline: number, grace?: number): Promise<void>;
}

/** Tokens alone may have 16 KiB. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Of all requests together that nothing is done for yet, and the longest body that counts for it. */
const MAX_UNFINISHED_BYTES = 16 * 1024 ** 2;
const MAX_UNFINISHED_BODY_BYTES = 32 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;

/** What a connection may cost. Times are in milliseconds. */
const CONNECTIONS = {
  maxHeaderSize: MAX_HEADER_BYTES,
  headersTimeout: HEADERS_TIMEOUT_MS,
  /** From the first byte of a request to the last, so nobody can send one drop by drop for long. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};
/** Longer than most load balancers keep theirs, which must be the ones to close. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const MAX_CONNECTIONS = 10_000;
const MIN_CONNECTIONS = 16;

export interface ServerOptions {
  host: string;
  port: number;
  /** Milliseconds for which a connection without a request is kept. */
  keepAliveTimeout?: number;
  /** Files that the process needs beside the connections of its clients. */
  reservedFiles?: number;
}

/** Serves HTTP on one port. Rejects when the port is taken or the host is not of this machine. */
export async function serve(
  listener: RequestListener,
  { host, port, keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS, reservedFiles = 0 }: ServerOptions,
): Promise<Server> {
  const server = createServer({ ...CONNECTIONS, keepAliveTimeout }, listener);
  server.maxConnections = Math.min(MAX_CONNECTIONS, Math.max(MIN_CONNECTIONS, openFileLimit() - reservedFiles));
  boundUnfinishedRequests(server, {
    maxBytes: MAX_UNFINISHED_BYTES,
    maxBodyBytes: MAX_UNFINISHED_BODY_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
  });
  server.listen({ host, port });
  await once(server, 'listening');
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async stop(deadline, grace = 0) {
      const closed = once(server, 'close');
      // HTTP's own way would drop idle connections at once, and with them requests that are on their way.
      SocketServer.prototype.close.call(server);
      let idle: NodeJS.Timeout | undefined;
      const dropIdle = () => {
        server.closeIdleConnections();
        idle = setTimeout(dropIdle, 100);
      };
      if (grace === 0) dropIdle();
      else idle = setTimeout(dropIdle, grace);
      const cut = setTimeout(() => server.closeAllConnections(), deadline);
      await closed;
      clearTimeout(idle);
      clearTimeout(cut);
      // Ends its watch over slow requests.
      server.close();
    },
  };
}

/** How many files and sockets this process may have open (`ulimit -n`). Windows has no such limit. */
function openFileLimit(): number {
  // Without looking up the names of all that the process is connected to.
  const report = Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
