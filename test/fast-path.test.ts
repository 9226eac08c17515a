/** The fast path and Yoga give the same responses: every request is sent to a gateway with it and to one without. */
import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { pino } from 'pino';
import type { MetricValueWithName } from 'prom-client';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEmulator } from '../src/emulator/server.ts';
import { DEMO_TOKEN, EXPIRED_TOKEN, NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { FastPath } from '../src/http/fast-path.ts';
import { Metrics } from '../src/http/telemetry/metrics.ts';
import { NOW, UNKNOWN_ID } from './support/ask.ts';
import { servedGatewayTo } from './support/gateway.ts';
import { EXPORT, httpServer, WEB_SERVER, WEB_TASK } from './support/harness.ts';

const ORIGIN = 'https://app.example';

interface Sent {
  body: string;
  headers?: Record<string, string>;
  /** The client disconnects when this resolves. */
  leaves?: () => Promise<unknown>;
}

const JSON_BODY = { 'content-type': 'application/json' };
const TOKEN = { 'x-auth-token': DEMO_TOKEN };

/** The same request as `fetch` and other clients send it. */
function sent(body: object | string, headers: Record<string, string> = {}): Sent {
  return {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...JSON_BODY, ...TOKEN, ...headers },
  };
}

/** Two gateways in front of one emulator whose clock stands still, the first without the fast path. */
async function twoGateways(origin?: string) {
  const emulator = await startEmulator({ now: () => NOW, servers: 3 });
  onTestFinished(() => emulator.close());
  const gateways = await Promise.all(
    [false, true].map(async (fastPath) => {
      const lines: Record<string, unknown>[] = [];
      const log = pino(
        { level: 'info', base: null, timestamp: false },
        { write: (line) => lines.push(JSON.parse(line)) },
      );
      const metrics = new Metrics();
      const settings = { auth: 'forward', key: null, corsOrigins: [ORIGIN], fastPath, log, metrics } as const;
      const { url } = await servedGatewayTo(origin ?? emulator.url, {}, settings);
      return { url, lines, metrics };
    }),
  );
  return async ({ body, headers = {}, leaves }: Sent) => {
    const observed = [];
    for (const { url, lines, metrics } of gateways) {
      lines.length = 0;
      const disconnect = new AbortController();
      leaves?.().then(() => disconnect.abort());
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        body,
        headers: { 'x-request-id': 'the-id', ...headers },
        signal: disconnect.signal,
      }).catch(() => Response.error());
      const text = await response.text();
      await expect.poll(() => lines.length).toBeGreaterThan(0);
      observed.push({
        status: response.status,
        headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'date')),
        text: comparable(text),
        log: lines.map(({ milliseconds: _, smsMilliseconds: __, smsRequestIds: ___, outcome, ...line }) => ({
          ...line,
          outcome: String(outcome).split(' ').toSorted(),
        })),
        metrics: await countsIn(metrics),
      });
    }
    return observed;
  };
}

/** How often requests, calls and errors were counted, with their labels. Durations and gauges differ. */
async function countsIn(metrics: Metrics): Promise<string[]> {
  const series = (await metrics.snapshot()).filter(({ name }) => name.startsWith('sms_gateway_'));
  return series
    .flatMap(({ name, values }) =>
      (values as MetricValueWithName<string>[]).map((value) => ({ metricName: name, ...value })),
    )
    .filter(({ metricName }) => /_(?:total|count)$/.test(metricName))
    .map(({ metricName, labels, value }) => `${metricName} ${JSON.stringify(labels)} ${value}`)
    .toSorted();
}

