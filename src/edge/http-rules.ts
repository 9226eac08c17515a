import type { Plugin } from 'graphql-yoga';
import { pathOf } from './url-path.ts';

/**
 * What may reach GraphQL: a POST of `application/json`, which no foreign site can send without CORS allowing it, and a
 * GET for an event stream, as gateways open subscriptions. Forms, multipart and plain GETs are refused (405, 415).
 */
export function useHttpRules(endpoint: string): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (pathOf(request.url) !== endpoint) return;
      const refuse = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
        endResponse(fetchAPI.Response.json({ errors: [{ message, extensions: { code } }] }, { status, headers }));
      if (request.method === 'GET') {
        if (request.headers.get('accept')?.includes('text/event-stream')) return;
        return refuse(405, 'METHOD_NOT_ALLOWED', 'Send GraphQL as a POST of application/json.', { allow: 'POST' });
      }
      if (request.method !== 'POST')
        return refuse(405, 'METHOD_NOT_ALLOWED', 'Send GraphQL as a POST of application/json.', { allow: 'POST' });
      // As Yoga compares it, which would refuse any other spelling without a word.
      const mediaType = request.headers.get('content-type')?.split(';')[0];
      if (mediaType !== 'application/json')
        refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send GraphQL as a POST of application/json.', {
          accept: 'application/json',
        });
    },
  };
}
