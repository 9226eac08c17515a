import { type CodeFamily, type ErrorBody, familyOf, isObject } from './error-body.ts';
import table from './error-codes.json' with { type: 'json' };

/** What an error means for the caller. */
export type ErrorKind =
  | 'invalid-input'
  | 'conflict'
  | 'quota'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'throttled'
  | 'unavailable';

/** Code -> kind, from the API Reference, Issue 37 of 2026-07-06: it lists nearly all under 400, so the code decides. */
const KINDS: ReadonlyMap<string, ErrorKind> = new Map(Object.entries(table as Record<string, ErrorKind>));

/** The API gateway cannot know of SMS's objects and inputs, so its status decides: no such API, and a bad request. */
const BY_STATUS_ALONE = new Set(['APIGW.0101', 'APIGW.0201']);

/** With 401 these numbers have the meaning that they had until 2022: today's is met within tasks alone. */
const UNTIL_2022: Readonly<Record<string, ErrorKind>> = {
  'SMS.2003': 'invalid-input',
  'SMS.2004': 'invalid-input',
  'SMS.2013': 'conflict',
};

type Speaker = CodeFamily | 'iam';
type KindOfStatus = Readonly<Partial<Record<number, ErrorKind>>>;

/** A request that is too large, or one of too many, is so for anybody on the way. */
const FOR_ALL: KindOfStatus = { 413: 'invalid-input', 414: 'invalid-input', 429: 'throttled' };

/** What a status means for codes that the table does not hold, by who gives out such codes; all others: unavailable. */
const BY_STATUS: Readonly<Record<Speaker, KindOfStatus>> = {
  sms: {
    ...FOR_ALL,
    400: 'invalid-input',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not-found',
    409: 'conflict',
    410: 'not-found',
    422: 'invalid-input',
    423: 'conflict',
  },
  // Other services of the vendor, whose codes SMS may pass on. What they do not find is theirs.
  other: { ...FOR_ALL, 400: 'invalid-input', 403: 'forbidden', 409: 'conflict', 422: 'invalid-input' },
  'api-gateway': { ...FOR_ALL, 403: 'forbidden' },
  iam: { ...FOR_ALL, 401: 'unauthenticated', 403: 'forbidden' },
  http: FOR_ALL,
};

/**
 * SMS's and the API gateway's codes in their usual form, whatever the case and the separator; a number alone where SMS has
 * such a code. Any other code as it is.
 */
export function canonicalCode(code: string): string {
  const [, family, digits = ''] = /^\s*(?:(SMS|APIGW?)[\s._:-]*)?(\d{4})\s*$/i.exec(code) ?? [];
  if (family !== undefined) return `${family.toUpperCase()}.${digits}`;
  return KINDS.has(`SMS.${digits}`) ? `SMS.${digits}` : code;
}

/**
 * What an error means: its code decides, and the status only for codes that the table does not hold. Without a code of
 * SMS's it did not come from SMS, so it says nothing of SMS's objects and inputs, and a 401 nothing of a token.
 */
export function kindOf(status: number, named: ErrorBody | null): ErrorKind {
  const code = canonicalCode(named?.code ?? '');
  const known = code.replace(/^APIG\./, 'APIGW.');
  const kind = BY_STATUS_ALONE.has(known) ? undefined : KINDS.get(known);
  if (status === 401 && known in UNTIL_2022) return UNTIL_2022[known] ?? 'unavailable';
  // A service that fails because of too many calls says so by the status alone: no code of SMS's means that.
  if (status === 429 && kind === 'unavailable') return 'throttled';
  return kind ?? BY_STATUS[speakerOf(status, code, named)][status] ?? 'unavailable';
}

function speakerOf(status: number, code: string, named: ErrorBody | null): Speaker {
  if (code === '') return 'http';
  return isFromIam(status, named?.source) ? 'iam' : familyOf(code);
}

/** IAM's own form, `{"error": {"code": 401, "message": …, "title": …}}`, which SMS passes on. */
export function isFromIam(status: number, body: unknown): boolean {
  const error = isObject(body) ? body['error'] : null;
  if (!isObject(error)) return false;
  return Number(error['code']) === status && ['message', 'title'].every((name) => typeof error[name] === 'string');
}
