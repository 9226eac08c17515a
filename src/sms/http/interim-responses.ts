/**
 * Interim responses (RFC 9110 section 15.2), such as an unsolicited `100 Continue`. Clients must expect them before any
 * response, but undici closes the connection at a 100. So they are removed from what undici reads. Weighed: treating
 * the call as failed, which leaves a change in doubt although SMS has responded.
 */
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

type Connect = buildConnector.connector;

/** For all interim responses before one response. If they are longer, undici gets the rest and closes the connection. */
const MAX_INTERIM_BYTES = 32 * 1024;
const NO_BYTES = Buffer.alloc(0);
/** Except 101, which changes the protocol. */
const INTERIM_STATUS = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r\n]/;
const MIN_INTERIM = 'HTTP/1.1 100 ';
const STATUS_AT = 'HTTP/1.1 '.length;
const ONE = 0x31;
const END_OF_HEAD = '\r\n\r\n';

/** Wraps a connector so that its connections skip interim responses. */
export function skippingInterimResponses(connect: Connect): Connect {
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error === null) skipInterimResponses(socket);
      callback(...result);
    });
}

/** undici writes a request, then reads the whole response: only the first bytes after a write can be interim. */
function skipInterimResponses(socket: Socket): void {
  const { read, write } = socket;
  let isAwaited = false;
  let skipped = 0;
  let held: Buffer = NO_BYTES;

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
      while (mayBeInterim(held) && held.includes(END_OF_HEAD) && skipped < MAX_INTERIM_BYTES) {
        const end = held.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
        skipped += end;
        held = held.subarray(end);
      }
      if (held.length === 0 || (mayBeInterim(held) && skipped + held.length < MAX_INTERIM_BYTES)) continue;
      isAwaited = false;
      const response = held;
      held = NO_BYTES;
      return response;
    }
  };
}

/** Whether these bytes can be the beginning of an interim response. The first digit of the status rules most others out. */
function mayBeInterim(bytes: Buffer): boolean {
  if (bytes.length > STATUS_AT && bytes[STATUS_AT] !== ONE) return false;
  const status = bytes.toString('latin1', 0, MIN_INTERIM.length);
  return INTERIM_STATUS.test(`${status}${MIN_INTERIM.slice(status.length)}`);
}
