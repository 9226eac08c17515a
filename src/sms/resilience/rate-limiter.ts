import { LRUCache } from 'lru-cache';
import type { CallerIdentity } from '../../fairness/caller-identity.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import { NO_STORE, type SharedStore } from '../shared-store.ts';

const MINUTE_MS = 60_000;
const MAX_CALLERS = 10_000;

interface Bucket {
  /** Below 0 after retries, which are counted but never rejected. */
  tokens: number;
  /** Monotonic ms of the last refill. */
  at: number;
}

/** The same bucket in the store, by the store's clock. Returns the milliseconds until there is a token, or 0. */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local max = tonumber(ARGV[1])
  local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
  local tokens = tonumber(bucket[1]) or max
  local passed = math.max(0, now - (tonumber(bucket[2]) or now))
  tokens = math.min(max, tokens + passed * max / ${MINUTE_MS})
  if tokens < 1 and ARGV[2] == '0' then return math.ceil((1 - tokens) * ${MINUTE_MS} / max) end
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - 1), 'at', tostring(now))
  redis.call('PEXPIRE', KEYS[1], ${2 * MINUTE_MS})
  return 0`;

export interface RateLimiterOptions {
  /** If it is connected, all processes share the buckets. */
  store?: SharedStore;
  /** The error of a caller without a token. */
  rejection?: (retryAfterSeconds: number) => Error;
}

/** A token bucket per caller: it holds the calls of one minute, and refills steadily. */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #rejection: (retryAfterSeconds: number) => Error;
  readonly #store: SharedStore;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_CALLERS });

  /** 0 calls per minute means no limit. `now` is a monotonic clock in ms. */
  constructor(
    perMinute: number,
    now: () => number,
    { store = NO_STORE, rejection = rateExceeded }: RateLimiterOptions = {},
  ) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#store = store;
    this.#rejection = rejection;
  }

  /**
   * Takes a token. Throws if the caller has none left, except for a retry. Synchronous without a
   * store: waiting for a promise within the deadline of a call costs 2 µs.
   */
  take(caller: CallerIdentity, isRetry: boolean): void | Promise<void> {
    if (this.#perMinute === 0) return;
    if (this.#store.status !== 'connected') return this.#takeLocal(caller, isRetry);
    return this.#takeShared(caller, isRetry);
  }

  async #takeShared(caller: CallerIdentity, isRetry: boolean): Promise<void> {
    const values = [this.#perMinute, Number(isRetry)];
    const wait = await this.#store.run(TAKE, `calls of ${caller.sharedGroup}`, ['calls'], values);
    if (wait === null) return this.#takeLocal(caller, isRetry);
    if (Number(wait) > 0) throw this.#rejection(toSeconds(Number(wait)));
  }

  #takeLocal(caller: CallerIdentity, isRetry: boolean): void {
    const bucket = this.#refilledBucket(caller);
    if (bucket.tokens < 1 && !isRetry)
      throw this.#rejection(toSeconds(((1 - bucket.tokens) * MINUTE_MS) / this.#perMinute));
    bucket.tokens -= 1;
  }

  #refilledBucket({ group }: CallerIdentity): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(group) ?? { tokens: this.#perMinute, at: now };
    bucket.tokens = Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) * this.#perMinute) / MINUTE_MS);
    bucket.at = now;
    this.#buckets.set(group, bucket);
    return bucket;
  }
}

function rateExceeded(seconds: number): RequestRejectedError {
  const message = `The caller exceeded the calls per minute that this gateway allows. Try again in ${seconds} s.`;
  return new RequestRejectedError(429, 'CALL_RATE_EXCEEDED', message, { retryAfter: seconds });
}

function toSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(Math.round(milliseconds) / 1000));
}
