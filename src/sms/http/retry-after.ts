import { SYSTEM_CLOCK } from '../../time/clock.ts';

/** A day. Longer delays overflow `setTimeout` and would fire at once. */
const MAX_RETRY_AFTER_S = 24 * 3600;

/**
 * `Retry-After` in whole seconds (RFC 9110 section 10.2.3), a day at most: a number, or a date, which is compared with
 * the response's own `Date`, or with our clock where it has none.
 */
export function retryAfter(value: string | null, date: string | null, now = SYSTEM_CLOCK.now()): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value.trim())) return Math.min(Number(value), MAX_RETRY_AFTER_S);
  // Anything with a digit in it is a date to the parser.
  const until = value.trim().endsWith('GMT') ? Date.parse(value) : Number.NaN;
  const sentAt = Date.parse(date ?? '');
  const seconds = Math.ceil((until - (Number.isNaN(sentAt) ? now : sentAt)) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), MAX_RETRY_AFTER_S);
}
