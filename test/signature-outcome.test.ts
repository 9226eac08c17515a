import { describe, expect, test } from 'vitest';
import type { Proof } from '../src/sms/auth/credentials.ts';
import { assessSignature } from '../src/sms/auth/signature-outcome.ts';
import { HttpResponse } from '../src/sms/http/response.ts';

const BAD = 'verify aksk signature fail';
const IAM = `Incorrect IAM authentication information: ${BAD}`;

/** As in service, and in sign-and-forward with and without a check of tokens, in forward, and in exchange. */
const SERVICE: Proof = { key: 'own', token: 'none' };
const CHECKED: Proof = { key: 'own', token: 'checked' };
const UNCHECKED: Proof = { key: 'own', token: 'unchecked' };
const FORWARD: Proof = { key: 'none', token: 'unchecked' };
const EXCHANGE: Proof = { key: 'temporary', token: 'none' };

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return new HttpResponse(status, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), headers);
}

const gateway = (message: string, code = 'APIGW.0301') => ({ error_code: code, error_msg: message });

function judged(proof: Proof, status: number, body: unknown, sent: { body?: string; isClockOff?: boolean } = {}) {
  return assessSignature(answer(status, body), { proof, body: null, isClockOff: false, ...sent });
}

const WORDINGS = [
  IAM,
  'verify ak sk signature fail',
  'signature expired, signature time:20261124T083121Z,server time:20261124T090000Z',
  'Authorization format is incorrect',
  'Get secretKey failed,ak AKIA not exist',
  'A sentence before it: verify the aksk of this signature failed',
  'Unauthorized',
  '未授权',
  '',
];

describe('a 401 of the API gateway, whatever its wording', () => {
  test.each(WORDINGS)('counts against the key where no token travels: %j', (message) => {
    for (const code of ['APIGW.0301', 'APIG.0301', 'apigw.0303', 'APIGW.0999'])
      expect(judged(SERVICE, 401, gateway(message, code)).outcome).toBe('refused');
    expect(judged(SERVICE, 401, { error: { code: 'APIGW.0301', message } }).outcome).toBe('refused');
  });

  test.each(WORDINGS)('counts against the key where the token was checked and still is valid: %j', (message) => {
    const { outcome, fault, needsTokenCheck } = judged(CHECKED, 401, gateway(message));
    expect([outcome, fault === 'key' || fault === 'clock']).toEqual(['refused', true]);
    // The known wordings need no second look at the token.
    if (message === IAM) expect(needsTokenCheck).toBe(false);
    if (message === 'Unauthorized') expect(needsTokenCheck).toBe(true);
  });

  test('counts even where it speaks of a token and none travels, or of the security token of the key', () => {
    expect(judged(SERVICE, 401, gateway('decrypt token fail'))).toMatchObject({ outcome: 'refused', fault: 'key' });
    const words = 'the security token has expired';
    expect(judged(CHECKED, 401, gateway(words))).toEqual({ outcome: 'refused', fault: 'key', needsTokenCheck: true });
  });
});

describe('a signature is refused by the wording where a token may be at fault', () => {
  test.each([
    ['by the API gateway', gateway(IAM)],
    ['by a newer one', gateway(IAM, 'APIG.0301')],
    ['in a nested object', { error: { code: 'APIGW.0301', message: IAM } }],
    ['without a code', { error_msg: BAD }],
    ['with the request as it was seen', gateway(`${IAM}, canonicalRequest:GET|/|x-auth-token:a|`)],
    ['for a key that is not known', gateway('Get secretKey failed,ak AKIA not exist')],
    ['with a space', gateway('verify ak sk signature fail')],
  ])('%s', (_, body) => {
    for (const proof of [UNCHECKED, CHECKED])
      expect(judged(proof, 401, body)).toEqual({ outcome: 'refused', fault: 'key', needsTokenCheck: false });
  });

  test('and by a clock that no signature could satisfy', () => {
    expect(judged(UNCHECKED, 401, gateway('Unauthorized'), { isClockOff: true })).toEqual({
      outcome: 'refused',
      fault: 'clock',
      needsTokenCheck: false,
    });
  });
});

