import type { Plugin } from 'graphql-yoga';
import { isLoopback } from '../../sms/http/loopback.ts';
import { isHashAlone, PERSISTED_QUERY_NOT_SUPPORTED } from '../documents/persisted-queries.ts';
import { accepts } from './accept.ts';
import { pathOf } from './url-path.ts';

export interface HttpRules {
  /** Origins whose pages may read answers. */
  corsOrigins: readonly string[];
  /** Only for clients of this machine, which call it by a name of this machine. */
  onlyLocal: boolean;
  /** Only listed documents run, by their ids. */
  trustedDocuments: boolean;
}

interface Refused {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

const JSON_ONLY = 'Send GraphQL as a POST of application/json.';
const METHOD: Refused = { status: 405, code: 'METHOD_NOT_ALLOWED', message: JSON_ONLY, headers: { allow: 'POST' } };
const MEDIA_TYPE: Refused = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: JSON_ONLY,
  headers: { accept: 'application/json' },
};
const HOST: Refused = { status: 421, code: 'HOST_NOT_LOCAL', message: 'This gateway serves its own machine alone.' };
const NOT_ACCEPTABLE: Refused = {
  status: 406,
  code: 'NOT_ACCEPTABLE',
  message: 'Accept application/json, application/graphql-response+json or text/event-stream.',
};
const SITE: Refused = { status: 403, code: 'CROSS_SITE', message: 'Pages of this origin may not ask this gateway.' };

const EVENT_STREAM = 'text/event-stream';
/** What a response may be. */
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json', EVENT_STREAM, 'multipart/mixed'];

/**
 * What may reach GraphQL: a POST of `application/json`, which no foreign site can send without CORS allowing it, and a
 * GET for an event stream, as gateways open subscriptions. Forms, multipart and plain GETs are refused (405, 415),
 * and requests whose response the client would not take (406), before anything is executed for them.
 */
export function useHttpRules(
  endpoint: string,
  rules: HttpRules,
): Plugin<object, { served?: { outcomes: Set<string> } }> {
  const origins = new Set(rules.corsOrigins);
  return {
    onRequest({ request, serverContext, endResponse, fetchAPI }) {
      if (pathOf(request.url) !== endpoint) return;
      const refused = refusalOf(request);
      if (refused === null) return;
      const { status, code, message, headers = {} } = refused;
      serverContext.served?.outcomes.add(code);
      endResponse(fetchAPI.Response.json({ errors: [{ message, extensions: { code } }] }, { status, headers }));
    },
  };

  function refusalOf({ method, url, headers }: Request): Refused | null {
    // A foreign page can have its own name resolved to this machine, and then it is no foreign page for the browser.
    if (rules.onlyLocal && !isLocal(headers.get('host'))) return HOST;
    const accept = headers.get('accept');
    if (method === 'GET' && accept?.toLowerCase().includes(EVENT_STREAM) && accepts(accept, EVENT_STREAM))
      return isForeign(headers) ? SITE : null;
    if (method === 'GET' && !rules.trustedDocuments && isHashAlone(url)) return PERSISTED_QUERY_NOT_SUPPORTED;
    if (method !== 'POST') return METHOD;
    if (!isJson(headers.get('content-type'))) return MEDIA_TYPE;
    return MEDIA_TYPES.some((mediaType) => accepts(accept, mediaType)) ? null : NOT_ACCEPTABLE;
  }

  // A browser sends such a GET for any page, without asking first.
  function isForeign(headers: Headers): boolean {
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
