import type { Plugin } from 'graphql-yoga';
import { type RequestHead, requestIdOf } from '../../request/request-id.ts';

/** The headers that every response has. */
export function responseHeaders(request: RequestHead): Record<string, string> {
  return {
    'x-request-id': requestIdOf(request),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

/** Headers of every response: its request id, no caching, no content sniffing, and no buffering of streams by nginx. */
export function useResponseHeaders(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      for (const [name, value] of Object.entries(responseHeaders(request)))
        if (name !== 'cache-control' || !headers.has(name)) headers.set(name, value);
      if (headers.get('content-type')?.startsWith('text/event-stream')) headers.set('x-accel-buffering', 'no');
    },
  };
}
