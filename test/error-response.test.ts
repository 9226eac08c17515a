import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { errorFromResponse } from '../src/sms/call/error-response.ts';
import { HttpResponse } from '../src/sms/http/response.ts';
import { exportResult, gatewayTo, httpServer, startGateway, WEB_TASK } from './support/harness.ts';
import { REQUEST_ID, RESPONSE_SAMPLES } from './support/response-samples.ts';

const IN_PLACE_OF_SMS = (what: string) =>
  `The API gateway or a proxy responded in place of SMS with HTTP 400${what} Try later.`;

const { response_handling_of_ExportConsistencyResults: samples } = JSON.parse(
  readFileSync(new URL('./wire-samples.json', import.meta.url), 'utf8'),
) as { response_handling_of_ExportConsistencyResults: { case: string; server_sends: string }[] };

describe('every known error sample of the vendor', () => {
  test('is covered', () => {
    expect(Object.keys(RESPONSE_SAMPLES).toSorted()).toEqual(samples.map((sample) => sample.case).toSorted());
  });

  test.each(samples.map((sample) => [sample.case, sample.server_sends] as const))(
    'becomes the expected result: %s: %s',
    async (name) => {
      const { response: sends = null, expected: becomes = {} } = RESPONSE_SAMPLES[name] ?? {};
      const gateway = await gatewayToSms(sends);
      const tasks = [{ taskId: WEB_TASK, sourceId: null, sourceName: null }];
      const isSuccess = 'files' in becomes;
      expect(await exportResult(gateway)).toEqual({ ...becomes, ...(isSuccess && { tasks }) });
    },
  );
});

