import { LRUCache } from 'lru-cache';
import { type Clock, Expiry, SYSTEM_CLOCK, type Validity } from '../clock.ts';
import { isThrottled, RequestRejectedError } from '../errors/errors.ts';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';

/** What is known of a token, and for how long. */
export interface Known<Value> extends Validity {
  value: Value;
}

export interface TokenCacheOptions {
  /** The most tokens that are cached; beyond it the least recently used one is dropped. */
  most?: number;
  /** Milliseconds before its end from which on an entry that is used is renewed in the background. Default: never. */
  renewBefore?: number;
  clock?: Clock;
}

interface Entry<Value> {
  value: Value;
  expiry: Expiry;
  /** Monotonic ms from which on the entry may be renewed. */
  renewAt: number;
}

const MAX_TOKENS = 10_000;
/** Milliseconds between two attempts to renew an entry. */
const RENEWAL_INTERVAL = 10_000;
/** A short-lived entry is renewed in the last part of its life. */
const MAX_RENEWAL_SHARE = 0.5;

/**
 * What was learnt of callers' tokens, for as long as it holds. A token itself is never kept, only its fingerprint. Callers
 * who come with the same token at once share one question, and a question that failed is forgotten at once. With
 * `renewBefore`, whoever is asked may be away for a while, and tokens in use stay known: a renewal that fails leaves the
 * entry to its end, unless it says that the token is not valid.
 */
export class TokenCache<Value> {
  readonly #ask: (token: string, caller: CallerIdentity) => Promise<Known<Value>>;
  readonly #clock: Clock;
  readonly #renewBefore: number;
  readonly #known: LRUCache<string, Entry<Value>>;
  readonly #asking = new Map<string, Promise<Value>>();

  constructor(
    ask: (token: string, caller: CallerIdentity) => Promise<Known<Value>>,
    { most = MAX_TOKENS, renewBefore = 0, clock = SYSTEM_CLOCK }: TokenCacheOptions = {},
  ) {
    this.#ask = ask;
    this.#clock = clock;
    this.#renewBefore = renewBefore;
    this.#known = new LRUCache({ max: most });
  }

  /** At once where it is known, else when the answer is there. */
  of(token: string, caller: CallerIdentity = ANONYMOUS_CALLER): Value | Promise<Value> {
    const key = caller.fingerprintOf(token);
    const known = this.#known.get(key);
    if (known !== undefined && known.expiry.remaining() > 0) {
      if (known.renewAt <= this.#clock.monotonic()) this.#renew(key, token, caller, known);
      return known.value;
    }
    this.#known.delete(key);
    return this.#asking.get(key) ?? this.#learn(key, token, caller);
  }

  /** Asks again, whatever is known. What is known stays so where no answer comes. */
  async anew(token: string, caller: CallerIdentity = ANONYMOUS_CALLER): Promise<Value> {
    const key = caller.fingerprintOf(token);
    try {
      return await (this.#asking.get(key) ?? this.#learn(key, token, caller));
    } catch (error) {
      this.#forgetIfRefused(key, error);
      throw error;
    }
  }

  #learn(key: string, token: string, caller: CallerIdentity): Promise<Value> {
    const asked = this.#ask(token, caller)
      .then(({ value, ...validity }) => {
        caller.markVerified();
        const expiry = new Expiry(this.#clock, validity);
        this.#known.set(key, { value, expiry, renewAt: this.#renewalOf(expiry, validity) });
        return value;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }

  /** Never where the end is the token's own, which no renewal puts off. */
  #renewalOf({ lifetime }: Expiry, { ttl }: Validity): number {
    if (this.#renewBefore === 0 || lifetime < ttl) return Number.POSITIVE_INFINITY;
    return this.#clock.monotonic() + lifetime - Math.min(this.#renewBefore, lifetime * MAX_RENEWAL_SHARE);
  }

  #renew(key: string, token: string, caller: CallerIdentity, known: Entry<Value>): void {
    known.renewAt = this.#clock.monotonic() + RENEWAL_INTERVAL;
    if (this.#asking.has(key)) return;
    this.#learn(key, token, caller).catch((error: unknown) => this.#forgetIfRefused(key, error));
  }

  #forgetIfRefused(key: string, error: unknown): void {
    if (error instanceof RequestRejectedError && !isThrottled(error)) this.#known.delete(key);
  }
}
