import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Plugin } from 'graphql-yoga';
import { type CompressedFile, compressedFile, fileResponse } from './compressed-file.ts';
import { pathOf } from './url-path.ts';

export const CONSOLE_PATH = '/console';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Only the page's own files run, it connects only to the gateway, and it cannot be framed. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const COMMON_HEADERS = {
  vary: 'Accept-Encoding',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

type ServedFile = CompressedFile & { contentType: string };

/** Whether a request target belongs to the console. */
export function isConsoleTarget(target: string): boolean {
  return target === CONSOLE_PATH || target.startsWith(`${CONSOLE_PATH}/`);
}

/** Serves the built console. All of its files are read and compressed for the first browser, and then kept. */
export function useConsole(directory: string): Plugin {
  let files: Promise<ReadonlyMap<string, ServedFile>> | undefined;
  return {
    async onRequest({ request: { method, url, headers }, endResponse, fetchAPI: { Response } }) {
      const path = pathOf(url);
      if (!isConsoleTarget(path)) return;
      if (method !== 'GET' && method !== 'HEAD')
        return endResponse(new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } }));
      // Relative, so that a proxy may serve the gateway below a path.
      if (path === CONSOLE_PATH)
        return endResponse(new Response(null, { status: 308, headers: { location: 'console/' } }));
      files ??= readFiles(directory).catch((error: unknown) => {
        // The next browser tries again.
        files = undefined;
        throw error;
      });
      const name = path.slice(CONSOLE_PATH.length + 1) || 'index.html';
      const file = (await files).get(name);
      if (!file)
        return endResponse(new Response('Not found.', { status: 404, headers: { 'content-type': 'text/plain' } }));
      // The names of all other files change with their content.
      const cacheControl = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      const fileHeaders = { ...COMMON_HEADERS, 'content-type': file.contentType, 'cache-control': cacheControl };
      endResponse(fileResponse(headers, file, fileHeaders, Response));
    },
  };
}

/** By paths with slashes. */
async function readFiles(directory: string): Promise<ReadonlyMap<string, ServedFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(directory.length).replaceAll('\\', '/'));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = await compressedFile(await readFile(join(directory, name)));
      return [name, { ...file, contentType: CONTENT_TYPES[extname(name)] ?? 'application/octet-stream' }] as const;
    }),
  );
  return new Map(files);
}
