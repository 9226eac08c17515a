import { SYSTEM_CLOCK } from './clock.ts';
import { within } from './deadline.ts';
import { SmsUnreachable } from './errors.ts';
import type { Verdict } from './verdict.ts';

/**
 * Refused signatures in a row after which a key rests. The vendor locks a key for five minutes after more than five
 * (its FAQ), which would lock out everybody else who uses it too.
 */
const MOST_REFUSALS = 3;
/** Milliseconds. */
const REST = 5 * 60_000;

/**
 * Keeps the gateway's own access key from being locked. Until SMS has accepted a signature, and after one that it has
 * refused, no more calls are under way than may be refused; then the key rests, and after the rest a single call shows
 * whether it is good again. Another key begins anew.
 */
export class KeyRest {
  readonly #now: () => number;
  #ak = '';
  #isTrusted = false;
  #refusals = 0;
  #underWay = 0;
  /** 0 while the key is in use; in the past while a single call shows whether it is good again. */
  #restUntil = 0;
  #isProbing = false;
  /** For calls that wait until one of those under way has come back. */
  #news: PromiseWithResolvers<void> | null = null;

  /** `now` is a monotonic clock, in milliseconds. */
  constructor(now: () => number = SYSTEM_CLOCK.monotonic) {
    this.#now = now;
  }

  /**
   * While no call may go. When the rest is over the next call decides, so whoever asks whether calls are welcome must be
   * told that they are: or no call would ever come.
   */
  get isResting(): boolean {
    return this.#restUntil > this.#now();
  }

  /**
   * Before a call signed with this key. Lets it go at once where the key is trusted; throws `SmsUnreachable` while it
   * rests. A promise is no leave to go: whoever has waited for it signs anew, for time has passed, and asks again.
   */
  enter(ak: string, signal: AbortSignal): void | Promise<void> {
    if (ak !== this.#ak) this.#begin(ak);
    if (this.#restUntil !== 0) this.#probe();
    else if (!this.#isTrusted && this.#refusals + this.#underWay >= MOST_REFUSALS) {
      this.#news ??= Promise.withResolvers();
      return within(signal, this.#news.promise);
    }
    this.#underWay += 1;
  }

  /** After that call, whatever became of it. */
  leave(ak: string, verdict: Verdict): void {
    if (ak !== this.#ak) return;
    this.#underWay -= 1;
    this.#isProbing = false;
    if (verdict === 'accepted') {
      this.#isTrusted = true;
      this.#refusals = 0;
      this.#restUntil = 0;
    } else if (verdict !== 'unknown') {
      this.#isTrusted = false;
      this.#refusals += 1;
      if (verdict === 'locked' || this.#refusals >= MOST_REFUSALS) this.#restUntil = this.#now() + REST;
    }
    this.#news?.resolve();
    this.#news = null;
  }

  #begin(ak: string): void {
    this.#ak = ak;
    this.#isTrusted = false;
    this.#refusals = 0;
    this.#underWay = 0;
    this.#restUntil = 0;
    this.#isProbing = false;
  }

  #probe(): void {
    const left = this.#restUntil - this.#now();
    if (left > 0 || this.#isProbing) throw keyResting(Math.max(1, Math.ceil(left / 1000)));
    this.#isProbing = true;
  }
}

function keyResting(seconds: number): SmsUnreachable {
  const message =
    "SMS has refused the gateway's signature too often, so its key rests before it is locked. Check the key and the clock of the gateway.";
  return new SmsUnreachable('UPSTREAM_ERROR', message, { code: 'KEY_RESTING', facts: { retryAfter: seconds } });
}
