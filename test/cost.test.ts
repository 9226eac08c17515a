/** The estimate of how many calls to SMS a request may need, before it runs. */
import { composeServices } from '@theguild/federation-composition';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { estimator } from '../src/graphql/cost.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { callsTo, frozenGateway } from './support/ask.ts';
import { type Gateway, WEB_TASK } from './support/harness.ts';
import { subscribe, watchQuery } from './support/sse.ts';

const estimate = estimator(buildSchema());

function callsOf(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  return estimate(document, operation, variables).calls;
}

const page = (fields: string, first = 'first: 100') => `migrationTasks(${first}) { nodes { ${fields} } }`;
const after = (offset: number) => Buffer.from(`offset:${offset}`).toString('base64url');
const reference = (__typename: string) => ({ __typename, id: 'an-id' });

describe('the cost of an operation includes', () => {
  it.each<[string, string, object, number]>([
    ['a page', `{ ${page('id name sourceServer { id name } ')} }`, {}, 1],
    ['a join for each item', `{ ${page('consistencyResults { checkResult } speedLimits { start }')} }`, {}, 201],
    ['a page of the default size', '{ migrationTasks { nodes { speedLimits { start } } } }', {}, 51],
    ['no join of a page without items', `{ ${page('speedLimits { start }', 'first: 0')} }`, {}, 1],
    ['edges', '{ migrationTasks(first: 10) { edges { node { speedLimits { start } } } } }', {}, 11],
    ['a size in a variable', `query ($n: Int!) { ${page('speedLimits { start }', 'first: $n')} }`, { n: 7 }, 8],
    [
      'the default of a size in a variable',
      `query ($n: Int! = 9) { ${page('speedLimits { start }', 'first: $n')} }`,
      {},
      10,
    ],
    ['no more items than a page can have', `{ ${page('speedLimits { start }', 'first: 1000000')} }`, {}, 201],
    ['identical fields once', `{ a: ${page('speedLimits { start }')} b: ${page('x: speedLimits { end }')} }`, {}, 101],
    [
      'different pages separately',
      `{ a: ${page('speedLimits { start }')} b: ${page('id', `first: 100, after: "${after(100)}"`)} }`,
      {},
      102,
    ],
    [
      'a join with different arguments separately',
      `{ ${page('a: configurationSetting { id } b: configurationSetting(configKey: EXCLUDE_DIR) { id }').replaceAll('{ id }', '{ configurations { configKey } }')} }`,
      {},
      201,
    ],
    [
      'one read of each whole object',
      `{ ${page('regionId finishDate targetServer { clonedServer { vmId } }')} }`,
      {},
      101,
    ],
    ['no second read of an object that is read already', '{ migrationTask(id: "t-1") { regionId finishDate } }', {}, 1],
    ['the tasks of a report', '{ consistencyReport(taskIds: ["a", "b", "c"]) { totals { tasks } } }', {}, 3],
    ['the tasks in a variable', 'query ($t: [ID!]!) { consistencyReport(taskIds: $t) { text } }', { t: ['a', 'b'] }, 2],
    ['at most 2,011 for a report on a project', '{ consistencyReport(migrationProject: "p") { verdict } }', {}, 2011],
    [
      'at most 2,011 for a report on filtered servers',
      '{ consistencyReport(sourceServers: { name: "web" }) { verdict } }',
      {},
      2011,
    ],
    [
      'no selection that is null',
      'query ($p: ID) { consistencyReport(taskIds: ["a"], migrationProject: $p) { text } }',
      { p: null },
      1,
    ],
    [
      'an export of a project, in an input',
      'mutation ($i: ExportConsistencyResultsInput!) { exportConsistencyResults(input: $i) { __typename } }',
      { i: { migrationProject: 'p' } },
      101,
    ],
    [
      '50 pages for each of several states',
      '{ migrationTasks(filter: { states: [READY, ABORT] }) { totalCount } }',
      {},
      101,
    ],
    [
      'ten pages for an order',
      'query ($o: MigrationTaskOrder) { migrationTasks(orderBy: $o) { totalCount } sourceServers(orderBy: NAME_ASC) { totalCount } }',
      { o: 'NAME_ASC' },
      22,
    ],
    [
      'at most 1,011 for the consistency of a project',
      '{ migrationProject(id: "p") { consistency { verdict } } }',
      {},
      1012,
    ],
    [
      'as many servers as a variable allows',
      'query ($n: Int!) { migrationProject(id: "p") { cutoverGate(maxServers: $n) { ready } progress { percent } } }',
      { n: 40 },
      1 + 11 + 40 + 11,
    ],
    [
      'no more servers than are allowed',
      '{ migrationProject(id: "p") { consistency(maxServers: 1000000) { verdict } } }',
      {},
      1 + 11 + 2_000,
    ],
    ['each project of a page', '{ migrationProjects(first: 10) { nodes { progress { percent } } } }', {}, 1 + 10 * 11],
    [
      'references by their type',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on MigrationTask { speedLimits { start } } ... on SourceServer { name } } }',
      { r: [reference('MigrationTask'), reference('SourceServer'), reference('MigrationTask')] },
      2,
    ],
    [
      'the fields of fragments',
      `{ ...all } fragment all on Query { ${page('...joined')} } fragment joined on MigrationTask { ... { speedLimits { start } } }`,
      {},
      101,
    ],
    [
      'no field that a directive leaves out',
      `query ($no: Boolean!) { ${page('speedLimits @include(if: $no) { start } consistencyResults @skip(if: true) { checkResult }')} }`,
      { no: false },
      1,
    ],
    [
      'every field of a mutation',
      'mutation { a: deleteTask(input: { id: "t" }) { __typename } b: deleteTask(input: { id: "t" }) { __typename } }',
      {},
      2,
    ],
    ['no call for introspection', '{ __schema { types { name fields { name } } } }', {}, 0],
  ])('%s', (_, query, variables, calls) => {
    expect(callsOf(query, variables as Record<string, unknown>)).toBe(calls);
  });
});

