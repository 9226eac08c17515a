/** How the gateway serves the files of the console. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen, startGateway } from './support/harness.ts';

const PAGE = '<!doctype html><title>Console</title>';
const SCRIPT = 'document.title = "Started";';

/** A gateway that serves a page and a script. */
async function servedFiles() {
  const directory = `${mkdtempSync(join(tmpdir(), 'console-'))}/`;
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFilesTo(directory);
  return served(directory);
}

function writeFilesTo(directory: string): void {
  mkdirSync(join(directory, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'index.html'), PAGE);
  writeFileSync(join(directory, 'assets/index-1.js'), SCRIPT);
}

async function served(directory: string) {
  const url = await listen(await startGateway({ consoleDirectory: directory }));
  return (path: string, init: RequestInit = {}) => fetch(url + path, { redirect: 'manual', ...init });
}

test('the console has a strict content security policy, and no other page may frame it', async () => {
  const read = await servedFiles();
  const response = await read('/console/');
  expect([response.status, await response.text()]).toEqual([200, PAGE]);
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]),
  );
  expect(String(policy)).not.toMatch(/unsafe|\*|https?:/);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
});

test('a browser keeps the files of the console whose names change with their content', async () => {
  const read = await servedFiles();
  const response = await read('/console/assets/index-1.js');
  expect(await response.text()).toBe(SCRIPT);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('a browser that has the page of the console gets 304', async () => {
  const read = await servedFiles();
  const { headers } = await read('/console/');
  const again = await read('/console/', { headers: { 'if-none-match': headers.get('etag') ?? '' } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test.each(['br', 'gzip'])('the files of the console are compressed with %s', async (encoding) => {
  const read = await servedFiles();
  const response = await read('/console/', { headers: { 'accept-encoding': encoding } });
  expect([response.headers.get('content-encoding'), await response.text()]).toEqual([encoding, PAGE]);
});

test('/console leads to the page of the console', async () => {
  const read = await servedFiles();
  const response = await read('/console');
  expect([response.status, response.headers.get('location')]).toEqual([308, 'console/']);
});

test.each(['/console/..%2fpackage.json', '/console/assets', '/console/missing.js', '/consoles'])(
  'the console has no file %s',
  async (path) => {
    const read = await servedFiles();
    expect((await read(path)).status).toBe(404);
  },
);

test('the files of the console can only be read', async () => {
  const read = await servedFiles();
  const { status, headers } = await read('/console/', { method: 'POST', body: '{}' });
  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('HEAD gets the headers of a file of the console, without the file', async () => {
  const read = await servedFiles();
  const [head, get] = [await read('/console/', { method: 'HEAD' }), await read('/console/')];
  expect([head.status, await head.text()]).toEqual([200, '']);
  for (const name of ['content-type', 'content-length', 'etag', 'content-security-policy'])
    expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
});

test('files of the console that could not be read are read again for the next browser', async () => {
  const directory = `${mkdtempSync(join(tmpdir(), 'console-'))}/`;
  onTestFinished(() => rmSync(directory, { recursive: true }));
  rmSync(directory, { recursive: true });
  const read = await served(directory);
  expect((await read('/console/')).status).toBe(500);
  writeFilesTo(directory);
  expect((await read('/console/')).status).toBe(200);
});

test('without a console, /console is not found', async () => {
  const url = await listen(await startGateway());
  expect((await fetch(`${url}/console/`)).status).toBe(404);
});
