/** Every list as a Relay connection, over the limit and offset of SMS. */
import { describe, expect, it } from 'vitest';
import { ask, callsTo, errorsOf, frozenGateway } from './support/ask.ts';
import type { Gateway } from './support/harness.ts';

const lists = [
  { list: 'migrationTasks', path: '/v3/tasks', maxFirst: 200, key: 'id' },
  { list: 'sourceServers', path: '/v3/sources', maxFirst: 200, key: 'id' },
  { list: 'failedServers', path: '/v3/errors', maxFirst: 100, key: 'sourceId' },
  { list: 'migrationProjects', path: '/v3/migprojects', maxFirst: 100, key: 'id' },
  { list: 'serverTemplates', path: '/v3/vm/templates', maxFirst: 100, key: 'id' },
];

interface Page {
  nodes: Record<string, string>[];
  edges: { cursor: string; node: Record<string, string> }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

describe.each(lists)('the connection $list', ({ list, path, maxFirst, key }) => {
  const read = async (gateway: Gateway, page: object): Promise<Page> => {
    const query = `query ($first: Int!, $after: String) {
      ${list}(first: $first, after: $after) {
        nodes { ${key} } edges { cursor node { ${key} } } totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;
    const data = await ask<Record<string, Page>>(gateway, query, page);
    return data[list] as Page;
  };

  it('reads 50 rows by default', async () => {
    const gateway = await frozenGateway();
    await ask(gateway, `{ ${list} { totalCount } }`);
    expect(callsTo(gateway.emulator)).toEqual([`GET ${path}?limit=50&offset=0`]);
  });

  it('is read page by page to its end, each row once', async () => {
    const gateway = await frozenGateway({}, { servers: 20 });
    const whole = await read(gateway, { first: 100 });
    const nodes: unknown[] = [];
    let after: string | null = null;
    let page: Page;
    do {
      page = await read(gateway, { first: 3, after });
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(page.nodes).toEqual(page.edges.map(({ node }) => node));
      expect([page.pageInfo.startCursor, page.pageInfo.endCursor]).toEqual([
        page.edges.at(0)?.cursor,
        page.edges.at(-1)?.cursor,
      ]);
      expect(page.totalCount).toBe(whole.totalCount);
      nodes.push(...page.nodes);
      after = page.pageInfo.endCursor;
    } while (page.pageInfo.hasNextPage);
    expect(nodes).toEqual(whole.nodes);
    expect(nodes).toHaveLength(whole.totalCount);
  });

  it('continues after the cursor of any row', async () => {
    const gateway = await frozenGateway({}, { servers: 20 });
    const { edges } = await read(gateway, { first: 2 });
    const [first, second] = edges;
    const { nodes } = await read(gateway, { first: 1, after: first?.cursor });
    expect(nodes).toEqual([second?.node]);
  });

  it('is empty after its last row', async () => {
    const gateway = await frozenGateway();
    const whole = await read(gateway, { first: 100 });
    expect(await read(gateway, { first: 5, after: whole.pageInfo.endCursor })).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      totalCount: whole.totalCount,
    });
  });

  it('reads one row for the count if first is 0', async () => {
    const gateway = await frozenGateway();
    const { nodes, totalCount, pageInfo } = await read(gateway, { first: 0 });
    expect(nodes).toEqual([]);
    expect(totalCount).toBeGreaterThan(0);
    expect(pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null });
    expect(callsTo(gateway.emulator)).toEqual([`GET ${path}?limit=1&offset=0`]);
  });

  it('rejects an invalid page size or cursor before any call', async () => {
    const gateway = await frozenGateway();
    const invalidFields = async (page: string) => {
      const [error] = errorsOf(await gateway.send(`{ ${list}(${page}) { totalCount } }`));
      return error?.extensions['fields'];
    };
    const invalidCursor = [{ path: ['after'], message: 'Must be a cursor that this list returned.' }];
    expect(await invalidFields(`first: ${maxFirst + 1}`)).toEqual([
      { path: ['first'], message: `Is ${maxFirst + 1}; must be 0 to ${maxFirst}.` },
    ]);
    expect(await invalidFields('first: -1')).toEqual([
      { path: ['first'], message: `Is -1; must be 0 to ${maxFirst}.` },
    ]);
    expect(await invalidFields('after: "7"')).toEqual(invalidCursor);
    expect(await invalidFields(`after: "${btoa('offset:-1')}"`)).toEqual(invalidCursor);
    expect(await invalidFields(`after: "${btoa('offset:65536')}"`)).toEqual(invalidCursor);
    expect(gateway.emulator.requests).toEqual([]);
  });
});
