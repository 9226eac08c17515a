/** Federation: entities by reference, and composition with another subgraph. */
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { HiddenPart } from '../src/graphql/hidden-parts.ts';
import { createLog } from '../src/logging/log.ts';
import {
  ask,
  BILLING_SERVER,
  callCounts,
  callsTo,
  errorsOf,
  frozenGateway,
  TEMPLATE,
  UNKNOWN_ID,
  WAVE_1,
} from './support/ask.ts';
import { type Gateway, WEB_SERVER, WEB_TASK } from './support/harness.ts';

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on MigrationTask { id taskName: name sourceServer { name } }
    ... on SourceServer { id serverName: name cpuQuantity }
    ... on MigrationProject { id projectName: name }
    ... on ServerTemplate { id templateName: name isTemplate }
  }
}`;

async function resolve(gateway: Gateway, representations: object[], query = ENTITIES): Promise<unknown> {
  const { _entities } = await ask(gateway, query, { representations });
  return _entities;
}

describe('references', () => {
  it('are resolved for all four types, in order, with null for objects that do not exist', async () => {
    const gateway = await frozenGateway();
    const found = await resolve(gateway, [
      { __typename: 'ServerTemplate', id: TEMPLATE },
      { __typename: 'MigrationTask', id: WEB_TASK },
      { __typename: 'SourceServer', id: UNKNOWN_ID },
      { __typename: 'MigrationProject', id: WAVE_1 },
      { __typename: 'SourceServer', id: BILLING_SERVER },
      { __typename: 'MigrationTask', id: WEB_TASK },
      { __typename: 'MigrationProject', id: UNKNOWN_ID },
    ]);
    const task = {
      __typename: 'MigrationTask',
      id: WEB_TASK,
      taskName: 'move-web-prod-01',
      sourceServer: { name: 'web-prod-01' },
    };
    expect(found).toEqual([
      { __typename: 'ServerTemplate', id: TEMPLATE, templateName: 'web-tier_4u8g', isTemplate: true },
      task,
      null,
      { __typename: 'MigrationProject', id: WAVE_1, projectName: 'wave-1_web' },
      { __typename: 'SourceServer', id: BILLING_SERVER, serverName: 'billing-win', cpuQuantity: 8 },
      task,
      null,
    ]);
    expect(callCounts(gateway.emulator)).toEqual({
      'GET /v3/vm/templates/{id}': 1,
      'GET /v3/tasks/{id}': 1,
      'GET /v3/sources/{id}': 2,
      'GET /v3/migprojects/{id}': 2,
    });
  });

  it('are rejected before any call if there are more than 2,000, since each may cost a call', async () => {
    const gateway = await frozenGateway();
    const representations = Array.from({ length: 2_001 }, () => ({ __typename: 'MigrationTask', id: WEB_TASK }));
    const { body } = await gateway.send(ENTITIES, { representations });
    expect(body.errors).toMatchObject([{ extensions: { code: 'REFERENCE_BUDGET_EXCEEDED' } }]);
    expect(callsTo(gateway.emulator)).toEqual([]);
  });

  describe('are rejected before any call if their type is', () => {
    it.each<[string, unknown]>([
      ['not in the schema', { __typename: 'Nope', id: WEB_TASK }],
      ['not an entity', { __typename: 'ConsistencyCheck', id: WEB_TASK }],
      ['a scalar', { __typename: 'String', id: WEB_TASK }],
      ['a custom scalar', { __typename: 'JSON', id: WEB_TASK }],
      ['an interface', { __typename: 'SmsError', id: WEB_TASK }],
      ['__proto__', JSON.parse('{"__typename":"__proto__","id":"a"}')],
      ['constructor', { __typename: 'constructor', id: WEB_TASK }],
      ['empty', { __typename: '', id: WEB_TASK }],
      ['not a string', { __typename: ['MigrationTask'], id: WEB_TASK }],
      ['missing', { id: WEB_TASK }],
      ['absent, since the reference is a number', 7],
      ['absent, since the reference is a string', 'MigrationTask'],
    ])('%s', async (_, reference) => {
      const bugs: unknown[] = [];
      const log = { ...createLog('silent'), error: (bug: unknown) => void bugs.push(bug) };
      const gateway = await frozenGateway({ log });
      const representations = [{ __typename: 'MigrationTask', id: WEB_TASK }, reference];
      const { body } = await gateway.send(ENTITIES, { representations });
      const message = 'Must be one of MigrationProject, MigrationTask, ServerTemplate, SourceServer.';
      expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
        expect.objectContaining({
          type: 'SmsInvalidInputError',
          code: 'INVALID_INPUT',
          fields: [{ path: ['representations', '1', '__typename'], message }],
        }),
      ]);
      expect(callsTo(gateway.emulator)).toEqual([]);
      expect(bugs).toEqual([]);
    });

    it('invalid in more than 20 of them, with an error that names the first 20', async () => {
      const gateway = await frozenGateway();
      const { body } = await gateway.send(ENTITIES, { representations: Array.from({ length: 2_000 }, () => ({})) });
      expect(body.errors?.[0]?.extensions?.['fields']).toHaveLength(20);
    });
  });

  it('are rejected if an id is a number that was rounded, since it would be the id of another object', async () => {
    const gateway = await frozenGateway();
    const { body } = await gateway.send(`{
      _entities(representations: [{ __typename: "MigrationTask", id: 12345678901234567890 }]) { __typename }
    }`);
    expect(body.errors?.map(({ extensions }) => extensions?.['fields'])).toEqual([
      [{ path: ['representations', '0'], message: 'Contains a number beyond 2^53 - 1. Send it as a string.' }],
    ]);
    expect(callsTo(gateway.emulator)).toEqual([]);
  });

  it('to many objects are resolved from pages of the list', async () => {
    const gateway = await frozenGateway({}, { servers: 150 });
    const ids = [...gateway.emulator.state.servers.keys()];
    const references = [...ids, ...ids, UNKNOWN_ID].map((id) => ({ __typename: 'SourceServer', id }));
    const found = await resolve(gateway, references, ENTITIES);
    const rows = found as { id: string }[];
    expect(rows.slice(0, -1).map(({ id }) => id)).toEqual([...ids, ...ids]);
    expect(rows.at(-1)).toBeNull();
    expect(callsTo(gateway.emulator)).toEqual(['GET /v3/sources?limit=200&offset=0', `GET /v3/sources/${UNKNOWN_ID}`]);
  });

  it('to a few objects are resolved one by one', async () => {
    const gateway = await frozenGateway({}, { servers: 2000 });
    const ids = [...gateway.emulator.state.tasks.keys()].slice(-3);
    await resolve(
      gateway,
      ids.map((id) => ({ __typename: 'MigrationTask', id })),
    );
    expect(callsTo(gateway.emulator).sort()).toEqual(ids.map((id) => `GET /v3/tasks/${id}`).sort());
  });

  it('are looked up even if only their id is selected, since the object may not exist', async () => {
    const gateway = await frozenGateway();
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on MigrationTask { id } }
    }`;
    const references = [WEB_TASK, UNKNOWN_ID].map((id) => ({ __typename: 'MigrationTask', id }));
    expect(await resolve(gateway, references, query)).toEqual([{ id: WEB_TASK }, null]);
    expect(callCounts(gateway.emulator)).toEqual({ 'GET /v3/tasks/{id}': 2 });
  });

  it.each([
    ['an id that is a relative path', { id: '../sources' }],
    ['an id that is a number', { id: 7 }],
    ['an id that is an object', { id: { $ne: 1 } }],
    ['no id', {}],
    ['an empty id', { id: '' }],
    ['null', { id: null }],
  ])('with %s resolve to null without a call, and do not affect other references', async (_, key) => {
    const gateway = await frozenGateway();
    const representations = [
      { __typename: 'MigrationTask', ...key },
      { __typename: 'SourceServer', id: WEB_SERVER },
    ];
    const response = await gateway.send(ENTITIES, { representations });
    const server = { __typename: 'SourceServer', id: WEB_SERVER, serverName: 'web-prod-01', cpuQuantity: 8 };
    expect(response.body.data).toEqual({ _entities: [null, server] });
    expect(errorsOf(response)).toEqual([]);
    expect(callsTo(gateway.emulator)).toEqual([`GET /v3/sources/${WEB_SERVER}`]);
  });

  it('that SMS rejects have an error at their own position', async () => {
    const gateway = await frozenGateway();
    const body = { error_code: 'SMS.9004', error_msg: 'Not allowed.' };
    gateway.emulator.fault({ kind: 'status', status: 403, body, path: `/v3/tasks/${WEB_TASK}`, times: Infinity });
    const representations = [
      { __typename: 'MigrationTask', id: WEB_TASK },
      { __typename: 'MigrationProject', id: WAVE_1 },
    ];
    const response = await gateway.send(ENTITIES, { representations });
    expect(response.body.data).toEqual({
      _entities: [null, { __typename: 'MigrationProject', id: WAVE_1, projectName: 'wave-1_web' }],
    });
    expect(errorsOf(response)).toEqual([
      {
        path: ['_entities', 0],
        extensions: { type: 'SmsForbiddenError', code: 'SMS.9004', httpStatus: 403 },
      },
    ]);
  });
});

