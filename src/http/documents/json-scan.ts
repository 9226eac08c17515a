import { RequestError } from '../errors/request-error.ts';

/** Bodies up to this length cost little, whatever they hold. In characters. */
const SHORT = 64 * 1024;
/** Commas and colons. The longest input, an export of 10,000 tasks, has 60,000. */
const MAX_SEPARATORS = 200_000;
export const MAX_JSON_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Looks over a long text before it is parsed, which takes 50 times as long where it holds nothing but structure. Throws
 * `RequestRefused` for one that is nested too deeply, or of too many parts. What is no JSON is left to the parser.
 */
export function scanJson(text: string, what: string): void {
  if (text.length <= SHORT) return;
  let depth = 0;
  let separators = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(text, at);
        break;
      case 0x5b:
      case 0x7b:
        depth += 1;
        if (depth > MAX_JSON_DEPTH) throw tooDeep(what);
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
      case 0x2c:
      case 0x3a:
        separators += 1;
        if (separators > MAX_SEPARATORS)
          throw new RequestError('JSON_TOO_LARGE', `${what} holds more than ${MAX_SEPARATORS} values.`);
        break;
    }
  }
}

export function tooDeep(what: string): RequestError {
  return new RequestError('JSON_TOO_DEEP', `${what} is nested more than ${MAX_JSON_DEPTH} deep.`);
}

function endOfText(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
