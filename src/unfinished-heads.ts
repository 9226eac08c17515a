import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface HeadLimits {
  /** Of one head; the parser ends a longer one. */
  maxHeadBytes: number;
  /** Milliseconds in which a head must be complete, or its connection is closed. */
  headersTimeout: number;
  /** Of all heads together that are not complete. */
  maxUnfinishedBytes: number;
}

const CHECK_INTERVAL_MS = 100;
/** What is less is no head that is worth counting: spaces and framing that the sums below leave out. */
const NEGLIGIBLE_BYTES = 1024;

/** What one connection has sent. */
interface Connection {
  /** Bytes of requests that are known to be complete. Never more than there were. */
  finished: number;
  /** Requests that are being answered, and of those the ones whose body has no declared length. */
  underWay: number;
  chunked: number;
  /** Since when it has an unfinished head: milliseconds, or null. */
  since: number | null;
  /** Bytes at the last check that found new ones, and when that was. */
  seen: number;
  seenAt: number;
}

/**
 * Bounds the heads of requests that have begun and are not complete, in bytes and all together: each may be as long as
 * allowed, but not on every connection. Where it is too much, those go that have had the most time. Node tells nothing of a
 * head before it is complete, so bytes are counted that belong to no complete request.
 */
export function boundUnfinishedHeads(server: Server, limits: HeadLimits): void {
  const { maxHeadBytes, maxUnfinishedBytes } = limits;
  const connections = new Map<Socket, Connection>();
  let checks: NodeJS.Timeout | undefined;

  server.on('connection', (socket: Socket) => {
    const now = performance.now();
    connections.set(socket, { finished: 0, underWay: 0, chunked: 0, since: null, seen: 0, seenAt: now });
    socket.once('close', () => connections.delete(socket));
    // Fewer connections cannot hold too much.
    if (connections.size * maxHeadBytes > maxUnfinishedBytes) checks ??= setInterval(check, CHECK_INTERVAL_MS).unref();
  });

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (!connection) return;
    const length = request.headers['content-length'];
    const chunked = request.headers['transfer-encoding'] === undefined ? 0 : 1;
    connection.finished += headBytes(request) + Number(length ?? 0);
    connection.underWay += 1;
    connection.chunked += chunked;
    response.once('close', () => {
      connection.underWay -= 1;
      connection.chunked -= chunked;
      const left = socket.bytesRead - connection.finished;
      if (left >= 0 && left < NEGLIGIBLE_BYTES) connection.finished = socket.bytesRead;
    });
  });

  function check(): void {
    if (connections.size * maxHeadBytes <= maxUnfinishedBytes) {
      clearInterval(checks);
      checks = undefined;
      return;
    }
    const now = performance.now();
    const unfinished: { socket: Socket; since: number; bytes: number }[] = [];
    let together = 0;
    for (const [socket, connection] of connections) {
      const bytes = Math.min(unfinishedBytes(socket, connection, now), maxHeadBytes);
      connection.since = bytes < NEGLIGIBLE_BYTES ? null : (connection.since ?? now);
      if (connection.since === null) continue;
      unfinished.push({ socket, since: connection.since, bytes });
      together += bytes;
    }
    if (together <= maxUnfinishedBytes) return;
    for (const { socket, bytes } of unfinished.sort((one, other) => one.since - other.since)) {
      socket.destroy();
      together -= bytes;
      if (together <= maxUnfinishedBytes) return;
    }
  }

  function unfinishedBytes({ bytesRead }: Socket, connection: Connection, now: number): number {
    if (bytesRead !== connection.seen) {
      connection.seen = bytesRead;
      connection.seenAt = now;
    }
    // A body without a declared length is under way; its own limit counts it.
    if (connection.chunked > 0) return 0;
    // No head is unfinished for so long: what is counted was such a body, or spaces.
    if (connection.underWay === 0 && now - connection.seenAt > 2 * limits.headersTimeout)
      connection.finished = bytesRead;
    return bytesRead - connection.finished;
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
