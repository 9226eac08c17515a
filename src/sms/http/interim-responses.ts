/**
 * Interim responses (RFC 9110 section 15.2), such as a `100 Continue` that nobody requested. A client must be ready for
 * them before any response, but undici breaks the connection at a 100, and the call with it. So they are taken out of what
 * undici reads. Weighed: to treat the broken call as a failure, which leaves a change in doubt that SMS has answered.
 */
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

type Connect = buildConnector.connector;

/** Bytes of interim responses before one response. What comes beyond is left to undici, which ends the connection. */
const MAX_INTERIM_BYTES = 32 * 1024;
const NOTHING = Buffer.alloc(0);
/** 101 is not one of them: it changes the protocol, which was not requested either. */
const INTERIM_STATUS = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r\n]/;
/** Of the longest status line that the pattern above matches. */
const STATUS_BYTES = 'HTTP/1.1 100 '.length;
const END_OF_HEAD = '\r\n\r\n';

/** Makes connections on which interim responses are skipped. */
export function skippingInterimResponses(connect: Connect): Connect {
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error === null) skipInterimResponses(socket);
      callback(...result);
    });
}

/** undici writes one request, then reads to the end of its response. Only what comes first after a write is looked at. */
function skipInterimResponses(socket: Socket): void {
  const { read, write } = socket;
  let isAwaited = false;
  let skipped = 0;
  let held: Buffer = NOTHING;

  socket.write = ((...request: Parameters<Socket['write']>) => {
    isAwaited = true;
    skipped = 0;
    return write.apply(socket, request);
  }) as Socket['write'];

  socket.read = (size) => {
    if (!isAwaited || size === 0) return read.call(socket, size);
    for (;;) {
      const chunk: Buffer | null = read.call(socket);
      if (chunk === null) return null;
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (let end = endOfInterim(held); end > 0 && skipped < MAX_INTERIM_BYTES; end = endOfInterim(held)) {
        skipped += end;
        held = held.subarray(end);
      }
      if (held.length === 0 || (mayBeInterim(held) && skipped + held.length < MAX_INTERIM_BYTES)) continue;
      isAwaited = false;
      const response = held;
      held = NOTHING;
      return response;
    }
  };
}

/** How long the interim response is that these bytes begin with; 0 where there is none, or not all of it. */
function endOfInterim(bytes: Buffer): number {
  if (!INTERIM_STATUS.test(bytes.toString('latin1', 0, STATUS_BYTES))) return 0;
  const end = bytes.indexOf(END_OF_HEAD, 0, 'latin1');
  return end === -1 ? 0 : end + END_OF_HEAD.length;
}

/** Whether these bytes may be the beginning of one. */
function mayBeInterim(bytes: Buffer): boolean {
  const status = bytes.toString('latin1', 0, STATUS_BYTES);
  return INTERIM_STATUS.test(`${status}${'HTTP/1.1 100 '.slice(status.length)}`);
}
