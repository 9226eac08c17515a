import { expect, onTestFinished, test } from 'vitest';
import { NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { Metrics } from '../src/http/telemetry/metrics.ts';
import { serve } from '../src/process/server.ts';
import { post, servedGateway } from './support/gateway.ts';
import { WEB_TASK } from './support/harness.ts';

const EXPORT = `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`;

async function measuredGateway() {
  const metrics = new Metrics();
  const gateway = await servedGateway({}, { metrics });
  const { url, stop } = await serve(metrics.listener, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => stop(0));
  /** The series whose names start with this. */
  const series = async (name: string) =>
    (await (await fetch(`${url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(`sms_gateway_${name}`));
  return { gateway, url, series };
}

test('requests are counted by operation and outcome, calls to SMS by status', async () => {
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
    'sms_gateway_sms_calls_total{status="2xx"} 1',
    'sms_gateway_sms_calls_total{status="4xx"} 1',
  ]);
  expect(await series('sms_call_seconds_count')).toEqual(['sms_gateway_sms_call_seconds_count 2']);
  expect(await series('sms_key_resting')).toEqual(['sms_gateway_sms_key_resting 0']);
});

test('a client cannot create a new series', async () => {
  const { gateway, series } = await measuredGateway();
  const ask = async (query: string) => (await post(gateway, { query })).text();
  await ask('query first { __typename }');
  await expect.poll(() => series('requests_total')).toHaveLength(1);
  for (let i = 0; i < 20; i += 1) await ask(`query name${i} { alias${i}: __typename }`);
  await expect.poll(async () => (await series('request_seconds_count'))[0]).toMatch(/ 21$/);
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
