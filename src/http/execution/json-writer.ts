import { isTurnOver, nextTurn } from '../../sms/turns.ts';

/** Characters that are encoded in one go. */
const PIECE = 64 * 1024;

const MAX_NAMES = 1_000;

/** What is being written: the values of a container, and how far it has got. */
interface Open {
  readonly names: readonly string[] | null;
  readonly values: readonly unknown[];
  at: number;
  /** Whether something was written in it. */
  isBegun: boolean;
}

/** The value as JSON in UTF-8, as JSON.stringify writes it, in turns. In pieces, which lie outside of the heap. */
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
  readonly #open: Open[] = [];
  /** Names as they are written: there are few in a result, each for many values. */
  readonly #names = new Map<string, string>();
  #text = '';
  /** A text that is longer than a piece, and how far it is written. */
  #long: { text: string; at: number } | null = null;

  get isDone(): boolean {
    return this.#open.length === 0 && this.#long === null && this.#text === '';
  }

  begin(value: unknown): void {
    this.#value(value);
  }

  /** Writes about as much as a piece. */
  writePiece(): void {
    while (this.#text.length < PIECE) {
      if (this.#long !== null) this.#goOnWithText(this.#long);
      else if (!this.#goOn()) break;
    }
    this.pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }

  #goOn(): boolean {
    const open = this.#open.at(-1);
    if (open === undefined) return false;
    const { names, values, at } = open;
    if (at === values.length) {
      this.#text += names === null ? ']' : '}';
      this.#open.pop();
      return true;
    }
    open.at += 1;
    const value = values[at];
    if (names !== null && !isWritten(value)) return true;
    if (open.isBegun) this.#text += ',';
    open.isBegun = true;
    if (names !== null) this.#text += this.#name(names[at] ?? '');
    this.#value(value);
    return true;
  }

  #value(given: unknown): void {
    const value = hasToJson(given) ? given.toJSON() : given;
    if (typeof value === 'string' && value.length > PIECE) {
      this.#text += '"';
      this.#long = { text: value, at: 0 };
    } else if (typeof value === 'number' && Number.isFinite(value)) this.#text += value;
    else if (typeof value !== 'object' || value === null || JSON.isRawJSON(value))
      this.#text += JSON.stringify(value) ?? 'null';
    else if (Array.isArray(value)) {
      this.#text += '[';
      this.#open.push({ names: null, values: value, at: 0, isBegun: false });
    } else {
      this.#text += '{';
      this.#open.push({ names: Object.keys(value), values: Object.values(value), at: 0, isBegun: false });
    }
  }

  #name(name: string): string {
    const known = this.#names.get(name) ?? `${JSON.stringify(name)}:`;
    if (this.#names.size < MAX_NAMES) this.#names.set(name, known);
    return known;
  }

  #goOnWithText(long: { text: string; at: number }): void {
    const { text, at } = long;
    let end = Math.min(text.length, at + PIECE);
    // A pair of surrogates stays together.
    if (end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
    this.#text += JSON.stringify(text.slice(at, end)).slice(1, -1);
    long.at = end;
    if (end < text.length) return;
    this.#text += '"';
    this.#long = null;
  }
}

function isWritten(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
}
