import type { ErrorKind } from './error-kind.ts';

/** One of the causes that SMS lists for an error. */
export interface ErrorDetail {
  error_code: string | null;
  error_msg: string | null;
}

/** What SMS says about an error beside its code and message. */
export interface ErrorFacts {
  /** The HTTP status of a response that is an error. */
  httpStatus?: number | null;
  requestId?: string | null;
  retryAfter?: number | null;
  errorParam?: string[] | null;
  details?: ErrorDetail[] | null;
  encodedAuthorizationMessage?: string | null;
}

/** What a rejected call means for the caller. A failure of SMS is an `SmsUnavailableError` instead. */
export type RejectionKind = Exclude<ErrorKind, 'unavailable'>;

/** The kind of an error that the gateway raises itself, by the corresponding HTTP status. */
const KIND_OF_STATUS: Readonly<Record<number, RejectionKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  429: 'throttled',
};

/**
 * SMS, or the gateway on its behalf, rejected the call. `kind` says why. `status` is the HTTP status of the response,
 * or the corresponding one if the gateway raised the error itself.
 */
export class RequestRejectedError extends Error {
  override readonly name = 'RequestRejectedError';
  readonly status: number;
  readonly code: string;
  readonly facts: ErrorFacts;
  readonly kind: RejectionKind;

  constructor(
    status: number,
    code: string,
    message: string,
    facts: ErrorFacts = {},
    kind: RejectionKind = KIND_OF_STATUS[status] ?? 'invalid-input',
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.facts = facts;
    this.kind = kind;
  }
}

/** Whether SMS reports too many calls. */
export function isThrottled(error: unknown): error is RequestRejectedError {
  return error instanceof RequestRejectedError && error.kind === 'throttled';
}

/** The gateway rejected an input before any call. Each field has a path from the argument down. */
export class InvalidInputError extends RequestRejectedError {
  readonly fields: readonly InvalidField[];

  constructor(fields: readonly InvalidField[]) {
    super(400, 'INVALID_INPUT', fields.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '));
    this.fields = fields;
  }
}

export interface InvalidField {
  path: string[];
  message: string;
}

export type UnavailableReason =
  | 'TIMEOUT'
  | 'UNREACHABLE'
  | 'UPSTREAM_ERROR'
  | 'INVALID_ANSWER'
  | 'OVERLOADED'
  | 'STOPPING';

/** `NOT_SENT`: SMS has received nothing of the call. `UNKNOWN`: the call was sent and may have been carried out. */
export type CallOutcome = 'NOT_SENT' | 'UNKNOWN';

/** SMS did not respond, or not as expected, or the gateway could not send the call. */
export class SmsUnavailableError extends Error {
  override readonly name = 'SmsUnavailableError';
  readonly reason: UnavailableReason;
  readonly code: string;
  readonly facts: ErrorFacts;
  readonly outcome: CallOutcome;

  /** If in doubt, the call was sent: then nobody repeats a change that was carried out. */
  constructor(
    reason: UnavailableReason,
    message: string,
    {
      code = reason,
      facts = {},
      outcome = reason === 'OVERLOADED' ? 'NOT_SENT' : 'UNKNOWN',
      cause,
    }: { code?: string; facts?: ErrorFacts; outcome?: CallOutcome; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.reason = reason;
    this.code = code;
    this.facts = facts;
    this.outcome = outcome;
  }
}
