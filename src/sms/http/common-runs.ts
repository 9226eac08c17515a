/** Where texts have runs of characters in common, in a time that grows with their lengths alone. */
import type { Range } from './text-view.ts';

/** Up to so many characters, a sample of a text is compared first: most texts have nothing in common. */
const SHORT = 512;
const SAMPLE = 4;
/** Bits of a filter that spares most runs of a long text the look into the set. */
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
    const found: [number, number][] = [];
    forEachRun(text, length, (place, hash) => {
      if (filter[hash] === 0 || !all.has(text.slice(place, place + length))) return;
      const last = found.at(-1);
      if (last !== undefined && place <= last[1]) last[1] = place + length;
      else found.push([place, place + length]);
    });
    return found;
  }

  /** Every run that is long enough holds one of the samples in full. */
  #mayHaveOne(text: string): boolean {
    if (text.length > SHORT) return true;
    for (let place = 0; place <= text.length - SAMPLE; place += this.#length - SAMPLE + 1) {
      const sample = text.slice(place, place + SAMPLE);
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
    forEachRun(other, length, (place, hash) => {
      filter[hash] = 1;
      all.add(other.slice(place, place + length));
    });
  return { filter, all };
}

/** Each run of so many characters with its hash, which rolls from one to the next. */
function forEachRun(text: string, length: number, visit: (place: number, hash: number) => void): void {
  // What the character that leaves the run has been multiplied with, modulo 2^32.
  let leaving = 1;
  for (let count = 1; count < length; count += 1) leaving = Math.imul(leaving, BASE);
  let hash = 0;
  for (let place = 0; place < text.length; place += 1) {
    if (place >= length) hash -= Math.imul(text.charCodeAt(place - length), leaving);
    hash = Math.imul(hash, BASE) + text.charCodeAt(place);
    if (place >= length - 1) visit(place - length + 1, (Math.imul(hash, MIX) >>> 16) & (FILTER_BITS - 1));
  }
}

const BASE = 0x01000193;
const MIX = 0x9e3779b1;
