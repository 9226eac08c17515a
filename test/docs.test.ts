/** What the documents promise: their examples run against the emulator, with the variables and answers beside them. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { type DocumentNode, isEnumType, isExecutableDefinitionNode, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { ask, DEMO_DATA, frozenGateway, INTRANET_TASK } from './support/ask.ts';
import { httpServer } from './support/harness.ts';
import { subscribe, updateEvent, watchQuery } from './support/sse.ts';

const ROOT = new URL('../', import.meta.url);
const files = ['README.md', ...readdirSync(new URL('docs/', ROOT)).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

/** Codes that GraphQL and Yoga make. */
const FROM_LIBRARIES = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE'];
/** Names in our sources that look like codes: of our own table of rejections, and of a library. */
const NOT_CODES = ['BODY_ENCODED', 'NO_PATH', 'TWO_HOSTS', 'ERR_JOSE_GENERIC'];

interface Example {
  /** File and line. */
  place: string;
  query: string;
  document: DocumentNode;
  variables: object;
  answer: object | null;
}

const examples = files
  .flatMap(examplesIn)
  .filter(({ document }) => document.definitions.every(isExecutableDefinitionNode));
const operations = examples.filter(({ document }) => kindOf(document) !== undefined);

test('every code of an error is explained, and no other', () => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).filter((path) => !/^src\/(emulator|generated)\//.test(path));
  const text = sources.map((path) => readFileSync(new URL(path, ROOT), 'utf8')).join('\n');
  const settings = readFileSync(new URL('docs/configuration.md', ROOT), 'utf8').match(/\b[A-Z][A-Z0-9_]+/g) ?? [];
  const values = Object.values(buildSchema(['agent', 'secrets']).getTypeMap()).flatMap((type) =>
    isEnumType(type) ? type.getValues().map(({ name }) => name) : [],
  );
  const others = new Set([...settings, ...values, ...NOT_CODES]);
  // Any text of two words; of one word, what is written where a code is: a property, or the first argument of an error.
  const twoWords = [...text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(([, code = '']) => code);
  const oneWord = [
    ...text.matchAll(/(?:code: |outcomes\.add\(|reason\) : |Refused\(\s*(?:\d{3}, )?|Unreachable\(\s*)'([A-Z]+)'/g),
  ];
  const inCode = [...twoWords.filter((word) => !others.has(word)), ...oneWord.map(([, code = '']) => code)];
  const explained = readFileSync(new URL('docs/errors.md', ROOT), 'utf8').matchAll(/^\| (`.*?) \|/gm);
  const inDocs = [...explained].flatMap(([, codes = '']) => codes.match(/[A-Z][A-Z0-9_]+/g) ?? []);
  expect(inDocs.filter((code) => !text.includes(`'${code}'`) && !FROM_LIBRARIES.includes(code))).toEqual([]);
  expect([...new Set(inCode)].filter((code) => !inDocs.includes(code))).toEqual([]);
});

describe('every example', () => {
  const schema = buildSchema();
  // A fragment alone is shown so that readers copy it.
  const rules = specifiedRules.filter(({ name }) => name !== 'NoUnusedFragmentsRule');

  it.each(examples)('fits the schema: $place', ({ document }) => {
    expect(validate(schema, document, rules)).toEqual([]);
  });
});

describe('every operation', () => {
  it.each(operations)('works: $place', async ({ query, document, variables, answer }) => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    if (kindOf(document) === 'subscription') {
      const stream = await subscribe(gateway.listener, query, { variables });
      const { data, errors } = (await stream.next()) ?? {};
      expect({ data, errors }).toEqual({ data: { migrationTask: expect.objectContaining({ ended: false }) } });
      return;
    }
    const { body } = await gateway.send(query, variables);
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/"__typename":"Sms\w+Error"/);
    if (answer) expect(body).toEqual(answer);
  });
});

it('the reader of event streams reads one to its end', async () => {
  const markdown = readFileSync(new URL('docs/schema.md', ROOT), 'utf8');
  const [, script = ''] = /```js\n(.*?)```/s.exec(markdown) ?? [];
  const reader = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`);
  const gateway = await frozenGateway({ watches: taskWatches({ second: 5 }) }, DEMO_DATA);
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

it('docs/queries.md watches the task that it starts, to its end', async () => {
  const named = (name: string) => {
    const found = operations.find(({ query }) => query.includes(` ${name}(`));
    if (!found) throw new Error(`no example ${name}`);
    return found;
  };
  const [start, watch] = [named('Start'), named('Watch')];
  expect(watch.variables).toEqual(start.variables);
  const gateway = await frozenGateway({ watches: taskWatches({ second: 5 }) }, DEMO_DATA);
  await gateway.send(start.query, start.variables);
  const stream = await subscribe(gateway.listener, watch.query, { variables: watch.variables });
  const event = (ended: boolean, state: string) => ({
    data: { migrationTask: { ended, migrationTask: expect.objectContaining({ state }) } },
  });
  expect(await stream.next()).toEqual(event(false, 'RUNNING'));
  gateway.emulator.state.advance(60_000);
  expect(await stream.remaining()).toEqual([event(true, 'MIGRATE_SUCCESS')]);
});

it('there are examples in each document that shows queries', () => {
  const named = new Set(operations.map(({ place }) => place.split(':')[0]));
  expect([...named].sort()).toEqual(['README.md', 'docs/queries.md', 'docs/schema.md']);
});

/** Blocks of GraphQL; of the JSON blocks that follow at once, one is the variables, and one with `data` the answer. */
function examplesIn(file: string): Example[] {
  const markdown = readFileSync(new URL(file, ROOT), 'utf8');
  const blocks = [...markdown.matchAll(/```(\w+)\n(.*?)```/gs)];
  return blocks.flatMap(({ 1: language, 2: query = '', index }, position) => {
    if (language !== 'graphql') return [];
    const place = `${file}:${markdown.slice(0, index).split('\n').length}`;
    const { variables, answer } = jsonAfter(blocks, position);
    return [{ place, query, document: parse(query), variables, answer: file === 'README.md' ? null : answer }];
  });
}

function jsonAfter(blocks: RegExpMatchArray[], position: number): Pick<Example, 'variables' | 'answer'> {
  const found: Pick<Example, 'variables' | 'answer'> = { variables: {}, answer: null };
  for (const { 1: language, 2: text = '' } of blocks.slice(position + 1)) {
    if (language !== 'json') break;
    const value = JSON.parse(text) as object;
    if ('data' in value) found.answer = value;
    else found.variables = value;
  }
  return found;
}

function kindOf({ definitions }: DocumentNode): string | undefined {
  return definitions.flatMap((node) => (node.kind === 'OperationDefinition' ? [node.operation] : []))[0];
}
