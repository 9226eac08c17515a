import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { fetch } from 'undici';
import { type Clock, SYSTEM_CLOCK } from '../sms/clock.ts';
import { connectionsTo, type Transport } from '../sms/http/transport.ts';

const TIMEOUT_MS = 5_000;
const LIMITS = { connectTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, connections: 2 };
/** How long a key set is used before it is read again. */
const REFRESH_AFTER_MS = 10 * 60_000;
/** How long it is used at most, while the issuer does not respond. */
const MAX_AGE_MS = 24 * 3_600_000;
/** The least time between two reads: for keys that are not in the set, and while the issuer does not respond. */
const READ_INTERVAL_MS = 30_000;

/** Where the public keys of an issuer come from. */
export interface KeySet {
  getKey: JWTVerifyGetKey;
  close(): Promise<void>;
}

/**
 * The key set at `jwksUrl`. While the issuer does not respond, the last set stays in use for a day: a JWT of a known key is
 * valid whether or not its issuer can be reached, and of an unknown one nothing can be said then. jose measures the age of
 * a set by the wall clock, which may be set back, so its own intervals are switched off.
 */
export function keySetAt(jwksUrl: string, transport: Transport = {}, clock: Clock = SYSTEM_CLOCK): KeySet {
  const url = new URL(jwksUrl);
  const dispatcher = connectionsTo(url.origin, LIMITS, transport);
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: Number.POSITIVE_INFINITY,
    [customFetch]: (address: string, init: object) => fetch(address, { ...init, dispatcher }) as never,
  });
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  /** Why the last read failed; null where it did not. */
  let failure: { cause: unknown } | null = null;

  const read = async () => {
    triedAt = clock.monotonic();
    try {
      await keys.reload();
      readAt = clock.monotonic();
      failure = null;
    } catch (cause) {
      failure = { cause };
    } finally {
      reading = null;
    }
  };
  /** Waits for the read that is under way, or for a new one, unless the last one was just now. Never rejects. */
  const refreshed = async () => {
    if (reading === null && clock.monotonic() - triedAt >= READ_INTERVAL_MS) reading = read();
    await reading;
  };
  const age = () => clock.monotonic() - readAt;

  const getKey: JWTVerifyGetKey = async (header, token) => {
    if (age() >= REFRESH_AFTER_MS) {
      const isRead = refreshed();
      // While the issuer does not respond, callers do not wait for each further attempt.
      if (failure === null || age() >= MAX_AGE_MS) await isRead;
    }
    if (age() >= MAX_AGE_MS) throw failure?.cause;
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The issuer may have a new key.
      await refreshed();
      if (failure !== null) throw failure.cause;
      return keys(header, token);
    }
  };
  return { getKey, close: () => dispatcher.destroy() };
}
