/** One caller takes all it can get, and another one arrives. Checks the order of events, not how long they take. */
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';
import { CallerIdentity, networkOf, VerifiedCallers } from '../src/fairness/caller-identity.ts';
import { HTTP_LIMITS, type HttpLimits } from '../src/http/limits.ts';
import { Admission, type LoadLimits, type Ticket } from '../src/http/load/admission.ts';
import { forwarded, signed } from '../src/sms/auth/credentials.ts';
import type { UpstreamOptions } from '../src/sms/call/upstream.ts';
import type { Caller } from '../src/sms/client.ts';
import type { SmsLimits } from '../src/sms/http/limits.ts';
import { testClock } from './support/clock.ts';
import { post, servedGatewayTo } from './support/gateway.ts';
import { bodyOf, httpServer, WEB_TASK } from './support/harness.ts';
import { errorOf, outcomeOf, read, upstreamTo } from './support/sms-client.ts';

const EXPORT = {
  query: `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`,
};

/** An SMS that records whose calls arrive, and responds when the test tells it to. */
async function heldSms() {
  const arrivals: string[] = [];
  const held: ServerResponse[] = [];
  let isHolding = true;
  const origin = await httpServer(async (request, response) => {
    await bodyOf(request).catch(() => {});
    arrivals.push(String(request.headers['x-auth-token']));
    if (isHolding) held.push(response);
    else response.end('{}');
  });
  return {
    arrivals,
    origin,
    arrived: (count: number) => expect.poll(() => arrivals.length, { timeout: 20_000 }).toBe(count),
    /** Responds to the oldest call. */
    respondOnce: () => void held.shift()?.end('{}'),
    /** Responds to all calls, also to later ones. */
    respondToAll: () => {
      isHolding = false;
      for (const response of held) response.end('{}');
    },
  };
}

