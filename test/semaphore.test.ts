import { describe, expect, test } from 'vitest';
import { CallerIdentity, VerifiedCallers } from '../src/fairness/caller-identity.ts';
import { type Permit, Semaphore } from '../src/sms/resilience/semaphore.ts';

const never = new AbortController();

/** Callers of one address, verified or not. */
function callers() {
  const verifiedCallers = new VerifiedCallers();
  const unverified = (token: string, address = '192.0.2.1') => new CallerIdentity(token, address, verifiedCallers);
  const verified = (token: string) => {
    const caller = unverified(token);
    caller.markVerified();
    return caller;
  };
  return { unverified, verified };
}

/** A semaphore whose permits are all in use, and the names of waiting calls in the order in which they get permits. */
async function fullSemaphore(permits: number) {
  const semaphore = new Semaphore({ permits, maxHeldPerFree: 16 });
  const inUse = await Promise.all(Array.from({ length: permits }, () => semaphore.acquire(never)));
  const order: string[] = [];
  const wait = async (name: string, caller?: CallerIdentity, leaving = never) => {
    const permit = await semaphore.acquire(leaving, caller);
    order.push(name);
    return permit;
  };
  const waitAndRelease = async (name: string, caller: CallerIdentity) => semaphore.release(await wait(name, caller));
  const releaseOne = () => semaphore.release(inUse.pop() as Permit);
  return { semaphore, order, wait, waitAndRelease, releaseOne };
}

function countGranted(permits: readonly (Permit | Promise<Permit>)[]): number {
  return permits.filter((permit) => !(permit instanceof Promise)).length;
}

test('a semaphore grants released permits to waiting calls in the order of their arrival', async () => {
  const { order, wait, releaseOne } = await fullSemaphore(2);
  const waiting = ['first', 'second'].map((name) => wait(name));
  releaseOne();
  await waiting[0];
  expect(order).toEqual(['first']);
  releaseOne();
  await waiting[1];
  expect(order).toEqual(['first', 'second']);
});

test('a semaphore drops a waiting call when its signal aborts, and skips it', async () => {
  const { semaphore, wait, releaseOne } = await fullSemaphore(1);
  const controller = new AbortController();
  const [aborted, other] = [wait('aborted', undefined, controller), wait('other')];
  controller.abort(new Error('gone'));
  await expect(aborted).rejects.toThrow('gone');
  await expect(semaphore.acquire(controller)).rejects.toThrow('gone');
  releaseOne();
  semaphore.release(await other);
  expect(countGranted([semaphore.acquire(never)])).toBe(1);
});

describe('a semaphore serves callers round-robin', () => {
  test('and grants the next permit to a single call, however many calls of another caller wait', async () => {
    const { verified } = callers();
    const { order, waitAndRelease, releaseOne } = await fullSemaphore(1);
    const [greedy, modest] = [verified('greedy'), verified('modest')];
    const calls = Array.from({ length: 1000 }, (_, index) => waitAndRelease(`greedy ${index}`, greedy));
    calls.push(waitAndRelease('modest', modest));
    releaseOne();
    await Promise.all(calls);
    expect(order.slice(0, 3)).toEqual(['greedy 0', 'modest', 'greedy 1']);
    expect(order).toHaveLength(1001);
  });

  test('in the order of their arrival', async () => {
    const { verified } = callers();
    const { order, waitAndRelease, releaseOne } = await fullSemaphore(1);
    const names = ['a', 'a', 'a', 'b', 'b', 'c'];
    const calls = names.map((name, index) => waitAndRelease(`${name}${index}`, verified(name)));
    releaseOne();
    await Promise.all(calls);
    expect(order).toEqual(['a0', 'b3', 'c5', 'a1', 'b4', 'a2']);
  });

  test('and treats all unverified tokens of one address as one caller', async () => {
    const { unverified, verified } = callers();
    const { order, waitAndRelease, releaseOne } = await fullSemaphore(1);
    const calls = Array.from({ length: 50 }, (_, index) =>
      waitAndRelease(`made up ${index}`, unverified(`made-up-${index}`)),
    );
    calls.push(...[0, 1, 2].map((index) => waitAndRelease(`verified ${index}`, verified('verified'))));
    calls.push(waitAndRelease('elsewhere', unverified('made-up-elsewhere', '198.51.100.1')));
    releaseOne();
    await Promise.all(calls);
    expect(order.slice(0, 8)).toEqual([
      'made up 0',
      'verified 0',
      'elsewhere',
      'made up 1',
      'verified 1',
      'made up 2',
      'verified 2',
      'made up 3',
    ]);
  });

  test('also among the unverified callers of one address', async () => {
    const { unverified } = callers();
    const { order, waitAndRelease, releaseOne } = await fullSemaphore(1);
    const calls = ['a', 'a', 'a', 'b'].map((name, index) => waitAndRelease(`${name}${index}`, unverified(name)));
    releaseOne();
    await Promise.all(calls);
    expect(order).toEqual(['a0', 'b3', 'a1', 'a2']);
  });

  test('and serves a caller that is verified while it waits on its own', async () => {
    const { unverified } = callers();
    const { order, waitAndRelease, releaseOne } = await fullSemaphore(1);
    const calls = Array.from({ length: 5 }, (_, index) =>
      waitAndRelease(`made up ${index}`, unverified(`made-up-${index}`)),
    );
    calls.push(waitAndRelease('good', unverified('good')));
    unverified('good').markVerified();
    releaseOne();
    await Promise.all(calls);
    expect(order).toContain('good');
    expect(order).toHaveLength(6);
  });
});

describe('a semaphore keeps a permit free for the next caller', () => {
  const semaphoreWithReserve = () => new Semaphore({ permits: 68, maxPerGroup: 64, maxHeldPerFree: 16 });

  test('while one caller has as many as it may have', () => {
    const { verified } = callers();
    const semaphore = semaphoreWithReserve();
    const acquire = (name: string, count: number) =>
      countGranted(Array.from({ length: count }, () => semaphore.acquire(never, verified(name))));
    expect(acquire('greedy', 70)).toBe(64);
    expect(acquire('modest', 1)).toBe(1);
    expect(acquire('greedy too', 70)).toBe(3);
  });

  test('however many callers take all they can get', () => {
    const { verified } = callers();
    const semaphore = semaphoreWithReserve();
    for (const name of ['a', 'b', 'c'])
      for (let count = 0; count < 24; count += 1) void semaphore.acquire(never, verified(name));
    expect(countGranted([semaphore.acquire(never, verified('modest'))])).toBe(1);
  });
});
