import { isTurnOver, nextTurn } from '../time/event-loop-turns.ts';
import { hasLongNumber, MAX_JSON_LEVELS, parseJson } from './json.ts';

/** Characters that are parsed at once. */
const PIECE_LENGTH = 32 * 1024;
/** Without long numbers, the native parser takes so many characters in a millisecond or two. */
const FAST_LENGTH = 256 * 1024;
/** Nested containers that are each longer than a piece. */
const MAX_LONG_LEVELS = 100;

export interface LongJsonOptions {
  /** Characters that are parsed at once. */
  pieceLength?: number;
  /**
   * Called before a piece is parsed with the bytes that its containers and members will take in memory. What it throws ends the
   * parsing.
   */
  hold?: (bytes: number) => void;
}

/** Bytes of an empty object or list, and of a member of one. `[[[{}]]]` takes 25 times its length. */
const CONTAINER_BYTES = 56;
const MEMBER_BYTES = 8;

/**
 * Like `parseJson`, but parses a long text in turns. It accepts at most 100 nested containers that are longer than a piece.
 */
export async function parseJsonInTurns(
  text: string,
  { pieceLength = PIECE_LENGTH, hold = () => {} }: LongJsonOptions = {},
): Promise<unknown> {
  if (text.length <= pieceLength) return parseJson(text);
  const isFast = pieceLength === PIECE_LENGTH && text.length <= FAST_LENGTH && !hasLongNumber(text);
  if (!isFast) return new LongJson(text, pieceLength, hold).read();
  hold(estimatedBytes(text));
  return JSON.parse(text);
}

/** A prime number, so that hardly any text repeats itself after so many characters. */
const SAMPLE_DISTANCE = 17;

/** What the structure of a JSON text will take in memory, from a sample of its characters. */
function estimatedBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += SAMPLE_DISTANCE) {
    const code = text.charCodeAt(at);
    if (code === 0x2c) bytes += MEMBER_BYTES;
    else if (code === 0x5b || code === 0x7b) bytes += CONTAINER_BYTES;
  }
  return bytes * SAMPLE_DISTANCE;
}

const CONTAINERS_PER_CHECK = 256;

/**
 * Parses JSON into a value that `JSON.stringify` accepts: strings in place of bigints. Undefined if it is nested more than 1,000
 * levels deep. Throws `SyntaxError`.
 */
export async function plainJsonInTurns(text: string, options: LongJsonOptions = {}): Promise<unknown> {
  const whole = { value: await parseJsonInTurns(text, options) };
  let visited = 0;
  let level: object[] = [whole];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_JSON_LEVELS) return undefined;
    const below: object[] = [];
    for (const container of level) {
      visited += 1;
      if (visited % CONTAINERS_PER_CHECK === 0 && isTurnOver()) {
        await nextTurn();
        // The value may take no more memory, but it may have become too much.
        options.hold?.(0);
      }
      for (const [key, value] of Object.entries(container)) {
        if (typeof value === 'bigint') Reflect.set(container, key, String(value));
        if (typeof value === 'object' && value !== null) below.push(value);
      }
    }
    level = below;
  }
  return whole.value;
}

/** A parser for long containers. It parses a long member by itself, and as many short ones at once as fit into a piece. */
class LongJson {
  readonly #text: string;
  readonly #pieceLength: number;
  readonly #hold: (bytes: number) => void;
  #at = 0;

  constructor(text: string, pieceLength: number, hold: (bytes: number) => void) {
    this.#text = text;
    this.#pieceLength = pieceLength;
    this.#hold = hold;
  }

  async read(): Promise<unknown> {
    const value = await this.#value(0);
    if (this.#next() !== undefined) throw new SyntaxError('The JSON is followed by other text.');
    return value;
  }

  /** The next character that is not white space. */
  #next(): string | undefined {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#text[this.#at];
  }

