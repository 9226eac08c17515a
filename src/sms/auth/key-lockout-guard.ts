import { setTimeout as delay } from 'node:timers/promises';
import { SYSTEM_CLOCK } from '../../time/clock.ts';
import { type Abortable, within } from '../../time/deadline.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { NO_STORE, type SharedStore } from '../shared-store.ts';
import { SharedLockout } from './shared-lockout.ts';
import type { SignatureOutcome } from './signature-outcome.ts';

/** One more rejected signature locks the key for five minutes, for everyone who uses it. Source: the vendor's FAQ. */
export const MAX_BAD_SIGNATURES = 5;
/** Rejected signatures in a row after which a key is suspended. */
const MAX_REJECTIONS = 3;
/** The same for a key that SMS has never accepted: it is wrong, and other processes may use it too. */
const MAX_FIRST_REJECTIONS = 1;
const SUSPENSION_MS = 5 * 60_000;
/** After that, one call shows whether SMS still accepts the key before others follow: it may have been revoked meanwhile. */
const MAX_UNCONFIRMED_MS = 60_000;
/** The API gateway rejects a signature at once. A call that takes longer has a good one. */
const MAX_CONFIRMATION_MS = 2_000;
/** How often to ask whether the trial call of another process is over. */
const TRIAL_POLL_MS = 100;
/** How soon a call that waited for the trial must begin. */
const MAX_UNUSED_TRIAL_MS = 1_000;

/** What is known about a key. */
class KeyState {
  readonly id: string;
  wasAccepted = false;
  /** SMS accepted its latest signature, so calls need not wait for each other. */
  isTrusted = false;
  /** When SMS last accepted a signature. */
  acceptedAt = 0;
  /** When the call began that shows whether SMS still accepts the key. Null if there is none. */
  confirmingSince: number | null = null;
  rejections = 0;
  callsInFlight = 0;
  /** Rejected calls for which IAM has not yet said whether the token or the key is at fault. */
  suspicions = 0;
  /** 0 while the key is in use. In the past while a trial call shows whether it is good again. */
  suspendedUntil = 0;
  isProbing = false;
  /** The next call is the trial call of all processes. */
  hasTrial = false;
  /** The request for that trial. */
  trialRequest: Promise<void> | null = null;
  /** For calls that wait until the one in flight has ended. */
  news: PromiseWithResolvers<void> | null = null;

  constructor(id: string) {
    this.id = id;
  }
}

/**
 * Keeps the gateway's own access key from being locked. Until SMS has accepted a signature, and again after a rejection,
 * there is only one call in flight. Then the key is suspended, and a trial call shows whether it is good again. After a minute
 * without an accepted signature, one call goes first. With a shared store, all processes share the trial call and the count of
 * rejections. A new key starts afresh.
 */
export class KeyLockoutGuard {
  readonly #now: () => number;
  readonly #shared: SharedLockout;
  readonly #maxRejections: number;
  readonly #onChange: (isSuspended: boolean) => void;
  #key = new KeyState('');
  /** `onChange` has reported a suspension, and SMS has accepted no key since. */
  #isReportedSuspended = false;

  /**
   * `now` is a monotonic clock in ms. `processes` count rejections of the same key without a shared store. `onChange` is called
   * when a key is suspended, and when SMS accepts a signature again.
   */
  constructor(
    now: () => number = SYSTEM_CLOCK.monotonic,
    store: SharedStore = NO_STORE,
    processes = 1,
    onChange: (isSuspended: boolean) => void = () => {},
  ) {
    this.#onChange = onChange;
    this.#now = now;
    this.#maxRejections = Math.min(MAX_REJECTIONS, Math.max(1, Math.floor(MAX_BAD_SIGNATURES / processes)));
    this.#shared = new SharedLockout(store);
  }

  /** False as soon as a trial call is due: while `/ready` reports a failure, no request would arrive to make one. */
  get isSuspended(): boolean {
    return this.#key.suspendedUntil > this.#now();
  }

