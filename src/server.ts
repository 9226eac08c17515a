import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Server {
  /** For example `http://127.0.0.1:4000`. */
  url: string;
  /** Takes no new connections, lets the requests under way end, and cuts what is left after `deadline` milliseconds. */
  stop(deadline: number): Promise<void>;
}

/** Tokens alone may have 16 KiB. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Serves HTTP on one port. Rejects when the port is taken or the host is not of this machine. */
export async function serve(
  listener: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<Server> {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 60_000, headersTimeout: 15_000 },
    listener,
  );
  // A connection that falls idle while the server stops would otherwise be kept until its client leaves.
  server.on('request', (_, response) => {
    response.once('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });
  server.listen({ host, port });
  await once(server, 'listening');
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async stop(deadline) {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), deadline);
      await closed;
      clearTimeout(cut);
    },
  };
}
