import { errors } from 'undici';
import { DeadlinePassed } from './deadline.ts';
import { SmsUnreachable } from './errors.ts';

interface TimeLimits {
  connectTimeout: number;
  headersTimeout: number;
  bodyTimeout: number;
}

const NOT_HTTP = [errors.HTTPParserError, errors.HeadersOverflowError, errors.ResponseContentLengthMismatchError];
/** How Node and OpenSSL name what is wrong with a certificate or a handshake. */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_|INVALID_CA)[A-Z0-9_]*$/;

/** How the system says that this process can open no more sockets: no files, no local ports, no memory for them. */
const OUT_OF_SOCKETS = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** Who was called, and what a time-out leaves open. */
export interface Called {
  who: string;
  afterTimeout: string;
}

const SMS: Called = { who: 'SMS', afterTimeout: 'Whether the call was carried out is not known.' };

/** Time that was over while a call waited: for its turn, for who asks to be proved, for a connection. */
export function noTimeLeft(cause?: DeadlinePassed): SmsUnreachable {
  const message = 'The time for the call was over before it could be sent to SMS. Try later.';
  return new SmsUnreachable('TIMEOUT', message, { cause });
}

/** What kept an answer from coming. The cause is kept for the log; the message names no address. */
export function unreachable(cause: unknown, limits: TimeLimits, { who, afterTimeout }: Called = SMS): Error {
  if (cause instanceof SmsUnreachable) return cause;
  // A request that undici itself refuses is a bug of ours, not a failure of SMS.
  if (cause instanceof errors.InvalidArgumentError || cause instanceof TypeError) return cause;
  // No cause: undici's holds the bytes that came, and a server may echo what it was sent.
  if (NOT_HTTP.some((kind) => cause instanceof kind))
    return new SmsUnreachable('INVALID_ANSWER', `The answer of ${who} is not HTTP. Try later.`);
  if (cause instanceof errors.ConnectTimeoutError) {
    const message = `${who} could not be reached within ${limits.connectTimeout} ms. Try later.`;
    return new SmsUnreachable('TIMEOUT', message, { cause });
  }
  const timeout = (message: string) => new SmsUnreachable('TIMEOUT', `${message} ${afterTimeout}`, { cause });
  if (cause instanceof errors.HeadersTimeoutError)
    return timeout(`${who} did not begin to answer within ${limits.headersTimeout} ms.`);
  if (cause instanceof errors.BodyTimeoutError)
    return timeout(`${who} stopped for more than ${limits.bodyTimeout} ms within its answer.`);
  if (cause instanceof DeadlinePassed) return timeout(`${who} did not answer in full within ${cause.milliseconds} ms.`);
  const { code } = Object(cause) as { code?: unknown };
  if (typeof code === 'string' && TLS_CODE.test(code)) {
    const message = `${who} could not be reached: the TLS handshake failed (${code}). Check certificates and SMS_CA_FILE.`;
    return new SmsUnreachable('UNREACHABLE', message, { code: 'TLS_FAILED', cause });
  }
  if (typeof code === 'string' && OUT_OF_SOCKETS.has(code)) {
    const message = `The gateway has no sockets left for a call to ${who} (${code}). Nothing was sent. Try later.`;
    return new SmsUnreachable('OVERLOADED', message, { code: 'OUT_OF_SOCKETS', facts: { retryAfter: 1 }, cause });
  }
  const message = `${who} could not be reached, or the connection broke. Try later.`;
  return new SmsUnreachable('UNREACHABLE', message, { cause });
}
