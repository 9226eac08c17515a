/** Where texts have runs of characters in common, found in a time that is linear in their lengths. */
import type { Range } from './text-view.ts';

/** A text up to this length is compared by samples first: most texts have nothing in common. */
const SHORT_CHARACTERS = 512;
const MIN_SAMPLE_CHARACTERS = 4;
/** Size of the filter that makes most look-ups in the set of a long text unnecessary. */
const FILTER_BITS = 2 ** 16;

/** Finds the runs of `length` characters or more that a text has in common with one of `others`. */
export class CommonRuns {
  readonly #others: readonly string[];
  readonly #length: number;
  #runs: Runs | undefined;

  constructor(others: readonly string[], length: number) {
    this.#others = others.filter((other) => other.length >= length);
    this.#length = length;
  }

  in(text: string): Range[] {
    const length = this.#length;
    if (this.#others.length === 0 || text.length < length || !this.#mayHaveOne(text)) return [];
    this.#runs ??= runsOf(this.#others, length);
    const { filter, all } = this.#runs;
    const ranges: [number, number][] = [];
    forEachRun(text, length, (at, hash) => {
      if (filter[hash] === 0 || !all.has(text.slice(at, at + length))) return;
      const last = ranges.at(-1);
      if (last !== undefined && at <= last[1]) last[1] = at + length;
      else ranges.push([at, at + length]);
    });
    return ranges;
  }

  /** Takes samples so close together that every run contains one of them. */
  #mayHaveOne(text: string): boolean {
    if (text.length > SHORT_CHARACTERS) return true;
    // In a short text, all runs have the middle in common, which is the only sample then.
    const size = Math.max(MIN_SAMPLE_CHARACTERS, 2 * this.#length - text.length);
    const distance = this.#length - size;
    for (let at = distance; at <= text.length - size; at += distance + 1) {
      const sample = text.slice(at, at + size);
      if (this.#others.some((other) => other.includes(sample))) return true;
    }
    return false;
  }
}

interface Runs {
  filter: Uint8Array;
  all: ReadonlySet<string>;
}

function runsOf(others: readonly string[], length: number): Runs {
  const filter = new Uint8Array(FILTER_BITS);
  const all = new Set<string>();
  for (const other of others)
    forEachRun(other, length, (at, hash) => {
      filter[hash] = 1;
      all.add(other.slice(at, at + length));
    });
  return { filter, all };
}

const BASE = 0x01000193;
const MIX = 0x9e3779b1;

/** Visits each run of this length with its rolling hash. */
function forEachRun(text: string, length: number, visit: (at: number, hash: number) => void): void {
  // The factor of the character that leaves the run, modulo 2^32.
  let leaving = 1;
  for (let count = 1; count < length; count += 1) leaving = Math.imul(leaving, BASE);
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at >= length) hash -= Math.imul(text.charCodeAt(at - length), leaving);
    hash = Math.imul(hash, BASE) + text.charCodeAt(at);
    if (at >= length - 1) visit(at - length + 1, (Math.imul(hash, MIX) >>> 16) & (FILTER_BITS - 1));
  }
}
