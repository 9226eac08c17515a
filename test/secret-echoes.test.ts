/** SMS and IAM echo everything that they are sent, in every way that a response can. No secret gets into an error. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { SignJWT } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { jwtCheck } from '../src/request/jwt.ts';
import {
  type CredentialProvider,
  checkedFirst,
  forwarded,
  signed,
  signedAsCaller,
} from '../src/sms/auth/credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import { tokenCheck, tokenExchange } from '../src/sms/auth/token-checks.ts';
import { bodyOf, exportResult, gatewayTo, httpServer, socketServer } from './support/harness.ts';
import { errorOf, LIMITS, read, startTestEmulator, upstreamTo } from './support/sms-client.ts';

const TOKEN = 'canary-token-MIIabcdefghijklmnop';
const KEY = { ak: 'CANARYACCESSKEY00001', sk: 'canary-secret-key-0123456789', securityToken: 'canary-security-token' };
const API_KEY = 'canary-api-key-of-a-caller';
const SECRET = 'canary-secret-shared-with-the-issuer';
const SECRETS = /canary|CANARY|MIIabc|[0-9a-f]{64}|SDK-HMAC-SHA256/;

/** The whole request as one text. */
async function echoOf(request: IncomingMessage): Promise<string> {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}:${value}`);
  return `${request.method}|${request.url}|${headers.join('|')}|${await bodyOf(request)}`;
}

type Respond = (echo: string, response: ServerResponse) => void;
const json = (status: number, body: (echo: string) => object): Respond => {
  return (echo, response) => void response.writeHead(status).end(JSON.stringify(body(echo)));
};

const RESPONSES: [string, Respond][] = [
  ...[302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503].flatMap((status): [string, Respond][] => [
    [`${status} in SMS's form`, json(status, (echo) => ({ error_code: echo.slice(0, 60), error_msg: echo }))],
    [`${status} in IAM's form`, json(status, (echo) => ({ error: { code: status, message: echo, title: echo } }))],
    [`${status} as text`, (echo, response) => void response.writeHead(status).end(echo)],
  ]),
  ['a bad signature', json(401, (echo) => ({ error_msg: `verify aksk signature fail, canonicalRequest:${echo}` }))],
  [
    'ids and details',
    json(403, (echo) => ({ error_msg: 'x', request_id: echo, error_param: [echo], details: [{ error_msg: echo }] })),
  ],
  ['a header', (echo, response) => void response.writeHead(401, { 'x-request-id': echo.slice(0, 120) }).end('{}')],
  ['a body that is not JSON', (echo, response) => void response.writeHead(200).end(echo)],
  [
    'half a body',
    (echo, response) =>
      void response.writeHead(200, { 'content-length': 99_999 }).write(echo, () => response.destroy()),
  ],
  ['a compressed body', (echo, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(echo)],
];

async function echoing(respond: Respond): Promise<string> {
  return httpServer(async (request, response) => respond(await echoOf(request), response));
}

function credentialsAt(iamOrigin: string): [string, CredentialProvider][] {
  const iam = iamAt(iamOrigin, LIMITS);
  onTestFinished(() => iam.close());
  const [check, exchange] = [tokenCheck(iam), tokenExchange(iam)];
  return [
    ['forward', forwarded(TOKEN)],
    ['sign-and-forward', signed(KEY, TOKEN)],
    ['a checked token', checkedFirst(() => check.get(TOKEN), signed(KEY, TOKEN))],
    ['exchange', signedAsCaller(() => exchange.get(TOKEN))],
  ];
}

/** Everything that a log could show of an error, with its causes. */
const shown = (error: Error) => inspect(error, { depth: 6 });

describe.each(RESPONSES)('an SMS or IAM that echoes everything in %s', (_, respond) => {
  test('leaks no secret in an error', async () => {
    const origin = await echoing(respond);
    for (const [, credentials] of credentialsAt(origin)) {
      const error = await errorOf(read(upstreamTo(origin), { credentials, requestId: 'a-request' }));
      expect(shown(error)).not.toMatch(SECRETS);
    }
  });
});

test('an echo that is not HTTP leaks no secret in an error', async () => {
  const origin = await socketServer((socket) => void socket.on('data', (bytes) => socket.write(bytes)));
  for (const [, credentials] of credentialsAt(origin)) {
    const error = await errorOf(read(upstreamTo(origin), { credentials, requestId: 'a-request' }));
    expect(error.code).toMatch(/INVALID_ANSWER$/);
    expect(shown(error)).not.toMatch(SECRETS);
  }
});

test('the password of a proxy is not in the error if the proxy cannot be reached', async () => {
  const proxy = { https: 'http://canary-user:canary-password@127.0.0.1:1', http: undefined, no: '' };
  const upstream = upstreamTo('https://sms.gateway.test', { proxy });
  const error = await errorOf(read(upstream, { credentials: signed(KEY, TOKEN), requestId: 'a-request' }));
  expect(shown(error)).not.toMatch(SECRETS);
});

test('a rejected API key or JWT is not repeated in the error', async () => {
  const settings = { keys: { secret: SECRET }, issuer: 'an-issuer', audience: 'us', algorithms: ['HS256'] };
  const checkJwt = jwtCheck(settings);
  const { url } = await startTestEmulator();
  const jwt = await new SignJWT({ canary: 'canary-claim' })
    .setProtectedHeader({ alg: 'HS256', kid: 'canary-key-id' })
    .sign(new TextEncoder().encode(`${SECRET}-not`));
  for (const given of [API_KEY, jwt, `${jwt}x`, `canary.${jwt}`])
    for (const check of [checkJwt, null]) {
      const gateway = gatewayTo(url, { auth: 'service', apiKeys: ['another-api-key-of-a-caller'], jwtCheck: check });
      const result = await exportResult(gateway, undefined, { authorization: `Bearer ${given}` });
      expect(result).toMatchObject({ __typename: 'SmsUnauthenticatedError' });
      expect(JSON.stringify(result)).not.toMatch(SECRETS);
      expect(JSON.stringify(result)).not.toContain(jwt.slice(0, 20));
    }
});
