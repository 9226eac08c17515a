import type { HeldKey, KeySource } from '../credentials.ts';
import { SmsUnreachable } from '../errors.ts';

/** A key that ends; when, in epoch ms. */
export interface LentKey {
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
export function renewingKey(first: LentKey, lend: () => Promise<LentKey>, now = Date.now): KeySource {
  let lent = first;
  let renewAt = renewalOf(first);
  let renewal: Promise<HeldKey> | null = null;

  /** Half of a short life, where forty minutes are more than it has. */
  function renewalOf({ expiresAt }: LentKey): number {
    return Math.max(expiresAt - RENEW_BEFORE, now() + (expiresAt - now()) / 2);
  }

  const renew = async () => {
    renewAt = now() + TRY_EVERY;
    lent = await lend();
    renewAt = renewalOf(lent);
    return lent.key;
  };

  return () => {
    const time = now();
    const hasEnded = lent.expiresAt <= time;
    if (time < renewAt && !hasEnded) return lent.key;
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

function keyEnded(cause: unknown): SmsUnreachable {
  const message = "The gateway's temporary key has ended and could not be renewed. Try later.";
  return new SmsUnreachable('UNREACHABLE', message, { code: 'KEY_NOT_RENEWED', cause });
}
