/**
 * JSON as SMS sends it. A whole number that a double cannot hold becomes a `bigint`, so that no digit of a 64-bit
 * number is lost. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  // The slower way only where a number may be too long.
  return /\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

/** Deeper, a value cannot be written again: whoever writes JSON calls itself for each level. */
const MOST_LEVELS = 1000;

/** Whether a value is nested in no more than 1,000 levels. */
export function isShallow(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/**
 * Whether a value holds a number that was rounded when it was read: an integer beyond 2^53 - 1, or one that is too large
 * for a double.
 */
export function hasRoundedNumber(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasRoundedNumber);
}

function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  const isLost = typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined;
  return isLost && /^-?\d+$/.test(source) ? BigInt(source) : value;
}