/** SMS gives each response an id of its own. Errors of fields that run at the same time have no order. */
function comparable(text: string): string {
  const same = text
    .replaceAll(/\b[\da-f]{32}\b/g, 'an-id')
    .replaceAll(/(?<="encodedAuthorizationMessage":")[^"]+/g, 'encrypted');
  return same.replace(/^\{"errors":(\[.+\])(?=,"data":)/, (_, errors: string) => {
    const sorted = (JSON.parse(errors) as unknown[]).map((error) => JSON.stringify(error)).toSorted();
    return `{"errors":[${sorted}]`;
  });
}

/** A document runs compiled from the third request on, and the fast path knows an `Accept` header from the second on. */
const REQUESTS_BEFORE = 3;

async function expectSame(send: Awaited<ReturnType<typeof twoGateways>>, request: Sent): Promise<void> {
  for (let count = 0; count <= REQUESTS_BEFORE; count += 1) {
    const [usual, fast] = await send(request);
    expect(fast).toEqual(usual);
  }
}

const TASKS =
  'query Tasks($first: Int! = 2) { migrationTasks(first: $first) { totalCount nodes { id name state sourceServer { name } } } }';
const exportOf = (...ids: string[]) => ({
  query: EXPORT,
  variables: { input: { taskInfo: ids.map((taskId) => ({ taskId })) } },
});

const REQUESTS: Record<string, Sent> = {
  'an export': sent(exportOf(WEB_TASK)),
  'an export of an unknown task': sent(exportOf(UNKNOWN_ID)),
  'an export that is partial': sent(exportOf(WEB_TASK, UNKNOWN_ID)),
  'invalid input': sent({ query: EXPORT, variables: { input: { taskInfo: [] } } }),
  'a list': sent({ query: TASKS, variables: { first: 3 } }),
  'a default of a variable': sent({ query: TASKS }),
  'null as variables': sent({ query: TASKS, variables: null, operationName: null, extensions: null }),
  'one of two operations': sent({ query: `${TASKS} query Other { __typename }`, operationName: 'Tasks' }),
  'no name for one of two operations': sent({ query: `${TASKS} query Other { __typename }` }),
  'an unknown operation': sent({ query: TASKS, operationName: 'Nothing' }),
  'an unknown server': sent({ query: `{ sourceServer(id: "${UNKNOWN_ID}") { id name } }` }),
  'an id that is too long': sent({ query: `{ sourceServer(id: "${'x'.repeat(40)}") { id } }` }),
  joins: sent({
    query: `{ sourceServer(id: "${WEB_SERVER}") { name currentTask { name latestConsistencyCheck { verdict directories { dirCheck } } } } }`,
  }),
  'a condition': sent({ query: '{ migrationTasks(first: 1) { nodes { id name @skip(if: true) } } }' }),
  introspection: sent({ query: '{ __schema { queryType { name } } }' }),
  'a public field without a token': { body: '{"query":"{ __typename }"}', headers: JSON_BODY },
  'no token': { body: JSON.stringify({ query: TASKS }), headers: JSON_BODY },
  'no token for a mutation': { body: JSON.stringify(exportOf(WEB_TASK)), headers: JSON_BODY },
  'an expired token': sent({ query: TASKS }, { 'x-auth-token': EXPIRED_TOKEN }),
  'a token without rights': sent(exportOf(WEB_TASK), { 'x-auth-token': NO_RIGHTS_TOKEN }),
  'a malformed token': sent({ query: TASKS }, { 'x-auth-token': 'with a space' }),
  'a value of another type': sent({ query: TASKS, variables: { first: 'two' } }),
  'a missing variable': sent({ query: 'query ($id: ID!) { sourceServer(id: $id) { id } }' }),
  'a number that JSON rounds': sent(
    '{"query":"query ($id: ID!) { sourceServer(id: $id) { id } }","variables":{"id":12345678901234567890}}',
  ),
  'a number as an id': sent({ query: 'query ($id: ID!) { sourceServer(id: $id) { id } }', variables: { id: 7 } }),
  'an unpaired surrogate': sent(
    '{"query":"query ($id: ID!) { sourceServer(id: $id) { id } }","variables":{"id":"\\ud800"}}',
  ),
  'an invalid document': sent({ query: '{ nothing }' }),
  'a document that does not parse': sent({ query: '{' }),
  'no document': sent({}),
  'a body that is not JSON': sent('{'),
  'a batch': sent([{ query: TASKS }]),
  'an unknown parameter': sent({ query: TASKS, id: 7 }),
  'a query that is no text': sent({ query: 7 }),
  'variables that are a list': sent({ query: TASKS, variables: [] }),
  'a hash alone': sent({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
  'a hash and a document': sent({ query: TASKS, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
  'other extensions': sent({ query: TASKS, extensions: { client: 'x' } }),
  'too many calls': sent({ query: TASKS }, { 'x-max-calls': '0' }),
  'fewer calls than the operation needs': sent(
    { query: '{ migrationTasks(first: 3) { nodes { speedLimits { start } } } }' },
    { 'x-max-calls': '1' },
  ),
  'a wrong time limit': sent({ query: TASKS }, { 'x-request-timeout': 'soon' }),
  'a subscription': sent({ query: `subscription { migrationTaskProgress(taskId: "${WEB_TASK}") { task { id } } }` }),
  'another media type': sent({ query: TASKS }, { 'content-type': 'text/plain' }),
  'a media type with a charset': sent({ query: TASKS }, { 'content-type': 'application/json; charset=utf-8' }),
};

const ACCEPT = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json;q=0, application/graphql-response+json',
  'text/html',
  'text/event-stream',
  'multipart/mixed',
  'application/json; charset=latin1',
];
const ORIGINS = [ORIGIN, 'https://other.example', 'null'];

describe('with the fast path, a response has the same status, headers, body, log line and metrics as without', () => {
  test.each(Object.entries(REQUESTS))('for %s', async (_, request) => {
    await expectSame(await twoGateways(), request);
  });

  test.each(ACCEPT)('for Accept: %s', async (accept) => {
    const send = await twoGateways();
    for (const body of [{ query: TASKS }, exportOf(UNKNOWN_ID), { query: TASKS, variables: { first: 500 } }])
      await expectSame(send, sent(body, { accept }));
  });

  test('for an operation that is compiled before a caller lowers the limit of its calls', async () => {
    const send = await twoGateways();
    const body = { query: '{ migrationTasks(first: 3) { nodes { speedLimits { start } } } }' };
    await expectSame(send, sent(body));
    await expectSame(send, sent(body, { 'x-max-calls': '1' }));
  });

  test.each(ORIGINS)('for Origin: %s', async (origin) => {
    await expectSame(await twoGateways(), sent({ query: TASKS }, { origin }));
  });

  test.each([
    ['503', 503, '{"error_code":"SMS.0503","error_msg":"Busy."}'],
    ['404 of the API gateway', 404, '{"error_code":"APIGW.0101","error_msg":"The API does not exist."}'],
    ['a web page', 200, '<!doctype html><html></html>'],
    ['JSON of another shape', 200, '{"tasks":[{"id":7,"name":{}}],"count":"many"}'],
    ['nothing', 200, ''],
  ])('when SMS responds with %s', async (_, status, text) => {
    const origin = await httpServer((request, response) => {
      request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(text));
    });
    const send = await twoGateways(origin);
    await expectSame(send, sent({ query: TASKS }));
    await expectSame(send, sent(exportOf(WEB_TASK)));
  });

  test('for generated requests, one after the other', async () => {
    const send = await twoGateways();
    const id = fc.constantFrom(WEB_SERVER, UNKNOWN_ID, '', 'a/b', '7');
    const query = fc.constantFrom(
      TASKS,
      'query ($id: ID!) { sourceServer(id: $id) { id name state osType currentTask { state } } }',
      'query ($id: ID!, $first: Int) { sourceServer(id: $id) { name } migrationTasks(first: $first) { nodes { name } } }',
    );
    const variables = fc.record(
      { id, first: fc.oneof(fc.integer({ min: -1, max: 300 }), fc.constantFrom(null, 1.5, '1')) },
      { requiredKeys: [] },
    );
    const request = fc.record({
      query,
      variables,
      extra: fc.constantFrom({}, {}, {}, { operationName: '' }, { x: 1 }),
    });
    const same = fc.asyncProperty(request, async ({ extra, ...body }) => {
      const [usual, fast] = await send(sent({ ...body, ...extra }));
      expect(fast).toEqual(usual);
    });
    await fc.assert(same, { numRuns: 200 });
  });
});

test('a client that leaves during a call is recorded alike, and its call ends', async () => {
  const hanging = new EventEmitter();
  let isHanging = false;
  const origin = await httpServer((request, response) => {
    if (isHanging) hanging.emit('call', response);
    else request.resume().on('end', () => response.writeHead(200, JSON_BODY).end('{"tasks":[],"count":0}'));
  });
  const send = await twoGateways(origin);
  await expectSame(send, sent({ query: TASKS }));
  isHanging = true;
  const ended: Promise<unknown>[] = [];
  const leaves = async () => {
    const [call] = (await once(hanging, 'call')) as [ServerResponse];
    ended.push(once(call, 'close'));
  };
  const [usual, fast] = await send({ ...sent({ query: TASKS }), leaves });
  expect(fast).toEqual(usual);
  expect(fast?.log).toMatchObject([{ outcome: ['CLIENT_LEFT'], left: true }]);
  expect(ended).toHaveLength(2);
  await Promise.all(ended);
});

test('the third request with a document takes the fast path, and none that Yoga has to judge does', async () => {
  const prepare = vi.spyOn(FastPath.prototype, 'prepare');
  onTestFinished(() => prepare.mockRestore());
  const send = await twoGateways();
  const isFast = async (request: Sent) => {
    await expectSame(send, request);
    return prepare.mock.results.at(-1)?.value !== null;
  };
  const taken = ['an export', 'a list', 'null as variables', 'one of two operations', 'no token', 'an expired token'];
  const left = [
    'a condition',
    'introspection',
    'a value of another type',
    'a number as an id',
    'an unpaired surrogate',
  ];
  for (const name of taken) expect([name, await isFast(REQUESTS[name] as Sent)]).toEqual([name, true]);
  for (const name of left) expect([name, await isFast(REQUESTS[name] as Sent)]).toEqual([name, false]);
});
