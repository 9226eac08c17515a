import { describe, expect, test } from 'vitest';
import type { Answer } from '../src/sms/answer.ts';
import { redactorOf } from '../src/sms/clean.ts';
import { verdictOf } from '../src/sms/verdict.ts';

const BAD = 'verify aksk signature fail';
const IAM = `Incorrect IAM authentication information: ${BAD}`;

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, bytes, requestId: null, header: (name) => headers[name] ?? null, redact: redactorOf({}) };
}

describe('a signature is refused', () => {
  test.each([
    ['by the front door', { error_code: 'APIGW.0301', error_msg: IAM }],
    ['by a newer one', { error_code: 'APIG.0301', error_msg: IAM }],
    ['in a nested object', { error: { code: 'APIGW.0301', message: IAM } }],
    ['without a code', { error_msg: BAD }],
    ['with the request as it was seen', { error_code: 'APIGW.0301', error_msg: `${IAM}, canonicalRequest:GET|/|` }],
    ['for a key that is not known', { error_code: 'APIGW.0301', error_msg: 'Get secretKey failed,ak AKIA not exist' }],
  ])('%s', (_, body) => {
    expect(verdictOf(answer(401, body))).toBe('refused');
  });
});

describe('nothing is said of a signature', () => {
  test.each([
    ['by another code than the front door has', 401, { error_code: 'SMS.0205', error_msg: BAD }],
    ['by words of the caller within a message', 401, { error_code: 'APIGW.0301', error_msg: `No task "${BAD}".` }],
    ['by words of the caller alone', 401, { error_msg: `The name "${BAD}" is taken.` }],
    ['by a refused token', 401, { error_code: 'APIGW.0301', error_msg: 'decrypt token fail' }],
    ['by a 400', 400, { error_code: 'APIGW.0301', error_msg: IAM }],
    ['by a page with those words', 401, `<p>${BAD}`],
    ['by the page of a firewall', 403, '<html>Forbidden</html>'],
    ['by a 403 that names no code', 403, {}],
    ['by a 403 of the front door', 403, { error_code: 'APIGW.0301', error_msg: IAM }],
    ['by a failure', 500, { error_code: 'SMS.0001', error_msg: BAD }],
  ])('%s', (_, status, body) => {
    expect(verdictOf(answer(status, body))).toBe('unknown');
  });

  test.each([
    ['body', { body: JSON.stringify({ name: `${BAD} !` }) }],
    ['query', { query: [['name', BAD]] as const }],
  ])('by words of the caller that begin a message without a code: of its %s', (_, said) => {
    expect(verdictOf(answer(401, { error_msg: `${BAD} ! is no name` }), said)).toBe('unknown');
    expect(verdictOf(answer(401, { error_code: 'APIGW.0301', error_msg: IAM }), said)).toBe('refused');
  });

  test('by a web page in the place of a success', () => {
    expect(verdictOf(answer(200, '<html>', { 'content-type': 'text/html; charset=utf-8' }))).toBe('unknown');
  });
});

test('a signature is accepted by a success, and by a refusal of what it signs', () => {
  expect(verdictOf(answer(200, {}))).toBe('accepted');
  expect(verdictOf(answer(204, ''))).toBe('accepted');
  expect(verdictOf(answer(403, { error_code: 'SMS.0204', error_msg: BAD }))).toBe('accepted');
});

test.each([401, 403])('a key is locked by the words of the front door alone, with HTTP %d', (status) => {
  const error_msg = 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden';
  expect(verdictOf(answer(status, { error_code: 'APIGW.0301', error_msg }))).toBe('locked');
  expect(verdictOf(answer(status, { error_code: 'SMS.0204', error_msg }))).not.toBe('locked');
});
