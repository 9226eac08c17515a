import type { Answer } from './answer.ts';
import { asText, findCodeAndMessage, isObject } from './code-and-message.ts';
import { jsonIn } from './download.ts';

/** What SMS said of a signature: good, not good, nothing, or that the key is locked already. */
export type Verdict = 'accepted' | 'refused' | 'locked' | 'unknown';

/** What a caller put into a call, which SMS may repeat in its answer. */
interface Said {
  query?: readonly (readonly [name: string, value: string])[] | undefined;
  body?: string | Uint8Array | null | undefined;
}

/** "Who are you" is answered by the front door of SMS, under this code. Newer ones write `APIG` for `APIGW`. */
const FRONT_DOOR = /^APIGW?\.0301$/;
const BEGIN = '^(?:Incorrect IAM authentication information: *)?(?:[\\w ]{1,40} failed, *)?';
/** The front door's wordings, from public issues, as they begin: what follows may be a caller's own words. */
const LOCKED = new RegExp(`${BEGIN}(AK access failed to reach the limit)`, 'i');
const REFUSED = new RegExp(
  `${BEGIN}(verify ak/?sk signature fail|signature expired|authorization format|ak [^ ]{1,128} not exist)`,
  'i',
);

/**
 * What an answer says of the signature of its call. A token that is refused says nothing of it, for the order of the
 * two checks is not known; nor does a page of somebody in between. No caller may bring it about by words that SMS
 * repeats, or one could make the key rest for all.
 */
export function verdictOf(answer: Answer, said: Said = {}): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300)
    return /^text\/html\b/i.test(answer.header('content-type') ?? '') ? 'unknown' : 'accepted';
  if (status !== 401 && status !== 403) return 'unknown';
  const body = jsonIn(answer.bytes);
  if (!isObject(body)) return 'unknown';
  const { code, message } = findCodeAndMessage(isObject(body['error']) ? body['error'] : body, 0);
  const named = asText(code);
  if (named === null ? isRepeated(message ?? '', said) : !FRONT_DOOR.test(named))
    return status === 403 && named !== null ? 'accepted' : 'unknown';
  if (LOCKED.test(message ?? '')) return 'locked';
  return status === 401 && REFUSED.test(message ?? '') ? 'refused' : 'unknown';
}

function isRepeated(message: string, { query = [], body }: Said): boolean {
  const words = (LOCKED.exec(message) ?? REFUSED.exec(message))?.[1];
  if (words === undefined) return false;
  return [String(body ?? ''), ...query.map(([, value]) => value)].some((text) => text.includes(words));
}
