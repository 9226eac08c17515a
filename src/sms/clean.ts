/** What SMS says, made fit to be repeated: an upstream may echo what it was sent. */

/** Longest text of SMS's that is kept, in characters. Its own limit for a message is 1,024. */
const LONGEST_TEXT = 1024;
const SHORTEST_PASSWORD = 4;

type Headers = Readonly<Record<string, string>>;

export type Clean = (text: string, longest?: number) => string;

/**
 * For the answer to a call with the headers and the body `sent`: cuts the secrets of the call, a canonical request,
 * control characters, and what is too long.
 */
export function cleanerOf(sent: Headers, body: string | null = null): Clean {
  const secrets = [...secretsIn(sent), ...passwordsIn(body)];
  return (text, longest = LONGEST_TEXT) => {
    const short = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
    return short
      .replace(/\b(GET|POST|PUT|DELETE|PATCH)[|\n]\/.*$/s, '[canonical request]')
      .replace(/\p{Cc}+/gu, ' ')
      .slice(0, longest)
      .trim();
  };
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

/** An id of SMS's: a short text of visible ASCII that repeats no secret, or null. */
export function safeId(id: unknown, sent: Headers, body: string | null = null): string | null {
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(id)) return null;
  return [...secretsIn(sent), ...passwordsIn(body)].some((secret) => id.includes(secret)) ? null : id;
}

/** As they stand in the JSON of a body, and as they are. One that is too short to be one would cut any text to pieces. */
function passwordsIn(body: string | null): string[] {
  if (body === null || !body.includes('password"')) return [];
  return [...body.matchAll(/password":("(?:[^"\\]|\\.)*")/g)]
    .flatMap(([, written = '""']) => [written.slice(1, -1), String(JSON.parse(written))])
    .filter((password) => password.length >= SHORTEST_PASSWORD);
}
