import { isFromIam } from '../errors/error-kind.ts';
import { isProse } from '../http/plain-text.ts';
import type { HttpResponse } from '../http/response.ts';
import { isWebPage } from '../http/web-page.ts';
import type { Proof } from './credentials.ts';

/** What a response says about the signature. `locked`: SMS has locked the key already. */
export type SignatureOutcome = 'accepted' | 'refused' | 'locked' | 'unknown';

/** What is to blame for a call that could not be authenticated. */
export type Fault = 'token' | 'key' | 'locked-key' | 'clock' | 'temporary-key' | 'size';

export interface SignatureAssessment {
  outcome: SignatureOutcome;
  fault: Fault | null;
  /** Outcome and fault hold only if IAM says that the token is still valid: it may have ended since its check. */
  needsTokenCheck: boolean;
}

/** What the assessment depends on, beside the response. */
export interface SentCall {
  proof: Proof;
  query?: readonly (readonly [name: string, value: string])[] | undefined;
  body: string | null;
  /** The clock of the gateway is too far from SMS's for any signature to be accepted. */
  isClockOff: boolean;
}

const BEGIN = '^(?:Incorrect IAM authentication information: *)?(?:[\\w ]{1,40} failed, *)?';
/** How messages of the API gateway begin, according to public issues. The rest may repeat the caller's input. */
const LOCKED = new RegExp(`${BEGIN}(AK access failed to reach the limit)`, 'i');
const REFUSED = new RegExp(
  `${BEGIN}(verify ak[/ ]*sk signature fail|signature expired|authorization format|ak [^ ]{1,128} not exist)`,
  'i',
);
/** Anywhere in a message, only to explain it. */
const ABOUT_SIGNATURE = /\bak[/ ]*sk\b|signature|authorization format|\bak\b.*not exist|access key|secret ?key/i;
const ABOUT_SIZE = /\b(?:body|payload|entity|content)\b.{0,40}(?:too (?:large|long|big)|exceed|maximum|limit)/i;
const ABOUT_TOKEN = /\btokens?\b/i;
const BAD_CREDENTIALS = /^APIGW?\.0301$/;
/** Codes of the API gateway that may be about a token: bad credentials, and a token that must be renewed. */
const TOKEN_CODES = /^APIGW?\.(?:0301|0307)$/;

/** The API gateway's limit for a signed body. Source: vendor page. */
const MAX_SIGNED_BODY_BYTES = 12 * 1000 ** 2;
/** From this size on, the body may be the reason for a rejection, since limits may differ by region. */
const LARGE_BODY_BYTES = 1024 ** 2;

export const NO_ASSESSMENT: SignatureAssessment = { outcome: 'unknown', fault: null, needsTokenCheck: false };
const ACCEPTED: SignatureAssessment = { ...NO_ASSESSMENT, outcome: 'accepted' };

/**
 * Decides what a 401 of the API gateway is about. Its wording differs by region and year, so the decision rests on what was
 * sent. If the gateway's own key signed and no token can be at fault, it is about the key. A caller must not be able to
 * provoke that result, because it could then suspend the key for everyone:
 * - A token that was checked is checked again.
 * - A token that was not checked is blamed, unless the message begins like the one for a bad signature.
 * - With a large body the outcome is unknown.
 */
export function assessSignature(response: HttpResponse, call: SentCall): SignatureAssessment {
  if (response.isSuccess) {
    const isUnknown = call.proof.key === 'none' || isWebPage(response) || isProse(response);
    return isUnknown ? NO_ASSESSMENT : ACCEPTED;
  }
  const { status } = response;
  const { code, family, kind, message, source } = response.error;
  const isFromApiGateway = family === 'api-gateway';
  if (kind !== 'unauthenticated' && !(isFromApiGateway && status === 401)) {
    if (code === '' && isBadSignature(status, message, call)) return blame('key', 'refused');
    const isFromSms = family === 'sms' && status >= 400 && status < 500;
    const isAccepted = isFromSms || (kind === 'forbidden' && isFromApiGateway);
    return isAccepted ? ACCEPTED : NO_ASSESSMENT;
  }
  const head = headOf(message);
  if (isFromApiGateway && isTooLarge(head, call)) return blame('size');
  switch (call.proof.key) {
    case 'none':
      return isFromApiGateway && (!TOKEN_CODES.test(code) || ABOUT_SIGNATURE.test(head))
        ? NO_ASSESSMENT
        : blame('token');
    case 'temporary':
      return call.isClockOff ? blame('clock') : blame('temporary-key', 'unknown', true);
    case 'own':
      if (isFromApiGateway) {
        const assessment = assessOwnKey(status, code, message, call);
        return (call.body?.length ?? 0) < LARGE_BODY_BYTES ? assessment : { ...assessment, outcome: 'unknown' };
      }
      if (call.proof.token === 'none') return blame('key');
      return isFromIam(status, source) && call.proof.token === 'checked'
        ? { ...NO_ASSESSMENT, needsTokenCheck: true }
        : blame('token');
  }
}

/** The API gateway could not authenticate a call that the gateway's own key signed. */
function assessOwnKey(
  status: number,
  code: string,
  message: string,
  { proof, isClockOff }: SentCall,
): SignatureAssessment {
  const refused: SignatureOutcome = status === 401 ? 'refused' : 'unknown';
  const isBadCredentials = BAD_CREDENTIALS.test(code);
  const head = headOf(message);
  const fault: Fault = isClockOff || /signature expired/i.test(head) ? 'clock' : 'key';
  if (isBadCredentials && LOCKED.test(message)) return blame('locked-key', 'locked');
  if (proof.token === 'none' || (isBadCredentials && REFUSED.test(message))) return blame(fault, refused);
  if (ABOUT_TOKEN.test(head) && !ABOUT_SIGNATURE.test(head))
    return blame('token', 'unknown', proof.token === 'checked');
  if (isClockOff) return blame(fault, refused);
  if (proof.token === 'checked') return blame(fault, refused, true);
  if (ABOUT_SIGNATURE.test(head)) return blame(fault);
  return TOKEN_CODES.test(code) ? blame('token') : NO_ASSESSMENT;
}

/** A message without a code counts only if it cannot repeat the caller's own words. */
function isBadSignature(status: number, message: string, { proof, query = [], body }: SentCall): boolean {
  const words = REFUSED.exec(message)?.[1];
  if (status !== 401 || proof.key !== 'own' || words === undefined) return false;
  return ![body ?? '', ...query.map(([, value]) => value)].some((text) => text.includes(words));
}

function isTooLarge(head: string, { proof, body }: SentCall): boolean {
  return proof.key !== 'none' && (ABOUT_SIZE.test(head) || (body?.length ?? 0) > MAX_SIGNED_BODY_BYTES);
}

/** The API gateway's own words: without the canonical request that it shows, and without names of headers. */
function headOf(message: string): string {
  const [head = ''] = message.split(/canonical|\b(?:GET|POST|PUT|DELETE)[|\n]/i, 1);
  return head.replace(/x-(?:auth|security|subject)-token|security[ _-]?token/gi, '');
}

function blame(fault: Fault, outcome: SignatureOutcome = 'unknown', needsTokenCheck = false): SignatureAssessment {
  return { outcome, fault, needsTokenCheck };
}
