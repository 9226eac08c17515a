/** Unmistakable secrets go through every way that a request can end. None of them may appear in any output. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { post, servedGatewayTo } from './support/gateway.ts';
import { bodyOf, httpServer, socketServer } from './support/harness.ts';
import { type Process, startGatewayProcess } from './support/process.ts';

const CANARY = {
  token: 'canaryTokenMIIabcdefghijklmnop',
  ak: 'CANARYACCESSKEY00001',
  sk: 'canarySecretKey0123456789',
  securityToken: 'canarySecurityToken0123456789',
  apiKey: 'canaryApiKey0123456789',
  password: 'canaryPassword0123456789',
  privateKey: 'canaryPrivateKey0123456789',
};
const FORMS = Object.values(CANARY).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  ...['base64', 'base64url', 'hex'].map((encoding) =>
    Buffer.from(secret)
      .toString(encoding as BufferEncoding)
      .slice(0, -4),
  ),
]);
// Values derived from a secret for one request are secrets too.
const MADE = /SDK-HMAC-SHA256|Signature=|Credential=/;

function secretsIn(text: string): string[] {
  return [...FORMS.filter((form) => text.includes(form)), ...(text.match(MADE) ?? [])];
}

type Ending = (echo: string, response: ServerResponse) => void;
const json = (status: number, body: (echo: string) => object): Ending => {
  return (echo, response) =>
    void response
      // After a 429 the next call of the caller need not wait.
      .writeHead(status, { 'x-request-id': echo.slice(-99), 'retry-after': '0' })
      .end(JSON.stringify(body(echo)));
};
/** Ways in which SMS may end a call. Its responses echo the whole request. The failures that open the circuit come last. */
const said = (status: number) =>
  json(status, (echo) => ({
    error_code: echo.slice(0, 99),
    error_msg: echo,
    error_param: [echo],
    details: [{ error_msg: echo }],
  }));
