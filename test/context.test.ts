import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { exportResult, startGateway } from './support/harness.ts';

const API_KEY = 'an-api-key-of-this-gateway';
const SIGNATURE = /^SDK-HMAC-SHA256 Access=[A-Z0-9]+, SignedHeaders=([a-z;-]+), Signature=[0-9a-f]{64}$/;

function unauthenticated(code: string, message: string) {
  return { __typename: 'SmsUnauthenticatedError', code, message, requestId: null, errorParam: null, details: null };
}

describe('the sign-and-forward mode', () => {
  test("signs each call, including the caller's token", async () => {
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
      'a security token',
      { ak: 'TEMPORARY', securityToken: 'belongs-to-it' },
      { 'x-security-token': 'belongs-to-it' },
      'content-type;host;x-auth-token;x-request-id;x-sdk-date;x-security-token',
    ],
  ])('sends and signs the header of a key with %s', async (_, key, headers, signed) => {
    const gateway = await startGateway({ key: { ...DEMO_ACCESS_KEY, ...key } });
    const { state, requests } = gateway.emulator;
    const [user] = state.users;
    if (!user) throw new Error('The emulator has no user.');
    state.addKey('TEMPORARY', DEMO_ACCESS_KEY.sk, user, {
      securityToken: 'belongs-to-it',
      expiresAt: state.now() + 60_000,
    });
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
    expect(requests[0]?.headers).toMatchObject(headers);
    expect(signedHeaders(requests[0]?.headers)).toBe(signed);
  });
});

describe('the forward mode', () => {
  test('sends the token without a signature, even if the gateway has a key', async () => {
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

describe('the service mode', () => {
  test.each(['Bearer', 'bearer'])(
    'signs the calls of a caller with an API key (scheme %s) and sends no token',
    async (scheme) => {
      const gateway = await startGateway({ auth: 'service', apiKeys: ['another-key-of-the-gateway', API_KEY] });
      const headers = { authorization: `${scheme} ${API_KEY}`, 'x-auth-token': DEMO_TOKEN };
      expect(await exportResult(gateway, undefined, headers)).toMatchObject({
        __typename: 'ExportConsistencyResultsSuccess',
      });
      const [sent] = gateway.emulator.requests;
      expect(sent?.headers).not.toHaveProperty('x-auth-token');
      expect(signedHeaders(sent?.headers)).toBe('content-type;host;x-request-id;x-sdk-date');
      expect(JSON.stringify(sent)).not.toContain(API_KEY);
    },
  );

  test.each([
    ['without an API key', {}],
    ['with a token instead', { 'x-auth-token': DEMO_TOKEN }],
    ['with another scheme', { authorization: `Basic ${API_KEY}` }],
    ['with a key of two words', { authorization: `Bearer ${API_KEY} more` }],
    ['with a key of 16,385 characters', { authorization: `Bearer ${'x'.repeat(16_385)}` }],
  ])('rejects a caller %s', async (_, headers) => {
    const gateway = await startGateway({ auth: 'service', apiKeys: [API_KEY] });
    expect(await exportResult(gateway, undefined, headers)).toEqual(
      unauthenticated('API_KEY_MISSING', 'There is no API key. Send one as Authorization: Bearer <key>.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    ['another key', 'a-key-of-nobody'],
    ['the beginning of an API key', API_KEY.slice(0, -1)],
    ['an API key with a further character', `${API_KEY}x`],
  ])('rejects %s as an unknown API key', async (_, key) => {
    const gateway = await startGateway({ auth: 'service', apiKeys: [API_KEY] });
    expect(await exportResult(gateway, undefined, { authorization: `Bearer ${key}` })).toEqual(
      unauthenticated('API_KEY_UNKNOWN', 'The API key is not known. Ask the operator of the gateway for one.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test('accepts every caller if the gateway is open', async () => {
    const gateway = await startGateway({ auth: 'service', open: true });
    expect(await exportResult(gateway, undefined, {})).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
  });
});

describe.each(['sign-and-forward', 'forward'] as const)('the token of the %s mode', (auth) => {
  test('may have up to 16,384 characters', async () => {
    const gateway = await startGateway({ auth });
    const token = 't'.repeat(16_384);
    expect(await exportResult(gateway, undefined, { 'x-auth-token': token })).toMatchObject({ code: 'APIGW.0301' });
    expect(gateway.emulator.requests[0]?.headers['x-auth-token']).toBe(token);
  });

  test.each([
    ['has 16,385 characters', 't'.repeat(16_385)],
    ['contains a space', 'two words'],
    ['contains a tab', 'two\twords'],
    ['contains a control character', 'a\u0001b'],
    ['contains a non-ASCII letter', 'tokén'],
  ])('is rejected before any call if it %s', async (_, token) => {
    const gateway = await startGateway({ auth });
    expect(await exportResult(gateway, undefined, { 'x-auth-token': token })).toEqual(
      unauthenticated('TOKEN_MALFORMED', 'X-Auth-Token must be 1 to 16,384 visible ASCII characters. Get a new token.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });

  test.each([
    ['is missing', {}],
    ['is empty', { 'x-auth-token': '' }],
    ['is sent as a bearer token', { authorization: `Bearer ${DEMO_TOKEN}` }],
  ])('is never replaced by the key of the gateway if it %s', async (_, headers) => {
    const gateway = await startGateway({ auth });
    expect(await exportResult(gateway, undefined, headers as Record<string, string>)).toEqual(
      unauthenticated('TOKEN_MISSING', 'There is no token. Send your IAM token as X-Auth-Token.'),
    );
    expect(gateway.emulator.requests).toEqual([]);
  });
});

function signedHeaders(headers: Record<string, string> | undefined): string | undefined {
  return SIGNATURE.exec(headers?.['authorization'] ?? '')?.[1];
}
