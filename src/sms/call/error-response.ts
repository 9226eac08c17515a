import type { Fault } from '../auth/signature-outcome.ts';
import { asText, errorInBody, familyOf, isObject, type Json } from '../errors/error-body.ts';
import { canonicalCode, kindOf } from '../errors/error-kind.ts';
import { type ErrorDetail, type ErrorFacts, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { clockSkew } from '../http/clock-skew.ts';
import type { Redactor } from '../http/redact.ts';
import type { HttpResponse } from '../http/response.ts';
import { retryAfter } from '../http/retry-after.ts';
import { authenticationError } from './authentication-error.ts';

/** Longest encrypted decision that is kept: SMS's own limit, in characters. */
const MAX_ENCODED_MESSAGE_CHARACTERS = 65_535;
const MAX_ITEMS = 20;

/**
 * The error in an answer that is not a success, or is one by its status alone. `sent` are the headers of the call. No secret of
 * it gets into the error, whatever SMS echoes. `fault` is what a rejection of the call's credentials blames; without one nobody
 * has rejected them.
 */
export function errorFromResponse(
  answer: HttpResponse,
  sent: Readonly<Record<string, string>>,
  now: Date,
  { fault = null, isSigned = false }: { fault?: Fault | null; isSigned?: boolean } = {},
): RequestRejectedError | SmsUnavailableError {
  const { status, redact } = answer;
  const clean = redact.text;
  const named = errorInBody(answer.json);
  const code = named?.code == null ? `HTTP_${status}` : clean(canonicalCode(named.code));
  const source = named?.source ?? (isObject(answer.json) ? answer.json : {});
  const facts = factsOf(answer, source, now);
  const said = clean(named?.message ?? '');

  if (status >= 300 && status < 400) {
    const message = `SMS sent the call elsewhere (HTTP ${status}), which is never followed. Check the endpoint.`;
    return new SmsUnavailableError('UPSTREAM_ERROR', message, { code, facts });
  }
  if (fault !== null) {
    const skew = fault === 'clock' ? clockSkew(said, sent, answer.header('date'), now) : null;
    return authenticationError(fault, { status, code, family: familyOf(code), said, facts, skew, isSigned });
  }
  const kind = kindOf(status, named);
  if (kind === 'unavailable' || kind === 'unauthenticated') return unavailable(status, { code, said, facts });
  return new RequestRejectedError(status, code, said || `SMS refused the call with HTTP ${status}.`, facts, kind);
}

/** SMS has failed, or it was not SMS that answered. */
function unavailable(
  status: number,
  { code, said, facts }: { code: string; said: string; facts: ErrorFacts },
): SmsUnavailableError {
  const colon = said && `: ${said}`;
  const family = familyOf(code);
  if (status < 300) {
    const message = `SMS answered with HTTP ${status}, but with an error in the body${colon || '.'}`;
    return family === 'sms' || family === 'api-gateway'
      ? new SmsUnavailableError('UPSTREAM_ERROR', message, { code, facts })
      : new SmsUnavailableError('INVALID_ANSWER', message, { facts });
  }
  if (family === 'sms' || status >= 500 || status === 408)
    return new SmsUnavailableError('UPSTREAM_ERROR', said || `SMS failed with HTTP ${status}. Try later.`, {
      code,
      facts,
    });
  const message = `The API gateway or a proxy answered in place of SMS with HTTP ${status}${colon || '.'} Try later.`;
  // The API gateway rejects a call before SMS gets it. Of a proxy nobody knows.
  const outcome = family === 'api-gateway' ? 'NOT_SENT' : 'UNKNOWN';
  return new SmsUnavailableError('UPSTREAM_ERROR', message, { code, facts, outcome });
}

function factsOf(answer: HttpResponse, source: Json, now: Date): ErrorFacts {
  const clean = answer.redact.text;
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.slice(0, MAX_ITEMS).map((item) => clean(asText(item) ?? '')) : null;
  const encoded = source['encoded_authorization_message'];
  return {
    httpStatus: answer.status,
    requestId: answer.requestId ?? answer.redact.id(source['request_id']),
    retryAfter: retryAfter(answer.header('retry-after'), answer.header('date'), now.getTime()),
    errorParam: texts(source['error_param']),
    details: Array.isArray(source['details'])
      ? source['details'].slice(0, MAX_ITEMS).map((detail) => detailOf(detail, clean))
      : null,
    encodedAuthorizationMessage: typeof encoded === 'string' ? clean(encoded, MAX_ENCODED_MESSAGE_CHARACTERS) : null,
  };
}

function detailOf(detail: unknown, clean: Redactor['text']): ErrorDetail {
  const named = errorInBody(detail) ?? { code: null, message: asText(detail) };
  const cleaned = (text: string | null) => (text === null ? null : clean(text));
  return { error_code: cleaned(named.code), error_msg: cleaned(named.message) };
}
