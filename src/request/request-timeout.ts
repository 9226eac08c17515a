import { RequestRejectedError } from '../sms/errors/errors.ts';

/**
 * The `X-Request-Timeout` header in milliseconds: a whole number of milliseconds (`1500`, `1500ms`) or seconds (`30s`).
 * Undefined without the header. Throws `RequestRejectedError` for any other value.
 */
export function parseRequestTimeout(header: string | null): number | undefined {
  if (header === null) return undefined;
  const [, digits, unit] = /^(\d{1,9})(ms|s)?$/.exec(header.trim()) ?? [];
  if (digits === undefined) {
    const message = 'X-Request-Timeout must be milliseconds, such as 1500, or seconds, such as 30s.';
    throw new RequestRejectedError(400, 'REQUEST_TIMEOUT_MALFORMED', message);
  }
  return Number(digits) * (unit === 's' ? 1000 : 1);
}
