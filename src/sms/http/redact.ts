/** Removes secrets from what a server says: it may echo what it was sent. */
import { Echoes, REDACTED } from './echoes.ts';

/** SMS's own limit for a message. */
const MAX_TEXT_CHARACTERS = 1024;
/** Read beyond the limit, since redaction shortens a text. A token may be that long. */
const EXTRA_CHARACTERS = 8 * 1024;
/** Read in all texts of one response. */
const MAX_TOTAL_CHARACTERS = 128 * 1024;
const MIN_PASSWORD_CHARACTERS = 4;

/** Neither a signature nor a canonical request, and without control characters. */
const PLAIN_TEXT = /^[\w.:/ -]*$/;

/** Secrets of one request. */
export interface Secrets {
  /** Tokens, ids of access keys, signatures: random text of visible ASCII characters. */
  readonly tokens: readonly string[];
  /** Passwords and secret keys, which may consist of words: only longer pieces of them are redacted. */
  readonly passwords: readonly string[];
}

const NO_SECRETS: Secrets = { tokens: [], passwords: [] };

/** Redacts the texts of one response. */
export interface Redactor {
  /** Removes secrets, canonical requests and control characters, and shortens the text. */
  text(text: string, maxCharacters?: number): string;
  /** Null unless the id is a short text of letters, digits and `_.:-` that contains no piece of a secret. */
  id(id: unknown): string | null;
}

/**
 * For the response to a request with these secrets, and with the passwords in this body. Secrets are found in every
 * usual form, and so are pieces of them: truncated, with escapes or line breaks, in upper or lower case.
 */
export function redactorOf({ tokens, passwords } = NO_SECRETS, body: string | null = null): Redactor {
  let created: Echoes | undefined;
  const echoes = () => {
    created ??= new Echoes(tokens, [...passwordsIn(body), ...passwords]);
    return created;
  };
  let left = MAX_TOTAL_CHARACTERS;
  return {
    text(text, maxCharacters = MAX_TEXT_CHARACTERS) {
      const read = text.slice(0, Math.min(maxCharacters + EXTRA_CHARACTERS, left));
      left -= read.length;
      const redacted = echoes().redact(read);
      if (PLAIN_TEXT.test(redacted)) return redacted.slice(0, maxCharacters).trim();
      return redacted
        .replace(/SDK-HMAC-SHA256 +Access=(?:(?!Signature=).)*(?:Signature=[^\s"]*)?/gis, REDACTED)
        .replace(/\b(GET|POST|PUT|DELETE|PATCH)(?:[|\n]|\\n|%0a|%7c)\/.*$/is, '[canonical request]')
        .replace(/\p{Cc}+/gu, ' ')
        .slice(0, maxCharacters)
        .trim();
    },
    id: (id) => (typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) && !echoes().areIn(id) ? id : null),
  };
}

/** As written in JSON, and as they are. A shorter value is not a password, and redacting it would spoil any text. */
function passwordsIn(body: string | null): string[] {
  if (body === null || !body.includes('password"')) return [];
  return [...body.matchAll(/password":("(?:[^"\\]|\\.)*")/g)]
    .flatMap(([, written = '""']) => [written.slice(1, -1), String(JSON.parse(written))])
    .filter((password) => password.length >= MIN_PASSWORD_CHARACTERS);
}
