/** Bytes that all requests of the process hold together: what they have read from SMS, and of their responses. */
export class HeldBytes {
  readonly #max: number;
  #bytes = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get isFull(): boolean {
    return this.#bytes > this.#max;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }
}
