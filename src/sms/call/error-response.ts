import { alteredPart } from '../auth/altered-request.ts';
import type { SignedRequest } from '../auth/credentials.ts';
import type { Fault } from '../auth/signature-outcome.ts';
import { asText, errorInBody, type Json } from '../errors/error-body.ts';
import { type ErrorDetail, type ErrorFacts, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { clockSkew } from '../http/clock-skew.ts';
import type { Redactor } from '../http/redact.ts';
import type { HttpResponse } from '../http/response.ts';
import { retryAfter } from '../http/retry-after.ts';
import type { SignableRequest } from '../sign.ts';
import { authenticationError, type RedactedError } from './authentication-error.ts';

/** Longest encrypted decision that is kept: SMS's own limit. */
const MAX_ENCODED_MESSAGE_CHARACTERS = 65_535;
const MAX_ITEMS = 20;

/** The credentials of the request were rejected. */
interface Rejection {
  fault: Fault;
  signed: SignedRequest;
  request: SignableRequest;
}

/**
 * The error for a response that is not a success, whatever its status. It contains no secret of the request, whatever
 * SMS echoes. `now` is the wall clock, in epoch ms. A `rejection` is given only if the credentials were rejected.
 */
export function errorFromResponse(
  response: HttpResponse,
  now: number,
  rejection: Rejection | null = null,
): RequestRejectedError | SmsUnavailableError {
  const { status, redactor, error } = response;
  const code = error.code === '' ? `HTTP_${status}` : redactor.text(error.code);
  const message = redactor.text(error.message);
  const facts = factsOf(response, error.source, now);
  if (status >= 300 && status < 400) {
    const redirect = `SMS responded with a redirect (HTTP ${status}), which is not followed. Check the endpoint.`;
    return new SmsUnavailableError('UPSTREAM_ERROR', redirect, { code, facts });
  }
  const redacted: RedactedError = { status, code, family: error.family, message, facts };
  if (rejection !== null) {
    const { fault, signed, request } = rejection;
    const { signedAt, proof, accessKeyId } = signed;
    return authenticationError(fault, redacted, {
      skew: fault === 'clock' && signedAt !== null ? clockSkew(message, signedAt, response.header('date')) : '',
      proof,
      accessKeyId,
      alteredPart: fault === 'key' ? alteredPart(error.message, request, signed.headers) : undefined,
    });
  }
  if (error.kind === 'unavailable' || error.kind === 'unauthenticated') return unavailableError(redacted);
  const text = message || `SMS refused the call with HTTP ${status}.`;
  return new RequestRejectedError(status, code, text, facts, error.kind);
}

/** SMS failed, or something else responded in its place. */
function unavailableError({ status, code, family, message, facts }: RedactedError): SmsUnavailableError {
  const detail = message && `: ${message}`;
  if (status < 300) {
    const worded = `SMS responded with HTTP ${status}, but with an error in the body${detail || '.'}`;
    return family === 'sms' || family === 'api-gateway'
      ? new SmsUnavailableError('UPSTREAM_ERROR', worded, { code, facts })
      : new SmsUnavailableError('INVALID_ANSWER', worded, { facts });
  }
  if (family === 'sms' || status >= 500 || status === 408)
    return new SmsUnavailableError('UPSTREAM_ERROR', message || `SMS failed with HTTP ${status}. Try later.`, {
      code,
      facts,
    });
  const worded = `The API gateway or a proxy responded in place of SMS with HTTP ${status}${detail || '.'} Try later.`;
  // The API gateway rejects a call before SMS gets it. A proxy may have passed it on.
  const outcome = family === 'api-gateway' ? 'NOT_SENT' : 'UNKNOWN';
  return new SmsUnavailableError('UPSTREAM_ERROR', worded, { code, facts, outcome });
}

function factsOf(response: HttpResponse, source: Json, now: number): ErrorFacts {
  const { redactor } = response;
  const list = (value: unknown): unknown[] | null => (Array.isArray(value) ? value.slice(0, MAX_ITEMS) : null);
  const encoded = source['encoded_authorization_message'];
  return {
    httpStatus: response.status,
    requestId: response.requestId ?? redactor.id(source['request_id']),
    retryAfter: retryAfter(response.header('retry-after'), response.header('date'), now),
    errorParam: list(source['error_param'])?.map((item) => redactor.text(asText(item) ?? '')) ?? null,
    details: list(source['details'])?.map((item) => detailOf(item, redactor)) ?? null,
    encodedAuthorizationMessage:
      typeof encoded === 'string' ? redactor.text(encoded, MAX_ENCODED_MESSAGE_CHARACTERS) : null,
  };
}

function detailOf(detail: unknown, redactor: Redactor): ErrorDetail {
  const { code, message } = errorInBody(detail) ?? { code: null, message: asText(detail) };
  const redacted = (text: string | null) => (text === null ? null : redactor.text(text));
  return { error_code: redacted(code), error_msg: redacted(message) };
}
