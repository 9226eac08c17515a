/**
 * JSON as SMS sends it. A whole number that a double cannot hold becomes a `bigint`, so that no digit of a 64-bit
 * number is lost. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  return hasLongNumber(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

/** Whether a text begins like JSON. Parsing anything else would only cost an exception. */
export function mayBeJson(text: string): boolean {
  return /^\s*[[{"\dtfn-]/.test(text);
}

/** Deeper, a value cannot be written again: whoever writes JSON calls itself for each level. */
const MAX_LEVELS = 1000;

/** Whether a value is nested in no more than 1,000 levels. */
export function isShallow(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** Whether a value has a number that JSON parsers round: an integer beyond 2^53 - 1, or a number too large for a double. */
export function hasRoundedNumber(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasRoundedNumber);
}

/** Digits that every double can hold. */
const SAFE_DIGITS = 15;

/** Whether there are more than 15 digits in a row, which only the slower way of parsing keeps. Looks at every 16th character, since such a row covers one of them. */
export function hasLongNumber(text: string): boolean {
  for (let at = SAFE_DIGITS; at < text.length; at += SAFE_DIGITS + 1) {
    if (!isDigit(text, at)) continue;
    let begin = at;
    let end = at + 1;
    while (isDigit(text, begin - 1)) begin -= 1;
    while (isDigit(text, end)) end += 1;
    if (end - begin > SAFE_DIGITS) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  const isLost = typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined;
  return isLost && /^-?\d+$/.test(source) ? BigInt(source) : value;
}
