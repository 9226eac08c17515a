import { expect, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { parseRequestTimeout } from '../src/request/request-timeout.ts';
import { SmsClient } from '../src/sms/client.ts';
import { exportResult, gatewayTo, httpServer, startGateway } from './support/harness.ts';
import { clientWithEmulator, errorOf, FORWARDED } from './support/sms-client.ts';

test.each([
  ['1500', 1500],
  [' 1500 ', 1500],
  ['1500ms', 1500],
  ['30s', 30_000],
  ['0', 0],
  [null, undefined],
])('X-Request-Timeout %o is %o milliseconds', (header, milliseconds) => {
  expect(parseRequestTimeout(header)).toBe(milliseconds);
});

test.each(['', '-1', '1.5', '1e3', '30 s', '30m', 'soon', '9999999999', '1,2'])(
  'X-Request-Timeout %o is rejected before any call',
  async (header) => {
    const gateway = await startGateway();
    const headers = { 'x-auth-token': DEMO_TOKEN, 'x-request-timeout': header };
    expect(await exportResult(gateway, undefined, headers)).toMatchObject({
      __typename: 'SmsInvalidInputError',
      code: 'REQUEST_TIMEOUT_MALFORMED',
      message: 'X-Request-Timeout must be milliseconds, such as 1500, or seconds, such as 30s.',
    });
    expect(gateway.emulator.requests).toEqual([]);
  },
);

test('a request ends when its X-Request-Timeout has passed', async () => {
  const origin = await httpServer(() => {});
  const headers = { 'x-auth-token': DEMO_TOKEN, 'x-request-timeout': '500' };
  expect(await exportResult(gatewayTo(origin), undefined, headers)).toMatchObject({
    __typename: 'SmsUnavailableError',
    reason: 'TIMEOUT',
    message:
      'The request took longer than its limit of 500 ms. What was not read by then is null. Request less, or allow more time.',
  });
});

test("X-Request-Timeout does not extend the gateway's own limit", async () => {
  const origin = await httpServer(() => {});
  const headers = { 'x-auth-token': DEMO_TOKEN, 'x-request-timeout': '600s' };
  expect(await exportResult(gatewayTo(origin, {}, { totalTimeout: 500 }), undefined, headers)).toMatchObject({
    message: expect.stringMatching(/^SMS did not complete its response within 500 ms\./),
  });
});

test('a call is not sent if its deadline has passed', async () => {
  const { emulator, upstream } = await clientWithEmulator();
  const error = await errorOf(
    new SmsClient(upstream, { ...FORWARDED, timeLeft: () => 0 }).post('/v3/privacy-agreements'),
  );
  expect(error).toMatchObject({
    reason: 'TIMEOUT',
    message: 'The deadline passed before the call could be sent to SMS. Try later.',
  });
  expect(emulator.requests).toEqual([]);
});
