/** The vendor's own Node client against the emulator: it signs by code that is not ours. */
import { GlobalCredentials } from '@huaweicloud/huaweicloud-sdk-core';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js';
import { type Logger, LogLevel } from '@huaweicloud/huaweicloud-sdk-core/logger/index.js';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY } from '../src/emulator/demo.ts';
import { startEmulator } from '../src/emulator/server.ts';
import { WEB_TASK } from './harness.ts';

test('gets the file with the demo key', async () => {
  expect(await exportWith(DEMO_ACCESS_KEY.sk)).toEqual({
    httpStatusCode: 200,
    body: expect.stringMatching(new RegExp(`^Task ID,.*\r\n${WEB_TASK},`)),
  });
});

test('is refused with a wrong secret', async () => {
  await expect(exportWith('wrong')).rejects.toMatchObject({
    httpStatusCode: 401,
    errorCode: 'APIGW.0301',
    errorMsg: expect.stringContaining('verify aksk signature fail'),
  });
});

/** The call of the vendor's SMS client, which is not published for Node; its core is. */
async function exportWith(sk: string) {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const client = new HcClient(new DefaultHttpClient({ logger: SILENT }, [emulator.url]))
    .withEndpoints([emulator.url])
    .withCredential(new GlobalCredentials().withAk(DEMO_ACCESS_KEY.ak).withSk(sk).withDomainId('demo-domain'));
  const { ...answer } = await client.sendRequest({
    method: 'POST',
    url: '/v3/tasks/consistency-results/export',
    contentType: 'application/json',
    queryParams: {},
    pathParams: {},
    headers: {},
    data: { task_info: [{ task_id: WEB_TASK }] },
  });
  return answer;
}

const nothing = () => {};

// Its own logger prints every failed request with its Authorization.
const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
