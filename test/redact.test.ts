import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signed, signRequest } from '../src/sms/auth/credentials.ts';
import { redactorOf } from '../src/sms/http/redact.ts';

const redactorWith = (tokens: string[]) => redactorOf({ tokens, passwords: [] });

const secretText = string({ minLength: 16, maxLength: 64, unit: constantFrom(...'abcXYZ019+/=.-_') });
// Including characters that JSON escapes.
const passwordText = string({ minLength: 8, maxLength: 64, unit: constantFrom(...'abcXYZ019"\\/=+数😀') });
const anyText = string({ unit: 'binary', maxLength: 2000 });

test('every secret of a call is redacted from texts and ids, wherever it is', () => {
  assert(
    property(secretText, secretText, secretText, anyText, anyText, (token, security, key, before, after) => {
      const signature = '0123456789abcdef';
      const authorization = `SDK-HMAC-SHA256 Access=${key}, SignedHeaders=host, Signature=${signature}`;
      const tokens = [token, security, key, signature];
      for (const secret of [...tokens, authorization]) {
        expect(redactorWith(tokens).text(before + secret + after)).not.toContain(secret);
        expect(redactorWith(tokens).id(`id-${secret}`)).toBe(null);
      }
    }),
  );
});

test('the secrets of a signed request are the tokens, the key id and the signature in its headers, and the secret key', async () => {
  const key = { ak: KEY, sk: SK, securityToken: 'ggpjbi1ub3J0aC00S2h8Zq' };
  const request = { method: 'GET', path: '/', headers: {} };
  const { headers, secrets } = await signRequest(
    request,
    'sms.example.com',
    await signed(key, TOKEN).resolve(),
    new Date(),
  );
  const [, signature] = /Signature=(.*)$/.exec(headers['Authorization'] ?? '') ?? [];
  expect(headers).toMatchObject({ 'X-Auth-Token': TOKEN, 'X-Security-Token': key.securityToken });
  expect(headers['Authorization']).toContain(`Access=${KEY},`);
  expect(secrets).toEqual({ tokens: [TOKEN, key.securityToken, KEY, signature], passwords: [SK] });
});

test('every password of a body is redacted, as written in JSON and as it is', () => {
  assert(
    property(passwordText, anyText, anyText, (password, before, after) => {
      const body = JSON.stringify({ template: { name: 'a', target_password: password } });
      const written = JSON.stringify(password).slice(1, -1);
      for (const form of [password, written]) {
        expect(redactorOf(undefined, body).text(before + form + after)).not.toContain(form);
        expect(redactorOf(undefined, body).id(`id-${form}`)).toBe(null);
      }
    }),
  );
});

test('a text without secrets is bounded, on one line and otherwise unchanged', () => {
  const redact = redactorOf().text;
  assert(
    property(anyText, (text) => {
      expect(redact(text)).toMatch(/^\P{Cc}{0,1024}$/u);
    }),
  );
  expect(redact('The task "数据" is running.')).toBe('The task "数据" is running.');
  expect(redact('Refused: POST|/v3/tasks/|x-auth-token:abc|')).toBe('Refused: [canonical request]');
});

test('an id is accepted only if it is a short visible text', () => {
  expect(['0123456789abcdef', 'x'.repeat(128)].map((id) => redactorOf().id(id))).toEqual([
    '0123456789abcdef',
    'x'.repeat(128),
  ]);
  expect(
    ['', 'two words', 'x'.repeat(129), 'tab\t', '<b>', 'a"b', 7, null, undefined].map((id) => redactorOf().id(id)),
  ).toEqual(Array.from({ length: 9 }, () => null));
});

