import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface UnfinishedLimits {
  /** Bytes of all unfinished requests together. */
  maxBytes: number;
  /** A body that is longer is not counted here. */
  maxBodyBytes: number;
  /** Milliseconds after which the server closes a connection with an unfinished head. */
  headersTimeout: number;
}

interface Request {
  message: IncomingMessage;
  headBytes: number;
  /** As declared; null where it comes in chunks. */
  bodyBytes: number | null;
}

/** What one connection has sent. */
interface Connection {
  /** Bytes of requests that were answered. Never more than they had. */
  answered: number;
  /** In their order; all but the first wait. */
  requests: Request[];
  /** Since when it holds what is counted, in milliseconds. */
  since: number | null;
  /** Bytes at the last check that found new ones, and when that was. */
  seen: number;
  seenAt: number;
}

const CHECK_INTERVAL_MS = 100;
/** Less is not worth counting: spaces, which the sums below leave out, or the begin of a request. */
const NEGLIGIBLE_BYTES = 1024;

/**
 * Bounds the memory that requests take before anything is done for them: heads that are not complete, heads and short
 * bodies of requests that are not complete, and requests that wait behind another on their connection. Each may be as long
 * as allowed, but not on every connection. Where it is too much, those connections are closed that have had the most time.
 * Node tells nothing of a head before it is complete, so what counts are the bytes of a connection that belong to no
 * request that is being answered.
 */
export function boundUnfinishedRequests(server: Server, limits: UnfinishedLimits): void {
  const connections = new Map<Socket, Connection>();
  let checks: NodeJS.Timeout | undefined;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { answered: 0, requests: [], since: null, seen: 0, seenAt: performance.now() });
    socket.once('close', () => connections.delete(socket));
    checks ??= setInterval(check, CHECK_INTERVAL_MS).unref();
  });

  server.prependListener('request', (message: IncomingMessage, response: ServerResponse) => {
    const { socket } = message;
    const connection = connections.get(socket);
    if (!connection) return;
    const { requests } = connection;
    requests.push({ message, headBytes: headBytes(message), bodyBytes: declaredLength(message) });
    response.once('close', () => {
      const request = requests.shift();
      connection.answered += (request?.headBytes ?? 0) + (request?.bodyBytes ?? 0);
      const left = socket.bytesRead - connection.answered;
      if (requests.length === 0 && left >= 0 && left < NEGLIGIBLE_BYTES) connection.answered = socket.bytesRead;
    });
  });

  function check(): void {
    if (connections.size === 0) {
      clearInterval(checks);
      checks = undefined;
      return;
    }
    const now = performance.now();
    const unfinished: { socket: Socket; since: number; bytes: number }[] = [];
    let together = 0;
    for (const [socket, connection] of connections) {
      const bytes = unfinishedBytes(socket, connection, now);
      connection.since = bytes < NEGLIGIBLE_BYTES ? null : (connection.since ?? now);
      if (connection.since === null) continue;
      unfinished.push({ socket, since: connection.since, bytes });
      together += bytes;
    }
    if (together <= limits.maxBytes) return;
    for (const { socket, bytes } of unfinished.sort((one, other) => one.since - other.since)) {
      socket.destroy();
      together -= bytes;
      if (together <= limits.maxBytes) return;
    }
  }

  function unfinishedBytes({ bytesRead }: Socket, connection: Connection, now: number): number {
    const { requests } = connection;
    if (bytesRead !== connection.seen) {
      connection.seen = bytesRead;
      connection.seenAt = now;
    }
    // No head is unfinished for so long: what is left was a body in chunks, or spaces.
    if (requests.length === 0 && now - connection.seenAt > 2 * limits.headersTimeout) connection.answered = bytesRead;
    const bytes = bytesRead - connection.answered;
    const [first, ...waiting] = requests;
    if (first === undefined) return bytes;
    const waitingBytes = waiting.reduce((sum, request) => sum + request.headBytes, 0);
    if (first.message.complete && first.bodyBytes !== null) return bytes - first.headBytes - first.bodyBytes;
    if (first.message.complete) return waitingBytes;
    return bytes - first.headBytes > limits.maxBodyBytes ? first.headBytes : bytes;
  }
}

/** At least as many bytes as the head of a request has: no header is written with less than a colon and a line break. */
function headBytes({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const SPACES_AND_VERSION = 14;
  const BETWEEN = 3;
  const EMPTY_LINE = 2;
  let bytes = method.length + url.length + SPACES_AND_VERSION + EMPTY_LINE + (rawHeaders.length / 2) * BETWEEN;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}

function declaredLength({ headers }: IncomingMessage): number | null {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
}
