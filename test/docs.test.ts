/** Runs the examples of the documentation against the emulator, with their variables and results, and checks the error codes. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import {
  type DocumentNode,
  isEnumType,
  isExecutableDefinitionNode,
  parse,
  print,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { settingNames } from '../src/config/config.ts';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { graphiqlTabs } from '../src/process/graphiql-tabs.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { ask, DEMO_DATA, frozenGateway, INTRANET_TASK } from './support/ask.ts';
import { httpServer } from './support/harness.ts';
import { subscribe, updateEvent, watchQuery } from './support/sse.ts';

const ROOT = new URL('../', import.meta.url);
const files = ['README.md', ...readdirSync(new URL('docs/', ROOT)).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

/** Codes that GraphQL and Yoga raise. */
const LIBRARY_CODES = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE'];
/** Constants that look like error codes: keys of the listener's table of rejections, a code of jose, variables of others. */
const NOT_CODES = ['BAD_PATH', 'BODY_ENCODED', 'TWO_HOSTS', 'ERR_JOSE_GENERIC', 'NODE_TLS_REJECT_UNAUTHORIZED'];

interface Example {
  /** File and line. */
  location: string;
  query: string;
  document: DocumentNode;
  variables: object;
  result: object | null;
}

const examples = files
  .flatMap(examplesIn)
  .filter(({ document }) => document.definitions.every(isExecutableDefinitionNode));
const operations = examples.filter(({ document }) => kindOf(document) !== undefined);

