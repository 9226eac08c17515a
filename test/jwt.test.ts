import type { ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type JwtSettings, jwtCheck } from '../src/request/jwt.ts';
import { testClock } from './support/clock.ts';
import { exportResult, httpServer, startGateway } from './support/harness.ts';
import { closedOrigin } from './support/sms-client.ts';

const SECRET = 'a-secret-that-is-shared-with-the-issuer';
const SHARED: JwtSettings = {
  keys: { secret: SECRET },
  issuer: 'https://issuer.example.com',
  audience: 'sms-gateway',
  algorithms: ['HS256'],
};
const NOW = Date.UTC(2026, 10, 24, 8, 31, 21);
const REJECTED = { __typename: 'SmsUnauthenticatedError', code: 'JWT_REFUSED' };
const ACCEPTED = { __typename: 'ExportConsistencyResultsSuccess' };

const CLAIMS = { iss: SHARED.issuer, aud: SHARED.audience, exp: NOW / 1000 + 3600, sub: 'a-caller' };

function signedWith(key: CryptoKey | Uint8Array, alg: string, claims: JWTPayload = CLAIMS, kid?: string) {
  return new SignJWT(claims).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key);
}

const withSecret = (claims: JWTPayload = CLAIMS, alg = 'HS256', secret = SECRET) =>
  signedWith(new TextEncoder().encode(secret), alg, claims);

/** A gateway in `service` mode that accepts JWTs, with a test clock. */
async function gatewayAccepting(settings: JwtSettings, apiKeys: string[] = []) {
  const clock = testClock(NOW);
  const checkJwt = jwtCheck(settings, {}, clock);
  onTestFinished(() => checkJwt.close());
  const gateway = await startGateway({ auth: 'service', apiKeys, jwtCheck: checkJwt });
  return {
    ...gateway,
    clock,
    call: (jwt: string) => exportResult(gateway, undefined, { authorization: `Bearer ${jwt}` }),
  };
}

describe('a JWT with a shared secret', () => {
  test('is accepted and is not sent to SMS', async () => {
    const { call, emulator } = await gatewayAccepting(SHARED);
    const jwt = await withSecret();
    expect(await call(jwt)).toMatchObject(ACCEPTED);
    expect(JSON.stringify(emulator.requests)).not.toContain(jwt);
  });

  test.each<[string, JWTPayload, string?, string?]>([
    ['of another issuer', { ...CLAIMS, iss: 'https://elsewhere.example.com' }],
    ['for another audience', { ...CLAIMS, aud: 'another-service' }],
    ['without an issuer', { aud: CLAIMS.aud, exp: CLAIMS.exp }],
    ['without an audience', { iss: CLAIMS.iss, exp: CLAIMS.exp }],
    ['without an end', { iss: CLAIMS.iss, aud: CLAIMS.aud }],
    ['that is not valid yet', { ...CLAIMS, nbf: NOW / 1000 + 60 }],
    ['with another secret', CLAIMS, 'HS256', 'another-secret-that-nobody-has-shared'],
    ['with another algorithm', CLAIMS, 'HS512'],
  ])('%s is rejected', async (_, claims, alg, secret) => {
    const { call, emulator } = await gatewayAccepting(SHARED);
    expect(await call(await withSecret(claims, alg, secret))).toMatchObject(REJECTED);
    expect(emulator.requests).toEqual([]);
  });

  test('that has expired is rejected with JWT_EXPIRED', async () => {
    const { call } = await gatewayAccepting(SHARED);
    const expired = await withSecret({ ...CLAIMS, exp: NOW / 1000 - 60 });
    expect(await call(expired)).toEqual({
      __typename: 'SmsUnauthenticatedError',
      code: 'JWT_EXPIRED',
      message: 'The JWT has expired. Get a new one from its issuer.',
      requestId: null,
      errorParam: null,
      details: null,
    });
  });

  test('is cached for a minute at most, and never beyond its expiry', async () => {
    const { call, clock } = await gatewayAccepting(SHARED);
    const jwt = await withSecret({ ...CLAIMS, exp: NOW / 1000 + 30 });
    expect(await call(jwt)).toMatchObject(ACCEPTED);
    clock.advance(36_000);
    expect(await call(jwt)).toMatchObject({ code: 'JWT_EXPIRED' });
  });

  test('that is not signed is rejected', async () => {
    const { call } = await gatewayAccepting(SHARED);
    expect(await call(new UnsecuredJWT(CLAIMS).encode())).toMatchObject(REJECTED);
  });

  test.each(['a.b', 'not-a-jwt', 'a.b.c', 'e30.e30.e30', '..'])('that is not a JWT (%s) is rejected', async (jwt) => {
    const { call } = await gatewayAccepting(SHARED);
    const result = await call(jwt);
    expect(result).toMatchObject(REJECTED);
    expect(result).toMatchObject({
      message: 'The JWT is not one that this gateway accepts. Get a new one from its issuer.',
    });
  });
});

