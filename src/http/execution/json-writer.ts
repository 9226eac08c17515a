import { isTurnOver, nextTurn } from '../../time/event-loop-turns.ts';

/** Characters that are encoded at once. */
const PIECE_LENGTH = 64 * 1024;

const MAX_CACHED_NAMES = 1_000;

/** An object or array that is being written. */
interface Container {
  /** Null for an array. */
  readonly names: readonly string[] | null;
  readonly values: readonly unknown[];
  /** Index of the next value. */
  next: number;
  /** Whether a value was written, so that a comma comes before the next. */
  isBegun: boolean;
}

/**
 * Writes a value as JSON in UTF-8, in turns. Equal to the output of JSON.stringify, but in pieces, which are outside of the
 * JavaScript heap.
 */
export async function jsonInTurns(value: unknown): Promise<Buffer[]> {
  const writer = new JsonWriter();
  writer.begin(value);
  while (!writer.isDone) {
    if (isTurnOver()) await nextTurn();
    writer.writePiece();
  }
  return writer.pieces;
}

class JsonWriter {
  readonly pieces: Buffer[] = [];
  /** From the outermost to the innermost. */
  readonly #containers: Container[] = [];
  /** Names as JSON. A result has few different ones. */
  readonly #names = new Map<string, string>();
  #text = '';
  /** A string that is longer than a piece, and how much of it is written. */
  #long: { text: string; end: number } | null = null;

  get isDone(): boolean {
    return this.#containers.length === 0 && this.#long === null && this.#text === '';
  }

  /** Writes about as much as a piece. */
  writePiece(): void {
    while (this.#text.length < PIECE_LENGTH) {
      const container = this.#containers.at(-1);
      if (this.#long !== null) this.#writeMoreOf(this.#long);
      else if (container === undefined) break;
      else this.#writeNextIn(container);
    }
    this.pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }

  #writeNextIn(container: Container): void {
    const { names, values, next } = container;
    if (next === values.length) {
      this.#text += names === null ? ']' : '}';
      this.#containers.pop();
      return;
    }
    container.next += 1;
    const value = values[next];
    if (names !== null && !isWritten(value)) return;
    if (container.isBegun) this.#text += ',';
    container.isBegun = true;
    if (names !== null) this.#text += this.#name(names[next] ?? '');
    this.begin(value);
  }

  /** Writes a value, or only its beginning if it is long. */
  begin(original: unknown): void {
    const value = hasToJson(original) ? original.toJSON() : original;
    if (typeof value === 'string' && value.length > PIECE_LENGTH) {
      this.#text += '"';
      this.#long = { text: value, end: 0 };
    } else if (typeof value === 'number' && Number.isFinite(value)) this.#text += value;
    else if (typeof value !== 'object' || value === null || JSON.isRawJSON(value))
      this.#text += JSON.stringify(value) ?? 'null';
    else if (Array.isArray(value)) {
      this.#text += '[';
      this.#containers.push({ names: null, values: value, next: 0, isBegun: false });
    } else {
      this.#text += '{';
      this.#containers.push({ names: Object.keys(value), values: Object.values(value), next: 0, isBegun: false });
    }
  }

  #name(name: string): string {
    const json = this.#names.get(name) ?? `${JSON.stringify(name)}:`;
    if (this.#names.size < MAX_CACHED_NAMES) this.#names.set(name, json);
    return json;
  }

  #writeMoreOf(long: { text: string; end: number }): void {
    const { text, end: start } = long;
    let end = Math.min(text.length, start + PIECE_LENGTH);
    // Do not split a surrogate pair.
    if (end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
    this.#text += JSON.stringify(text.slice(start, end)).slice(1, -1);
    long.end = end;
    if (end < text.length) return;
    this.#text += '"';
    this.#long = null;
  }
}

/** Whether JSON.stringify writes an object's member with this value. */
function isWritten(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
}
