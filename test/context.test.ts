import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { exportResult, startGateway } from './support/harness.ts';

const API_KEY = 'an-api-key-of-this-gateway';
const SIGNATURE = /^SDK-HMAC-SHA256 Access=[A-Z0-9]+, SignedHeaders=([a-z;-]+), Signature=[0-9a-f]{64}$/;

function refusal(code: string, message: string) {
  return { __typename: 'SmsUnauthenticatedError', code, message, requestId: null, errorParam: null, details: null };
}

describe('sign-and-forward', () => {
  test('signs the call and the token in it', async () => {
    const gateway = await startGateway();
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
    expect(gateway.emulator.requests.map(({ headers }) => headers)).toMatchObject([
      { 'x-auth-token': DEMO_TOKEN, authorization: expect.stringMatching(SIGNATURE) },
    ]);
    expect(signedHeaders(gateway.emulator.requests[0]?.headers)).toContain('x-auth-token');
  });

  test.each([
    [
      'a domain',
      { domainId: 'the-domain' },
      { 'x-domain-id': 'the-domain' },
      'content-type;host;x-auth-token;x-domain-id;x-request-id;x-sdk-date',
    ],
    [
      'a project',
      { projectId: 'the-project' },
      { 'x-project-id': 'the-project' },
      'content-type;host;x-auth-token;x-project-id;x-request-id;x-sdk-date',
    ],
    [
      'a temporary key',
      { ak: 'TEMPORARY', securityToken: 'belongs-to-it' },
      { 'x-security-token': 'belongs-to-it' },
      'content-type;host;x-auth-token;x-request-id;x-sdk-date;x-security-token',
    ],
  ])('sends and signs the header of %s', async (_, key, headers, signed) => {
    const gateway = await startGateway({ key: { ...DEMO_ACCESS_KEY, ...key } });
    const { state, requests } = gateway.emulator;
    const [user] = state.users;
    if (!user) throw new Error('The emulator knows nobody.');
    state.addKey('TEMPORARY', DEMO_ACCESS_KEY.sk, user, {
      securityToken: 'belongs-to-it',
      expiresAt: state.now() + 60_000,
    });
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
    expect(requests[0]?.headers).toMatchObject(headers);
    expect(signedHeaders(requests[0]?.headers)).toBe(signed);
  });
});

describe('forward', () => {
  test('sends the token and no signature, though a key is at hand', async () => {
    const gateway = await startGateway({ auth: 'forward' });
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
    expect(Object.keys(gateway.emulator.requests[0]?.headers ?? {}).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-auth-token',
      'x-request-id',
    ]);
  });
});

describe('service', () => {
  test.each(['Bearer', 'bearer'])('signs for a caller with an API key (%s), without a token', async (scheme) => {
    const gateway = await startGateway({ auth: 'service', apiKeys: ['another-key-of-the-gateway', API_KEY] });
    const headers = { authorization: `${scheme} ${API_KEY}`, 'x-auth-token': DEMO_TOKEN };
    expect(await exportResult(gateway, undefined, headers)).toMatchObject({
      __typename: 'ExportConsistencyResultsSuccess',
    });
    const [sent] = gateway.emulator.requests;
    expect(sent?.headers).not.toHaveProperty('x-auth-token');
    expect(signedHeaders(sent?.headers)).toBe('content-type;host;x-request-id;x-sdk-date');
    expect(JSON.stringify(sent)).not.toContain(API_KEY);
  });

  test.each([
    ['without a key', {}],
    ['with a token instead', { 'x-auth-token': DEMO_TOKEN }],
    ['with another scheme', { authorization: `Basic ${API_KEY}` }],
    ['with a key of two words', { authorization: `Bearer ${API_KEY} more` }],
    ['with an endless key', { authorization: `Bearer ${'x'.repeat(16_385)}` }],
  ])('refuses a caller %s', async (_, headers) => {
    const gateway = await startGateway({ auth: 'service', apiKeys: [API_KEY] });
    expect(await exportResult(gateway, undefined, headers)).toEqual(
      refusal('API_KEY_MISSING', 'There is no API key. Send one as Authorization: Bearer <key>.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    ['another key', 'a-key-that-nobody-was-given'],
    ['the beginning of a key', API_KEY.slice(0, -1)],
    ['more than a key', `${API_KEY}x`],
  ])('refuses %s', async (_, key) => {
    const gateway = await startGateway({ auth: 'service', apiKeys: [API_KEY] });
    expect(await exportResult(gateway, undefined, { authorization: `Bearer ${key}` })).toEqual(
      refusal('API_KEY_UNKNOWN', 'The API key is not known. Ask the operator of the gateway for one.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test('takes everybody when it is open', async () => {
    const gateway = await startGateway({ auth: 'service', open: true });
    expect(await exportResult(gateway, undefined, {})).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
  });
});

describe.each(['sign-and-forward', 'forward'] as const)('a token in %s', (auth) => {
  test('may have 16,384 characters', async () => {
    const gateway = await startGateway({ auth });
    const token = 't'.repeat(16_384);
    expect(await exportResult(gateway, undefined, { 'x-auth-token': token })).toMatchObject({ code: 'APIGW.0301' });
    expect(gateway.emulator.requests[0]?.headers['x-auth-token']).toBe(token);
  });

  test.each([
    ['of 16,385 characters', 't'.repeat(16_385)],
    ['with a space in it', 'two words'],
    ['with a tab in it', 'two\twords'],
    ['with a control character', 'a\u0001b'],
    ['with a letter beyond ASCII', 'tokén'],
  ])('%s is refused before any call', async (_, token) => {
    const gateway = await startGateway({ auth });
    expect(await exportResult(gateway, undefined, { 'x-auth-token': token })).toEqual(
      refusal('TOKEN_MALFORMED', 'X-Auth-Token is not 1 to 16,384 visible ASCII characters. Get a new token.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    ['that is missing', {}],
    ['that is empty', { 'x-auth-token': '' }],
    ['that comes as a bearer', { authorization: `Bearer ${DEMO_TOKEN}` }],
  ])('%s is refused, never replaced by the key of the gateway', async (_, headers) => {
    const gateway = await startGateway({ auth });
    expect(await exportResult(gateway, undefined, headers as Record<string, string>)).toEqual(
      refusal('TOKEN_MISSING', 'There is no token. Send your IAM token as X-Auth-Token.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });
});

function signedHeaders(headers: Record<string, string> | undefined): string | undefined {
  return SIGNATURE.exec(headers?.['authorization'] ?? '')?.[1];
}
