import { LRUCache } from 'lru-cache';
import { RequestRejectedError } from '../errors/errors.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import { NO_STORE, type SharedStore } from '../shared-store.ts';

const MINUTE_MS = 60_000;
const MAX_CALLERS = 10_000;

interface Bucket {
  /** Calls that may be made at `at`; below 0 after repetitions, which are counted and always made. */
  calls: number;
  /** Monotonic ms. */
  at: number;
}

/** The same in the store, by its clock. Returns the milliseconds until there is a call left, or 0. */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local most = tonumber(ARGV[1])
  local bucket = redis.call('HMGET', KEYS[1], 'calls', 'at')
  local calls = tonumber(bucket[1]) or most
  local passed = math.max(0, now - (tonumber(bucket[2]) or now))
  calls = math.min(most, calls + passed * most / ${MINUTE_MS})
  if calls < 1 and ARGV[2] == '0' then return math.ceil((1 - calls) * ${MINUTE_MS} / most) end
  redis.call('HSET', KEYS[1], 'calls', tostring(calls - 1), 'at', tostring(now))
  redis.call('PEXPIRE', KEYS[1], ${2 * MINUTE_MS})
  return 0`;

/**
 * How many calls each caller may make: a minute's worth at once, and after that as many as the minute refills. With a
 * shared store, of all processes together.
 */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #rejection: (seconds: number) => Error;
  readonly #store: SharedStore;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_CALLERS });

  /** 0 calls a minute are no limit. `now` is a monotonic clock, in milliseconds; `rejection` what a caller beyond it gets. */
  constructor(
    perMinute: number,
    now: () => number,
    {
      store = NO_STORE,
      rejection = rateExceeded,
    }: { store?: SharedStore; rejection?: (seconds: number) => Error } = {},
  ) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#store = store;
    this.#rejection = rejection;
  }

  /** Counts a call. Throws where the caller has none left, unless it is a repetition of a call. */
  take(caller: CallerIdentity, isRepetition: boolean): void | Promise<void> {
    if (this.#perMinute === 0) return;
    if (this.#store.status !== 'connected') return this.#takeAlone(caller, isRepetition);
    return this.#takeOfAll(caller, isRepetition);
  }

  async #takeOfAll(caller: CallerIdentity, isRepetition: boolean): Promise<void> {
    const values = [this.#perMinute, Number(isRepetition)];
    const milliseconds = await this.#store.run(TAKE, `calls of ${caller.sharedGroup}`, ['calls'], values);
    if (milliseconds === null) return this.#takeAlone(caller, isRepetition);
    if (Number(milliseconds) > 0) throw this.#rejection(secondsIn(Number(milliseconds)));
  }

  #takeAlone(caller: CallerIdentity, isRepetition: boolean): void {
    const bucket = this.#bucketOf(caller);
    if (bucket.calls < 1 && !isRepetition)
      throw this.#rejection(secondsIn(((1 - bucket.calls) * MINUTE_MS) / this.#perMinute));
    bucket.calls -= 1;
  }

  #bucketOf({ group }: CallerIdentity): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(group) ?? { calls: this.#perMinute, at: now };
    bucket.calls = Math.min(this.#perMinute, bucket.calls + ((now - bucket.at) * this.#perMinute) / MINUTE_MS);
    bucket.at = now;
    this.#buckets.set(group, bucket);
    return bucket;
  }
}

function rateExceeded(seconds: number): RequestRejectedError {
  const message = `The caller makes more calls than this gateway allows in a minute. Try again in ${seconds} s.`;
  return new RequestRejectedError(429, 'CALL_RATE_EXCEEDED', message, { retryAfter: seconds });
}

/** Whole seconds, 1 at least. */
function secondsIn(milliseconds: number): number {
  return Math.max(1, Math.ceil(Math.round(milliseconds) / 1000));
}
