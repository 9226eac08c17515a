/** A flood of made-up tokens does not affect verified callers. */
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { CallerIdentity, VerifiedCallers } from '../src/fairness/caller-identity.ts';
import type { IamOptions } from '../src/sms/auth/iam-calls.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck } from '../src/sms/auth/token-checks.ts';
import type { SmsLimits } from '../src/sms/http/limits.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import { LIMITS, outcomeOf } from './support/sms-client.ts';

const VALID = JSON.stringify({ token: { expires_at: '2999-01-01T00:00:00.000000Z' } });

/** An IAM that does not respond to checks of made-up tokens, and a check of a token from an address. */
async function heldIam(limits: Partial<SmsLimits> = {}, options: IamOptions = {}) {
  const arrivals: string[] = [];
  const held: ServerResponse[] = [];
  let isHolding = true;
  const origin = await httpServer((request, response) => {
    const token = String(request.headers['x-subject-token']);
    arrivals.push(token);
    if (isHolding && token.startsWith('made-up')) held.push(response);
    else response.end(VALID);
  });
  const iam = iamAt(origin, { ...LIMITS, ...limits }, {}, options);
  onTestFinished(() => iam.close());
  const check = tokenCheck(iam, null, options.clock);
  const known = new VerifiedCallers();
  return {
    arrivals,
    respondToAll: () => {
      isHolding = false;
      for (const response of held)
        response.writeHead(401).end('{"error": {"code": 401, "message": "no", "title": "Unauthorized"}}');
    },
    stopHolding: () => {
      isHolding = false;
    },
    isKnown: (token: string) => known.has(new CallerIdentity(token, '', known).fingerprint),
    check: (token: string, address = '192.0.2.1') =>
      outcomeOf(Promise.resolve(check.get(token, new CallerIdentity(token, address, known)))),
  };
}

const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

test('made-up tokens of one address leave connections to IAM for others and wait in a short queue', async () => {
  const { arrivals, check, respondToAll } = await heldIam();
  const flood = times(300, (index) => check(`made-up-${index}`));
  // One address gets 24 of the 32 connections, and 128 calls are queued.
  const refused = await Promise.all(flood.slice(24 + 128));
  expect(refused).toEqual(times(148, () => 'IAM_OVERLOADED'));
  await expect.poll(() => arrivals.length).toBe(24);
  expect(await check('elsewhere', '198.51.100.1')).toBe('ok');
  expect(arrivals).toHaveLength(25);
  respondToAll();
  expect(await Promise.all(flood.slice(0, 24))).toEqual(times(24, () => 'TOKEN_REFUSED'));
  expect(await Promise.all(flood.slice(24, 24 + 128))).toEqual(times(128, () => 'ok'));
});

test('a verified caller is checked at once although IAM is flooded from its address', async () => {
  const clock = testClock();
  const { arrivals, check, respondToAll } = await heldIam({}, { clock });
  expect(await check('good')).toBe('ok');
  const flood = times(100, (index) => check(`made-up-${index}`));
  await expect.poll(() => arrivals.length).toBe(1 + 24);
  clock.advance(5 * 60_000);
  expect(await check('good')).toBe('ok');
  expect(arrivals.filter((token) => token === 'good')).toHaveLength(2);
  respondToAll();
  await Promise.all(flood);
});

test('time in the queue does not count as a failure of IAM', async () => {
  const { arrivals, check, stopHolding } = await heldIam({ totalTimeout: 500 });
  const first = times(24, (index) => check(`made-up-${index}`));
  const waiting = times(50, (index) => check(`good-${index}`));
  await expect.poll(() => arrivals.length).toBe(24);
  stopHolding();
  expect(await Promise.all(first)).toEqual(times(24, () => 'IAM_UNREACHABLE'));
  expect(await Promise.all(waiting)).toEqual(times(50, () => 'ok'));
  expect(await check('another')).toBe('ok');
});

test('failures of IAM with the tokens of one address do not open its circuit', async () => {
  const origin = await httpServer((request, response) => {
    const isBad = String(request.headers['x-subject-token']).startsWith('bad');
    response.writeHead(isBad ? 500 : 200).end(isBad ? '{}' : VALID);
  });
  const iam = iamAt(origin, LIMITS);
  onTestFinished(() => iam.close());
  const known = new VerifiedCallers();
  const check = (token: string, address: string) =>
    outcomeOf(iam.verify(token, new CallerIdentity(token, address, known)));
  for (const index of times(20, (count) => count)) expect(await check(`bad-${index}`, '192.0.2.1')).toBe('IAM_FAILED');
  expect(await check('good', '192.0.2.1')).toBe('ok');
  // If the tokens of many addresses fail, the failure is IAM's.
  for (const index of times(10, (count) => count)) await check(`bad-${index}`, `192.0.2.${index}`);
  expect(await check('good', '192.0.2.1')).toBe('CIRCUIT_OPEN');
});

test('the checks of unverified tokens are limited per minute and address', async () => {
  const clock = testClock();
  const { arrivals, check } = await heldIam({}, { clock, checksPerMinute: 2 });
  expect([await check('one'), await check('two'), await check('three')]).toEqual(['ok', 'ok', 'TOKEN_CHECKS_EXCEEDED']);
  expect(await check('three', '198.51.100.1')).toBe('ok');
  clock.advance(5 * 60_000);
  expect([await check('one'), await check('two'), await check('three')]).toEqual(['ok', 'ok', 'ok']);
  expect([await check('four'), await check('five'), await check('six')]).toEqual(['ok', 'ok', 'TOKEN_CHECKS_EXCEEDED']);
  expect(arrivals).toHaveLength(8);
});
