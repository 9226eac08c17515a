/** Somebody makes up tokens without end, and callers that are known go on all the same. */
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { IamOptions } from '../src/sms/auth/iam-calls.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck } from '../src/sms/auth/token-checks.ts';
import { CallerIdentity, VerifiedCallers } from '../src/sms/fairness/caller-identity.ts';
import type { SmsLimits } from '../src/sms/http/limits.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import { LIMITS, outcomeOf } from './support/sms-client.ts';

const VALID = JSON.stringify({ token: { expires_at: '2999-01-01T00:00:00.000000Z' } });

/** An IAM that holds the checks of made-up tokens, and a check of a token of somebody at an address. */
async function heldIam(limits: Partial<SmsLimits> = {}, options: IamOptions = {}) {
  const came: string[] = [];
  const held: ServerResponse[] = [];
  let isHolding = true;
  const origin = await httpServer((request, response) => {
    const token = String(request.headers['x-subject-token']);
    came.push(token);
    if (isHolding && token.startsWith('made-up')) held.push(response);
    else response.end(VALID);
  });
  const iam = iamAt(origin, { ...LIMITS, ...limits }, {}, options);
  onTestFinished(() => iam.close());
  const check = tokenCheck(iam, null, options.clock);
  const known = new VerifiedCallers();
  return {
    came,
    answerAll: () => {
      isHolding = false;
      for (const response of held)
        response.writeHead(401).end('{"error": {"code": 401, "message": "no", "title": "Unauthorized"}}');
    },
    holdNoMore: () => {
      isHolding = false;
    },
    isKnown: (token: string) => known.has(new CallerIdentity(token, '', known).fingerprint),
    check: (token: string, address = '192.0.2.1') =>
      outcomeOf(Promise.resolve(check.get(token, new CallerIdentity(token, address, known)))),
  };
}

const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

test('made-up tokens of one address leave calls to IAM for others, and wait in a short queue', async () => {
  const { came, check, answerAll } = await heldIam();
  const flood = times(300, (index) => check(`made-up-${index}`));
  // One address gets 24 of the 32 connections, and 128 calls wait.
  const refused = await Promise.all(flood.slice(24 + 128));
  expect(refused).toEqual(times(148, () => 'IAM_OVERLOADED'));
  await expect.poll(() => came.length).toBe(24);
  expect(await check('elsewhere', '198.51.100.1')).toBe('ok');
  expect(came).toHaveLength(25);
  answerAll();
  expect(await Promise.all(flood.slice(0, 24))).toEqual(times(24, () => 'TOKEN_REFUSED'));
  expect(await Promise.all(flood.slice(24, 24 + 128))).toEqual(times(128, () => 'ok'));
});

test('a caller whose token was accepted before has its checks made at once, though IAM is flooded from its address', async () => {
  const clock = testClock();
  const { came, check, answerAll } = await heldIam({}, { clock });
  expect(await check('good')).toBe('ok');
  const flood = times(100, (index) => check(`made-up-${index}`));
  await expect.poll(() => came.length).toBe(1 + 24);
  clock.advance(5 * 60_000);
  expect(await check('good')).toBe('ok');
  expect(came.filter((token) => token === 'good')).toHaveLength(2);
  answerAll();
  await Promise.all(flood);
});

test('time spent in the queue is no failure of IAM', async () => {
  const { came, check, holdNoMore } = await heldIam({ totalTimeout: 500 });
  const first = times(24, (index) => check(`made-up-${index}`));
  const waiting = times(50, (index) => check(`good-${index}`));
  await expect.poll(() => came.length).toBe(24);
  holdNoMore();
  expect(await Promise.all(first)).toEqual(times(24, () => 'IAM_UNREACHABLE'));
  expect(await Promise.all(waiting)).toEqual(times(50, () => 'ok'));
  expect(await check('another')).toBe('ok');
});

test('the tokens of one address that IAM fails with open no circuit to it', async () => {
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
  // Where the tokens of many addresses fail, IAM does.
  for (const index of times(10, (count) => count)) await check(`bad-${index}`, `192.0.2.${index}`);
  expect(await check('good', '192.0.2.1')).toBe('CIRCUIT_OPEN');
});

test('an address has so many checks of unknown tokens a minute, and known callers are not counted', async () => {
  const clock = testClock();
  const { came, check } = await heldIam({}, { clock, checksPerMinute: 2 });
  expect([await check('one'), await check('two'), await check('three')]).toEqual(['ok', 'ok', 'TOKEN_CHECKS_EXCEEDED']);
  expect(await check('three', '198.51.100.1')).toBe('ok');
  clock.advance(5 * 60_000);
  expect([await check('one'), await check('two'), await check('three')]).toEqual(['ok', 'ok', 'ok']);
  expect([await check('four'), await check('five'), await check('six')]).toEqual(['ok', 'ok', 'TOKEN_CHECKS_EXCEEDED']);
  expect(came).toHaveLength(8);
});