const ENDINGS: Ending[] = [
  ...[403, 302, 400, 404, 409, 429].map(said),
  json(418, (echo) => ({ code: echo, message: echo, encoded_authorization_message: echo })),
  (echo, response) => void response.writeHead(400).end(echo),
  (echo, response) => void response.writeHead(302, { location: `https://evil.example/?${echo.slice(-99)}` }).end(),
  (echo, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(echo),
  (echo, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(echo),
  (echo, response) => void response.writeHead(200, { 'content-length': 99_999 }).write(echo, () => response.destroy()),
  json(401, (echo) => ({ error_msg: `verify aksk signature fail, canonicalRequest:${echo}`, request_id: echo })),
];
let calls = 0;
/** Failures of the connection, which open the circuit too. */
const BREAKDOWNS: Ending[] = [
  said(403),
  (echo, response) => {
    calls += 1;
    if (calls % 2 === 0) response.destroy();
    else said(503)(echo, response);
  },
];
/** Responses with data, which only the caller may get. */
const DATA: Ending[] = [
  said(403),
  (echo, response) => void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(echo),
  json(200, (echo) => ({
    name: echo,
    passphrase: CANARY.privateKey,
    target_password: CANARY.password,
    private_key: CANARY.privateKey,
  })),
];

/** An SMS that ends a call in the way that its request id names, and an IAM that accepts every token. */
async function echoingSms(endings: Ending[]) {
  const seen = new Set<number>();
  const url = await httpServer(async (request, response) => {
    const echo = `${request.method} ${request.url} ${JSON.stringify(request.headers)} ${await bodyOf(request)}`;
    if (request.url?.includes('oken')) return void response.writeHead(201).end(JSON.stringify(IAM));
    const index = Number(/^ending-(\d+)$/.exec(String(request.headers['x-request-id']))?.[1] ?? 0);
    seen.add(index);
    endings[index]?.(echo, response);
  });
  return { url, seen };
}

const NEVER = '2999-01-01T00:00:00.000000Z';
const IAM = {
  token: { expires_at: NEVER },
  credential: { access: CANARY.ak, secret: CANARY.sk, securitytoken: CANARY.securityToken, expires_at: NEVER },
};

const template = { name: 'a-template', targetPassword: CANARY.password };
const OPERATIONS: { query: string; variables?: object }[] = [
  {
    query:
      'mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "a" }] }) { __typename ... on SmsError { message code requestId } } }',
  },
  { query: 'mutation { deleteTask(input: { id: "a" }) { __typename ... on SmsError { message code requestId } } }' },
  {
    query:
      'mutation($template: ServerTemplateInput!) { createServerTemplate(input: { template: $template }) { __typename ... on SmsInvalidInputError { message code errorParam details { errorMsg } } ... on SmsError { message code requestId } } }',
    variables: { template: { ...template, isTemplate: true } },
  },
  { query: '{ overview { waiting } }' },
  { query: '{ migrationTask(id: "a") { name } }' },
  { query: '{ passphrase(taskId: "a") targetPassword(templateId: "a") certificateKey(taskId: "a") { privateKey } }' },
];

/** Requests that never become a call, with secrets in every place. */
const REFUSED: [object | string, Record<string, string>?][] = [
  [{ query: OPERATIONS[2]?.query, variables: { template: { ...template, misspelt: true } } }],
  [{ query: OPERATIONS[2]?.query, variables: { template: CANARY.password } }],
  [{ query: OPERATIONS[2]?.query, variables: { template: { ...template, targetPassword: [CANARY.password] } } }],
  [{ query: OPERATIONS[2]?.query, variables: { template: { ...template, isTemplate: CANARY.password } } }],
  [{ query: OPERATIONS[2]?.query, variables: { template: { ...template, volumeType: { a: CANARY.password } } } }],
  [
    {
      query: `mutation { createServerTemplate(input: { template: { isTemplate: "${CANARY.password}" } }) { __typename } }`,
    },
  ],
  [{ query: `mutation { createServerTemplate(input: "${CANARY.password}") { __typename } }` }],
  [{ query: `{ passphrase(taskId: "a" "${CANARY.password}") }` }],
  [{ query: '{ __typename }', variables: CANARY.password }],
  [{ query: '{ __typename }', extensions: CANARY.password }],
  [`{"query":"{ __typename }","variables":{"password":"${CANARY.password}"`],
  [`password=${CANARY.password}`, { 'content-type': 'application/x-www-form-urlencoded' }],
  [{ query: '{ __typename }', variables: { deep: nested(CANARY.password, 40) } }],
  [{ query: '{ overview { waiting } }' }, { 'x-auth-token': `${CANARY.token} with spaces` }],
  [{ query: '{ overview { waiting } }' }, { 'x-request-timeout': CANARY.password }],
];

/** All responses of a gateway: status, headers and body. */
async function battery(gateway: Pick<Process, 'url'>, endings: Ending[], watches = true): Promise<string[]> {
  const proof = {
    'x-auth-token': CANARY.token,
    authorization: `Bearer ${CANARY.apiKey}`,
    cookie: `session=${CANARY.token}`,
  };
  const responses: string[] = [];
  const note = async (response: Response) => {
    responses.push(inspect([response.status, ...response.headers, await response.text()], { maxStringLength: null }));
  };
  // First, because repeated failures of SMS open the circuit, and then a watch waits.
  const watch = {
    query: 'subscription { migrationTask(id: "a", interval: 1) { __typename ... on SmsError { message } } }',
  };
  if (watches)
    await note(await post(gateway, watch, { ...proof, accept: 'text/event-stream', 'x-request-id': 'ending-3' }));
  for (const index of endings.keys())
    for (const body of OPERATIONS)
      await note(await post(gateway, body, { ...proof, 'x-request-id': `ending-${index}` }));
  for (const [body, headers] of REFUSED) await note(await post(gateway, body, { ...proof, ...headers }));
  const search = new URLSearchParams({ query: '{ __typename }', variables: `{"password":"${CANARY.password}` });
  await note(await fetch(`${gateway.url}/graphql?${search}`, { headers: { ...proof, accept: 'text/event-stream' } }));
  return responses;
}

describe.each([
  ['sign-and-forward', { SMS_CHECK_TOKENS: 'false' }],
  ['sign-and-forward', { SMS_CHECK_TOKENS: 'true' }],
  ['exchange', {}],
  ['service', { GATEWAY_API_KEYS: CANARY.apiKey, GATEWAY_WRITES: 'true' }],
])('in %s mode', (auth, env: Record<string, string>) => {
  test.each([
    ['failures', ENDINGS],
    ['breakdowns', BREAKDOWNS],
    ['data', DATA],
  ])(`with ${JSON.stringify(env)}, %s leak no secret`, { timeout: 60_000 }, async (kind, endings) => {
    const folder = mkdtempSync(join(tmpdir(), 'canary-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { url: sms, seen } = await echoingSms(endings);
    const gateway = await startGatewayProcess(
      {
        SMS_ENDPOINT: sms,
        HUAWEICLOUD_SDK_IAM_ENDPOINT: sms,
        SMS_AUTH: auth,
        SMS_EXPOSE: 'agent,secrets',
        HUAWEICLOUD_SDK_AK: CANARY.ak,
        HUAWEICLOUD_SDK_SK: CANARY.sk,
        HUAWEICLOUD_SDK_SECURITY_TOKEN: CANARY.securityToken,
        LOG_LEVEL: 'trace',
        SMS_RETRIES: '0',
        METRICS_PORT: '0',
        HOME: folder,
        TMPDIR: folder,
        ...env,
      },
      { folder },
    );
    const responses = await battery(gateway, endings);
    const [, metrics = ''] = /^Metrics: +(\S+)$/m.exec(gateway.output.stdout) ?? [];
    const counted = await (await fetch(metrics)).text();
    gateway.signal('SIGINT');
    expect(await gateway.exit).toBe(0);
    expect(seen.size).toBe(endings.length);
    expect(counted).toContain('sms_gateway_requests_total{');
    expect(gateway.output.stderr.split('\n').length).toBeGreaterThan(responses.length);
    if (kind !== 'data')
      expect(responses.map((text) => [text, secretsIn(text)]).filter(([, found]) => found?.length)).toEqual([]);
    expect(secretsIn(gateway.output.stdout + gateway.output.stderr + counted)).toEqual([]);
    expect(readdirSync(folder, { recursive: true })).toEqual([]);
  });
});

test('a response that is not HTTP leaks no secret', async () => {
  const sms = await socketServer((socket) => void socket.on('data', (bytes) => socket.write(bytes)));
  const { gateway, lines } = await loggedGateway(sms);
  const responses = await battery(gateway, [() => {}], false);
  expect(secretsIn(responses.join() + lines.join())).toEqual([]);
});

test('a bug leaks no secret, whatever its message says', async () => {
  const { gateway, lines } = await loggedGateway('http://127.0.0.1:1', {
    tokenCheck: {
      get: () => {
        const cause = Object.assign(new Error(CANARY.sk), { code: CANARY.token, config: { headers: CANARY } });
        throw Object.assign(new Error(`${CANARY.token}\n    at ${CANARY.password} (a.ts:1:1)`, { cause }), {
          request: CANARY,
        });
      },
      refresh: async () => {},
    },
  });
  const text = await (
    await post(gateway, { query: '{ overview { waiting } }' }, { 'x-auth-token': CANARY.token })
  ).text();
  expect(text).toContain('INTERNAL_SERVER_ERROR');
  expect(lines.join()).toContain('A field failed because of a bug');
  expect(secretsIn(text + lines.join())).toEqual([]);
});

test.each([
  ['SMS_ENDPOINT', `https://user:${CANARY.password}@sms.example.com/`],
  ['HUAWEICLOUD_SDK_AK', `${CANARY.ak} with spaces`],
  ['HUAWEICLOUD_SDK_SK', CANARY.sk],
  ['HUAWEICLOUD_SDK_SECURITY_TOKEN', `${CANARY.securityToken} with spaces`],
  ['GATEWAY_API_KEYS', `${CANARY.apiKey},${CANARY.password} with spaces`],
  ['HTTPS_PROXY', `not a proxy ${CANARY.password}`],
])('an invalid setting is not repeated: %s', (name, value) => {
  const env = { HUAWEICLOUD_SDK_AK: 'an-ak', [name]: value, SMS_REGION: 'nowhere' };
  expect(() => readConfig(env)).toThrow(
    expect.toSatisfy((error) => secretsIn(inspect(error, { depth: 9 })).length === 0) as unknown as Error,
  );
});

async function loggedGateway(sms: string, settings: Parameters<typeof servedGatewayTo>[2] = {}) {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  const key = { ak: CANARY.ak, sk: CANARY.sk, securityToken: CANARY.securityToken };
  const gateway = await servedGatewayTo(sms, {}, { key, log, expose: ['agent', 'secrets'], ...settings });
  return { gateway, lines };
}

function nested(value: unknown, depth: number): unknown {
  return depth === 0 ? value : nested([value], depth - 1);
}
