import { expect, test } from 'vitest';
import { TokenMemory } from '../src/sms/token-memory.ts';

test('is bounded: it forgets the token that was not used for longest', async () => {
  const asked: string[] = [];
  const memory = new TokenMemory<string>(
    async (token) => {
      asked.push(token);
      return { value: token.toUpperCase(), until: Number.POSITIVE_INFINITY };
    },
    { most: 2 },
  );
  for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await memory.of(token)).toBe(token.toUpperCase());
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('answers at once what it knows', async () => {
  const memory = new TokenMemory<number>(async () => ({ value: 1, until: Number.POSITIVE_INFINITY }));
  expect(memory.of('a')).toBeInstanceOf(Promise);
  await memory.of('a');
  expect(memory.of('a')).toBe(1);
});

test('gives a failure to all who wait for it, and asks the next one anew', async () => {
  let asked = 0;
  const memory = new TokenMemory<number>(async () => {
    asked += 1;
    if (asked === 1) throw new Error('not now');
    return { value: asked, until: Number.POSITIVE_INFINITY };
  });
  const waiting = await Promise.allSettled([memory.of('a'), memory.of('a')]);
  expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await memory.of('a')).toBe(2);
});

test('holds no token', async () => {
  const memory = new TokenMemory<null>(async () => ({ value: null, until: Number.POSITIVE_INFINITY }));
  await memory.of('the-secret-token');
  const { inspect } = await import('node:util');
  expect(inspect(memory, { depth: null, showHidden: true })).not.toContain('the-secret-token');
});
