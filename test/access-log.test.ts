import { describe, expect, test } from 'vitest';
import { NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { bugReport } from '../src/logging/log.ts';
import { loggedGateway, post } from './support/gateway.ts';
import { WEB_TASK } from './support/harness.ts';

const EXPORT = `mutation Export { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`;

const LINE = { level: 30, msg: 'request', milliseconds: expect.any(Number) };
const CALLED = {
  calls: 1,
  smsMilliseconds: expect.any(Number),
  smsRequestIds: [expect.stringMatching(/^[0-9a-f]{32}$/)],
};

describe('the access log', () => {
  test('has one line per request, with its operation, outcome and calls to SMS', async () => {
    const gateway = await loggedGateway();
    await (await post(gateway, { query: EXPORT }, { 'x-request-id': 'the-id' })).text();
    expect(await gateway.requests()).toEqual([
      {
        ...LINE,
        requestId: 'the-id',
        name: 'Export',
        type: 'mutation',
        fields: ['exportConsistencyResults'],
        status: 200,
        outcome: 'OK',
        ...CALLED,
      },
    ]);
  });

  test.each<[string, object, Record<string, string>, object]>([
    [
      'an error as data',
      { query: EXPORT },
      { 'x-auth-token': NO_RIGHTS_TOKEN },
      { outcome: 'SmsForbiddenError', status: 200 },
    ],
    [
      'an SMS error of a query',
      { query: '{ overview { waiting } }' },
      { 'x-auth-token': '' },
      { outcome: 'SmsUnauthenticatedError', calls: 0 },
    ],
    ['a document that does not parse', { query: '{' }, {}, { outcome: 'GRAPHQL_PARSE_FAILED' }],
    ['a document that is not valid', { query: '{ nothing }' }, {}, { outcome: 'GRAPHQL_VALIDATION_FAILED' }],
    [
      'a document that is too large',
      { query: `{ ${'a '.repeat(101)} }` },
      {},
      { outcome: 'TOO_MANY_DUPLICATES', status: 400 },
    ],
    ['a body that is not JSON', '{' as unknown as object, {}, { outcome: 'BAD_JSON', status: 400 }],
    ['a body that is too long', { query: 'x'.repeat(2000) }, {}, { outcome: 'BODY_TOO_LARGE', status: 413 }],
    ['a form', { query: '{ __typename }' }, { 'content-type': 'text/plain' }, { status: 415 }],
  ])('has a line for %s', async (_, body, headers, expected) => {
    const gateway = await loggedGateway({ maxBodyBytes: 1000 });
    await (await post(gateway, body, headers)).text();
    expect(await gateway.requests()).toMatchObject([expected]);
  });

  test('reports that a client left, without reporting a bug', async () => {
    const gateway = await loggedGateway();
    gateway.emulator.fault({ kind: 'hang' });
    const disconnect = new AbortController();
    const query = '{ overview { waiting } }';
    const left = post(gateway, { query }, {}, { signal: disconnect.signal }).catch(() => 'left');
    await expect.poll(() => gateway.emulator.requests.length).toBe(1);
    disconnect.abort();
    expect(await left).toBe('left');
    expect(await gateway.requests()).toMatchObject([{ outcome: 'CLIENT_LEFT', left: true }]);
    expect(gateway.lines.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  test('omits long operation names', async () => {
    const gateway = await loggedGateway();
    await (await post(gateway, { query: `query ${'x'.repeat(65)} { __typename }` })).text();
    expect(await gateway.requests()).toMatchObject([{ name: null, fields: ['__typename'] }]);
  });

  test('has no line for /health and /ready', async () => {
    const gateway = await loggedGateway();
    for (const path of ['/health', '/ready']) await (await fetch(gateway.url + path)).text();
    await (await post(gateway, { query: '{ __typename }' })).text();
    expect(await gateway.requests()).toHaveLength(1);
  });
});

describe('the log of a bug', () => {
  test('says where it was thrown, without its message', () => {
    const bug = new TypeError('the secret', { cause: new Error('the secret of the cause') });
    const { name, at, cause } = bugReport(bug) as { name: string; at: string[]; cause: object };
    expect([name, at[0]]).toEqual(['TypeError', expect.stringMatching(/access-log\.test\.ts:\d+:\d+/)]);
    expect(JSON.stringify([at, cause])).not.toContain('secret');
  });

  test.each([
    ['a message that looks like a stack', Object.assign(new Error('x\n    at secret (a.ts:1:1)'), {})],
    ['a name that is not a class name', Object.assign(new Error('x'), { name: 'the secret' })],
    ['a code that is a sentence', Object.assign(new Error('x'), { code: 'the secret' })],
    ['a thrown string', 'the secret'],
    ['undefined', undefined],
  ])('contains nothing secret of %s', (_, bug) => {
    expect(JSON.stringify(bugReport(bug))).not.toContain('secret');
  });
});
