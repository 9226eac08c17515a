import { describe, expect, test } from 'vitest';
import type { Proof } from '../src/sms/auth/credentials.ts';
import { assessSignature } from '../src/sms/auth/signature-outcome.ts';
import { HttpResponse } from '../src/sms/http/response.ts';

const BAD = 'verify aksk signature fail';
const IAM = `Incorrect IAM authentication information: ${BAD}`;

/** The proofs of service, of sign-and-forward with and without a token check, of forward and of exchange. */
const SERVICE: Proof = { key: 'own', token: 'none' };
const CHECKED: Proof = { key: 'own', token: 'checked' };
const UNCHECKED: Proof = { key: 'own', token: 'unchecked' };
const FORWARD: Proof = { key: 'none', token: 'unchecked' };
const EXCHANGE: Proof = { key: 'temporary', token: 'none' };

function response(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return new HttpResponse(status, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), headers);
}

const gateway = (message: string, code = 'APIGW.0301') => ({ error_code: code, error_msg: message });

function judged(proof: Proof, status: number, body: unknown, sent: { body?: string; isClockOff?: boolean } = {}) {
  return assessSignature(response(status, body), { proof, body: null, isClockOff: false, ...sent });
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

describe('a 401 of the API gateway, however it is worded,', () => {
  test.each(WORDINGS)('counts against the key if no token was sent: %j', (message) => {
    for (const code of ['APIGW.0301', 'APIG.0301', 'apigw.0303', 'APIGW.0999'])
      expect(judged(SERVICE, 401, gateway(message, code)).outcome).toBe('refused');
    expect(judged(SERVICE, 401, { error: { code: 'APIGW.0301', message } }).outcome).toBe('refused');
  });

  test.each(WORDINGS)('counts against the key if the token was checked and is still valid: %j', (message) => {
    const { outcome, fault, needsTokenCheck } = judged(CHECKED, 401, gateway(message));
    expect([outcome, fault === 'key' || fault === 'clock']).toEqual(['refused', true]);
    // With a known message the token need not be checked again.
    if (message === IAM) expect(needsTokenCheck).toBe(false);
    if (message === 'Unauthorized') expect(needsTokenCheck).toBe(true);
  });

  test('counts if it is about a token and none was sent, or about the security token of the key', () => {
    expect(judged(SERVICE, 401, gateway('decrypt token fail'))).toMatchObject({ outcome: 'refused', fault: 'key' });
    const words = 'the security token has expired';
    expect(judged(CHECKED, 401, gateway(words))).toEqual({ outcome: 'refused', fault: 'key', needsTokenCheck: true });
  });
});

describe('a signature counts as rejected by the message if a token may be at fault', () => {
  test.each([
    ['if it is sent by the API gateway', gateway(IAM)],
    ['if it is sent by a newer API gateway', gateway(IAM, 'APIG.0301')],
    ['if it is in a nested object', { error: { code: 'APIGW.0301', message: IAM } }],
    ['if it has no code', { error_msg: BAD }],
    ['if the canonical request follows', gateway(`${IAM}, canonicalRequest:GET|/|x-auth-token:a|`)],
    ['if it says that the key is unknown', gateway('Get secretKey failed,ak AKIA not exist')],
    ['if it is written with a space', gateway('verify ak sk signature fail')],
  ])('%s', (_, body) => {
    for (const proof of [UNCHECKED, CHECKED])
      expect(judged(proof, 401, body)).toEqual({ outcome: 'refused', fault: 'key', needsTokenCheck: false });
  });

  test('and by a clock skew that no signature can satisfy', () => {
    expect(judged(UNCHECKED, 401, gateway('Unauthorized'), { isClockOff: true })).toEqual({
      outcome: 'refused',
      fault: 'clock',
      needsTokenCheck: false,
    });
  });
});

describe('the outcome of a signature is unknown', () => {
  test.each<[string, number, unknown]>([
    ['if the code is not one of the API gateway', 401, gateway(BAD, 'SMS.0205')],
    ['if a message contains the words of the caller', 401, gateway(`No task "${BAD}".`)],
    ['if a message without a code contains the words of the caller', 401, { error_msg: `The name "${BAD}" is taken.` }],
    ['if the token is rejected', 401, gateway('decrypt token fail')],
    ['if the message is general', 401, gateway('Unauthorized')],
    ['if the status is 400', 400, gateway(IAM)],
    ['if a web page has the message', 401, `<p>${BAD}`],
    ['if a firewall sends a web page', 403, '<html>Forbidden</html>'],
    ['if a 403 has no code', 403, {}],
    ['if a 403 comes from another service', 403, gateway('No.', 'WAF.0001')],
    ['if a 403 comes from the API gateway', 403, gateway(IAM)],
    ['if SMS fails', 500, gateway(BAD, 'SMS.0001')],
    ['if the body of a success has an error', 200, gateway('No.', 'APIGW.0301')],
  ])('%s', (_, status, body) => {
    expect(judged(UNCHECKED, status, body).outcome).toBe('unknown');
  });

  test.each<[string, number, unknown]>([
    ['for a web page', 401, '<html>Sign in</html>'],
    ['for an empty body', 401, ''],
    ['for an object without a code', 401, { message: 'Unauthorized' }],
    ['for an error of IAM', 401, { error: { code: 401, message: 'Not authenticated.', title: 'Unauthorized' } }],
    ['for an error of SMS', 401, gateway('Not known.', 'SMS.9999')],
    ['for another status of the API gateway', 403, gateway('Not known.')],
  ])('although no token was sent: %s', (_, status, body) => {
    expect(judged(SERVICE, status, body).outcome).toBe('unknown');
  });

  test.each([
    ['forward', FORWARD],
    ['exchange', EXCHANGE],
  ])('in %s, since no key of the gateway signed', (_, proof) => {
    expect(judged(proof, 401, gateway(IAM)).outcome).toBe('unknown');
  });

  test.each([
    ['body', { body: JSON.stringify({ name: `${BAD} !` }) }],
    ['query', { query: [['name', BAD]] as const, body: null }],
  ])("if a message without a code begins with the caller's own words: from its %s", (_, sent) => {
    const repeated = assessSignature(response(401, { error_msg: `${BAD} ! is no name` }), {
      proof: UNCHECKED,
      isClockOff: false,
      ...sent,
    });
    expect(repeated.outcome).toBe('unknown');
    expect(assessSignature(response(401, gateway(IAM)), { proof: UNCHECKED, isClockOff: false, ...sent }).outcome).toBe(
      'refused',
    );
  });

  test('if a web page or a text is sent in place of a success', () => {
    const page = response(200, '<html>', { 'content-type': 'text/html; charset=utf-8' });
    expect(assessSignature(page, { proof: SERVICE, body: null, isClockOff: false }).outcome).toBe('unknown');
    expect(judged(SERVICE, 200, '<!doctype html>').outcome).toBe('unknown');
    expect(judged(SERVICE, 200, 'no healthy upstream').outcome).toBe('unknown');
  });

  test('if the body is large, since a caller can send one', () => {
    const body = 'x'.repeat(1024 ** 2);
    for (const proof of [SERVICE, CHECKED])
      expect(judged(proof, 401, gateway('Unauthorized'), { body })).toMatchObject({ outcome: 'unknown', fault: 'key' });
    expect(judged(SERVICE, 401, gateway('Unauthorized'), { body: body.slice(1) }).outcome).toBe('refused');
  });

  test.each([
    ['its message', '{}', 'The request body is too large'],
    ['its size', 'x'.repeat(12_000_001), 'Unauthorized'],
  ])('if the body is too large: by %s', (_, body, words) => {
    for (const proof of [SERVICE, CHECKED, UNCHECKED])
      expect(judged(proof, 401, gateway(words), { body })).toEqual({
        outcome: 'unknown',
        fault: 'size',
        needsTokenCheck: false,
      });
  });
});

describe('the blame for a 401 falls on', () => {
  test.each<[string, Proof, unknown, object]>([
    ['the token that is forwarded', FORWARD, gateway('Unauthorized'), { fault: 'token', needsTokenCheck: false }],
    ['nothing if no signature was sent', FORWARD, gateway(IAM), { fault: null }],
    [
      'nothing if the API requires another authentication',
      FORWARD,
      gateway('Not an app.', 'APIGW.0303'),
      { fault: null },
    ],
    ['a token that was not checked', UNCHECKED, gateway('Unauthorized'), { fault: 'token', needsTokenCheck: false }],
    [
      'a token that may have ended since its check',
      CHECKED,
      gateway('decrypt token fail'),
      { fault: 'token', needsTokenCheck: true },
    ],
    [
      'the temporary key unless IAM rejects the token',
      EXCHANGE,
      gateway(IAM),
      { fault: 'temporary-key', needsTokenCheck: true },
    ],
    ['the token if SMS says so', CHECKED, gateway('No.', 'SMS.6521'), { fault: 'token', needsTokenCheck: false }],
    ['the key if SMS says so and no token was sent', SERVICE, gateway('No.', 'SMS.6521'), { fault: 'key' }],
  ])('%s', (_, proof, body, expected) => {
    expect(judged(proof, 401, body)).toMatchObject({ outcome: 'unknown', ...expected });
  });
});

test('a signature is accepted if SMS responds with a success or an error of its own', () => {
  expect(judged(SERVICE, 200, {}).outcome).toBe('accepted');
  expect(judged(SERVICE, 204, '').outcome).toBe('accepted');
  expect(judged(SERVICE, 403, gateway(BAD, 'SMS.0204')).outcome).toBe('accepted');
  expect(judged(SERVICE, 400, gateway('No.', 'SMS.7703')).outcome).toBe('accepted');
  expect(judged(SERVICE, 403, gateway('No.', 'APIGW.0302')).outcome).toBe('accepted');
});

test.each([401, 403])("a key counts as locked only by the API gateway's own message, with HTTP %d", (status) => {
  const message = 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden';
  for (const proof of [SERVICE, CHECKED, UNCHECKED])
    expect(judged(proof, status, gateway(message))).toMatchObject({ outcome: 'locked', fault: 'locked-key' });
  expect(judged(SERVICE, status, gateway(message, 'SMS.0204')).outcome).not.toBe('locked');
});
