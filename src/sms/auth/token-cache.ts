import { LRUCache } from 'lru-cache';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../../fairness/caller-identity.ts';
import { type Clock, Expiry, SYSTEM_CLOCK, type Validity } from '../../time/clock.ts';
import { isThrottled, RequestRejectedError } from '../errors/errors.ts';

/** What was found out about a token, and how long it may be cached. */
export interface Loaded<Value> extends Validity {
  value: Value;
}

type Load<Value> = (token: string, caller: CallerIdentity) => Promise<Loaded<Value>>;

interface Entry<Value> {
  value: Value;
  expiry: Expiry;
  /** Monotonic ms from which on the entry may be renewed. */
  renewAt: number;
}

const MAX_TOKENS = 10_000;
const RENEWAL_INTERVAL_MS = 10_000;
/** An entry with a short life is renewed in the second half of it. */
const MAX_RENEWAL_SHARE = 0.5;

/**
 * Caches what is known about tokens, under their fingerprints. Concurrent loads of a token are one, and failures are not
 * cached. An entry in use is renewed in the background `renewBefore` ms before its end. If that fails, it stays to its
 * end, unless the token turns out not to be valid.
 */
export class TokenCache<Value> {
  readonly #load: Load<Value>;
  readonly #clock: Clock;
  readonly #renewBefore: number;
  readonly #entries: LRUCache<string, Entry<Value>>;
  readonly #loading = new Map<string, Promise<Value>>();

  constructor(
    load: Load<Value>,
    {
      maxTokens = MAX_TOKENS,
      renewBefore = 0,
      clock = SYSTEM_CLOCK,
    }: { maxTokens?: number; renewBefore?: number; clock?: Clock } = {},
  ) {
    this.#load = load;
    this.#clock = clock;
    this.#renewBefore = renewBefore;
    this.#entries = new LRUCache({ max: maxTokens });
  }

  /** Returns a cached value at once. */
  get(token: string, caller: CallerIdentity = ANONYMOUS_CALLER): Value | Promise<Value> {
    const key = caller.fingerprintOf(token);
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.expiry.remaining() > 0) {
      if (entry.renewAt <= this.#clock.monotonic()) {
        entry.renewAt = this.#clock.monotonic() + RENEWAL_INTERVAL_MS;
        this.refresh(token, caller).catch(() => {});
      }
      return entry.value;
    }
    this.#entries.delete(key);
    return this.#loadOnce(key, token, caller);
  }

  /** Loads the value even if it is cached. If that fails the entry stays, unless the token is not valid any more. */
  async refresh(token: string, caller: CallerIdentity = ANONYMOUS_CALLER): Promise<Value> {
    const key = caller.fingerprintOf(token);
    try {
      return await this.#loadOnce(key, token, caller);
    } catch (error) {
      if (error instanceof RequestRejectedError && !isThrottled(error)) this.#entries.delete(key);
      throw error;
    }
  }

  #loadOnce(key: string, token: string, caller: CallerIdentity): Promise<Value> {
    const current = this.#loading.get(key);
    if (current !== undefined) return current;
    const loading = this.#load(token, caller)
      .then(({ value, ...validity }) => {
        caller.markVerified();
        const expiry = new Expiry(this.#clock, validity);
        this.#entries.set(key, { value, expiry, renewAt: this.#renewalOf(expiry, validity) });
        return value;
      })
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  /** Never if the entry ends with the token itself: no renewal changes that. */
  #renewalOf({ lifetime }: Expiry, { ttl }: Validity): number {
    if (this.#renewBefore === 0 || lifetime < ttl) return Number.POSITIVE_INFINITY;
    return this.#clock.monotonic() + lifetime - Math.min(this.#renewBefore, lifetime * MAX_RENEWAL_SHARE);
  }
}
