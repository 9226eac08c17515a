/** Lists with several states or an order, which SMS does not have: what they return, and how many calls they make. */
import type { GraphQLEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { ask, callsTo, DEMO_DATA, errorsOf, frozenGateway, WAVE_1 } from './support/ask.ts';
import { type Gateway, gatewayTo } from './support/harness.ts';
import { projectId, wideSms } from './support/wide-sms.ts';

interface Page {
  nodes: Record<string, unknown>[];
  edges: { cursor: string }[];
  totalCount: number | null;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const PAGE = 'edges { cursor } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

async function tasksOf(gateway: Gateway, variables: object): Promise<Page> {
  const query = `query ($filter: MigrationTaskFilter, $orderBy: MigrationTaskOrder, $first: Int! = 50, $after: String) {
    migrationTasks(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { id name state } ${PAGE} }
  }`;
  return (await ask<{ migrationTasks: Page }>(gateway, query, variables)).migrationTasks;
}

const namesOf = ({ nodes }: Page) => nodes.map(({ name }) => name);

/** An SMS with these tasks, which filters by one state as SMS does, and its calls. */
async function smsWithTasks(rows: object[], { count = (size: number): number | null => size } = {}) {
  const tasks = rows.map((row, index) => ({ id: `t-${index}`, name: `task-${index}`, state: 'READY', ...row }));
  const calls: string[] = [];
  const { origin } = await wideSms({
    before: (path, query) => {
      calls.push(`${path}?${query}`);
      const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
      const found = tasks.filter(({ state }) => [null, state].includes(query.get('state')));
      return { status: 200, body: { count: count(found.length), tasks: found.slice(offset, offset + limit) } };
    },
  });
  return { gateway: gatewayTo(origin, { auth: 'forward', key: null }), calls };
}

describe('Tasks in several states', () => {
  it('are read with one call for each state that SMS filters by', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const page = await tasksOf(gateway, { filter: { states: ['MIGRATE_FAIL', 'MIGRATE_SUCCESS'] } });
    const all = await tasksOf(gateway, { first: 200 });
    const expected = all.nodes.filter(({ state }) => state === 'MIGRATE_FAIL' || state === 'MIGRATE_SUCCESS');
    expect(expected.length).toBeGreaterThan(1);
    expect(new Set(page.nodes)).toEqual(new Set(expected));
    expect(page.totalCount).toBe(expected.length);
    expect(callsTo(gateway.emulator).slice(0, 2).sort()).toEqual(
      ['/v3/tasks?limit=200&offset=0&state=MIGRATE_FAIL', '/v3/tasks?limit=200&offset=0&state=MIGRATE_SUCCESS'].map(
        (call) => `GET ${call}`,
      ),
    );
  });

  it('are found among all tasks if SMS cannot filter by one of the states', async () => {
    const states = ['SYNC_FAIL', 'RUNNING', 'SYNC_SUCCESS', 'READY', 'SYNC_FAIL'];
    const { gateway, calls } = await smsWithTasks(states.map((state) => ({ state })));
    const page = await tasksOf(gateway, { filter: { states: ['SYNC_FAIL', 'SYNC_SUCCESS'] } });
    expect([page.nodes.map(({ id }) => id), page.totalCount]).toEqual([['t-0', 't-2', 't-4'], 3]);
    expect(calls).toEqual(['/v3/tasks?limit=200&offset=0']);
  });

  it('are found among 5,000 tasks with 25 calls', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      state: index % 1_000 === 999 ? 'SYNC_FAIL' : 'RUNNING',
    }));
    const { gateway, calls } = await smsWithTasks(rows);
    const page = await tasksOf(gateway, { filter: { states: ['SYNC_FAIL'] } });
    expect(namesOf(page)).toEqual(['task-999', 'task-1999', 'task-2999', 'task-3999', 'task-4999']);
    expect(calls).toHaveLength(25);
  });

  it('are read page by page, each once, with the cursor of any row', async () => {
    const { gateway } = await smsWithTasks(Array.from({ length: 7 }, () => ({ state: 'SYNC_FAIL' })));
    const filter = { states: ['SYNC_FAIL'] };
    const first = await tasksOf(gateway, { filter, first: 3 });
    const second = await tasksOf(gateway, { filter, first: 3, after: first.pageInfo.endCursor });
    const third = await tasksOf(gateway, { filter, first: 3, after: second.pageInfo.endCursor });
    expect([first, second, third].flatMap(namesOf)).toEqual(Array.from({ length: 7 }, (_, index) => `task-${index}`));
    expect(
      [first, second, third].map(({ totalCount, pageInfo }) => [
        totalCount,
        pageInfo.hasPreviousPage,
        pageInfo.hasNextPage,
      ]),
    ).toEqual([
      [7, false, true],
      [7, true, true],
      [7, true, false],
    ]);
    const afterOne = await tasksOf(gateway, { filter, first: 1, after: first.edges[0]?.cursor });
    expect(namesOf(afterOne)).toEqual(['task-1']);
    const end = await tasksOf(gateway, { filter, first: 3, after: third.pageInfo.endCursor });
    expect(end).toEqual({
      nodes: [],
      edges: [],
      totalCount: 7,
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  it('are not read for an invalid cursor', async () => {
    const { gateway, calls } = await smsWithTasks([]);
    const query = '{ migrationTasks(filter: { states: [SYNC_FAIL] }, after: "7") { totalCount } }';
    const [error] = errorsOf(await gateway.send(query));
    expect(error?.extensions['fields']).toEqual([
      { path: ['after'], message: 'Must be a cursor that this list returned.' },
    ]);
    expect(calls).toEqual([]);
  });

  it('are counted with first: 0', async () => {
    const { gateway } = await smsWithTasks([{ state: 'SYNC_FAIL' }, {}]);
    const { nodes, totalCount } = await tasksOf(gateway, { filter: { states: ['SYNC_FAIL'] }, first: 0 });
    expect([nodes, totalCount]).toEqual([[], 1]);
  });

  it('have no count if SMS reports more tasks than it gives', async () => {
    const { gateway } = await smsWithTasks([{ state: 'SYNC_FAIL' }, {}], { count: (size) => size + 1 });
    const { nodes, totalCount } = await tasksOf(gateway, { filter: { states: ['SYNC_FAIL'] } });
    expect([nodes.length, totalCount]).toEqual([1, null]);
  });

  it('meet all conditions of the filter', async () => {
    const { gateway, calls } = await smsWithTasks([{ state: 'READY' }, { state: 'ABORT' }]);
    const one = await tasksOf(gateway, { filter: { state: 'ABORT', states: ['READY', 'ABORT'] } });
    expect([namesOf(one), one.totalCount]).toEqual([['task-1'], 1]);
    const none = await tasksOf(gateway, { filter: { state: 'ABORT', states: ['READY'] } });
    expect([namesOf(none), none.totalCount]).toEqual([[], 0]);
    expect(calls).toEqual(['/v3/tasks?limit=200&offset=0&state=ABORT']);
  });

  it('are an error with both numbers above 10,000 tasks, after one call', async () => {
    const { gateway, calls } = await smsWithTasks([{}], { count: () => 10_001 });
    const response = await gateway.send('{ migrationTasks(filter: { states: [SYNC_FAIL] }) { totalCount } }');
    expect(errorsOf(response)).toEqual([
      {
        path: ['migrationTasks'],
        extensions: { type: 'SmsInvalidInputError', code: 'TOO_MANY_TASKS', httpStatus: 400, kind: 'INVALID' },
      },
    ]);
    expect(response.body.errors?.[0]?.message).toBe(
      "SMS cannot do this itself, so the gateway would have to read and filter 10001 tasks; at most 10000 are allowed. Add conditions to the filter, or read the list in SMS's own order.",
    );
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['UNKNOWN', ['filter', 'states', '0'], 'UNKNOWN is not a valid input.'],
    ['', ['filter', 'states'], 'Has 0 items; must have 1 to 14.'],
  ])('are rejected for the states [%s]', async (states, path, message) => {
    const { gateway, calls } = await smsWithTasks([]);
    const [error] = errorsOf(await gateway.send(`{ migrationTasks(filter: { states: [${states}] }) { totalCount } }`));
    expect(error?.extensions['fields']).toEqual([{ path, message }]);
    expect(calls).toEqual([]);
  });

  it('are filtered by SMS exactly if it has the state in its filter', async () => {
    const schema = buildSchema();
    const valuesOf = (name: string) => (schema.getType(name) as GraphQLEnumType).getValues();
    const filterable = new Set(valuesOf('MigrationTaskStateFilter').map(({ name }) => name));
    const { gateway, calls } = await smsWithTasks([]);
    for (const { name } of valuesOf('MigrationTaskState').filter(({ name: state }) => state !== 'UNKNOWN')) {
      await tasksOf(gateway, { filter: { states: [name] } });
      expect(calls.pop()?.endsWith(`state=${name}`)).toBe(filterable.has(name));
    }
  });
});

describe('Tasks in an order', () => {
  const ROWS = [
    { name: 'web-10', state: 'RUNNING', create_date: 3 },
    { name: 'web-2', state: 'ABORT', create_date: 1 },
    { name: null, state: null, create_date: null },
    { name: 'db', state: 'RUNNING', create_date: 2 },
  ];

  it.each([
    ['NAME_ASC', ['db', 'web-2', 'web-10', null]],
    ['NAME_DESC', ['web-10', 'web-2', 'db', null]],
    ['CREATED_ASC', ['web-2', 'db', 'web-10', null]],
    ['CREATED_DESC', ['web-10', 'db', 'web-2', null]],
    ['STATE_ASC', ['web-2', 'db', 'web-10', null]],
    ['STATE_DESC', ['db', 'web-10', 'web-2', null]],
  ])('are sorted by %s', async (orderBy, names) => {
    const { gateway } = await smsWithTasks(ROWS);
    const page = await tasksOf(gateway, { orderBy });
    expect([namesOf(page), page.totalCount]).toEqual([names, 4]);
  });

  it('are sorted before they are cut into pages', async () => {
    const { gateway } = await smsWithTasks(ROWS);
    const first = await tasksOf(gateway, { orderBy: 'NAME_ASC', first: 2 });
    const second = await tasksOf(gateway, { orderBy: 'NAME_ASC', first: 2, after: first.pageInfo.endCursor });
    expect([namesOf(first), namesOf(second)]).toEqual([
      ['db', 'web-2'],
      ['web-10', null],
    ]);
  });

  it('are sorted among those that meet the filter', async () => {
    const { gateway, calls } = await smsWithTasks([...ROWS, { name: 'a', state: 'SYNC_FAIL' }]);
    const page = await tasksOf(gateway, { filter: { states: ['RUNNING', 'SYNC_FAIL'] }, orderBy: 'NAME_ASC' });
    expect(namesOf(page)).toEqual(['a', 'db', 'web-10']);
    expect(calls).toHaveLength(1);
  });

  it('are an error with both numbers above 2,000 tasks, after one call', async () => {
    const { gateway, calls } = await smsWithTasks(Array.from({ length: 2_001 }, () => ({})));
    const { body } = await gateway.send('{ migrationTasks(orderBy: NAME_ASC) { totalCount } }');
    expect(body.errors?.[0]?.message).toBe(
      "SMS cannot do this itself, so the gateway would have to sort 2001 tasks; at most 2000 are allowed. Add conditions to the filter, or read the list in SMS's own order.",
    );
    expect(calls).toHaveLength(1);
  });
});

describe('Source servers in an order', () => {
  const namesBy = async (gateway: Gateway, orderBy: string) => {
    const query = `query ($orderBy: SourceServerOrder) { sourceServers(orderBy: $orderBy) { nodes { name state addDate } } }`;
    const { sourceServers } = await ask<{ sourceServers: Page }>(gateway, query, { orderBy });
    return sourceServers.nodes;
  };

  it('are sorted by name, state and the time at which they were added', async () => {
    const gateway = await frozenGateway();
    const by = async (order: string) => (await namesBy(gateway, order)).map(({ name }) => name);
    expect(await by('NAME_ASC')).toEqual(['billing-win', 'legacy-db', 'web-prod-01']);
    expect(await by('NAME_DESC')).toEqual(['web-prod-01', 'legacy-db', 'billing-win']);
    expect(await by('STATE_ASC')).toEqual(['legacy-db', 'web-prod-01', 'billing-win']);
    const dates = (await namesBy(gateway, 'ADDED_DESC')).map(({ addDate }) => String(addDate));
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('of a project are sorted in the same way', async () => {
    const gateway = await frozenGateway();
    const query = `{ migrationProject(id: "${WAVE_1}") { sourceServers(orderBy: NAME_DESC) { nodes { name } totalCount } } }`;
    expect(await ask(gateway, query)).toEqual({
      migrationProject: { sourceServers: { nodes: [{ name: 'web-prod-01' }, { name: 'legacy-db' }], totalCount: 2 } },
    });
  });

  it('of a project with 200 servers cost one call more than the project', async () => {
    const { origin, calls } = await wideSms();
    const query = `{ migrationProject(id: "${projectId(3)}") { sourceServers(orderBy: NAME_ASC, first: 1) { nodes { name } } } }`;
    expect(await ask(gatewayTo(origin, { auth: 'forward', key: null }), query)).toEqual({
      migrationProject: { sourceServers: { nodes: [{ name: 'web-600' }] } },
    });
    expect(calls).toEqual({ 'GET /v3/migprojects/{id}': 1, 'GET /v3/sources': 1 });
  });

  it('are an error above 2,000 servers', async () => {
    const { origin } = await wideSms();
    const [error] = errorsOf(
      await gatewayTo(origin, { auth: 'forward', key: null }).send(
        '{ sourceServers(orderBy: NAME_ASC) { totalCount } }',
      ),
    );
    expect(error?.extensions['code']).toBe('TOO_MANY_SERVERS');
  });
});
