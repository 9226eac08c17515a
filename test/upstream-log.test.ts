import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { UpstreamLog } from '../src/logging/upstream-log.ts';
import { signed } from '../src/sms/auth/credentials.ts';
import { iamAt } from '../src/sms/auth/iam-client.ts';
import type { UpstreamOptions } from '../src/sms/call/upstream.ts';
import type { Caller } from '../src/sms/client.ts';
import type { SmsLimits } from '../src/sms/http/limits.ts';
import { operationOf } from '../src/sms/http/operation.ts';
import { certificateFactory } from './support/certificates.ts';
import { testClock } from './support/clock.ts';
import { post } from './support/gateway.ts';
import { httpServer } from './support/harness.ts';
import { startGatewayProcess } from './support/process.ts';
import {
  clientWithEmulator,
  closedOrigin,
  FORWARDED,
  LIMITS,
  outcomeOf,
  read,
  readsOfFiveCallers,
  SIGNED,
  upstreamTo,
} from './support/sms-client.ts';

type Line = Record<string, unknown>;

/** An observer, and the lines that it writes. */
function observed(now?: () => number) {
  const lines: Line[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(JSON.parse(line)) });
  return { lines, observers: [new UpstreamLog(log, now && { now })] };
}

/** The lines about one read that fails. */
async function linesAbout(origin: string, limits: Partial<SmsLimits> = {}, caller: Caller = FORWARDED) {
  const { lines, observers } = observed();
  await outcomeOf(read(upstreamTo(origin, { observers }, limits), caller));
  return lines;
}

const { createExpired } = certificateFactory();

