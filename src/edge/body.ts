import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** Of one request. */
  maxBodyBytes: number;
}

type Refused = 'BODY_TOO_LARGE' | 'OVERLOADED' | 'BODY_NOT_UTF8';

/** A body, or why there is none: too long, too many others at once, or not UTF-8. */
export type Body = { text: string } | { refused: Refused };

export interface Reading {
  /** Never settles when the client leaves before the end. */
  body: Promise<Body>;
  /** Whatever was held of the body is no longer. */
  leave(): void;
}

/** Bodies of this many requests fit into memory, if each is as long as allowed. Others are refused. */
const LONG_BODIES = 32;
/** Of a body that is refused, so that its client can finish and read why. */
const MOST_DISCARDED_BYTES = 16 * 1024 ** 2;

/**
 * Reads bodies and counts their bytes, declared or not, before anything is made of them. All bodies together are counted
 * too, until their responses end, so that many slow or long ones do not fill the memory.
 */
export function bodyReader({ maxBodyBytes }: BodyLimits): (request: IncomingMessage) => Reading {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let together = 0;

  return (request) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const { promise, resolve } = Promise.withResolvers<Body>();
    const refuse = (refused: Refused) => {
      chunks.length = 0;
      request.off('data', count);
      discard(request);
      resolve({ refused });
    };
    const count = (chunk: Uint8Array) => {
      size += chunk.length;
      together += chunk.length;
      chunks.push(chunk);
      if (size > maxBodyBytes) refuse('BODY_TOO_LARGE');
      else if (together > LONG_BODIES * maxBodyBytes) refuse('OVERLOADED');
    };
    if (Number(request.headers['content-length']) > maxBodyBytes) refuse('BODY_TOO_LARGE');
    else request.on('data', count).once('end', () => resolve(decoded(chunks)));
    return {
      body: promise,
      leave() {
        together -= size;
      },
    };
  };

  function decoded(chunks: Uint8Array[]): Body {
    try {
      return { text: decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)) };
    } catch {
      return { refused: 'BODY_NOT_UTF8' };
    }
  }
}

/** Lets a client that is still sending read the answer, but not send without end. */
function discard(request: IncomingMessage): void {
  let left = MOST_DISCARDED_BYTES;
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}
