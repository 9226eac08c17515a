/** Time comes in as an argument, so that a test can hold it still. */
export interface Clock {
  /** The wall clock, in epoch ms: for signatures, and for moments that others name. It may be set at any time. */
  now(): number;
  /** Milliseconds since some moment, which nobody can set: for every duration. */
  monotonic(): number;
}

export const SYSTEM_CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** How long something may be used: a duration, and where it has one, a moment of the wall clock at which it ends. */
export interface Validity {
  /** Milliseconds from now. */
  ttl: number;
  /** Epoch ms. */
  endsAt?: number;
}

/** The end of something. A wall clock that is set back does not put it off, and one that is set forward brings it on. */
export class Expiry {
  readonly #clock: Clock;
  readonly #until: number;
  readonly #endsAt: number;
  /** Milliseconds that it lasts in all. */
  readonly lifetime: number;

  constructor(clock: Clock, { ttl, endsAt = Number.POSITIVE_INFINITY }: Validity) {
    this.#clock = clock;
    this.#endsAt = endsAt;
    this.lifetime = Math.min(ttl, endsAt - clock.now());
    this.#until = clock.monotonic() + this.lifetime;
  }

  /** Milliseconds; 0 or less once it is over. */
  remaining(): number {
    return Math.min(this.#until - this.#clock.monotonic(), this.#endsAt - this.#clock.now());
  }
}
