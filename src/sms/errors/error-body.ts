import { parseJson } from '../../text/json.ts';

export type Json = Record<string, unknown>;

export interface ErrorBody {
  code: string | null;
  message: string | null;
  /** The object with code and message, merged with the one around it. */
  source: Json;
}

/** Nested objects that are searched. The known forms need one level. */
const MAX_LEVELS = 8;

/** How the vendor's services name code and message, in the form that `byName` returns. */
const PAIRS: readonly { code: string; messages: readonly string[] }[] = [
  { code: 'errorcode', messages: ['errormsg', 'errormessage'] },
  { code: 'code', messages: ['message', 'msg'] },
];

/**
 * The first code and message at the top, or in a nested object, an array or a JSON text; one of the two may be missing.
 * Of several in one object, the first with a code of SMS's or of the API gateway's.
 */
export function errorInBody(value: unknown, levels = MAX_LEVELS): ErrorBody | null {
  const body = objectOf(value);
  if (body === null) return null;
  const candidates = [body, body['error']].filter(isObject).flatMap((holder) => {
    const named = byName(holder);
    return PAIRS.flatMap(({ code: codeName, messages }) => {
      const code = textOf(named[codeName]);
      const message = messages.map((name) => textOf(named[name])).find((text) => text !== null) ?? null;
      return code === null && message === null ? [] : [{ code, message, source: { ...holder, ...body } }];
    });
  });
  const best =
    candidates.find(({ code }) => code !== null && ['sms', 'api-gateway'].includes(familyOf(code))) ?? candidates[0];
  if (best !== undefined || levels === 0) return best ?? null;
  for (const [name, inner] of Object.entries(body)) {
    // `details` lists the causes of an error.
    const nested = typeof inner === 'object' && name !== 'details' ? errorInBody(inner, levels - 1) : null;
    if (nested !== null) return nested;
  }
  return null;
}

/** Which service has such codes. A number that is an HTTP status says no more than the status. */
export type CodeFamily = 'sms' | 'api-gateway' | 'http' | 'other';

export function familyOf(code: string): CodeFamily {
  if (/^\s*SMS(?![a-z])/i.test(code)) return 'sms';
  if (/^\s*APIGW?(?![a-z])/i.test(code)) return 'api-gateway';
  return /^\s*[1-5]\d\d\s*$/.test(code) ? 'http' : 'other';
}

/** Fields that only error bodies have. Anything else is data. */
const ERROR_NAMES = new Set([
  ...PAIRS.flatMap(({ code, messages }) => [code, ...messages]),
  ...'details encodedauthorizationmessage error errordescription errorparam errors path requestid status'.split(' '),
  ...'success timestamp title traceid'.split(' '),
]);

/** Fields of the errors of other services, and of proxies. In a response of SMS they may be data. */
const FOREIGN_ERROR_NAMES = new Set('detail errcode errmsg fault hint instance ok reason statuscode type'.split(' '));

/** Fields that say where or when an error occurred. Alone, they report none. */
const CIRCUMSTANCES = new Set('instance path requestid timestamp traceid'.split(' '));

/** Whether a value is an object that has only fields that errors have, whatever they say: `{"message": "Endpoint request timed out"}`. */
export function hasOnlyErrorFields(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value).map(plainName);
  // `details` may be results.
  const isOfError = (name: string) => name !== 'details' && (ERROR_NAMES.has(name) || FOREIGN_ERROR_NAMES.has(name));
  return names.every(isOfError) && names.some((name) => !CIRCUMSTANCES.has(name));
}

/**
 * Whether the body of a response with a 2xx status is an error: it has `error_code` at the top, or any other form of error
 * and no data beside it. Data about errors, such as `error_json`, is not an error.
 */
export function isErrorBody(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => isObject(item) && isErrorObject(item));
  const body = objectOf(value);
  return body !== null && isErrorObject(body);
}

function isErrorObject(body: Json, levels = MAX_LEVELS): boolean {
  const named = byName(body);
  if (isFailureCode(named['errorcode'])) return true;
  const entries = Object.entries(named).filter(([, value]) => value !== null && value !== '');
  const [first] = entries;
  if (first === undefined || levels === 0) return false;
  // OpenStack names the kind of error: `{"itemNotFound": {"code": 404, "message": …}}`.
  if (entries.length === 1 && isObject(first[1])) return isErrorObject(first[1], levels - 1);
  if (!entries.every(([name]) => ERROR_NAMES.has(name))) return false;
  const { error, errors, code, message, msg, success, errormsg, errormessage } = named;
  if (isObject(error)) return isErrorObject(error, levels - 1);
  if ([error, errormsg, errormessage].some((text) => textOf(text) !== null) || success === false) return true;
  if (Array.isArray(errors) && errors.length > 0) return true;
  return isFailureCode(code) && textOf(message ?? msg) !== null;
}

/** Some services also have a code for success. */
function isFailureCode(code: unknown): boolean {
  const text = textOf(code);
  return text !== null && !/^(0+|2\d\d|ok|success)$/i.test(text);
}

/** Fields by their names in lower case and without separators: `error_code`, `errorCode` and `ErrorCode` are one. */
function byName(body: Json): Json {
  const named: Json = {};
  for (const [name, value] of Object.entries(body)) named[plainName(name)] = value;
  return named;
}

/** Every response is looked at for an error, and most have the same names. */
const plainNames = new Map<string, string>();
const MAX_CACHED_NAMES = 1_000;
const MAX_CACHED_CHARACTERS = 64;

function plainName(name: string): string {
  const cached = plainNames.get(name);
  if (cached !== undefined) return cached;
  const plain = name.replace(/[_-]/g, '').toLowerCase();
  if (plainNames.size < MAX_CACHED_NAMES && name.length <= MAX_CACHED_CHARACTERS) plainNames.set(name, plain);
  return plain;
}

/** An object, the first of an array, or either as JSON text. */
function objectOf(value: unknown): Json | null {
  if (Array.isArray(value)) return isObject(value[0]) ? value[0] : null;
  if (typeof value !== 'string') return isObject(value) ? value : null;
  if (!/^\s*[{[]/.test(value)) return null;
  try {
    return objectOf(parseJson(value));
  } catch {
    return null;
  }
}

/** A text without the space around it, or a number as text. Null if nothing is left. */
function textOf(value: unknown): string | null {
  return asText(value)?.trim() || null;
}

export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
