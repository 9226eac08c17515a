import { LRUCache } from 'lru-cache';
import { SYSTEM_CLOCK } from '../clock.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import { within } from '../http/deadline.ts';

const MAX_CALLERS = 10_000;
/** A call waits for the end of a shorter pause; of a longer one its caller is told. */
const MAX_WAIT_MS = 5_000;
/** However long SMS asks for, a single call finds out after a while. */
const MAX_PAUSE_MS = 60_000;
/** The first pause where SMS names none. Each further one is twice as long, up to one that calls still wait for. */
const FIRST_PAUSE_MS = 1_000;
const MAX_UNNAMED_PAUSE_MS = 4_000;

/** How long a caller has to wait. */
export interface Pause {
  /** Monotonic ms at which SMS is ready again, as it says. */
  until: number;
  /** Monotonic ms from which on a single call finds out. */
  trialAt: number;
  /** The next pause where SMS names none. */
  next: number;
  /** Resolves when the call that finds out has ended; null while there is none. */
  trial: PromiseWithResolvers<void> | null;
}

/**
 * Makes no more calls for a caller whom SMS has told to wait (429) until that time is over. Then a single call, the trial,
 * finds out whether the others may follow.
 */
export class Throttle {
  readonly #wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly #now: () => number;
  readonly #pauses = new LRUCache<string, Pause>({ max: MAX_CALLERS });

  /** `now` is a monotonic clock, in milliseconds. */
  constructor(
    wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>,
    now: () => number = SYSTEM_CLOCK.monotonic,
  ) {
    this.#wait = wait;
    this.#now = now;
  }

  /**
   * Before a call, or before its repetition, which has waited already. Null at once for a caller that need not wait; for a
   * trial its pause, which has to be given back. Throws `SmsRefused` where the caller must wait for long.
   */
  admit(caller: CallerIdentity, hasWaited: boolean, signal: AbortSignal): Pause | null | Promise<Pause | null> {
    const pause = this.#pauseOf(caller);
    return pause === undefined ? null : this.#inTurn(caller, pause, hasWaited, signal);
  }

  /** Why a call that was in a queue must not be sent: its caller has been told to wait. Null where it may be. */
  rejectionFor(caller: CallerIdentity): RequestRejectedError | null {
    const pause = this.#pauseOf(caller);
    return pause !== undefined && pause.trialAt > this.#now() ? this.#throttled(pause) : null;
  }

  /** SMS has told the caller to wait, for so many seconds where it says so. */
  pause(caller: CallerIdentity, retryAfter: number | null): void {
    const now = this.#now();
    const known = this.#pauses.get(caller.fingerprint);
    const { until, next, trial } = known ?? { until: now, next: FIRST_PAUSE_MS, trial: null };
    const milliseconds = retryAfter === null ? next : retryAfter * 1000;
    const changed: Pause = {
      until: Math.max(until, now + milliseconds),
      trialAt: now + Math.min(milliseconds, MAX_PAUSE_MS),
      // Calls that were under way together do not make it longer and longer.
      next: until > now ? next : Math.min(2 * next, MAX_UNNAMED_PAUSE_MS),
      trial,
    };
    this.#pauses.set(caller.fingerprint, known ? Object.assign(known, changed) : changed);
  }

  /** The trial has ended. */
  endTrial(caller: CallerIdentity, pause: Pause, wasAccepted: boolean): void {
    if (wasAccepted && this.#pauses.get(caller.fingerprint) === pause) this.#pauses.delete(caller.fingerprint);
    pause.trial?.resolve();
    pause.trial = null;
  }

  #pauseOf({ fingerprint }: CallerIdentity): Pause | undefined {
    return this.#pauses.size === 0 ? undefined : this.#pauses.get(fingerprint);
  }

  async #inTurn(
    { fingerprint }: CallerIdentity,
    pause: Pause,
    hasWaited: boolean,
    signal: AbortSignal,
  ): Promise<Pause | null> {
    const left = pause.trialAt - this.#now();
    if (!hasWaited && left > MAX_WAIT_MS) throw this.#throttled(pause);
    if (!hasWaited && left > 0) await this.#wait(left, signal);
    while (pause.trial !== null) {
      await within(signal, pause.trial.promise);
      if (pause.trialAt > this.#now()) throw this.#throttled(pause);
    }
    if (this.#pauses.get(fingerprint) !== pause) return null;
    pause.trial = Promise.withResolvers();
    return pause;
  }

  #throttled({ until }: Pause): RequestRejectedError {
    const seconds = Math.max(1, Math.ceil((until - this.#now()) / 1000));
    const message = `SMS has told the caller to wait, so the call was not sent. Try again in ${seconds} s.`;
    return new RequestRejectedError(429, 'SMS_THROTTLED', message, { retryAfter: seconds });
  }
}
