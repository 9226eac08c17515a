/** The checks of graphql-cop 1.15, written from their descriptions, with the settings of production. */
import { describe, expect, test } from 'vitest';
import { post, type Served, servedGateway } from './support/gateway.ts';

const production = () => servedGateway({}, { introspection: false });
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

interface GraphqlResponse {
  status: number;
  body: {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions?: { code?: string } }[];
    extensions?: object;
  };
}

async function ask(gateway: Served, body: object | string, headers?: Record<string, string>): Promise<GraphqlResponse> {
  const response = await post(gateway, body, headers);
  return { status: response.status, body: (await response.json()) as GraphqlResponse['body'] };
}

const codesOf = ({ body }: GraphqlResponse) => body.errors?.map(({ extensions }) => extensions?.code);

describe('production prevents denial of service by', () => {
  test.each([
    ['alias overloading', `query cop { ${times(101, (i) => `alias${i}:__typename`)} }`, ['TOO_MANY_ALIASES']],
    ['directive overloading', `query cop { __typename ${'@aa'.repeat(10)} }`, ['TOO_MANY_DIRECTIVES']],
    ['field duplication', `query cop { ${'__typename '.repeat(500)} }`, ['TOO_MANY_DUPLICATES']],
    [
      'circular introspection',
      'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
      ['INTROSPECTION_OFF'],
    ],
  ])('%s', async (_, query, codes) => {
    const response = await ask(await production(), { query });
    expect(response.body.data).toBeUndefined();
    expect(codesOf(response)).toEqual(expect.arrayContaining(codes));
  });

  test('batching', async () => {
    const response = await ask(await production(), Array(10).fill({ query: 'query cop { __typename }' }));
    expect([response.status, codesOf(response)]).toEqual([400, ['BATCHING_NOT_SUPPORTED']]);
  });
});

describe('production prevents cross-site request forgery by a', () => {
  test.each(['query cop { __typename }', 'mutation cop { __typename }'])('GET of %s', async (query) => {
    const { url } = await production();
    const response = await fetch(`${url}/graphql?${new URLSearchParams({ query })}`);
    expect(response.status).toBe(405);
  });

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])('POST of %s', async (type) => {
    const response = await ask(await production(), 'query=query+cop+%7B+__typename+%7D', { 'content-type': type });
    expect([response.status, response.body.data]).toEqual([415, undefined]);
  });
});

describe('production discloses nothing by', () => {
  test('introspection', async () => {
    const gateway = await production();
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }']) {
      const response = await ask(gateway, { query });
      expect([response.body.data, codesOf(response)]).toEqual([undefined, ['INTROSPECTION_OFF']]);
    }
  });

  test('suggestions', async () => {
    const gateway = await production();
    const input = { taskInfo: [], languag: 'EN_US' };
    const responses = await Promise.all(
      [
        { query: 'query cop { overvie { waiting } }' },
        { query: 'mutation { exportConsistencyResults(inpu: 1) { __typename } }' },
        { query: 'mutation { exportConsistencyResults(input: { taskInfo: [], language: EN_U }) { __typename } }' },
        {
          query:
            'mutation($input: ExportConsistencyResultsInput!) { exportConsistencyResults(input: $input) { __typename } }',
          variables: { input },
        },
        { query: '{ ... on Quer { __typename } }' },
      ].map((body) => ask(gateway, body)),
    );
    for (const { body } of responses) {
      expect(body.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toMatch(/Did you mean/);
    }
  });

  test('GraphiQL or a playground', async () => {
    const { url } = await production();
    for (const path of ['/graphql', '/', '/graphiql', '/playground', '/console']) {
      const response = await fetch(url + path, { headers: { accept: 'text/html' } });
      expect([404, 405]).toContain(response.status);
      expect(await response.text()).not.toMatch(/graphiql|playground/i);
    }
  });

  test('tracing', async () => {
    const { body } = await ask(await production(), { query: '{ __typename }' }, { 'x-apollo-tracing': '1' });
    expect(body).toEqual({ data: { __typename: 'Query' } });
  });

  test('unhandled errors', async () => {
    const gateway = await production();
    for (const body of [
      'qwerty cop { abc }',
      { query: 'qwerty cop { abc }' },
      { query: '{ __typename', variables: 'x' },
    ]) {
      const response = await ask(gateway, body);
      expect(JSON.stringify(response)).not.toMatch(/exception|stack|node_modules|\.ts:|originalError/);
    }
  });
});

test('responses are not cached, and are not sniffed for another type than JSON', async () => {
  const gateway = await production();
  for (const body of [{ query: '{ __typename }' }, '{', 'x'.repeat(5 * 1024 ** 2)]) {
    const { headers } = await post(gateway, body);
    const values = ['cache-control', 'x-content-type-options', 'content-type'].map((name) => headers.get(name));
    expect(values).toEqual(['no-store', 'nosniff', 'application/json; charset=utf-8']);
  }
});

describe('in production, a supergraph', () => {
  test('still gets the SDL and entities', async () => {
    const gateway = await production();
    const sdl = await ask(gateway, { query: 'query { _service { sdl } }' });
    expect(JSON.stringify(sdl.body.data)).toContain('@key(fields');
    const representations = [{ __typename: 'SourceServer', id: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01' }];
    const query =
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on SourceServer { name } } }';
    const entities = await ask(gateway, { query, variables: { representations } });
    expect(entities.body).toEqual({ data: { _entities: [{ name: 'web-prod-01' }] } });
  });
});
