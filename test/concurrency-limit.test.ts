import { expect, test } from 'vitest';
import { ConcurrencyLimit } from '../src/sms/call/concurrency-limit.ts';

/** Functions that run until they are ended, and the order in which they began. */
function functions() {
  const began: string[] = [];
  const running = new Map<string, PromiseWithResolvers<string>>();
  const start = (name: string) => () => {
    began.push(name);
    const promise = Promise.withResolvers<string>();
    running.set(name, promise);
    return promise.promise;
  };
  return { began, start, running };
}

test('runs so many functions at once, and the others in their order', async () => {
  const limit = new ConcurrencyLimit(2);
  const { began, start, running } = functions();
  const results = ['a', 'b', 'c', 'd'].map((name) => limit.run(start(name)));
  expect(began).toEqual(['a', 'b']);
  running.get('b')?.resolve('result of b');
  expect(await results[1]).toBe('result of b');
  await new Promise(setImmediate);
  expect(began).toEqual(['a', 'b', 'c']);
});

test('goes on after a function that fails, and passes its error on', async () => {
  const limit = new ConcurrencyLimit(1);
  const { began, start, running } = functions();
  const first = limit.run(start('a'));
  const second = limit.run(start('b'));
  running.get('a')?.reject(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  await new Promise(setImmediate);
  expect(began).toEqual(['a', 'b']);
  running.get('b')?.resolve('done');
  expect(await second).toBe('done');
});
