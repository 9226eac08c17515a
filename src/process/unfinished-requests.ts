import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface UnfinishedLimits {
  /** Bytes of all unfinished requests together. */
  maxBytes: number;
  /** A longer body is not counted here: request-body.ts limits those. */
  maxBodyBytes: number;
  /** When the server closes a connection with an incomplete head. */
  headersTimeoutMs: number;
}

interface Request {
  message: IncomingMessage;
  headBytes: number;
  /** As declared; null for a chunked body. */
  bodyBytes: number | null;
}

interface Connection {
  /** Bytes of requests that have got a response. Never more than they actually had. */
  handledBytes: number;
  /** In order; all but the first are waiting. */
  requests: Request[];
  /** When it began to hold unfinished bytes, in milliseconds. */
  unfinishedSince: number | null;
  /** Bytes that had arrived when a check last found new ones, and the time of that check. */
  lastBytesRead: number;
  lastReadAt: number;
}

const CHECK_INTERVAL_MS = 100;
/** Fewer bytes are ignored: spaces, which the sums below do not include, or the start of a request. */
const NEGLIGIBLE_BYTES = 1024;

/**
 * Limits the memory of requests that have not started: incomplete heads, incomplete requests with short bodies, and requests
 * that wait for another on their connection. Each may be as long as allowed, but not on every connection: beyond the limit,
 * those connections are closed that have held unfinished bytes for the longest time. Node reports a head only when it is
 * complete, so what counts is the bytes of a connection that belong to no running or finished request.
 */
export function limitUnfinishedRequests(server: Server, limits: UnfinishedLimits): void {
  const connections = new Map<Socket, Connection>();
  let checks: NodeJS.Timeout | undefined;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, {
      handledBytes: 0,
      requests: [],
      unfinishedSince: null,
      lastBytesRead: 0,
      lastReadAt: performance.now(),
    });
    socket.once('close', () => connections.delete(socket));
    checks ??= setInterval(check, CHECK_INTERVAL_MS).unref();
  });

  server.prependListener('request', (message: IncomingMessage, response: ServerResponse) => {
    const { socket } = message;
    const connection = connections.get(socket);
    if (!connection) return;
    const { requests } = connection;
    requests.push({ message, headBytes: headBytes(message), bodyBytes: declaredLength(message) });
    const onEnd = () => {
      const request = requests.shift();
      connection.handledBytes += (request?.headBytes ?? 0) + (request?.bodyBytes ?? 0);
      const { bytesRead } = socket;
      const rest = bytesRead - connection.handledBytes;
      if (requests.length === 0 && rest >= 0 && rest < NEGLIGIBLE_BYTES) connection.handledBytes = bytesRead;
    };
    // A second handler of 'close' would make an array, which V8 creates among the old objects, where it keeps the request.
    response.on('prefinish', () => {
      if (response.writableLength === 0) onEnd();
      else response.once('close', onEnd);
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
    let totalBytes = 0;
    for (const [socket, connection] of connections) {
      const bytes = unfinishedBytes(socket, connection, now);
      connection.unfinishedSince = bytes < NEGLIGIBLE_BYTES ? null : (connection.unfinishedSince ?? now);
      if (connection.unfinishedSince === null) continue;
      unfinished.push({ socket, since: connection.unfinishedSince, bytes });
      totalBytes += bytes;
    }
    if (totalBytes <= limits.maxBytes) return;
    for (const { socket, bytes } of unfinished.sort((one, other) => one.since - other.since)) {
      socket.destroy();
      totalBytes -= bytes;
      if (totalBytes <= limits.maxBytes) return;
    }
  }

  function unfinishedBytes({ bytesRead }: Socket, connection: Connection, now: number): number {
    const { requests } = connection;
    if (bytesRead !== connection.lastBytesRead) {
      connection.lastBytesRead = bytesRead;
      connection.lastReadAt = now;
    }
    // No head stays incomplete for so long: these bytes were a chunked body, or spaces.
    if (requests.length === 0 && now - connection.lastReadAt > 2 * limits.headersTimeoutMs)
      connection.handledBytes = bytesRead;
    const bytes = bytesRead - connection.handledBytes;
    const [first, ...waiting] = requests;
    if (first === undefined) return bytes;
    const waitingBytes = waiting.reduce((sum, request) => sum + request.headBytes, 0);
    if (first.message.complete && first.bodyBytes !== null) return bytes - first.headBytes - first.bodyBytes;
    if (first.message.complete) return waitingBytes;
    return bytes - first.headBytes > limits.maxBodyBytes ? first.headBytes : bytes;
  }
}

/** A lower bound for the bytes of a head: a header has at least a colon and a line break. */
function headBytes({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const SPACES_AND_VERSION = 14;
  const SEPARATORS_PER_HEADER = 3;
  const EMPTY_LINE = 2;
  let bytes = method.length + url.length + SPACES_AND_VERSION + EMPTY_LINE;
  bytes += (rawHeaders.length / 2) * SEPARATORS_PER_HEADER;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}

function declaredLength({ headers }: IncomingMessage): number | null {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
}
