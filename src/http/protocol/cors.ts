import type { CORSOptions } from 'graphql-yoga';
import type { RequestHead } from '../../request/request-id.ts';

/** Request headers that pages may send: ours, those of Apollo's client awareness, and W3C Trace Context. */
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
 * CORS for the allowed origins. Any other origin gets no CORS header at all: Yoga would send it
 * `Access-Control-Allow-Origin: null`, which would admit every sandboxed frame.
 */
export function corsOptions(
  origins: readonly string[],
  extraHeaders: readonly string[] = [],
): (request: Pick<RequestHead, 'headers'>) => CORSOptions {
  const allowed = new Set(origins);
  const allowedHeaders = [...new Set([...ALLOWED_HEADERS, ...extraHeaders])];
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return false;
    return {
      // Only with two entries does Yoga compare and echo the origin, and send `Vary`.
      origin: [origin, origin],
      credentials: false,
      methods: ['POST', 'GET'],
      allowedHeaders,
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    };
  };
}
