/** What the API gateway shows of a request whose signature it rejects, compared with what was signed. */
import { canonicalRequest, type SignableRequest } from '../sign.ts';

/** Method, path and query come first. After the headers there are an empty part, their names and the hash of the body. */
const HEADERS_FROM = 3;
const PARTS_AFTER_HEADERS = 3;

/**
 * The part of the request that something has changed on its way: `body`, `query` or `header host`, for example. Null if nothing was
 * changed, so that the secret key must be wrong, and undefined if the message does not show the whole canonical request.
 */
export function alteredPart(
  message: string,
  request: SignableRequest,
  headers: Readonly<Record<string, string>>,
): string | null | undefined {
  const [, signedHeaders = ''] = /SignedHeaders=([^,\s]+)/.exec(headers['Authorization'] ?? '') ?? [];
  const ours = canonicalRequest({ ...request, headers }, signedHeaders.split(';')).split('\n');
  const [, echo = ''] = /canonical ?request: ?(.+)$/is.exec(message) ?? [];
  const theirs = echo.trim().split(/[|\n]/);
  if (!/^[0-9a-f]{64}$/.test(theirs.at(-1) ?? '') || theirs.length < HEADERS_FROM + PARTS_AFTER_HEADERS)
    return undefined;
  for (const [index, part] of ['method', 'path', 'query'].entries()) if (ours[index] !== theirs[index]) return part;
  const shown = new Set(theirs.slice(HEADERS_FROM));
  const header = ours.slice(HEADERS_FROM, -PARTS_AFTER_HEADERS).find((line) => !shown.has(line));
  if (header !== undefined) return `header ${header.split(':', 1)[0]}`;
  return ours.at(-1) === theirs.at(-1) ? null : 'body';
}
