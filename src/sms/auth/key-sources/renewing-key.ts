import { Expiry, SYSTEM_CLOCK } from '../../clock.ts';
import { SmsUnavailableError } from '../../errors/errors.ts';
import type { HeldKey, KeySource } from '../credentials.ts';

/** A key that ends; when, in epoch ms. */
export interface TemporaryKey {
  key: HeldKey;
  expiresAt: number;
}

/** Milliseconds before its end from which on a key is renewed: as the vendor's SDKs do. */
const RENEW_BEFORE = 40 * 60_000;
/** Milliseconds between two tries. */
const TRY_EVERY = 30_000;

/**
 * A key that is renewed in time: behind the calls that use it while it still holds, and before them once it has ended.
 * Only one renewal is under way at once, and one that fails leaves the old key in use to its end.
 */
export function renewingKey(first: TemporaryKey, lend: () => Promise<TemporaryKey>, clock = SYSTEM_CLOCK): KeySource {
  const lifeOf = ({ expiresAt }: TemporaryKey) =>
    new Expiry(clock, { ttl: Number.POSITIVE_INFINITY, endsAt: expiresAt });
  let lent = first;
  let life = lifeOf(first);
  let nextAttempt = Number.NEGATIVE_INFINITY;
  let renewal: Promise<HeldKey> | null = null;

  /** Half of a short life, where forty minutes are more than it has. */
  const isDue = () => life.remaining() <= Math.min(RENEW_BEFORE, life.lifetime / 2) && clock.monotonic() >= nextAttempt;

  const renew = async () => {
    nextAttempt = clock.monotonic() + TRY_EVERY;
    lent = await lend();
    life = lifeOf(lent);
    nextAttempt = Number.NEGATIVE_INFINITY;
    return lent.key;
  };

  return () => {
    const hasEnded = life.remaining() <= 0;
    if (!hasEnded && !isDue()) return lent.key;
    if (renewal === null) {
      renewal = renew().finally(() => {
        renewal = null;
      });
      // Whoever needs it waits for it; for the others it may fail.
      renewal.catch(() => {});
    }
    if (!hasEnded) return lent.key;
    return renewal.catch((cause: unknown) => {
      throw keyEnded(cause);
    });
  };
}

function keyEnded(cause: unknown): SmsUnavailableError {
  const message = "The gateway's temporary key has ended and could not be renewed. Try later.";
  return new SmsUnavailableError('UNREACHABLE', message, { code: 'KEY_NOT_RENEWED', cause });
}
