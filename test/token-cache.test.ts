import { hash } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TokenCache } from '../src/sms/auth/token-cache.ts';

test('is bounded: it forgets the token that was not used for longest', async () => {
  const asked: string[] = [];
  const memory = new TokenCache<string>(
    async (token) => {
      asked.push(token);
      return { value: token.toUpperCase(), ttl: Number.POSITIVE_INFINITY };
    },
    { maxTokens: 2 },
  );
  for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await memory.get(token)).toBe(token.toUpperCase());
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('answers at once what it knows', async () => {
  const memory = new TokenCache<number>(async () => ({ value: 1, ttl: Number.POSITIVE_INFINITY }));
  expect(memory.get('a')).toBeInstanceOf(Promise);
  await memory.get('a');
  expect(memory.get('a')).toBe(1);
});

test('gives a failure to all who wait for it, and asks the next one anew', async () => {
  let asked = 0;
  const memory = new TokenCache<number>(async () => {
    asked += 1;
    if (asked === 1) throw new Error('not now');
    return { value: asked, ttl: Number.POSITIVE_INFINITY };
  });
  const waiting = await Promise.allSettled([memory.get('a'), memory.get('a')]);
  expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await memory.get('a')).toBe(2);
});

test('has no token for a key, nor a hash that could be made elsewhere', async () => {
  const memory = new TokenCache<null>(async () => ({ value: null, ttl: Number.POSITIVE_INFINITY }));
  const keys = await keysOfMapsIn(() => memory.get('the-secret-token'));
  // Of those who ask now, and of what is known.
  expect(keys).toHaveLength(2);
  const hashes = ['base64', 'base64url', 'hex'].map((form) => hash('sha256', 'the-secret-token', form as 'hex'));
  for (const key of keys)
    for (const telling of ['the-secret-token', ...hashes]) expect(String(key)).not.toContain(telling);
});

/** Every key that comes into a map meanwhile: a memory shows its own to nobody. */
async function keysOfMapsIn(action: () => unknown): Promise<unknown[]> {
  const set = vi.spyOn(Map.prototype, 'set');
  onTestFinished(() => set.mockRestore());
  await action();
  return set.mock.calls.map(([key]) => key);
}
