/** The reason of a deadline that has passed. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlinePassed';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`${milliseconds} ms have passed.`);
    this.milliseconds = milliseconds;
  }
}

/**
 * The end of a call: after so many milliseconds, or when its caller leaves. Whoever makes one clears it, so that
 * nothing is left behind by a call that ended early.
 */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #end: number;
  readonly #timer: NodeJS.Timeout;
  readonly #caller: AbortSignal | undefined;
  readonly #leave: () => void;

  constructor(milliseconds: number, caller?: AbortSignal) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#end = performance.now() + milliseconds;
    this.#timer = setTimeout(() => controller.abort(new DeadlineExceededError(milliseconds)), milliseconds);
    this.#caller = caller;
    this.#leave = () => controller.abort(caller?.reason);
    if (caller?.aborted) this.#leave();
    else caller?.addEventListener('abort', this.#leave, { once: true });
  }

  /** Milliseconds. */
  left(): number {
    return this.#end - performance.now();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#leave);
  }
}

/** The outcome of a promise that others may wait for too, or the reason of the signal if that is first. A value is returned at once. */
export function within<Value>(signal: AbortSignal, value: Value | Promise<Value>): Value | Promise<Value> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    // Also when nobody waits any more: an unhandled rejection ends the process.
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
