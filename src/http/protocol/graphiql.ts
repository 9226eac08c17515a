import { createHash } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { type CompressedFile, compressedFile, fileResponse } from './compressed-file.ts';
import { pathOf } from './url-path.ts';

/** What GraphiQL opens with. */
export interface GraphiqlExample extends GraphiqlTab {
  headers: object;
  /** More tabs beside the first one. */
  tabs?: readonly GraphiqlTab[];
}

interface GraphiqlTab {
  query: string;
  variables: object;
}

interface Page {
  headers: Record<string, string>;
  file: CompressedFile;
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
      const { file, headers: pageHeaders } = await page;
      endResponse(fileResponse(headers, file, pageHeaders, Response));
    },
  };
}

async function renderPage({ query, variables, headers, tabs = [] }: GraphiqlExample): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'SMS GraphQL gateway',
    defaultTabs: [{ query, variables }, ...tabs].map((tab) => ({
      query: tab.query,
      variables: JSON.stringify(tab.variables, null, 2),
    })),
    headers: JSON.stringify(headers, null, 2),
    // Of the first tab. Passed on to GraphiQL, though the type does not list it.
    ...{ variables: JSON.stringify(variables, null, 2) },
    subscriptionsProtocol: 'SSE',
    // A token must not outlive the page.
    shouldPersistHeaders: false,
  });
  return {
    file: await compressedFile(Buffer.from(html)),
    headers: {
      'content-type': 'text/html; charset=utf-8',
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

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('base64');
}
