import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { type Gateway, startGateway, WEB_SERVER, WEB_TASK } from './support/harness.ts';

/** A subgraph that extends tasks and servers. Its own types would collide with error types without the prefix `Sms`. */
const INVENTORY = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { owner(id: ID!): Owner }
  type Owner @key(fields: "id") { id: ID! name: String servers: [SourceServer!]! }
  type SourceServer @key(fields: "id") { id: ID! owner: Owner }
  type MigrationTask @key(fields: "id") { id: ID! costCentre: String }
  type NotFoundError { message: String! }
  type Task { id: ID! }
`);

test('the subgraph composes with another subgraph that extends its entities', async () => {
  const result = composeServices([
    { name: 'sms', typeDefs: parse(await sdlOf(await startGateway())), url: 'http://sms.test/graphql' },
    { name: 'inventory', typeDefs: INVENTORY, url: 'http://inventory.test/graphql' },
  ]);
  expect(result.errors).toBeUndefined();
  const types = parse(result.supergraphSdl ?? '').definitions.filter((node) => node.kind === 'ObjectTypeDefinition');
  const fieldsOf = (type: string) =>
    types.find(({ name }) => name.value === type)?.fields?.map(({ name }) => name.value) ?? [];
  expect(fieldsOf('MigrationTask')).toEqual(expect.arrayContaining(['id', 'costCentre']));
  expect(fieldsOf('SourceServer')).toEqual(expect.arrayContaining(['id', 'name', 'owner']));
  expect(fieldsOf('Mutation')).toContain('exportConsistencyResults');
});

test('the SDL of the subgraph has the federation link and the keys of its entities', async () => {
  const sdl = await sdlOf(await startGateway());
  expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
  expect(sdl).toMatch(/^type MigrationTask[^{]* @key\(fields: "id"\)/m);
  expect(sdl).toMatch(/^type SourceServer[^{]* @key\(fields: "id"\)/m);
});

test('references to entities are resolved, to null for an unknown id', async () => {
  const gateway = await startGateway();
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on MigrationTask { __typename id name }
      ... on SourceServer { __typename id name }
    }
  }`;
  const representations = [
    { __typename: 'SourceServer', id: WEB_SERVER },
    { __typename: 'MigrationTask', id: WEB_TASK },
    { __typename: 'SourceServer', id: 'nowhere' },
    { __typename: 'MigrationTask', id: 'nowhere' },
  ];
  expect((await gateway.send(query, { representations })).body).toEqual({
    data: {
      _entities: [
        { __typename: 'SourceServer', id: WEB_SERVER, name: 'web-prod-01' },
        {
          __typename: 'MigrationTask',
          id: WEB_TASK,
          name: gateway.emulator.state.tasks.get(WEB_TASK)?.name,
        },
        null,
        null,
      ],
    },
  });
});

async function sdlOf({ send }: Gateway): Promise<string> {
  const { body } = await send('{ _service { sdl } }');
  const { _service } = body.data as { _service: { sdl: string } };
  return _service.sdl;
}
