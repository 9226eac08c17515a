/** What SMS says, made fit to be repeated: an upstream may echo what it was sent. */
import { percentEncode } from './sign.ts';

/** Longest text of SMS's that is kept, in characters. Its own limit for a message is 1,024. */
const LONGEST_TEXT = 1024;
const SHORTEST_PASSWORD = 4;

type Headers = Readonly<Record<string, string>>;

export type Clean = (text: string, longest?: number) => string;

/**
 * For the answer to a call with the headers and the body `sent`: cuts the secrets of the call in every usual form, a
 * canonical request, control characters, and what is too long.
 */
export function cleanerOf(sent: Headers, body: string | null = null): Clean {
  const secrets = formsOf([...secretsIn(sent), ...passwordsIn(body)]);
  return (text, longest = LONGEST_TEXT) => {
    const short = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
    return short
      .replace(/\b(GET|POST|PUT|DELETE|PATCH)[|\n]\/.*$/s, '[canonical request]')
      .replace(/\p{Cc}+/gu, ' ')
      .slice(0, longest)
      .trim();
  };
}

/** As they are, and as they are often written: percent-encoded, in hex, in base64. Longer ones first. */
function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret);
    const [hex, base64] = [bytes.toString('hex'), bytes.toString('base64')];
    // Some leave !'()* as they are.
    const percent = [percentEncode(secret), encodeURIComponent(secret)];
    const lowerCase = percent.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase()));
    // Padding ends a base64 text of its own; where more follows, there is none.
    const inText = [inner(base64), inner(bytes.toString('base64url'))];
    return [secret, ...percent, ...lowerCase, hex, hex.toUpperCase(), base64, ...inText];
  });
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/** Base64 without padding, and without a last character that depends on what follows. */
function inner(base64: string): string {
  const text = base64.replace(/=+$/, '');
  return text.length % 4 === 0 ? text : text.slice(0, -1);
}

function secretsIn(sent: Headers): string[] {
  const authorization = sent['Authorization'] ?? '';
  return [
    sent['X-Auth-Token'],
    sent['X-Security-Token'],
    authorization,
    /Access=([^,]+)/.exec(authorization)?.[1],
    /Signature=([^,]+)/.exec(authorization)?.[1],
  ].filter((secret): secret is string => secret !== undefined && secret !== '');
}

/** An id of SMS's: a short text of letters, digits and `_.:-` that repeats no secret in any form, or null. */
export function safeId(id: unknown, sent: Headers, body: string | null = null): string | null {
  if (typeof id !== 'string' || !/^[\w.:-]{1,128}$/.test(id)) return null;
  // No form is shorter than its secret, so most need not be made: this is asked of every answer.
  const secrets = [...secretsIn(sent), ...passwordsIn(body)].filter((secret) => secret.length <= id.length);
  return secrets.length > 0 && formsOf(secrets).some((form) => id.includes(form)) ? null : id;
}

/** As they stand in the JSON of a body, and as they are. One that is too short to be one would cut any text to pieces. */
function passwordsIn(body: string | null): string[] {
  if (body === null || !body.includes('password"')) return [];
  return [...body.matchAll(/password":("(?:[^"\\]|\\.)*")/g)]
    .flatMap(([, written = '""']) => [written.slice(1, -1), String(JSON.parse(written))])
    .filter((password) => password.length >= SHORTEST_PASSWORD);
}
