/** The custom scalars, at their limits. */
import { assert, integer, oneof, property } from 'fast-check';
import type { GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { ask } from './support/ask.ts';
import { gatewayTo, httpServer } from './support/harness.ts';

const schema = buildSchema();
const scalar = (name: string) => schema.getType(name) as GraphQLScalarType;

describe('Long', () => {
  const long = scalar('Long');

  it.each([
    [0, 0],
    [-1, -1],
    ['42', 42],
    [9007199254740991, 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    [9007199254740993n, '9007199254740993'],
    [2n ** 63n - 1n, '9223372036854775807'],
    [-(2n ** 63n), '-9223372036854775808'],
  ])('serializes %s as %s', (value, serialized) => {
    expect(long.serialize(value)).toBe(serialized);
  });

  it.each([1.5, 2 ** 53, '1.5', '', ' 1', '1e3', '0x10', 2n ** 63n, '9223372036854775808', true, null, {}, []])(
    'rejects %s',
    (value) => {
      expect(() => long.serialize(value)).toThrow('Long must be a whole number of up to 64 bits.');
      expect(() => long.parseValue(value)).toThrow('Long must be a whole number of up to 64 bits.');
    },
  );

  it('is checked against @limit as a number and as a string', async () => {
    const gateway = gatewayTo(await httpServer((_, response) => response.end('{}')));
    const query = `mutation ($size: Long) {
      updateServer(input: { id: "s-1", disks: [{ adjustSize: $size }] }) {
        __typename ... on SmsInvalidInputError { fields { path message } }
      }
    }`;
    const invalid = (size: string) => ({
      updateServer: {
        __typename: 'SmsInvalidInputError',
        fields: [{ path: ['input', 'disks', '0', 'adjustSize'], message: `Is ${size}; must be at least 0.` }],
      },
    });
    expect(await ask(gateway, query, { size: -1 })).toEqual(invalid('-1'));
    expect(await ask(gateway, query, { size: '-9007199254740993' })).toEqual(invalid('-9007199254740993'));
    expect(await ask(gateway, query, { size: '9007199254740993' })).toEqual({
      updateServer: { __typename: 'UpdateServerSuccess' },
    });
  });
});

describe('DateTime', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [1_790_000_000_000, '2026-09-21T14:13:20.000Z'],
    ['2026-09-21T16:13:20+02:00', '2026-09-21T14:13:20.000Z'],
  ])('serializes %s as %s', (value, serialized) => {
    expect(scalar('DateTime').serialize(value)).toBe(serialized);
  });

  it('serializes every time that a Date can hold as the Date does', () => {
    const time = oneof(integer({ min: -8.64e15, max: 8.64e15 }), integer({ min: 0, max: 4e12 }));
    assert(
      property(time, (value) => {
        expect(scalar('DateTime').serialize(value)).toBe(new Date(value).toISOString());
      }),
    );
  });
});

describe('JSON', () => {
  it('keeps values unchanged, except that numbers beyond 2^53 - 1 become strings', () => {
    const value = { someKey: [1, 'two', null, { other_key: 9007199254740993n }] };
    expect(scalar('JSON').serialize(value)).toEqual({ someKey: [1, 'two', null, { other_key: '9007199254740993' }] });
  });

  it('rejects a literal with a number that JSON parsers would round', async () => {
    const calls: string[] = [];
    const url = await httpServer((request, response) => {
      calls.push(String(request.url));
      response.end('{}');
    });
    const sent = (detail: string) =>
      gatewayTo(url, { expose: ['agent'] }).send(`mutation {
        updateCommandResult(input: { serverId: "s", commandName: "START", result: "success", resultDetail: ${detail} }) {
          __typename
        }
      }`);
    const { body } = await sent('{ size: [12345678901234567890] }');
    expect(body.errors?.map(({ message, extensions }) => [message, extensions?.['code']])).toEqual([
      [
        'JSON cannot hold a number beyond 2^53 - 1, which JSON parsers round. Send it as a string.',
        'GRAPHQL_VALIDATION_FAILED',
      ],
    ]);
    expect(calls).toEqual([]);
    expect((await sent('{ size: ["12345678901234567890", 1.5] }')).body.data).toEqual({
      updateCommandResult: { __typename: 'UpdateCommandResultSuccess' },
    });
  });
});
