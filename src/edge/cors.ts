import type { CORSOptions } from 'graphql-yoga';

/**
 * CORS by allow-list. An origin that is not on it gets no CORS header at all: Yoga's own answer to it would be
 * `Access-Control-Allow-Origin: null`, which lets in every sandboxed frame.
 */
export function corsFor(origins: readonly string[]): (request: Request) => CORSOptions {
  const allowed = new Set(origins);
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return false;
    return {
      // Two entries make Yoga compare, echo the origin and vary by it.
      origin: [origin, origin],
      credentials: false,
      methods: ['POST', 'GET'],
      allowedHeaders: [
        'content-type',
        'authorization',
        'x-auth-token',
        'x-language',
        'x-request-id',
        'x-request-timeout',
      ],
      exposedHeaders: ['x-request-id'],
      maxAge: 600,
    };
  };
}
