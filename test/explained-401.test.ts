/** A 401 says what is wrong and what to do, as far as the response shows it. */
import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { checkedFirst, type HeldKey, signed } from '../src/sms/auth/credentials.ts';
import { type Caller, SmsClient } from '../src/sms/client.ts';
import { testClock } from './support/clock.ts';
import { bodyOf, httpServer } from './support/harness.ts';
import { EXPORT_PATH, errorOf, FORWARDED, read, SIGNED, startTestEmulator, upstreamTo } from './support/sms-client.ts';

const OPERATOR = 'This is for the operator of the gateway; a new token does not help.';

interface Passed {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A proxy in front of an emulator that changes every request. */
async function changingProxy(change: (passed: Passed) => Partial<Passed>): Promise<string> {
  const emulator = await startTestEmulator();
  return httpServer(async (message, response) => {
    const passed = {
      path: message.url ?? '',
      headers: message.headers as Record<string, string>,
      body: await bodyOf(message),
    };
    const { path, headers, body } = { ...passed, ...change(passed) };
    const forwarded = httpRequest(emulator.url + path, { method: message.method, headers }, (received) => {
      response.writeHead(received.statusCode ?? 0, received.headers);
      received.pipe(response);
    });
    forwarded.end(body);
  });
}

/** The error of a call that the API gateway rejects with these words. */
async function errorFor(message: string, caller: Caller = SIGNED, code = 'APIGW.0301') {
  const origin = await httpServer((_, response) =>
    response
      .writeHead(401, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error_code: code, error_msg: message })),
  );
  return errorOf(read(upstreamTo(origin), caller));
}

const signedWith = (key: Partial<HeldKey>): Caller => ({
  ...SIGNED,
  credentials: signed({ ...DEMO_ACCESS_KEY, ...key }),
});

describe('a request that something changes on its way is not blamed on the key', () => {
  test.each<[string, (passed: Passed) => Partial<Passed>]>([
    [
      'body',
      ({ headers, body }) => ({ body: ` ${body}`, headers: { ...headers, 'content-length': String(body.length + 1) } }),
    ],
    ['query', ({ path }) => ({ path: `${path}?added=1` })],
    ['path', () => ({ path: '/v3/tasks' })],
    ['header host', ({ headers }) => ({ headers: { ...headers, host: 'internal.example' } })],
  ])('but its %s is named', async (part, change) => {
    const upstream = upstreamTo(await changingProxy(change));
    const error = await errorOf(new SmsClient(upstream, SIGNED).download(EXPORT_PATH, { task_info: [] }));
    expect({ code: error.code, message: error.message }).toEqual({
      code: 'GATEWAY_REQUEST_ALTERED',
      message: `SMS got another request than the gateway signed: its ${part} differs. Check the proxies in between. ${OPERATOR}`,
    });
  });
});

describe('the message names', () => {
  test('the secret key if SMS got the request as it was signed', async () => {
    const upstream = upstreamTo((await startTestEmulator()).url);
    const error = await errorOf(read(upstream, signedWith({ sk: 'not-the-secret' })));
    expect([error.code, error.message]).toEqual([
      'GATEWAY_KEY_REJECTED',
      `SMS got the request as the gateway signed it, and rejected its signature. Check the secret key of the gateway. ${OPERATOR}`,
    ]);
  });

  test('the kind of id that was configured as the access key', async () => {
    const upstream = upstreamTo((await startTestEmulator()).url);
    const error = await errorOf(read(upstream, signedWith({ ak: '0a1b2c3d4e5f60718293a4b5c6d7e8f9' })));
    expect(error.message).toContain('HUAWEICLOUD_SDK_AK holds the id of a project, an account or a user.');
  });

  test('the clock, and by how much it is off', async () => {
    const emulator = await startTestEmulator();
    const error = await errorOf(read(upstreamTo(emulator.url, { clock: testClock(Date.now() - 3_600_000) })));
    expect(error.code).toBe('GATEWAY_CLOCK_SKEWED');
    expect(error.message).toMatch(/the gateway's clock is (?:60 min 0 s|59 min 59 s) behind SMS's. Set the clock/);
  });

  test.each<[string, string, Caller, string?]>([
    [
      'Check HUAWEICLOUD_SDK_PROJECT_ID or _DOMAIN_ID.',
      'The X-Project-Id does not match: project id invalid',
      signedWith({ projectId: 'a' }),
    ],
    ['Check the key of the gateway.', 'the security token has expired', signedWith({ securityToken: 'a' })],
    ['it has expired. Get a new token.', 'The token must be updated.', FORWARDED, 'APIGW.0307'],
    [
      'a proxy in between removes X-Auth-Token.',
      'Incorrect IAM authentication information: x-auth-token not found',
      FORWARDED,
    ],
    ['it is not valid, or no longer valid.', 'Incorrect IAM authentication information: decrypt token fail', FORWARDED],
  ])('what to check: %s', async (expected, message, caller, code) => {
    expect((await errorFor(message, caller, code)).message).toContain(expected);
  });

  test('the region and the account if IAM accepts the token that SMS cannot read', async () => {
    const credentials = checkedFirst(
      () => undefined,
      signed(DEMO_ACCESS_KEY, DEMO_TOKEN),
      async () => undefined,
    );
    const error = await errorFor('Incorrect IAM authentication information: decrypt token fail', {
      ...SIGNED,
      credentials,
    });
    expect(error.message).toBe(
      "IAM accepts the token, but SMS cannot read it: it is for another region, or its account is in arrears or frozen. Get a token for the gateway's region.",
    );
  });
});
