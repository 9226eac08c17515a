import type { Plugin } from 'graphql-yoga';
import { requestIdOf } from '../context.ts';

/** On every answer: its id, that nobody keeps it, and that it is what it says it is. */
export function useAnswerHeaders(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      headers.set('x-request-id', requestIdOf(request));
      headers.set('x-content-type-options', 'nosniff');
      if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    },
  };
}
