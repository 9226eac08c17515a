/** The API of the package: a gateway and an emulator in another program. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createEmulator, createGateway, SettingsError } from '../src/index.ts';

const SILENT = { LOG_LEVEL: 'silent', PORT: 0 };

async function emulatorForTest() {
  const emulator = await createEmulator();
  onTestFinished(emulator.close);
  return emulator;
}

async function totalOfServers(url: string, token: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': token },
    body: JSON.stringify({ query: '{ sourceServers { totalCount } }' }),
  });
  return response.json();
}

test('an embedded gateway listens, signs with a key, and exports metrics', async () => {
  const { url: sms, accessKey, tokens, requests } = await emulatorForTest();
  await using gateway = await createGateway({
    ...SILENT,
    SMS_ENDPOINT: sms,
    HUAWEICLOUD_SDK_AK: accessKey.ak,
    HUAWEICLOUD_SDK_SK: accessKey.sk,
    METRICS_PORT: 0,
  });
  const { url, metricsUrl } = await gateway.listen();
  expect(await totalOfServers(url, tokens.readOnly)).toEqual({ data: { sourceServers: { totalCount: 12 } } });
  expect(requests.at(-1)?.headers['authorization']).toContain(`Access=${accessKey.ak}`);
  expect(await (await fetch(`${metricsUrl}/metrics`)).text()).toContain('sms_gateway_requests_total');
});

test('an embedded gateway serves the requests of an HTTP server of another program', async () => {
  const { url: sms, tokens } = await emulatorForTest();
  await using gateway = await createGateway({ ...SILENT, SMS_ENDPOINT: sms });
  const server = createServer(gateway.listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await totalOfServers(`http://127.0.0.1:${port}`, tokens.allRights)).toEqual({
    data: { sourceServers: { totalCount: 12 } },
  });
});

test('an embedded gateway that was closed accepts no connections, and can be closed again', async () => {
  const gateway = await createGateway({ ...SILENT, SMS_ENDPOINT: 'http://127.0.0.1:1' });
  const { url } = await gateway.listen();
  expect((await gateway.listen()).url).toBe(url);
  await gateway.close();
  await gateway.close();
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
});

test('an embedded gateway whose port is in use rejects with the name of the setting, and can be closed', async () => {
  const { url } = await emulatorForTest();
  const gateway = await createGateway({ ...SILENT, SMS_ENDPOINT: url, PORT: new URL(url).port });
  await expect(gateway.listen()).rejects.toThrow('set PORT to another port.');
  await gateway.close();
});

test.each([
  [{}, 'SMS_REGION is not set, nor is SMS_ENDPOINT.'],
  [{ SMS_ENDPOINT: 'http://127.0.0.1:1', WORKERS: 2 }, 'WORKERS is more than 1'],
  [{ SMS_ENDPOINT: 'http://127.0.0.1:1', MAX_DEPTH: 0 }, 'MAX_DEPTH is "0". Allowed: a whole number from 1 to 100.'],
])('an embedded gateway rejects the settings %o', async (settings, message) => {
  const rejected = createGateway(settings);
  await expect(rejected).rejects.toThrow(SettingsError);
  await expect(rejected).rejects.toThrow(message);
});

test('an embedded gateway ignores a setting that is undefined', async () => {
  await using gateway = await createGateway({ ...SILENT, SMS_ENDPOINT: 'http://127.0.0.1:1', MAX_DEPTH: undefined });
  expect(gateway.listener).toBeTypeOf('function');
});
