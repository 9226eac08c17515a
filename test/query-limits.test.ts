import { getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startGateway } from './support/harness.ts';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const nested = (count: number, open: string, innermost: string, close: string) =>
  open.repeat(count) + innermost + close.repeat(count);

describe('a document that exceeds a limit is rejected before it is validated:', () => {
  test.each<[string, string, string]>([
    ['tokens', `{ ${times(10_001, () => '__typename')} }`, 'QUERY_TOO_LARGE'],
    ['empty lines', `{ __typename ${'\n'.repeat(256 * 1024)} }`, 'QUERY_TOO_LARGE'],
    ['a long string', `{ a(b: "${'x'.repeat(256 * 1024)}") }`, 'QUERY_TOO_LARGE'],
    ['comments', `{ __typename ${'#\n'.repeat(10_001)} }`, 'QUERY_TOO_LARGE'],
    ['definitions', times(201, (i) => `query q${i} { __typename }`), 'QUERY_TOO_LARGE'],
    ['nested fields', nested(16, '{ a ', '{ a }', '}'), 'QUERY_TOO_DEEP'],
    ['fields nested deeper than the stack', nested(4_000, '{ a ', '{ a }', '}'), 'QUERY_TOO_DEEP'],
    ['nested values', `{ a(b: ${nested(17, '[', '', ']')}) }`, 'QUERY_TOO_DEEP'],
    ['values nested deeper than the stack', `{ a(b: ${nested(4_500, '[', '', ']')}) }`, 'QUERY_TOO_DEEP'],
    ['nested values of a default', `query q($v: Int = ${nested(17, '{ a: ', '1', '}')}) { a }`, 'QUERY_TOO_DEEP'],
    ['aliases', `{ ${times(51, (i) => `a${i}: __typename`)} }`, 'TOO_MANY_ALIASES'],
    ['aliases of the content of a file', '{ files { text a: text b: text c: text } }', 'TOO_MANY_ALIASES'],
    [
      'aliases of the content of a file in fragments',
      '{ files { json ...{ a: json } ...{ b: json c: json } } }',
      'TOO_MANY_ALIASES',
    ],
    ['directives', `{ ${times(51, (i) => `a${i % 20} @skip(if: false)`)} }`, 'TOO_MANY_DIRECTIVES'],
    ['directives in one place', `{ __typename ${'@a'.repeat(6)} }`, 'TOO_MANY_DIRECTIVES'],
    ['directives of an operation', `query ${'@a'.repeat(6)} { __typename }`, 'TOO_MANY_DIRECTIVES'],
    ['root fields', `{ ${times(21, (i) => `f${i}`)} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['root fields of fragments', `{ ${times(21, (i) => `...{ f${i} }`)} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['the same field', `{ ${times(101, () => '__typename')} }`, 'TOO_MANY_DUPLICATES'],
    ['the same field in fragments', `{ ${times(101, () => '... { __typename }')} }`, 'TOO_MANY_DUPLICATES'],
    ['the same field below the same fields', `{ ${times(51, () => 'a { b b }')} }`, 'TOO_MANY_DUPLICATES'],
    ['several fields many times', `{ a { ${times(5, (i) => `${`f${i} `.repeat(99)}`)} } }`, 'TOO_MANY_DUPLICATES'],
    ['the schema twice', '{ a: _service { sdl } b: _service { sdl } }', 'TOO_MANY_DUPLICATES'],
    ['the schema twice in one place', '{ _service { a: sdl b: sdl } }', 'TOO_MANY_DUPLICATES'],
    ['introspection twice', '{ a: __schema { x } b: __schema { x } }', 'TOO_MANY_DUPLICATES'],
    [
      'fragments of fragments of fragments',
      `{ ...f0 } ${times(20, (i) => `fragment f${i} on Query { ${times(10, () => `...f${i + 1}`)} }`)}`,
      'QUERY_TOO_LARGE',
    ],
    [
      'unused fragments of fragments',
      `{ __typename } ${times(20, (i) => `fragment f${i} on Query { ${times(10, () => `...f${i + 1}`)} }`)}`,
      'QUERY_TOO_LARGE',
    ],
  ])('%s', async (_, query, code) => {
    const { send } = await startGateway();
    const { status, body } = await send(query);
    expect([status, body]).toEqual([400, { errors: [expect.objectContaining({ extensions: { code } })] }]);
  });
});

test('validation rejects fragments that spread themselves', async () => {
  const { send } = await startGateway();
  const { body } = await send('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }');
  expect(body.errors?.map(({ message }) => message)).toEqual(['Cannot spread fragment "a" within itself via "b".']);
});

test('validation rejects circular introspection', async () => {
  const { send } = await startGateway();
  const circles = nested(3, 'fields { type { ', 'name', '} }');
  const { body } = await send(`{ __schema { types { fields { type { ${circles} } } } } }`);
  expect(body.data).toBeUndefined();
  expect(body.errors?.[0]?.message).toBe('Maximum introspection depth exceeded');
});

describe('a document just within its limits runs:', () => {
  test.each<[string, string]>([
    ['aliases', `{ ${times(20, (i) => `a${i}: __typename`)} }`],
    ['the same field', `{ ${times(100, () => '__typename')} }`],
    ['four fields many times', `{ ${times(4, (i) => `a${i}: __typename `.repeat(12))} }`],
    ['directives', `{ ${times(20, (i) => `a${i}: __typename @skip(if: false) @include(if: true)`)} }`],
    ['a fragment spread many times', `{ ${times(90, () => '...f')} } fragment f on Query { __typename }`],
    ['the introspection query of GraphiQL', getIntrospectionQuery()],
  ])('%s', async (_, query) => {
    const { send } = await startGateway();
    expect((await send(query)).body.errors).toBeUndefined();
  });
});

test('a response has at most ten errors about an invalid document', async () => {
  const { send } = await startGateway();
  const { body } = await send(`{ ${times(20, (i) => `f${i}`)} }`);
  expect(body.errors).toHaveLength(10);
});

test.each([
  [500, [{ line: 500, column: 2 }]],
  [501, undefined],
])('an error has a location only in a document of up to 500 lines: %i', async (lines, locations) => {
  const { send } = await startGateway();
  const { body } = await send(`{${'\n'.repeat(lines - 1)} nothing }`);
  expect(body.errors).toMatchObject([{ message: expect.stringContaining('nothing') }]);
  expect(body.errors?.map((error) => (error as { locations?: object }).locations)).toEqual([locations]);
});
