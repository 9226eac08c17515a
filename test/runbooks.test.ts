/** The commands of docs/operations.md, pasted into a shell beside a gateway in trouble. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';
import { post } from './support/gateway.ts';
import { startGatewayProcess } from './support/process.ts';
import { startTestEmulator } from './support/sms-client.ts';

const docs = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
const [, runbooks = ''] = docs.split('\n## Runbooks\n');
const commands = [...runbooks.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command = '']) => command.trim());

/** A gateway that IAM has failed, SMS has throttled, and whose key SMS has then rejected. */
async function gatewayInTrouble() {
  const emulator = await startTestEmulator();
  const gateway = await startGatewayProcess({
    SMS_ENDPOINT: emulator.url,
    HUAWEICLOUD_SDK_IAM_ENDPOINT: emulator.url,
    HUAWEICLOUD_SDK_AK: DEMO_ACCESS_KEY.ak,
    HUAWEICLOUD_SDK_SK: 'not-the-secret',
    SMS_RETRIES: '0',
    METRICS_PORT: '0',
  });
  const ask = async () => (await post(gateway, { query: '{ overview { waiting } }' })).text();
  emulator.fault({ kind: 'status', status: 503, path: '/v3/auth/tokens', body: {} });
  await ask();
  emulator.fault({ kind: 'throttle', path: '/v3/sources', retryAfter: 0 });
  await ask();
  await ask();
  const [, metrics = ''] = /^Metrics: +(\S+)\/metrics$/m.exec(gateway.output.stdout) ?? [];
  return { PATH: process.env['PATH'], GATEWAY: gateway.url, METRICS: metrics, SMS_ENDPOINT: emulator.url };
}

test('every command of the runbooks shows what its runbook says', async () => {
  const env = await gatewayInTrouble();
  const outputs: string[] = [];
  for (const command of commands) {
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
    outputs.push(stdout);
  }
  const [credentials = '', clocks = '', ready = '', throttled = '', iam = '', load = ''] = outputs;
  expect(outputs).toHaveLength(6);
  expect(credentials).toContain('sms_gateway_sms_call_errors_total{error="GATEWAY_KEY_REJECTED"} 1');
  expect(credentials).toContain('sms_gateway_iam_call_errors_total{error="IAM_FAILED"} 1');
  expect(clocks).toMatch(/UTC.*\ndate: .* GMT/i);
  const [, example = ''] = /^```json\n(\{ "ready".*\})\n```$/m.exec(docs) ?? [];
  const documented = JSON.parse(example);
  expect(JSON.parse(ready)).toEqual({
    ...documented,
    message: expect.stringContaining(documented.message.replace(/ …$/, '')),
  });
  expect(throttled).toContain('operation="GET /v3/sources/overview",status="429"} 1');
  expect(iam).toMatch(/^sms_gateway_iam_calls_total.*status="503"\} 1$/m);
  expect(iam).toMatch(/^sms_gateway_iam_circuits_open 0$/m);
  expect(load.trim().split('\n')).toHaveLength(8);
});
