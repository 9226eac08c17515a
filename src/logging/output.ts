import { fstatSync, write, writeSync } from 'node:fs';

/** The most characters that wait for a reader; lines beyond it are dropped. */
const MAX_WAITING = 4 * 1024 ** 2;
/** Before a terminal that takes nothing just now is tried again. */
const RETRY_MS = 100;
/** How long the end of the process waits for a reader that is behind. */
const EXIT_PATIENCE_MS = 200;
const EXIT_PAUSE_MS = 5;
const NEWLINE = 10;

/** Writes bytes and calls back with how many were written, as far as that is known: fewer than all means that it failed. */
type Sink = (bytes: Buffer, done: (written: number) => void) => void;

/**
 * Lines to standard output or standard error that never stop the process: on a full disk, a closed pipe or a pipe that
 * nobody reads, lines are dropped, and nothing else happens. What waits when the process exits is written then, as far as
 * that is possible without waiting for long.
 *
 * Our own instead of pino's destination, which ends the process on any error but EPIPE, and writes to a pipe from a
 * thread: one write that blocks there keeps the process from ever exiting. Here a pipe or socket is written to through
 * Node's stream, which never blocks, and anything else, which does not block for long, from a thread.
 */
export class Output {
  readonly #fd: 1 | 2;
  #sink: Sink | null = null;
  #waiting = '';
  #writing = 0;
  #isScheduled = false;
  /** The last line was cut off in its middle, so the next one must not begin where it ended. */
  #isCut = false;
  #dropped = 0;

  constructor(fd: 1 | 2) {
    this.#fd = fd;
  }

  /** Lines that were not written, since the process began. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a whole line, its end included. */
  write(line: string): void {
    if (this.#waiting.length + this.#writing + line.length > MAX_WAITING) {
      this.#dropped += 1;
      return;
    }
    this.#sink ??= this.#open();
    this.#waiting += line;
    if (this.#isScheduled || this.#writing > 0) return;
    this.#isScheduled = true;
    // The lines of one round of the event loop are one write.
    setImmediate(() => {
      this.#isScheduled = false;
      this.#writeWaiting();
    });
  }

  #writeWaiting(): void {
    if (this.#waiting === '') return;
    const bytes = this.#take();
    this.#writing = bytes.length;
    this.#sink?.(bytes, (written) => {
      this.#writing = 0;
      this.#note(bytes, written);
      this.#writeWaiting();
    });
  }

  #take(): Buffer {
    const bytes = Buffer.from(this.#isCut ? `\n${this.#waiting}` : this.#waiting);
    this.#waiting = '';
    return bytes;
  }

  #note(bytes: Buffer, written: number): void {
    // The line break that ends a cut line is no line of its own.
    const lost = bytes.subarray(Math.max(written, Number(this.#isCut)));
    for (const byte of lost) if (byte === NEWLINE) this.#dropped += 1;
    if (written > 0) this.#isCut = bytes[written - 1] !== NEWLINE;
  }

  #open(): Sink {
    process.on('exit', () => this.#writeAtExit());
    if (!isStream(this.#fd)) return (bytes, done) => writeFrom(0, bytes, this.#fd, done);
    const stream = this.#fd === 1 ? process.stdout : process.stderr;
    // Every write reports its own error as well.
    stream.on('error', () => {});
    return (bytes, done) => void stream.write(bytes, (error) => done(error ? 0 : bytes.length));
  }

  #writeAtExit(): void {
    // Nobody knows how much of what a stream is writing has left, so what follows could begin in the middle of a line.
    if (this.#waiting === '' || (this.#writing > 0 && isStream(this.#fd))) return;
    let rest = this.#take();
    const end = performance.now() + EXIT_PATIENCE_MS;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!isBusy(error) || performance.now() > end) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EXIT_PAUSE_MS);
      }
    }
  }
}

export const standardOutput = new Output(1);
export const standardError = new Output(2);

/** A pipe or a socket, which may have a reader that does not read, or none. */
function isStream(fd: number): boolean {
  const kind = fstatSync(fd);
  return kind.isFIFO() || kind.isSocket();
}

function writeFrom(start: number, bytes: Buffer, fd: number, done: (written: number) => void): void {
  write(fd, bytes, start, (error, count) => {
    if (isBusy(error)) setTimeout(() => writeFrom(start, bytes, fd, done), RETRY_MS);
    else if (error !== null || start + count === bytes.length) done(error === null ? bytes.length : start);
    else writeFrom(start + count, bytes, fd, done);
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
