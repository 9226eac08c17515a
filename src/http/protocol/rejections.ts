import type { ServerResponse } from 'node:http';
import { type RequestHead, requestIdOf } from '../../request/request-id.ts';
import { EXPOSED_HEADERS } from './cors.ts';

/** The error response to a request that does not reach GraphQL. */
export interface Rejection {
  status: number;
  code: string;
  message: string;
  /** Seconds after which another attempt may succeed. */
  retryAfter?: number;
  headers?: Record<string, string>;
}

const POST_ONLY = 'Send GraphQL as a POST of application/json.';
const ACCEPTABLE = 'Accept application/json, application/graphql-response+json or text/event-stream.';
const NOT_ENCODED = 'Compressed bodies are not supported. Send the body without Content-Encoding.';
const LOCAL_ONLY = 'This gateway only serves its own machine. Address it as localhost.';
const OVERLOADED = 'The gateway is overloaded. Try again later.';

export const REJECTIONS = {
  BAD_PATH: rejection(400, 'BAD_REQUEST', 'The request target is not a path.'),
  TWO_HOSTS: rejection(400, 'BAD_REQUEST', 'The request has more than one Host header.', { connection: 'close' }),
  BODY_NOT_UTF8: rejection(400, 'BODY_NOT_UTF8', 'The body is not UTF-8.'),
  CROSS_SITE: rejection(403, 'CROSS_SITE', 'Requests from pages of this origin are not allowed.'),
  NOT_FOUND: rejection(404, 'NOT_FOUND', 'Not found. GraphQL is served at /graphql.'),
  METHOD_NOT_ALLOWED: rejection(405, 'METHOD_NOT_ALLOWED', POST_ONLY, { allow: 'POST' }),
  NOT_ACCEPTABLE: rejection(406, 'NOT_ACCEPTABLE', ACCEPTABLE),
  BODY_TOO_LARGE: rejection(413, 'BODY_TOO_LARGE', 'The body exceeds the size limit.'),
  UNSUPPORTED_MEDIA_TYPE: rejection(415, 'UNSUPPORTED_MEDIA_TYPE', POST_ONLY, { accept: 'application/json' }),
  BODY_ENCODED: rejection(415, 'UNSUPPORTED_CONTENT_ENCODING', NOT_ENCODED, { 'accept-encoding': 'identity' }),
  HOST_NOT_LOCAL: rejection(421, 'HOST_NOT_LOCAL', LOCAL_ONLY),
  INTERNAL_ERROR: rejection(500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.'),
  OVERLOADED: { ...rejection(503, 'OVERLOADED', OVERLOADED), retryAfter: 1 },
};

function rejection(status: number, code: string, message: string, headers: Record<string, string> = {}): Rejection {
  return { status, code, message, headers };
}

/**
 * Sends rejections without Yoga, since overload must be cheap to answer. Like every response they have a request id, and CORS
 * headers for an allowed origin, without which a page could not read the reason.
 */
export function rejectionSender(corsOrigins: readonly string[]) {
  const origins = new Set(corsOrigins);
  return (request: RequestHead, response: ServerResponse, rejection: Rejection): void => {
    if (response.headersSent || response.destroyed) return;
    const { status, code, message, retryAfter, headers } = rejection;
    const origin = request.headers.get('origin');
    const extensions = { code, ...(retryAfter !== undefined && { retryAfter }) };
    const body = JSON.stringify({ errors: [{ message, extensions }] });
    response
      .writeHead(status, {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': requestIdOf(request),
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
        ...(origin !== null &&
          origins.has(origin) && {
            'access-control-allow-origin': origin,
            'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
            vary: 'Origin',
          }),
      })
      .end(body);
  };
}
