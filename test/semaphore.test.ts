import { describe, expect, test } from 'vitest';
import { CallerIdentity, VerifiedCallers } from '../src/sms/fairness/caller-identity.ts';
import { type Permit, Semaphore } from '../src/sms/resilience/semaphore.ts';

const patient = new AbortController().signal;

/** Callers of one address, whose credentials were accepted, or not yet. */
function callers() {
  const known = new VerifiedCallers();
  const of = (token: string, address = '192.0.2.1') => new CallerIdentity(token, address, known);
  const accepted = (token: string) => {
    const caller = of(token);
    caller.markVerified();
    return caller;
  };
  return { of, accepted };
}

/** Slots, all of which somebody holds, and who has got one since, in order. */
function held(count: number) {
  const slots = new Semaphore({ permits: count, maxHeldPerFree: 16 });
  const first = Array.from({ length: count }, () => slots.acquire(patient)) as Permit[];
  const order: string[] = [];
  const wait = (name: string, caller?: CallerIdentity, signal = patient) =>
    Promise.resolve(slots.acquire(signal, caller)).then((slot) => {
      order.push(name);
      return slot;
    });
  /** Each gives its slot back as soon as it has one. */
  const passing = (name: string, caller: CallerIdentity) => wait(name, caller).then((slot) => slots.release(slot));
  return { slots, order, wait, passing, free: () => slots.release(first.pop() as Permit) };
}

test('gives as many as there are at once, and the next when one comes back, in the order they were asked for', async () => {
  const { order, wait, free } = held(2);
  const later = ['first', 'second'].map((name) => wait(name));
  free();
  await later[0];
  expect(order).toEqual(['first']);
  free();
  await later[1];
  expect(order).toEqual(['first', 'second']);
});

test('lets one who waits go at once when the signal comes, and passes it over', async () => {
  const { slots, wait, free } = held(1);
  const leaving = new AbortController();
  const [left, stayed] = [wait('left', undefined, leaving.signal), wait('stayed')];
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await expect(slots.acquire(leaving.signal)).rejects.toThrow('gone');
  free();
  slots.release(await stayed);
  expect(slots.acquire(patient)).not.toBeInstanceOf(Promise);
});

describe('callers take turns', () => {
  test('so that a single call is next, however many calls another caller has waiting', async () => {
    const { accepted } = callers();
    const { order, passing, free } = held(1);
    const [greedy, modest] = [accepted('greedy'), accepted('modest')];
    const calls = Array.from({ length: 1000 }, (_, index) => passing(`greedy ${index}`, greedy));
    calls.push(passing('modest', modest));
    free();
    await Promise.all(calls);
    expect(order.slice(0, 3)).toEqual(['greedy 0', 'modest', 'greedy 1']);
    expect(order).toHaveLength(1001);
  });

  test('all of them, in the order in which they came', async () => {
    const { accepted } = callers();
    const { order, passing, free } = held(1);
    const names = ['a', 'a', 'a', 'b', 'b', 'c'];
    const calls = names.map((name, index) => passing(`${name}${index}`, accepted(name)));
    free();
    await Promise.all(calls);
    expect(order).toEqual(['a0', 'b3', 'c5', 'a1', 'b4', 'a2']);
  });

  test('and made-up tokens of one address have one turn together', async () => {
    const { of, accepted } = callers();
    const { order, passing, free } = held(1);
    const calls = Array.from({ length: 50 }, (_, index) => passing(`made up ${index}`, of(`made-up-${index}`)));
    calls.push(...[0, 1, 2].map((index) => passing(`known ${index}`, accepted('known'))));
    calls.push(passing('elsewhere', of('made-up-elsewhere', '198.51.100.1')));
    free();
    await Promise.all(calls);
    expect(order.slice(0, 8)).toEqual([
      'made up 0',
      'known 0',
      'elsewhere',
      'made up 1',
      'known 1',
      'made up 2',
      'known 2',
      'made up 3',
    ]);
  });

  test('and so do the callers of one address whose credentials were not accepted yet', async () => {
    const { of } = callers();
    const { order, passing, free } = held(1);
    const calls = ['a', 'a', 'a', 'b'].map((name, index) => passing(`${name}${index}`, of(name)));
    free();
    await Promise.all(calls);
    expect(order).toEqual(['a0', 'b3', 'a1', 'a2']);
  });

  test('and one that was accepted while it waited has a turn of its own', async () => {
    const { of } = callers();
    const { order, passing, free } = held(1);
    const calls = Array.from({ length: 5 }, (_, index) => passing(`made up ${index}`, of(`made-up-${index}`)));
    calls.push(passing('good', of('good')));
    of('good').markVerified();
    free();
    await Promise.all(calls);
    expect(order).toContain('good');
    expect(order).toHaveLength(6);
  });
});

test('one caller gets all that one may have, and the next that comes finds a slot', async () => {
  const { accepted } = callers();
  const slots = new Semaphore({ permits: 68, maxPerGroup: 64, maxHeldPerFree: 16 });
  const take = (name: string, count: number) =>
    Array.from({ length: count }, () => slots.acquire(patient, accepted(name))).filter(
      (turn) => !(turn instanceof Promise),
    );
  expect(take('greedy', 70)).toHaveLength(64);
  expect(take('modest', 1)).toHaveLength(1);
  expect(take('greedy too', 70)).toHaveLength(3);
});

test('however many callers take all they get, the next that comes finds a slot', () => {
  const { accepted } = callers();
  const slots = new Semaphore({ permits: 68, maxPerGroup: 64, maxHeldPerFree: 16 });
  for (const name of ['a', 'b', 'c'])
    for (let count = 0; count < 24; count += 1) Promise.resolve(slots.acquire(patient, accepted(name))).catch(() => {});
  expect(slots.acquire(patient, accepted('modest'))).not.toBeInstanceOf(Promise);
});