test.each<[string, (secret: string) => string]>([
  ['percent-encoded', encodeURIComponent],
  [
    'percent-encoded in lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
  ],
  ['in hex', (secret) => Buffer.from(secret).toString('hex')],
  ['in upper-case hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 with more text', (secret) => Buffer.from(`${secret}, and more`).toString('base64')],
  ['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
])('a secret is redacted if it is written %s', (_, write) => {
  const secrets = { tokens: ['a+token/of=the~caller', 'KEYKEY', '0123abcd'], passwords: [] };
  const body = '{"password":"pass word!?"}';
  for (const secret of [...secrets.tokens, 'pass word!?']) {
    const written = write(secret);
    const redacted = redactorOf(secrets, body).text(`I saw ${written} in it`);
    expect(redacted).toMatch(/^I saw .{0,6}\[secret\].{0,16} in it$/);
    expect(redacted).not.toContain(written);
    expect(redactorOf(secrets, body).id(`id-${written}`)).toBe(null);
  }
});

const TOKEN = 'MIIabQx7-zPq/Rt9+LmN0wYk_VsT2uJh4';
const KEY = 'HPUAQWERTYZXCVBN0421';
const SK = 'gk3Zp8Qw1Er5Ty7Ui9Op2As4Df6Gh0Jk1';
const SIGNATURE = '3f8c0e7d19b2a654c0de91f7';
const SECRETS = { tokens: [TOKEN, 'ggpjbi1ub3J0aC00S2h8Zq', KEY, SIGNATURE], passwords: [SK] };
const redactor = () => redactorOf(SECRETS, '{"password":"Tr0ub4dor&3-zebra"}');

const PIECES: [string, string][] = [
  ['the beginning of a token', TOKEN.slice(0, 8)],
  ['the end of a token', TOKEN.slice(-8)],
  ['the middle of a token', TOKEN.slice(9, 19)],
  ['all but the end of a token', TOKEN.slice(0, -1)],
  ['the end of a temporary token', 'C00S2h8Zq'],
  ['the beginning of an access key', KEY.slice(0, 10)],
  ['the end of a secret key', SK.slice(-12)],
  ['the beginning of a signature', SIGNATURE.slice(0, 12)],
  ['the beginning of a password', 'Tr0ub4dor&3-z'],
];

const code = (radix: number, length: number) => (character: string) =>
  character.charCodeAt(0).toString(radix).padStart(length, '0');
const each = (piece: string, write: (character: string) => string) => Array.from(piece, write).join('');
const every = (piece: string, count: number, separator: string) =>
  piece.match(new RegExp(`.{1,${count}}`, 'g'))?.join(separator) ?? '';

const WAYS: [string, (piece: string) => string][] = [
  ['as it is', (piece) => piece],
  ['followed by dots', (piece) => `${piece}...`],
  ['within a word', (piece) => `x${piece}x`],
  ['in upper case', (piece) => piece.toUpperCase()],
  ['in lower case', (piece) => piece.toLowerCase()],
  ['in escapes of JSON', (piece) => each(piece, (character) => `\\u${code(16, 4)(character)}`)],
  ['with one escape of JSON', (piece) => `${piece.slice(0, 4)}\\u${code(16, 4)(piece.charAt(4))}${piece.slice(5)}`],
  ['in JSON within JSON', (piece) => each(piece, (character) => `\\\\u${code(16, 4)(character)}`)],
  ['in escapes of JavaScript', (piece) => each(piece, (character) => `\\u{${code(16, 1)(character)}}`)],
  ['in escapes of bytes', (piece) => each(piece, (character) => `\\x${code(16, 2)(character)}`)],
  ['in octal escapes', (piece) => each(piece, (character) => `\\${code(8, 3)(character)}`)],
  [
    'after backslashes',
    (piece) => each(piece, (character) => (/[bfnrtux0-9]/.test(character) ? character : `\\${character}`)),
  ],
  ['percent-encoded', (piece) => each(piece, (character) => `%${code(16, 2)(character)}`)],
  ['percent-encoded twice', (piece) => each(piece, (character) => `%25${code(16, 2)(character).toUpperCase()}`)],
  ['percent-encoded as %uXXXX', (piece) => each(piece, (character) => `%u${code(16, 4)(character)}`)],
  ['in decimal references of HTML', (piece) => each(piece, (character) => `&#${character.charCodeAt(0)};`)],
  ['in hexadecimal references of HTML', (piece) => each(piece, (character) => `&#x${code(16, 2)(character)};`)],
  ['in references within references', (piece) => each(piece, (character) => `&amp;#${character.charCodeAt(0)};`)],
  [
    'in HTML',
    (piece) => piece.replace('&', '&amp;').replace('/', '&sol;').replace('+', '&plus;').replace('-', '&#45;'),
  ],
  ['in lines of three', (piece) => every(piece, 3, '\n')],
  ['in lines of three with spaces before', (piece) => every(piece, 3, '\r\n    ')],
  ['in lines of three of JSON', (piece) => every(piece, 3, '\\n')],
  ['between pipes', (piece) => every(piece, 2, '|')],
  ['between pipes and spaces', (piece) => every(piece, 2, ' | ')],
  ['with invisible characters', (piece) => every(piece, 2, '\u200b')],
  ['in hex', (piece) => Buffer.from(piece).toString('hex')],
  ['in hex after something else', (piece) => `7${Buffer.from(`a${piece}`).toString('hex')}`],
  ['in base64', (piece) => Buffer.from(piece).toString('base64')],
  ['in base64 after one byte', (piece) => Buffer.from(`-${piece}`).toString('base64')],
  ['in base64 after two bytes', (piece) => Buffer.from(`--${piece}`).toString('base64url')],
  ['in base64 in lines of six', (piece) => every(Buffer.from(piece).toString('base64'), 6, '\n')],
];

describe.each(PIECES)('a piece of a secret: %s', (_, piece) => {
  test.each(WAYS)('is redacted if it is written %s', (_way, write) => {
    const written = write(piece);
    const redacted = redactor().text(`I saw ${written} in it`);
    expect(redacted).toMatch(/^I saw .{0,8}\[secret\].{0,8} in it$/);
    for (const form of [written, piece]) expect(redacted.toLowerCase()).not.toContain(form.toLowerCase());
  });

  test('is not accepted in an id', () => {
    const forms = [piece, piece.toUpperCase(), `id-${piece}-7`, Buffer.from(piece).toString('hex')];
    for (const form of [...forms, Buffer.from(piece).toString('base64url')]) expect(redactor().id(form)).toBe(null);
  });
});

test.each([
  ['between dashes', (secret: string) => every(secret, 4, '-')],
  ['between spaces', (secret: string) => every(secret, 2, ' ')],
  ['between dots', (secret: string) => every(secret, 3, '.')],
  ['in a list', (secret: string) => JSON.stringify(Array.from(secret))],
])('a long piece of a secret is redacted if it is written %s', (_, write) => {
  for (const secret of [TOKEN, KEY, SK, SIGNATURE]) {
    expect(redactor().text(`I saw ${write(secret)} in it`)).toMatch(/^I saw .{0,3}\[secret\].{0,3} in it$/);
    const id = write(secret.replace(/[^\w]/g, ''));
    if (/^[\w.-]+$/.test(id)) expect(redactor().id(id)).toBe(null);
  }
});

test('texts that only look like a piece of a secret stay unchanged', () => {
  const texts = [
    'The task 7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103 does not exist.',
    'Not allowed: sms:server:queryServer. Policy: 50% of 100, a & b, C:\\Users\\new.',
    'The signature, the token and the access key are in the SDK-HMAC-SHA256 header.',
    '数据 | 任务',
    'MIIabQx and HPUAQWE, seven characters each',
  ];
  for (const text of texts) expect(redactor().text(text)).toBe(text);
  const ids = [
    '7d1f5c926a2b4b0d8f3ec4a9b2d7e103',
    '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103',
    'MIIabQx',
    'a_request:1.2-3',
  ];
  expect(ids.map((id) => redactor().id(id))).toEqual(ids);
});

// With quadratic costs it would take minutes.
test.each<[string, string]>([
  ['one letter', 'x'],
  ['backslashes', '\\'],
  ['percent signs', '%25'],
  ['references', '&amp;'],
  ['escapes', '\\u0041'],
  ['spaces', ' '],
  ['spaces and pipes', '          |'],
  ['canonical requests', 'POST|'],
  ['signatures', 'SDK-HMAC-SHA256 Access='],
  ['words', 'abcdefghijkl '],
  ['the token', TOKEN],
  ['the token in escapes', each(TOKEN, (character) => `\\u${code(16, 4)(character)}`)],
  ['pieces of the token and escapes', `${TOKEN.slice(0, 8)}%20`],
  ['the token in base64', Buffer.from(TOKEN).toString('base64')],
])('redaction of a megabyte takes linear time: %s', (_, text) => {
  const { text: redact } = redactor();
  const long = text.repeat(1e6 / text.length);
  for (let count = 0; count < 50; count += 1) expect(redact(long, 65_535).length).toBeLessThanOrEqual(65_535);
  const all = redactorWith([text.repeat(16_384 / text.length)]);
  for (let count = 0; count < 50; count += 1) expect(all.text(long).length).toBeLessThanOrEqual(1024);
});
