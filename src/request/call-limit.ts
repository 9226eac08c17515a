import { RequestRejectedError } from '../sms/errors/errors.ts';

/**
 * The number of SMS calls that a caller allows its request, from `X-Max-Calls`. Undefined where it names none. Throws
 * `SmsRefused` for anything but a whole number from 1.
 */
export function callLimitIn(header: string | null): number | undefined {
  if (header === null) return undefined;
  const [digits] = /^[1-9]\d{0,8}$/.exec(header.trim()) ?? [];
  if (digits === undefined)
    throw new RequestRejectedError(
      400,
      'MAX_CALLS_MALFORMED',
      'X-Max-Calls is not a whole number from 1, such as 500.',
    );
  return Number(digits);
}
