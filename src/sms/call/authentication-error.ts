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

const FOR_OPERATORS = 'This is for the operator of the gateway; a new token does not help.';

/**
 * A fault of the gateway becomes an `SmsUnavailableError` with a code for its operator. The API gateway's own message is
 * never repeated: it may hold the access key and the canonical request. `skew` says how far the clocks are apart.
 */
export function authenticationError(
  fault: Fault,
  error: RedactedError,
  { skew, isSigned }: { skew: string; isSigned: boolean },
): RequestRejectedError | SmsUnavailableError {
  const { status, code, facts } = error;
  const gatewayError = (ownCode: string, message: string) =>
    new SmsUnavailableError('UPSTREAM_ERROR', message, { code: ownCode, facts, outcome: 'NOT_SENT' });
  switch (fault) {
    case 'token':
      return new RequestRejectedError(status, code, tokenMessage(error, isSigned), facts, 'unauthenticated');
    case 'size': {
      const message = 'The request is too large for the API gateway of SMS.';
      return new RequestRejectedError(status, code, message, facts, 'invalid-input');
    }
    case 'clock': {
      const message = `SMS rejected the signature because of clock skew: ${skew}. Set the clock of the gateway.`;
      return gatewayError('GATEWAY_CLOCK_SKEWED', `${message} ${FOR_OPERATORS}`);
    }
    case 'locked-key': {
      const message = "SMS has locked the gateway's access key for some minutes, after too many bad signatures.";
      return gatewayError('GATEWAY_KEY_LOCKED', `${message} ${FOR_OPERATORS}`);
    }
    case 'temporary-key': {
      const message = 'SMS rejected the temporary key that IAM issued for the token.';
      return gatewayError('TEMPORARY_KEY_REJECTED', `${message} The gateway has fetched a new one: try again.`);
    }
    case 'key':
      return gatewayError('GATEWAY_KEY_REJECTED', `${keyMessage(error)} ${FOR_OPERATORS}`);
  }
}

function tokenMessage({ family, message: smsMessage }: RedactedError, isSigned: boolean): string {
  if (/\btoken\b/i.test(smsMessage))
    return 'SMS rejected the token: it is not valid, or no longer valid. Get a new token.';
  if (family !== 'api-gateway' && smsMessage !== '') return smsMessage;
  if (!isSigned) return 'SMS rejected the token. Get a new token.';
  const message = 'SMS rejected the call and does not say whether its token or its signature is at fault.';
  return `${message} Get a new token; if that does not help, check the key of the gateway.`;
}

function keyMessage({ code, message }: RedactedError): string {
  if (/\bak\b.*not exist/i.test(message))
    return "SMS does not know the gateway's access key. Check the key of the gateway.";
  if (/security[ _-]?token/i.test(message))
    return "SMS rejected the security token of the gateway's key. Check the key of the gateway.";
  if (/\bak[/ ]*sk\b/i.test(message))
    return "SMS rejected the gateway's signature. Check the secret key of the gateway.";
  return `SMS rejected the gateway's signature (${code}). Check the key of the gateway.`;
}
