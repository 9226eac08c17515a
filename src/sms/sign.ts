/**
 * SDK-HMAC-SHA256, the request signature of Huawei Cloud's API gateway: pure functions, one per step. Source:
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html, and the signatures that the vendor's own
 * SDKs produce (test/sign.vectors.json).
 */
import { createHmac, hash } from 'node:crypto';

export const ALGORITHM = 'SDK-HMAC-SHA256';

/** A request as it will be sent. Signing changes nothing in it. Header names may be in any case. */
export interface SignableRequest {
  method: string;
  /** The path of the request line, percent-encoded, without the query. */
  path: string;
  /** Decoded pairs, in any order. */
  query?: readonly (readonly [name: string, value: string])[];
  headers: Headers;
  body?: string | Uint8Array | null;
}

type Headers = Readonly<Record<string, string>>;

export interface AccessKey {
  ak: string;
  sk: string;
}

/**
 * Signs a request, which must have `X-Sdk-Date` and `Host`. Every header is signed except `Authorization` itself and
 * names with an underscore, which proxies drop.
 */
export function sign(request: SignableRequest, key: AccessKey): { signature: string; authorization: string } {
  const headers = lowerCaseNames(request.headers);
  const names = signedHeaderNames(headers);
  const hex = signature(stringToSign(headers['x-sdk-date'] ?? '', canonical(request, headers, names)), key.sk);
  const authorization = `${ALGORITHM} Access=${key.ak}, SignedHeaders=${names.join(';')}, Signature=${hex}`;
  return { signature: hex, authorization };
}

/** The `Authorization` header of a signed request. */
export function authorization(request: SignableRequest, key: AccessKey): string {
  return sign(request, key).authorization;
}

/** Step 1: the six parts of the request that are signed, joined with LF. */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  return canonical(request, lowerCaseNames(request.headers), signedHeaders);
}

function canonical({ method, path, query, body }: SignableRequest, headers: Headers, names: readonly string[]): string {
  const hashed = headers['x-sdk-content-sha256'] ?? payloadHash(body ?? '');
  // Joining an array would cost as much as the hash.
  const begin = `${method.toUpperCase()}\n${canonicalUri(path)}\n${canonicalQuery(query ?? [])}`;
  return `${begin}\n${canonicalHeaders(headers, names)}\n${names.join(';')}\n${hashed}`;
}

/** Step 2: what the key signs. */
export function stringToSign(sdkDate: string, canonical: string): string {
  return `${ALGORITHM}\n${sdkDate}\n${hash('sha256', canonical)}`;
}

/** Step 3: the signature, lower-case hex. */
export function signature(toSign: string, sk: string): string {
  return createHmac('sha256', sk).update(toSign).digest('hex');
}

/** Decodes each segment and encodes it again, with a slash at the end. Dots and empty segments stay. */
function canonicalUri(path: string): string {
  const isEncoded = /^[\w.~/-]*$/.test(path);
  const encoded = isEncoded ? path : path.split('/').map(decodeURIComponent).map(percentEncode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/** Pairs sorted by name, then by value, before they are encoded; an empty value keeps its `=`. */
export function canonicalQuery(query: readonly (readonly [string, string])[]): string {
  if (query.length === 0) return '';
  return query
    .toSorted(([a, x], [b, y]) => byCodePoint(a, b) || byCodePoint(x, y))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

/** A line per signed header. Each ends in LF, so an empty line follows the last. */
function canonicalHeaders(headers: Headers, names: readonly string[]): string {
  let lines = '';
  for (const name of names) lines += `${name}:${(headers[name] ?? '').trim()}\n`;
  return lines;
}

/** The lower-case names of the headers to sign, sorted. */
export function signedHeaderNames(headers: Headers): string[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return names.filter((name) => name !== 'authorization' && !name.includes('_')).sort();
}

/** SHA-256 of the exact bytes of the body, lower-case hex. */
export function payloadHash(body: string | Uint8Array): string {
  return hash('sha256', body);
}

let last = { second: Number.NaN, sdkDate: '' };

/** A time in the form of `X-Sdk-Date`: UTC, whole seconds, `YYYYMMDDTHHMMSSZ`. The last result is cached for its second. */
export function sdkDate(time: Date): string {
  const second = Math.floor(time.getTime() / 1000);
  if (second !== last.second) last = { second, sdkDate: `${time.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z` };
  return last.sdkDate;
}

/** RFC 3986 percent-encoding of everything but the unreserved characters, hex digits in upper case. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function lowerCaseNames(headers: Headers): Record<string, string> {
  const lowerCase: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lowerCase[name.toLowerCase()] = value;
  return lowerCase;
}

// JavaScript compares UTF-16 units, which puts emoji before U+E000 to U+FFFF; UTF-8 bytes keep the order of code points.
function byCodePoint(a: string, b: string): number {
  if (/[\ud800-\udfff]/.test(a + b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}