function callers() {
  const verified = new VerifiedCallers();
  const identityOf = (token: string, address = '192.0.2.1') => new CallerIdentity(token, address, verified);
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

test('a single call is sent next, however many calls of another caller wait', async () => {
  const sms = await heldSms();
  const upstream = upstreamTo(sms.origin, {}, { connections: 2 });
  const { caller } = callers();
  const greedy = times(50, () => read(upstream, caller('greedy')));
  await sms.arrived(2);
  const modest = read(upstream, caller('modest'));
  sms.respondOnce();
  await sms.arrived(3);
  sms.respondOnce();
  await sms.arrived(4);
  expect(sms.arrivals).toEqual(['greedy', 'greedy', 'modest', 'greedy']);
  sms.respondToAll();
  await Promise.all([...greedy, modest]);
});

describe('while one caller sends more requests than the gateway admits', () => {
  const gatewayWith = async (httpLimits: Partial<HttpLimits>) => {
    const sms = await heldSms();
    const gateway = await servedGatewayTo(sms.origin, httpLimits, { auth: 'forward' }, { connections: 64 });
    const send = (token: string) => post(gateway, EXPORT, { 'x-auth-token': token }).then(({ status }) => status);
    return { ...sms, send };
  };

  test('a request of another caller is admitted at once', async () => {
    const { arrivals, respondToAll, send } = await gatewayWith({ maxInFlight: 64, maxWaitMs: 60_000 });
    const greedy = times(100, () => send('greedy'));
    await expect.poll(() => arrivals.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(30);
    const modest = times(3, () => send('modest'));
    await expect.poll(() => arrivals.filter((token) => token === 'modest').length, { timeout: 20_000 }).toBe(3);
    respondToAll();
    expect(await Promise.all(modest)).toEqual([200, 200, 200]);
    expect(await Promise.all(greedy)).toEqual(times(100, () => 200));
  });
});

/** Admission control on its own, with the requests that it has started and rejected so far, in order. */
function admissionWith(limits: Partial<LoadLimits>) {
  const admission = new Admission({ ...HTTP_LIMITS, ...limits });
  const started: string[] = [];
  const rejected: string[] = [];
  const submit = (name: string, caller: CallerIdentity, bytes = 0) =>
    admission.submit({ bytes, start: () => void started.push(name), reject: () => void rejected.push(name) }, caller);
  return { admission, started, rejected, submit, nextRound: () => new Promise(setImmediate) };
}

describe('admission control', () => {
  test('admits requests of callers round-robin', async () => {
    const { submit, started, nextRound } = admissionWith({ maxInFlight: 2 });
    const { identityOf } = callers();
    const [a, b] = [identityOf('a'), identityOf('b')];
    const tickets = new Map<string, Ticket>();
    for (const name of ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']) tickets.set(name, submit(name, a));
    for (const name of ['b0', 'b1']) tickets.set(name, submit(name, b));
    for (let ended = 0; ended < tickets.size; ended += 1) {
      await nextRound();
      tickets.get(started[ended] ?? '')?.release();
    }
    expect(started).toEqual(['a0', 'a1', 'b0', 'a2', 'b1', 'a3', 'a4', 'a5']);
  });

  test('rejects a request of the caller that fills the queue, not of the caller that comes next', () => {
    const { submit, rejected, admission } = admissionWith({ maxInFlight: 1, maxQueue: 4 });
    const { identityOf } = callers();
    const [greedy, modest] = [identityOf('greedy'), identityOf('modest')];
    times(6, (index) => submit(`greedy ${index}`, greedy));
    expect(rejected).toEqual(['greedy 5']);
    expect([admission.wouldReject(greedy), admission.wouldReject(modest)]).toEqual([true, false]);
    submit('modest', modest);
    submit('modest too', modest);
    expect(rejected).toEqual(['greedy 5', 'greedy 4', 'greedy 3']);
    // Now both have the same number of requests in the queue.
    submit('modest, too', modest);
    expect(rejected.at(-1)).toBe('modest, too');
  });

  test('bounds the bytes of queued requests at the expense of the caller that fills the queue', async () => {
    const { submit, rejected, started, nextRound } = admissionWith({ maxInFlight: 1, maxQueueBytes: 100 });
    const { identityOf } = callers();
    const [greedy, modest] = [identityOf('greedy'), identityOf('modest')];
    const running = submit('greedy running', greedy, 1000);
    times(5, (index) => submit(`greedy ${index}`, greedy, 30));
    expect(rejected).toEqual(['greedy 3', 'greedy 4']);
    submit('modest', modest, 40);
    expect(rejected).toEqual(['greedy 3', 'greedy 4', 'greedy 2']);
    await nextRound();
    running.release();
    await nextRound();
    expect(started).toEqual(['greedy running', 'greedy 0']);
    // A request that has started frees its bytes.
    submit('greedy again', greedy, 30);
    expect(rejected).toEqual(['greedy 3', 'greedy 4', 'greedy 2']);
  });

  test('queues a single request of any size', () => {
    const { submit, rejected, admission } = admissionWith({ maxInFlight: 1, maxQueueBytes: 100 });
    const caller = callers().identityOf('one');
    for (const name of ['running', 'long']) submit(name, caller, 1000);
    expect([rejected, admission.waiting]).toEqual([[], 1]);
  });

  test('treats all made-up tokens of one address as one caller', () => {
    const { submit, rejected } = admissionWith({ maxInFlight: 1, maxQueue: 10 });
    const { identityOf } = callers();
    times(11, (index) => submit(`made up ${index}`, identityOf(`made-up-${index}`)));
    const good = identityOf('good');
    good.markVerified();
    times(5, (index) => submit(`good ${index}`, good));
    // The first one runs.
    expect(rejected).toEqual(times(4, (index) => `made up ${10 - index}`));
  });

  test('leaves a quarter of the requests and half of the streams to other callers', async () => {
    const { submit, admission, nextRound } = admissionWith({ maxInFlight: 75, maxStreams: 10 });
    const { identityOf } = callers();
    const [greedy, modest] = [identityOf('greedy'), identityOf('modest')];
    greedy.markVerified();
    const tickets = times(100, () => submit('greedy', greedy));
    expect([admission.inFlight, admission.waiting]).toEqual([75, 25]);
    await nextRound();
    const streams = tickets.filter((ticket) => ticket.state === 'running' && ticket.becomeStream());
    expect([streams.length, admission.streams]).toEqual([5, 5]);
    expect(submit('modest', modest).becomeStream()).toBe(true);
    for (const ticket of [...tickets, ...streams]) ticket.release();
    expect([admission.inFlight, admission.waiting, admission.streams]).toEqual([0, 0, 1]);
  });

  test('counts running requests for the caller alone once it is verified', () => {
    const { submit, admission } = admissionWith({ maxInFlight: 12 });
    const { identityOf } = callers();
    const first = times(12, (index) => identityOf(`token ${index}`));
    for (const caller of first) submit('first', caller);
    submit('another', identityOf('another'));
    // They may all be the same caller.
    expect([admission.inFlight, admission.waiting]).toEqual([12, 1]);
    first[0]?.markVerified();
    expect([admission.inFlight, admission.waiting]).toEqual([13, 0]);
    for (const caller of first) caller.markVerified();
    for (const name of ['b', 'c']) submit(name, identityOf(name));
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
])('the address %s belongs to the network %s, in which one client may choose any address', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('a caller that exceeds CALLS_PER_MINUTE', () => {
  const rateLimited = async () => {
    const { origin, respondToAll, arrivals } = await heldSms();
    respondToAll();
    const clock = testClock();
    return { clock, arrivals, upstream: upstreamTo(origin, { clock, callsPerMinute: 2 }), ...callers() };
  };

  test('gets an error with Retry-After and does not affect other callers', async () => {
    const { upstream, clock, caller, arrivals } = await rateLimited();
    const [greedy, modest] = [caller('greedy'), caller('modest')];
    for (const { identity } of [greedy, modest]) identity?.markVerified();
    expect([await outcomeOf(read(upstream, greedy)), await outcomeOf(read(upstream, greedy))]).toEqual(['ok', 'ok']);
    clock.advance(10_000);
    expect(await errorOf(read(upstream, greedy))).toMatchObject({
      name: 'RequestRejectedError',
      status: 429,
      code: 'CALL_RATE_EXCEEDED',
      message: 'The caller exceeded the calls per minute that this gateway allows. Try again in 20 s.',
      facts: { retryAfter: 20 },
    });
    expect(await outcomeOf(read(upstream, modest))).toBe('ok');
    clock.advance(20_000);
    expect(await outcomeOf(read(upstream, greedy))).toBe('ok');
    expect(await outcomeOf(read(upstream, greedy))).toBe('CALL_RATE_EXCEEDED');
    expect(arrivals).toEqual(['greedy', 'greedy', 'modest', 'greedy']);
  });

  test('gains nothing by making up tokens', async () => {
    const { upstream, caller } = await rateLimited();
    const outcomes: string[] = [];
    for (const token of ['a', 'b', 'c']) outcomes.push(await outcomeOf(read(upstream, caller(token))));
    expect(outcomes.slice(0, 2)).toEqual(['ok', 'ok']);
  });
});

describe('a caller that SMS throttles (429)', () => {
  /** An SMS that throttles one caller until the test calls `stopThrottling`. */
  const throttled = async (options: UpstreamOptions = {}, limits: Partial<SmsLimits> = {}, retryAfter?: string) => {
    const arrivals: string[] = [];
    let isThrottling = true;
    const origin = await httpServer((request, response) => {
      const token = String(request.headers['x-auth-token']);
      arrivals.push(token);
      const isThrottled = isThrottling && token === 'greedy';
      response
        .writeHead(isThrottled ? 429 : 200, isThrottled && retryAfter ? { 'retry-after': retryAfter } : {})
        .end(isThrottled ? '{"error_code": "SMS.0303", "error_msg": "Too many requests."}' : '{}');
    });
    const clock = testClock();
    const waited: number[] = [];
    const wait = async (milliseconds: number) => {
      waited.push(milliseconds);
      clock.advance(milliseconds);
    };
    const upstream = upstreamTo(origin, { clock, wait, ...options }, limits);
    const { caller } = callers();
    return {
      arrivals,
      clock,
      waited,
      call: (token: string) => read(upstream, caller(token)),
      /** Signed with the gateway's own key. */
      signedCall: (token: string) => read(upstream, { ...caller(token), credentials: signed(DEMO_ACCESS_KEY, token) }),
      stopThrottling: () => {
        isThrottling = false;
      },
    };
  };

  test('makes no more calls until the pause is over, while other callers do', async () => {
    const { arrivals, clock, call } = await throttled({}, {}, '60');
    expect(await outcomeOf(call('greedy'))).toBe('SMS.0303');
    clock.advance(20_000);
    expect(await errorOf(call('greedy'))).toMatchObject({
      name: 'RequestRejectedError',
      status: 429,
      code: 'SMS_THROTTLED',
      message: 'SMS is throttling the caller, so the call was not sent. Try again in 40 s.',
      facts: { retryAfter: 40 },
    });
    expect(await outcomeOf(call('modest'))).toBe('ok');
    expect(arrivals).toEqual(['greedy', 'modest']);
  });

  test('slows down everybody who uses the same key, and nobody else', async () => {
    const { arrivals, clock, call, signedCall, stopThrottling } = await throttled({}, {}, '60');
    expect(await outcomeOf(signedCall('greedy'))).toBe('SMS.0303');
    clock.advance(20_000);
    expect(await errorOf(signedCall('modest'))).toMatchObject({
      code: 'SMS_THROTTLED',
      message: "SMS is throttling the account of the gateway's key, so the call was not sent. Try again in 40 s.",
      facts: { retryAfter: 40 },
    });
    expect(await outcomeOf(call('modest'))).toBe('ok');
    expect(arrivals).toEqual(['greedy', 'modest']);
    clock.advance(40_000);
    stopThrottling();
    expect(await Promise.all(times(3, (index) => outcomeOf(signedCall(`caller ${index}`))))).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(arrivals).toHaveLength(5);
  });

  test('fails those of its calls that wait for a connection', async () => {
    const { arrivals, call } = await throttled({}, { connections: 1 }, '60');
    const codes = await Promise.all(times(10, () => outcomeOf(call('greedy'))));
    expect(codes).toEqual(['SMS.0303', ...times(9, () => 'SMS_THROTTLED')]);
    expect(arrivals).toEqual(['greedy']);
  });

  test('makes one trial call after the pause before the others follow', async () => {
    const { arrivals, clock, call, stopThrottling } = await throttled({}, {}, '60');
    await outcomeOf(call('greedy'));
    clock.advance(60_000);
    const stillThrottled = await Promise.all(times(10, () => outcomeOf(call('greedy'))));
    expect(stillThrottled).toEqual(['SMS.0303', ...times(9, () => 'SMS_THROTTLED')]);
    expect(arrivals).toHaveLength(2);
    clock.advance(60_000);
    stopThrottling();
    expect(await Promise.all(times(10, () => outcomeOf(call('greedy'))))).toEqual(times(10, () => 'ok'));
    expect(arrivals).toHaveLength(12);
  });

  test('waits for a short pause instead of failing', async () => {
    const { arrivals, call, stopThrottling, waited } = await throttled({}, {}, '3');
    expect(await outcomeOf(call('greedy'))).toBe('SMS.0303');
    stopThrottling();
    expect(await outcomeOf(call('greedy'))).toBe('ok');
    expect([arrivals.length, waited]).toEqual([2, [3_000]]);
  });

  test('waits twice as long each time if SMS sends no Retry-After, up to 4 s', async () => {
    const { call, arrivals, waited } = await throttled();
    while (arrivals.length < 6) expect((await errorOf(call('greedy'))).code).toBe('SMS.0303');
    expect(waited).toEqual([1_000, 2_000, 4_000, 4_000, 4_000]);
  });
});

test('the next request on a connection has its own credentials and the address of the connection', () => {
  const verified = new VerifiedCallers();
  const first = new CallerIdentity('one', '192.0.2.1', verified);
  const [same, other] = [first.next('one'), first.next('other')];
  expect([same.fingerprint, same.group, same.isVerified]).toEqual([first.fingerprint, '192.0.2.1', false]);
  expect([other.fingerprint === first.fingerprint, other.group]).toEqual([false, '192.0.2.1']);
  other.markVerified();
  expect([first.isVerified, same.isVerified, other.isVerified]).toEqual([false, false, true]);
});
