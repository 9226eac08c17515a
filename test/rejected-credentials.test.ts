/** The error for a 401: a rejected key is the operator's concern, a rejected token the caller's. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck, tokenExchange } from '../src/sms/auth/token-checks.ts';
import { bodyOf, exportResult, gatewayTo, httpServer } from './support/harness.ts';
import { LIMITS } from './support/sms-client.ts';

const API_KEY = 'an-api-key-of-this-gateway';
const WORDINGS = [
  'Incorrect IAM authentication information: verify aksk signature fail',
  'verify ak sk signature fail',
  'Authorization format is incorrect',
  'The signature of the request, made with the key of ak AKIA, could not be verified',
  'Unauthorized',
  '认证失败',
];

const gatewayError = (message: string, code = 'APIGW.0301') => JSON.stringify({ error_code: code, error_msg: message });

interface Behaviour {
  /** The response of SMS. Default body: an empty object. */
  sms: () => { status: number; body?: string } | Promise<{ status: number; body?: string }>;
  /** The tokens that IAM accepts. Null while it is unavailable. */
  tokens: Set<string> | null;
  /** When IAM responds. */
  iam?: Promise<void>;
}

/** An SMS and an IAM that respond as the test says, and how often each was called. */
async function servers(behaviour: Behaviour) {
  const calls = { sms: 0, iam: 0, keys: [] as string[] };
  const sms = await httpServer(async (request, response) => {
    calls.sms += 1;
    calls.keys.push(/Access=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    await bodyOf(request);
    const { status, body = '{}' } = await behaviour.sms();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const iamOrigin = await httpServer(async (request, response) => {
    calls.iam += 1;
    await behaviour.iam;
    const token = String(request.headers['x-auth-token']);
    if (behaviour.tokens === null) return request.socket.destroy();
    if (!behaviour.tokens.has(token)) {
      const error = { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' };
      return response.writeHead(401).end(JSON.stringify({ error }));
    }
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const credential = { access: `TEMPORARY${calls.iam}`, secret: 's', securitytoken: 't', expires_at };
    return response.end(JSON.stringify({ token: { expires_at }, credential }));
  });
  const iam = iamAt(iamOrigin, LIMITS);
  onTestFinished(() => iam.close());
  return { calls, sms, iam };
}

async function checkingGateway(behaviour: Behaviour, limits = {}) {
  const { calls, sms, iam } = await servers(behaviour);
  return { calls, gateway: gatewayTo(sms, { key: DEMO_ACCESS_KEY, tokenCheck: tokenCheck(iam) }, limits) };
}

async function serviceGateway(behaviour: Pick<Behaviour, 'sms'>) {
  const { calls, sms } = await servers(Object.assign(behaviour, { tokens: null }));
  const gateway = gatewayTo(sms, { auth: 'service', key: DEMO_ACCESS_KEY, apiKeys: [API_KEY] });
  const call = (input?: object) => exportResult(gateway, input, { authorization: `Bearer ${API_KEY}` });
  return { calls, gateway, call };
}

const as = (token: string) => ({ 'x-auth-token': token });
const REJECTED = { __typename: 'SmsUnavailableError', code: 'GATEWAY_KEY_REJECTED', reason: 'UPSTREAM_ERROR' };
const SUSPENDED = { __typename: 'SmsUnavailableError', code: 'KEY_RESTING' };
const TOKEN_REFUSED = { __typename: 'SmsUnauthenticatedError', code: 'TOKEN_REFUSED' };

describe('a key of the gateway that the API gateway rejects', () => {
  test.each(WORDINGS)('is suspended after three calls in service mode, and no caller is blamed: %s', async (words) => {
    const behaviour: Pick<Behaviour, 'sms'> = { sms: () => ({ status: 200 }) };
    const { calls, call } = await serviceGateway(behaviour);
    await call();
    behaviour.sms = () => ({ status: 401, body: gatewayError(words) });
    for (let count = 0; count < 3; count += 1) expect(await call()).toMatchObject(REJECTED);
    for (let count = 0; count < 3; count += 1) expect(await call()).toMatchObject(SUSPENDED);
    expect(calls.sms).toBe(1 + 3);
  });

  test.each(WORDINGS)('is also suspended if IAM has verified the tokens: %s', async (words) => {
    const tokens = new Set(['one', 'two', 'three', 'four']);
    const behaviour: Behaviour = { sms: () => ({ status: 200 }), tokens };
    const { calls, gateway } = await checkingGateway(behaviour);
    await exportResult(gateway, undefined, as('one'));
    behaviour.sms = () => ({ status: 401, body: gatewayError(words) });
    for (const token of ['one', 'two', 'three'])
      expect(await exportResult(gateway, undefined, as(token))).toMatchObject(REJECTED);
    expect(await exportResult(gateway, undefined, as('four'))).toMatchObject(SUSPENDED);
    expect(calls.sms).toBe(1 + 3);
  });

  test('is explained to the operator if the message says what is wrong', async () => {
    let body = '';
    const call = async () => (await serviceGateway({ sms: () => ({ status: 401, body }) })).call();
    const operator = 'This is for the operator of the gateway; a new token does not help.';
    body = gatewayError('Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:GET|/');
    expect(await call()).toEqual({
      ...REJECTED,
      message: `SMS rejected the gateway's signature. Check the secret key of the gateway. ${operator}`,
      requestId: null,
      retryAfter: null,
      errorParam: null,
      details: null,
    });
    body = gatewayError('Get secretKey failed,ak AKIA not exist');
    expect(await call()).toMatchObject({
      message: `SMS does not know the gateway's access key. Check the key of the gateway. It may have been deleted, or belong to another site of Huawei Cloud (China or international). ${operator}`,
    });
    body = gatewayError('the security token has expired');
    expect(await call()).toMatchObject({
      message: `SMS rejected the security token of the gateway's key. Check the key of the gateway. ${operator}`,
    });
  });

  test('is suspended at once if the vendor has locked it', async () => {
    const words = 'AK access failed to reach the limit,forbidden';
    const { calls, call } = await serviceGateway({ sms: () => ({ status: 401, body: gatewayError(words) }) });
    expect(await call()).toMatchObject({ __typename: 'SmsUnavailableError', code: 'GATEWAY_KEY_LOCKED' });
    expect(await call()).toMatchObject(SUSPENDED);
    expect(calls.sms).toBe(1);
  });

  test('is not blamed on a caller if SMS itself rejects it', async () => {
    for (const body of [gatewayError('No.', 'SMS.6521'), gatewayError('No.', 'SMS.6522')]) {
      const { call } = await serviceGateway({ sms: () => ({ status: 400, body }) });
      for (let count = 0; count < 5; count += 1) expect(await call()).toMatchObject(REJECTED);
    }
  });

  test('is used for one call at a time while IAM verifies whether a token is at fault', async () => {
    const iam = Promise.withResolvers<void>();
    const behaviour: Behaviour = { sms: () => ({ status: 200 }), tokens: new Set(['one', 'two']) };
    const { calls, gateway } = await checkingGateway(behaviour);
    for (const token of ['one', 'two']) await exportResult(gateway, undefined, as(token));
    behaviour.sms = () => ({ status: 401, body: gatewayError('Unauthorized') });
    behaviour.iam = iam.promise;
    const outcomes = Promise.all(Array.from({ length: 40 }, () => exportResult(gateway, undefined, as('one'))));
    await expect.poll(() => calls.iam).toBe(3);
    iam.resolve();
    for (const outcome of await outcomes) expect([REJECTED.code, SUSPENDED.code]).toContain(Object(outcome).code);
    // Those in flight with the trusted key, at most one per connection, and two after the first of them.
    expect(calls.sms).toBeLessThanOrEqual(2 + 16 + 2);
  });
});

describe('a caller cannot get the key suspended', () => {
  test.each([
    ['with a message about it', 'decrypt token fail'],
    ['with a general message', 'Unauthorized'],
  ])('with a token that has ended since IAM verified it: %s', async (_, words) => {
    const tokens = new Set(['gone', 'good']);
    const behaviour: Behaviour = { sms: () => ({ status: 200 }), tokens };
    const { calls, gateway } = await checkingGateway(behaviour);
    for (let count = 0; count < 5; count += 1) {
      tokens.add('gone');
      behaviour.sms = () => ({ status: 200 });
      expect(await exportResult(gateway, undefined, as('gone'))).toMatchObject({ files: [] });
      tokens.delete('gone');
      behaviour.sms = () => ({ status: 401, body: gatewayError(words) });
      expect(await exportResult(gateway, undefined, as('gone'))).toMatchObject(TOKEN_REFUSED);
      // It is not cached any more, so SMS is not called with it.
      const before = calls.sms;
      expect(await exportResult(gateway, undefined, as('gone'))).toMatchObject(TOKEN_REFUSED);
      expect(calls.sms).toBe(before);
    }
    behaviour.sms = () => ({ status: 200 });
    expect(await exportResult(gateway, undefined, as('good'))).toMatchObject({ files: [] });
  });

  test('while IAM cannot say whether its token is still valid', async () => {
    const behaviour: Behaviour = { sms: () => ({ status: 200 }), tokens: new Set(['one']) };
    const { calls, gateway } = await checkingGateway(behaviour);
    await exportResult(gateway, undefined, as('one'));
    behaviour.sms = () => ({ status: 401, body: gatewayError('Unauthorized') });
    behaviour.tokens = null;
    for (let count = 0; count < 5; count += 1)
      expect(await exportResult(gateway, undefined, as('one'))).toMatchObject({
        __typename: 'SmsUnavailableError',
        code: 'IAM_UNREACHABLE',
      });
    expect(calls.sms).toBe(6);
  });

  test('with a request that is too large', async () => {
    let words = 'The request body is too large.';
    const { calls, call } = await serviceGateway({ sms: () => ({ status: 401, body: gatewayError(words) }) });
    const tooLarge = {
      __typename: 'SmsInvalidInputError',
      code: 'APIGW.0301',
      message: 'The request is too large for the API gateway of SMS.',
    };
    for (let count = 0; count < 5; count += 1) expect(await call()).toMatchObject(tooLarge);
    words = 'Unauthorized';
    expect(await call()).toMatchObject(REJECTED);
    expect(calls.sms).toBe(6);
  });

  test('with words of its own in the message if its token was not checked', async () => {
    const words = 'No task "verify aksk signature fail, signature expired 20200101T000000Z".';
    const { calls, sms } = await servers({ sms: () => ({ status: 401, body: gatewayError(words) }), tokens: null });
    const gateway = gatewayTo(sms);
    for (let count = 0; count < 5; count += 1) await exportResult(gateway);
    expect(calls.sms).toBe(5);
  });
});

describe('a 401 that does not come from the API gateway', () => {
  test.each([
    ['a page', '<html>Sign in</html>'],
    ['nothing', ''],
    ['an object without a code', '{"message":"Unauthorized"}'],
    ['another service', gatewayError('No.', 'WAF.0001')],
  ])('neither blames the token nor suspends the key: %s', async (_, body) => {
    const behaviour = { sms: () => ({ status: 401, body }), tokens: new Set(['one']) };
    const { gateway: checking } = await checkingGateway(behaviour);
    const { sms } = await servers(behaviour);
    const { call } = await serviceGateway({ sms: behaviour.sms });
    const forwarding = gatewayTo(sms, { auth: 'forward', key: null });
    for (let count = 0; count < 5; count += 1)
      for (const outcome of [
        await exportResult(checking, undefined, as('one')),
        await exportResult(gatewayTo(sms)),
        await exportResult(forwarding),
        await call(),
      ])
        expect(outcome).toMatchObject({
          __typename: 'SmsUnavailableError',
          code: expect.stringMatching(/^(HTTP_401|WAF.0001)$/),
        });
  });

  test('but from IAM is about the token unless IAM accepts the token', async () => {
    const body = '{"error":{"code":401,"message":"Not authenticated.","title":"Unauthorized"}}';
    const behaviour = { sms: () => ({ status: 401, body }), tokens: new Set(['one']) };
    const { sms } = await servers(behaviour);
    expect(await exportResult(gatewayTo(sms, { auth: 'forward', key: null }))).toMatchObject({
      __typename: 'SmsUnauthenticatedError',
      code: '401',
      message: 'Not authenticated.',
    });
    const { gateway } = await checkingGateway(behaviour);
    for (let count = 0; count < 5; count += 1)
      expect(await exportResult(gateway, undefined, as('one'))).toMatchObject({
        __typename: 'SmsUnavailableError',
        code: '401',
      });
  });
});

describe('forward mode', () => {
  test.each([
    ['decrypt token fail', 'APIGW.0301', 'SmsUnauthenticatedError'],
    ['Unauthorized', 'APIGW.0301', 'SmsUnauthenticatedError'],
    ['The token must be updated.', 'APIGW.0307', 'SmsUnauthenticatedError'],
    ['verify aksk signature fail', 'APIGW.0301', 'SmsUnavailableError'],
    ['Incorrect app authentication information', 'APIGW.0303', 'SmsUnavailableError'],
  ])('blames the token only if it can be at fault: %s', async (words, code, __typename) => {
    const { sms } = await servers({ sms: () => ({ status: 401, body: gatewayError(words, code) }), tokens: null });
    const gateway = gatewayTo(sms, { auth: 'forward', key: null });
    expect(await exportResult(gateway)).toMatchObject({ __typename, code });
  });
});

describe('exchange mode', () => {
  async function exchangingGateway(behaviour: Behaviour) {
    const { calls, sms, iam } = await servers(behaviour);
    return { calls, gateway: gatewayTo(sms, { auth: 'exchange', key: null, tokenExchange: tokenExchange(iam) }) };
  }

  test('fetches a new key if SMS rejects the key of a token that IAM still accepts', async () => {
    const behaviour: Behaviour = {
      sms: () => ({ status: 401, body: gatewayError('verify aksk signature fail') }),
      tokens: new Set(['one']),
    };
    const { calls, gateway } = await exchangingGateway(behaviour);
    expect(await exportResult(gateway, undefined, as('one'))).toMatchObject({
      __typename: 'SmsUnavailableError',
      code: 'TEMPORARY_KEY_REJECTED',
    });
    behaviour.sms = () => ({ status: 200 });
    expect(await exportResult(gateway, undefined, as('one'))).toMatchObject({ files: [] });
    expect(calls.keys).toEqual(['TEMPORARY1', 'TEMPORARY2']);
  });

  test('blames the token only if IAM itself rejects it', async () => {
    const tokens = new Set(['one']);
    const behaviour: Behaviour = { sms: () => ({ status: 200 }), tokens };
    const { calls, gateway } = await exchangingGateway(behaviour);
    await exportResult(gateway, undefined, as('one'));
    tokens.delete('one');
    behaviour.sms = () => ({ status: 401, body: gatewayError('Unauthorized') });
    expect(await exportResult(gateway, undefined, as('one'))).toMatchObject(TOKEN_REFUSED);
    expect(await exportResult(gateway, undefined, as('one'))).toMatchObject(TOKEN_REFUSED);
    expect(calls.sms).toBe(2);
  });
});

test('a slow IAM holds no connection to SMS while it verifies a token again', async () => {
  const iam = Promise.withResolvers<void>();
  const behaviour: Behaviour = { sms: () => ({ status: 200 }), tokens: new Set(['one', 'two']) };
  const { calls, gateway } = await checkingGateway(behaviour, { connections: 1 });
  for (const token of ['one', 'two']) await exportResult(gateway, undefined, as(token));
  behaviour.sms = () => ({ status: 401, body: gatewayError('Unauthorized') });
  behaviour.iam = iam.promise;
  const waiting = exportResult(gateway, undefined, as('one'));
  await expect.poll(() => calls.iam).toBe(3);
  behaviour.sms = () => ({ status: 200 });
  expect(await exportResult(gateway, undefined, as('two'))).toMatchObject({ files: [] });
  iam.resolve();
  expect(await waiting).toMatchObject(REJECTED);
});
