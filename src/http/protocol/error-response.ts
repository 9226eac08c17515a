import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { safeRequestId } from '../../request/request-id.ts';
import { EXPOSED_HEADERS } from './cors.ts';

export interface Refusal {
  status: number;
  code: string;
  message: string;
  /** Seconds, where trying again may help. */
  retryAfter?: number;
  /** Response headers beside those that every response has. */
  headers?: OutgoingHttpHeaders;
}

/**
 * Answers a request that does not get as far as GraphQL as a GraphQL error, with what every answer carries: a request id,
 * and CORS for a listed origin, without which a page could not tell why. Cheap, since it is what overload is met with.
 */
export function refuser(corsOrigins: readonly string[]) {
  const origins = new Set(corsOrigins);
  return (request: IncomingMessage, response: ServerResponse, refusal: Refusal): void => {
    if (response.headersSent || response.destroyed) return;
    const { status, code, message, retryAfter, headers: more } = refusal;
    const { origin } = request.headers;
    const extensions = { code, ...(retryAfter !== undefined && { retryAfter }) };
    const body = JSON.stringify({ errors: [{ message, extensions }] });
    const headers: OutgoingHttpHeaders = {
      ...more,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': safeRequestId(request.headers['x-request-id']) ?? randomUUID(),
    };
    if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
    if (origin !== undefined && origins.has(origin)) {
      headers['access-control-allow-origin'] = origin;
      headers['access-control-expose-headers'] = EXPOSED_HEADERS.join(', ');
      headers['vary'] = 'Origin';
    }
    response.writeHead(status, headers).end(body);
  };
}