  async #value(level: number): Promise<unknown> {
    const open = this.#next();
    if (open === '"') return this.#string();
    if (open !== '[' && open !== '{') return this.#scalar();
    if (level > MAX_LONG_LEVELS) throw new SyntaxError('The JSON is nested too deeply.');
    this.#at += 1;
    const list: unknown[] = [];
    const object: Record<string, unknown> = {};
    const close = open === '[' ? ']' : '}';
    for (let isFirst = true; ; isFirst = false) {
      if (isTurnOver()) await nextTurn();
      const { end, isLast, bytes } = this.#membersWithin(close);
      if (end > this.#at || isLast) {
        this.#hold(bytes);
        const members = this.#text.slice(this.#at, end);
        if (!(isFirst && isLast) && members.trim() === '') throw new SyntaxError('A member is missing in the JSON.');
        const parsed = parseJson(open + members + close);
        if (open === '[') for (const member of parsed as unknown[]) list.push(member);
        else for (const [key, member] of Object.entries(parsed as object)) set(object, key, member);
        this.#at = end;
      } else if (open === '[') list.push(await this.#value(level + 1));
      else set(object, await this.#key(), await this.#value(level + 1));
      const after = this.#next();
      this.#at += 1;
      if (after === close) return open === '[' ? list : object;
      if (after !== ',') throw new SyntaxError('A comma or a closing bracket is missing in the JSON.');
    }
  }

  /**
   * Where the last member ends that fits into a piece, whether the container ends there, and the bytes that the structure of these
   * members takes. The start if none fits.
   */
  #membersWithin(close: string): { end: number; isLast: boolean; bytes: number } {
    const start = this.#at;
    const piece = this.#text.slice(start, start + this.#pieceLength);
    let end = start;
    let bytesToEnd = 0;
    let bytes = 0;
    let depth = 0;
    for (let at = 0; at < piece.length; at += 1) {
      switch (piece.charCodeAt(at)) {
        case QUOTE:
          at = closingQuote(piece, at);
          break;
        case 0x5b:
        case 0x7b:
          depth += 1;
          bytes += CONTAINER_BYTES;
          break;
        case 0x5d:
        case 0x7d:
          if (depth === 0) {
            if (piece[at] !== close) throw new SyntaxError('A bracket in the JSON is not closed.');
            return { end: start + at, isLast: true, bytes };
          }
          depth -= 1;
          break;
        case 0x2c:
          bytes += MEMBER_BYTES;
          if (depth > 0) break;
          end = start + at;
          bytesToEnd = bytes;
          break;
      }
    }
    if (start + piece.length === this.#text.length) throw new SyntaxError('The JSON is incomplete.');
    return { end, isLast: false, bytes: bytesToEnd };
  }

  async #key(): Promise<string> {
    if (this.#next() !== '"') throw new SyntaxError('A name is missing in the JSON.');
    const key = await this.#string();
    if (this.#next() !== ':') throw new SyntaxError('A value is missing in the JSON.');
    this.#at += 1;
    return key;
  }

  async #string(): Promise<string> {
    this.#at += 1;
    let string = '';
    for (;;) {
      if (isTurnOver()) await nextTurn();
      const piece = this.#text.slice(this.#at, this.#at + Math.max(this.#pieceLength, MIN_PIECE_LENGTH));
      const close = closingQuote(piece, -1);
      if (close === piece.length && this.#at + close === this.#text.length)
        throw new SyntaxError('A string in the JSON is not closed.');
      const content = piece.slice(0, close === piece.length ? beforeEscape(piece) : close);
      string += JSON.parse(`"${content}"`);
      this.#at += content.length;
      if (close < piece.length) break;
    }
    this.#at += 1;
    return string;
  }

  #scalar(): unknown {
    const begin = this.#at;
    while (/[\w.+-]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return parseJson(this.#text.slice(begin, this.#at));
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The closing quote of the string that begins at `begin`, or the end of the text if it has none. */
function closingQuote(text: string, begin: number): number {
  for (let at = begin; ; ) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
    if (backslashesBefore(text, at) % 2 === 0) return at;
  }
}

/** The longest escape sequence is `\u0000`. */
const MAX_ESCAPE_LENGTH = 6;
/** A piece of a string must have room for more than one escape sequence. */
const MIN_PIECE_LENGTH = 2 * MAX_ESCAPE_LENGTH;

/** Where to cut a part of a string so that no escape sequence is split: at its end, or before its last backslash. */
function beforeEscape(part: string): number {
  const last = part.lastIndexOf('\\');
  if (last < part.length - MAX_ESCAPE_LENGTH) return part.length;
  const before = last + 1 - backslashesBefore(part, last + 1);
  // In a row of backslashes, each pair is one escape sequence.
  return before === 0 ? last + 1 - ((last + 1) % 2) : before;
}

function backslashesBefore(text: string, end: number): number {
  let begin = end;
  while (text.charCodeAt(begin - 1) === BACKSLASH) begin -= 1;
  return end - begin;
}

/** Like JSON.parse: `__proto__` is an ordinary key. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}