describe('a JWT of an issuer with a key set', () => {
  async function issuer(alg: string) {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    const jwk = { ...(await exportJWK(publicKey)), kid: 'first', alg };
    const requests: (string | undefined)[] = [];
    const origin = await httpServer((request, response) => {
      requests.push(request.url);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
    });
    const settings = { ...SHARED, keys: { jwksUrl: `${origin}/keys` }, algorithms: ['RS256', 'ES256'] };
    return { privateKey, jwk, requests, settings };
  }

  test.each(['RS256', 'ES256'])('is accepted (%s), and the keys are read once', async (alg) => {
    const { privateKey, requests, settings } = await issuer(alg);
    const { call } = await gatewayAccepting(settings);
    for (const sub of ['one', 'two'])
      expect(await call(await signedWith(privateKey, alg, { ...CLAIMS, sub }, 'first'))).toMatchObject(ACCEPTED);
    expect(requests).toEqual(['/keys']);
  });

  test('is rejected if another key signed it, or if the public key was used as a secret', async () => {
    const { settings, jwk } = await issuer('RS256');
    const { call } = await gatewayAccepting(settings);
    const { privateKey } = await generateKeyPair('RS256');
    expect(await call(await signedWith(privateKey, 'RS256', CLAIMS, 'first'))).toMatchObject(REJECTED);
    const asSecret = new TextEncoder().encode(JSON.stringify(jwk));
    expect(await call(await signedWith(asSecret, 'HS256', CLAIMS, 'first'))).toMatchObject(REJECTED);
  });

  test('is accepted by the last key set while the issuer does not respond', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256' };
    let reads = 0;
    const origin = await httpServer((_, response) => {
      reads += 1;
      if (reads === 1) response.end(JSON.stringify({ keys: [jwk] }));
      else response.destroy();
    });
    const { call, clock } = await gatewayAccepting({ ...SHARED, keys: { jwksUrl: origin }, algorithms: ['ES256'] });
    const jwtOf = (sub: string) => signedWith(privateKey, 'ES256', { ...CLAIMS, sub }, 'first');
    expect(await call(await jwtOf('one'))).toMatchObject(ACCEPTED);
    clock.advance(11 * 60_000);
    for (const sub of ['two', 'three']) expect(await call(await jwtOf(sub))).toMatchObject(ACCEPTED);
    await expect.poll(() => reads).toBe(2);
    const unknown = await signedWith(privateKey, 'ES256', CLAIMS, 'second');
    for (let count = 0; count < 2; count += 1) expect(await call(unknown)).toMatchObject({ code: 'JWKS_UNREACHABLE' });
  });

  test.each([
    ['cannot be reached', async () => closedOrigin()],
    ['fails', async () => httpServer((_, response) => response.writeHead(500).end())],
    ['is not a key set', async () => httpServer((_, response) => response.end('{"keys": 5}'))],
    ['is a redirect', async () => httpServer((_, response) => response.writeHead(302, { location: '/' }).end())],
  ])('cannot be verified if the key set %s', async (_, origin) => {
    const { privateKey } = await generateKeyPair('ES256');
    const { call } = await gatewayAccepting({ ...SHARED, keys: { jwksUrl: await origin() }, algorithms: ['ES256'] });
    expect(await call(await signedWith(privateKey, 'ES256'))).toMatchObject({
      __typename: 'SmsUnavailableError',
      code: 'JWKS_UNREACHABLE',
      message: "The keys of the JWT's issuer could not be read. Try later.",
    });
  });
});

