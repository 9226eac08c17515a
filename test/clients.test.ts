/** Requests of popular clients and proxies, and responses that they understand. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { serve } from '../src/process/server.ts';
import { BILLING_TASK } from './support/ask.ts';
import { loggedGateway, openSocket, post, postHead, servedGateway, socketClosed } from './support/gateway.ts';
import { httpServer, startGateway } from './support/harness.ts';

const TYPENAME = { query: '{ __typename }' };
const WATCH = { query: `subscription { migrationTask(id: "${BILLING_TASK}") { __typename } }` };
const HASH = { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } } };
const NOT_SUPPORTED = {
  errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
};
const APOLLO_ACCEPT = 'application/graphql-response+json,application/json;q=0.9';
const URQL_ACCEPT =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
const APOLLO_SUBSCRIPTION = `multipart/mixed;boundary=graphql;subscriptionSpec=1.0,${APOLLO_ACCEPT}`;

describe('the hash of an automatic persisted query', () => {
  test.each([
    ['without a document', {}],
    ['with a document that is null', { query: null }],
    ['with an empty document', { query: '' }],
  ])('makes Apollo Client and urql send documents from then on: %s', async (_, query) => {
    const gateway = await servedGateway();
    const response = await post(gateway, { ...query, ...HASH }, { accept: APOLLO_ACCEPT });
    expect([response.status, await response.json()]).toEqual([200, NOT_SUPPORTED]);
  });

  test.each([APOLLO_ACCEPT, URQL_ACCEPT])('gets the same response by GET: Accept: %s', async (accept) => {
    const { url } = await servedGateway();
    const search = new URLSearchParams({ variables: '{}', extensions: JSON.stringify(HASH.extensions) });
    const response = await fetch(`${url}/graphql?${search}`, { headers: { accept } });
    expect([response.status, await response.json()]).toEqual([200, NOT_SUPPORTED]);
  });

  test('sent by GET together with a document is rejected', async () => {
    const { url } = await servedGateway();
    const search = new URLSearchParams({ ...TYPENAME, extensions: JSON.stringify(HASH.extensions) });
    expect((await fetch(`${url}/graphql?${search}`, { headers: { accept: APOLLO_ACCEPT } })).status).toBe(405);
  });

  test('is ignored if the document is sent too', async () => {
    const gateway = await servedGateway();
    const response = await post(gateway, { ...TYPENAME, ...HASH });
    expect([response.status, await response.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  test('is the id of a document if only trusted documents run', async () => {
    const documents = new Map([['ab'.repeat(32), TYPENAME.query]]);
    const gateway = await servedGateway({}, { documents });
    const listed = await post(gateway, HASH);
    const other = await post(gateway, { extensions: { persistedQuery: { version: 1, sha256Hash: 'cd'.repeat(32) } } });
    expect([listed.status, await listed.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
    expect([other.status, await other.json()]).toEqual([
      400,
      { errors: [expect.objectContaining({ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } })] },
    ]);
  });
});

describe('Apollo Client, unmodified,', () => {
  async function apolloClient(options: { useGETForHashedQueries: boolean } | null) {
    const { listener } = await startGateway();
    const uri = `${await httpServer(listener)}/graphql`;
    const sent: string[] = [];
    const http = new HttpLink({
      uri,
      headers: { 'x-auth-token': DEMO_TOKEN },
      fetch: (address, init) => {
        sent.push(`${init?.method} ${String(init?.body ?? address).includes('migrationTasks') ? 'document' : 'hash'}`);
        return fetch(address, init);
      },
    });
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const link = options === null ? http : new PersistedQueryLink({ sha256, ...options }).concat(http);
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    onTestFinished(() => client.stop());
    return { client, sent };
  }

  test.each([
    [false, 'POST hash'],
    [true, 'GET hash'],
  ])(
    'changes from hashes to documents once and for all: useGETForHashedQueries %s',
    async (useGETForHashedQueries, hash) => {
      const { client, sent } = await apolloClient({ useGETForHashedQueries });
      for (const first of [1, 2]) {
        const { data } = await client.query({ query: gql(`{ migrationTasks(first: ${first}) { totalCount } }`) });
        expect(data).toEqual({
          migrationTasks: { __typename: 'MigrationTaskConnection', totalCount: expect.any(Number) },
        });
      }
      expect(sent).toEqual([hash, 'POST document', 'POST document']);
    },
  );

  test('shows an error that says how to request a subscription', async () => {
    const { client } = await apolloClient(null);
    const { error } = await new Promise<{ error?: Error }>((resolve) => {
      client.subscribe({ query: gql(WATCH.query) }).subscribe(resolve);
    });
    expect(error?.message).toMatch(/^Subscriptions are only available as server-sent events\./);
  });
});

describe('a subscription', () => {
  const REQUIRED = {
    errors: [
      {
        message:
          'Subscriptions are only available as server-sent events. Send "Accept: text/event-stream", as the library graphql-sse does.',
        extensions: { code: 'EVENT_STREAM_REQUIRED' },
      },
    ],
  };

  test.each([
    APOLLO_SUBSCRIPTION,
    'multipart/mixed;boundary="graphql";subscriptionSpec="1.0",application/json',
    'multipart/mixed',
    'application/json',
    'application/graphql-response+json',
    'application/*',
    'text/event-stream;q=0, */*',
  ])('that does not accept an event stream is rejected with a hint, and logged with its code: %s', async (accept) => {
    const gateway = await loggedGateway();
    const response = await post(gateway, WATCH, { accept });
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      406,
      `${accept.includes('graphql-response') ? 'application/graphql-response+json' : 'application/json'}; charset=utf-8`,
      REQUIRED,
    ]);
    expect(await gateway.requests()).toEqual([
      expect.objectContaining({ status: 406, outcome: 'EVENT_STREAM_REQUIRED' }),
    ]);
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    'text/event-stream',
    'TEXT/EVENT-STREAM',
    'application/json, text/event-stream',
    'text/*',
    '*/*',
    URQL_ACCEPT,
  ])('gets an event stream that proxies do not buffer: Accept: %s', async (accept) => {
    const gateway = await servedGateway();
    const disconnect = new AbortController();
    const response = await post(gateway, WATCH, { accept }, { signal: disconnect.signal });
    const { status, headers } = response;
    expect([status, headers.get('content-type'), headers.get('x-accel-buffering')]).toEqual([
      200,
      'text/event-stream',
      'no',
    ]);
    disconnect.abort();
  });
});

