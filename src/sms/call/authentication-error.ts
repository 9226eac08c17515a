import type { SignedRequest } from '../auth/credentials.ts';
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

/** What else shows the reason. */
export interface Evidence extends Pick<SignedRequest, 'proof' | 'accessKeyId'> {
  /** How far the clocks are apart, in words. */
  skew: string;
  /** See `alteredPart`. */
  alteredPart: string | null | undefined;
}

/** "The token must be updated." */
const EXPIRED_TOKEN_CODE = /^APIGW?\.0307$/;
/** The form of the ids of projects, accounts and users. An access key id has capital letters. */
const OTHER_ID = /^[0-9a-f]{32}$/;
const FOR_OPERATORS = 'This is for the operator of the gateway; a new token does not help.';

/**
 * A fault of the gateway becomes an `SmsUnavailableError` with a code for its operator. The API gateway's own message is
 * never repeated: it may hold the access key and the canonical request.
 */
export function authenticationError(
  fault: Fault,
  error: RedactedError,
  evidence: Evidence,
): RequestRejectedError | SmsUnavailableError {
  const { status, code, facts } = error;
  const gatewayError = (ownCode: string, message: string) =>
    new SmsUnavailableError('UPSTREAM_ERROR', message, { code: ownCode, facts, outcome: 'NOT_SENT' });
  switch (fault) {
    case 'token':
      return new RequestRejectedError(status, code, tokenMessage(error, evidence), facts, 'unauthenticated');
    case 'size': {
      const message = 'The request is too large for the API gateway of SMS.';
      return new RequestRejectedError(status, code, message, facts, 'invalid-input');
    }
    case 'clock': {
      const message = `SMS rejected the signature because of clock skew: ${evidence.skew}. Set the clock of the gateway.`;
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
    case 'key': {
      const { alteredPart } = evidence;
      if (!alteredPart) return gatewayError('GATEWAY_KEY_REJECTED', `${keyMessage(error, evidence)} ${FOR_OPERATORS}`);
      const message = `SMS got another request than the gateway signed: its ${alteredPart} differs. Check the proxies in between.`;
      return gatewayError('GATEWAY_REQUEST_ALTERED', `${message} ${FOR_OPERATORS}`);
    }
  }
}

function tokenMessage({ code, family, message: smsMessage }: RedactedError, { proof }: Evidence): string {
  if (EXPIRED_TOKEN_CODE.test(code) || /(?<!security[ _-]?)\btoken\b.*\bexpired\b/i.test(smsMessage))
    return 'SMS rejected the token: it has expired. Get a new token.';
  if (/x-auth-token not found/i.test(smsMessage))
    return 'SMS did not get the token, although it was sent: a proxy in between removes X-Auth-Token. Tell the operator.';
  // The vendor's FAQ names four reasons: the token has expired, is not complete, or is of another environment; or the account
  // is in arrears or frozen. IAM has ruled out the first two.
  if (proof.token === 'checked' && /decrypt token fail/i.test(smsMessage))
    return "IAM accepts the token, but SMS cannot read it: it is for another region, or its account is in arrears or frozen. Get a token for the gateway's region.";
  if (/\btoken\b/i.test(smsMessage))
    return 'SMS rejected the token: it is not valid, or no longer valid. Get a new token.';
  if (family !== 'api-gateway' && smsMessage !== '') return smsMessage;
  if (proof.key !== 'own') return 'SMS rejected the token. Get a new token.';
  const message = 'SMS rejected the call and does not say whether its token or its signature is at fault.';
  return `${message} Get a new token; if that does not help, check the key of the gateway.`;
}

function keyMessage({ code, message }: RedactedError, { accessKeyId, alteredPart }: Evidence): string {
  if (/\bak\b.*not exist/i.test(message)) {
    const isOtherId = OTHER_ID.test(accessKeyId ?? '');
    const reason = isOtherId
      ? 'HUAWEICLOUD_SDK_AK holds the id of a project, an account or a user.'
      : 'It may have been deleted, or belong to another site of Huawei Cloud (China or international).';
    return `SMS does not know the gateway's access key. Check the key of the gateway. ${reason}`;
  }
  if (/security[ _-]?token/i.test(message))
    return "SMS rejected the security token of the gateway's key. Check the key of the gateway.";
  // A guess: the vendor shows no wording for a wrong id.
  if (/\b(?:project|domain)[ _-]?id\b/i.test(message))
    return "SMS rejected the id that was sent with the gateway's signature. Check HUAWEICLOUD_SDK_PROJECT_ID or _DOMAIN_ID.";
  if (alteredPart === null)
    return 'SMS got the request as the gateway signed it, and rejected its signature. Check the secret key of the gateway.';
  if (/\bak[/ ]*sk\b/i.test(message))
    return "SMS rejected the gateway's signature. Check the secret key of the gateway.";
  return `SMS rejected the gateway's signature (${code}). Check the key of the gateway.`;
}
