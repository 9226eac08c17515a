import { describe, expect, test } from 'vitest';
import { HeldBytes, type Holder } from '../src/request/budget/held-bytes.ts';
import { Budget, REQUEST_LIMITS } from '../src/request/budget/request-budget.ts';
import { plainJsonInTurns } from '../src/sms/text/long-json.ts';

/** Requests in the order in which they began to hold bytes, with their groups, and which of them must stop. */
function stopped(max: number, requests: readonly [group: string, bytes: number][]): number[] {
  const held = new HeldBytes(max);
  const holders = requests.map(([group, bytes]): Holder => {
    const holder = { group };
    held.set(holder, bytes);
    return holder;
  });
  return holders.flatMap((holder, index) => (held.mustStop(holder) ? [index] : []));
}

describe('when all requests together hold too much', () => {
  test.each<[string, [string, number][], number[]]>([
    [
      'none stops before that',
      [
        ['a', 60],
        ['b', 40],
      ],
      [],
    ],
    [
      'the newest request of a caller stops',
      [
        ['a', 60],
        ['a', 30],
        ['a', 20],
      ],
      [2],
    ],
    [
      'a caller within its share goes on, and the greedy one stops',
      [
        ['a', 40],
        ['a', 40],
        ['b', 30],
      ],
      [1],
    ],
    [
      'the oldest request of a caller may use what others leave',
      [
        ['a', 60],
        ['a', 20],
        ['b', 30],
      ],
      [1],
    ],
    [
      'the greedier of two single requests stops',
      [
        ['a', 70],
        ['b', 45],
      ],
      [0],
    ],
  ])('%s', (_, requests, expected) => {
    expect(stopped(100, requests)).toEqual(expected);
  });

  test('a request that has ended makes room for others', () => {
    const held = new HeldBytes(100);
    const [first, second] = [{ group: 'a' }, { group: 'a' }];
    held.set(first, 80);
    held.set(second, 40);
    expect(held.mustStop(second)).toBe(true);
    held.set(first, 0);
    expect(held.mustStop(second)).toBe(false);
  });
});

const MIB = 1024 ** 2;

describe('a budget counts as held', () => {
  const full = () => {
    const held = new HeldBytes(MIB);
    held.set({ group: 'a' }, MIB);
    return new Budget(REQUEST_LIMITS, held, { group: 'a' });
  };

  test('calls that wait', () => {
    const budget = full();
    for (let call = 0; call < 100; call += 1) budget.addQueuedCalls(1);
    expect(budget.stop).toMatchObject({ code: 'OVERLOADED' });
  });

  test('values that are derived from reads', () => {
    expect(() => full().holdDerived(MIB)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
    expect(() => new Budget({ ...REQUEST_LIMITS, maxResponseBytes: 10 }).holdDerived(21)).toThrow(
      expect.objectContaining({ code: 'RESPONSE_TOO_LARGE' }),
    );
  });

  test('a request that alone takes more than all may hold is told to request less', () => {
    const budget = new Budget({ ...REQUEST_LIMITS, maxReadBytes: 4 * MIB }, new HeldBytes(MIB));
    expect(budget.takeRead(2 * MIB)).toMatchObject({ code: 'RESPONSE_TOO_LARGE', kind: 'invalid-input' });
  });

  test('the structure of parsed responses', () => {
    expect(() => full().holdParsed(MIB)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
    expect(() => new Budget({ ...REQUEST_LIMITS, maxReadBytes: 10 }).holdParsed(21)).toThrow(
      expect.objectContaining({ code: 'READ_BUDGET_EXCEEDED' }),
    );
  });
});

test.each([
  ['[[[{}]]]', 20],
  ['{"a":1}', 7],
  [`"${'[{,'.repeat(20)}"`, 0.1],
])('a long JSON of %s takes at least %f times its length', async (item, times) => {
  const text = `[${`${item},`.repeat(50_000)}null]`;
  let bytes = 0;
  await plainJsonInTurns(text, {
    hold(count) {
      bytes += count;
    },
  });
  expect(bytes / text.length).toBeGreaterThan(times);
  expect(bytes / text.length).toBeLessThan(times + 10);
});

test('a JSON that takes too much memory is not parsed to its end', async () => {
  let pieces = 0;
  const stop = new Error('There is no room.');
  const hold = () => {
    pieces += 1;
    throw stop;
  };
  await expect(plainJsonInTurns(`[${'{},'.repeat(200_000)}null]`, { hold })).rejects.toBe(stop);
  expect(pieces).toBe(1);
});
