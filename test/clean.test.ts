import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { cleanerOf, safeId } from '../src/sms/clean.ts';

const secretText = string({ minLength: 16, maxLength: 64, unit: constantFrom(...'abcXYZ019+/=.-_') });
// With what JSON writes in another way.
const passwordText = string({ minLength: 8, maxLength: 64, unit: constantFrom(...'abcXYZ019"\\/=+数😀') });
const anyText = string({ unit: 'binary', maxLength: 2000 });

test('no secret of a call stays in what SMS says, wherever it stands', () => {
  assert(
    property(secretText, secretText, secretText, anyText, anyText, (token, security, key, before, after) => {
      const sent = {
        'X-Auth-Token': token,
        'X-Security-Token': security,
        Authorization: `SDK-HMAC-SHA256 Access=${key}, SignedHeaders=host, Signature=0123456789abcdef`,
      };
      for (const secret of [...Object.values(sent), key, '0123456789abcdef']) {
        expect(cleanerOf(sent)(before + secret + after)).not.toContain(secret);
        expect(safeId(`id-${secret}`, sent)).toBe(null);
      }
    }),
  );
});

test('no password of a body stays in what SMS says, as it was written or as it is', () => {
  assert(
    property(passwordText, anyText, anyText, (password, before, after) => {
      const body = JSON.stringify({ template: { name: 'a', target_password: password } });
      const written = JSON.stringify(password).slice(1, -1);
      for (const form of [password, written]) {
        expect(cleanerOf({}, body)(before + form + after)).not.toContain(form);
        expect(safeId(`id-${form}`, {}, body)).toBe(null);
      }
    }),
  );
});

test('what SMS says is bounded and on one line, and otherwise stays as it is', () => {
  const clean = cleanerOf({});
  assert(
    property(anyText, (text) => {
      expect(clean(text)).toMatch(/^\P{Cc}{0,1024}$/u);
    }),
  );
  expect(clean('The task "数据" is running.')).toBe('The task "数据" is running.');
  expect(clean('Refused: POST|/v3/tasks/|x-auth-token:abc|')).toBe('Refused: [canonical request]');
});

test('an id of SMS is a short visible text', () => {
  expect(['0123456789abcdef', 'x'.repeat(128)].map((id) => safeId(id, {}))).toEqual([
    '0123456789abcdef',
    'x'.repeat(128),
  ]);
  expect(
    ['', 'two words', 'x'.repeat(129), 'tab\t', '<b>', 'a"b', 7, null, undefined].map((id) => safeId(id, {})),
  ).toEqual(Array.from({ length: 9 }, () => null));
});

test.each<[string, (secret: string) => string]>([
  ['percent-encoded', encodeURIComponent],
  [
    'percent-encoded in lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
  ],
  ['in hex', (secret) => Buffer.from(secret).toString('hex')],
  ['in hex of capitals', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 with more behind it', (secret) => Buffer.from(`${secret}, and more`).toString('base64')],
  ['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
])('no secret stays that SMS writes %s', (_, write) => {
  const sent = { 'X-Auth-Token': 'a+token/of=the~caller', Authorization: 'SDK Access=KEYKEY, Signature=0123abcd' };
  const body = '{"password":"pass word!?"}';
  for (const secret of ['a+token/of=the~caller', 'KEYKEY', '0123abcd', 'pass word!?']) {
    const written = write(secret);
    const cleaned = cleanerOf(sent, body)(`I saw ${written} in it`);
    expect(cleaned).toMatch(/^I saw .{0,6}\[secret\].{0,16} in it$/);
    expect(cleaned).not.toContain(written);
    expect(safeId(`id-${written}`, sent, body)).toBe(null);
  }
});
