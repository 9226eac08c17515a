/** Long work yields to the event loop, so no request keeps the process from serving others. */
import { setImmediate } from 'node:timers/promises';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { coerceLongVariables, hasLongVariable } from '../src/graphql/long-variables.ts';
import { resolvers } from '../src/graphql/resolvers/consistency.ts';
import { withinBudget } from '../src/graphql/response-budget.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { validateArguments } from '../src/graphql/wrappers/argument-validation.ts';
import type { Field, Resolver } from '../src/graphql/wrappers/field-wrapper.ts';
import { useRequestStages } from '../src/http/execution/request-stages.ts';
import { Budget } from '../src/request/budget/request-budget.ts';
import type { Context } from '../src/request/context.ts';
import { SmsClient } from '../src/sms/client.ts';
import { SmsUnavailableError } from '../src/sms/errors/errors.ts';
import { ResponseReader } from '../src/sms/http/response.ts';
import { filed } from '../src/sms/operations/consistency-file.ts';
import { consistencyReport } from '../src/sms/operations/consistency-report.ts';
import { RequestEntities } from '../src/sms/operations/entities.ts';
import {
  endOfRound,
  inTurn,
  isRoundFull,
  isTurnOver,
  mapInTurns,
  mayGoOn,
  nextRound,
  nextTurn,
} from '../src/time/event-loop-turns.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { pauseAtEachCheck, roundsOf, stopClock } from './support/rounds.ts';
import { FORWARDED, LIMITS, upstreamTo } from './support/sms-client.ts';

const schema = buildSchema();
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `t-${index}`);

test('work for the end of a round is resumed together', async () => {
  const order: string[] = [];
  const first = endOfRound().then(() => order.push('first'));
  const other = setImmediate().then(() => order.push('other'));
  const second = endOfRound().then(() => order.push('second'));
  await Promise.all([first, other, second]);
  expect(order).toEqual(['first', 'second', 'other']);
});

