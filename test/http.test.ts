import { once } from 'node:events';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { openSocket, servedGateway } from './support/gateway.ts';
import { type Gateway, startGateway } from './support/harness.ts';

const CONSOLE = 'https://console.example.com';
const JSON_BODY = { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN };

function ask({ listener }: Gateway, path: string, init: RequestInit = {}) {
  return listener.fetch(`http://gateway.test${path}`, init);
}

function post(gateway: Gateway, headers: Record<string, string> = {}) {
  return ask(gateway, '/graphql', {
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body: JSON.stringify(example),
  });
}

describe('the GraphQL endpoint', () => {
  const query = '{__typename}';

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'Application/JSON ; charset=utf8',
  ])('accepts a POST of %s', async (type) => {
    const gateway = await startGateway();
    const response = await ask(gateway, '/graphql', {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ query }),
    });
    expect([response.status, await response.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  test('accepts a GET for an event stream', async () => {
    const gateway = await startGateway();
    const response = await ask(gateway, `/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(await response.text()).toContain('data: {"data":{"__typename":"Query"}}');
  });

  test.each<[string, RequestInit, number, string]>([
    ['a form', { method: 'POST', body: new URLSearchParams({ query }) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a multipart form', { method: 'POST', body: multipart(query) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['plain text', { method: 'POST', body: JSON.stringify({ query }) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a bare document',
      { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: query },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a media type that only starts like that of JSON',
      { method: 'POST', headers: { 'content-type': 'application/json5' }, body: '{}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'JSON in another charset',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-16' },
        body: JSON.stringify({ query }),
      },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a plain GET', {}, 405, 'METHOD_NOT_ALLOWED'],
    ['a GET for JSON', { headers: { accept: 'application/json' } }, 405, 'METHOD_NOT_ALLOWED'],
    ['a HEAD', { method: 'HEAD' }, 405, 'METHOD_NOT_ALLOWED'],
    ['a PUT', { method: 'PUT', headers: JSON_BODY, body: JSON.stringify({ query }) }, 405, 'METHOD_NOT_ALLOWED'],
    ['a DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
  ])('rejects %s', async (_, init, status, code) => {
    const gateway = await startGateway();
    const response = await ask(gateway, `/graphql?query=${encodeURIComponent(query)}`, init);
    const message = 'Send GraphQL as a POST of application/json.';
    expect(response.status).toBe(status);
    expect(response.headers.get(status === 405 ? 'allow' : 'accept')).toBe(
      status === 405 ? 'POST' : 'application/json',
    );
    if (init.method !== 'HEAD') expect(await response.json()).toEqual({ errors: [{ message, extensions: { code } }] });
  });

  test.each([
    '/',
    '/graphql/more',
    '/graphql/',
    '/./graphql',
    '/x/../graphql',
    '/%2e/graphql',
    '/graphql\\',
    '/graphql/.',
    '/graphql#a',
    '//graphql',
    '/a://b/graphql',
    '/?http://x/graphql',
    '/%67raphql',
  ])('is not served at another path or spelling of its path: %s', async (path) => {
    const gateway = await servedGateway();
    const socket = await openSocket(gateway);
    const body = JSON.stringify({ query });
    socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    await once(socket, 'data');
    expect(socket.received).toMatch(/^HTTP\/1\.1 404 .*"code":"NOT_FOUND"/s);
  });

  test.each([
    ['cross-site', {}, 403],
    ['same-site', {}, 403],
    ['cross-site', { origin: CONSOLE }, 200],
    ['same-origin', {}, 200],
    ['none', {}, 200],
  ])('accepts a GET from a page only if its origin is allowed: %s, %o', async (site, headers, status) => {
    const gateway = await startGateway({ corsOrigins: [CONSOLE] });
    const response = await ask(gateway, `/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream', 'sec-fetch-site': site, ...headers },
    });
    await response.text();
    expect(response.status).toBe(status);
  });
});

describe('a gateway that is open to its own machine (GATEWAY_OPEN)', () => {
  const open = { auth: 'service', open: true } as const;

  test.each(['evil.example', 'evil.example:4000', '127.0.0.1.evil.example', 'localhost.evil.example:4000'])(
    'rejects a foreign host name that resolves to this machine (DNS rebinding): %s',
    async (host) => {
      const gateway = await startGateway(open);
      const response = await post(gateway, { host });
      expect([response.status, await response.json()]).toEqual([
        421,
        {
          errors: [
            {
              message: 'This gateway only serves its own machine. Address it as localhost.',
              extensions: { code: 'HOST_NOT_LOCAL' },
            },
          ],
        },
      ]);
      expect(gateway.emulator.requests).toEqual([]);
    },
  );

  test.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000'])(
    'accepts the host name %s',
    async (host) => {
      const gateway = await startGateway(open);
      expect((await post(gateway, { host })).status).toBe(200);
    },
  );
});

