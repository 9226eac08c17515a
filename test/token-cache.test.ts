import { hash } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TokenCache } from '../src/sms/auth/token-cache.ts';

test('TokenCache drops the least recently used token', async () => {
  const loads: string[] = [];
  const cache = new TokenCache<string>(
    async (token) => {
      loads.push(token);
      return { value: token.toUpperCase(), ttl: Number.POSITIVE_INFINITY };
    },
    { maxTokens: 2 },
  );
  for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await cache.get(token)).toBe(token.toUpperCase());
  expect(loads).toEqual(['a', 'b', 'c', 'b']);
});

test('TokenCache returns a cached value synchronously', async () => {
  const cache = new TokenCache<number>(async () => ({ value: 1, ttl: Number.POSITIVE_INFINITY }));
  expect(cache.get('a')).toBeInstanceOf(Promise);
  await cache.get('a');
  expect(cache.get('a')).toBe(1);
});

test('TokenCache rejects all waiting callers on a failure and loads again for the next one', async () => {
  let loads = 0;
  const cache = new TokenCache<number>(async () => {
    loads += 1;
    if (loads === 1) throw new Error('not now');
    return { value: loads, ttl: Number.POSITIVE_INFINITY };
  });
  const waiting = await Promise.allSettled([cache.get('a'), cache.get('a')]);
  expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.get('a')).toBe(2);
});

test('TokenCache uses neither tokens nor unsalted hashes as keys', async () => {
  const cache = new TokenCache<null>(async () => ({ value: null, ttl: Number.POSITIVE_INFINITY }));
  const keys = await keysOfMapsIn(() => cache.get('the-secret-token'));
  // In the map of current loads and in the cache.
  expect(keys).toHaveLength(2);
  const hashes = ['base64', 'base64url', 'hex'].map((form) => hash('sha256', 'the-secret-token', form as 'hex'));
  for (const key of keys)
    for (const telling of ['the-secret-token', ...hashes]) expect(String(key)).not.toContain(telling);
});

/** The keys that are set in any map meanwhile, since the cache does not reveal its own. */
async function keysOfMapsIn(action: () => unknown): Promise<unknown[]> {
  const set = vi.spyOn(Map.prototype, 'set');
  onTestFinished(() => set.mockRestore());
  await action();
  return set.mock.calls.map(([key]) => key);
}
