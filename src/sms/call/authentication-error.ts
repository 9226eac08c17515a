import type { Fault } from '../auth/signature-outcome.ts';
import type { CodeFamily } from '../errors/error-body.ts';
import { type ErrorFacts, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';

/** What a response says as an error, redacted. */
export interface RedactedError {
  status: number;
  code: string;
  family: CodeFamily;
  message: string;
  facts: ErrorFacts;
}

interface RejectedCredentials extends RedactedError {
  /** How far the clocks are apart, in words. */
  skew: string | null;
  /** The gateway's own key signed, so the token is not the only thing that can be at fault. */
  isSigned: boolean;
}

const FOR_OPERATORS = 'This is for the operator of the gateway; a new token does not help.';

/**
 * The error for a call whose credentials were rejected. What is the gateway's own fault is `SmsUnreachable` with a code for its
 * operator. The API gateway's own text may hold the access key and the canonical request, so it is never repeated.
 */
export function authenticationError(
  fault: Fault,
  rejection: RejectedCredentials,
): RequestRejectedError | SmsUnavailableError {
  const { status, code, facts, skew } = rejection;
  const nothingDone = { facts, outcome: 'NOT_SENT' as const };
  switch (fault) {
    case 'token':
      return new RequestRejectedError(status, code, tokenMessage(rejection), facts, 'unauthenticated');
    case 'size':
      return new RequestRejectedError(
        status,
        code,
        'The request is too large for the API gateway of SMS.',
        facts,
        'invalid-input',
      );
    case 'clock': {
      const message = `SMS rejected the signature for its time: ${skew ?? "the gateway's clock and SMS's are too far apart"}. Set the clock of the gateway. ${FOR_OPERATORS}`;
      return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'GATEWAY_CLOCK_SKEWED', ...nothingDone });
    }
    case 'locked-key': {
      const message = `SMS has locked the gateway's access key for some minutes, after too many bad signatures. ${FOR_OPERATORS}`;
      return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'GATEWAY_KEY_LOCKED', ...nothingDone });
    }
    case 'temporary-key': {
      const message =
        'SMS rejected the temporary key that IAM gave for the token. The gateway has fetched a new one: try again.';
      return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'TEMPORARY_KEY_REJECTED', ...nothingDone });
    }
    case 'key': {
      const message = `${keyMessage(rejection)} ${FOR_OPERATORS}`;
      return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'GATEWAY_KEY_REJECTED', ...nothingDone });
    }
  }
}

function tokenMessage({ family, message, isSigned }: RejectedCredentials): string {
  if (/\btoken\b/i.test(message)) return 'SMS rejected the token: it is not valid, or no longer. Get a new token.';
  if (family !== 'api-gateway' && message !== '') return message;
  return isSigned
    ? 'SMS rejected the call, and does not say whether for its token or its signature. Get a new token; if that does not help, check the key of the gateway.'
    : 'SMS rejected the token. Get a new token.';
}

function keyMessage({ code, message }: RejectedCredentials): string {
  if (/\bak\b.*not exist/i.test(message))
    return "SMS does not know the gateway's access key. Check the key of the gateway.";
  if (/security[ _-]?token/i.test(message))
    return "SMS rejected the security token of the gateway's key. Check the key of the gateway.";
  if (/\bak[/ ]*sk\b/i.test(message))
    return "SMS rejected the gateway's signature. Check the secret key of the gateway.";
  return `SMS rejected the gateway's signature (${code}). Check the key of the gateway.`;
}
