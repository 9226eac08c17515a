import { SYSTEM_CLOCK } from './clock.ts';
import { SmsUnreachable } from './errors.ts';

/** Failures in a row after which a service is left alone. */
const MOST_FAILURES = 10;
/** Milliseconds until it is tried again. */
const OPEN_FOR = 10_000;

/** What a call says of the service: that it works, that it does not, or nothing. */
export type Health = 'works' | 'fails' | 'unknown';

/**
 * A circuit breaker. After too many failures in a row no call goes out for a while, then a single one does, and what
 * becomes of it decides. What a caller can bring about alone, such as a time limit of its own, must count as unknown.
 */
export class Circuit {
  readonly #now: () => number;
  #failures = 0;
  /** 0 while it is closed. */
  #openUntil = 0;
  #isProbing = false;

  /** `now` is a monotonic clock, in milliseconds. */
  constructor(now: () => number = SYSTEM_CLOCK.monotonic) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#openUntil !== 0;
  }

  /** Whole seconds until a call may go out; 0 when it may now. */
  get wait(): number {
    if (!this.isOpen) return 0;
    const left = this.#openUntil - this.#now();
    return left > 0 ? Math.ceil(left / 1000) : this.#isProbing ? 1 : 0;
  }

  /** A call goes out. True when it is the one that decides; `leave` wants to know. */
  enter(): boolean {
    const isProbe = this.isOpen;
    if (isProbe) this.#isProbing = true;
    return isProbe;
  }

  leave(isProbe: boolean, health: Health): void {
    if (isProbe) this.#isProbing = false;
    if (health === 'works') {
      this.#failures = 0;
      this.#openUntil = 0;
    } else if (health === 'fails') {
      this.#failures += 1;
      // Calls that were under way when it opened say nothing new.
      if (isProbe || (!this.isOpen && this.#failures >= MOST_FAILURES)) this.#openUntil = this.#now() + OPEN_FOR;
    }
  }
}

/** The answer to a call that does not go out. */
export function circuitOpen(who: string, seconds: number): SmsUnreachable {
  return new SmsUnreachable('UNREACHABLE', `${who} has failed too often and is left alone for a while. Try later.`, {
    code: 'CIRCUIT_OPEN',
    facts: { retryAfter: seconds },
  });
}
