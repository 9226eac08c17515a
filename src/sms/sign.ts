/**
 * SDK-HMAC-SHA256, the request signature of Huawei Cloud's API gateway: pure functions, one per step. Source:
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html, and what the vendor's own SDKs make
 * of the same requests (test/sign.vectors.json).
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
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | null;
}

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
  const hex = signature(stringToSign(headers['x-sdk-date'] ?? '', canonicalRequest(request, names)), key.sk);
  const authorization = `${ALGORITHM} Access=${key.ak}, SignedHeaders=${names.join(';')}, Signature=${hex}`;
  return { signature: hex, authorization };
}

/** The `Authorization` header of a signed request. */
export function authorization(request: SignableRequest, key: AccessKey): string {
  return sign(request, key).authorization;
}

/** Step 1: the six parts of the request that are signed, joined with LF. */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  const headers = lowerCaseNames(request.headers);
  return [
    request.method.toUpperCase(),
    canonicalUri(request.path),
    canonicalQuery(request.query ?? []),
    canonicalHeaders(headers, signedHeaders),
    signedHeaders.join(';'),
    headers['x-sdk-content-sha256'] ?? payloadHash(request.body ?? ''),
  ].join('\n');
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
  const encoded = path
    .split('/')
    .map((segment) => percentEncode(decodeURIComponent(segment)))
    .join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/** Pairs sorted by name, then by value, before they are encoded; an empty value keeps its `=`. */
export function canonicalQuery(query: readonly (readonly [string, string])[]): string {
  return query
    .toSorted(([a, x], [b, y]) => byCodePoint(a, b) || byCodePoint(x, y))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

/** A line per signed header. Each ends in LF, so an empty line follows the last. */
function canonicalHeaders(headers: Readonly<Record<string, string>>, signedHeaders: readonly string[]): string {
  return signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
}

/** The lower-case names of the headers to sign, sorted. */
export function signedHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => name !== 'authorization' && !name.includes('_'))
    .sort();
}

/** SHA-256 of the exact bytes of the body, lower-case hex. */
export function payloadHash(body: string | Uint8Array): string {
  return hash('sha256', body);
}

/** A time as `X-Sdk-Date` wants it: UTC, whole seconds, `YYYYMMDDTHHMMSSZ`. */
export function sdkDate(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** RFC 3986 percent-encoding of everything but the unreserved characters, hex digits in upper case. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

// JavaScript compares UTF-16 units, which puts emoji before U+E000 to U+FFFF; UTF-8 bytes keep the order of code points.
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
