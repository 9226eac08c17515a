import type { HeldKey, KeySource } from '../sms/auth/credentials.ts';
import type { TemporaryKey } from '../sms/auth/temporary-key.ts';
import { SmsUnavailableError } from '../sms/errors/errors.ts';
import { type Clock, Expiry, SYSTEM_CLOCK } from '../time/clock.ts';

/** How long before its end a key is renewed: as the vendor's SDKs do. */
const RENEW_BEFORE_MS = 40 * 60_000;
const RETRY_INTERVAL_MS = 30_000;

/**
 * A key that is renewed before it ends, in the background. Once it has ended, calls wait for the renewal. There is only
 * one renewal at a time, and one that fails leaves the old key in use to its end.
 */
export function renewingKey(
  first: TemporaryKey,
  fetchKey: () => Promise<TemporaryKey>,
  clock: Clock = SYSTEM_CLOCK,
): KeySource {
  const expiryOf = ({ expiresAt }: TemporaryKey) =>
    new Expiry(clock, { ttl: Number.POSITIVE_INFINITY, endsAt: expiresAt });
  let { key } = first;
  let expiry = expiryOf(first);
  let nextAttempt = Number.NEGATIVE_INFINITY;
  let renewal: Promise<HeldKey> | null = null;

  /** A key that lives for less than eighty minutes is due after half of its life. */
  const isDue = () => {
    const renewBefore = Math.min(RENEW_BEFORE_MS, expiry.lifetime / 2);
    return expiry.remaining() <= renewBefore && clock.monotonic() >= nextAttempt;
  };

  const renew = async () => {
    nextAttempt = clock.monotonic() + RETRY_INTERVAL_MS;
    try {
      const renewed = await fetchKey();
      key = renewed.key;
      expiry = expiryOf(renewed);
      nextAttempt = Number.NEGATIVE_INFINITY;
      return key;
    } catch (cause) {
      throw notRenewed(cause);
    }
  };

  return () => {
    const hasEnded = expiry.remaining() <= 0;
    if (!hasEnded && !isDue()) return key;
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    if (hasEnded) return renewal;
    renewal.catch(() => {});
    return key;
  };
}

function notRenewed(cause: unknown): SmsUnavailableError {
  const message = "The gateway's temporary key has ended and could not be renewed. Try later.";
  return new SmsUnavailableError('UNREACHABLE', message, { code: 'KEY_NOT_RENEWED', cause });
}