describe('a query', () => {
  const JSON_TYPE = 'application/json; charset=utf-8';
  const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

  test.each([
    [APOLLO_ACCEPT, RESPONSE_TYPE],
    ['multipart/mixed;deferSpec=20220824,application/json', JSON_TYPE],
    ['application/graphql-response+json', RESPONSE_TYPE],
    ['application/json', JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*;q=0.5', JSON_TYPE],
    ['application/json; charset=UTF-8', JSON_TYPE],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', JSON_TYPE],
    ['', JSON_TYPE],
  ])('gets a media type that the client accepts: %s', async (accept, type) => {
    const gateway = await servedGateway();
    const response = await post(gateway, TYPENAME, { accept });
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      200,
      type,
      { data: { __typename: 'Query' } },
    ]);
    expect(response.headers.get('x-accel-buffering')).toBeNull();
  });

  test.each([
    'text/html',
    'image/png',
    'application/xml, text/plain',
    'application/json;q=0',
    'application/json; charset=utf-16',
  ])('with no acceptable media type is not executed, and logged with its code: Accept: %s', async (accept) => {
    const gateway = await loggedGateway();
    const mutation = `mutation { deleteTask(input: { id: "${BILLING_TASK}" }) { __typename } }`;
    const response = await post(gateway, { query: mutation }, { accept });
    expect([response.status, await response.json()]).toEqual([
      406,
      {
        errors: [
          {
            message: 'Accept application/json, application/graphql-response+json or text/event-stream.',
            extensions: { code: 'NOT_ACCEPTABLE' },
          },
        ],
      },
    ]);
    expect(await gateway.requests()).toEqual([expect.objectContaining({ status: 406, outcome: 'NOT_ACCEPTABLE' })]);
    expect(gateway.emulator.requests).toEqual([]);
  });
});

test.each([
  ['METHOD_NOT_ALLOWED', { method: 'GET' }],
  ['UNSUPPORTED_MEDIA_TYPE', { method: 'POST', body: 'a text' }],
])('a request that is rejected by the HTTP rules is logged with its code: %s', async (code, init) => {
  const gateway = await loggedGateway();
  await fetch(`${gateway.url}/graphql`, init);
  expect(await gateway.requests()).toEqual([expect.objectContaining({ outcome: code })]);
});

