import { LRUCache } from 'lru-cache';
import type { CallerIdentity } from './caller-identity.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { SmsRefused } from './errors.ts';

const MINUTE_MS = 60_000;
const MAX_CALLERS = 10_000;

interface Bucket {
  /** Calls that may be made at `at`; below 0 after repetitions, which are counted and always made. */
  calls: number;
  /** Monotonic ms. */
  at: number;
}

/** How many calls each caller may make: a minute's worth at once, and after that as many as the minute refills. */
export class CallRate {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_CALLERS });

  /** 0 calls a minute are no limit. `now` is a monotonic clock, in milliseconds. */
  constructor(perMinute: number, now: () => number = SYSTEM_CLOCK.monotonic) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Counts a call. Throws `SmsRefused` where the caller has none left, unless it is a repetition of a call. */
  take(caller: CallerIdentity, isRepetition: boolean): void {
    if (this.#perMinute === 0) return;
    const bucket = this.#bucketOf(caller);
    if (bucket.calls < 1 && !isRepetition)
      throw rateExceeded(Math.round(((1 - bucket.calls) * MINUTE_MS) / this.#perMinute));
    bucket.calls -= 1;
  }

  #bucketOf({ line }: CallerIdentity): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(line) ?? { calls: this.#perMinute, at: now };
    bucket.calls = Math.min(this.#perMinute, bucket.calls + ((now - bucket.at) * this.#perMinute) / MINUTE_MS);
    bucket.at = now;
    this.#buckets.set(line, bucket);
    return bucket;
  }
}

function rateExceeded(milliseconds: number): SmsRefused {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const message = `The caller makes more calls than this gateway allows in a minute. Try again in ${seconds} s.`;
  return new SmsRefused(429, 'CALL_RATE_EXCEEDED', message, { retryAfter: seconds });
}
