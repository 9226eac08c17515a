/** The vendor's own Node client against the emulator: its signing code is not ours. */
import { GlobalCredentials } from '@huaweicloud/huaweicloud-sdk-core';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js';
import { type Logger, LogLevel } from '@huaweicloud/huaweicloud-sdk-core/logger/index.js';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../src/emulator/server.ts';
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';
import { INTRANET_TASK } from './support/ask.ts';
import { WEB_TASK } from './support/harness.ts';

const EXPORT = ['POST', '/v3/tasks/consistency-results/export', { task_info: [{ task_id: WEB_TASK }] }] as const;

test("the vendor's client exports results with the demo key", async () => {
  const { send } = await vendorClient();
  expect(await send(...EXPORT)).toEqual({
    httpStatusCode: 200,
    body: expect.stringMatching(new RegExp(`^Task ID,.*\r\n${WEB_TASK},`)),
  });
});

test("the vendor's client is rejected with a wrong secret key", async () => {
  const { send } = await vendorClient('wrong');
  await expect(send(...EXPORT)).rejects.toMatchObject({
    httpStatusCode: 401,
    errorCode: 'APIGW.0301',
    errorMsg: expect.stringContaining('verify aksk signature fail'),
  });
});

test("the vendor's client reads tasks, their results as JSON texts, and errors with their codes", async () => {
  const { send } = await vendorClient();
  expect(await send('GET', `/v3/tasks/${WEB_TASK}`)).toMatchObject({ id: WEB_TASK, state: 'MIGRATE_SUCCESS' });
  const { result_list } = (await send('GET', `/v3/tasks/${WEB_TASK}/consistency-result`)) as { result_list: string[] };
  expect(result_list.map((text) => JSON.parse(text).check_result)).toEqual(['success', 'success']);
  await expect(send('GET', '/v3/tasks/nowhere')).rejects.toMatchObject({
    httpStatusCode: 400,
    errorCode: 'SMS.7703',
    errorMsg: 'There is no migration task "nowhere".',
  });
});

test("the vendor's client acts on a task, and continues after an acknowledgement", async () => {
  const { send, emulator } = await vendorClient();
  const act = (operation: string) => send('POST', `/v3/tasks/${INTRANET_TASK}/action`, { operation });
  expect(await act('start')).toEqual({ httpStatusCode: 200 });
  await expect(act('cutover')).rejects.toMatchObject({ httpStatusCode: 400, errorCode: 'SMS.7721' });
  emulator.state.advance(16 * 60_000);
  expect(await send('GET', `/v3/tasks/${INTRANET_TASK}`)).toMatchObject({ state: 'MIGRATE_SUCCESS' });
  expect(await send('DELETE', `/v3/tasks/${INTRANET_TASK}`)).toEqual({ httpStatusCode: 200 });
});

/** The vendor's client for Node. Its SMS part is not published, so the tests write its requests themselves. */
async function vendorClient(sk: string = DEMO_ACCESS_KEY.sk) {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const client = new HcClient(new DefaultHttpClient({ logger: SILENT }, [emulator.url]))
    .withEndpoints([emulator.url])
    .withCredential(new GlobalCredentials().withAk(DEMO_ACCESS_KEY.ak).withSk(sk).withDomainId('demo-domain'));
  const send = async (method: string, url: string, data: object = {}): Promise<object> => {
    const { ...response } = await client.sendRequest({
      method,
      url,
      contentType: 'application/json',
      queryParams: {},
      pathParams: {},
      headers: {},
      data,
    });
    return response;
  };
  return { emulator, send };
}

const nothing = () => {};

// The default logger prints every failed request with its Authorization header.
const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
