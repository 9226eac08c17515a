import type { ServerResponse } from 'node:http';

export interface SlowReaderLimits {
  /** How long a client may read nothing of a response that has been written. */
  maxStallMs: number;
  /** Unread bytes of all responses together. */
  maxUnreadBytes: number;
}

/** A client that reads slowly but steadily may take this many times `maxStallMs` for a whole response. */
const MAX_STALLS_PER_RESPONSE = 10;

/**
 * Write backpressure: disconnects clients that stop reading, and when too much is unread, the ones whose responses were
 * written first.
 */
export class SlowReaders {
  readonly #limits: SlowReaderLimits;
  /** Responses with their unread bytes when they were written, oldest first. */
  readonly #responses = new Map<ServerResponse, number>();
  #bytes = 0;

  constructor(limits: SlowReaderLimits) {
    this.#limits = limits;
  }

  /** Call this when a whole response has been written. */
  watch(response: ServerResponse): void {
    const bytes = response.writableLength;
    if (bytes === 0 || response.destroyed) return;
    this.watchStream(response);
    const { maxStallMs, maxUnreadBytes } = this.#limits;
    const timer = setTimeout(() => response.destroy(), maxStallMs * MAX_STALLS_PER_RESPONSE);
    this.#responses.set(response, bytes);
    this.#bytes += bytes;
    response.once('close', () => {
      clearTimeout(timer);
      this.#remove(response);
    });
    for (const [oldest] of this.#responses) {
      if (this.#bytes <= maxUnreadBytes || this.#responses.size === 1) break;
      this.#remove(oldest);
      oldest.destroy();
    }
  }

  /** Call this when the first part of a stream has been written. */
  watchStream(response: ServerResponse): void {
    if (response.writableLength === 0) return;
    // The timeout restarts with every byte that the client reads. It has no effect while nothing is unread.
    response.setTimeout(this.#limits.maxStallMs, () => {
      if (response.writableLength > 0) response.destroy();
    });
  }

  #remove(response: ServerResponse): void {
    this.#bytes -= this.#responses.get(response) ?? 0;
    this.#responses.delete(response);
  }
}
