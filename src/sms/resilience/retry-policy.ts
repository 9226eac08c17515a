import { errors } from 'undici';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import type { HttpResponse } from '../http/response.ts';

/** The first pause is up to so many milliseconds, each further one up to twice as many. */
const FIRST_PAUSE = 100;
/** A `Retry-After` of more seconds is the caller's to wait for. */
const MAX_RETRY_AFTER_S = 5;
/** What a full budget allows, and what a call that needed no retry adds to it. */
const BUDGET = 10;
const EARNED_A_CALL = 0.1;

const STATUSES = new Set([502, 503, 504]);

/**
 * Whether the same call may succeed later: SMS was not reached, or said that it was busy. A failure that SMS names under
 * 400 is like a 500: the next call fails alike.
 */
export function isRetryable(answer: HttpResponse | null, error: Error): boolean {
  if (error instanceof RequestRejectedError) return error.kind === 'throttled';
  if (!(error instanceof SmsUnavailableError)) return false;
  if (answer !== null) return STATUSES.has(answer.status);
  return error.reason === 'UNREACHABLE' || error.cause instanceof errors.ConnectTimeoutError;
}

/**
 * Milliseconds to wait before a retry, the first being 0: anything up to the exponential bound ("full jitter"), and at
 * least what SMS asks for. Null when that is too long.
 */
export function retryDelay(retry: number, retryAfter: number, random: () => number): number | null {
  if (retryAfter > MAX_RETRY_AFTER_S) return null;
  return retryAfter * 1000 + random() * FIRST_PAUSE * 2 ** retry;
}

/** What keeps retries from multiplying the load on a service that fails: a tenth of the calls, beyond a few. */
export class RetryBudget {
  #left = BUDGET;

  deposit(): void {
    this.#left = Math.min(BUDGET, this.#left + EARNED_A_CALL);
  }

  tryWithdraw(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
