/** What SMS says, made fit to be repeated: an upstream may echo what it was sent. */
import { Echoes, REDACTED } from './echoes.ts';

/** Longest text of SMS's that is kept, in characters. Its own limit for a message is 1,024. */
const MAX_TEXT_CHARACTERS = 1024;
/** Characters beyond it that are looked at, for what is redacted gets shorter: a token may be so long. */
const MAX_MORE = 8 * 1024;
/** Characters of one response that are looked at in all. */
const MAX_IN_ALL = 128 * 1024;
const MIN_PASSWORD_CHARACTERS = 4;

/** Secrets of one request. */
export interface Secrets {
  /** Tokens, ids of access keys, signatures: random text. */
  readonly tokens: readonly string[];
  /** Passwords and secret keys, which may consist of words: only longer pieces of them are redacted. */
  readonly passwords: readonly string[];
}

const NO_SECRETS: Secrets = { tokens: [], passwords: [] };

/** Redacts what the response to one call says. */
export interface Redactor {
  /** Without secrets of the call, a canonical request, control characters, and what is too long. */
  text(text: string, longest?: number): string;
  /** An id of SMS's: a short text of letters, digits and `_.:-` that repeats nothing of a secret, or null. */
  id(id: unknown): string | null;
}

/**
 * For the response to a request with these secrets, and with the passwords in its body. A secret is found in every usual form, and so
 * are pieces of it: cut off, with escapes or line breaks in them, in capitals or not.
 */
export function redactorOf({ tokens, passwords } = NO_SECRETS, body: string | null = null): Redactor {
  let made: Echoes | undefined;
  const echoes = () => {
    made ??= new Echoes(tokens, [...passwordsIn(body), ...passwords]);
    return made;
  };
  let left = MAX_IN_ALL;
  return {
    text(text, longest = MAX_TEXT_CHARACTERS) {
      const looked = text.slice(0, Math.min(longest + MAX_MORE, left));
      left -= looked.length;
      return echoes()
        .redact(looked)
        .replace(/SDK-HMAC-SHA256 +Access=(?:(?!Signature=).)*(?:Signature=[^\s"]*)?/gis, REDACTED)
        .replace(/\b(GET|POST|PUT|DELETE|PATCH)(?:[|\n]|\\n|%0a|%7c)\/.*$/is, '[canonical request]')
        .replace(/\p{Cc}+/gu, ' ')
        .slice(0, longest)
        .trim();
    },
    id: (id) => (typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) && !echoes().areIn(id) ? id : null),
  };
}

/** As they stand in the JSON of a body, and as they are. One that is too short to be one would cut any text to pieces. */
function passwordsIn(body: string | null): string[] {
  if (body === null || !body.includes('password"')) return [];
  return [...body.matchAll(/password":("(?:[^"\\]|\\.)*")/g)]
    .flatMap(([, written = '""']) => [written.slice(1, -1), String(JSON.parse(written))])
    .filter((password) => password.length >= MIN_PASSWORD_CHARACTERS);
}
