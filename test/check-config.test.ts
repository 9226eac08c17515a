/** `check-config` against every link of the chain that can break. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN, EXPIRED_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { certificateFactory } from './support/certificates.ts';
import { httpServer } from './support/harness.ts';
import { closedOrigin, startTestEmulator } from './support/sms-client.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const { createExpired } = certificateFactory();
const KEY = { HUAWEICLOUD_SDK_AK: DEMO_ACCESS_KEY.ak, HUAWEICLOUD_SDK_SK: DEMO_ACCESS_KEY.sk };

/** The lines after those about the settings, and the exit code. */
async function checked(env: Record<string, string>): Promise<{ lines: string[]; code: number; output: string }> {
  const child = execFile(process.execPath, [MAIN, 'check-config'], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  return { lines: output.trim().split('\n').slice(2), code, output };
}

test('a chain that works is checked to the end, and no secret is printed', async () => {
  const { url } = await startTestEmulator();
  const env = { SMS_ENDPOINT: url, HUAWEICLOUD_SDK_IAM_ENDPOINT: url, ...KEY, CHECK_CONFIG_TOKEN: DEMO_TOKEN };
  const { lines, code, output } = await checked(env);
  expect(lines).toEqual([
    `SMS    ok       ${url} responds`,
    `IAM    ok       ${url} responds`,
    expect.stringMatching(/^Clock {2}ok {7}SMS's clock is \d s (?:behind|ahead of) this one$/),
    'Key    ok       SMS accepts the signature',
    'Token  ok       SMS accepts the token',
  ]);
  expect(code).toBe(0);
  for (const secret of [DEMO_TOKEN, ...Object.values(KEY)]) expect(output).not.toContain(secret);
});

test('the output in docs/operations.md is that of a wrong secret key', async () => {
  const { url } = await startTestEmulator();
  const env = { SMS_ENDPOINT: url, HUAWEICLOUD_SDK_IAM_ENDPOINT: url, ...KEY, HUAWEICLOUD_SDK_SK: 'not-the-secret' };
  const { output } = await checked(env);
  const docs = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
  const [, documented = ''] = /^```\n(The settings are valid\..*?)```$/ms.exec(docs) ?? [];
  const withoutValues = (text: string) =>
    text.replaceAll(/https?:[^\s]+/g, 'URL').replace(/\d+ s (?:ahead of|behind)/, 'some time from');
  expect(withoutValues(output)).toBe(withoutValues(documented));
});

test('a wrong secret key and an expired token are named, with exit code 1', async () => {
  const { url } = await startTestEmulator();
  const env = { SMS_ENDPOINT: url, HUAWEICLOUD_SDK_IAM_ENDPOINT: url, ...KEY, HUAWEICLOUD_SDK_SK: 'not-the-secret' };
  const { lines, code, output } = await checked({ ...env, CHECK_CONFIG_TOKEN: EXPIRED_TOKEN });
  expect(lines.slice(-2)).toEqual([
    'Key    failed   SMS got the request as the gateway signed it, and rejected its signature. Check the secret key of the gateway. (GATEWAY_KEY_REJECTED)',
    'Token  failed   IAM rejected the token: it is not valid, or no longer valid. Get a new token. (TOKEN_REFUSED)',
  ]);
  expect(code).toBe(1);
  expect(output).not.toContain('not-the-secret');
});

test('an SMS that nothing listens for ends the checks with the cause', async () => {
  const url = await closedOrigin();
  const { lines, code } = await checked({ SMS_ENDPOINT: url, SMS_AUTH: 'forward' });
  expect(lines).toEqual([`SMS    failed   ${url}: SMS could not be reached. (UNREACHABLE, ECONNREFUSED)`]);
  expect(code).toBe(1);
});

test('an expired certificate is named', async () => {
  const server = createServer(createExpired('sms'), (_, response) => response.end('{}')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const { lines } = await checked({ SMS_ENDPOINT: url, SMS_AUTH: 'forward' });
  expect(lines).toEqual([expect.stringContaining('CERT_HAS_EXPIRED')]);
});

test('a clock that is too far from that of SMS is named before the key is blamed', async () => {
  const url = await httpServer((_, response) => {
    response.writeHead(200, { date: new Date(Date.now() + 3_600_000).toUTCString() }).end('{}');
  });
  const { lines, code } = await checked({ SMS_ENDPOINT: url, SMS_AUTH: 'forward' });
  expect(lines[1]).toMatch(
    /^Clock {2}failed {3}SMS's clock is 3(?:600|599) s ahead of this one\. SMS rejects signatures that are 15 minutes off: synchronize the clock$/,
  );
  expect(lines[2]).toBe('Token  skipped  set CHECK_CONFIG_TOKEN to try the token of a caller');
  expect(code).toBe(1);
});

test('a region without SMS is named', async () => {
  const url = await httpServer((_, response) => {
    const error = { error_code: 'APIGW.0101', error_msg: 'The API does not exist or has not been published' };
    response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify(error));
  });
  const { lines } = await checked({ SMS_ENDPOINT: url, SMS_AUTH: 'forward', CHECK_CONFIG_TOKEN: DEMO_TOKEN });
  expect(lines.at(-1)).toBe('Token  failed   SMS is not offered here (APIGW.0101): check SMS_REGION and SMS_ENDPOINT');
});
