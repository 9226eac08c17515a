/** Bounds how many asynchronous functions run at once. The others wait, in the order of their calls. */
export class ConcurrencyLimit {
  readonly #max: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(max: number) {
    this.#max = max;
  }

  run<Result>(start: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#max) return this.#start(start);
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => this.#start(start).then(resolve, reject));
    });
  }

  #start<Result>(start: () => Promise<Result>): Promise<Result> {
    this.#running += 1;
    const result = start();
    result.then(this.#end, this.#end);
    return result;
  }

  readonly #end = (): void => {
    this.#running -= 1;
    this.#waiting.shift()?.();
  };
}
