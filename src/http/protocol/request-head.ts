import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/**
 * Turns a request target in absolute form (`POST http://host/graphql`), as sent to a proxy, into a path. Its authority
 * replaces the Host header (RFC 9112, 3.2.2).
 */
export function toOriginForm(request: IncomingMessage): void {
  if (request.url?.startsWith('/')) return;
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url ?? '') ?? [];
  if (authority === undefined) return;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.headers.host = authority;
}

/** Node silently keeps the first `Host` header, but a proxy in front may have used another one. */
export function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** Whether the body is compressed or encoded in any other way. */
export function isEncoded({ headers }: IncomingMessage): boolean {
  const codings = headers['content-encoding']?.split(',').map((coding) => coding.trim().toLowerCase());
  return codings?.some((coding) => coding !== '' && coding !== 'identity') ?? false;
}

/** The headers of a message, with the interface of the Fetch API. */
export class MessageHeaders {
  readonly #headers: IncomingHttpHeaders;

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name];
    return (Array.isArray(value) ? value.join(', ') : value) ?? null;
  }
}
