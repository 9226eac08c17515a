import { isFromIam } from '../errors/error-kind.ts';
import type { HttpResponse } from '../http/response.ts';
import { isWebPage } from '../http/web-page.ts';
import type { Proof } from './credentials.ts';

/** What SMS said of a signature: good, not good, nothing, or that the key is locked already. */
export type SignatureOutcome = 'accepted' | 'refused' | 'locked' | 'unknown';

/** What an answer to a call that could not be authenticated blames. */
export type Fault = 'token' | 'key' | 'locked-key' | 'clock' | 'temporary-key' | 'size';

export interface SignatureAssessment {
  outcome: SignatureOutcome;
  fault: Fault | null;
  /** The two hold only if IAM still takes the caller's token to be valid: it may have ended since it was checked. */
  needsTokenCheck: boolean;
}

/** What the judgement of an answer depends on, beside the answer. */
export interface Sent {
  proof: Proof;
  query?: readonly (readonly [name: string, value: string])[] | undefined;
  body: string | null;
  /** The clock of the gateway is too far from that of SMS for any signature to be accepted. */
  isClockOff: boolean;
}

const BEGIN = '^(?:Incorrect IAM authentication information: *)?(?:[\\w ]{1,40} failed, *)?';
/** The API gateway's wordings, from public issues, as they begin: what follows may be a caller's own words. */
const LOCKED = new RegExp(`${BEGIN}(AK access failed to reach the limit)`, 'i');
const REFUSED = new RegExp(
  `${BEGIN}(verify ak[/ ]*sk signature fail|signature expired|authorization format|ak [^ ]{1,128} not exist)`,
  'i',
);
/** Anywhere in a message, to explain it. */
const OF_SIGNATURE = /\bak[/ ]*sk\b|signature|authorization format|\bak\b.*not exist|access key|secret ?key/i;
const OF_SIZE = /\b(?:body|payload|entity|content)\b.{0,40}(?:too (?:large|long|big)|exceed|maximum|limit)/i;
const OF_TOKEN = /\btokens?\b/i;
/** The API gateway's codes that may concern a token: bad credentials, and a token that must be renewed. */
const OF_TOKENS = /^APIGW?\.(?:0301|0307)$/;

/** Bytes of a signed body that the API gateway takes. Source: vendor page. */
const MAX_SIGNED_BODY = 12 * 1000 ** 2;
/** Bytes from which on a body may be the reason all the same: nobody knows of every region. */
const LARGE_BODY = 1024 ** 2;

/**
 * What an answer says of the signature of its call, and what it blames. With the gateway's own key and no token that could
 * be at fault, a 401 of the API gateway concerns the key, whatever its wording: that differs by region and year. No caller
 * may bring that about, or one could suspend the key for all: so a token that was checked is checked anew, one that was
 * not is blamed unless the wording begins as that for a bad signature, and nothing counts for a large body.
 */
export function assessSignature(answer: HttpResponse, sent: Sent): SignatureAssessment {
  const { status } = answer;
  if (answer.isSuccess) return nothing(isWebPage(answer) ? 'unknown' : 'accepted');
  const { code, family, kind, message, source } = answer.error;
  if (kind !== 'unauthenticated' && !(family === 'api-gateway' && status === 401)) {
    if (code === '' && isBadSignature(status, message, sent)) return blaming('key', 'refused');
    const isFromSms = family === 'sms' && status >= 400 && status < 500;
    return nothing(isFromSms || (kind === 'forbidden' && family === 'api-gateway') ? 'accepted' : 'unknown');
  }
  const head = headOf(message);
  if (family === 'api-gateway' && isTooLarge(head, sent)) return blaming('size');
  switch (sent.proof.key) {
    case 'none':
      return family === 'api-gateway' && (!OF_TOKENS.test(code) || OF_SIGNATURE.test(head))
        ? nothing()
        : blaming('token');
    case 'temporary':
      return sent.isClockOff ? blaming('clock') : { ...blaming('temporary-key'), needsTokenCheck: true };
    case 'own':
      if (family === 'api-gateway') {
        const judgement = judgeOwnKey(status, code, message, sent);
        return (sent.body?.length ?? 0) < LARGE_BODY ? judgement : { ...judgement, outcome: 'unknown' };
      }
      if (sent.proof.token === 'none') return blaming('key');
      return isFromIam(status, source) && sent.proof.token === 'checked'
        ? { ...nothing(), needsTokenCheck: true }
        : blaming('token');
  }
}

/** The API gateway could not authenticate a call that the gateway's own key has signed. */
function judgeOwnKey(status: number, code: string, message: string, { proof, isClockOff }: Sent): SignatureAssessment {
  const refused: SignatureOutcome = status === 401 ? 'refused' : 'unknown';
  const isOfSignatures = /^APIGW?\.0301$/.test(code);
  const head = headOf(message);
  const fault: Fault = isClockOff || /signature expired/i.test(head) ? 'clock' : 'key';
  if (isOfSignatures && LOCKED.test(message)) return blaming('locked-key', 'locked');
  if (proof.token === 'none' || (isOfSignatures && REFUSED.test(message))) return blaming(fault, refused);
  if (OF_TOKEN.test(head) && !OF_SIGNATURE.test(head))
    return { ...blaming('token'), needsTokenCheck: proof.token === 'checked' };
  if (isClockOff) return blaming(fault, refused);
  if (proof.token === 'checked') return { ...blaming(fault, refused), needsTokenCheck: true };
  if (OF_SIGNATURE.test(head)) return blaming(fault);
  return OF_TOKENS.test(code) ? blaming('token') : NO_ASSESSMENT;
}

/** A message without a code counts only if it cannot be a repetition of the caller's own words. */
function isBadSignature(status: number, message: string, { proof, query = [], body }: Sent): boolean {
  const words = REFUSED.exec(message)?.[1];
  if (status !== 401 || proof.key !== 'own' || words === undefined) return false;
  return ![body ?? '', ...query.map(([, value]) => value)].some((text) => text.includes(words));
}

function isTooLarge(head: string, { proof, body }: Sent): boolean {
  return proof.key !== 'none' && (OF_SIZE.test(head) || (body?.length ?? 0) > MAX_SIGNED_BODY);
}

/** What the API gateway says itself: without the request as it saw it, and without names of headers. */
function headOf(message: string): string {
  const [head = ''] = message.split(/canonical|\b(?:GET|POST|PUT|DELETE)[|\n]/i, 1);
  return head.replace(/x-(?:auth|security|subject)-token|security[ _-]?token/gi, '');
}

export const NO_ASSESSMENT: SignatureAssessment = { outcome: 'unknown', fault: null, needsTokenCheck: false };

function nothing(outcome: SignatureOutcome = 'unknown'): SignatureAssessment {
  return { ...NO_ASSESSMENT, outcome };
}

function blaming(fault: Fault, outcome: SignatureOutcome = 'unknown'): SignatureAssessment {
  return { ...NO_ASSESSMENT, fault, outcome };
}
