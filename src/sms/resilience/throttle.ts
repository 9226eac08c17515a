import { LRUCache } from 'lru-cache';
import { SYSTEM_CLOCK } from '../clock.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import { type Abortable, within } from '../http/deadline.ts';

const MAX_CALLERS = 10_000;
/** Calls wait for a pause up to this long; during a longer one they fail at once. */
const MAX_WAIT_MS = 5_000;
/** However long SMS asks for, a trial call goes out after this time. */
const MAX_PAUSE_MS = 60_000;
/** The first pause if SMS sends no `Retry-After`. Each further one doubles, up to a pause that calls still wait for. */
const DEFAULT_PAUSE_MS = 1_000;
const MAX_DEFAULT_PAUSE_MS = 4_000;

/** All times are monotonic ms. */
export interface Pause {
  /** The end of the pause, as requested by SMS. */
  until: number;
  /** When a trial call may go out. Earlier than `until` in a long pause. */
  trialAt: number;
  /** How long the next pause lasts if SMS sends no `Retry-After`. */
  next: number;
  /** The trial call in progress, if any. */
  trial: PromiseWithResolvers<void> | null;
}

/**
 * Pauses the calls of a caller that SMS throttles (429). After the pause a single trial call goes out; if SMS accepts it, the
 * others follow.
 */
export class Throttle {
  readonly #wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly #now: () => number;
  readonly #pauses = new LRUCache<string, Pause>({ max: MAX_CALLERS });

  /** `now` is a monotonic clock in ms. */
  constructor(
    wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>,
    now: () => number = SYSTEM_CLOCK.monotonic,
  ) {
    this.#wait = wait;
    this.#now = now;
  }

  /**
   * Call this before each attempt; `hasWaited` if it is a retry after a backoff. Returns a pause if the attempt is its trial,
   * which `endTrial` must end. Throws `RequestRejectedError` if the pause is too long to wait.
   */
  admit(caller: CallerIdentity, hasWaited: boolean, deadline: Abortable): null | Promise<Pause | null> {
    const pause = this.#pauseOf(caller);
    return pause === undefined ? null : this.#admitAfter(pause, caller, hasWaited, deadline.signal);
  }

  async #admitAfter(
    pause: Pause,
    caller: CallerIdentity,
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
    if (this.#pauseOf(caller) !== pause) return null;
    pause.trial = Promise.withResolvers();
    return pause;
  }

  /** Why a call that waited for a permit must not be sent: SMS has throttled its caller in the meantime. Null if it may. */
  rejectionFor(caller: CallerIdentity): RequestRejectedError | null {
    const pause = this.#pauseOf(caller);
    return pause !== undefined && pause.trialAt > this.#now() ? this.#throttled(pause) : null;
  }

  /** Call this when SMS has throttled the caller. `retryAfter` is in seconds. */
  pause(caller: CallerIdentity, retryAfter: number | null): void {
    const now = this.#now();
    const current = this.#pauses.get(caller.fingerprint);
    const { until, next, trial } = current ?? { until: now, next: DEFAULT_PAUSE_MS, trial: null };
    const milliseconds = retryAfter === null ? next : retryAfter * 1000;
    const changed: Pause = {
      until: Math.max(until, now + milliseconds),
      trialAt: now + Math.min(milliseconds, MAX_PAUSE_MS),
      // Calls that were in flight together double it only once.
      next: until > now ? next : Math.min(2 * next, MAX_DEFAULT_PAUSE_MS),
      trial,
    };
    this.#pauses.set(caller.fingerprint, current ? Object.assign(current, changed) : changed);
  }

  endTrial(caller: CallerIdentity, pause: Pause, wasAccepted: boolean): void {
    if (wasAccepted && this.#pauses.get(caller.fingerprint) === pause) this.#pauses.delete(caller.fingerprint);
    pause.trial?.resolve();
    pause.trial = null;
  }

  #pauseOf({ fingerprint }: CallerIdentity): Pause | undefined {
    return this.#pauses.size === 0 ? undefined : this.#pauses.get(fingerprint);
  }

  #throttled({ until }: Pause): RequestRejectedError {
    const seconds = Math.max(1, Math.ceil((until - this.#now()) / 1000));
    const message = `SMS is throttling the caller, so the call was not sent. Try again in ${seconds} s.`;
    return new RequestRejectedError(429, 'SMS_THROTTLED', message, { retryAfter: seconds });
  }
}
