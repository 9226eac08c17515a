import type { CORSOptions } from 'graphql-yoga';

/** Request headers that browsers may send: ours, those of Apollo Client's client awareness, and W3C trace context. */
const ALLOWED_HEADERS = [
  'content-type',
  'authorization',
  'x-auth-token',
  'x-language',
  'x-max-calls',
  'x-request-id',
  'x-request-timeout',
  'apollographql-client-name',
  'apollographql-client-version',
  'traceparent',
  'tracestate',
  'baggage',
];

/** Response headers that a page may read. */
export const EXPOSED_HEADERS = ['x-request-id', 'retry-after', 'x-sms-emulator'];

/**
 * CORS by allow-list. An origin that is not on it gets no CORS header at all: Yoga's own answer to it would be
 * `Access-Control-Allow-Origin: null`, which lets in every sandboxed frame. `moreHeaders` may be sent beside the usual ones.
 */
export function corsFor(
  origins: readonly string[],
  moreHeaders: readonly string[] = [],
): (request: Request) => CORSOptions {
  const allowed = new Set(origins);
  const allowedHeaders = [...new Set([...ALLOWED_HEADERS, ...moreHeaders])];
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return false;
    return {
      // Two entries make Yoga compare, echo the origin and vary by it.
      origin: [origin, origin],
      credentials: false,
      methods: ['POST', 'GET'],
      allowedHeaders,
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    };
  };
}
