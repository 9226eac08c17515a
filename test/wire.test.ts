import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toWire, Verbatim, wireName } from '../src/sms/wire.ts';
import { graphqlName, operations, resolved, type Schema } from './support/openapi.ts';

it('wireName restores every name of the API from its camel case', () => {
  const names = new Set(
    operations.flatMap(({ body, response, parameters }) => [
      ...parameters.filter(({ in: location }) => location !== 'header').map(({ name }) => name),
      ...namesIn(body ?? {}),
      ...namesIn(response ?? {}),
    ]),
  );
  expect(names.size).toBeGreaterThan(250);
  expect([...names].filter((name) => wireName(graphqlName(name)) !== name)).toEqual([]);
});

it('toWire renames keys at every depth, but not values', () => {
  const sent = { taskInfo: [{ taskId: 'taskId', a: [[{ bC: 1 }]] }], deep: { er: { still: { dE: true } } } };
  expect(toWire(sent)).toEqual({
    task_info: [{ task_id: 'taskId', a: [[{ b_c: 1 }]] }],
    deep: { er: { still: { d_e: true } } },
  });
});

it('toWire leaves out null and undefined, but keeps empty values', () => {
  expect(toWire({ one: null, two: undefined, three: '', four: 0, five: false, six: [], seven: {} })).toEqual({
    three: '',
    four: 0,
    five: false,
    six: [],
    seven: {},
  });
});

it('toWire does not rename keys in JSON of the caller', () => {
  const value = { someKey: [{ otherKey: null }] };
  expect(toWire({ resultDetail: new Verbatim(value) })).toEqual({ result_detail: value });
});

it('toWire keeps all digits of a 64-bit integer', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (long) => {
      expect(JSON.stringify(toWire({ adjustSize: long }))).toBe(`{"adjust_size":${long}}`);
    }),
  );
});

function namesIn(schema: Schema, above: readonly string[] = []): string[] {
  const { name = '', properties = {}, items, anyOf = [] } = resolved(schema);
  if (above.includes(name)) return [];
  const inner = [...Object.values(properties), ...(items ? [items] : []), ...anyOf];
  return [...Object.keys(properties), ...inner.flatMap((value) => namesIn(value, name ? [...above, name] : above))];
}
