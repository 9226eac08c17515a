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

/** The outcome of a promise that others may wait for too, or the reason of the signal, whichever is first. */
export function within<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    // Also when nobody waits any more: a failure that nobody hears of ends the process.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
