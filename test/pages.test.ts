/** Lists of an SMS whose counts and pages contradict each other: reading them ends, and no result is made up. */
import { describe, expect, it } from 'vitest';
import { ask, errorsOf } from './support/ask.ts';
import { gatewayTo, httpServer } from './support/harness.ts';

type Row = { id: string; name?: string };
type Lists = Record<
  string,
  (offset: number, limit: number, filter: URLSearchParams) => { count?: unknown; rows: Row[] }
>;

const NAMES: Record<string, string> = {
  '/v3/tasks': 'tasks',
  '/v3/sources': 'source_servers',
  '/v3/migprojects': 'migprojects',
};

/** A gateway to an SMS with these lists, and the calls that it made. Single objects are named after their id. */
async function gatewayWith(lists: Lists) {
  const calls: string[] = [];
  const origin = await httpServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sms.test');
    calls.push(`${pathname}?${searchParams}`);
    const list = lists[pathname];
    const id = pathname.split('/').at(-1);
    const [offset, limit] = ['offset', 'limit'].map((name) => Number(searchParams.get(name)));
    const page = list?.(offset ?? 0, limit ?? 0, searchParams);
    const body = page ? { count: page.count, [NAMES[pathname] ?? '']: page.rows } : { id, name: `name of ${id}` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return { ...gatewayTo(origin), calls };
}

const rows = (count: number, from = 0) =>
  Array.from({ length: Math.max(0, count) }, (_, index): Row => ({ id: `id-${from + index}` }));

/** The rows of a page, out of this many. */
const pageOf = (all: number) => (offset: number, limit: number, _?: unknown) =>
  rows(Math.min(limit, all - offset), offset);

const cursor = (offset: number) => Buffer.from(`offset:${offset}`).toString('base64url');

describe('totalCount', () => {
  const totalOf = async (count: unknown, all: number) => {
    const gateway = await gatewayWith({ '/v3/tasks': (...page) => ({ count, rows: pageOf(all)(...page) }) });
    const query = '{ migrationTasks(first: 10) { nodes { id } totalCount pageInfo { hasNextPage } } }';
    const { migrationTasks } = await ask<{ migrationTasks: object }>(gateway, query);
    return migrationTasks;
  };

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a negative number', -1],
    ['a fraction', 3.5],
    ['a word', 'many'],
    ['a number beyond every integer', 1e300],
    ['an object', {}],
    ['a boolean', true],
  ])('is counted from a page that is not full if SMS reports %s', async (_, count) => {
    const pageInfo = { hasNextPage: false };
    expect(await totalOf(count, 3)).toEqual({ nodes: rows(3), totalCount: 3, pageInfo });
    expect(await totalOf(count, 0)).toEqual({ nodes: [], totalCount: 0, pageInfo });
  });

  it('is null if SMS reports none and the page is full, since there may be more rows', async () => {
    const pageInfo = { hasNextPage: true };
    expect(await totalOf(-1, 20)).toEqual({ nodes: rows(10), totalCount: null, pageInfo });
  });

  it.each<[string, unknown, number, boolean]>([
    ['fewer rows than the page has', 2, 3, false],
    ['fewer rows than a full page has', 2, 20, true],
    ['no rows, though the page is full', 0, 20, true],
    ['more rows, though the page is not full', 2_000_000_000, 3, true],
    ['more rows, though the page is empty', 1_000_000, 0, false],
    ['more rows than an Int can hold', 2 ** 31, 20, true],
  ])('is null beside the rows if SMS reports %s', async (_, count, all, hasNextPage) => {
    expect(await totalOf(count, all)).toEqual({
      nodes: rows(Math.min(10, all)),
      totalCount: null,
      pageInfo: { hasNextPage },
    });
  });

  it.each<[unknown, number, number]>([
    [12, 12, 12],
    ['12', 12, 12],
    [100_000, 100_000, 100_000],
    [7, 0, 7],
  ])('is what SMS reports if that is possible: %j', async (count, all, totalCount) => {
    expect(await totalOf(count, all)).toMatchObject({ totalCount });
  });
});

it('a client that follows hasNextPage reaches an end, whatever SMS counts', async () => {
  const gateway = await gatewayWith({
    '/v3/tasks': (...page) => ({ count: 2_000_000_000, rows: pageOf(450)(...page) }),
  });
  const query = `query ($after: String) {
    migrationTasks(first: 200, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
  }`;
  const found: Row[] = [];
  let after: string | null = null;
  let hasNextPage = true;
  while (hasNextPage) {
    const { migrationTasks }: { migrationTasks: Connection } = await ask(gateway, query, { after });
    found.push(...migrationTasks.nodes);
    ({ hasNextPage, endCursor: after } = migrationTasks.pageInfo);
  }
  expect(found).toEqual(rows(450));
  expect(gateway.calls).toHaveLength(4);
});

it('there is no next page beyond the greatest offset that SMS accepts', async () => {
  const gateway = await gatewayWith({ '/v3/tasks': (...page) => ({ count: 100_000, rows: pageOf(100_000)(...page) }) });
  const query = `{ migrationTasks(first: 100, after: "${cursor(65_500)}") { nodes { id } pageInfo { hasNextPage } } }`;
  expect(await ask(gateway, query)).toEqual({
    migrationTasks: { nodes: rows(100, 65_500), pageInfo: { hasNextPage: false } },
  });
});