describe('the error in a response', () => {
  const about = (error: Record<string, unknown>) => ({ code: error['code'], message: error['message'] });

  test.each<[string, unknown, { code: string; message: string }]>([
    ['error_code and error_msg', { error_code: 'A.1', error_msg: 'a' }, { code: 'A.1', message: 'a' }],
    ['errorCode and errorMsg', { errorCode: 'A.1', errorMsg: 'a' }, { code: 'A.1', message: 'a' }],
    ['code and message', { code: 'A.1', message: 'a' }, { code: 'A.1', message: 'a' }],
    ['a nested object', { error: { error_code: 'A.1', error_msg: 'a' } }, { code: 'A.1', message: 'a' }],
    ['an object nested twice', { x: { y: { code: 'A.1', message: 'a' } } }, { code: 'A.1', message: 'a' }],
    ['a number as code', { code: 17, message: 'a' }, { code: '17', message: 'a' }],
    ['a code alone', { error_code: 'A.1' }, { code: 'A.1', message: 'SMS refused the call with HTTP 400.' }],
    ['a message alone', { error_msg: 'a' }, { code: 'HTTP_400', message: IN_PLACE_OF_SMS(': a') }],
    ['an array', [{ error_code: 'A.1', error_msg: 'a' }], { code: 'A.1', message: 'a' }],
    ['JSON in JSON text', '{"error_code":"A.1","error_msg":"a"}', { code: 'A.1', message: 'a' }],
    ['names in upper case', { Code: 'A.1', Message: 'a' }, { code: 'A.1', message: 'a' }],
    [
      'the first of two pairs',
      { error_code: 'A.1', error_msg: 'a', code: 'B', message: 'b' },
      { code: 'A.1', message: 'a' },
    ],
    [
      'a code that is a number of many digits',
      { code: JSON.rawJSON('12345678901234567890') },
      { code: '12345678901234567890', message: 'SMS refused the call with HTTP 400.' },
    ],
    [
      'the pair with a code of SMS of two pairs',
      { code: 400, message: 'b', error_code: 'SMS.0001', error_msg: 'a' },
      { code: 'SMS.0001', message: 'a' },
    ],
    ['nothing', {}, { code: 'HTTP_400', message: IN_PLACE_OF_SMS('.') }],
  ])('is read from %s', async (_, body, expected) => {
    const gateway = await gatewayToSms({ status: 400, body: JSON.stringify(body) });
    expect(about((await exportResult(gateway)) as Record<string, unknown>)).toEqual(expected);
  });

  test.each([5_000, 100_000])('is not searched for in an object nested %d times', async (levels) => {
    const body = `${'{"a":'.repeat(levels)}{"code":"A.1"}${'}'.repeat(levels)}`;
    const gateway = await gatewayToSms({ status: 400, body });
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'SmsUnavailableError', code: 'HTTP_400' });
  });

  test.each([
    [413, 'SmsInvalidInputError'],
    [414, 'SmsInvalidInputError'],
    [429, 'SmsThrottledError'],
    [500, 'SmsUnavailableError'],
    [503, 'SmsUnavailableError'],
    [301, 'SmsUnavailableError'],
    [307, 'SmsUnavailableError'],
  ])('of HTTP %d without a code is an %s', async (status, __typename) => {
    const gateway = await gatewayToSms({ status });
    expect(await exportResult(gateway)).toMatchObject({ __typename, code: `HTTP_${status}` });
  });

  test.each(['SMS.2003', 'SMS.2004', 'SMS.2005', 'SMS.2006', 'SMS.2013'])(
    'of HTTP 401 is about the input, not the token, when its code is %s',
    async (code) => {
      const body = JSON.stringify({ error_code: code, error_msg: 'a' });
      const gateway = await gatewayToSms({ status: 401, body });
      expect(await exportResult(gateway)).toMatchObject({ __typename: 'SmsInvalidInputError', code, message: 'a' });
    },
  );

  test('keeps the parameters and details of the error, at the top or nested', async () => {
    const facts = {
      request_id: 'id-in-the-body',
      error_param: ['p', 2],
      details: [{ error_code: 'D.1', error_msg: 'd' }, { code: 3, message: 'm' }, 'text', null],
    };
    const expected = {
      requestId: 'id-in-the-body',
      errorParam: ['p', '2'],
      details: [
        { errorCode: 'D.1', errorMsg: 'd' },
        { errorCode: '3', errorMsg: 'm' },
        { errorCode: null, errorMsg: 'text' },
        { errorCode: null, errorMsg: null },
      ],
    };
    for (const body of [facts, { error: { code: 'A.1', message: 'a', ...facts } }]) {
      const gateway = await gatewayToSms({
        status: 404,
        headers: { 'X-Request-Id': '' },
        body: JSON.stringify(body),
      });
      expect(await exportResult(gateway)).toMatchObject(expected);
    }
  });

  test('has the request id of the header, or else of the body, if it is safe to repeat', async () => {
    const sent = { status: 404, body: '{"request_id":"id-in-the-body"}' };
    expect(await exportResult(await gatewayToSms(sent))).toMatchObject({ requestId: REQUEST_ID });
    const unsafe = { status: 404, headers: { 'X-Request-Id': 'two words' }, body: '{"request_id":"a\\nb"}' };
    expect(await exportResult(await gatewayToSms(unsafe))).toMatchObject({ requestId: null });
  });

  test.each<[string, string, number | null]>([
    ['seconds', '120', 120],
    ['the difference of a date and the Date of the response', 'Tue, 24 Nov 2026 08:33:21 GMT', 120],
    ['0 for a date in the past', 'Tue, 24 Nov 2026 08:00:00 GMT', 0],
    ['a day at most', '9999999999', 86_400],
    ['a day for a number that is too large for JavaScript', '9'.repeat(400), 86_400],
    ['null for anything else', 'soon', null],
    ['null for a negative number', '-1', null],
  ])('has as retryAfter %s', async (_, header, retryAfter) => {
    const headers = { 'Retry-After': header, Date: 'Tue, 24 Nov 2026 08:31:21 GMT' };
    const gateway = await gatewayToSms({ status: 503, headers });
    expect(await exportResult(gateway)).toMatchObject({ __typename: 'SmsUnavailableError', retryAfter });
  });

  test.each([undefined, 'unknown'])(
    'compares a Retry-After date with our own clock if the response has no Date: %s',
    (date) => {
      const headers: Record<string, string> = { 'retry-after': 'Tue, 24 Nov 2026 08:33:21 GMT', ...(date && { date }) };
      const now = Date.parse('2026-11-24T08:31:21Z');
      const error = errorFromResponse(new HttpResponse(503, Buffer.alloc(0), headers), now);
      expect(error.facts.retryAfter).toBe(120);
    },
  );

  test('has a bounded message without control characters', async () => {
    const body = JSON.stringify({ error_code: 'A'.repeat(5000), error_msg: `a\u0000\r\nb${'c'.repeat(5000)}` });
    const gateway = await gatewayToSms({ status: 400, body });
    expect(await exportResult(gateway)).toMatchObject({ code: 'A'.repeat(1024), message: `a b${'c'.repeat(1021)}` });
  });
});

