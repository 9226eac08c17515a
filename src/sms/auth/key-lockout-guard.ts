import { setTimeout as delay } from 'node:timers/promises';
import { SYSTEM_CLOCK } from '../clock.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { within } from '../http/deadline.ts';
import { NO_STORE, type SharedStore } from '../shared-store.ts';
import { SharedLockout } from './shared-lockout.ts';
import type { SignatureOutcome } from './signature-outcome.ts';

/**
 * Rejected signatures in a row after which a key is suspended that SMS has accepted before. The vendor locks a key for
 * five minutes after more than five (its FAQ), which would lock out everybody else who uses it too.
 */
const MAX_REJECTIONS = 3;
/** Of one that SMS has never accepted: it is wrong, and there may be other processes with it. */
const MAX_FIRST_REJECTIONS = 1;
const SUSPENSION_MS = 5 * 60_000;
/** Between two looks whether the trial call of another process is over. */
const TRIAL_POLL_MS = 100;
/** How long a call that waited may take to begin. */
const MAX_UNUSED_TRIAL_MS = 1_000;

/**
 * Keeps the gateway's own access key from being locked. Until SMS has accepted a signature, and after one that it has
 * rejected, a single call is under way; then the key is suspended, and after that a single call shows whether it is good
 * again. With a shared store there is a single call, and a count of rejections, of all processes. Another key begins anew.
 */
export class KeyLockoutGuard {
  readonly #now: () => number;
  readonly #shared: SharedLockout;
  #ak = '';
  #wasAccepted = false;
  #isTrusted = false;
  #rejections = 0;
  #underWay = 0;
  /** Calls that were rejected, while it is being found out whether their token or the key is at fault. */
  #suspicions = 0;
  /** 0 while the key is in use; in the past while a single call shows whether it is good again. */
  #suspendedUntil = 0;
  #isProbing = false;
  /** Whether the next call is the trial call of all processes, and the request to be that. */
  #isTrial = false;
  #asking: Promise<void> | null = null;
  /** For calls that wait until the one under way has come back. */
  #news: PromiseWithResolvers<void> | null = null;

  /** `now` is a monotonic clock, in milliseconds. */
  constructor(now: () => number = SYSTEM_CLOCK.monotonic, store: SharedStore = NO_STORE) {
    this.#now = now;
    this.#shared = new SharedLockout(store);
  }

  /**
   * While no call may go. When the suspension is over the next call decides, so `/ready` must say that calls are welcome:
   * or no call would ever come.
   */
  get isSuspended(): boolean {
    return this.#suspendedUntil > this.#now();
  }

  /**
   * Before a call signed with this key. Lets it go at once where the key is trusted; throws `SmsUnreachable` while it is
   * suspended. A promise is not a permit: the caller that has waited for it signs anew, for time has passed, and enters
   * again.
   */
  enter(ak: string, signal: AbortSignal): void | Promise<void> {
    if (ak !== this.#ak) this.#begin(ak);
    if (this.#suspendedUntil !== 0) this.#throwIfSuspended();
    if (!this.#isTrusted || this.#rejections + this.#suspicions >= MAX_REJECTIONS) {
      if (this.#underWay > 0) {
        this.#news ??= Promise.withResolvers();
        return within(signal, this.#news.promise);
      }
      if (!this.#isTrusted && this.#shared.isShared && !this.#isTrial) {
        this.#asking ??= this.#askForTrial(ak);
        return within(signal, this.#asking);
      }
    }
    this.#isProbing = this.#suspendedUntil !== 0;
    this.#underWay += 1;
  }

  /** That call was rejected, perhaps for its key. Until `leave` says more, it is taken for a rejected signature. */
  suspect(ak: string): void {
    if (ak === this.#ak) this.#suspicions += 1;
  }

  /** After that call, whatever became of it. */
  leave(ak: string, verdict: SignatureOutcome, { wasSuspect = false } = {}): void {
    if (ak !== this.#ak) return;
    this.#underWay -= 1;
    if (wasSuspect) this.#suspicions -= 1;
    this.#isProbing = false;
    const wasTrial = this.#isTrial;
    this.#isTrial = false;
    if (verdict === 'accepted') {
      if (wasTrial) void this.#shared.accepted(ak);
      this.#wasAccepted = true;
      this.#isTrusted = true;
      this.#rejections = 0;
      this.#suspendedUntil = 0;
    } else if (verdict !== 'unknown') {
      const limit = verdict === 'locked' || !this.#wasAccepted ? MAX_FIRST_REJECTIONS : MAX_REJECTIONS;
      this.#isTrusted = false;
      this.#rejections += 1;
      if (this.#rejections >= limit) this.#suspend(SUSPENSION_MS);
      void this.#shared.rejected(ak, { rest: SUSPENSION_MS, limit }).then((milliseconds) => {
        if (ak === this.#ak && milliseconds > 0) this.#suspend(milliseconds);
      });
    } else if (wasTrial) void this.#shared.release(ak);
    this.#news?.resolve();
    this.#news = null;
  }

  /** Until this process may make the trial call, or the key is suspended by another. */
  async #askForTrial(ak: string): Promise<void> {
    while (ak === this.#ak && !this.#isTrusted && !this.isSuspended) {
      const trial = await this.#shared.trial(ak);
      if (trial === 'granted') {
        this.#keepTrial(ak);
        break;
      }
      if (trial !== 'busy') {
        if (ak === this.#ak) this.#suspend(trial.suspendedFor);
        break;
      }
      await delay(TRIAL_POLL_MS, undefined, { ref: false });
    }
    if (ak === this.#ak) this.#asking = null;
  }

  /** For a call that waits. If its caller has left, another process may make the trial call. */
  #keepTrial(ak: string): void {
    if (ak !== this.#ak || this.#isTrusted) return void this.#shared.release(ak);
    this.#isTrial = true;
    setTimeout(() => {
      if (ak !== this.#ak || !this.#isTrial || this.#underWay > 0) return;
      this.#isTrial = false;
      void this.#shared.release(ak);
    }, MAX_UNUSED_TRIAL_MS).unref();
  }

  #begin(ak: string): void {
    this.#ak = ak;
    this.#wasAccepted = false;
    this.#isTrusted = false;
    this.#rejections = 0;
    this.#underWay = 0;
    this.#suspicions = 0;
    this.#suspendedUntil = 0;
    this.#isProbing = false;
    this.#isTrial = false;
    this.#asking = null;
  }

  #suspend(milliseconds: number): void {
    this.#isTrusted = false;
    this.#suspendedUntil = this.#now() + milliseconds;
  }

  #throwIfSuspended(): void {
    const left = this.#suspendedUntil - this.#now();
    if (left > 0 || this.#isProbing) throw keySuspended(Math.max(1, Math.ceil(left / 1000)));
  }
}

function keySuspended(seconds: number): SmsUnavailableError {
  const message =
    "SMS rejected the gateway's signature; the key is suspended so that SMS does not lock it. Check the key and the clock of the gateway.";
  return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'KEY_RESTING', facts: { retryAfter: seconds } });
}
