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
  etag: string;
  contentSecurityPolicy: string;
  bodies: Record<'br' | 'gzip' | 'identity', Uint8Array<ArrayBuffer>>;
}

/**
 * GraphiQL for a browser that opens the endpoint. It loads nothing from elsewhere. The page is 9 MB, so it is made and
 * compressed once, when it is first asked for, and then answered from memory and by ETag.
 */
export function useGraphiql(endpoint: string, example: GraphiqlExample): Plugin {
  let page: Promise<Page> | undefined;
  return {
    async onRequest({ request, endResponse, fetchAPI }) {
      const { method, headers } = request;
      if (method !== 'GET' || pathOf(request.url) !== endpoint || !headers.get('accept')?.includes('text/html')) return;
      page ??= makePage(example);
      const { etag, contentSecurityPolicy, bodies } = await page;
      const accepted = headers.get('accept-encoding') ?? '';
      const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity';
      const isFresh = headers.get('if-none-match')?.includes(etag) ?? false;
      endResponse(
        new fetchAPI.Response(isFresh ? null : bodies[encoding], {
          status: isFresh ? 304 : 200,
          headers: {
            'content-type': 'text/html; charset=utf-8',
            ...(encoding !== 'identity' && !isFresh && { 'content-encoding': encoding }),
            etag,
            'cache-control': 'private, no-cache',
            vary: 'Accept, Accept-Encoding',
            'content-security-policy': contentSecurityPolicy,
            'x-content-type-options': 'nosniff',
            'x-frame-options': 'DENY',
            'cross-origin-opener-policy': 'same-origin',
            'referrer-policy': 'no-referrer',
          },
        }),
      );
    },
  };
}

async function makePage({ query, variables, headers }: GraphiqlExample): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'SMS GraphQL gateway',
    defaultQuery: query,
    headers: JSON.stringify(headers, null, 2),
    subscriptionsProtocol: 'SSE',
    // A token must not outlive the page.
    shouldPersistHeaders: false,
    // Passed on to GraphiQL as its first variables, though the type does not list it.
    ...{ variables: JSON.stringify(variables, null, 2) },
  });
  const identity = Buffer.from(html);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    promisify(gzip)(identity),
  ]);
  return {
    etag: `"${sha256(identity).slice(0, 27)}"`,
    contentSecurityPolicy: contentSecurityPolicy(html),
    bodies: { br: new Uint8Array(br), gzip: new Uint8Array(gz), identity: new Uint8Array(identity) },
  };
}

/** Only the page's own scripts run, it talks only to the gateway, and nobody frames it. Its editor needs blob workers. */
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