describe('an error about clock skew', () => {
  test.each([
    ['ahead of', -20],
    ['behind', 20],
  ])('says by how much the gateway is %s SMS', async (direction, minutes) => {
    const gateway = await startGateway({}, { now: () => Date.now() + minutes * 60_000 });
    const distance = minutes < 0 ? '20 min [01] s' : '(20 min 0 s|19 min 59 s|20 min 1 s)';
    expect(await exportResult(gateway)).toMatchObject({
      __typename: 'SmsUnavailableError',
      code: 'GATEWAY_CLOCK_SKEWED',
      message: expect.stringMatching(
        new RegExp(
          `^SMS rejected the signature because of clock skew: the gateway's clock is ${distance} ${direction} SMS's. Set the clock of the gateway. This is for the operator of the gateway; a new token does not help.$`,
        ),
      ),
    });
  });

  test('uses the Date of the response if SMS names no time', async () => {
    const headers = { Date: new Date(Date.now() - 3_600_000).toUTCString() };
    const gateway = await gatewayToSms({
      status: 401,
      headers,
      body: '{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}',
    });
    expect(await exportResult(gateway)).toMatchObject({
      message: expect.stringMatching(/the gateway's clock is 60 min \d s ahead of SMS's/),
    });
  });

  test('does not say by how much if SMS names no time at all', async () => {
    const headers = { Date: 'unknown' };
    const body = '{"error_code":"APIGW.0301","error_msg":"signature expired"}';
    const gateway = await gatewayToSms({ status: 401, headers, body });
    expect(await exportResult(gateway)).toMatchObject({
      message:
        "SMS rejected the signature because of clock skew: the gateway's clock and SMS's are too far apart. Set the clock of the gateway. This is for the operator of the gateway; a new token does not help.",
    });
  });
});

