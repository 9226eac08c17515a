import { anything, assert, asyncProperty, string } from 'fast-check';
import { expect, it, test } from 'vitest';
import { jsonInTurns } from '../src/http/execution/json-writer.ts';

async function written(value: unknown): Promise<string> {
  return Buffer.concat(await jsonInTurns(value)).toString();
}

test('a value is written exactly as JSON.stringify writes it', async () => {
  const anyValue = anything({
    values: [string({ unit: 'binary' })],
    withNullPrototype: true,
    withDate: true,
    withSparseArray: false,
  });
  await assert(
    asyncProperty(anyValue, async (value) => {
      const inside = { before: 1, value, after: [value, undefined] };
      expect(JSON.parse(await written(inside))).toStrictEqual(JSON.parse(JSON.stringify(inside)));
      expect(await written(inside)).toBe(Buffer.from(JSON.stringify(inside)).toString());
    }),
  );
});

it.each([
  ['a long string', 'é"\n\u0000'.repeat(100_000)],
  ['surrogate pairs at every position', `${'a'.repeat(65_535)}${'😀'.repeat(100_000)}`],
  ['a long list', Array.from({ length: 100_000 }, (_, id) => ({ id: `t-${id}`, left: undefined, time: new Date(id) }))],
  ['a number with all of its digits', [JSON.rawJSON('12345678901234567890')]],
])('%s is written in pieces that together are valid JSON', async (_, value) => {
  const pieces = await jsonInTurns(value);
  expect(Buffer.concat(pieces).toString() === JSON.stringify(value)).toBe(true);
});

it('writing a long value yields to other work', async () => {
  const order: string[] = [];
  const rows = Array.from({ length: 300_000 }, (_, id) => ({ id: `t-${id}`, name: 'move' }));
  const done = jsonInTurns(rows).then(() => order.push('written'));
  setImmediate(() => order.push('other work'));
  await done;
  expect(order).toEqual(['other work', 'written']);
});
