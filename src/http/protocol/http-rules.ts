import type { Plugin } from 'graphql-yoga';
import { isLoopback } from '../../sms/http/loopback.ts';
import { isHashOnlyUrl, PERSISTED_QUERY_NOT_SUPPORTED } from '../documents/persisted-queries.ts';
import { accepts } from './accept.ts';
import { REJECTIONS, type Rejection } from './rejections.ts';
import { pathOf } from './url-path.ts';

export interface HttpRules {
  /** Origins whose pages may read responses. */
  corsOrigins: readonly string[];
  /** Whether requests must be addressed to this machine by a loopback name. */
  onlyLocal: boolean;
  /** Whether only trusted documents run, by their ids. */
  trustedDocuments: boolean;
}

const EVENT_STREAM = 'text/event-stream';
const RESPONSE_TYPES = ['application/json', 'application/graphql-response+json', EVENT_STREAM, 'multipart/mixed'];

/**
 * Accepts a POST of `application/json`, which a foreign site cannot send unless CORS allows it, and a GET for an event stream,
 * with which other gateways open subscriptions. Rejects everything else before execution: forms, multipart, plain GETs, and
 * requests whose `Accept` header matches no media type of a response.
 */
export function useHttpRules(
  endpoint: string,
  rules: HttpRules,
): Plugin<object, { record?: { outcomes: Set<string> } }> {
  const rejectionOf = ruleCheck(rules);
  return {
    onRequest({ request, serverContext, endResponse, fetchAPI }) {
      if (pathOf(request.url) !== endpoint) return;
      const rejection = rejectionOf(request);
      if (rejection === null) return;
      const { status, code, message, headers = {} } = rejection;
      serverContext.record?.outcomes.add(code);
      endResponse(fetchAPI.Response.json({ errors: [{ message, extensions: { code } }] }, { status, headers }));
    },
  };
}

interface CheckedRequest {
  method: string;
  url: string;
  headers: Pick<Headers, 'get'>;
}

/** Returns the rejection of a request that the rules do not accept. */
export function ruleCheck(rules: HttpRules): (request: CheckedRequest) => Rejection | null {
  const origins = new Set(rules.corsOrigins);
  return rejectionOf;

  function rejectionOf({ method, url, headers }: CheckedRequest): Rejection | null {
    // A foreign page can have its own host name resolved to this machine; to the browser it is then same-origin.
    if (rules.onlyLocal && !isLocal(headers.get('host'))) return REJECTIONS.HOST_NOT_LOCAL;
    const accept = headers.get('accept');
    if (method === 'GET' && accept?.toLowerCase().includes(EVENT_STREAM) && accepts(accept, EVENT_STREAM))
      return isForeign(headers) ? REJECTIONS.CROSS_SITE : null;
    if (method === 'GET' && !rules.trustedDocuments && isHashOnlyUrl(url)) return PERSISTED_QUERY_NOT_SUPPORTED;
    if (method !== 'POST') return REJECTIONS.METHOD_NOT_ALLOWED;
    if (!isJson(headers.get('content-type'))) return REJECTIONS.UNSUPPORTED_MEDIA_TYPE;
    return RESPONSE_TYPES.some((mediaType) => accepts(accept, mediaType)) ? null : REJECTIONS.NOT_ACCEPTABLE;
  }

  // A browser sends such a GET for a page of any origin, without a preflight.
  function isForeign(headers: CheckedRequest['headers']): boolean {
    const site = headers.get('sec-fetch-site');
    return site !== null && site !== 'same-origin' && site !== 'none' && !origins.has(headers.get('origin') ?? '');
  }
}

function isLocal(host: string | null): boolean {
  return host === null || isLoopback(host.replace(/:\d*$/, '').toLowerCase());
}

function isJson(contentType: string | null): boolean {
  if (contentType === 'application/json') return true;
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  return type.trim() === 'application/json' && parameters.every((parameter) => isUtf8(parameter.trim()));
}

function isUtf8(parameter: string): boolean {
  return !parameter.startsWith('charset') || /^charset="?utf-?8"?$/.test(parameter);
}
