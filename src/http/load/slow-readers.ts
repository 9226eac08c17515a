import type { ServerResponse } from 'node:http';

export interface SlowReaderLimits {
  /** Milliseconds for which a client may take nothing of an answer that waits for it. */
  maxStall: number;
  /** Bytes of all answers together that wait for their clients. */
  maxUnreadBytes: number;
}

/** In as many times `maxStall` a client must have taken its whole answer, however steadily it reads. */
const STALLS_IN_ALL = 10;

/**
 * Answers that were written faster than their clients read. A client that stops reading is cut off, and when too much
 * waits, the one that has had the most time.
 */
export class SlowReaders {
  readonly #limits: SlowReaderLimits;
  /** How long each is, in the order in which they were written. */
  readonly #answers = new Map<ServerResponse, number>();
  #bytes = 0;

  constructor(limits: SlowReaderLimits) {
    this.#limits = limits;
  }

  /** Watches over a whole answer that has just been written, if anything of it waits. */
  watch(response: ServerResponse): void {
    const bytes = response.writableLength;
    if (bytes === 0 || response.destroyed) return;
    this.watchStream(response);
    const { maxStall, maxUnreadBytes } = this.#limits;
    const end = setTimeout(() => response.destroy(), maxStall * STALLS_IN_ALL);
    this.#answers.set(response, bytes);
    this.#bytes += bytes;
    response.once('close', () => {
      clearTimeout(end);
      this.#forget(response);
    });
    while (this.#bytes > maxUnreadBytes && this.#answers.size > 1) this.#cutOldest();
  }

  /** Watches over an answer whose end nobody knows. */
  watchStream(response: ServerResponse): void {
    if (response.writableLength === 0) return;
    // Begins anew with every byte that is taken, and without any that waits it means nothing.
    response.setTimeout(this.#limits.maxStall, () => {
      if (response.writableLength > 0) response.destroy();
    });
  }

  #cutOldest(): void {
    for (const [response] of this.#answers) {
      this.#forget(response);
      response.destroy();
      return;
    }
  }

  #forget(response: ServerResponse): void {
    this.#bytes -= this.#answers.get(response) ?? 0;
    this.#answers.delete(response);
  }
}
