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
// Codegen's client preset writes SHA-1 by default, and SHA-256 on request.
const ID = sha('sha1', TYPENAME);
const ID_256 = sha('sha256', OVERVIEW);
const DOCUMENTS = new Map([
  [ID, TYPENAME],
  [ID_256, OVERVIEW],
]);

async function responseTo(body: object) {
  const { listener, emulator } = await startGateway({ documents: DOCUMENTS, introspection: false });
  const response = await listener.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), calls: emulator.requests.length };
}

describe('a trusted document runs by its id', () => {
  test.each<[string, object, object]>([
    ['sent as a parameter', { documentId: ID }, { __typename: 'Query' }],
    [
      'sent as a parameter with the name of its algorithm',
      { documentId: `sha256:${ID_256}` },
      { overview: { waiting: expect.any(Number) } },
    ],
    [
      'sent as Apollo clients do',
      { extensions: { persistedQuery: { version: 1, sha256Hash: ID_256 } } },
      { overview: { waiting: expect.any(Number) } },
    ],
    [
      'sent with a name and variables',
      { documentId: ID, operationName: 'Typename', variables: {} },
      { __typename: 'Query' },
    ],
  ])('%s', async (_, body, data) => {
    expect(await responseTo(body)).toMatchObject({ status: 200, body: { data } });
  });
});

describe('with trusted documents, nothing else runs:', () => {
  test.each<[string, object, string]>([
    ['any text', { query: '{ overview { waiting } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['the text of a trusted document', { query: TYPENAME }, 'PERSISTED_QUERY_ID_REQUIRED'],
    [
      'a text together with the id of another document',
      { query: '{ overview { waiting } }', documentId: ID },
      'PERSISTED_QUERY_ID_REQUIRED',
    ],
    ['no id', {}, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['an id that is not a string', { documentId: 1 }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['an unknown id', { documentId: sha('sha256', 'unknown') }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['a property of every JavaScript object', { documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['the SDL', { query: '{ _service { sdl } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
  ])('%s', async (_, body, code) => {
    expect(await responseTo(body)).toEqual({
      status: 400,
      body: { errors: [{ message: expect.any(String), extensions: { code } }] },
      calls: 0,
    });
  });

  test('a text sent by GET', async () => {
    const { listener } = await startGateway({ documents: DOCUMENTS });
    const headers = { accept: 'text/event-stream' };
    const responseTo = async (search: string) =>
      (await listener.fetch(`http://gateway.test/graphql?${search}`, { headers })).text();
    expect(await responseTo(`documentId=${ID}`)).toContain('"__typename":"Query"');
    expect(await responseTo('query={__typename}')).toContain('PERSISTED_QUERY_ID_REQUIRED');
  });
});

describe('the file of trusted documents', () => {
  test('has the form that codegen writes', () => {
    expect(readDocuments(fileWith(JSON.stringify({ [ID]: TYPENAME, [`sha256:${ID_256}`]: OVERVIEW })))).toEqual(
      DOCUMENTS,
    );
  });

  test.each([
    ['is not JSON', '{', /^DOCUMENTS is ".*", which is not JSON\.$/],
    ['is empty', '{}', /which is not an object of ids and documents/],
    ['is a list', `["${TYPENAME}"]`, /which is not an object of ids and documents/],
    ['is null', 'null', /which is not an object of ids and documents/],
    ['has documents that are not strings', '{"id":{}}', /which is not an object of ids and documents/],
  ])('is rejected if it %s', (_, content, message) => {
    expect(() => readDocuments(fileWith(content))).toThrow(message);
  });

  test('is rejected if it does not exist', () => {
    expect(() => readDocuments('/nowhere/documents.json')).toThrow(
      'DOCUMENTS is "/nowhere/documents.json", which cannot be read (ENOENT).',
    );
  });

  test('is not repeated if DOCUMENTS is set to its content instead of its name', () => {
    expect(() => readDocuments('{"id":"{ hidden }"}')).toThrow(
      'DOCUMENTS is [redacted], which cannot be read (ENOENT).',
    );
  });

  test.each([
    ['does not parse', '{', 'Syntax error at 1:2.'],
    ['does not fit the schema', '{ nothing }', 'Cannot query field "nothing" on type "Query".'],
    [
      'is too large',
      `{ ${'__typename '.repeat(101)} }`,
      'The document exceeds the limit of 100 selections of the same field.',
    ],
  ])('prevents the start of the gateway if a document %s', async (_, text, message) => {
    const documents = new Map([['the-id', text]]);
    await expect(startGateway({ documents })).rejects.toThrow(
      `DOCUMENTS contains "the-id", which cannot run: ${message}`,
    );
  });

  test.each([
    ['a hash as its id', ID, '{ nothing }', `"${ID}", which cannot run: Cannot query field "nothing" on type "Query".`],
    ['a text that is not GraphQL', 'sk', 'hidden key', '"sk", which cannot run: Syntax error at 1:1.'],
    [
      'an invalid value',
      'one',
      '{ migrationTasks(first: "hidden") { totalCount } }',
      '"one", which cannot run: Int cannot represent this value',
    ],
    [
      'an id that may be a secret',
      'hidden='.repeat(5),
      '{ nothing }',
      '[redacted], which cannot run: Cannot query field "nothing" on type "Query".',
    ],
  ])('is not repeated in the error about a document with %s', async (_, id, text, problem) => {
    const documents = new Map([[id, text]]);
    await expect(startGateway({ documents })).rejects.toThrow(new SettingsError(`DOCUMENTS contains ${problem}`));
  });
});

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'persisted-documents.json');
  writeFileSync(file, content);
  return file;
}
