import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, Server as SocketServer } from 'node:net';

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

/** What a connection may cost. Times are in milliseconds. */
const CONNECTIONS = {
  maxHeaderSize: MAX_HEADER_BYTES,
  headersTimeout: 10_000,
  /** From the first byte of a request to the last, so nobody can send one drop by drop for long. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};
/** Longer than most load balancers keep theirs, which must be the ones to close. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const MOST_CONNECTIONS = 10_000;

export interface ServerOptions {
  host: string;
  port: number;
  /** Milliseconds for which a connection without a request is kept. */
  keepAliveTimeout?: number;
}

/** Serves HTTP on one port. Rejects when the port is taken or the host is not of this machine. */
export async function serve(
  listener: RequestListener,
  { host, port, keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS }: ServerOptions,
): Promise<Server> {
  const server = createServer({ ...CONNECTIONS, keepAliveTimeout }, listener);
  server.maxConnections = MOST_CONNECTIONS;
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
