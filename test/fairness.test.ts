/** One caller takes all it can get, and another one comes: shown by what happens in which order, not by how long it takes. */
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { HTTP_LIMITS, type HttpLimits } from '../src/http/limits.ts';
import { Admission, type LoadLimits, type Ticket } from '../src/http/load/admission.ts';
import { forwarded } from '../src/sms/auth/credentials.ts';
import type { UpstreamOptions } from '../src/sms/call/upstream.ts';
import type { Caller } from '../src/sms/client.ts';
import { CallerIdentity, networkOf, VerifiedCallers } from '../src/sms/fairness/caller-identity.ts';
import type { SmsLimits } from '../src/sms/http/limits.ts';
import { testClock } from './support/clock.ts';
import { post, servedGatewayTo } from './support/gateway.ts';
import { bodyOf, httpServer, WEB_TASK } from './support/harness.ts';
import { errorOf, outcomeOf, read, upstreamTo } from './support/sms-client.ts';

const EXPORT = {
  query: `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`,
};

/** An SMS that shows whose calls have come, in order, and answers when the test says so. */
async function heldSms() {
  const came: string[] = [];
  const held: ServerResponse[] = [];
  let isHolding = true;
  const origin = await httpServer(async (request, response) => {
    await bodyOf(request).catch(() => {});
    came.push(String(request.headers['x-auth-token']));
    if (isHolding) held.push(response);
    else response.end('{}');
  });
  return {
    came,
    origin,
    arrived: (count: number) => expect.poll(() => came.length, { timeout: 20_000 }).toBe(count),
    /** Answers the oldest call. */
    answerOne: () => void held.shift()?.end('{}'),
    /** Answers all calls, and those that come later. */
    answerAll: () => {
      isHolding = false;
      for (const response of held) response.end('{}');
    },
  };
}

/** Callers of SMS itself, without a gateway. */
function callers() {
  const known = new VerifiedCallers();
  const identityOf = (token: string, address = '192.0.2.1') => new CallerIdentity(token, address, known);
  return {
    identityOf,
    caller: (token: string): Caller => ({
      identity: identityOf(token),
      credentials: forwarded(token),
      requestId: 'a-request',
    }),
  };
}

const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

test('a single call goes to SMS next, however many calls of another caller wait', async () => {
  const sms = await heldSms();
  const endpoint = upstreamTo(sms.origin, {}, { connections: 2 });
  const { caller } = callers();
  const greedy = times(50, () => read(endpoint, caller('greedy')));
  await sms.arrived(2);
  const modest = read(endpoint, caller('modest'));
  sms.answerOne();
  await sms.arrived(3);
  sms.answerOne();
  await sms.arrived(4);
  expect(sms.came).toEqual(['greedy', 'greedy', 'modest', 'greedy']);
  sms.answerAll();
  await Promise.all([...greedy, modest]);
});