test('docs/errors.md explains every error code of the sources, and no other', () => {
  const paths = globSync('src/**/*.ts', { cwd: ROOT }).filter(
    (path) => !/^src\/(emulator|graphql\/generated)\//.test(path),
  );
  const sources = paths.map((path) => readFileSync(new URL(path, ROOT), 'utf8')).join('\n');
  const enumValues = Object.values(buildSchema(['agent', 'secrets']).getTypeMap()).flatMap((type) =>
    isEnumType(type) ? type.getValues().map(({ name }) => name) : [],
  );
  const notCodes = new Set([...settingNames(), ...enumValues, ...NOT_CODES]);
  // Any constant of several words. A single word counts only in the position of a code.
  const severalWords = firstGroups(sources, /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g).filter((word) => !notCodes.has(word));
  const singleWords = firstGroups(
    sources,
    /(?:code: |(?:code|reason) : |outcomes\.add\(|(?:Rejected|Unavailable|Request)Error\(\s*(?:\d{3},\s*)?)'([A-Z]+)'/g,
  );
  const rows = firstGroups(readFileSync(new URL('docs/errors.md', ROOT), 'utf8'), /^\| (`.*?) \|/gm);
  const explained = rows.flatMap((codes) => codes.match(/[A-Z][A-Z0-9_]+/g) ?? []);
  expect(explained.filter((code) => !sources.includes(`'${code}'`) && !LIBRARY_CODES.includes(code))).toEqual([]);
  expect([...severalWords, ...singleWords].filter((code) => !explained.includes(code))).toEqual([]);
});

describe('every example', () => {
  const schema = buildSchema();
  // The README shows a fragment on its own, to be copied.
  const rules = specifiedRules.filter(({ name }) => name !== 'NoUnusedFragmentsRule');

  it.each(examples)('fits the schema: $location', ({ document }) => {
    expect(validate(schema, document, rules)).toEqual([]);
  });
});

describe('every operation', () => {
  it.each(operations)('runs without errors: $location', async ({ query, document, variables, result }) => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    if (kindOf(document) === 'subscription') {
      const stream = await subscribe(gateway.listener, query, { variables });
      const { data, errors } = (await stream.next()) ?? {};
      expect(errors).toBeUndefined();
      expect(Object.values(data ?? {})).toEqual([expect.objectContaining({ ended: false })]);
      return;
    }
    const { body } = await gateway.send(query, variables);
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/"__typename":"Sms\w+Error"/);
    if (result) expect(body).toEqual(result);
  });
});

test.each(graphiqlTabs)('docs/queries.md has the query of each tab of GraphiQL: $query', ({ query, variables }) => {
  const same = operations.filter(
    ({ document, variables: given }) =>
      print(document) === print(parse(query)) && JSON.stringify(given) === JSON.stringify(variables),
  );
  expect(same).toHaveLength(1);
});

test('the event stream reader of docs/schema.md reads a subscription to its end', async () => {
  const markdown = readFileSync(new URL('docs/schema.md', ROOT), 'utf8');
  const [, script = ''] = /```js\n(.*?)```/s.exec(markdown) ?? [];
  const reader = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`);
  const gateway = await frozenGateway({ watches: taskWatches({ secondMs: 5 }) }, DEMO_DATA);
  const start = `mutation { updateTaskStatus(input: { id: "${INTRANET_TASK}", operation: START }) { __typename } }`;
  await ask(gateway, start);
  const url = `${await httpServer(gateway.listener)}/graphql`;
  const seen: unknown[] = [];
  await reader.subscribe(url, DEMO_TOKEN, { query: watchQuery(INTRANET_TASK) }, (event: unknown) => {
    seen.push(event);
    gateway.emulator.state.advance(60_000);
  });
  expect(seen).toEqual([updateEvent({ state: 'RUNNING' }), updateEvent({ state: 'MIGRATE_SUCCESS' }, true)]);
});

test('the subscription in docs/queries.md watches the task that the example before it starts', async () => {
  const exampleOf = (name: string) => {
    const example = operations.find(({ query }) => query.includes(` ${name}(`));
    if (!example) throw new Error(`no example ${name}`);
    return example;
  };
  const [start, watch] = [exampleOf('Start'), exampleOf('Watch')];
  expect(watch.variables).toEqual(start.variables);
  const gateway = await frozenGateway({ watches: taskWatches({ secondMs: 5 }) }, DEMO_DATA);
  await gateway.send(start.query, start.variables);
  const stream = await subscribe(gateway.listener, watch.query, { variables: watch.variables });
  const event = (ended: boolean, state: string) => ({
    data: { migrationTask: { ended, migrationTask: expect.objectContaining({ state }) } },
  });
  expect(await stream.next()).toEqual(event(false, 'RUNNING'));
  gateway.emulator.state.advance(60_000);
  expect(await stream.remaining()).toEqual([event(true, 'MIGRATE_SUCCESS')]);
});

test('README.md, docs/queries.md and docs/schema.md have examples, and no other document does', () => {
  const documents = new Set(operations.map(({ location }) => location.split(':')[0]));
  expect([...documents].sort()).toEqual(['README.md', 'docs/queries.md', 'docs/schema.md']);
});

/** The GraphQL blocks of a document. JSON blocks that follow directly are the variables and, with `data`, the result. */
function examplesIn(file: string): Example[] {
  const markdown = readFileSync(new URL(file, ROOT), 'utf8');
  const blocks = [...markdown.matchAll(/```(\w+)\n(.*?)```/gs)];
  return blocks.flatMap(({ 1: language, 2: query = '', index }, position) => {
    if (language !== 'graphql') return [];
    const location = `${file}:${markdown.slice(0, index).split('\n').length}`;
    const { variables, result } = jsonAfter(blocks, position);
    // The README shortens its result; test/consistency.test.ts compares it.
    return [{ location, query, document: parse(query), variables, result: file === 'README.md' ? null : result }];
  });
}

function jsonAfter(blocks: RegExpMatchArray[], position: number): Pick<Example, 'variables' | 'result'> {
  const found: Pick<Example, 'variables' | 'result'> = { variables: {}, result: null };
  for (const { 1: language, 2: text = '' } of blocks.slice(position + 1)) {
    if (language !== 'json') break;
    const value = JSON.parse(text) as object;
    if ('data' in value) found.result = value;
    else found.variables = value;
  }
  return found;
}

function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

function kindOf({ definitions }: DocumentNode): string | undefined {
  return definitions.flatMap((node) => (node.kind === 'OperationDefinition' ? [node.operation] : []))[0];
}
