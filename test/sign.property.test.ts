/** Compares the signer with a second one, written only from the vendor's description. */
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorization, type SignableRequest } from '../src/sms/sign.ts';

const UNRESERVED = new Set(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'));

function encoded(text: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text))
    out += UNRESERVED.has(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return out;
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function compared(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function expectedAuthorization(
  { method, segments, query, headers, body }: Sample,
  { ak, sk }: { ak: string; sk: string },
): string {
  const path = segments.map((segment) => `/${encoded(segment)}`).join('');
  const uri = path.endsWith('/') ? path : `${path}/`;
  const pairs = [...query].sort((a, b) => compared(a[0], b[0]) || compared(a[1], b[1]));
  const canonicalQuery = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const names = [...lower.keys()].sort();
  const lines = names.map((name) => `${name}:${lower.get(name)}\n`).join('');
  const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
  const canonical = `${method}\n${uri}\n${canonicalQuery}\n${lines}\n${names.join(';')}\n${sha256(body)}`;
  const toSign = `SDK-HMAC-SHA256\n${lower.get('x-sdk-date')}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', Buffer.from(sk, 'utf8')).update(toSign).digest('hex');
  return `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

/** Any well-formed text. */
const text = fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.toWellFormed());
const headerName = fc.stringMatching(/^X-[A-Za-z0-9-]{1,12}$/);
const headerValue = fc.stringMatching(/^[ \t]{0,2}[\x21-\x7e]{0,20}( [\x21-\x7e]{1,9})?[ \t]{0,2}$/);

const sample = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  segments: fc.array(text, { minLength: 1, maxLength: 5 }),
  query: fc.array(fc.tuple(text, text), { maxLength: 6 }),
  headers: fc
    .dictionary(headerName, headerValue, { maxKeys: 5 })
    .map((headers) => ({ Host: 'sms.example.com', 'X-Sdk-Date': '20261124T083121Z', ...headers }))
    .filter(
      (headers) => new Set(Object.keys(headers).map((name) => name.toLowerCase())).size === Object.keys(headers).length,
    )
    .filter((headers) => !Object.keys(headers).some((name) => name.toLowerCase() === 'x-sdk-content-sha256')),
  body: fc.oneof(
    fc.string({ unit: 'binary' }).map((value) => value.toWellFormed()),
    fc.uint8Array({ maxLength: 200 }),
  ),
});
type Sample = typeof sample extends fc.Arbitrary<infer Value> ? Value : never;
const key = fc.record({ ak: fc.stringMatching(/^[A-Z0-9]{1,20}$/), sk: fc.string({ unit: 'grapheme', minLength: 1 }) });

test("any request is signed as the vendor's description says", () => {
  fc.assert(
    fc.property(sample, key, (request, accessKey) => {
      const path = request.segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
      const signable: SignableRequest = { ...request, path };
      expect(authorization(signable, accessKey)).toBe(expectedAuthorization(request, accessKey));
    }),
    { numRuns: 1000 },
  );
});
