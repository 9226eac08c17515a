import { LRUCache } from 'lru-cache';
import { SYSTEM_CLOCK } from '../../time/clock.ts';
import { type Abortable, within } from '../../time/deadline.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import { NO_STORE, type SharedStore } from '../shared-store.ts';

const MAX_ACCOUNTS = 10_000;
/** Calls wait for a pause up to this long; during a longer one they fail at once. */
const MAX_WAIT_MS = 5_000;
/** However long SMS asks for, a trial call goes out after this time. */
const MAX_PAUSE_MS = 60_000;
/** The first pause if SMS sends no `Retry-After`. Each further one doubles, up to a pause that calls still wait for. */
const DEFAULT_PAUSE_MS = 1_000;
const MAX_DEFAULT_PAUSE_MS = 4_000;
/** How often a process reads from the store whether another one was told to pause. */
const READ_INTERVAL_MS = 1_000;

/** The callers whose calls SMS counts together: an account, or a single caller if its account is not known. */
export interface Account {
  /** Not a secret. */
  readonly id: string;
  /** Identifies the account in all processes. May be a secret: only ever hash it. */
  readonly sharedId: string;
  /** For messages: "the caller". */
  readonly name: string;
}

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

/** Keeps the longest pause. */
const PAUSE = `
  if tonumber(ARGV[1]) > redis.call('PTTL', KEYS[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end`;
const PAUSE_LEFT = `return redis.call('PTTL', KEYS[1])`;
const PARTS = ['pause'];

/**
 * Pauses the calls of an account that SMS throttles (429). After the pause a single trial call goes out; if SMS accepts it, the
 * others follow. If the store is connected, all processes pause.
 */
export class Throttle {
  readonly #wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly #now: () => number;
  readonly #store: SharedStore;
  readonly #pauses = new LRUCache<string, Pause>({ max: MAX_ACCOUNTS });
  /** When the pause of an account was last read from the store. */
  readonly #readAt = new LRUCache<string, number>({ max: MAX_ACCOUNTS });

  /** `now` is a monotonic clock in ms. */
  constructor(
    wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>,
    now: () => number = SYSTEM_CLOCK.monotonic,
    store: SharedStore = NO_STORE,
  ) {
    this.#wait = wait;
    this.#now = now;
    this.#store = store;
  }

  /**
   * Call this before each attempt; `hasWaited` if it is a retry after a backoff. Returns a pause if the attempt is its trial,
   * which `endTrial` must end. Throws `RequestRejectedError` if the pause is too long to wait.
   */
  admit(account: Account, hasWaited: boolean, deadline: Abortable): null | Promise<Pause | null> {
    const pause = this.#pauseOf(account);
    if (pause !== undefined) return this.#admitAfter(pause, account, hasWaited, deadline.signal);
    return this.#mustRead(account) ? this.#admitAfterReading(account, hasWaited, deadline) : null;
  }

  async #admitAfterReading(account: Account, hasWaited: boolean, deadline: Abortable): Promise<Pause | null> {
    await within(deadline.signal, this.#readPause(account));
    const pause = this.#pauseOf(account);
    return pause === undefined ? null : this.#admitAfter(pause, account, hasWaited, deadline.signal);
  }

  async #admitAfter(pause: Pause, account: Account, hasWaited: boolean, signal: AbortSignal): Promise<Pause | null> {
    const left = pause.trialAt - this.#now();
    if (!hasWaited && left > MAX_WAIT_MS) throw this.#throttled(account, pause);
    if (!hasWaited && left > 0) await this.#wait(left, signal);
    while (pause.trial !== null) {
      await within(signal, pause.trial.promise);
      if (pause.trialAt > this.#now()) throw this.#throttled(account, pause);
    }
    if (this.#pauseOf(account) !== pause) return null;
    pause.trial = Promise.withResolvers();
    return pause;
  }

  /** Why a call that waited for a permit must not be sent: SMS has throttled its account in the meantime. Null if it may. */
  rejectionFor(account: Account): RequestRejectedError | null {
    const pause = this.#pauseOf(account);
    return pause !== undefined && pause.trialAt > this.#now() ? this.#throttled(account, pause) : null;
  }

  /** Call this when SMS has throttled the account. `retryAfter` is in seconds. */
  pause(account: Account, retryAfter: number | null): void {
    const { trialAt } = this.#begin(account, retryAfter === null ? null : retryAfter * 1000);
    const milliseconds = Math.ceil(trialAt - this.#now());
    if (milliseconds > 0) void this.#store.run(PAUSE, nameOf(account), PARTS, [milliseconds]);
  }

  endTrial(account: Account, pause: Pause, wasAccepted: boolean): void {
    if (wasAccepted && this.#pauses.get(account.id) === pause) this.#pauses.delete(account.id);
    pause.trial?.resolve();
    pause.trial = null;
  }

  #mustRead({ id }: Account): boolean {
    if (this.#store.status !== 'connected') return false;
    return this.#now() - (this.#readAt.get(id) ?? -Infinity) >= READ_INTERVAL_MS;
  }

  /** Begins the pause that another process was told to make. */
  async #readPause(account: Account): Promise<void> {
    this.#readAt.set(account.id, this.#now());
    const left = Number(await this.#store.run(PAUSE_LEFT, nameOf(account), PARTS, []));
    if (left > 0 && !this.#pauses.has(account.id)) this.#begin(account, left);
  }

  /** Without `milliseconds`, the pause lasts twice as long as the last one. */
  #begin({ id }: Account, milliseconds: number | null): Pause {
    const now = this.#now();
    const current = this.#pauses.get(id);
    const { until, next, trial } = current ?? { until: now, next: DEFAULT_PAUSE_MS, trial: null };
    const length = milliseconds ?? next;
    const changed: Pause = {
      until: Math.max(until, now + length),
      trialAt: now + Math.min(length, MAX_PAUSE_MS),
      // Calls that were in flight together double it only once.
      next: until > now ? next : Math.min(2 * next, MAX_DEFAULT_PAUSE_MS),
      trial,
    };
    const pause = current ? Object.assign(current, changed) : changed;
    this.#pauses.set(id, pause);
    return pause;
  }

  #pauseOf({ id }: Account): Pause | undefined {
    return this.#pauses.size === 0 ? undefined : this.#pauses.get(id);
  }

  #throttled({ name }: Account, { until }: Pause): RequestRejectedError {
    const seconds = Math.max(1, Math.ceil((until - this.#now()) / 1000));
    const message = `SMS is throttling ${name}, so the call was not sent. Try again in ${seconds} s.`;
    return new RequestRejectedError(429, 'SMS_THROTTLED', message, { retryAfter: seconds });
  }
}

function nameOf({ sharedId }: Account): string {
  return `throttled ${sharedId}`;
}
