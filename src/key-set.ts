import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { fetch } from 'undici';
import { type Clock, SYSTEM_CLOCK } from './sms/clock.ts';
import { connectionsTo, type Transport } from './sms/transport.ts';

const TIMEOUT_MS = 5_000;
const LIMITS = { connectTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, connections: 2 };
/** How long a key set is used before it is read again, in the background. */
const MAX_AGE_MS = 10 * 60_000;
/** The least time between two reads: for a key that is not in the set, and while the issuer does not respond. */
const READ_INTERVAL_MS = 30_000;

/** Where the public keys of an issuer come from. */
export interface KeySet {
  getKey: JWTVerifyGetKey;
  close(): Promise<void>;
}

/**
 * The key set at `jwksUrl`. While the issuer does not respond, the last set stays in use. jose measures the age of a set
 * by the wall clock, which may be set back, so its own intervals are switched off.
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
  let hasKeys = false;
  let readAt = 0;
  let triedAt = 0;
  /** Why the last read failed; null where it did not. */
  let failure: unknown = null;

  const read = async () => {
    triedAt = clock.monotonic();
    try {
      await keys.reload();
    } catch (error) {
      failure = error;
      throw error;
    }
    failure = null;
    hasKeys = true;
    readAt = clock.monotonic();
  };
  const mayRead = () => clock.monotonic() - triedAt >= READ_INTERVAL_MS;

  const getKey: JWTVerifyGetKey = async (header, token) => {
    if (!hasKeys) await read();
    else if (clock.monotonic() - readAt >= MAX_AGE_MS && mayRead()) read().catch(() => {});
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The issuer may have a new key, of which nothing is known while it does not respond.
      if (!mayRead()) throw failure ?? error;
      await read();
      return keys(header, token);
    }
  };
  return { getKey, close: () => dispatcher.destroy() };
}
