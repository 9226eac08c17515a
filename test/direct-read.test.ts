import { type GraphQLResolveInfo, isLeafType, isNonNullType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { wireNameOf } from '../src/graphql/field-directives.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import type { Field } from '../src/graphql/wrappers/field-wrapper.ts';
import { Budget } from '../src/request/budget/request-budget.ts';
import type { Context } from '../src/request/context.ts';
import { RequestEntities } from '../src/sms/operations/entities.ts';

const schema = buildSchema(['agent', 'secrets']);
const TEXTS = ['', 'web-1', '一致性', 'true', '7', 'x'.repeat(64 * 1024), 'x'.repeat(64 * 1024 + 1)];
const NUMBERS = [0, -0, 7, -1, 0.5, 2 ** 31, 2 ** 53, 1_790_000_000_123, 8.64e15, 8.64e15 + 2, Number.MAX_VALUE];
const VALUES = [null, true, false, ...TEXTS, ...NUMBERS, 2n ** 60n, [], {}];

const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => (Object.values(type.getFields()) as Field[]).map((field) => ({ field, type })))
  .filter(({ field }) => field.extensions.directRead);

test('a value that is read without its resolver has the same result and the same size', () => {
  const read = new Set<string>();
  for (const { field, type } of fields) {
    const leaf = isNonNullType(field.type) ? field.type.ofType : field.type;
    if (!isLeafType(leaf)) throw new Error(`${type.name}.${field.name} is not a leaf.`);
    const names = 'getValues' in leaf ? leaf.getValues().flatMap(({ name }) => [name, name.toLowerCase()]) : [];
    for (const value of [...VALUES, ...names]) {
      const source = { [wireNameOf(field, type)]: value };
      const budget = new Budget();
      const result = field.extensions.directRead?.read(source, budget);
      if (result === undefined) continue;
      read.add(leaf.name);
      const context = {
        budget: new Budget(),
        entities: new RequestEntities({} as never),
      } as Partial<Context> as Context;
      const resolved = field.resolve?.(source, {}, context, {} as GraphQLResolveInfo);
      expect({ field: `${type.name}.${field.name}`, result, bytes: budget.responseBytes }).toEqual({
        field: `${type.name}.${field.name}`,
        result: resolved === null ? null : leaf.serialize(resolved),
        bytes: context.budget.responseBytes,
      });
    }
  }
  expect([...read]).toEqual(expect.arrayContaining(['String', 'ID', 'Boolean', 'Int', 'Long', 'DateTime']));
});

test('a value in any other form is left to the resolver', () => {
  const server = schema.getType('SourceServer');
  const field = isObjectType(server) ? server.getFields()['cpuQuantity'] : undefined;
  const left = [undefined, '4', 0.5, 2 ** 31, true, [], {}];
  for (const value of left)
    expect(field?.extensions.directRead?.read({ cpu_quantity: value }, new Budget())).toBeUndefined();
});
