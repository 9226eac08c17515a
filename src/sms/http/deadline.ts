/** The reason of a signal whose deadline has passed. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`${milliseconds} ms have passed.`);
    this.milliseconds = milliseconds;
  }
}

/** Aborts its signal after some milliseconds, or when the caller's signal is aborted. Must be cleared after use. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #end: number;
  readonly #timer: NodeJS.Timeout;
  readonly #caller: AbortSignal | undefined;
  readonly #abort: () => void;

  constructor(milliseconds: number, caller?: AbortSignal) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#end = performance.now() + milliseconds;
    this.#timer = setTimeout(() => controller.abort(new DeadlineExceededError(milliseconds)), milliseconds);
    this.#caller = caller;
    this.#abort = () => controller.abort(caller?.reason);
    if (caller?.aborted) this.#abort();
    else caller?.addEventListener('abort', this.#abort, { once: true });
  }

  /** Milliseconds. */
  remaining(): number {
    return this.#end - performance.now();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#abort);
  }
}

/** The result of a promise, unless the signal is aborted first. A plain value is returned at once. */
export function within<Value>(signal: AbortSignal, value: Value | Promise<Value>): Value | Promise<Value> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    // Handles a rejection also after the abort: an unhandled one would end the process.
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