describe('CORS', () => {
  const corsOf = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

  test('lets pages of an allowed origin read responses and send our headers', async () => {
    const gateway = await startGateway({ corsOrigins: ['https://other.example.com', CONSOLE] });
    const [response, preflightResponse] = [await post(gateway, { origin: CONSOLE }), await preflight(gateway, CONSOLE)];
    expect([response.status, preflightResponse.status]).toEqual([200, 204]);
    for (const either of [response, preflightResponse])
      expect(corsOf(either)).toEqual({
        'access-control-allow-origin': CONSOLE,
        'access-control-allow-methods': 'POST, GET',
        'access-control-allow-headers':
          'content-type, authorization, x-auth-token, x-language, x-max-calls, x-request-id, x-request-timeout, ' +
          'apollographql-client-name, apollographql-client-version, traceparent, tracestate, baggage',
        'access-control-expose-headers': 'x-request-id, retry-after, x-sms-emulator',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
  });

  test('allows the headers of CORS_HEADERS in addition to the usual ones, each once', async () => {
    const gateway = await startGateway({ corsOrigins: [CONSOLE], corsHeaders: ['x-tenant', 'traceparent'] });
    const { headers } = await preflight(gateway, CONSOLE);
    expect(headers.get('access-control-allow-headers')).toMatch(
      /^content-type, .*traceparent, tracestate, baggage, x-tenant$/,
    );
  });

  test.each([
    ['an origin that is not listed', [CONSOLE], 'https://console.example.com.evil.example'],
    ['the origin of a sandboxed frame', [CONSOLE], 'null'],
    ['another port of a listed origin', [CONSOLE], `${CONSOLE}:8443`],
    ['another scheme of a listed origin', [CONSOLE], 'http://console.example.com'],
    ['any origin if none is listed', [], CONSOLE],
  ])('sends no header to %s', async (_, corsOrigins, origin) => {
    const gateway = await startGateway({ corsOrigins });
    for (const response of [await post(gateway, { origin }), await preflight(gateway, origin)])
      expect(Object.keys(corsOf(response)).filter((name) => name !== 'vary')).toEqual([]);
  });

  function preflight(gateway: Gateway, origin: string) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-auth-token',
    };
    return ask(gateway, '/graphql', { method: 'OPTIONS', headers });
  }
});

describe('X-Request-Id', () => {
  test('is accepted, sent to SMS and returned', async () => {
    const gateway = await startGateway();
    const response = await post(gateway, { 'x-request-id': 'call:4.2_a-b' });
    expect(response.headers.get('x-request-id')).toBe('call:4.2_a-b');
    expect(gateway.emulator.requests.map(({ headers }) => headers['x-request-id'])).toEqual(['call:4.2_a-b']);
  });

  test.each([
    ['the request has none', {}],
    ['it is empty', { 'x-request-id': '' }],
    ['it contains a space', { 'x-request-id': 'two words' }],
    ['it contains markup', { 'x-request-id': '<b>' }],
    ['it is longer than 128 characters', { 'x-request-id': 'x'.repeat(129) }],
  ])('is generated if %s', async (_, headers) => {
    const gateway = await startGateway();
    const id = (await post(gateway, headers as Record<string, string>)).headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(gateway.emulator.requests.map((request) => request.headers['x-request-id'])).toEqual([id]);
  });

  test('is on every response', async () => {
    const gateway = await startGateway();
    for (const path of ['/health', '/ready', '/graphql', '/nowhere'])
      expect((await ask(gateway, path, { headers: { 'x-request-id': 'the-id' } })).headers.get('x-request-id')).toBe(
        'the-id',
      );
  });
});

describe('/health and /ready', () => {
  test('report that the gateway lives, and whether it takes requests', async () => {
    let isStopping = false;
    const gateway = await startGateway({ isStopping: () => isStopping });
    const statuses = async () => [(await ask(gateway, '/health')).status, (await ask(gateway, '/ready')).status];
    expect(await statuses()).toEqual([200, 200]);
    isStopping = true;
    expect(await statuses()).toEqual([200, 503]);
  });
});

describe('the page of GraphiQL', () => {
  const graphiql = { ...example, headers: { 'X-Auth-Token': 'a-demo-token' } };
  const open = (gateway: Gateway, headers: Record<string, string> = {}) =>
    ask(gateway, '/graphql', { headers: { accept: 'text/html,*/*;q=0.8', ...headers } });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  test('is compressed as the browser accepts, always the same, and cached by its ETag', async () => {
    const gateway = await startGateway({ graphiql });
    const plain = await open(gateway);
    const [br, gz] = [
      await open(gateway, { 'accept-encoding': 'gzip, br' }),
      await open(gateway, { 'accept-encoding': 'gzip' }),
    ];
    expect([plain, br, gz].map(({ status, headers }) => [status, headers.get('content-encoding')])).toEqual([
      [200, null],
      [200, 'br'],
      [200, 'gzip'],
    ]);
    const page = await bytesOf(plain);
    expect(brotliDecompressSync(await bytesOf(br)).equals(page)).toBe(true);
    expect(gunzipSync(await bytesOf(gz)).equals(page)).toBe(true);
    expect(page.toString()).toContain('a-demo-token');
    const etag = plain.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w+/]{27}"$/);
    const again = await open(gateway, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await open(gateway, { 'if-none-match': '"another"' })).status).toBe(200);
  });

  test('runs only its own scripts, and connects only to the gateway', async () => {
    const gateway = await startGateway({ graphiql });
    const { headers } = await open(gateway);
    const policy = headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      expect.stringMatching(/^script-src( 'sha256-[\w+/]{43}=')+$/),
      'worker-src blob:',
      "style-src 'unsafe-inline'",
      'img-src data:',
      'font-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding');
  });

  test('is not served if it is switched off', async () => {
    const gateway = await startGateway({ graphiql: null });
    expect((await open(gateway)).status).toBe(405);
  });
});

function multipart(query: string): FormData {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query }));
  form.set('map', '{}');
  return form;
}
