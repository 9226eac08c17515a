import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** For one body. */
  maxBodyBytes: number;
  /** For all long bodies together. */
  maxBodiesBytes: number;
}

type RejectedBody = 'BODY_TOO_LARGE' | 'OVERLOADED' | 'BODY_NOT_UTF8';

export type Body = { text: string } | { rejected: RejectedBody };

export interface BodyRead {
  /** Never settles if the client disconnects first. */
  body: Promise<Body>;
  /** Received so far. */
  readonly bytes: number;
  /** Frees the buffers, and the bytes that count against `maxBodiesBytes`. */
  release(): void;
}

/** Shorter bodies are always accepted, so that long ones cannot crowd them out. */
const MAX_SHORT_BODY_BYTES = 32 * 1024;
/** How much of a rejected body is read, so that its client gets to read the response. */
const MAX_DISCARDED_BYTES = 16 * 1024 ** 2;

/**
 * Reads bodies and enforces their limits, whatever `Content-Length` says. A long body counts against `maxBodiesBytes` until it
 * is released. When that limit is exceeded, the incomplete body that became long first is rejected.
 */
export function bodyReader({ maxBodyBytes, maxBodiesBytes }: BodyLimits): (request: IncomingMessage) => BodyRead {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  /** How to reject each incomplete long body, oldest first. */
  const incomplete = new Set<() => void>();
  const maxTotal = Math.max(maxBodyBytes, maxBodiesBytes);
  let total = 0;

  return (request) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let counted = 0;
    const { promise, resolve } = Promise.withResolvers<Body>();
    const release = () => {
      request.off('data', add).off('end', finish);
      incomplete.delete(shed);
      chunks.length = 0;
      total -= counted;
      counted = 0;
    };
    const reject = (rejected: RejectedBody) => {
      release();
      discard(request);
      resolve({ rejected });
    };
    const shed = () => reject('OVERLOADED');
    const add = (chunk: Uint8Array) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maxBodyBytes) return reject('BODY_TOO_LARGE');
      if (size <= MAX_SHORT_BODY_BYTES) return;
      total += size - counted;
      counted = size;
      incomplete.add(shed);
      for (const shedOldest of incomplete) if (total > maxTotal) shedOldest();
    };
    const finish = () => {
      incomplete.delete(shed);
      resolve(decode(chunks));
      chunks.length = 0;
    };
    if (Number(request.headers['content-length']) > maxBodyBytes) reject('BODY_TOO_LARGE');
    else request.on('data', add).once('end', finish);
    return {
      body: promise,
      get bytes() {
        return size;
      },
      release,
    };
  };

  function decode(chunks: Uint8Array[]): Body {
    try {
      return { text: decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)) };
    } catch {
      return { rejected: 'BODY_NOT_UTF8' };
    }
  }
}

function discard(request: IncomingMessage): void {
  let left = MAX_DISCARDED_BYTES;
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}