describe('while the issuer is unavailable', () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const UNAVAILABLE = {
    __typename: 'SmsUnavailableError',
    code: 'JWKS_UNREACHABLE',
    message: "The keys of the JWT's issuer could not be read. Try later.",
  };
  type Respond = (response: ServerResponse) => void;
  const AWAY: [string, Respond][] = [
    ['refuses connections', (response) => void response.socket?.resetAndDestroy()],
    ['fails', (response) => void response.writeHead(500).end()],
    ['responds with a web page', (response) => void response.end('<html></html>')],
    ['responds with half a key set', (response) => void response.end('{"keys": [')],
    ['responds with something other than a key set', (response) => void response.end('{"keys": {}}')],
    ['has moved', (response) => void response.writeHead(302, { location: '/' }).end()],
  ];

  /** An issuer with the key `first`, which the test makes unavailable, and a gateway that accepts its JWTs. */
  async function issuerThatFails() {
    const keys: object[] = [];
    let failure: Respond | null = null;
    let reads = 0;
    const origin = await httpServer((_, response) => {
      reads += 1;
      if (failure === null) response.end(JSON.stringify({ keys }));
      else failure(response);
    });
    const newKey = async (kid: string) => {
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      return { jwk: { ...(await exportJWK(publicKey)), kid }, privateKey, kid };
    };
    const first = await newKey('first');
    keys.push(first.jwk);
    const gateway = await gatewayAccepting({ ...SHARED, keys: { jwksUrl: `${origin}/keys` }, algorithms: ['ES256'] });
    let made = 0;
    /** A JWT that is not cached and does not expire within a test. */
    const jwtOf = ({ privateKey, kid }: typeof first) => {
      made += 1;
      return signedWith(privateKey, 'ES256', { ...CLAIMS, exp: NOW / 1000 + 365 * 86_400, sub: `${made}` }, kid);
    };
    return {
      ...gateway,
      first,
      newKey,
      publish: ({ jwk }: typeof first) => void keys.push(jwk),
      fail: (respond: Respond) => {
        failure = respond;
      },
      recover: () => {
        failure = null;
      },
      reads: () => reads,
      callAs: async (key: typeof first) => gateway.call(await jwtOf(key)),
    };
  }

  test.each(AWAY)('JWTs of its last keys are accepted for a day if it %s', async (_, respond) => {
    const { first, callAs, clock, fail, reads } = await issuerThatFails();
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    fail(respond);
    for (const later of [11 * MINUTE, HOUR, 12 * HOUR]) {
      clock.advance(later);
      expect(await callAs(first)).toMatchObject(ACCEPTED);
    }
    expect(reads()).toBeLessThanOrEqual(4);
    clock.advance(11 * HOUR);
    expect(await callAs(first)).toMatchObject(UNAVAILABLE);
  });

  test.each(AWAY)('a JWT of an unknown key is neither accepted nor rejected if it %s', async (_, respond) => {
    const { first, newKey, callAs, clock, fail, recover, publish } = await issuerThatFails();
    const second = await newKey('second');
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    fail(respond);
    clock.advance(MINUTE);
    expect(await callAs(second)).toMatchObject(UNAVAILABLE);
    expect(await callAs(second)).toMatchObject(UNAVAILABLE);
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    recover();
    publish(second);
    clock.advance(MINUTE);
    expect(await callAs(second)).toMatchObject(ACCEPTED);
    expect(await callAs(await newKey('third'))).toMatchObject(REJECTED);
  });

  test('made-up keys cause at most one read of its keys in thirty seconds', async () => {
    const { first, newKey, callAs, clock, fail, reads } = await issuerThatFails();
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    fail((response) => void response.writeHead(500).end());
    clock.advance(MINUTE);
    const made = await Promise.all(['a', 'b', 'c', 'd'].map(newKey));
    for (const key of made) expect(await callAs(key)).toMatchObject(UNAVAILABLE);
    expect(reads()).toBe(2);
    clock.advance(30_000);
    await callAs(made[0] ?? first);
    expect(reads()).toBe(3);
  });

  test('only the first caller waits for an issuer that does not respond', async () => {
    const { first, callAs, clock, fail, reads } = await issuerThatFails();
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    fail((response) => void response.writeHead(500).end());
    clock.advance(11 * MINUTE);
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    fail(() => {});
    clock.advance(MINUTE);
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    await expect.poll(reads).toBe(3);
  });

  test('a key that it has withdrawn is rejected after ten minutes', async () => {
    const { first, callAs, clock, fail } = await issuerThatFails();
    expect(await callAs(first)).toMatchObject(ACCEPTED);
    fail((response) => void response.end('{"keys": []}'));
    clock.advance(11 * MINUTE);
    expect(await callAs(first)).toMatchObject(REJECTED);
  });
});

test('API keys are accepted beside JWTs', async () => {
  const { call, ...gateway } = await gatewayAccepting(SHARED, ['an-api-key-of-this-gateway']);
  expect(await call('an-api-key-of-this-gateway')).toMatchObject(ACCEPTED);
  expect(await call(await withSecret())).toMatchObject(ACCEPTED);
  expect(await exportResult(gateway, undefined, {})).toMatchObject({ code: 'JWT_MISSING' });
});

describe('a change in service', () => {
  const accept = async (writes: boolean) => {
    const gateway = await startGateway({ auth: 'service', open: true, writes });
    const query = 'mutation { acceptPrivacyAgreement { __typename ... on SmsError { code message } } }';
    const { body } = await gateway.send(query, {}, {});
    return { result: body.data?.['acceptPrivacyAgreement'], requests: gateway.emulator.requests };
  };

  test('is rejected before any call', async () => {
    const { result, requests } = await accept(false);
    expect(result).toEqual({
      __typename: 'SmsForbiddenError',
      code: 'WRITES_OFF',
      message: 'This gateway is read-only. Ask its operator to allow changes.',
    });
    expect(requests).toEqual([]);
  });

  test('is made if the operator allows it', async () => {
    const { result } = await accept(true);
    expect(result).toMatchObject({ __typename: 'AcceptPrivacyAgreementSuccess' });
  });
});
