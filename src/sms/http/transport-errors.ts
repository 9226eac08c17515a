import { errors } from 'undici';
import {
  type CallOutcome,
  RequestRejectedError,
  SmsUnavailableError,
  type UnavailableReason,
} from '../errors/errors.ts';
import { DeadlineExceededError } from './deadline.ts';
import type { Timeouts } from './limits.ts';

const NOT_HTTP = [errors.HTTPParserError, errors.HeadersOverflowError, errors.ResponseContentLengthMismatchError];
/** How Node and OpenSSL name what is wrong with a certificate or a handshake. */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_|INVALID_CA)[A-Z0-9_]*$/;

/** How the system says that this process can open no more sockets: no files, no local ports, no memory for them. */
const OUT_OF_SOCKETS = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** Who was called, and whether anything of the request has left, where that matters. */
export interface Called {
  who: string;
  outcome?: CallOutcome;
  afterTimeout?: string;
}

/** Time that was over while a call waited: for its turn, for who asks to be proved, for a connection. */
export function deadlineExceeded(cause?: DeadlineExceededError): SmsUnavailableError {
  const message = 'The time for the call was over before it could be sent to SMS. Try later.';
  return new SmsUnavailableError('TIMEOUT', message, { cause, outcome: 'NOT_SENT' });
}

/** What kept a response from coming. The cause is kept for the log; the message names no address. */
export function transportError(
  cause: unknown,
  limits: Timeouts,
  { who, outcome, afterTimeout = 'Try later.' }: Called,
): Error {
  if (cause instanceof SmsUnavailableError || cause instanceof RequestRejectedError) return cause;
  // A request that undici itself rejects is a bug of ours, not a failure of SMS. Once it is sent, undici has another reason.
  if (outcome !== 'UNKNOWN' && (cause instanceof errors.InvalidArgumentError || cause instanceof TypeError))
    return cause;
  const known = outcome === undefined ? {} : { outcome };
  const error = (reason: UnavailableReason, message: string, code: string = reason) =>
    new SmsUnavailableError(reason, message, { code, cause, ...known });
  // No cause: undici's holds the bytes that came, and a server may echo what it was sent.
  if (NOT_HTTP.some((kind) => cause instanceof kind))
    return new SmsUnavailableError('INVALID_ANSWER', `The answer of ${who} is not HTTP. Try later.`, known);
  if (cause instanceof errors.ConnectTimeoutError)
    return error('TIMEOUT', `${who} could not be reached within ${limits.connectTimeout} ms. Try later.`);
  if (cause instanceof errors.HeadersTimeoutError)
    return error('TIMEOUT', `${who} did not begin to answer within ${limits.headersTimeout} ms. ${afterTimeout}`);
  if (cause instanceof errors.BodyTimeoutError)
    return error('TIMEOUT', `${who} stopped for more than ${limits.bodyTimeout} ms within its answer. ${afterTimeout}`);
  if (cause instanceof DeadlineExceededError)
    return error('TIMEOUT', `${who} did not answer in full within ${cause.milliseconds} ms. ${afterTimeout}`);
  const { code } = Object(cause) as { code?: unknown };
  if (outcome !== 'UNKNOWN' && typeof code === 'string' && OUT_OF_SOCKETS.has(code)) {
    const message = `The gateway has no sockets left for a call to ${who} (${code}). Nothing was sent. Try later.`;
    return new SmsUnavailableError('OVERLOADED', message, { code: 'OUT_OF_SOCKETS', facts: { retryAfter: 1 }, cause });
  }
  if (typeof code === 'string' && TLS_CODE.test(code))
    return error(
      'UNREACHABLE',
      `${who} could not be reached: the TLS handshake failed (${code}). Check certificates and SMS_CA_FILE.`,
      'TLS_FAILED',
    );
  return error('UNREACHABLE', `${broken(who, outcome)} Try later.`);
}

function broken(who: string, outcome: CallOutcome | undefined): string {
  if (outcome === undefined) return `${who} could not be reached, or the connection broke.`;
  return outcome === 'NOT_SENT'
    ? `${who} could not be reached.`
    : `The connection to ${who} broke before its answer came.`;
}
