import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { buildSchema, type ExecutionResult, execute, type GraphQLSchema, isObjectType, parse, validate } from 'graphql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CompiledOperations } from '../src/graphql/compiled/compiled-operations.ts';
import { Budget } from '../src/request/budget/request-budget.ts';
import type { Context } from '../src/request/context.ts';

const SDL = /* GraphQL */ `
  enum Colour { RED GREEN }
  interface Named { name: String }
  type Leaf implements Named { name: String size: Int! }
  type Node implements Named {
    name: String  text: String!  size: Int  sizeToo: Int!  ratio: Float  flag: Boolean  id: ID  colour: Colour
    texts: [String]  textsToo: [String!]!  node: Node  nodeToo: Node!  nodes: [Node]  nodesToo: [Node!]!  nodesMaybe: [Node!]
    either: Either  named: [Named!]
    with(count: Int = 3, words: [String!], filter: Filter): String
  }
  union Either = Node | Leaf
  input Filter { colour: Colour = RED  texts: [String!]  above: Filter  count: Int! = 1 }
  type Query { root: Node  rootToo: Node!  roots: [Node!]  with(count: Int = 3, words: [String!], filter: Filter): String }
  type Mutation { first: Node  second: Node!  third: String }
`;

/** The behaviour of a field: a value, null or an error, at once or later. It depends on the path only, so it is the same in two runs. */
function behaving(seed: number): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (source, args) => {
        const path = `${(source as Source | undefined)?.path ?? ''}.${field.name}${sorted(args)}`;
        return behave(path, seed, () => fieldValue(String(field.type), path, args));
      };
  }
  return schema;
}

interface Source {
  path: string;
  __typename: string;
}

/** Coercion may keep the order of names in which the client sent them. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

function chance(path: string, seed: number): number {
  return createHash('sha1').update(`${seed} ${path}`).digest().readUInt16BE() / 65_536;
}

function behave(path: string, seed: number, value: () => unknown): unknown {
  const number = chance(path, seed);
  if (number < 0.06) throw new Error(`Thrown at ${path}`);
  if (number < 0.12) return Promise.reject(new Error(`Rejected at ${path}`));
  if (number < 0.16) return null;
  if (number < 0.2) return Promise.resolve(null);
  if (number < 0.22) return new Error(`Returned at ${path}`);
  return number < 0.5 ? Promise.resolve(value()) : value();
}

function fieldValue(type: string, path: string, args: object): unknown {
  const item = type.replace(/[[\]!]/g, '');
  if (type.startsWith('['))
    return [0, 1, 2].map((index) => {
      const number = chance(`${path}.${index}`, 7);
      if (number < 0.05) return null;
      if (number < 0.1) return new Error(`In the list at ${path}.${index}`);
      const value = fieldValue(item, `${path}.${index}`, args);
      return number < 0.4 ? Promise.resolve(value) : value;
    });
  const values: Record<string, unknown> = { Int: 7, Float: 0.5, Boolean: true, ID: 12, Colour: 'GREEN' };
  if (item === 'String') return `${path} ${sorted(args)}`;
  if (item in values) return values[item];
  const __typename = item === 'Either' || item === 'Named' ? (path.length % 2 === 0 ? 'Node' : 'Leaf') : item;
  return { path, __typename };
}

const LEAVES = ['name', 'text', 'size', 'sizeToo', 'ratio', 'flag', 'id', 'colour', 'texts', 'textsToo', '__typename'];
const BRANCHES = ['node', 'nodeToo', 'nodes', 'nodesToo', 'nodesMaybe', 'more: node', 'other: nodesToo'];

const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
  selection: fc.array(tie('field'), { minLength: 1, maxLength: 5 }).map((fields) => `{ ${fields.join(' ')} }`),
  field: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(...LEAVES, 'alias: name', '... on Named { name }', '...leaves', 'with(count: 4, words: "x")'),
    fc.tuple(fc.constantFrom(...BRANCHES), tie('selection')).map(([branch, below]) => `${branch} ${below}`),
    tie('selection').map((below) => `either { __typename ... on Node ${below} ... on Leaf { size } }`),
    tie('selection').map((below) => `... on Node ${below}`),
    fc.constant('named { name ... on Leaf { size } }'),
    fc.constant('with(count: $count, words: $words, filter: { texts: $words, above: $filter })'),
  ),
}));

const operation = fc
  .tuple(fc.constantFrom('query', 'mutation'), fc.array(selection, { minLength: 1, maxLength: 3 }))
  .map(([kind, selections]) => {
    const roots = kind === 'query' ? ['root', 'rootToo', 'roots'] : ['first', 'second', 'again: first'];
    const fields = selections.map((below, index) => `${roots[index]} ${below}`).join(' ');
    return `${kind} Named($count: Int, $words: [String!], $filter: Filter) { ${fields} __typename }
      fragment leaves on Node { text colour node { id } }`;
  });

/** Null if the operation is not compiled. */
async function compiledResult(schema: GraphQLSchema, text: string, variables: Record<string, unknown>) {
  const document = parse(text);
  const operations = new CompiledOperations(schema);
  operations.get(document, null);
  operations.get(document, null);
  await new Promise(setImmediate);
  const compiled = operations.get(document, null);
  const coerced = compiled?.coerceVariables(structuredClone(variables));
  return compiled && coerced ? comparable(await compiled.execute({ budget: new Budget() } as Context, coerced)) : null;
}

