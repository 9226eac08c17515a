import { errors } from 'undici';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import type { HttpResponse } from '../http/response.ts';

/** Upper bound of the first delay. It doubles per retry. */
const BASE_DELAY_MS = 100;
/** A longer `Retry-After` is passed on to the caller. */
const MAX_RETRY_AFTER_S = 5;
const MAX_BUDGET = 10;
/** What a call that needed no retry adds to the budget. */
const DEPOSIT = 0.1;

const RETRYABLE_STATUSES = new Set([502, 503, 504]);

/**
 * Whether the same call may succeed later: SMS was not reached, or it reported that it is busy. Any other error of SMS is
 * permanent, a 500 as much as an error code in a response with status 200.
 */
export function isRetryable(response: HttpResponse | null, error: Error): boolean {
  if (error instanceof RequestRejectedError) return error.kind === 'throttled';
  if (!(error instanceof SmsUnavailableError)) return false;
  if (response !== null) return RETRYABLE_STATUSES.has(response.status);
  return error.reason === 'UNREACHABLE' || error.cause instanceof errors.ConnectTimeoutError;
}

/**
 * Milliseconds before a retry (the first is number 0): exponential backoff with full jitter, after what `Retry-After` asks
 * for in seconds. Null if that is too long to wait.
 */
export function retryDelay(retry: number, retryAfter: number, random: () => number): number | null {
  if (retryAfter > MAX_RETRY_AFTER_S) return null;
  return retryAfter * 1000 + random() * BASE_DELAY_MS * 2 ** retry;
}

/** Limits retries to about a tenth of the calls, so that they do not multiply the load on a failing service. */
export class RetryBudget {
  #balance = MAX_BUDGET;

  deposit(): void {
    this.#balance = Math.min(MAX_BUDGET, this.#balance + DEPOSIT);
  }

  tryWithdraw(): boolean {
    if (this.#balance < 1) return false;
    this.#balance -= 1;
    return true;
  }
}
