import type { Answer } from './answer.ts';
import type { Redactor } from './clean.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { clockSkew } from './clock-skew.ts';
import { asText, findCodeAndMessage, isObject, type Json } from './code-and-message.ts';
import { jsonIn } from './download.ts';
import { type ErrorDetail, type SmsAnswerFacts, SmsRefused, SmsUnreachable } from './errors.ts';

/** Longest encrypted decision that is kept: SMS's own limit, in characters. */
const LONGEST_ENCODED_MESSAGE = 65_535;
const MOST_ITEMS = 20;
/** Seconds. A wait beyond it is no wait, and more milliseconds than a timer takes would end at once. */
const LONGEST_RETRY_AFTER = 24 * 3600;

/**
 * The error in an answer that is not a success. All shapes that the vendor's services send are read: `error_code` and
 * `error_msg`, `errorCode` and `errorMsg`, `code` and `message`, each at the top or in a nested object, one of a pair
 * alone, numbers as codes, an array, text that is not JSON, nothing.
 * `sent` are the headers of the call. No secret of it gets into the error, whatever SMS echoes.
 */
export function errorFrom(
  answer: Answer,
  sent: Readonly<Record<string, string>>,
  now: Date,
): SmsRefused | SmsUnreachable {
  const { status, redact } = answer;
  const clean = redact.text;
  const body = jsonIn(answer.bytes);
  const found = isObject(body) ? findCodeAndMessage(body) : {};
  const code = clean(asText(found.code) ?? `HTTP_${status}`);
  const facts = factsOf(answer, isObject(body) ? body : {}, now);
  const said = clean(found.message ?? '');

  if (status === 401) {
    const message = authenticationMessage(said, clockSkew(said, sent, answer.header('date'), now));
    return new SmsRefused(status, code, message, facts);
  }
  if (status >= 300 && status < 400) {
    const message = `SMS sent the call elsewhere (HTTP ${status}), which is never followed. Check the endpoint.`;
    return new SmsUnreachable('UPSTREAM_ERROR', message, { code, facts });
  }
  if (status >= 500 || status === 408) {
    const message = said || `SMS failed with HTTP ${status}. Try later.`;
    return new SmsUnreachable('UPSTREAM_ERROR', message, { code, facts });
  }
  return new SmsRefused(status, code, said || `SMS refused the call with HTTP ${status}.`, facts);
}

/**
 * A 401 in words that the caller can act on. The front door's own text may hold the access key and the canonical
 * request as the server saw it, so where it speaks of a signature or token, ours stands instead.
 */
function authenticationMessage(said: string, skew: string | null): string {
  if (skew !== null) return `SMS refused the signature for its time: ${skew}. Set the clock of the gateway.`;
  if (/aksk signature/i.test(said)) return "SMS refused the gateway's signature. Check the secret key of the gateway.";
  if (/\bak\b.*not exist/i.test(said))
    return "SMS does not know the gateway's access key. Check the key of the gateway.";
  if (/\btoken\b/i.test(said)) return 'SMS refused the token: it is not valid, or no longer. Get a new token.';
  return said || 'SMS refused the call with HTTP 401. Get a new token.';
}

function factsOf(answer: Answer, body: Json, now: Date): SmsAnswerFacts {
  const clean = answer.redact.text;
  const source = isObject(body['error']) ? { ...body['error'], ...body } : body;
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.slice(0, MOST_ITEMS).map((item) => clean(asText(item) ?? '')) : null;
  const encoded = source['encoded_authorization_message'];
  return {
    requestId: answer.requestId ?? answer.redact.id(source['request_id']),
    retryAfter: retryAfter(answer.header('retry-after'), answer.header('date'), now.getTime()),
    errorParam: texts(source['error_param']),
    details: Array.isArray(source['details'])
      ? source['details'].slice(0, MOST_ITEMS).map((detail) => detailOf(detail, clean))
      : null,
    encodedAuthorizationMessage: typeof encoded === 'string' ? clean(encoded, LONGEST_ENCODED_MESSAGE) : null,
  };
}

function detailOf(detail: unknown, clean: Redactor['text']): ErrorDetail {
  const { code, message } = isObject(detail) ? findCodeAndMessage(detail) : { code: null, message: asText(detail) };
  const cleaned = (text: string | null | undefined) => (text == null ? null : clean(text));
  return { error_code: cleaned(asText(code)), error_msg: cleaned(message) };
}

/**
 * `Retry-After` in whole seconds (RFC 9110 section 10.2.3), a day at most: a number, or a date that is held against the
 * answer's own, or against our clock where the answer has none.
 */
export function retryAfter(value: string | null, date: string | null, now = SYSTEM_CLOCK.now()): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value.trim())) return Math.min(Number(value), LONGEST_RETRY_AFTER);
  // Anything with a digit in it is a date to the parser.
  const until = value.trim().endsWith('GMT') ? Date.parse(value) : Number.NaN;
  const answered = Date.parse(date ?? '');
  const seconds = Math.ceil((until - (Number.isNaN(answered) ? now : answered)) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), LONGEST_RETRY_AFTER);
}