  /**
   * Admits a call that is signed with this key, at once if the key is trusted. If a promise is returned, await it, sign
   * again (time has passed) and call `enter` again. Throws `SmsUnavailableError` while the key is suspended.
   */
  enter(keyId: string, deadline: Abortable): Promise<void> | undefined {
    if (keyId !== this.#key.id) {
      this.#key.news?.resolve();
      this.#key = new KeyState(keyId);
    }
    const key = this.#key;
    if (this.isSuspended || key.isProbing)
      throw keySuspended(Math.max(1, Math.ceil((key.suspendedUntil - this.#now()) / 1000)));
    if (!key.isTrusted || key.rejections + key.suspicions >= this.#maxRejections) {
      if (key.callsInFlight > 0) {
        key.news ??= Promise.withResolvers();
        return within(deadline.signal, key.news.promise);
      }
      if (!key.isTrusted && this.#shared.isShared && !key.hasTrial) {
        key.trialRequest ??= this.#requestTrial(key);
        return within(deadline.signal, key.trialRequest);
      }
    }
    if (key.isTrusted) {
      const confirmation = this.#confirmation(key);
      if (confirmation !== null) return within(deadline.signal, confirmation);
    }
    key.isProbing = key.suspendedUntil !== 0;
    key.callsInFlight += 1;
    return undefined;
  }

  /** Resolves when another call has shown whether SMS still accepts the key. Null if the call may begin. */
  #confirmation(key: KeyState): Promise<void> | null {
    const now = this.#now();
    if (now - key.acceptedAt <= MAX_UNCONFIRMED_MS) return null;
    if (key.confirmingSince === null) {
      key.confirmingSince = now;
      return null;
    }
    const left = key.confirmingSince + MAX_CONFIRMATION_MS - now;
    if (left <= 0) {
      key.acceptedAt = now;
      key.confirmingSince = null;
      return null;
    }
    key.news ??= Promise.withResolvers();
    return Promise.race([key.news.promise, delay(left, undefined, { ref: false })]);
  }

  /** The call was rejected, perhaps because of the key. Counts as a rejected signature until `leave` says more. */
  suspect(keyId: string): void {
    if (keyId === this.#key.id) this.#key.suspicions += 1;
  }

  /** The call has ended, whatever its result. */
  leave(keyId: string, outcome: SignatureOutcome, { wasSuspect = false } = {}): void {
    const key = this.#key;
    if (keyId !== key.id) return;
    const wasTrial = key.hasTrial;
    key.callsInFlight -= 1;
    if (wasSuspect) key.suspicions -= 1;
    key.isProbing = false;
    key.hasTrial = false;
    key.confirmingSince = null;
    if (outcome === 'accepted') {
      if (wasTrial) void this.#shared.accepted(keyId);
      key.acceptedAt = this.#now();
      key.wasAccepted = true;
      key.isTrusted = true;
      key.rejections = 0;
      key.suspendedUntil = 0;
      this.#report(false);
    } else if (outcome !== 'unknown') {
      const limit = outcome === 'locked' || !key.wasAccepted ? MAX_FIRST_REJECTIONS : this.#maxRejections;
      key.isTrusted = false;
      key.rejections += 1;
      if (key.rejections >= limit) this.#suspend(key, SUSPENSION_MS);
      void this.#shared.rejected(keyId, SUSPENSION_MS, limit).then((milliseconds) => {
        if (milliseconds > 0) this.#suspend(key, milliseconds);
      });
    } else if (wasTrial) void this.#shared.release(keyId);
    key.news?.resolve();
    key.news = null;
  }

  /** Resolves when this process may make the trial call, or when another one has suspended the key. */
  async #requestTrial(key: KeyState): Promise<void> {
    while (key === this.#key && !key.isTrusted && !this.isSuspended) {
      const trial = await this.#shared.trial(key.id);
      if (trial === 'granted') {
        this.#keepTrial(key);
        break;
      }
      if (trial !== 'busy') {
        this.#suspend(key, trial.suspendedFor);
        break;
      }
      await delay(TRIAL_POLL_MS, undefined, { ref: false });
    }
    key.trialRequest = null;
  }

  /** Keeps the trial for a call that waits. If that call has ended meanwhile, another process may make the trial call. */
  #keepTrial(key: KeyState): void {
    if (key !== this.#key || key.isTrusted) return void this.#shared.release(key.id);
    key.hasTrial = true;
    setTimeout(() => {
      if (!key.hasTrial || key.callsInFlight > 0) return;
      key.hasTrial = false;
      void this.#shared.release(key.id);
    }, MAX_UNUSED_TRIAL_MS).unref();
  }

  #suspend(key: KeyState, milliseconds: number): void {
    key.isTrusted = false;
    key.suspendedUntil = this.#now() + milliseconds;
    this.#report(true);
  }

  #report(isSuspended: boolean): void {
    if (isSuspended === this.#isReportedSuspended) return;
    this.#isReportedSuspended = isSuspended;
    this.#onChange(isSuspended);
  }
}

function keySuspended(seconds: number): SmsUnavailableError {
  const message =
    "SMS rejected the gateway's signature; the key is suspended so that SMS does not lock it. Check the key and the clock of the gateway.";
  return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'KEY_RESTING', facts: { retryAfter: seconds } });
}
