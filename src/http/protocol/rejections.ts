import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { safeRequestId } from '../../request/request-id.ts';
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

export const REJECTIONS = {
  BAD_PATH: { status: 400, code: 'BAD_REQUEST', message: 'The request target is not a path.' },
  TWO_HOSTS: {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The request has more than one Host header.',
    headers: { connection: 'close' },
  },
  BODY_NOT_UTF8: { status: 400, code: 'BODY_NOT_UTF8', message: 'The body is not UTF-8.' },
  CROSS_SITE: { status: 403, code: 'CROSS_SITE', message: 'Requests from pages of this origin are not allowed.' },
  NOT_FOUND: { status: 404, code: 'NOT_FOUND', message: 'Not found. GraphQL is served at /graphql.' },
  METHOD_NOT_ALLOWED: { status: 405, code: 'METHOD_NOT_ALLOWED', message: POST_ONLY, headers: { allow: 'POST' } },
  NOT_ACCEPTABLE: {
    status: 406,
    code: 'NOT_ACCEPTABLE',
    message: 'Accept application/json, application/graphql-response+json or text/event-stream.',
  },
  BODY_TOO_LARGE: { status: 413, code: 'BODY_TOO_LARGE', message: 'The body exceeds the size limit.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: POST_ONLY,
    headers: { accept: 'application/json' },
  },
  BODY_ENCODED: {
    status: 415,
    code: 'UNSUPPORTED_CONTENT_ENCODING',
    message: 'Compressed bodies are not supported. Send the body without Content-Encoding.',
    headers: { 'accept-encoding': 'identity' },
  },
  HOST_NOT_LOCAL: {
    status: 421,
    code: 'HOST_NOT_LOCAL',
    message: 'This gateway only serves its own machine. Address it as localhost.',
  },
  INTERNAL_ERROR: { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.' },
  OVERLOADED: {
    status: 503,
    code: 'OVERLOADED',
    message: 'The gateway is overloaded. Try again later.',
    retryAfter: 1,
  },
} satisfies Record<string, Rejection>;

/**
 * Sends rejections without Yoga, since overload must be cheap to answer. Like every response they have a request id, and CORS
 * headers for an allowed origin, without which a page could not read the reason.
 */
export function rejectionSender(corsOrigins: readonly string[]) {
  const origins = new Set(corsOrigins);
  return (request: IncomingMessage, response: ServerResponse, rejection: Rejection): void => {
    if (response.headersSent || response.destroyed) return;
    const { status, code, message, retryAfter, headers } = rejection;
    const { origin } = request.headers;
    const extensions = { code, ...(retryAfter !== undefined && { retryAfter }) };
    const body = JSON.stringify({ errors: [{ message, extensions }] });
    response
      .writeHead(status, {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': safeRequestId(request.headers['x-request-id']) ?? randomUUID(),
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
        ...(origin !== undefined &&
          origins.has(origin) && {
            'access-control-allow-origin': origin,
            'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
            vary: 'Origin',
          }),
      })
      .end(body);
  };
}
