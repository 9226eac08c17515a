/** The reason of a signal whose deadline has passed. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`${milliseconds} ms have passed.`);
    this.milliseconds = milliseconds;
  }
}

/** Whether something has been aborted, and why: the part of a signal that needs no listener. */
export type AbortState = Pick<AbortSignal, 'aborted' | 'reason'>;

/** What ends a wait: a deadline, or a controller. */
export type Abortable = Pick<AbortController, 'signal'>;

/** Something that goes on until its deadline. */
export interface DeadlineListener {
  onAborted(reason: unknown): void;
}

/** Milliseconds between two looks at all deadlines. One timer for all of them costs less than a timer and a listener for each. */
const TICK_MS = 10;

const pending: Deadline[] = [];
let isTicking = false;

/**
 * Ends something after some milliseconds, or when the caller's signal is aborted, up to 10 ms later. Must be cleared after use.
 */
export class Deadline {
  readonly #milliseconds: number;
  readonly #end: number;
  #caller: AbortState | undefined;
  #index: number;
  #hasPassed = false;
  #controller: AbortController | null = null;
  /** Called once. Not called if the deadline has passed already. */
  listener: DeadlineListener | null = null;

  constructor(milliseconds: number, caller?: AbortState) {
    this.#milliseconds = milliseconds;
    this.#end = performance.now() + milliseconds;
    this.#caller = caller;
    this.#index = pending.push(this) - 1;
    if (!isTicking) tick();
  }

  get aborted(): boolean {
    return this.#hasPassed || this.#caller?.aborted === true;
  }

  /** Of use only if the deadline has passed or the caller has aborted. */
  get reason(): unknown {
    return this.#hasPassed ? new DeadlineExceededError(this.#milliseconds) : this.#caller?.reason;
  }

  /** For what takes a signal. Created on first use. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.aborted) this.#controller.abort(this.reason);
    return this.#controller.signal;
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** Milliseconds. */
  remaining(): number {
    return this.#end - performance.now();
  }

  /** The result of a promise, unless the deadline passes first. A plain value is returned at once. */
  within<Value>(value: Value | Promise<Value>): Value | Promise<Value> {
    return value instanceof Promise ? within(this.signal, value) : value;
  }

  /** Aborts if the deadline has passed. */
  check(now: number): void {
    if (!this.aborted) {
      if (now < this.#end) return;
      this.#hasPassed = true;
    }
    const { listener, reason } = this;
    this.#remove();
    this.#controller?.abort(reason);
    listener?.onAborted(reason);
  }

  clear(): void {
    this.#remove();
    this.listener = null;
    this.#caller = undefined;
  }

  #remove(): void {
    const last = pending[this.#index] === this ? pending.pop() : undefined;
    if (last === undefined || last === this) return;
    pending[this.#index] = last;
    last.#index = this.#index;
  }
}

/** Runs as long as there are deadlines. */
function tick(): void {
  isTicking = pending.length > 0;
  if (!isTicking) return;
  setTimeout(tick, TICK_MS);
  const now = performance.now();
  // From the end, since those that have passed are replaced by the last.
  for (let index = pending.length - 1; index >= 0; index -= 1) pending[index]?.check(now);
}

/** The result of a promise, unless the signal is aborted first. */
export function within<Value>(signal: AbortSignal, value: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    // Handles a rejection also after the abort: an unhandled one would end the process.
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
