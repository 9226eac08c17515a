import { describe, expect, test } from 'vitest';
import type { ExportForm } from '../src/emulator/export-form.ts';
import { exported, gatewayTo, httpServer, startGateway, WEB_TASK } from './harness.ts';

const NO_FILE = {
  __typename: 'ExportConsistencyResultsSuccess',
  files: [],
  tasks: [{ taskId: WEB_TASK, sourceId: null, sourceName: null }],
  requestIds: [expect.stringMatching(/^[0-9a-f]{32}$/)],
};

describe('every known form of answer is a success', () => {
  test.each<ExportForm>(['empty-object', 'empty', 'no-content', 'ok-text', 'ok-json', 'null'])(
    '%s acknowledges without a file',
    async (form) => {
      const gateway = await startGateway();
      gateway.emulator.answerExportWith(form);
      expect(await exported(gateway)).toEqual(NO_FILE);
    },
  );

  test('bytes that are no text have neither text nor JSON', async () => {
    const gateway = await startGateway();
    gateway.emulator.answerExportWith('binary');
    const bytes = Buffer.from('504b0304140000000800ff00fe80c3289f92', 'hex');
    const file = {
      fileName: '一致性校验结果.zip',
      contentType: 'application/octet-stream',
      size: bytes.length,
      base64: bytes.toString('base64'),
      text: null,
      json: null,
    };
    expect(await exported(gateway)).toEqual({ ...NO_FILE, files: [file] });
  });

  test.each<[ExportForm, string | null, string]>([
    ['json-file', '一致性校验结果.json', 'application/json'],
    ['json-array', null, 'application/json;charset=UTF-8'],
  ])('%s has text and JSON', async (form, fileName, contentType) => {
    const gateway = await startGateway();
    gateway.emulator.answerExportWith(form);
    const json = [{ task_id: WEB_TASK, result_list: gateway.emulator.state.tasks.get(WEB_TASK)?.results }];
    const text = JSON.stringify(json);
    const file = { fileName, contentType, size: text.length, base64: btoa(text), text, json };
    expect(await exported(gateway)).toEqual({ ...NO_FILE, files: [file] });
  });
});

describe('the parts of a file', () => {
  test.each<[string, Buffer, { text: string | null; json: unknown }]>([
    ['text without its byte order mark', Buffer.from('\ufeffa,b'), { text: 'a,b', json: null }],
    ['JSON of a single number', Buffer.from('17'), { text: '17', json: 17 }],
    ['text that only begins like JSON', Buffer.from('{"a":'), { text: '{"a":', json: null }],
    ['no text of UTF-16', Buffer.from('a,b', 'utf16le').fill(0xff, 0, 1), { text: null, json: null }],
    ['no text of a cut-off UTF-8 character', Buffer.from('é').subarray(0, 1), { text: null, json: null }],
    ['"OK" when it is a file', Buffer.from('OK'), { text: 'OK', json: null }],
    [
      'JSON with every digit of its numbers',
      Buffer.from('{"size":12345678901234567890}'),
      { text: '{"size":12345678901234567890}', json: { size: '12345678901234567890' } },
    ],
    ['nothing when the file is empty', Buffer.alloc(0), { text: '', json: null }],
  ])('give %s', async (_, bytes, parts) => {
    const gateway = await gatewayToFile(bytes, { 'Content-Disposition': 'attachment; filename=results' });
    const file = {
      fileName: 'results',
      contentType: null,
      size: bytes.length,
      base64: bytes.toString('base64'),
      ...parts,
    };
    expect(await exported(gateway)).toMatchObject({ files: [file] });
  });
});

test.each([
  [1_000, true],
  [1_001, false],
  [5_000, false],
  [100_000, false],
])('JSON in %d levels is a value: %s', async (levels, isValue) => {
  const bytes = Buffer.from('['.repeat(levels) + ']'.repeat(levels));
  const gateway = await gatewayToFile(bytes, { 'Content-Disposition': 'attachment; filename=results' });
  const { files } = (await exported(gateway)) as { files: { json: unknown }[] };
  expect(files[0]?.json !== null).toBe(isValue);
});

describe('the name of a file', () => {
  test.each<[string, string, string | null]>([
    ['is taken from a token', 'attachment; filename=results.csv', 'results.csv'],
    ['is taken from a quoted text', 'attachment; filename="re\\"sults 1.csv"', 're"sults 1.csv'],
    [
      'prefers filename*',
      `attachment; filename="a.csv"; filename*=UTF-8''${encodeURIComponent('结果')}.csv`,
      '结果.csv',
    ],
    ['is taken whatever the disposition', 'inline; filename=results.csv', 'results.csv'],
    ['loses a path', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['loses a path of Windows', 'attachment; filename="C:\\\\Windows\\\\results.csv"', 'results.csv'],
    ['loses an encoded path', "attachment; filename*=UTF-8''..%2F..%2Fresults.csv", 'results.csv'],
    ['loses control characters', "attachment; filename*=UTF-8''re%0D%0Asul%00ts%7F.csv", 'results.csv'],
    ['loses a drive', 'attachment; filename="C:results.csv"', 'results.csv'],
    ['loses signs that turn it around', "attachment; filename*=UTF-8''results%E2%80%AEvsc.exe", 'resultsvsc.exe'],
    ['is cut when it is long', `attachment; filename=${'x'.repeat(300)}`, 'x'.repeat(255)],
    ['is none when only dots are left', 'attachment; filename="a/.."', null],
    ['is none when nothing is left', 'attachment; filename="results/"', null],
    ['is none when there is none', 'attachment', null],
    ['is none when the header cannot be read', 'attachment; filename="unended', null],
  ])('%s', async (_, disposition, fileName) => {
    const gateway = await gatewayToFile('a,b', { 'Content-Disposition': disposition });
    expect(await exported(gateway)).toMatchObject({ files: [{ fileName }] });
  });
});

describe('an answer that is no export', () => {
  test.each([
    ['a web page', 'text/html; charset=utf-8', '<html>Log in</html>', 'a web page'],
    ['JSON that does not parse', 'application/json', '{"task_id":', 'JSON that does not parse'],
    ['an error of JSON', 'application/json', '{"error_code":"SMS.1","error_msg":"No."}', 'an error'],
    ['an error of another type', 'text/plain', '{"errorCode":17}', 'an error'],
  ])('such as %s is an error, not a file', async (_, contentType, body, what) => {
    const gateway = await gatewayToFile(body, { 'Content-Type': contentType, 'X-Request-Id': 'id-of-sms' });
    expect(await exported(gateway)).toEqual({
      __typename: 'SmsUnavailableError',
      message: `SMS answered the export with ${what} instead of a file. Try later.`,
      code: 'INVALID_ANSWER',
      reason: 'INVALID_ANSWER',
      requestId: 'id-of-sms',
      retryAfter: null,
      errorParam: null,
      details: null,
    });
  });

  test.each([
    ['text/html', '<p>a,b</p>'],
    ['application/json', '{"task_id":'],
  ])('such as %s is a file when it is an attachment', async (contentType, text) => {
    const headers = { 'Content-Type': contentType, 'Content-Disposition': 'attachment; filename=results' };
    expect(await exported(await gatewayToFile(text, headers))).toMatchObject({ files: [{ contentType, text }] });
  });
});

async function gatewayToFile(bytes: Buffer | string, headers: Record<string, string>) {
  return gatewayTo(await httpServer((_, response) => response.writeHead(200, headers).end(bytes)));
}
