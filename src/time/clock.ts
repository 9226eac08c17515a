/** An argument wherever time matters, so that a test can control it. */
export interface Clock {
  /** The wall clock in epoch ms, for signatures and for times that others set. It may jump. */
  now(): number;
  /** Milliseconds since an arbitrary moment, for durations. Never jumps. */
  monotonic(): number;
}

export const SYSTEM_CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export interface Validity {
  /** Milliseconds. */
  ttl: number;
  /** Epoch ms at which it ends in any case. */
  endsAt?: number;
}

/**
 * Expires after the TTL by the monotonic clock, or at `endsAt` by the wall clock, whichever is first. Setting the wall clock back
 * does not extend it.
 */
export class Expiry {
  readonly #clock: Clock;
  readonly #until: number;
  readonly #endsAt: number;
  /** Milliseconds from the start to the end. */
  readonly lifetime: number;

  constructor(clock: Clock, { ttl, endsAt = Number.POSITIVE_INFINITY }: Validity) {
    this.#clock = clock;
    this.#endsAt = endsAt;
    this.lifetime = Math.min(ttl, endsAt - clock.now());
    this.#until = clock.monotonic() + this.lifetime;
  }

  /** Milliseconds; 0 or less once expired. */
  remaining(): number {
    return Math.min(this.#until - this.#clock.monotonic(), this.#endsAt - this.#clock.now());
  }
}
