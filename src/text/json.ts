/** Parses JSON. An integer that a double cannot hold becomes a `bigint`, so that no digit is lost. Throws `SyntaxError`. */
export function parseJson(text: string): unknown {
  return hasLongNumber(text) ? JSON.parse(text, exactNumber) : JSON.parse(text);
}

/** JSON.stringify is recursive: deeper values overflow the stack. */
export const MAX_JSON_LEVELS = 1000;

/** Whether a value is nested in no more than 1,000 levels. */
export function isShallow(value: unknown, levels = MAX_JSON_LEVELS): boolean {
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

/** A double can hold any integer of so many digits. */
const SAFE_DIGITS = 15;

/**
 * Whether a text has more than 15 digits in a row. Such numbers need the slower parsing with a reviver. Looks only at every
 * 16th character, since any such run contains one of them.
 */
export function hasLongNumber(text: string): boolean {
  for (let index = SAFE_DIGITS; index < text.length; index += SAFE_DIGITS + 1) {
    if (!isDigit(text, index)) continue;
    let begin = index;
    let end = index + 1;
    while (isDigit(text, begin - 1)) begin -= 1;
    while (isDigit(text, end)) end += 1;
    if (end - begin > SAFE_DIGITS) return true;
  }
  return false;
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0x30 && code <= 0x39;
}

function exactNumber(_: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  const isLost = typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined;
  return isLost && /^-?\d+$/.test(source) ? BigInt(source) : value;
}
