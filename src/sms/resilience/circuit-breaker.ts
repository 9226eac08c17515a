import { SYSTEM_CLOCK } from '../../time/clock.ts';
import { SmsUnavailableError } from '../errors/errors.ts';

/** Failures in a row that open the circuit. */
const MAX_FAILURES = 10;
/** At most this many failures count for one caller, and for one object: more of them say nothing about the service. */
const MAX_COUNTED_FAILURES = 5;
/** How long the circuit stays open before a trial call. */
const OPEN_MS = 10_000;
/** Callers and objects whose failures are counted. */
const MAX_TRACKED = 1000;

/**
 * What a call shows about the service. `failing`: it was reached, but the call failed. Anything that a caller can cause alone,
 * such as a short deadline of its own, must be `unknown`.
 */
export type Health = 'healthy' | 'unreachable' | 'failing' | 'unknown';

/** The caller's fairness group, and what the call is about: its path, for example. */
export interface CallKey {
  caller: string;
  object: string;
}

/**
 * A circuit breaker: closed at first; open after too many failures in a row; half-open after a while, when a single trial call
 * decides whether it closes or stays open.
 *
 * An unreachable service is unreachable for all callers. Other failures may be due to one caller or one object, so they open
 * the circuit only if several callers have them with several objects. The circuit is then half-open at once for a caller
 * without a failure.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  readonly #onChange: (isOpen: boolean) => void;
  #isOpen = false;
  #isTrialRunning = false;
  /** Since the last success. */
  #unreachable = 0;
  #failures = 0;
  readonly #failuresOfCaller = new Map<string, number>();
  readonly #failuresOfObject = new Map<string, number>();
  /** Monotonic ms. While the circuit is open, trial calls are rejected until then: of all callers, and of one. */
  #rejectsAllUntil = 0;
  readonly #rejectsUntil = new Map<string, number>();
  /** Monotonic ms until which a caller whose calls alone would open the circuit uses another service, if there is one. */
  readonly #avoidedUntil = new Map<string, number>();

  /** `now` is a monotonic clock in ms. `onChange` is called when the circuit opens or closes. */
  constructor(now: () => number = SYSTEM_CLOCK.monotonic, onChange: (isOpen: boolean) => void = () => {}) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** True while half-open, too. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whole seconds until the caller may call; 0 if it may now. */
  retryAfter(caller: string): number {
    if (!this.#isOpen) return 0;
    const left = Math.max(this.#rejectsAllUntil, this.#rejectsUntil.get(caller) ?? 0) - this.#now();
    if (left > 0) return Math.ceil(left / 1000);
    return this.#isTrialRunning ? 1 : 0;
  }

  /** Whether the caller should prefer another service because its own calls fail here. Its reads try again after a while. */
  isAvoidedBy(caller: string, onlyReads: boolean): boolean {
    const until = this.#avoidedUntil.get(caller);
    return until !== undefined && (!onlyReads || until > this.#now());
  }

  /** Call this before a call for which `retryAfter` is 0. Returns whether it is the trial; pass that to `record`. */
  begin(): boolean {
    if (this.#isOpen) this.#isTrialRunning = true;
    return this.#isOpen;
  }

  record(isTrial: boolean, health: Health, key: CallKey): void {
    if (isTrial) this.#isTrialRunning = false;
    if (health === 'healthy') this.#close();
    else if (health !== 'unknown' && isTrial) this.#reopen(health, key);
    // Calls that were in flight when the circuit opened prove nothing new.
    else if (health !== 'unknown' && !this.#isOpen) this.#count(health, key);
  }

  #close(): void {
    if (this.#failuresOfCaller.size === 0 && this.#unreachable === 0 && !this.#isOpen) return;
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#unreachable = 0;
    this.#failures = 0;
    this.#failuresOfCaller.clear();
    this.#failuresOfObject.clear();
    this.#rejectsAllUntil = 0;
    this.#rejectsUntil.clear();
    this.#avoidedUntil.clear();
    if (wasOpen) this.#onChange(false);
  }

  #count(health: 'unreachable' | 'failing', { caller, object }: CallKey): void {
    if (health === 'unreachable') this.#unreachable += 1;
    else {
      const ofCaller = increment(this.#failuresOfCaller, caller);
      const ofObject = increment(this.#failuresOfObject, object);
      if (Math.max(ofCaller, ofObject) <= MAX_COUNTED_FAILURES) this.#failures += 1;
      if (ofCaller >= MAX_FAILURES) this.#avoidedUntil.set(caller, this.#now() + OPEN_MS);
    }
    if (this.#unreachable + this.#failures >= MAX_FAILURES) this.#open();
  }

  #open(): void {
    this.#isOpen = true;
    if (this.#unreachable >= MAX_FAILURES) this.#rejectAll();
    else for (const caller of this.#failuresOfCaller.keys()) this.#reject(caller);
    this.#onChange(true);
  }

  #reopen(health: 'unreachable' | 'failing', { caller }: CallKey): void {
    if (health === 'unreachable' || this.#rejectsUntil.size >= MAX_TRACKED) this.#rejectAll();
    else this.#reject(caller);
  }

  #reject(caller: string): void {
    this.#rejectsUntil.set(caller, this.#now() + OPEN_MS);
  }

  #rejectAll(): void {
    this.#rejectsAllUntil = this.#now() + OPEN_MS;
    this.#rejectsUntil.clear();
  }
}

/** The error of a call that an open circuit rejects. */
export function circuitOpenError(service: string, retryAfter: number): SmsUnavailableError {
  const message = `${service} is failing repeatedly, so calls are paused (the circuit breaker is open). Try again later.`;
  return new SmsUnavailableError('UNREACHABLE', message, { code: 'CIRCUIT_OPEN', facts: { retryAfter } });
}

/** Adds 1 and returns the new count, which is kept only while there are not too many keys. */
function increment(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  if (counts.size < MAX_TRACKED || counts.has(key)) counts.set(key, count);
  return count;
}