describe('nothing is said of a signature', () => {
  test.each<[string, number, unknown]>([
    ['by another code than the API gateway has', 401, gateway(BAD, 'SMS.0205')],
    ['by words of the caller within a message', 401, gateway(`No task "${BAD}".`)],
    ['by words of the caller alone', 401, { error_msg: `The name "${BAD}" is taken.` }],
    ['by a rejected token', 401, gateway('decrypt token fail')],
    ['by a general word', 401, gateway('Unauthorized')],
    ['by a 400', 400, gateway(IAM)],
    ['by a page with those words', 401, `<p>${BAD}`],
    ['by the page of a firewall', 403, '<html>Forbidden</html>'],
    ['by a 403 that names no code', 403, {}],
    ['by a 403 of another service', 403, gateway('No.', 'WAF.0001')],
    ['by a 403 of the API gateway', 403, gateway(IAM)],
    ['by a failure', 500, gateway(BAD, 'SMS.0001')],
    ['by an error in the body of a success', 200, gateway('No.', 'APIGW.0301')],
  ])('%s', (_, status, body) => {
    expect(judged(UNCHECKED, status, body).outcome).toBe('unknown');
  });

  test.each<[string, number, unknown]>([
    ['by a page', 401, '<html>Sign in</html>'],
    ['by nothing', 401, ''],
    ['by an object without a code', 401, { message: 'Unauthorized' }],
    ['by IAM', 401, { error: { code: 401, message: 'Not authenticated.', title: 'Unauthorized' } }],
    ['by SMS', 401, gateway('Not known.', 'SMS.9999')],
    ['by another status of the API gateway', 403, gateway('Not known.')],
  ])('though the call carried no token: %s', (_, status, body) => {
    expect(judged(SERVICE, status, body).outcome).toBe('unknown');
  });

  test.each([
    ['forward', FORWARD],
    ['exchange', EXCHANGE],
  ])('in %s, where no key of the gateway has signed', (_, proof) => {
    expect(judged(proof, 401, gateway(IAM)).outcome).toBe('unknown');
  });

  test.each([
    ['body', { body: JSON.stringify({ name: `${BAD} !` }) }],
    ['query', { query: [['name', BAD]] as const, body: null }],
  ])('by words of the caller that begin a message without a code: of its %s', (_, sent) => {
    const repeated = assessSignature(answer(401, { error_msg: `${BAD} ! is no name` }), {
      proof: UNCHECKED,
      isClockOff: false,
      ...sent,
    });
    expect(repeated.outcome).toBe('unknown');
    expect(assessSignature(answer(401, gateway(IAM)), { proof: UNCHECKED, isClockOff: false, ...sent }).outcome).toBe(
      'refused',
    );
  });

  test('by a web page in the place of a success', () => {
    const page = answer(200, '<html>', { 'content-type': 'text/html; charset=utf-8' });
    expect(assessSignature(page, { proof: SERVICE, body: null, isClockOff: false }).outcome).toBe('unknown');
    expect(judged(SERVICE, 200, '<!doctype html>').outcome).toBe('unknown');
  });

  test('by a large body, which a caller can send', () => {
    const body = 'x'.repeat(1024 ** 2);
    for (const proof of [SERVICE, CHECKED])
      expect(judged(proof, 401, gateway('Unauthorized'), { body })).toMatchObject({ outcome: 'unknown', fault: 'key' });
    expect(judged(SERVICE, 401, gateway('Unauthorized'), { body: body.slice(1) }).outcome).toBe('refused');
  });

  test.each([
    ['its wording', '{}', 'The request body is too large'],
    ['its size', 'x'.repeat(12_000_001), 'Unauthorized'],
  ])('by a body that is too large: by %s', (_, body, words) => {
    for (const proof of [SERVICE, CHECKED, UNCHECKED])
      expect(judged(proof, 401, gateway(words), { body })).toEqual({
        outcome: 'unknown',
        fault: 'size',
        needsTokenCheck: false,
      });
  });
});

describe('what is blamed', () => {
  test.each<[string, Proof, unknown, object]>([
    ['the token that is forwarded', FORWARD, gateway('Unauthorized'), { fault: 'token', needsTokenCheck: false }],
    ['nobody where no signature was sent', FORWARD, gateway(IAM), { fault: null }],
    ['nobody where the API wants another way', FORWARD, gateway('Not an app.', 'APIGW.0303'), { fault: null }],
    ['a token that was not checked', UNCHECKED, gateway('Unauthorized'), { fault: 'token', needsTokenCheck: false }],
    [
      'a token that was checked too early',
      CHECKED,
      gateway('decrypt token fail'),
      { fault: 'token', needsTokenCheck: true },
    ],
    [
      'the temporary key, unless IAM objects',
      EXCHANGE,
      gateway(IAM),
      { fault: 'temporary-key', needsTokenCheck: true },
    ],
    ['the token where SMS says so', CHECKED, gateway('No.', 'SMS.6521'), { fault: 'token', needsTokenCheck: false }],
    ['the key where SMS says so and no token travels', SERVICE, gateway('No.', 'SMS.6521'), { fault: 'key' }],
  ])('%s', (_, proof, body, expected) => {
    expect(judged(proof, 401, body)).toMatchObject({ outcome: 'unknown', ...expected });
  });
});

test('a signature is accepted by a success, and by an error of SMS itself', () => {
  expect(judged(SERVICE, 200, {}).outcome).toBe('accepted');
  expect(judged(SERVICE, 204, '').outcome).toBe('accepted');
  expect(judged(SERVICE, 403, gateway(BAD, 'SMS.0204')).outcome).toBe('accepted');
  expect(judged(SERVICE, 400, gateway('No.', 'SMS.7703')).outcome).toBe('accepted');
  expect(judged(SERVICE, 403, gateway('No.', 'APIGW.0302')).outcome).toBe('accepted');
});

test.each([401, 403])('a key is locked by the words of the API gateway alone, with HTTP %d', (status) => {
  const message = 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden';
  for (const proof of [SERVICE, CHECKED, UNCHECKED])
    expect(judged(proof, status, gateway(message))).toMatchObject({ outcome: 'locked', fault: 'locked-key' });
  expect(judged(SERVICE, status, gateway(message, 'SMS.0204')).outcome).not.toBe('locked');
});