interface Connection {
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Names of tasks by reference, which are read from the list if that takes fewer calls. */
describe('a join over a list', () => {
  const ENTITIES = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on MigrationTask { id name } }
  }`;
  const namesOf = async (tasks: Lists[string], ids: string[]) => {
    const gateway = await gatewayWith({ '/v3/tasks': tasks });
    const representations = ids.map((id) => ({ __typename: 'MigrationTask', id }));
    const { _entities } = await ask<{ _entities: Row[] }>(gateway, ENTITIES, { representations });
    expect(_entities.map(({ id }) => id)).toEqual(ids);
    expect(_entities.every(({ name }) => typeof name === 'string')).toBe(true);
    const lists = gateway.calls.filter((call) => call.startsWith('/v3/tasks?'));
    return { lists: lists.length, singles: gateway.calls.length - lists.length };
  };
  const named = (list: Row[]) => list.map((row) => ({ ...row, name: `name of ${row.id}` }));
  const last = rows(50, 1150).map(({ id }) => id);

  it('reads its pages and nothing else if the count is right', async () => {
    const tasks: Lists[string] = (...page) => ({ count: 1200, rows: named(pageOf(1200)(...page)) });
    expect(await namesOf(tasks, last)).toEqual({ lists: 6, singles: 0 });
  });

  it('continues if SMS counts fewer rows than it sends', async () => {
    const tasks: Lists[string] = (...page) => ({ count: 1, rows: named(pageOf(1200)(...page)) });
    expect(await namesOf(tasks, last)).toEqual({ lists: 6, singles: 0 });
  });

  it('stops at an empty page, and reads the objects one by one', async () => {
    const tasks: Lists[string] = (offset, limit) => ({ count: 9_000, rows: named(pageOf(400)(offset, limit)) });
    expect(await namesOf(tasks, last)).toEqual({ lists: 3, singles: 50 });
  });

  it('stops when the same rows are sent again', async () => {
    const tasks: Lists[string] = (_, limit) => ({ count: 9_000, rows: named(rows(limit)) });
    const { lists, singles } = await namesOf(tasks, last);
    expect(singles).toBe(50);
    expect(lists).toBeLessThan(5);
  });

  it('reads no more pages than there are objects', async () => {
    const tasks: Lists[string] = (offset, limit) => ({ count: 1, rows: named(rows(limit, offset)) });
    const { lists, singles } = await namesOf(tasks, ['a', 'b', 'c', 'd', 'e', 'f']);
    expect(singles).toBe(6);
    expect(lists).toBeLessThanOrEqual(6);
  });

  it('reads no page of a list that claims to have 2,000,000,000 rows', async () => {
    const tasks: Lists[string] = (offset, limit) => ({ count: 2_000_000_000, rows: named(rows(limit, offset)) });
    expect(await namesOf(tasks, ['a', 'b', 'c', 'd', 'e', 'f'])).toEqual({ lists: 1, singles: 6 });
  });
});

describe('the search for the project of a server', () => {
  const search = async (lists: Lists, ids: string[]) => {
    const gateway = await gatewayWith(lists);
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on SourceServer { migrationProject { id } } }
    }`;
    const representations = ids.map((id) => ({ __typename: 'SourceServer', id }));
    const answer = await gateway.send(query, { representations });
    const found = answer.body.data?.['_entities'] as { migrationProject: Row | null }[];
    return {
      projects: found.map(({ migrationProject }) => migrationProject?.id ?? null),
      codes: errorsOf(answer).map(({ extensions }) => extensions['code']),
      calls: gateway.calls.filter((call) => !/\/v3\/sources\/(?!\?)/.test(call)).length,
    };
  };
  const none = { count: 0, rows: [] };

  it('finds the project, and is null only if every row was read', async () => {
    const lists: Lists = {
      '/v3/migprojects': (...page) => ({ count: 2, rows: pageOf(2)(...page) }),
      '/v3/sources': (_, __, filter) =>
        filter.get('migproject') === 'id-1' ? { count: 1, rows: [{ id: 'server' }] } : none,
    };
    expect(await search(lists, ['server', 'stray'])).toEqual({ projects: ['id-1', null], codes: [], calls: 3 });
  });

  it.each<[string, Lists]>([
    [
      'projects on empty pages',
      { '/v3/migprojects': () => ({ count: 1_000_000, rows: [] }), '/v3/sources': () => none },
    ],
    [
      'servers on empty pages',
      {
        '/v3/migprojects': () => ({ count: 1, rows: rows(1) }),
        '/v3/sources': () => ({ count: 2_000_000_000, rows: [] }),
      },
    ],
    [
      'the same servers on every page',
      {
        '/v3/migprojects': () => ({ count: 1, rows: rows(1) }),
        '/v3/sources': (_, limit) => ({ count: 65_000, rows: rows(limit) }),
      },
    ],
    [
      'other projects on every page',
      {
        '/v3/migprojects': (offset, limit) => ({ count: 2_000_000_000, rows: rows(limit, offset) }),
        '/v3/sources': () => none,
      },
    ],
  ])('ends with an error, not with null, if SMS reports more rows than it sends: %s', async (_, lists) => {
    const { projects, codes, calls } = await search(lists, ['one', 'two']);
    expect(projects).toEqual([null, null]);
    expect(codes).toEqual(['INVALID_ANSWER', 'INVALID_ANSWER']);
    expect(calls).toBeLessThanOrEqual(1_010);
  });
});
