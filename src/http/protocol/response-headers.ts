import type { Plugin } from 'graphql-yoga';
import { requestIdOf } from '../../request/request-id.ts';

/** Headers of every response: its request id, no caching, no content sniffing, and no buffering of streams by nginx. */
export function useResponseHeaders(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      headers.set('x-request-id', requestIdOf(request));
      headers.set('x-content-type-options', 'nosniff');
      if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
      if (headers.get('content-type')?.startsWith('text/event-stream')) headers.set('x-accel-buffering', 'no');
    },
  };
}