describe('long work', () => {
  test('goes on in the order in which it paused', async () => {
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((number) => nextTurn().then(() => order.push(number))));
    expect(order).toEqual([1, 2, 3]);
  });

  test('pauses while other work is queued', async () => {
    await stopClock();
    expect(isTurnOver()).toBe(false);
    const queued = nextTurn();
    expect(isTurnOver()).toBe(true);
    await queued;
  });

  test('uses its turn before the next work begins, even if it waits for promises', async () => {
    await stopClock();
    const order: string[] = [];
    const work = async (name: string) => {
      await nextTurn();
      for (const step of [1, 2, 3]) {
        await null;
        if (isTurnOver()) await nextTurn();
        order.push(`${name}${step}`);
      }
    };
    await Promise.all([work('a'), work('b')]);
    expect(order).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  });

  test('gives way to other queued work after two milliseconds', async () => {
    const clock = await stopClock();
    const order: string[] = [];
    const work = async (name: string) => {
      await nextTurn();
      for (const step of [1, 2]) {
        if (isTurnOver()) await nextTurn();
        clock.pass(3);
        order.push(`${name}${step}`);
      }
    };
    await Promise.all([work('a'), work('b')]);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  test('is split over several rounds', async () => {
    await pauseAtEachCheck();
    expect(await roundsOf(() => Promise.all([nextTurn(), nextTurn(), nextTurn()]))).toBeGreaterThanOrEqual(2);
  });

  test('is split if thousands of values arrive together and all of them ask before any work begins', async () => {
    await stopClock();
    const arrived = Promise.resolve();
    const values = Array.from({ length: 1_000 }, () => arrived.then(() => mayGoOn()));
    const passed = (await Promise.all(values)).filter(Boolean);
    await nextRound();
    await nextRound();
    expect([passed.length, mayGoOn()]).toEqual([256, true]);
  });

  test('checks the time before each piece', async () => {
    const clock = await stopClock();
    const pieces = Array.from({ length: 20 }, () => inTurn(() => clock.pass(11)));
    expect(await roundsOf(() => Promise.all(pieces))).toBeGreaterThanOrEqual(19);
  });

  test('maps a long list in turns, and a short one at once', async () => {
    await pauseAtEachCheck();
    const double = (number: number) => 2 * number;
    const numbers = Array.from({ length: 6_400 }, (_, index) => index);
    expect(await mapInTurns(numbers, double)).toEqual(numbers.map(double));
    expect(await roundsOf(() => mapInTurns(numbers, double))).toBeGreaterThanOrEqual(98);
    expect(await roundsOf(() => mapInTurns(numbers.slice(0, 60), double))).toBe(0);
  });
});

describe('a long body', () => {
  const send = (body: string) =>
    gatewayTo('http://sms.test').listener.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  // Its last number is rejected, so that nothing is executed.
  const bodyOf = (items: number) =>
    `{"query":"{ __typename }","variables":{"a":[${'{"taskId":"t-1"},'.repeat(items)}{"taskId":12345678901234567890}]}}`;

  test('is scanned, parsed and checked in turns', async () => {
    await pauseAtEachCheck();
    const body = bodyOf(19_000);
    const pieces = body.length / (128 * 1024) + body.length / (32 * 1024) + 38_000 / 1_000;
    expect(await roundsOf(() => send(body))).toBeGreaterThanOrEqual(Math.floor(pieces));
  });

  test.each([10, 10_000])('of %i items is rejected for a number that was rounded', async (items) => {
    const response = await send(bodyOf(items));
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NUMBER_TOO_LARGE' } }] });
  });
});

describe('a long variable', () => {
  const EXPORTS = parse(`mutation ($t: [ConsistencyTaskInput!]!, $input: ExportConsistencyResultsInput!) {
    a: exportConsistencyResults(input: { taskInfo: $t }) { __typename }
    b: exportConsistencyResults(input: $input) { __typename }
  }`);
  const operation = getOperationAST(EXPORTS);
  if (!operation) throw new Error('There is no operation.');
  const tasks = (count: number): object[] => idsOf(count).map((taskId) => ({ taskId }));
  const coerced = async (variables: Record<string, unknown>) => {
    const result = await coerceLongVariables(schema, EXPORTS, operation, variables);
    return Array.isArray(result) ? result.map(({ message }) => message) : result.variableValues;
  };

  test('is coerced in turns', async () => {
    await pauseAtEachCheck();
    const variables = { t: tasks(1_000), input: { taskInfo: tasks(1_000) } };
    expect(await roundsOf(() => coerced(variables))).toBeGreaterThanOrEqual(1_500);
  });

  test('has the value that the executor would give it', async () => {
    const many = tasks(1_000);
    expect(await coerced({ t: many, input: { taskInfo: many, language: 'EN_US' } })).toEqual({
      t: many,
      input: { taskInfo: many, language: 'EN_US' },
    });
  });

  test.each<[string, object, string]>([
    ['an unknown field', { taskId: 't', password: 'secret' }, 'Field "password" is not defined by type'],
    ['a field of another type', { taskId: 7.5 }, ''],
    ['no object', 'secret' as unknown as object, 'to be an object'],
  ])('with %s is rejected with the place and without the value', async (_, task, complaint) => {
    const { send } = gatewayTo('http://sms.test');
    const query =
      'mutation ($t: [ConsistencyTaskInput!]!) { exportConsistencyResults(input: { taskInfo: $t }) { __typename } }';
    const long = await send(query, { t: [...tasks(1_000), task] });
    expect(long.body.errors?.[0]?.message).toMatch(/^Variable "\$t" got an invalid value at "t\[1000\]/);
    expect(long.body.errors?.[0]?.message).toContain(complaint);
    expect(JSON.stringify(long.body)).not.toContain('secret');
    const short = await send(query, { t: [task] });
    const atPlace = (text: string | undefined) => text?.replace(/t\[\d+\]/, 't[…]');
    expect({ ...long.body.errors?.[0], message: atPlace(long.body.errors?.[0]?.message) }).toEqual({
      ...short.body.errors?.[0],
      message: atPlace(short.body.errors?.[0]?.message),
    });
  });

  test('ends its coercion after ten errors', async () => {
    const unknown = Object.fromEntries(idsOf(900).map((name) => [name, 1]));
    expect(await coerced({ t: [unknown] })).toHaveLength(10);
  });

  test('is recognised by the number of all its values, however nested', () => {
    expect(hasLongVariable({ a: [1, 2, { b: [3] }], c: 'x'.repeat(10_000) })).toBe(false);
    expect(hasLongVariable({ a: { b: [{ c: tasks(1_000) }] } })).toBe(true);
  });
});

describe('a request whose round of the event loop is full', () => {
  const { onContextBuilding, onExecute } = useRequestStages() as Record<string, (payload: object) => unknown>;
  const payload = { args: { variableValues: { a: 1 } } };

  test('begins its next stage in another round', async () => {
    await pauseAtEachCheck();
    expect([onContextBuilding?.(payload), onExecute?.(payload)]).toEqual([expect.any(Promise), expect.any(Promise)]);
  });

  test('waits for nothing otherwise', async () => {
    await stopClock();
    expect([isRoundFull(), onContextBuilding?.(payload), onExecute?.(payload)]).toEqual([false, undefined, undefined]);
  });

  test('begins its next field with arguments in another round', async () => {
    const field = schema.getQueryType()?.getFields()['consistencyReport'] as unknown as Field;
    const resolve = vi.fn<Resolver>(() => 'a report');
    const wrapped = validateArguments((error) => error)(resolve, field, schema.getQueryType() as never);
    const context = { budget: new Budget() } as Context;
    const call = (ids: string[]) => wrapped({}, { taskIds: ids }, context, {} as never);
    await stopClock();
    expect(call(idsOf(200))).toBe('a report');
    await pauseAtEachCheck();
    const later = call(idsOf(200));
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(await later).toBe('a report');
    // A few values do not wait.
    expect(call(['t-1'])).toBe('a report');
  });
});

test('a long document is parsed, checked for conflicts and validated in three rounds, and a short one at once', async () => {
  await stopClock();
  const { send } = gatewayTo('http://sms.test');
  const rounds = (fields: number) =>
    roundsOf(() => send(`{ ${'__typename '.repeat(fields)} }`.padEnd(100 * fields), {}));
  expect([await rounds(90), await rounds(10)]).toEqual([3, 0]);
});

test.each([
  ['that is too large', '{ a '.repeat(2_000), 'QUERY_TOO_DEEP'],
  ['with a conflict', `{ a: __typename a: overview { waiting } ${' '.repeat(5_000)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  ['with an unknown field', `{ a: __typename b ${' '.repeat(5_000)} }`, 'GRAPHQL_VALIDATION_FAILED'],
])('a long document %s is rejected', async (_, query, code) => {
  const { body } = await gatewayTo('http://sms.test').send(query);
  expect(body).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(body.errors).toHaveLength(1);
});

describe('a report', () => {
  /** An SMS client whose checks have so many directories each. */
  const smsWith = (directories: number) => {
    const consistency_result = Array.from({ length: directories }, (_, index) => ({ dir_check: `/${index}` }));
    const check = { finished_time: 1_790_000_000_000, check_result: 'success', consistency_result };
    return {
      cached: (_: string, make: () => unknown) => make(),
      isCached: () => false,
      hold: () => {},
      getUncached: async () => ({ result_list: [check] }),
      get: async () => ({ id: 't-0' }),
    } as unknown as SmsClient;
  };
  const reportOn = (sms: SmsClient, ids: string[]) => consistencyReport(sms, new RequestEntities(sms), ids);

  test('reads, counts and lists the directories of a long check in turns', async () => {
    await pauseAtEachCheck();
    const sms = smsWith(6_400);
    // A check of the time after every 64 directories, in three passes: reading, finding duplicates, and counting.
    expect(await roundsOf(() => reportOn(sms, ['t-0']))).toBeGreaterThanOrEqual(3 * 99);
    const { rows, totals } = await reportOn(sms, ['t-0']);
    expect(totals.directories).toBe(6_400);
    expect(await roundsOf(rows)).toBeGreaterThanOrEqual(99);
  });

  test.each(['CSV', 'JSON'] as const)('is written as %s in turns', async (format) => {
    const sms = smsWith(6_400);
    const report = await reportOn(sms, ['t-0']);
    const lines = (text: string) => text.trimEnd().split(/\r?\n/);
    const { text } = filed(sms, report, { format, onlyDifferences: false });
    expect(lines(await text())).toHaveLength(format === 'CSV' ? 6_401 : 6_402);
    await pauseAtEachCheck();
    expect(await roundsOf(text)).toBeGreaterThanOrEqual(6_400 / 200 - 1);
  });

  test('starts its reads in turns', async () => {
    await pauseAtEachCheck();
    const sms = { ...smsWith(0), list: async () => ({ count: 0, items: [] }) } as unknown as SmsClient;
    expect(await roundsOf(() => reportOn(sms, idsOf(640)))).toBeGreaterThanOrEqual(2 * 9);
  });
});

describe('entities that are requested in several turns', () => {
  /** An SMS of 2,000 tasks. Its calls are recorded. */
  const listOfTasks = (hold: Promise<unknown> = Promise.resolve()) => {
    const calls: string[] = [];
    const made = new Map<string, unknown>();
    const cached = (key: string, make: () => unknown) => made.set(key, made.get(key) ?? make()).get(key);
    const sms = {
      cached,
      isCached: (key: string) => made.has(key),
      list: (path: string, _: string, { offset, limit }: { offset: number; limit: number }) =>
        cached(`${path} ${offset}`, async () => {
          calls.push(`${path} ${offset}`);
          await hold;
          return {
            count: 2_000,
            items: idsOf(2_000)
              .slice(offset, offset + limit)
              .map((id) => ({ id })),
          };
        }),
      get: async (path: string) => {
        calls.push(path);
        return { id: path.split('/').at(-1) };
      },
    } as unknown as SmsClient;
    const { MigrationTask } = new RequestEntities(sms);
    return { calls, read: (...ids: string[]) => Promise.all(ids.map((id) => MigrationTask.summary(id))) };
  };

  test('are found among the rows that the request has read', async () => {
    const { calls, read } = listOfTasks();
    await read(...idsOf(10));
    expect(calls).toEqual(['/v3/tasks 0']);
    expect(await read('t-10', 't-199')).toEqual([{ id: 't-10' }, { id: 't-199' }]);
    expect(calls).toHaveLength(1);
  });

  test('wait for pages that are being read', async () => {
    const held = Promise.withResolvers<void>();
    const { calls, read } = listOfTasks(held.promise);
    const first = read(...idsOf(10));
    await expect.poll(() => calls).toHaveLength(1);
    const later = read('t-10');
    await nextRound();
    held.resolve();
    await Promise.all([first, later]);
    expect(calls).toEqual(['/v3/tasks 0']);
  });

  test('are looked for behind the pages that the request has read', async () => {
    const { calls, read } = listOfTasks();
    await read(...idsOf(10));
    await read('t-200', 't-201', 't-202', 't-203', 't-204');
    expect(calls).not.toContainEqual(expect.stringMatching(/t-\d/));
  });
});

test('long files of an export are encoded in turns', async () => {
  const { ExportedFile } = resolvers as unknown as Record<string, Record<string, (...of: unknown[]) => unknown>>;
  const file = { bytes: Buffer.alloc(64 * 1024 + 1, 'a'), content_type: 'text/csv' };
  const forms = ['base64', 'text'].flatMap((form) => Array.from({ length: 10 }, () => ExportedFile?.[form]));
  await pauseAtEachCheck();
  const encode = () => Promise.all(forms.map((form) => form?.(file, {}, { budget: new Budget() })));
  expect(await roundsOf(encode)).toBeGreaterThanOrEqual(19);
});

test('more short files of an export than a request may encode at once are encoded in turns', async () => {
  const { ExportedFile } = resolvers as unknown as Record<string, Record<string, (...of: unknown[]) => unknown>>;
  const file = { bytes: Buffer.from('a file'), content_type: 'text/csv' };
  const budget = new Budget();
  while (budget.takeUnpaced());
  await pauseAtEachCheck();
  const encode = () => Promise.all(Array.from({ length: 10 }, () => ExportedFile?.['text']?.(file, {}, { budget })));
  expect(await roundsOf(encode)).toBeGreaterThanOrEqual(9);
});

describe('a long response of SMS', () => {
  const reader = (headers: Record<string, string>) =>
    new ResponseReader(200, headers, { name: 'SMS', limits: LIMITS }, {});

  test.each([{}, { 'content-length': '12' }, { 'content-length': '4' }])(
    'is put together as it arrives (%j)',
    async (headers) => {
      const concat = vi.spyOn(Buffer, 'concat');
      onTestFinished(() => void concat.mockRestore());
      const response = reader(headers);
      for (const chunk of ['{"a":', '"bcde', '"}']) response.push(Buffer.from(chunk));
      expect((await response.end()).json).toEqual({ a: 'bcde' });
      expect(concat).not.toHaveBeenCalled();
    },
  );

  test.each([
    ['JSON', '{"a":1}', { a: 1 }],
    ['JSON behind a long indentation', `${' '.repeat(5_000)}{"a":1}`, { a: 1 }],
    ['anything else', 'a,b', undefined],
  ])('that is %s is read as such', async (_, text, value) => {
    const response = reader({});
    response.push(Buffer.from(text.padEnd(70_000)));
    expect((await response.end()).json).toEqual(value);
  });
});

test('the first values of a request do not wait for the long work of others, and further ones do', async () => {
  const field = schema.getQueryType()?.getFields()['overview'] as unknown as Field;
  const resolve = withinBudget(
    field,
    async () => ({}),
    (value) => value,
  );
  const context = { budget: new Budget() } as Context;
  const values = (count: number) => () =>
    Promise.all(Array.from({ length: count }, () => resolve({}, {}, context, {} as never)));
  await pauseAtEachCheck();
  expect(await roundsOf(values(128))).toBe(0);
  expect(await roundsOf(values(20))).toBeGreaterThanOrEqual(19);
});

describe('a request with thousands of queued calls', () => {
  const CALLS = 1_000;
  const clientOf = async (budget: Budget, hold: Promise<unknown> = Promise.resolve()) => {
    const takeCall = vi.spyOn(budget, 'takeCall');
    const origin = await httpServer(async (_, response) => {
      await hold;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const client = new SmsClient(upstreamTo(origin), { ...FORWARDED, budget });
    return { takeCall, reads: () => idsOf(CALLS).map((id) => client.get(`/v3/tasks/${id}`)) };
  };

  test('fails them in turns when its calls end', async () => {
    const budget = new Budget();
    const { reads } = await clientOf(budget);
    budget.stopWith(new SmsUnavailableError('TIMEOUT', 'It took too long.'));
    await pauseAtEachCheck();
    expect(await roundsOf(() => Promise.allSettled(reads()))).toBeGreaterThanOrEqual(CALLS / 2);
  });

  test('starts none of them once its client has left', async () => {
    const budget = new Budget();
    const held = Promise.withResolvers<void>();
    const { takeCall, reads } = await clientOf(budget, held.promise);
    const all = reads();
    const first = all.slice(0, 16);
    await expect.poll(() => takeCall.mock.calls.length).toBe(16);
    budget.isAbandoned = true;
    held.resolve();
    await Promise.allSettled(first);
    await nextRound();
    expect(takeCall).toHaveBeenCalledTimes(16);
  });
});
