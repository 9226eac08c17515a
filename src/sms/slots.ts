/**
 * As many calls as there are connections. The others wait here, unsigned, and not in the client's own queue: what waits
 * there is sent whenever a connection is free, though its time may be over or the key have gone to rest. Weighed:
 * p-limit, where a call cannot leave the queue alone.
 */
export class Slots {
  #free: number;
  /** In the order they came; a set, so that one may leave from the middle. */
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** At once where one is free. The promise of a later one rejects when the signal is first, and then takes none. */
  take(signal: AbortSignal): void | Promise<void> {
    if (this.#free === 0) return this.#wait(signal);
    this.#free -= 1;
  }

  /** Gives one back. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free += 1;
    else next();
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#waiting.delete(begin);
        signal.removeEventListener('abort', giveUp);
      };
      const begin = () => {
        end();
        resolve();
      };
      const giveUp = () => {
        end();
        reject(signal.reason);
      };
      if (signal.aborted) return reject(signal.reason);
      this.#waiting.add(begin);
      signal.addEventListener('abort', giveUp);
    });
  }
}
