import type { IncomingMessage, ServerResponse } from 'node:http';

export interface BodyLimits {
  /** Of one request. */
  maxBodyBytes: number;
}

/** A body, or why there is none: too long, too many others at once, not UTF-8, or the client has left. */
export type Body = { text: string } | { refused: 'BODY_TOO_LARGE' | 'OVERLOADED' | 'BODY_NOT_UTF8' } | null;

/** Bodies of this many requests fit into memory, if each is as long as allowed. Others are refused. */
const LONG_BODIES = 32;
/** Of a body that is refused, so that its client can finish and read why. */
const MOST_DISCARDED_BYTES = 16 * 1024 ** 2;

/**
 * Reads bodies and counts their bytes, declared or not, before anything is made of them. All bodies together are counted
 * too, until their responses end, so that many slow or long ones do not fill the memory.
 */
export function bodyReader({
  maxBodyBytes,
}: BodyLimits): (request: IncomingMessage, response: ServerResponse) => Promise<Body> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let together = 0;
  return (request, response) => {
    if (Number(request.headers['content-length']) > maxBodyBytes) {
      discard(request);
      return Promise.resolve({ refused: 'BODY_TOO_LARGE' });
    }
    const { promise, resolve } = Promise.withResolvers<Body>();
    const chunks: Uint8Array[] = [];
    let size = 0;
    const refuse = (refused: 'BODY_TOO_LARGE' | 'OVERLOADED') => {
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
    request.on('data', count);
    request.once('end', () => resolve(decoded(chunks)));
    response.once('close', () => {
      together -= size;
      resolve(null);
    });
    return promise;
  };

  function decoded(chunks: Uint8Array[]): Body {
    const [first] = chunks;
    try {
      return { text: decoder.decode(chunks.length === 1 ? first : Buffer.concat(chunks)) };
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
