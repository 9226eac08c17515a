import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { observeRequestHeap } from '../src/request/budget/heap.ts';
import { HeldBytes, type Holder } from '../src/request/budget/held-bytes.ts';
import { Budget, REQUEST_LIMITS } from '../src/request/budget/request-budget.ts';
import { plainJsonInTurns } from '../src/text/long-json.ts';

const MIB = 1024 ** 2;

test('what requests fill is reported after each full garbage collection', async () => {
  const reports: number[] = [];
  onTestFinished(observeRequestHeap((bytes) => reports.push(bytes)));
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const lastReport = async () => {
    const { length } = reports;
    collectGarbage();
    await expect.poll(() => reports.length).toBeGreaterThan(length);
    return reports.at(-1) ?? 0;
  };
  const before = await lastReport();
  const objects = Array.from({ length: 1_000_000 }, () => ({}));
  expect((await lastReport()) - before).toBeGreaterThan(objects.length * 20);
});

interface Request extends Holder {
  isStopped: boolean;
  isAbandoned: boolean;
}

function requestOf(group: string): Request {
  return {
    group,
    isStopped: false,
    isAbandoned: false,
    stopHolding() {
      this.isStopped = true;
    },
    abandon() {
      this.isAbandoned = true;
    },
  };
}

/** What requests of callers hold, in MiB, the oldest first, and the indexes of those that are stopped. */
function stopped(held: HeldBytes, requests: readonly [group: string, megabytes: number][]): number[] {
  const holders = requests.map(([group]) => requestOf(group));
  for (const [index, holder] of holders.entries()) held.set(holder, (requests[index]?.[1] ?? 0) * MIB);
  return holders.flatMap(({ isStopped }, index) => (isStopped ? [index] : []));
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
    [
      'of many equal requests as many go on as fit',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((group) => [group, 30]),
      [3, 4, 5],
    ],
    [
      'a request that holds next to nothing goes on',
      [
        ['a', 90],
        ['a', 20],
        ['a', 0.1],
      ],
      [1],
    ],
  ])('%s', (_, requests, expected) => {
    expect(stopped(new HeldBytes(100 * MIB), requests)).toEqual(expected);
  });

  test('a request that has ended makes room for others', () => {
    const held = new HeldBytes(100 * MIB);
    const [first, second] = [requestOf('a'), requestOf('a')];
    held.set(first, 80 * MIB);
    held.release(first);
    held.set(second, 40 * MIB);
    expect(second.isStopped).toBe(false);
  });
});

describe('when the heap holds more than it may', () => {
  const requests: [string, number][] = [
    ['a', 20],
    ['b', 20],
    ['c', 20],
  ];

  test('requests stop until the rest fits', () => {
    const held = new HeldBytes(100 * MIB);
    const holders = requests.map(([group, megabytes]) => {
      const holder = requestOf(group);
      held.set(holder, megabytes * MIB);
      return holder;
    });
    held.adjust(300, 220);
    expect(holders.map(({ isStopped }) => isStopped)).toEqual([false, false, true]);
    expect(holders.map(({ isAbandoned }) => isAbandoned)).toEqual([false, false, true]);
  });

  test('the next ones may hold less, until it holds less again', () => {
    const held = new HeldBytes(100 * MIB);
    const first = requestOf('z');
    held.set(first, 10 * MIB);
    held.adjust(400, 200);
    held.release(first);
    expect(stopped(held, requests)).toEqual([0, 1, 2]);
    held.adjust(200, 200);
    expect(stopped(held, requests)).toEqual([]);
  });

  test('the oldest small request goes on', () => {
    const held = new HeldBytes(16 * MIB);
    held.adjust(1_000, 1);
    expect(
      stopped(held, [
        ['a', 0.9],
        ['b', 0.2],
      ]),
    ).toEqual([0]);
  });
});

describe('a budget counts as held', () => {
  const full = () => {
    const held = new HeldBytes(MIB);
    held.set(requestOf('a'), MIB);
    return new Budget(REQUEST_LIMITS, held, { group: 'a' });
  };

  test('calls that wait', () => {
    const budget = full();
    for (let call = 0; call < 100; call += 1) budget.addQueuedCalls(1);
    expect(budget.stop).toMatchObject({ code: 'OVERLOADED' });
  });

  test('references, before they are resolved', () => {
    expect(full().holdReferences(1_000)).toMatchObject({ code: 'OVERLOADED' });
    expect(full().holdReferences(0)).toBeNull();
    expect(new Budget().holdReferences(1_000)).toBeNull();
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

  test('the event of a subscription before the current one', () => {
    const held = new HeldBytes(16 * MIB);
    const budget = new Budget(REQUEST_LIMITS, held);
    budget.addToResponse(MIB);
    budget.renew();
    // Renewed again before the next event is built.
    budget.renew();
    expect(held.bytes).toBe(MIB);
    budget.addToResponse(2 * MIB);
    expect(held.bytes).toBe(3 * MIB);
    budget.renew();
    expect(held.bytes).toBe(2 * MIB);
    budget.end();
    expect(held.bytes).toBe(0);
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
