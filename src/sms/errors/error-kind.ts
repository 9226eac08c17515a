import { type CodeFamily, errorInBody, familyOf, isObject, type Json } from './error-body.ts';
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

/** From the API Reference, Issue 37 of 2026-07-06. It lists nearly all codes under 400, so the code decides. */
const KINDS: ReadonlyMap<string, ErrorKind> = new Map(Object.entries(table as Record<string, ErrorKind>));

/** For these the status decides: the API gateway knows nothing about SMS's objects and inputs. */
const BY_STATUS_ALONE = new Set(['APIGW.0101', 'APIGW.0201']);

/** With 401 these codes have the meaning that they had until 2022. Today's meaning occurs only within tasks. */
const UNTIL_2022: Readonly<Record<string, ErrorKind>> = {
  'SMS.2003': 'invalid-input',
  'SMS.2004': 'invalid-input',
  'SMS.2013': 'conflict',
};

type Service = CodeFamily | 'iam';
type KindOfStatus = Readonly<Partial<Record<number, ErrorKind>>>;

/** Any service on the way may reject a request that is too large, or too many requests. */
const FOR_ALL: KindOfStatus = { 413: 'invalid-input', 414: 'invalid-input', 429: 'throttled' };

/** The meaning of a status whose code is not in the table, by the service that the code belongs to. Default: unavailable. */
const BY_STATUS: Readonly<Record<Service, KindOfStatus>> = {
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
  // Other services of the vendor, whose codes SMS may pass on. A 404 of theirs is not about SMS's objects.
  other: { ...FOR_ALL, 400: 'invalid-input', 403: 'forbidden', 409: 'conflict', 422: 'invalid-input' },
  'api-gateway': { ...FOR_ALL, 403: 'forbidden' },
  iam: { ...FOR_ALL, 401: 'unauthenticated', 403: 'forbidden' },
  http: FOR_ALL,
};

/** The error in a response. */
export interface ResponseError {
  /** In its canonical form; empty if the response has none. */
  readonly code: string;
  readonly family: CodeFamily;
  readonly message: string;
  readonly kind: ErrorKind;
  /** The object with code, message and any other fields of the error. */
  readonly source: Json;
}

export function responseErrorIn(status: number, body: unknown): ResponseError {
  const error = errorInBody(body);
  const code = canonicalCode(error?.code ?? '');
  const source = error?.source ?? (isObject(body) ? body : {});
  const family = familyOf(code);
  const service = code === '' ? 'http' : isFromIam(status, source) ? 'iam' : family;
  return { code, family, message: error?.message ?? '', kind: kindOf(status, code, service), source };
}

/**
 * Codes of SMS and of the API gateway in their usual form, whatever their case and separator; a number alone if SMS has
 * such a code. Any other code is returned as it is.
 */
export function canonicalCode(code: string): string {
  const [, family, digits = ''] = /^\s*(?:(SMS|APIGW?)[\s._:-]*)?(\d{4})\s*$/i.exec(code) ?? [];
  if (family !== undefined) return `${family.toUpperCase()}.${digits}`;
  return KINDS.has(`SMS.${digits}`) ? `SMS.${digits}` : code;
}

/**
 * The code decides. The status decides only for codes that are not in the table. A response without one of SMS's codes did
 * not come from SMS, so its status says nothing about SMS's objects, the input or the token.
 */
function kindOf(status: number, code: string, service: Service): ErrorKind {
  const listed = code.replace(/^APIG\./, 'APIGW.');
  const kind = BY_STATUS_ALONE.has(listed) ? undefined : KINDS.get(listed);
  if (status === 401 && listed in UNTIL_2022) return UNTIL_2022[listed] ?? 'unavailable';
  // No code of SMS's means "too many calls", so a service that fails because of them says so by the status.
  if (status === 429 && kind === 'unavailable') return 'throttled';
  return kind ?? BY_STATUS[service][status] ?? 'unavailable';
}

/** IAM's own form, `{"error": {"code": 401, "message": …, "title": …}}`, which SMS passes on. */
export function isFromIam(status: number, body: unknown): boolean {
  const error = isObject(body) ? body['error'] : null;
  if (!isObject(error)) return false;
  return Number(error['code']) === status && ['message', 'title'].every((name) => typeof error[name] === 'string');
}
