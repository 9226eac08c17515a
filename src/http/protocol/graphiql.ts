import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'graphql-yoga';
import { pathOf } from './url-path.ts';

/** What GraphiQL opens with. */
export interface GraphiqlExample {
  query: string;
  variables: object;
  headers: object;
}

interface Page {
  headers: Record<string, string>;
  etag: string;
  bodies: Record<'br' | 'gzip' | 'identity', Uint8Array<ArrayBuffer>>;
}

/**
 * Serves GraphiQL to a browser that opens the endpoint. The page loads nothing from elsewhere, so it has 9 MB: it is rendered
 * and compressed once, for the first browser, and cached here and by ETag.
 */
export function useGraphiql(endpoint: string, example: GraphiqlExample): Plugin {
  let page: Promise<Page> | undefined;
  return {
    async onRequest({ request, endResponse, fetchAPI: { Response } }) {
      const { method, url, headers } = request;
      if (method !== 'GET' || pathOf(url) !== endpoint || !headers.get('accept')?.includes('text/html')) return;
      page ??= renderPage(example);
      const { etag, bodies, headers: pageHeaders } = await page;
      if (headers.get('if-none-match')?.includes(etag))
        return endResponse(new Response(null, { status: 304, headers: pageHeaders }));
      const accepted = headers.get('accept-encoding') ?? '';
      const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity';
      const encodingHeader = encoding === 'identity' ? {} : { 'content-encoding': encoding };
      endResponse(new Response(bodies[encoding], { headers: { ...pageHeaders, ...encodingHeader } }));
    },
  };
}

async function renderPage({ query, variables, headers }: GraphiqlExample): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'SMS GraphQL gateway',
    defaultQuery: query,
    headers: JSON.stringify(headers, null, 2),
    subscriptionsProtocol: 'SSE',
    // A token must not outlive the page.
    shouldPersistHeaders: false,
    // Passed on to GraphiQL, though the type does not list it.
    ...{ variables: JSON.stringify(variables, null, 2) },
  });
  const identity = Buffer.from(html);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    promisify(gzip)(identity),
  ]);
  const etag = `"${sha256(identity).slice(0, 27)}"`;
  return {
    etag,
    bodies: { br: new Uint8Array(br), gzip: new Uint8Array(gz), identity: new Uint8Array(identity) },
    headers: {
      'content-type': 'text/html; charset=utf-8',
      etag,
      'cache-control': 'private, no-cache',
      vary: 'Accept, Accept-Encoding',
      'content-security-policy': contentSecurityPolicy(html),
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    },
  };
}

/** Only the page's own scripts run, it connects only to the gateway, and it cannot be framed. Its editor needs blob workers. */
function contentSecurityPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, script = '']) => `'sha256-${sha256(script)}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}
