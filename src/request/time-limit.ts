import { RequestRejectedError } from '../sms/errors/errors.ts';

/**
 * The time that a caller gives its request, from `X-Request-Timeout`: whole milliseconds (`1500`, `1500ms`) or seconds
 * (`30s`). Undefined where it gives none. Throws `SmsRefused` for anything else.
 */
export function timeLimitIn(header: string | null): number | undefined {
  if (header === null) return undefined;
  const [, digits, unit] = /^(\d{1,9})(ms|s)?$/.exec(header.trim()) ?? [];
  if (digits === undefined)
    throw new RequestRejectedError(
      400,
      'REQUEST_TIMEOUT_MALFORMED',
      'X-Request-Timeout is neither milliseconds, such as 1500, nor seconds, such as 30s.',
    );
  return Number(digits) * (unit === 's' ? 1000 : 1);
}
