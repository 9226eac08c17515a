import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { exchange, type HttpRequest } from '../sms/http/exchange.ts';
import { peerAt, type Transport } from '../sms/http/transport.ts';
import { type Clock, SYSTEM_CLOCK } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';

const TIMEOUT_MS = 5_000;
const LIMITS = {
  connectTimeout: TIMEOUT_MS,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  connections: 2,
  maxResponseBytes: 1024 ** 2,
};
/** How long a key set is used before it is read again. */
const REFRESH_AFTER_MS = 10 * 60_000;
/** How long it is used at most, while the issuer does not respond. */
const MAX_AGE_MS = 24 * 3_600_000;
/** Minimum time between two reads, for keys that are not in the set and while the issuer does not respond. */
const READ_INTERVAL_MS = 30_000;

/** Where the public keys of an issuer come from. */
export interface KeySet {
  getKey: JWTVerifyGetKey;
  close(): Promise<void>;
}

/**
 * While the issuer does not respond, its last key set stays in use for a day: a JWT signed by one of these keys is still
 * accepted, and one signed by any other key can be neither accepted nor rejected. Weighed: jose's remote key set, which
 * measures its age by the wall clock, which may be set back.
 */
export function keySetAt(jwksUrl: string, transport: Transport = {}, clock: Clock = SYSTEM_CLOCK): KeySet {
  const { origin, pathname, search } = new URL(jwksUrl);
  const peer = peerAt('The issuer of the JWTs', origin, LIMITS, transport);
  const request: HttpRequest = { method: 'GET', path: pathname + search, headers: { Accept: 'application/json' } };
  let keys: JWTVerifyGetKey | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  /** Why the last read failed. Null if it did not. */
  let failure: { cause: unknown } | null = null;

  const read = async () => {
    triedAt = clock.monotonic();
    const deadline = new Deadline(TIMEOUT_MS);
    try {
      const { status, json } = await exchange(peer, request, { deadline }).response;
      if (status !== 200) throw new Error(`The key set could not be read (HTTP ${status}).`);
      keys = createLocalJWKSet(json as JSONWebKeySet);
      readAt = clock.monotonic();
      failure = null;
    } catch (cause) {
      failure = { cause };
    } finally {
      deadline.clear();
      reading = null;
    }
  };
  /** Waits for the read in progress, or for a new one unless the last one was just now. Never rejects. */
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
    if (keys === null || age() >= MAX_AGE_MS) throw failure?.cause;
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
  return { getKey, close: () => peer.dispatcher.destroy() };
}
