import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { isRoundFull, isTurnOver, nextTurn } from '../../time/event-loop-turns.ts';

export interface BodyLimits {
  /** For one body. */
  maxBodyBytes: number;
  /** For all long bodies together. */
  maxBodiesBytes: number;
}

type RejectedBody = 'BODY_TOO_LARGE' | 'OVERLOADED' | 'BODY_NOT_UTF8';

export type Body = { text: string } | { rejected: RejectedBody };

/** Shorter bodies are always accepted, so that long ones cannot crowd them out. */
const MAX_SHORT_BODY_BYTES = 32 * 1024;
/** Up to this much of a rejected body is read: a client that is still sending might not see the response otherwise. */
const MAX_DISCARDED_BYTES = 16 * 1024 ** 2;

/** What the reading of all bodies has in common. */
class LongBodies {
  readonly maxBodyBytes: number;
  readonly maxBytes: number;
  bytes = 0;
  /** Oldest first. */
  readonly incomplete = new Set<BodyRead>();

  constructor({ maxBodyBytes, maxBodiesBytes }: BodyLimits) {
    this.maxBodyBytes = maxBodyBytes;
    this.maxBytes = Math.max(maxBodyBytes, maxBodiesBytes);
  }
}

/**
 * Reads bodies and enforces their limits, whatever `Content-Length` says. A long body counts against `maxBodiesBytes` until it
 * is released. When that limit is exceeded, the incomplete body that became long first is rejected. `onEnd` is called once, or
 * never if the client disconnects first.
 */
export function bodyReader(limits: BodyLimits) {
  const all = new LongBodies(limits);
  return (request: IncomingMessage, onEnd: (body: Body) => void): BodyRead => new BodyRead(request, all, onEnd);
}

/** One body. */
export class BodyRead {
  /** Received so far. */
  bytes = 0;
  #countedBytes = 0;
  /** Released, so its end is not reported. */
  #isOver = false;
  #chunks: Buffer[] = [];
  readonly #request: IncomingMessage;
  readonly #all: LongBodies;
  readonly #onEnd: (body: Body) => void;

  constructor(request: IncomingMessage, all: LongBodies, onEnd: (body: Body) => void) {
    this.#request = request;
    this.#all = all;
    this.#onEnd = onEnd;
    if (Number(request.headers['content-length']) > all.maxBodyBytes) this.#reject('BODY_TOO_LARGE');
    else request.on('data', this.#add).on('end', this.#finish);
  }

  /** Frees the buffers, and the bytes that count against `maxBodiesBytes`. */
  release(): void {
    this.#isOver = true;
    this.#chunks = [];
    if (!this.#request.readableEnded) this.#request.off('data', this.#add).off('end', this.#finish);
    if (this.#countedBytes === 0) return;
    this.#all.incomplete.delete(this);
    this.#all.bytes -= this.#countedBytes;
    this.#countedBytes = 0;
  }

  #reject(rejected: RejectedBody): void {
    this.release();
    discard(this.#request);
    this.#onEnd({ rejected });
  }

  readonly #add = (chunk: Buffer) => {
    const all = this.#all;
    this.bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.bytes > all.maxBodyBytes) return this.#reject('BODY_TOO_LARGE');
    if (this.bytes <= MAX_SHORT_BODY_BYTES) return;
    all.bytes += this.bytes - this.#countedBytes;
    this.#countedBytes = this.bytes;
    all.incomplete.add(this);
    for (const oldest of all.incomplete) if (all.bytes > all.maxBytes) oldest.#reject('OVERLOADED');
    if (!this.#isOver && isRoundFull()) this.#pause();
  };

  /** Many long bodies may arrive in one round of the event loop. */
  #pause(): void {
    this.#request.pause();
    void nextTurn().then(() => this.#request.resume());
  }

  readonly #finish = () => {
    this.#all.incomplete.delete(this);
    if (this.bytes <= MAX_SHORT_BODY_BYTES || !isTurnOver()) this.#join();
    else void nextTurn().then(() => this.#join());
  };

  #join(): void {
    if (this.#isOver) return;
    const [first] = this.#chunks;
    const bytes = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#onEnd(isUtf8(bytes) ? { text: utf8In(bytes) } : { rejected: 'BODY_NOT_UTF8' });
  }
}

/** Without a byte order mark. Takes a third of the time of a `TextDecoder`. */
function utf8In(bytes: Buffer): string {
  const text = bytes.toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function discard(request: IncomingMessage): void {
  let left = MAX_DISCARDED_BYTES;
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}
