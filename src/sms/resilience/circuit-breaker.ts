import { SYSTEM_CLOCK } from '../clock.ts';
import { SmsUnavailableError } from '../errors/errors.ts';

/** Failures in a row after which a service is left alone. */
const MAX_FAILURES = 10;
/** As many of these may be of one caller, and of one object: beyond it they say nothing of the service. */
const MAX_FAILURES_OF_ONE = 5;
/** Milliseconds until it is tried again. */
const OPEN_FOR = 10_000;
/** Callers and objects that are counted. */
const MAX_COUNTED = 1000;

/**
 * What a call says of the service: that it works, that it cannot be reached, that it failed in this call, or nothing. What a
 * caller can bring about alone, such as a time limit of its own, must count as unknown.
 */
export type Health = 'healthy' | 'unreachable' | 'failing' | 'unknown';

/** Whose call it is, and for what: the object of the call, without what would make two equal calls differ. */
export interface CallKey {
  caller: string;
  object: string;
}

/**
 * A circuit breaker. After too many failures in a row no call goes out for a while, then a single one does, the trial, and
 * what becomes of it decides. A service that cannot be reached cannot be reached by anybody. But a call may fail by what it
 * is about, so failures of that kind count only as far as several callers have them, with several objects; and a caller
 * that has had none has a trial at once.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  /** Failures since the service last worked. */
  #unreachable = 0;
  #failures = 0;
  readonly #ofCaller = new Map<string, number>();
  /** When a caller that has had nothing but failures may use the service again, where it has another. */
  readonly #avoidedUntil = new Map<string, number>();
  readonly #ofObject = new Map<string, number>();
  #isOpen = false;
  /** While it is open: when a call of anybody may be the trial, and one of a caller that has had failures. */
  #closedToAllUntil = 0;
  readonly #closedToUntil = new Map<string, number>();
  #isProbing = false;

  /** `now` is a monotonic clock, in milliseconds. */
  constructor(now: () => number = SYSTEM_CLOCK.monotonic) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whole seconds until a call of the caller may go out; 0 when it may now. */
  retryAfter(caller: string): number {
    if (!this.isOpen) return 0;
    const left = Math.max(this.#closedToAllUntil, this.#closedToUntil.get(caller) ?? 0) - this.#now();
    return left > 0 ? Math.ceil(left / 1000) : this.#isProbing ? 1 : 0;
  }

  /**
   * Whether the caller is better off with another service: here it alone has had as many failures as open a circuit. After
   * a while one of its reads may find out.
   */
  isAvoidedBy(caller: string, onlyReads: boolean): boolean {
    const until = this.#avoidedUntil.get(caller);
    return until !== undefined && (!onlyReads || until > this.#now());
  }

  /** A call goes out. True when it is the one that decides; `leave` wants to know. */
  begin(): boolean {
    const isTrial = this.isOpen;
    if (isTrial) this.#isProbing = true;
    return isTrial;
  }

  record(isTrial: boolean, health: Health, asking: CallKey): void {
    if (isTrial) this.#isProbing = false;
    if (health === 'healthy') this.#close();
    else if (health !== 'unknown' && isTrial) this.#probeFailed(health, asking);
    // Calls that were under way when it opened say nothing new.
    else if (health !== 'unknown' && !this.isOpen) this.#count(health, asking);
  }

  #close(): void {
    if (this.#ofCaller.size === 0 && this.#unreachable === 0 && !this.isOpen) return;
    this.#failures = 0;
    this.#unreachable = 0;
    this.#ofCaller.clear();
    this.#avoidedUntil.clear();
    this.#ofObject.clear();
    this.#isOpen = false;
    this.#closedToAllUntil = 0;
    this.#closedToUntil.clear();
  }

  #count(health: 'unreachable' | 'failing', { caller, object }: CallKey): void {
    if (health === 'unreachable') this.#unreachable += 1;
    else {
      const [ofCaller, ofObject] = [countOne(this.#ofCaller, caller), countOne(this.#ofObject, object)];
      if (Math.max(ofCaller, ofObject) <= MAX_FAILURES_OF_ONE) this.#failures += 1;
      if (ofCaller >= MAX_FAILURES) this.#avoidedUntil.set(caller, this.#now() + OPEN_FOR);
    }
    if (this.#unreachable + this.#failures >= MAX_FAILURES) this.#open();
  }

  #open(): void {
    this.#isOpen = true;
    if (this.#unreachable >= MAX_FAILURES) this.#closeToAll();
    else for (const caller of this.#ofCaller.keys()) this.#closedToUntil.set(caller, this.#now() + OPEN_FOR);
  }

  #probeFailed(health: 'unreachable' | 'failing', { caller }: CallKey): void {
    if (health === 'unreachable' || this.#closedToUntil.size >= MAX_COUNTED) this.#closeToAll();
    else this.#closedToUntil.set(caller, this.#now() + OPEN_FOR);
  }

  #closeToAll(): void {
    this.#closedToAllUntil = this.#now() + OPEN_FOR;
    this.#closedToUntil.clear();
  }
}

/** The answer to a call that does not go out. */
export function circuitOpenError(who: string, seconds: number): SmsUnavailableError {
  return new SmsUnavailableError(
    'UNREACHABLE',
    `${who} has failed too often and is left alone for a while. Try later.`,
    {
      code: 'CIRCUIT_OPEN',
      facts: { retryAfter: seconds },
    },
  );
}

/** One more; the count with it. */
function countOne(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  if (counts.size < MAX_COUNTED || counts.has(key)) counts.set(key, count);
  return count;
}
