import { RequestRejectedError } from '../sms/errors/errors.ts';

/**
 * The `X-Max-Calls` header: the number of SMS calls that the caller allows its request. Undefined without the header.
 * Throws `RequestRejectedError` for anything but a positive integer.
 */
export function parseMaxCalls(header: string | null): number | undefined {
  if (header === null) return undefined;
  const [digits] = /^[1-9]\d{0,8}$/.exec(header.trim()) ?? [];
  if (digits !== undefined) return Number(digits);
  const message = 'X-Max-Calls must be a positive integer, such as 500.';
  throw new RequestRejectedError(400, 'MAX_CALLS_MALFORMED', message);
}
