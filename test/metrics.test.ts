import { expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN, NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { Metrics } from '../src/http/telemetry/metrics.ts';
import { example } from '../src/process/example.ts';
import { serve } from '../src/process/server.ts';
import { UNKNOWN_ID } from './support/ask.ts';
import { post, servedGateway } from './support/gateway.ts';
import { WEB_TASK } from './support/harness.ts';
import { watchQuery } from './support/sse.ts';

const BAD_SIGNATURE = { error_code: 'APIGW.0301', error_msg: 'verify aksk signature fail' };
const EXPORT = `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`;

async function measuredGateway() {
  const metrics = new Metrics();
  const gateway = await servedGateway({}, { metrics, graphiql: { ...example, headers: {} } });
  const { url, stop } = await serve(metrics.listener, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => stop(0));
  /** The series whose names start with this. */
  const series = async (name: string) =>
    (await (await fetch(`${url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(`sms_gateway_${name}`));
  return { gateway, url, series };
}

test('requests are counted by operation and outcome, calls to SMS by operation and status', async () => {
  const { gateway, series } = await measuredGateway();
  await (await post(gateway, { query: EXPORT })).text();
  await (await post(gateway, { query: EXPORT }, { 'x-auth-token': NO_RIGHTS_TOKEN })).text();
  await (await post(gateway, { query: '{ nothing }' })).text();
  await expect
    .poll(() => series('requests_total'))
    .toEqual([
      'sms_gateway_requests_total{type="mutation",field="exportConsistencyResults",outcome="OK"} 1',
      'sms_gateway_requests_total{type="mutation",field="exportConsistencyResults",outcome="SmsForbiddenError"} 1',
      'sms_gateway_requests_total{type="none",field="none",outcome="GRAPHQL_VALIDATION_FAILED"} 1',
    ]);
  expect(await series('sms_calls_total')).toEqual([
    'sms_gateway_sms_calls_total{operation="POST /v3/tasks/consistency-results/export",status="200"} 1',
    'sms_gateway_sms_calls_total{operation="POST /v3/tasks/consistency-results/export",status="403"} 1',
  ]);
  expect(await series('sms_call_duration_seconds_count')).toEqual([
    'sms_gateway_sms_call_duration_seconds_count{operation="POST /v3/tasks/consistency-results/export"} 2',
  ]);
  expect(await series('sms_call_errors_total')).toEqual(['sms_gateway_sms_call_errors_total{error="SMS.9004"} 1']);
  expect(await series('sms_key_suspended')).toEqual(['sms_gateway_sms_key_suspended 0']);
});

test('durations separate operations, streams, preflights and GraphiQL, and say whose fault a failure is', async () => {
  const { gateway, series } = await measuredGateway();
  const ask = async (query: string, headers?: Record<string, string>) =>
    (await post(gateway, { query }, headers)).text();
  await ask('{ overview { waiting } }');
  await ask('{ overview { waiting } }', { 'x-auth-token': NO_RIGHTS_TOKEN });
  await ask('{ nothing }');
  gateway.emulator.fault({ kind: 'reset' });
  await ask(EXPORT);
  gateway.emulator.fault({ kind: 'status', status: 401, body: BAD_SIGNATURE });
  await ask(EXPORT);
  await ask(watchQuery(UNKNOWN_ID), { accept: 'text/event-stream' });
  await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin: 'https://app.example' } });
  await (await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })).text();
  await expect
    .poll(async () =>
      (await series('request_duration_seconds_count'))
        .map((line) => line.replace(/.*count/, ''))
        .filter((line) => !line.endsWith(' 0')),
    )
    .toEqual([
      '{kind="query",fault="none"} 1',
      '{kind="query",fault="caller"} 1',
      '{kind="mutation",fault="gateway"} 1',
      '{kind="mutation",fault="upstream"} 1',
      '{kind="rejected",fault="caller"} 1',
      '{kind="subscription",fault="none"} 1',
      '{kind="preflight",fault="none"} 1',
      '{kind="graphiql",fault="none"} 1',
    ]);
});

test('a client cannot create a new series', async () => {
  const { gateway, series } = await measuredGateway();
  const ask = async (query: string) => (await post(gateway, { query })).text();
  await ask('query first { __typename }');
  await expect.poll(() => series('requests_total')).toHaveLength(1);
  for (let i = 0; i < 20; i += 1) await ask(`query name${i} { alias${i}: __typename }`);
  await expect.poll(async () => (await series('request_duration_seconds_count'))[0]).toMatch(/ 21$/);
  expect(await series('requests_total')).toEqual([
    'sms_gateway_requests_total{type="query",field="__typename",outcome="OK"} 21',
  ]);
});

test('the port of the metrics serves nothing else', async () => {
  const { url } = await measuredGateway();
  const responses = [
    await fetch(url),
    await fetch(`${url}/graphql`),
    await fetch(`${url}/metrics`, { method: 'POST' }),
  ];
  expect(responses.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test('a secret that SMS echoes as its error code is not a label', async () => {
  const { gateway, series } = await measuredGateway();
  const echo = { error_code: DEMO_TOKEN, error_msg: DEMO_TOKEN };
  gateway.emulator.fault({ kind: 'status', status: 403, body: echo });
  await (await post(gateway, { query: EXPORT })).text();
  expect(await series('sms_call_errors_total')).toEqual(['sms_gateway_sms_call_errors_total{error="OTHER"} 1']);
});
