const MIN_CAPACITY_BYTES = 16 * 1024;
/** Of a UTF-16 unit in UTF-8. */
const MAX_BYTES_PER_CHARACTER = 3;
const NO_BYTES = Buffer.alloc(0);

/** Text that waits, as bytes: strings that wait are pieces of other strings, and each garbage collection visits them all. */
export class ByteQueue {
  #bytes = NO_BYTES;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    const required = this.#length + text.length * MAX_BYTES_PER_CHARACTER;
    if (required > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(required, 2 * this.#bytes.length, MIN_CAPACITY_BYTES));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Empties the queue. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = NO_BYTES;
    this.#length = 0;
    return taken;
  }
}
