import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SettingsError } from '../src/config/settings.ts';
import { readDocuments } from '../src/config/trusted-documents.ts';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { startGateway } from './support/harness.ts';

const TYPENAME = 'query Typename { __typename }';
const OVERVIEW = 'query Overview { overview { waiting } }';
const sha = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
// As codegen's client preset writes them: SHA-1 by default, SHA-256 when it is told to.
const ID = sha('sha1', TYPENAME);
const ID_256 = sha('sha256', OVERVIEW);
const DOCUMENTS = new Map([
  [ID, TYPENAME],
  [ID_256, OVERVIEW],
]);

async function answersTo(body: object) {
  const { listener, emulator } = await startGateway({ documents: DOCUMENTS, introspection: false });
  const response = await listener.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), calls: emulator.requests.length };
}

describe('a listed document runs by its id', () => {
  test.each<[string, object, object]>([
    ['as a parameter', { documentId: ID }, { __typename: 'Query' }],
    [
      'as a parameter that names its algorithm',
      { documentId: `sha256:${ID_256}` },
      { overview: { waiting: expect.any(Number) } },
    ],
    [
      'as Apollo clients send it',
      { extensions: { persistedQuery: { version: 1, sha256Hash: ID_256 } } },
      { overview: { waiting: expect.any(Number) } },
    ],
    [
      'beside a name and variables',
      { documentId: ID, operationName: 'Typename', variables: {} },
      { __typename: 'Query' },
    ],
  ])('%s', async (_, body, data) => {
    expect(await answersTo(body)).toMatchObject({ status: 200, body: { data } });
  });
});

describe('nothing else runs', () => {
  test.each<[string, object, string]>([
    ['a text', { query: '{ overview { waiting } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['a text that is listed', { query: TYPENAME }, 'PERSISTED_QUERY_ID_REQUIRED'],
    [
      'a text beside the id of another',
      { query: '{ overview { waiting } }', documentId: ID },
      'PERSISTED_QUERY_ID_REQUIRED',
    ],
    ['no id', {}, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['an id that is no text', { documentId: 1 }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['an unknown id', { documentId: sha('sha256', 'unknown') }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['a name that belongs to JavaScript', { documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['the SDL', { query: '{ _service { sdl } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
  ])('%s', async (_, body, code) => {
    expect(await answersTo(body)).toEqual({
      status: 400,
      body: { errors: [{ message: expect.any(String), extensions: { code } }] },
      calls: 0,
    });
  });

  test('not even by GET', async () => {
    const { listener } = await startGateway({ documents: DOCUMENTS });
    const headers = { accept: 'text/event-stream' };
    const answer = async (search: string) =>
      (await listener.fetch(`http://gateway.test/graphql?${search}`, { headers })).text();
    expect(await answer(`documentId=${ID}`)).toContain('"__typename":"Query"');
    expect(await answer('query={__typename}')).toContain('PERSISTED_QUERY_ID_REQUIRED');
  });
});

describe('the file', () => {
  test('is what codegen writes', () => {
    expect(readDocuments(fileWith(JSON.stringify({ [ID]: TYPENAME, [`sha256:${ID_256}`]: OVERVIEW })))).toEqual(
      DOCUMENTS,
    );
  });

  test.each([
    ['that is not JSON', '{', /^DOCUMENTS is ".*", which is not JSON\.$/],
    ['that lists nothing', '{}', /which is not an object of ids and documents/],
    ['that is a list', `["${TYPENAME}"]`, /which is not an object of ids and documents/],
    ['that is null', 'null', /which is not an object of ids and documents/],
    ['of documents that are no texts', '{"id":{}}', /which is not an object of ids and documents/],
  ])('%s is refused', (_, content, message) => {
    expect(() => readDocuments(fileWith(content))).toThrow(message);
  });

  test('that is not there is refused', () => {
    expect(() => readDocuments('/nowhere/documents.json')).toThrow(
      'DOCUMENTS is "/nowhere/documents.json", which cannot be read (ENOENT).',
    );
  });

  test('is not repeated where its content stands in place of its name', () => {
    expect(() => readDocuments('{"id":"{ hidden }"}')).toThrow(
      'DOCUMENTS is something that is not shown here, which cannot be read (ENOENT).',
    );
  });

  test.each([
    ['does not parse', '{', 'it is no GraphQL at 1:2.'],
    ['does not fit the schema', '{ nothing }', 'Cannot query field "nothing" on type "Query".'],
    ['is too large', `{ ${'__typename '.repeat(101)} }`, 'A field may be selected 100 times in one place.'],
  ])('with a document that %s keeps the gateway from starting', async (_, text, message) => {
    const documents = new Map([['the-id', text]]);
    await expect(startGateway({ documents })).rejects.toThrow(`DOCUMENTS holds "the-id", which cannot run: ${message}`);
  });

  test.each([
    ['a hash', ID, '{ nothing }', `"${ID}", which cannot run: Cannot query field "nothing" on type "Query".`],
    ['a text that no GraphQL is', 'sk', 'hidden key', '"sk", which cannot run: it is no GraphQL at 1:1.'],
    [
      'a value that does not fit',
      'one',
      '{ migrationTasks(first: "hidden") { totalCount } }',
      '"one", which cannot run: Int cannot represent this value',
    ],
    [
      'an id that may be a secret',
      'hidden='.repeat(5),
      '{ nothing }',
      'something that is not shown here, which cannot run: Cannot query field "nothing" on type "Query".',
    ],
  ])('with %s says no more of it than it must', async (_, id, text, said) => {
    const documents = new Map([[id, text]]);
    await expect(startGateway({ documents })).rejects.toThrow(new SettingsError(`DOCUMENTS holds ${said}`));
  });
});

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'persisted-documents.json');
  writeFileSync(file, content);
  return file;
}
