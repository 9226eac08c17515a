import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** Of one request. */
  maxBodyBytes: number;
  /** Of all long ones together. */
  maxBodiesBytes: number;
}

type Rejected = 'BODY_TOO_LARGE' | 'OVERLOADED' | 'BODY_NOT_UTF8';

/** A body, or why there is none: too long, too many others at once, or not UTF-8. */
export type Body = { text: string } | { rejected: Rejected };

export interface Reading {
  /** Never settles when the client leaves before the end. */
  body: Promise<Body>;
  /** Bytes that have come. */
  readonly bytes: number;
  /** Whatever was held of the body is no longer. */
  release(): void;
}

/** Bytes. Short ones always fit, so that nobody who sends long ones keeps them out. */
const SHORT_BODY = 32 * 1024;
/** Of a body that is refused, so that its client can finish and read why. */
const MAX_DISCARDED_BYTES = 16 * 1024 ** 2;

/**
 * Reads bodies and counts their bytes, declared or not, before anything is made of them. All long bodies together are
 * counted too, until their responses end, so that they do not fill the memory: where they would, the one gives way that
 * has had the most time and is still not here.
 */
export function bodyReader({ maxBodyBytes, maxBodiesBytes }: BodyLimits): (request: IncomingMessage) => Reading {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  /** What refuses each long body that is not here in full, in the order in which they became long. */
  const unfinished = new Set<() => void>();
  const maxTogether = Math.max(maxBodyBytes, maxBodiesBytes);
  let together = 0;

  return (request) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let counted = 0;
    const { promise, resolve } = Promise.withResolvers<Body>();
    const release = () => {
      request.off('data', take).off('end', finish);
      unfinished.delete(giveWay);
      chunks.length = 0;
      together -= counted;
      counted = 0;
    };
    const reject = (rejected: Rejected) => {
      release();
      discard(request);
      resolve({ rejected });
    };
    const giveWay = () => reject('OVERLOADED');
    const take = (chunk: Uint8Array) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maxBodyBytes) return reject('BODY_TOO_LARGE');
      if (size <= SHORT_BODY) return;
      together += size - counted;
      counted = size;
      unfinished.add(giveWay);
      for (const other of unfinished) if (together > maxTogether) other();
    };
    const finish = () => {
      unfinished.delete(giveWay);
      resolve(decoded(chunks));
      chunks.length = 0;
    };
    if (Number(request.headers['content-length']) > maxBodyBytes) reject('BODY_TOO_LARGE');
    else request.on('data', take).once('end', finish);
    return {
      body: promise,
      get bytes() {
        return size;
      },
      release,
    };
  };

  function decoded(chunks: Uint8Array[]): Body {
    try {
      return { text: decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)) };
    } catch {
      return { rejected: 'BODY_NOT_UTF8' };
    }
  }
}

/** Lets a client that is still sending read the answer, but not send without end. */
function discard(request: IncomingMessage): void {
  let left = MAX_DISCARDED_BYTES;
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}
