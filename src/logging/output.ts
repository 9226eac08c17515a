import { fstatSync, write, writeSync } from 'node:fs';
import { ByteQueue } from './byte-queue.ts';

/** Bytes that are queued for a slow reader. Lines beyond that are dropped. */
const MAX_QUEUED_BYTES = 4 * 1024 ** 2;
/** Lines of this time are written together, since a write costs as much as many lines. */
const WRITE_DELAY_MS = 10;
/** Before another attempt to write to a terminal that is busy. */
const RETRY_DELAY_MS = 100;
/** How long the end of the process is delayed by a slow reader, and the pause between attempts. */
const EXIT_TIMEOUT_MS = 200;
const EXIT_RETRY_DELAY_MS = 5;
const NEWLINE = 10;

/** Writes bytes, and calls back with how many were certainly written. Fewer than all means that writing failed. */
type Sink = (bytes: Buffer, done: (written: number) => void) => void;

/**
 * Writes lines to standard output or standard error without ever stopping the process. On a full disk, a closed pipe or a
 * pipe that nobody reads, lines are dropped. Lines that are queued when the process exits are written then, as far as that
 * is possible without a long wait.
 *
 * This replaces pino's destination, which ends the process on any error but EPIPE, and writes to pipes from a thread: if
 * that write blocks, the process never exits. Here pipes and sockets are written through Node's stream, which never blocks.
 * Everything else does not block for long and is written from a thread.
 */
export class Output {
  readonly #fd: 1 | 2;
  #sink: Sink | null = null;
  readonly #queue = new ByteQueue();
  #bytesBeingWritten = 0;
  #isScheduled = false;
  /** Whether only a part of the last line was written, so that the next line must not continue it. */
  #isLineCut = false;
  #dropped = 0;

  constructor(fd: 1 | 2) {
    this.#fd = fd;
  }

  /** Lines that were not written, since the process started. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a whole line with its line break. */
  write(line: string): void {
    if (this.#queue.length + this.#bytesBeingWritten + line.length > MAX_QUEUED_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#sink ??= this.#open();
    this.#queue.push(line);
    if (this.#isScheduled || this.#bytesBeingWritten > 0) return;
    this.#isScheduled = true;
    setTimeout(() => {
      this.#isScheduled = false;
      this.#writeQueued();
    }, WRITE_DELAY_MS);
  }

  #writeQueued(): void {
    if (this.#queue.length === 0) return;
    const bytes = this.#takeQueued();
    this.#bytesBeingWritten = bytes.length;
    this.#sink?.(bytes, (written) => {
      this.#bytesBeingWritten = 0;
      this.#countDropped(bytes, written);
      this.#writeQueued();
    });
  }

  #takeQueued(): Buffer {
    const bytes = this.#queue.take();
    return this.#isLineCut ? Buffer.concat([Buffer.of(NEWLINE), bytes]) : bytes;
  }

  #countDropped(bytes: Buffer, written: number): void {
    // The line break that ends a cut line does not count as a line.
    const lost = bytes.subarray(Math.max(written, Number(this.#isLineCut)));
    for (const byte of lost) if (byte === NEWLINE) this.#dropped += 1;
    if (written > 0) this.#isLineCut = bytes[written - 1] !== NEWLINE;
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
    // A stream does not say how much of a pending write has left, so these lines could start in the middle of another.
    if (this.#queue.length === 0 || (this.#bytesBeingWritten > 0 && isStream(this.#fd))) return;
    let rest = this.#takeQueued();
    const deadline = performance.now() + EXIT_TIMEOUT_MS;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EXIT_RETRY_DELAY_MS);
      }
    }
  }
}

const standardOutput = new Output(1);
export const standardError = new Output(2);

/** Writes lines for people to standard output. */
export function print(...lines: readonly string[]): void {
  for (const line of lines) standardOutput.write(`${line}\n`);
}

/** Whether it is a pipe or a socket, which may have a slow reader or none. */
function isStream(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFIFO() || stats.isSocket();
}

function writeFrom(start: number, bytes: Buffer, fd: number, done: (written: number) => void): void {
  write(fd, bytes, start, (error, count) => {
    if (isBusy(error)) setTimeout(() => writeFrom(start, bytes, fd, done), RETRY_DELAY_MS);
    else if (error !== null || start + count === bytes.length) done(error === null ? bytes.length : start);
    else writeFrom(start + count, bytes, fd, done);
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
