import { isTurnOver, nextTurn } from '../../time/event-loop-turns.ts';
import { RequestError } from '../errors/request-error.ts';

/** Commas and colons. The largest input in practice, an export of 10,000 tasks, has 60,000. */
const MAX_SEPARATORS = 200_000;
/** More fields than any input has. Iterating over an object with 100,000 members takes 100 ms. */
const MAX_MEMBERS = 1_000;
export const MAX_JSON_DEPTH = 32;

/** Scanned at once. */
const PIECE_CHARACTERS = 128 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * Scans a long JSON text before it is parsed: parsing takes 50 times as long if the text is nothing but structure. Throws
 * `RequestError` if the text is nested too deeply, or has too many values or members. Invalid JSON is left to the parser.
 */
export async function scanJson(text: string, what: string): Promise<void> {
  let depth = 0;
  let separators = 0;
  /** For each open container, the number of its members, or -Infinity for a list. */
  const members: number[] = [];
  let pause = PIECE_CHARACTERS;
  for (let at = 0; at < text.length; at += 1) {
    if (at >= pause) {
      pause = at + PIECE_CHARACTERS;
      if (isTurnOver()) await nextTurn();
    }
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPENING_BRACKET:
      case OPENING_BRACE:
        depth += 1;
        members[depth] = text.charCodeAt(at) === OPENING_BRACE ? 0 : -Infinity;
        if (depth > MAX_JSON_DEPTH) throw tooDeep(what);
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        depth -= 1;
        break;
      case COLON:
        members[depth] = (members[depth] ?? 0) + 1;
        if (Number(members[depth]) > MAX_MEMBERS)
          throw new RequestError('JSON_TOO_LARGE', `${what} has an object with more than ${MAX_MEMBERS} members.`);
        separators += 1;
        break;
      case COMMA:
        separators += 1;
        break;
    }
    if (separators > MAX_SEPARATORS)
      throw new RequestError('JSON_TOO_LARGE', `${what} has more than ${MAX_SEPARATORS} values.`);
  }
}

export function tooDeep(what: string): RequestError {
  return new RequestError('JSON_TOO_DEEP', `${what} is nested more than ${MAX_JSON_DEPTH} levels deep.`);
}

function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