describe('where one caller has more requests under way than the gateway takes,', () => {
  const gatewayWith = async (httpLimits: Partial<HttpLimits>) => {
    const sms = await heldSms();
    const gateway = await servedGatewayTo(sms.origin, httpLimits, { auth: 'forward' }, { connections: 64 });
    const send = (token: string) => post(gateway, EXPORT, { 'x-auth-token': token }).then(({ status }) => status);
    return { ...sms, send };
  };

  test('another one is let in at once, while nothing of the first has ended', async () => {
    const { came, answerAll, send } = await gatewayWith({ maxInFlight: 64, maxWaitMs: 60_000 });
    const greedy = times(100, () => send('greedy'));
    await expect.poll(() => came.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(30);
    const modest = times(3, () => send('modest'));
    await expect.poll(() => came.filter((token) => token === 'modest').length, { timeout: 20_000 }).toBe(3);
    answerAll();
    expect(await Promise.all(modest)).toEqual([200, 200, 200]);
    expect(await Promise.all(greedy)).toEqual(times(100, () => 200));
  });
});

/** Admission on its own, and what becomes of each request, in order. */
function admissionWith(limits: Partial<LoadLimits>) {
  const admission = new Admission({ ...HTTP_LIMITS, ...limits });
  const begun: string[] = [];
  const refused: string[] = [];
  const enter = (name: string, caller: CallerIdentity, bytes = 0) =>
    admission.submit({ bytes, start: () => void begun.push(name), reject: () => void refused.push(name) }, caller);
  return { admission, begun, refused, enter, round: () => new Promise(setImmediate) };
}

describe('admission', () => {
  test('lets callers in by turns', async () => {
    const { enter, begun, round } = admissionWith({ maxInFlight: 2 });
    const { identityOf } = callers();
    const [a, b] = [identityOf('a'), identityOf('b')];
    const tickets = new Map<string, Ticket>();
    for (const name of ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']) tickets.set(name, enter(name, a));
    for (const name of ['b0', 'b1']) tickets.set(name, enter(name, b));
    for (let ended = 0; ended < tickets.size; ended += 1) {
      await round();
      tickets.get(begun[ended] ?? '')?.release();
    }
    expect(begun).toEqual(['a0', 'a1', 'b0', 'a2', 'b1', 'a3', 'a4', 'a5']);
  });

  test('refuses a request of the caller that fills the queue, not of the next that comes', () => {
    const { enter, refused, admission } = admissionWith({ maxInFlight: 1, maxQueue: 4 });
    const { identityOf } = callers();
    const [greedy, modest] = [identityOf('greedy'), identityOf('modest')];
    times(6, (index) => enter(`greedy ${index}`, greedy));
    expect(refused).toEqual(['greedy 5']);
    expect([admission.wouldReject(greedy), admission.wouldReject(modest)]).toEqual([true, false]);
    enter('modest', modest);
    enter('modest too', modest);
    expect(refused).toEqual(['greedy 5', 'greedy 4', 'greedy 3']);
    // Now both have as many waiting.
    enter('modest, too', modest);
    expect(refused.at(-1)).toBe('modest, too');
  });

  test('bounds the bytes of queued requests, at the cost of the caller that fills the queue', async () => {
    const { enter, refused, begun, round } = admissionWith({ maxInFlight: 1, maxQueueBytes: 100 });
    const { identityOf } = callers();
    const [greedy, modest] = [identityOf('greedy'), identityOf('modest')];
    const running = enter('greedy running', greedy, 1000);
    times(5, (index) => enter(`greedy ${index}`, greedy, 30));
    expect(refused).toEqual(['greedy 3', 'greedy 4']);
    enter('modest', modest, 40);
    expect(refused).toEqual(['greedy 3', 'greedy 4', 'greedy 2']);
    await round();
    running.release();
    await round();
    expect(begun).toEqual(['greedy running', 'greedy 0']);
    // The bytes of one that has begun are free again.
    enter('greedy again', greedy, 30);
    expect(refused).toEqual(['greedy 3', 'greedy 4', 'greedy 2']);
  });

  test('queues a single request whatever its length', () => {
    const { enter, refused, admission } = admissionWith({ maxInFlight: 1, maxQueueBytes: 100 });
    const caller = callers().identityOf('one');
    for (const name of ['running', 'long']) enter(name, caller, 1000);
    expect([refused, admission.waiting]).toEqual([[], 1]);
  });

  test('takes no account of how many tokens somebody makes up', () => {
    const { enter, refused } = admissionWith({ maxInFlight: 1, maxQueue: 10 });
    const { identityOf } = callers();
    times(11, (index) => enter(`made up ${index}`, identityOf(`made-up-${index}`)));
    const good = identityOf('good');
    good.markVerified();
    times(5, (index) => enter(`good ${index}`, good));
    // One is let in at once.
    expect(refused).toEqual(times(4, (index) => `made up ${10 - index}`));
  });

  test('leaves room for the requests of others, and half of the streams', async () => {
    const { enter, admission, round } = admissionWith({ maxInFlight: 75, maxStreams: 10 });
    const { identityOf } = callers();
    const [greedy, modest] = [identityOf('greedy'), identityOf('modest')];
    greedy.markVerified();
    const tickets = times(100, () => enter('greedy', greedy));
    expect([admission.inFlight, admission.waiting]).toEqual([75, 25]);
    await round();
    const streams = tickets.filter((ticket) => ticket.state === 'running' && ticket.becomeStream());
    expect([streams.length, admission.streams]).toEqual([5, 5]);
    expect(enter('modest', modest).becomeStream()).toBe(true);
    for (const ticket of [...tickets, ...streams]) ticket.release();
    expect([admission.inFlight, admission.waiting, admission.streams]).toEqual([0, 0, 1]);
  });

  test('counts what is under way as the own of a caller from when its credentials are accepted', () => {
    const { enter, admission } = admissionWith({ maxInFlight: 12 });
    const { identityOf } = callers();
    const first = times(12, (index) => identityOf(`token ${index}`));
    for (const caller of first) enter('first', caller);
    enter('another', identityOf('another'));
    // Nobody knows whether they are twelve callers or one.
    expect([admission.inFlight, admission.waiting]).toEqual([12, 1]);
    first[0]?.markVerified();
    expect([admission.inFlight, admission.waiting]).toEqual([13, 0]);
    for (const caller of first) caller.markVerified();
    for (const name of ['b', 'c']) enter(name, identityOf(name));
    expect([admission.inFlight, admission.waiting]).toEqual([15, 0]);
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('one client may choose any address of its network: %s is in %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('a caller that makes more calls than CALLS_PER_MINUTE', () => {
  const rated = async () => {
    const { origin, answerAll, came } = await heldSms();
    answerAll();
    const clock = testClock();
    return { clock, came, endpoint: upstreamTo(origin, { clock, callsPerMinute: 2 }), ...callers() };
  };

  test('is told how long to wait, and no call is sent; another one is not affected', async () => {
    const { endpoint, clock, caller, came } = await rated();
    const [greedy, modest] = [caller('greedy'), caller('modest')];
    for (const { identity } of [greedy, modest]) identity?.markVerified();
    expect([await outcomeOf(read(endpoint, greedy)), await outcomeOf(read(endpoint, greedy))]).toEqual(['ok', 'ok']);
    clock.advance(10_000);
    expect(await errorOf(read(endpoint, greedy))).toMatchObject({
      name: 'SmsRefused',
      status: 429,
      code: 'CALL_RATE_EXCEEDED',
      message: 'The caller exceeded the calls per minute that this gateway allows. Try again in 20 s.',
      facts: { retryAfter: 20 },
    });
    expect(await outcomeOf(read(endpoint, modest))).toBe('ok');
    clock.advance(20_000);
    expect(await outcomeOf(read(endpoint, greedy))).toBe('ok');
    expect(await outcomeOf(read(endpoint, greedy))).toBe('CALL_RATE_EXCEEDED');
    expect(came).toEqual(['greedy', 'greedy', 'modest', 'greedy']);
  });

  test('gains nothing by making up tokens', async () => {
    const { endpoint, caller } = await rated();
    const outcomes: string[] = [];
    for (const token of ['a', 'b', 'c']) outcomes.push(await outcomeOf(read(endpoint, caller(token))));
    expect(outcomes.slice(0, 2)).toEqual(['ok', 'ok']);
  });
});

describe('a caller whom SMS has told to wait (429)', () => {
  /** An SMS that answers 429 to one caller until the test says otherwise. */
  const throttled = async (options: UpstreamOptions = {}, limits: Partial<SmsLimits> = {}, retryAfter?: string) => {
    const came: string[] = [];
    let isThrottling = true;
    const origin = await httpServer((request, response) => {
      const token = String(request.headers['x-auth-token']);
      came.push(token);
      const isRefused = isThrottling && token === 'greedy';
      response
        .writeHead(isRefused ? 429 : 200, isRefused && retryAfter ? { 'retry-after': retryAfter } : {})
        .end(isRefused ? '{"error_code": "SMS.0303", "error_msg": "Too many requests."}' : '{}');
    });
    const clock = testClock();
    const waited: number[] = [];
    const wait = async (milliseconds: number) => {
      waited.push(milliseconds);
      clock.advance(milliseconds);
    };
    const endpoint = upstreamTo(origin, { clock, wait, ...options }, limits);
    const { caller } = callers();
    return {
      came,
      clock,
      waited,
      call: (token: string) => read(endpoint, caller(token)),
      letIt: () => {
        isThrottling = false;
      },
    };
  };

  test('makes no more calls until that time is over, and other callers do', async () => {
    const { came, clock, call } = await throttled({}, {}, '60');
    expect(await outcomeOf(call('greedy'))).toBe('SMS.0303');
    clock.advance(20_000);
    expect(await errorOf(call('greedy'))).toMatchObject({
      name: 'SmsRefused',
      status: 429,
      code: 'SMS_THROTTLED',
      message: 'SMS is throttling the caller, so the call was not sent. Try again in 40 s.',
      facts: { retryAfter: 40 },
    });
    expect(await outcomeOf(call('modest'))).toBe('ok');
    expect(came).toEqual(['greedy', 'modest']);
  });

  test('has its calls that wait for a connection ended too', async () => {
    const { came, call } = await throttled({}, { connections: 1 }, '60');
    const codes = await Promise.all(times(10, () => outcomeOf(call('greedy'))));
    expect(codes).toEqual(['SMS.0303', ...times(9, () => 'SMS_THROTTLED')]);
    expect(came).toEqual(['greedy']);
  });

  test('finds out with a single call whether the time is over, and the others follow', async () => {
    const { came, clock, call, letIt } = await throttled({}, {}, '60');
    await outcomeOf(call('greedy'));
    clock.advance(60_000);
    const still = await Promise.all(times(10, () => outcomeOf(call('greedy'))));
    expect(still).toEqual(['SMS.0303', ...times(9, () => 'SMS_THROTTLED')]);
    expect(came).toHaveLength(2);
    clock.advance(60_000);
    letIt();
    expect(await Promise.all(times(10, () => outcomeOf(call('greedy'))))).toEqual(times(10, () => 'ok'));
    expect(came).toHaveLength(12);
  });

  test('waits for a short time instead of failing', async () => {
    const { came, call, letIt, waited } = await throttled({}, {}, '3');
    expect(await outcomeOf(call('greedy'))).toBe('SMS.0303');
    letIt();
    expect(await outcomeOf(call('greedy'))).toBe('ok');
    expect([came.length, waited]).toEqual([2, [3_000]]);
  });

  test('waits twice as long each time where SMS does not say how long, and is never rejected for it', async () => {
    const { call, came, waited } = await throttled();
    while (came.length < 6) expect((await errorOf(call('greedy'))).code).toBe('SMS.0303');
    expect(waited).toEqual([1_000, 2_000, 4_000, 4_000, 4_000]);
  });
});