async function expiredTlsServer() {
  const { cert, key } = createExpired('sms');
  const server = createServer({ cert, key }, (_, response) => response.end('{}')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

const LINE = { level: 40, operation: 'GET /v3/tasks', requestId: 'a-request', milliseconds: expect.any(Number) };
const FAILED = { ...LINE, msg: 'A call to SMS failed' };

describe('the log says why a call to SMS failed', () => {
  test('when nothing listens at its address', async () => {
    const origin = await closedOrigin();
    expect(await linesAbout(origin)).toEqual([
      {
        ...FAILED,
        endpoint: origin,
        code: 'UNREACHABLE',
        reason: 'UNREACHABLE',
        cause: 'ECONNREFUSED',
        why: 'SMS could not be reached.',
      },
    ]);
  });

  test('in a line like the one that docs/operations.md shows', async () => {
    const docs = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
    const [, documented = ''] = /^(\{"level":40.*\})$/m.exec(docs) ?? [];
    const [line] = await linesAbout(await closedOrigin());
    const { endpoint, requestId, milliseconds } = JSON.parse(documented);
    expect({ ...line, endpoint, requestId, milliseconds }).toEqual(JSON.parse(documented));
  });

  test('when its certificate has expired', async () => {
    const origin = await expiredTlsServer();
    expect(await linesAbout(origin)).toEqual([
      {
        ...FAILED,
        endpoint: origin,
        code: 'TLS_FAILED',
        reason: 'UNREACHABLE',
        cause: 'CERT_HAS_EXPIRED',
        why: 'SMS could not be reached: the TLS handshake failed (CERT_HAS_EXPIRED). Check certificates and SMS_CA_FILE.',
      },
    ]);
  });

  test.each<[string, Partial<SmsLimits>, object]>([
    [
      'the whole call',
      { totalTimeout: 20 },
      { phase: 'whole call', why: 'SMS did not complete its response within 20 ms.' },
    ],
    [
      'the headers',
      { headersTimeout: 1 },
      { phase: 'headers', cause: 'UND_ERR_HEADERS_TIMEOUT', why: 'SMS did not start to respond within 1 ms.' },
    ],
  ])('when it does not respond, with the limit that has passed: %s', async (_, limits, expected) => {
    const origin = await httpServer(() => {});
    expect(await linesAbout(origin, limits)).toEqual([
      { ...FAILED, endpoint: origin, code: 'TIMEOUT', reason: 'TIMEOUT', ...expected },
    ]);
  });

  test('when the deadline passes in the queue for a connection', async () => {
    const origin = await httpServer(() => {});
    const { lines, observers } = observed();
    const upstream = upstreamTo(origin, { observers }, { connections: 1 });
    const endless = read(upstream, FORWARDED).catch(() => {});
    await outcomeOf(read(upstream, { ...FORWARDED, timeLeft: () => 20 }));
    onTestFinished(async () => void (await endless));
    expect(lines).toContainEqual({
      ...FAILED,
      endpoint: origin,
      code: 'TIMEOUT',
      reason: 'TIMEOUT',
      phase: 'queue',
      why: 'The deadline passed before the call could be sent to SMS.',
    });
  });

  test('when its key is wrong, and that the key is suspended', async () => {
    const { lines, observers } = observed();
    const { emulator, upstream } = await clientWithEmulator({ observers });
    const wrong = { ...SIGNED, credentials: signed({ ...DEMO_ACCESS_KEY, sk: 'not-the-secret' }, DEMO_TOKEN) };
    await outcomeOf(read(upstream, wrong));
    expect(lines).toEqual([
      {
        level: 40,
        msg: 'SMS rejected signatures of the gateway: its key is suspended, so that SMS does not lock it',
        key: 'suspended',
      },
      {
        ...FAILED,
        endpoint: emulator.url,
        code: 'GATEWAY_KEY_REJECTED',
        reason: 'UPSTREAM_ERROR',
        status: 401,
        smsRequestId: expect.stringMatching(/^[0-9a-f]{32}$/),
        why: 'SMS got the request as the gateway signed it, and rejected its signature. Check the secret key of the gateway.',
      },
    ]);
  });

  test('when it responds with an error, without a word of the response', async () => {
    const origin = await httpServer((_, response) => {
      response
        .writeHead(500, { 'x-request-id': 'its-id' })
        .end('{"error_code": "SMS.9999", "error_msg": "the secret"}');
    });
    expect(await linesAbout(origin)).toEqual([
      {
        ...FAILED,
        endpoint: origin,
        code: 'SMS.9999',
        reason: 'UPSTREAM_ERROR',
        status: 500,
        smsRequestId: 'its-id',
      },
    ]);
  });

  test('but not when it rejects what a caller asks for', async () => {
    const { lines, observers } = observed();
    const { client } = await clientWithEmulator({ observers });
    expect(await outcomeOf(client.get('/v3/tasks/00000000-0000-4000-8000-000000000000'))).not.toBe('ok');
    expect(lines).toEqual([]);
  });
});

test('failures of the same kind are one line in ten seconds, and the next line counts the omitted ones', async () => {
  const clock = testClock();
  const { lines, observers } = observed(clock.monotonic);
  const call = readsOfFiveCallers(upstreamTo(await closedOrigin(), { observers }));
  for (let count = 0; count < 5; count += 1) await outcomeOf(call());
  clock.advance(9_999);
  await outcomeOf(call());
  expect(lines).toHaveLength(1);
  clock.advance(1);
  await outcomeOf(call());
  expect(lines.map(({ cause, omitted }) => ({ cause, omitted }))).toEqual([
    { cause: 'ECONNREFUSED', omitted: undefined },
    { cause: 'ECONNREFUSED', omitted: 5 },
  ]);
});

test('a line says when the circuit of an endpoint opens, and one when it closes', async () => {
  const clock = testClock();
  const { lines, observers } = observed();
  const { emulator, upstream } = await clientWithEmulator({ clock, observers } satisfies UpstreamOptions, FORWARDED);
  emulator.fault({ kind: 'reset', times: 10 });
  const call = readsOfFiveCallers(upstream);
  for (let count = 0; count < 12; count += 1) await outcomeOf(call());
  clock.advance(10_000);
  for (let count = 0; count < 3; count += 1) expect(await outcomeOf(call())).toBe('ok');
  expect(lines.filter(({ circuit }) => circuit)).toEqual([
    {
      level: 40,
      endpoint: emulator.url,
      circuit: 'open',
      msg: 'SMS is failing repeatedly: its circuit is open, and calls are rejected until a trial call succeeds',
    },
    { level: 40, endpoint: emulator.url, circuit: 'closed', msg: 'SMS works again: its circuit is closed' },
  ]);
});

test('a line says when SMS accepts a suspended key again', async () => {
  const clock = testClock();
  const { lines, observers } = observed();
  const { upstream } = await clientWithEmulator({ clock, observers });
  const wrong = { ...SIGNED, credentials: signed({ ...DEMO_ACCESS_KEY, sk: 'not-the-secret' }, DEMO_TOKEN) };
  await outcomeOf(read(upstream, wrong));
  clock.advance(5 * 60_000);
  for (let count = 0; count < 3; count += 1) expect(await outcomeOf(read(upstream))).toBe('ok');
  expect(lines.flatMap(({ key }) => key ?? [])).toEqual(['suspended', 'in use']);
});

test('a call to IAM that fails is logged like one to SMS', async () => {
  const origin = await closedOrigin();
  const { lines, observers } = observed();
  const iam = iamAt(origin, LIMITS, {}, { observers });
  onTestFinished(() => iam.close());
  await outcomeOf(iam.verify('a-token'));
  expect(lines).toEqual([
    {
      ...LINE,
      msg: 'A call to IAM failed',
      endpoint: origin,
      code: 'IAM_UNREACHABLE',
      reason: 'UNREACHABLE',
      cause: 'ECONNREFUSED',
      operation: 'GET /v3/auth/tokens',
      requestId: null,
      why: 'IAM could not be reached.',
    },
  ]);
});

test('a running gateway logs why SMS fails, and when its stop begins and ends', async () => {
  const env = { SMS_ENDPOINT: await closedOrigin(), SMS_AUTH: 'forward' };
  const gateway = await startGatewayProcess(env);
  await (await post(gateway, { query: '{ overview { waiting } }' })).text();
  gateway.signal('SIGINT');
  expect(await gateway.exit).toBe(0);
  const lines = gateway.output.stderr
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
  expect(lines.map(({ level, msg, cause, how }) => ({ level, msg, cause, how }))).toEqual([
    { level: 40, msg: 'A call to SMS failed', cause: 'ECONNREFUSED' },
    { level: 30, msg: 'request' },
    { level: 30, msg: 'The gateway is stopping', how: 'fast' },
    { level: 30, msg: 'The gateway has stopped', how: 'fast' },
  ]);
});

test('each path of the API has its own name of an operation, whatever its ids are', () => {
  const api = JSON.parse(readFileSync(new URL('../src/emulator/http/openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, object>;
  };
  for (const path of Object.keys(api.paths)) {
    const called = path.replace(/\{\w+\}/g, '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103');
    expect(operationOf({ method: 'GET', path: called })).toBe(`GET ${path.replace(/\{\w+\}/g, '{id}')}`);
  }
});
