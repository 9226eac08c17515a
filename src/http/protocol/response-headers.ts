import type { Plugin } from 'graphql-yoga';
import { requestIdOf } from '../../request/request-id.ts';

/**
 * On every response: its id, that nobody keeps it, and that it is what it says it is. An event stream must not be held back
 * by a proxy (`X-Accel-Buffering` is nginx's).
 */
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