describe('a secret that SMS echoes', () => {
  test.each([400, 401, 403, 404, 429, 500])('is redacted from every part of the error for HTTP %d', async (status) => {
    let secrets: string[] = [];
    const origin = await httpServer((request, response) => {
      const authorization = String(request.headers.authorization);
      const [, signature = ''] = /Signature=(.*)/.exec(authorization) ?? [];
      const canonical = `POST|/v3/tasks/consistency-results/export/||x-auth-token:${DEMO_TOKEN}|host`;
      secrets = [
        DEMO_TOKEN,
        DEMO_ACCESS_KEY.ak,
        authorization,
        signature,
        'security-token',
        canonical,
        'x-auth-token:',
      ];
      const echo = `I saw ${secrets.join(' and ')} and ${canonical.replaceAll('|', '\n')}`;
      const body = {
        error_code: echo,
        error_msg: echo,
        error_param: [echo],
        details: [{ error_code: echo, error_msg: echo }, echo],
        encoded_authorization_message: echo,
        request_id: DEMO_TOKEN,
      };
      response.writeHead(status, { 'X-Request-Id': signature }).end(JSON.stringify(body));
    });
    const gateway = gatewayTo(origin, { key: { ...DEMO_ACCESS_KEY, securityToken: 'security-token' } });
    const sent = JSON.stringify(await exportResult(gateway));
    expect(sent).toContain('I saw [secret] and [secret]');
    expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
  });

  test.each([302, 400, 401, 403, 404, 409, 429, 500, 503])(
    'is redacted from errors of HTTP %d even if only a piece of it is echoed',
    async (status) => {
      let pieces: string[] = [];
      const origin = await httpServer((request, response) => {
        const [, signature = ''] = /Signature=(.*)/.exec(String(request.headers.authorization)) ?? [];
        pieces = [DEMO_TOKEN, DEMO_ACCESS_KEY.ak, DEMO_ACCESS_KEY.sk, signature, 'security-token'].flatMap((secret) => [
          secret.slice(0, 12),
          secret.slice(-12),
        ]);
        const escaped = pieces.map((piece) =>
          piece.replace(/./g, (character) => `\\x${character.charCodeAt(0).toString(16)}`),
        );
        const echo = `${escaped.join(' and ')} and ${pieces.join(' and ')} and ${pieces.join(' and ').toUpperCase()}`;
        const body = {
          error_code: pieces[0],
          error_msg: echo,
          error_param: [...pieces, ...escaped],
          details: pieces.map((piece) => ({ error_code: piece, error_msg: piece })),
          encoded_authorization_message: echo,
          request_id: pieces[6],
        };
        response.writeHead(status, { 'X-Request-Id': pieces[7] }).end(JSON.stringify(body));
      });
      const gateway = gatewayTo(origin, { key: { ...DEMO_ACCESS_KEY, securityToken: 'security-token' } });
      for (const sent of [
        await exportResult(gateway),
        (await gateway.send('{ migrationTasks { totalCount } }')).body,
      ]) {
        const text = JSON.stringify(sent).toLowerCase();
        expect(pieces.filter((piece) => text.includes(piece.toLowerCase()))).toEqual([]);
        expect(text).not.toContain('\\x');
      }
    },
  );

  test('is redacted from the name and the type of a file', async () => {
    const piece = DEMO_TOKEN.slice(0, 12);
    const encoded = Buffer.from(piece).toString('hex').replace(/../g, '%$&');
    for (const name of [`filename="${piece}.csv"`, `filename*=UTF-8''${encoded}.csv`]) {
      const headers = { 'Content-Type': `text/csv; boundary=${piece}`, 'Content-Disposition': `attachment; ${name}` };
      expect(await exportResult(await gatewayToSms({ status: 200, headers, body: 'a' }))).toMatchObject({
        files: [{ fileName: '[secret].csv', contentType: 'text/csv; boundary=[secret]' }],
      });
    }
  });

  test('is not in the error for a rejected signature, although SMS shows the canonical request', async () => {
    const gateway = await startGateway({ key: { ...DEMO_ACCESS_KEY, sk: 'wrong' } });
    expect(await exportResult(gateway)).toEqual({
      __typename: 'SmsUnavailableError',
      message:
        'SMS got the request as the gateway signed it, and rejected its signature. Check the secret key of the gateway. This is for the operator of the gateway; a new token does not help.',
      code: 'GATEWAY_KEY_REJECTED',
      reason: 'UPSTREAM_ERROR',
      retryAfter: null,
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      errorParam: null,
      details: null,
    });
  });

  test('is not in the error for an unknown access key', async () => {
    const gateway = await startGateway({ key: { ak: 'NOBODYSKEY', sk: 'wrong' } });
    expect(await exportResult(gateway)).toMatchObject({
      message:
        "SMS does not know the gateway's access key. Check the key of the gateway. It may have been deleted, or belong to another site of Huawei Cloud (China or international). This is for the operator of the gateway; a new token does not help.",
      code: 'GATEWAY_KEY_REJECTED',
    });
  });

  test('is not in the error for a rejected token', async () => {
    const gateway = await startGateway();
    expect(await exportResult(gateway, undefined, { 'x-auth-token': 'made-up' })).toMatchObject({
      message: 'SMS rejected the token: it is not valid, or no longer valid. Get a new token.',
      code: 'APIGW.0301',
    });
  });
});

/** A gateway to a server that responds like this to every call, or closes the connection for null. */
async function gatewayToSms(sent: { status: number; headers?: Record<string, string>; body?: string } | null) {
  const origin = await httpServer((request, response) => {
    if (sent === null) return request.socket.destroy();
    return response.writeHead(sent.status, { 'X-Request-Id': REQUEST_ID, ...sent.headers }).end(sent.body);
  });
  return gatewayTo(origin);
}