describe('the cost equals the number of calls to SMS', () => {
  it.each([
    page('consistencyResults { checkResult } speedLimits { start }'),
    page('regionId finishDate'),
    `migrationTask(id: "${WEB_TASK}") { regionId speedLimits { start } consistencyResults { checkResult } }`,
    `a: ${page('id speedLimits { start }')} b: ${page('id speedLimits { start }')}`,
  ])('for %s', async (fields) => {
    const gateway = await frozenGateway({}, { servers: 100 });
    const { body } = await gateway.send(`{ ${fields} }`);
    expect(body.errors).toBeUndefined();
    expect(callsTo(gateway.emulator)).toHaveLength(callsOf(`{ ${fields} }`));
  });
});

test('a request that may need more calls than its limit is rejected before the first one, with both numbers', async () => {
  const gateway = await frozenGateway();
  const pages = Array.from(
    { length: 20 },
    (_, index) =>
      `a${index}: ${page('consistencyResults { checkResult } speedLimits { start }', `first: 200, after: "${after(index)}"`)}`,
  );
  const { status, body } = await gateway.send(`{ ${pages.join(' ')} }`);
  expect(status).toBe(400);
  expect(body).toEqual({
    errors: [
      {
        message:
          'The request may need 8020 calls to SMS (page sizes times joins), and its limit is 2500. Request smaller pages or fewer joins.',
        extensions: { code: 'QUERY_TOO_EXPENSIVE', estimate: 8020, limit: 2500 },
      },
    ],
  });
  expect(callsTo(gateway.emulator)).toEqual([]);
});

test('a subscription whose events may need too many calls is rejected', async () => {
  const gateway = await frozenGateway({ requestLimits: { maxCalls: 1 } });
  const fields = 'speedLimits { start } consistencyResults { checkResult }';
  const stream = await subscribe(gateway.listener, watchQuery('t-1', fields));
  expect(await stream.remaining()).toMatchObject([
    { errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', estimate: 2 } }] },
  ]);
  expect(callsTo(gateway.emulator)).toEqual([]);
});

test('a report on 2,000 tasks is within the default limit', () => {
  const taskIds = Array.from({ length: 2_000 }, (_, index) => `t-${index}`);
  expect(
    callsOf('query ($t: [ID!]!) { consistencyReport(taskIds: $t) { text rows { taskId } } }', { t: taskIds }),
  ).toBe(2_000);
});

test('every operation of SMS has a cost', () => {
  const schema = buildSchema(['agent', 'secrets']);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
  const free = roots.filter(
    ({ name, astNode, args }) =>
      !name.startsWith('_') &&
      ![astNode, ...args.map((argument) => argument.astNode)].some((node) =>
        node?.directives?.some((directive) => directive.name.value === 'cost'),
      ),
  );
  expect(free.map(({ name }) => name)).toEqual([]);
});

test('a supergraph knows the costs and the sizes of lists', async () => {
  const { supergraphSdl = '' } = composeServices([
    { name: 'sms', typeDefs: parse(await sdlOf(await frozenGateway())), url: 'http://sms.test/graphql' },
  ]);
  expect(supergraphSdl).toMatch(/migrationTasks\([\s\S]*?\): MigrationTaskConnection @cost\(weight: 1\)\s+@listSize\(/);
  expect(supergraphSdl).toMatch(/consistencyResults: \[ConsistencyCheck!\] @cost\(weight: 1\)/);
});

async function sdlOf({ send }: Gateway): Promise<string> {
  const { body } = await send('{ _service { sdl } }');
  return (body.data as { _service: { sdl: string } })._service.sdl;
}

test.each([
  [
    'of all aliases',
    'a: _entities(representations: $r) { __typename } b: _entities(representations: $r) { __typename }',
    4,
  ],
  [
    'of one name once',
    '_entities(representations: $r) { __typename } _entities(representations: $r) { __typename }',
    2,
  ],
  ['in fragments', '... on Query { _entities(representations: $r) { __typename } }', 2],
  ['that are included', 'a: _entities(representations: $r) @include(if: false) { __typename }', 0],
])('counts the references %s', (_, fields, count) => {
  const document = parse(`query ($r: [_Any!]!) { ${fields} }`);
  const operation = getOperationAST(document);
  const variables = { r: [reference('MigrationTask'), reference('SourceServer')] };
  expect(operation && estimate(document, operation, variables).references).toBe(count);
});

describe('an operation that is estimated again', () => {
  const document = parse(`query ($n: Int!) { ${page('speedLimits { start }', 'first: $n')} }`);
  const operation = getOperationAST(document);
  const callsFor = (variables: Record<string, unknown>) => operation && estimate(document, operation, variables).calls;

  test('has the cost of its own variables', () => {
    expect([{ n: 1 }, { n: 7 }, { n: 1 }, { n: 7, other: [1, 2] }].map(callsFor)).toEqual([2, 8, 2, 8]);
  });

  test('is not confused with one whose variable names imitate other variables', () => {
    expect(
      [
        { n: 1, 'x: n': 100 },
        { 'n:1 x': '', n: 100 },
      ].map(callsFor),
    ).toEqual([2, 101]);
  });
});
