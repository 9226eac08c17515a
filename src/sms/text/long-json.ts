import { isTurnOver, nextTurn } from '../turns.ts';
import { hasLongNumber, parseJson } from './json.ts';

/** Characters that are parsed in one go. */
const PIECE = 32 * 1024;
/** Characters of a text without long numbers that are parsed in one go: a millisecond or two. */
const FAST_PIECE = 256 * 1024;
/** Levels of containers that are each longer than a piece. */
const MAX_LONG_LEVELS = 100;

/**
 * What `parseJson` returns, and throws, in turns where the text is long. A long text may be nested in 100 levels of long
 * containers.
 */
export async function parseJsonInTurns(text: string, piece = PIECE): Promise<unknown> {
  if (text.length <= piece) return parseJson(text);
  const isFast = piece === PIECE && text.length <= FAST_PIECE && !hasLongNumber(text);
  return isFast ? JSON.parse(text) : new LongJson(text, piece).read();
}

/** Deeper, a value cannot be written again: whoever writes JSON calls itself for each level. */
const MAX_LEVELS = 1000;

/**
 * The value of a JSON text where it can be passed on whole, with texts in place of bigints. Undefined where it is nested in more
 * than 1,000 levels. Throws `SyntaxError`.
 */
export async function plainJsonInTurns(text: string): Promise<unknown> {
  const whole = { value: await parseJsonInTurns(text) };
  let level: object[] = [whole];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_LEVELS) return undefined;
    const below: object[] = [];
    for (const container of level) {
      if (isTurnOver()) await nextTurn();
      for (const [key, value] of Object.entries(container)) {
        if (typeof value === 'bigint') Reflect.set(container, key, String(value));
        if (typeof value === 'object' && value !== null) below.push(value);
      }
    }
    level = below;
  }
  return whole.value;
}

/** Parses long containers member by member, and as many short members at once as fit into a piece. */
class LongJson {
  readonly #text: string;
  readonly #piece: number;
  #at = 0;

  constructor(text: string, piece: number) {
    this.#text = text;
    this.#piece = piece;
  }

  async read(): Promise<unknown> {
    const value = await this.#value(0);
    if (this.#next() !== undefined) throw new SyntaxError('There is more after the JSON.');
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
      const { end, isLast } = this.#membersWithin(close);
      if (end > this.#at || isLast) {
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
      if (after !== ',') throw new SyntaxError('The JSON ends between two members.');
    }
  }

  /** The end of the members that fit into a piece, and whether they are the last. Where it starts if the first is longer. */
  #membersWithin(close: string): { end: number; isLast: boolean } {
    const start = this.#at;
    const piece = this.#text.slice(start, start + this.#piece);
    let end = start;
    let depth = 0;
    for (let at = 0; at < piece.length; at += 1) {
      switch (piece.charCodeAt(at)) {
        case QUOTE:
          at = closingQuote(piece, at);
          break;
        case 0x5b:
        case 0x7b:
          depth += 1;
          break;
        case 0x5d:
        case 0x7d:
          if (depth === 0) {
            if (piece[at] !== close) throw new SyntaxError('A bracket of the JSON is not closed.');
            return { end: start + at, isLast: true };
          }
          depth -= 1;
          break;
        case 0x2c:
          if (depth === 0) end = start + at;
          break;
      }
    }
    if (start + piece.length === this.#text.length) throw new SyntaxError('The JSON is incomplete.');
    return { end, isLast: false };
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
      const piece = this.#text.slice(this.#at, this.#at + Math.max(this.#piece, MIN_STRING_PIECE));
      const close = closingQuote(piece, -1);
      if (close === piece.length && this.#at + close === this.#text.length)
        throw new SyntaxError('A string of the JSON is not closed.');
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

/** Characters of an escape: `\u0000`. */
const MAX_ESCAPE = 6;
const MIN_STRING_PIECE = 2 * MAX_ESCAPE;

/** The end of a part of a string, or a place before it that is not within an escape. */
function beforeEscape(part: string): number {
  const last = part.lastIndexOf('\\');
  if (last < part.length - MAX_ESCAPE) return part.length;
  const before = last + 1 - backslashesBefore(part, last + 1);
  // Pairs of backslashes are escapes of their own.
  return before === 0 ? last + 1 - ((last + 1) % 2) : before;
}

function backslashesBefore(text: string, end: number): number {
  let begin = end;
  while (text.charCodeAt(begin - 1) === BACKSLASH) begin -= 1;
  return end - begin;
}

/** As JSON.parse does: `__proto__` is a name like any other. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}
