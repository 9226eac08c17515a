import { errors } from 'undici';
import { DeadlineExceededError } from '../../time/deadline.ts';
import { RequestRejectedError, SmsUnavailableError, type UnavailableReason } from '../errors/errors.ts';
import type { Peer } from './transport.ts';

/** How far a request got: it waits for a connection, it is being sent or has been sent, its response has begun. */
export type Stage = 'waiting' | 'sent' | 'responding';

const NOT_HTTP = [errors.HTTPParserError, errors.HeadersOverflowError, errors.ResponseContentLengthMismatchError];
/** Codes of Node and OpenSSL for a certificate or handshake that failed. */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_|INVALID_CA)[A-Z0-9_]*$/;
/** Codes of the system when this process cannot open another socket: no files, local ports or memory left. */
const OUT_OF_SOCKETS = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** The deadline passed while the call was queued, authenticating or connecting. */
export function deadlineExceeded(cause?: DeadlineExceededError, name = 'SMS'): SmsUnavailableError {
  const message = `The deadline passed before the call could be sent to ${name}. Try later.`;
  return new SmsUnavailableError('TIMEOUT', message, { cause, outcome: 'NOT_SENT' });
}

/**
 * The error of a request that got no complete response. The cause is kept for the log; the message contains no address.
 * Errors that are already worded for the caller are returned as they are, and so are bugs of the gateway.
 */
export function transportError(cause: unknown, { name, limits }: Peer, stage: Stage): unknown {
  if (cause instanceof SmsUnavailableError || cause instanceof RequestRejectedError) return cause;
  const isWaiting = stage === 'waiting';
  // undici itself rejects a request only before it sends it. These errors are bugs of the gateway.
  if (isWaiting && (cause instanceof errors.InvalidArgumentError || cause instanceof TypeError)) return cause;
  if (isWaiting && cause instanceof DeadlineExceededError) return deadlineExceeded(cause, name);

  const outcome = isWaiting ? 'NOT_SENT' : 'UNKNOWN';
  const error = (reason: UnavailableReason, message: string, code: string = reason) =>
    new SmsUnavailableError(reason, `${message} Try later.`, { code, cause, outcome });
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (
    stage === 'responding' &&
    (syscall !== undefined ||
      cause instanceof errors.SocketError ||
      cause instanceof errors.ResponseContentLengthMismatchError)
  )
    return error('INVALID_ANSWER', `The connection to ${name} broke in the middle of the response.`);
  // Without the cause: undici's error holds the bytes received, and a server may echo what it was sent.
  if (NOT_HTTP.some((kind) => cause instanceof kind))
    return new SmsUnavailableError('INVALID_ANSWER', `The response of ${name} is not valid HTTP. Try later.`, {
      outcome,
    });
  if (cause instanceof errors.ConnectTimeoutError)
    return error('TIMEOUT', `${name} could not be reached within ${limits.connectTimeout} ms.`);
  if (cause instanceof errors.HeadersTimeoutError)
    return error('TIMEOUT', `${name} did not start to respond within ${limits.headersTimeout} ms.`);
  if (cause instanceof errors.BodyTimeoutError)
    return error('TIMEOUT', `${name} stalled for more than ${limits.bodyTimeout} ms while sending its response.`);
  if (cause instanceof DeadlineExceededError)
    return error('TIMEOUT', `${name} did not complete its response within ${cause.milliseconds} ms.`);
  if (isWaiting && code !== undefined && OUT_OF_SOCKETS.has(code)) {
    const message = `The gateway has no sockets left for a call to ${name} (${code}). Nothing was sent. Try later.`;
    return new SmsUnavailableError('OVERLOADED', message, { code: 'OUT_OF_SOCKETS', facts: { retryAfter: 1 }, cause });
  }
  if (code !== undefined && TLS_CODE.test(code)) {
    const message = `${name} could not be reached: the TLS handshake failed (${code}). Check certificates and SMS_CA_FILE.`;
    return new SmsUnavailableError('UNREACHABLE', message, { code: 'TLS_FAILED', cause, outcome });
  }
  return error(
    'UNREACHABLE',
    isWaiting ? `${name} could not be reached.` : `The connection to ${name} broke before the response arrived.`,
  );
}