describe('a compressed body', () => {
  test.each([
    ['gzip', gzipSync(JSON.stringify(TYPENAME))],
    ['br', JSON.stringify(TYPENAME)],
    ['identity, GZIP', gzipSync(JSON.stringify(TYPENAME))],
    ['x-none', JSON.stringify(TYPENAME)],
  ])('is rejected with 415, and the connection stays usable: %s', async (coding, body) => {
    const gateway = await servedGateway();
    const response = await post(gateway, '', { 'content-encoding': coding }, { body });
    expect([response.status, response.headers.get('accept-encoding'), await response.json()]).toEqual([
      415,
      'identity',
      {
        errors: [
          {
            message: 'Compressed bodies are not supported. Send the body without Content-Encoding.',
            extensions: { code: 'UNSUPPORTED_CONTENT_ENCODING' },
          },
        ],
      },
    ]);
  });

  test.each(['identity', 'Identity', ''])('does not include one with the Content-Encoding "%s"', async (coding) => {
    const gateway = await servedGateway();
    const response = await post(gateway, TYPENAME, { 'content-encoding': coding });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('a request target of the absolute form', () => {
  const body = JSON.stringify(TYPENAME);
  const requestTo = (target: string, host = 'gateway.test') =>
    `POST ${target} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\nx-auth-token: ${DEMO_TOKEN}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

  async function responseTo(request: string, settings: Parameters<typeof servedGateway>[1] = {}) {
    const socket = await openSocket(await servedGateway({}, settings));
    socket.write(request);
    await once(socket, 'data');
    return socket.received;
  }

  test.each(['http://gateway.test/graphql', 'HTTP://GATEWAY.test:4000/graphql?a=b', 'https://gateway.test/graphql'])(
    'is served like its path: %s',
    async (target) => {
      expect(await responseTo(requestTo(target))).toMatch(/^HTTP\/1\.1 200 .*"__typename":"Query"/s);
    },
  );

  test.each(['/health', '/ready'])('reaches %s', async (path) => {
    expect(await responseTo(`GET http://gateway.test${path} HTTP/1.1\r\nhost: gateway.test\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 200 /,
    );
  });

  test.each([
    'http://gateway.test',
    'http://gateway.test?x',
    'http://gateway.test/x/../graphql',
    'http://a/http://b/graphql',
  ])('is not served with another path: %s', async (target) => {
    expect(await responseTo(requestTo(target))).toMatch(/^HTTP\/1\.1 404 .*"code":"NOT_FOUND"/s);
  });

  test.each([
    ['evil.example', '127.0.0.1', 421],
    ['user@127.0.0.1', '127.0.0.1', 421],
    ['127.0.0.1:4000', '127.0.0.1', 200],
    ['LOCALHOST', '127.0.0.1', 200],
  ])('is checked by the authority in it, not by the Host header: %s', async (authority, host, status) => {
    const received = await responseTo(requestTo(`http://${authority}/graphql`, host), { auth: 'service', open: true });
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});

test.each([
  ['POST', '/graphql', 'host: gateway.test\r\nHOST: other.test'],
  ['POST', '/graphql', 'host: gateway.test\r\nhost: gateway.test'],
  ['GET', '/health', 'Host: gateway.test\r\nhost: other.test'],
])('a request with two Host headers is rejected: %s %s', async (method, path, hosts) => {
  const socket = await openSocket(await servedGateway());
  const closed = socketClosed(socket);
  socket.write(`${method} ${path} HTTP/1.1\r\n${hosts}\r\ncontent-length: 0\r\n\r\n`);
  await closed;
  expect(socket.received).toMatch(
    /^HTTP\/1\.1 400 .*connection: close.*"message":"The request has more than one Host header\."/is,
  );
});

test('a request may have another header twice', async () => {
  const socket = await openSocket(await servedGateway());
  const body = JSON.stringify(TYPENAME);
  socket.write(postHead({ 'content-length': body.length, accept: '*/*', 'x-other': 'a\r\nx-other: b' }) + body);
  await once(socket, 'data');
  expect(socket.received).toMatch(/^HTTP\/1\.1 200 /);
});

test('an idle connection is kept for as long as the operator says', async () => {
  const { listener } = await startGateway();
  const { url, stop } = await serve(listener, { host: '127.0.0.1', port: 0, keepAliveTimeoutMs: 620_000 });
  onTestFinished(() => stop(0));
  expect((await fetch(`${url}/health`)).headers.get('keep-alive')).toBe('timeout=620');
});