/** A subgraph of another team, with pages of its own and more fields for our entities. */
const BILLING = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"])
  type Query { invoices(first: Int): InvoiceConnection!, overviewOf(id: ID!): MigrationTask }
  type InvoiceConnection { nodes: [Invoice!]! pageInfo: PageInfo! totalCount: Int! }
  type Invoice @key(fields: "id") { id: ID! amount: Float tasks: [MigrationTask!]! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type MigrationTask @key(fields: "id") { id: ID! totalTime: Long @external price: Float @requires(fields: "totalTime") }
  type ServerTemplate @key(fields: "id") { id: ID! monthlyPrice: Float }
  type MigrationProject @key(fields: "id") { id: ID! costCentre: String }
  scalar Long
  scalar DateTime
  scalar JSON
`);

it.each<{ expose: HiddenPart[] }>([{ expose: [] }, { expose: ['agent', 'secrets'] }])(
  'the SDL composes with a subgraph that shares PageInfo and extends our entities, with $expose exposed',
  async ({ expose }) => {
    const { _service } = await ask<{ _service: { sdl: string } }>(
      await frozenGateway({ expose }),
      '{ _service { sdl } }',
    );
    const { errors, supergraphSdl = '' } = composeServices([
      { name: 'sms', typeDefs: parse(_service.sdl), url: 'http://sms.test/graphql' },
      { name: 'billing', typeDefs: BILLING, url: 'http://billing.test/graphql' },
    ]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toMatch(/type MigrationTask[^}]*price: Float/s);
    expect(supergraphSdl.includes('registerServer')).toBe(expose.includes('agent'));
  },
);