async function executedResult(schema: GraphQLSchema, text: string, variableValues: Record<string, unknown>) {
  return comparable(await execute({ schema, document: parse(text), variableValues }));
}

/**
 * Errors of fields that run concurrently have no fixed order. Below a null there may be more or fewer of them, because the
 * executor does not wait for values that nothing needs.
 */
function comparable({ data, errors = [] }: ExecutionResult) {
  const shown = errors.filter(({ path = [] }) => !isBelowNull(data, path));
  return {
    data: JSON.stringify(data),
    errors: shown.map((error) => JSON.stringify(error)).toSorted(),
    hasErrors: errors.length > 0,
  };
}

function isBelowNull(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data;
  for (const key of path.slice(0, -1)) {
    if (value === null || value === undefined) return true;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === null || value === undefined;
}

const VARIABLES = { count: 5, filter: { texts: ['a'], colour: 'GREEN' } };

/** Collects unhandled rejections until the test ends. */
function unhandledRejections(): unknown[] {
  const reasons: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => reasons.push(reason));
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  });
  return reasons;
}

const valid = operation.filter((text) => validate(behaving(0), parse(text)).length === 0);

describe('a compiled operation', () => {
  test('has the data and the errors of graphql-js, whatever its fields do', async () => {
    // graphql-js itself causes some, if an item of a list fails at once and an earlier one later.
    unhandledRejections();
    const sameResult = fc.asyncProperty(valid, fc.nat(1000), async (text, seed) => {
      const schema = behaving(seed);
      expect(await compiledResult(schema, text, VARIABLES)).toEqual(await executedResult(schema, text, VARIABLES));
    });
    await fc.assert(sameResult, { numRuns: 200 });
  });

  test('leaves no rejection unhandled', async () => {
    const reasons = unhandledRejections();
    const runs = fc.asyncProperty(valid, fc.nat(1000), async (text, seed) => {
      await compiledResult(behaving(seed), text, VARIABLES);
    });
    await fc.assert(runs, { numRuns: 100 });
    await new Promise(setImmediate);
    expect(reasons).toEqual([]);
  });

  test.each([
    ['a condition', '{ root { name @include(if: true) } }'],
    ['introspection', '{ __schema { types { name } } }'],
    ['a name that an object cannot have', '{ root { __proto__: name } }'],
  ])('is left to the executor with %s', async (_, text) => {
    expect(await compiledResult(behaving(0), text, {})).toBeNull();
  });

  test.each([
    ['a missing variable', {}],
    ['null for a non-null type', { size: null }],
    ['another type', { size: '1' }],
    ['one item for a list', { size: 1, texts: 'a' }],
    ['an unknown field', { size: 1, filter: { colours: 'RED' } }],
    ['an unknown value of an enum', { size: 1, filter: { colour: 'BLUE' } }],
    ['a missing field inside', { size: 1, filter: { above: { count: null } } }],
  ])('leaves the coercion of %s to graphql-js', async (_, variables) => {
    const text =
      'query ($size: Int!, $texts: [String!], $filter: Filter) { with(count: $size, words: $texts, filter: $filter) }';
    expect(await compiledResult(behaving(0), text, variables)).toBeNull();
  });
});
