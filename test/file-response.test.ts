import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ExportForm } from '../src/emulator/world/export-forms.ts';
import { exportResult, gatewayTo, httpServer, startGateway, WEB_TASK } from './support/harness.ts';

const NO_FILE = {
  __typename: 'ExportConsistencyResultsSuccess',
  files: [],
  tasks: [{ taskId: WEB_TASK, sourceId: null, sourceName: null }],
  requestIds: [expect.stringMatching(/^[0-9a-f]{32}$/)],
};

describe('every known form of export response is a success', () => {
  test.each<ExportForm>(['empty-object', 'empty', 'no-content', 'ok-text', 'ok-json', 'null'])(
    '%s acknowledges without a file',
    async (form) => {
      const gateway = await startGateway();
      gateway.emulator.setExportForm(form);
      expect(await exportResult(gateway)).toEqual(NO_FILE);
    },
  );

  test('a binary file has neither text nor JSON', async () => {
    const gateway = await startGateway();
    gateway.emulator.setExportForm('binary');
    const bytes = Buffer.from('504b0304140000000800ff00fe80c3289f92', 'hex');
    const file = {
      fileName: '一致性校验结果.zip',
      contentType: 'application/octet-stream',
      size: bytes.length,
      base64: bytes.toString('base64'),
      text: null,
      json: null,
    };
    expect(await exportResult(gateway)).toEqual({ ...NO_FILE, files: [file] });
  });

  test.each<[ExportForm, string | null, string]>([
    ['json-file', '一致性校验结果.json', 'application/json'],
    ['json-array', null, 'application/json;charset=UTF-8'],
  ])('a file has text and JSON: %s', async (form, fileName, contentType) => {
    const gateway = await startGateway();
    gateway.emulator.setExportForm(form);
    const json = [{ task_id: WEB_TASK, result_list: gateway.emulator.state.tasks.get(WEB_TASK)?.results }];
    const text = JSON.stringify(json);
    const file = { fileName, contentType, size: text.length, base64: btoa(text), text, json };
    expect(await exportResult(gateway)).toEqual({ ...NO_FILE, files: [file] });
  });
});

describe('an acknowledgement is recognized', () => {
  const FORMS = [
    '{ }',
    '{\r\n\t}',
    ' {} \n',
    'null',
    ' null ',
    'OK',
    'ok',
    '"OK"',
    ' "OK"\r\n',
    '""',
    '"{}"',
    '" "',
    ' ',
    '\n',
  ];

  test.each([
    ['JSON', 'application/json', (text: string) => Buffer.from(text)],
    ['plain text', 'text/plain;charset=UTF-8', (text: string) => Buffer.from(text)],
    ['bytes', 'application/octet-stream', (text: string) => Buffer.from(text)],
    ['text with a byte order mark', 'text/plain', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', 'application/json; charset=utf-16le', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16 with a mark', 'application/json', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['GBK', 'text/plain; charset=GBK', (text: string) => Buffer.from(text)],
    ['compressed JSON', 'application/json', (text: string) => gzipSync(text)],
  ])('as %s', async (what, contentType, bytesOf) => {
    for (const form of FORMS) {
      const headers = {
        'Content-Type': contentType,
        ...(what.startsWith('compressed') && { 'Content-Encoding': 'gzip' }),
      };
      const gateway = await gatewayToFile(bytesOf(form), headers);
      expect(await exportResult(gateway), form).toMatchObject({ __typename: NO_FILE.__typename, files: [] });
    }
  });

  test.each(['{"a":1}', '[]', 'OKAY', '"a"', '0'])('unless it is anything else, which is a file: %s', async (text) => {
    const gateway = await gatewayToFile(text, { 'Content-Type': 'application/octet-stream' });
    expect(await exportResult(gateway)).toMatchObject({ files: [{ text }] });
  });
});

describe('the text of a file is decoded', () => {
  const GBK = Buffer.from([0xbd, 0xe1, 0xb9, 0xfb]);

  test.each<[string, string, Buffer, string | null]>([
    ['of GBK', 'text/csv; charset=GBK', GBK, '结果'],
    ['of GBK by its alias gb2312', 'text/csv;charset="gb2312"', GBK, '结果'],
    ['of GBK by its Windows name cp936', 'text/csv; charset=cp936', GBK, '结果'],
    ['of GB18030', "text/csv; header=present; charset='gb18030'", GBK, '结果'],
    ['of UTF-16', 'text/csv; charset=UTF-16LE', Buffer.from('结果', 'utf16le'), '结果'],
    ['of UTF-16 in either byte order', 'text/csv; charset=utf-16', Buffer.from('a,结', 'utf16le').swap16(), 'a,结'],
    ['of UTF-8', 'text/csv; charset=utf8', Buffer.from('结果'), '结果'],
    ['in the encoding of its byte order mark', 'text/csv; charset=GBK', Buffer.from('\ufeff结果'), '结果'],
    ['of UTF-8 if the charset is unknown', 'text/csv; charset=klingon', Buffer.from('结果'), '结果'],
    ['is null if the bytes are not valid in their charset', 'text/csv; charset=utf-8', GBK, null],
    ['is null if the bytes are not valid GBK', 'text/csv; charset=gbk', Buffer.from([0xbd]), null],
    ['is null if UTF-16 ends within a character', 'text/csv; charset=utf-16le', Buffer.from([0x61, 0, 0x62]), null],
    ['is null for GBK without a charset', 'text/csv', GBK, null],
  ])('%s', async (_, contentType, bytes, text) => {
    const gateway = await gatewayToFile(bytes, { 'Content-Type': contentType });
    expect(await exportResult(gateway)).toMatchObject({ files: [{ contentType, size: bytes.length, text }] });
  });
});

describe('a compressed file', () => {
  const text = 'dir,files\r\n/srv,3\r\n'.repeat(20);

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
    ['none', Buffer.from(text)],
    ['', Buffer.from(text)],
    ['identity, gzip', gzipSync(text)],
  ])('is decompressed: %s', async (encoding, bytes) => {
    const gateway = await gatewayToFile(bytes, { 'Content-Type': 'text/csv', 'Content-Encoding': encoding });
    expect(await exportResult(gateway)).toMatchObject({ files: [{ size: text.length, text }] });
  });

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
  ])('is rejected if it is truncated: %s', async (encoding, whole) => {
    const bytes = whole.subarray(0, -3);
    const gateway = await gatewayToFile(bytes, { 'Content-Type': 'text/csv', 'Content-Encoding': encoding });
    expect(await exportResult(gateway)).toMatchObject({ reason: 'INVALID_ANSWER' });
  });

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(Buffer.alloc(1001))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(100_000_000)))],
  ])('is rejected if it is too long when decompressed: %s', async (encoding, bytes) => {
    const origin = await httpServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );
    expect(await exportResult(gatewayTo(origin, {}, { maxResponseBytes: 1000 }))).toMatchObject({
      message: 'SMS sent a response of more than 1000 bytes. Request less at once, or raise SMS_MAX_ANSWER_BYTES.',
    });
  });

  test('may contain an error', async () => {
    const body = gzipSync('{"error_code":"SMS.7703","error_msg":"No."}');
    const origin = await httpServer((_, response) => response.writeHead(400, { 'content-encoding': 'gzip' }).end(body));
    expect(await exportResult(gatewayTo(origin))).toMatchObject({ __typename: 'SmsNotFoundError', message: 'No.' });
  });
});

describe('a file has text and JSON', () => {
  test.each<[string, Buffer, { text: string | null; json: unknown }]>([
    ['text without its byte order mark', Buffer.from('\ufeffa,b'), { text: 'a,b', json: null }],
    ['JSON of a single number', Buffer.from('17'), { text: '17', json: 17 }],
    ['text that only begins like JSON', Buffer.from('{"a":'), { text: '{"a":', json: null }],
    [
      'no text for UTF-16 without a byte order mark',
      Buffer.from('a,b', 'utf16le').fill(0xff, 0, 1),
      { text: null, json: null },
    ],
    ['no text for UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), { text: null, json: null }],
    ['text of UTF-16 with a byte order mark', Buffer.from('\ufeff结,b', 'utf16le'), { text: '结,b', json: null }],
    [
      'text of big-endian UTF-16 with a byte order mark',
      Buffer.from('\ufeff结', 'utf16le').swap16(),
      { text: '结', json: null },
    ],
    ['JSON after a byte order mark', Buffer.from('\ufeff {"a": 1}\r\n'), { text: ' {"a": 1}\r\n', json: { a: 1 } }],
    ['JSON of UTF-16', Buffer.from('\ufeff{"a":"结"}', 'utf16le'), { text: '{"a":"结"}', json: { a: '结' } }],
    ['no text for a truncated UTF-8 character', Buffer.from('é').subarray(0, 1), { text: null, json: null }],
    ['"OK" when it is a file', Buffer.from('OK'), { text: 'OK', json: null }],
    [
      'JSON with every digit of its numbers',
      Buffer.from('{"size":12345678901234567890}'),
      { text: '{"size":12345678901234567890}', json: { size: '12345678901234567890' } },
    ],
    ['an empty text for an empty file', Buffer.alloc(0), { text: '', json: null }],
  ])('if it can be read as such: %s', async (_, bytes, parts) => {
    const gateway = await gatewayToFile(bytes, { 'Content-Disposition': 'attachment; filename=results' });
    const file = {
      fileName: 'results',
      contentType: null,
      size: bytes.length,
      base64: bytes.toString('base64'),
      ...parts,
    };
    expect(await exportResult(gateway)).toMatchObject({ files: [file] });
  });
});

test.each([
  [1_000, true],
  [1_001, false],
  [5_000, false],
  [100_000, false],
])('JSON nested %d levels deep is returned as a value: %s', async (levels, isValue) => {
  const bytes = Buffer.from('['.repeat(levels) + ']'.repeat(levels));
  const gateway = await gatewayToFile(bytes, { 'Content-Disposition': 'attachment; filename=results' });
  const { files } = (await exportResult(gateway)) as { files: { json: unknown }[] };
  expect(files[0]?.json !== null).toBe(isValue);
});

describe('the name of a file is taken from Content-Disposition without directories and control characters', () => {
  test.each<[string, string, string | null]>([
    ['is taken from a token', 'attachment; filename=results.csv', 'results.csv'],
    ['is taken from a quoted string', 'attachment; filename="re\\"sults 1.csv"', 're"sults 1.csv'],
    [
      'prefers filename*',
      `attachment; filename="a.csv"; filename*=UTF-8''${encodeURIComponent('结果')}.csv`,
      '结果.csv',
    ],
    ['is taken from raw UTF-8 bytes', latin1('attachment; filename="结果 1.csv"'), '结果 1.csv'],
    ['is taken from raw UTF-8 bytes without quotes', latin1('attachment; filename=结果.csv'), '结果.csv'],
    ['keeps bytes that are not UTF-8 as they are', 'attachment; filename="r\u00e9sultats.csv"', 'r\u00e9sultats.csv'],
    ['is percent-decoded', 'attachment; filename="%E7%BB%93%E6%9E%9C%201.csv"', '结果 1.csv'],
    ['keeps percent signs that are not an encoding', 'attachment; filename="100%25 of 50%.csv"', '100%25 of 50%.csv'],
    ['is decoded from encoded words', 'attachment; filename="=?UTF-8?B?57uT5p6c?= =?utf-8?q?_1.csv?="', '结果 1.csv'],
    ['is decoded from another charset', "attachment; filename*=GBK'zh'%BD%E1%B9%FB.csv", '结果.csv'],
    ['is decoded from filename* in quotes', 'attachment; filename*="UTF-8\'\'%E7%BB%93.csv"', '结.csv'],
    ['falls back to filename if filename* is invalid', "attachment; filename*=UTF-8''%FF; filename=a.csv", 'a.csv'],
    ['loses a path that is percent-encoded', 'attachment; filename="..%2F..%5Cresults.csv"', 'results.csv'],
    ['is taken from any type of disposition', 'inline; filename=results.csv', 'results.csv'],
    ['loses a path', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['loses a Windows path', 'attachment; filename="C:\\\\Windows\\\\results.csv"', 'results.csv'],
    ['loses an encoded path', "attachment; filename*=UTF-8''..%2F..%2Fresults.csv", 'results.csv'],
    ['loses control characters', "attachment; filename*=UTF-8''re%0D%0Asul%00ts%7F.csv", 'results.csv'],
    ['loses a drive letter', 'attachment; filename="C:results.csv"', 'results.csv'],
    [
      'loses characters that reverse the writing direction',
      "attachment; filename*=UTF-8''results%E2%80%AEvsc.exe",
      'resultsvsc.exe',
    ],
    ['is truncated if it is too long', `attachment; filename=${'x'.repeat(300)}`, 'x'.repeat(255)],
    ['is null if only dots are left', 'attachment; filename="a/.."', null],
    ['is null if nothing is left', 'attachment; filename="results/"', null],
    ['is null if there is none', 'attachment', null],
    ['is null if it is empty', 'attachment; filename=""', null],
    ['is null if the header is empty', '', null],
    ['is null if the header is malformed', 'attachment; filename="unended', null],
  ])('%s', async (_, disposition, fileName) => {
    const gateway = await gatewayToFile('a,b', { 'Content-Disposition': disposition });
    expect(await exportResult(gateway)).toMatchObject({ files: [{ fileName }] });
  });
});

/** What proxies send in place of a response, also with the status 200. */
const PROXY_TEXTS = [
  'Internal Server Error',
  'Bad Gateway',
  'no healthy upstream',
  '404 page not found\n',
  'error code: 1020',
  'stream timeout',
  '0',
  'Too many requests, please try again later.',
  'upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused',
  'Sorry, an error has occurred.\nPlease, try again later.',
  'Error: connect ECONNREFUSED\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n    at a (b, c)',
];
const FOREIGN_ERRORS = [
  '{"message":"An invalid response was received from the upstream server"}',
  '{"Message":"Endpoint request timed out"}',
  '{"detail":"Internal Server Error"}',
  '{"fault":{"faultstring":"x","detail":{"errorcode":"policies.ratelimit"}}}',
  '{"ok":false,"reason":"x"}',
  '{"status":"error"}',
  '{"errcode":40001,"errmsg":"x"}',
];
const WORDS = 'a text that is neither a table nor JSON';

describe('an export response that is not a file', () => {
  test.each<[string, string, string, string]>([
    ['a web page', 'text/html; charset=utf-8', '<html>Log in</html>', 'a web page'],
    ['a web page by its type alone', 'text/html', 'Log in', 'a web page'],
    ['a web page as text', 'text/plain', '\r\n<!DOCTYPE html>\n<html>', 'a web page'],
    ['a web page as bytes', 'application/octet-stream', '<HTML><HEAD>', 'a web page'],
    ['a web page as CSV', 'text/csv', '<body onload="go()">', 'a web page'],
    ['a web page after a byte order mark', 'text/plain', '\ufeff<html>', 'a web page'],
    ['a web page after a comment', 'text/plain', '<!-- <a> --><!--b--> <h1>502</h1>', 'a web page'],
    ['XHTML', 'application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'a web page'],
    ['XHTML as XML', 'application/xml', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-">', 'a web page'],
    ['an error in XML', 'application/xml', '<?xml version="1.0"?><Error><Code>1</Code></Error>', 'an error'],
    ['an error in SOAP', 'text/xml', '<soap:Envelope><soap:Body><soap:Fault/></soap:Body></soap:Envelope>', 'an error'],
    ...FOREIGN_ERRORS.map((json): [string, string, string, string] => [json, 'application/json', json, 'an error']),
    ['a problem', 'application/problem+json', '{"title":"No."}', 'an error'],
    ['a problem in XML', 'application/problem+xml', '<problem/>', 'an error'],
    ['an image', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'an image'],
    ['an image as bytes', 'application/octet-stream', '<?xml version="1.0"?><svg>', 'an image'],
    ['an image by its type alone', 'image/png', '\x89PNG', 'content of the type image/png'],
    ['a stream of events', 'text/event-stream', ':\n\n', 'content of the type text/event-stream'],
    ...PROXY_TEXTS.map((text): [string, string, string, string] => [`text: ${text}`, 'text/plain', text, WORDS]),
    ['a text with a charset', 'text/plain; charset=utf-8', 'Service Unavailable\n', WORDS],
    ['a text as a JSON string', 'application/json', '"Internal Server Error"', WORDS],
    ['JSON that does not parse', 'application/json', '{"task_id":', 'JSON that does not parse'],
  ])('is an error: %s', async (_, contentType, body, what) => {
    const gateway = await gatewayToFile(body, { 'Content-Type': contentType, 'X-Request-Id': 'id-of-sms' });
    expect(await exportResult(gateway)).toEqual({
      __typename: 'SmsUnavailableError',
      message: `SMS responded to the export with ${what} instead of a file. Try later.`,
      code: 'INVALID_ANSWER',
      reason: 'INVALID_ANSWER',
      requestId: 'id-of-sms',
      retryAfter: null,
      errorParam: null,
      details: null,
    });
  });

  test.each(['<html>Log in</html>', 'Bad Gateway'])('is an error without a content type, too: %s', async (text) => {
    expect(await exportResult(await gatewayToFile(text, {}))).toMatchObject({ reason: 'INVALID_ANSWER' });
  });

  test.each([
    ['one line', 'Task ID,Result\n'],
    ['lines', 'Task ID,Result\r\nt-1,same\r\n'],
    ['lines with spaces', 'a, b\n1, 2\n3, 4'],
    ['tabs', 'Task ID\tResult\nt-1\tsame'],
    ['semicolons', 'Task ID;Result\nt-1;same'],
    ['Chinese', '任务,结果\n一,相同'],
    ['cells with separators and line breaks', 'a,"b, c"\n"1\n2",3\n'],
    ['JSON', '[{"task_id":"1"}]'],
    ['a list of rows that have a status', '[{"status":"same"}]'],
    ['an object of JSON with details', '{"status":"success","details":[{"task_id":"1"}]}'],
    ['an object of JSON with a message', '{"task_id":"1","message":"same"}'],
    ['an object of JSON with a path alone', '{"path":"/var/www"}'],
    ['lines of JSON', '{"task_id":"1"}\n{"task_id":"2"}'],
    ['XML', '<?xml version="1.0"?><Workbook/>'],
    ['a long text', 'Equal. '.repeat(1_000)],
    ['binary data', 'PK\x03\x04'],
  ])('is a file if its type says nothing, but it has the form of one: %s', async (_, text) => {
    for (const headers of [{}, { 'Content-Type': 'text/plain' }])
      expect(await exportResult(await gatewayToFile(text, headers))).toMatchObject({ files: [{ text }] });
  });

  test.each([
    ['octet-stream', { 'Content-Type': 'application/octet-stream' }],
    ['CSV', { 'Content-Type': 'text/csv' }],
    ['an attachment', { 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment' }],
  ])('is a file in words if it is announced as %s', async (_, headers) => {
    expect(await exportResult(await gatewayToFile('All are equal.', headers))).toMatchObject({
      files: [{ text: 'All are equal.' }],
    });
  });

  test('is an error if it is an error object, even as an attachment', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename=results.json' };
    expect(
      await exportResult(await gatewayToFile('{"error_code":"SMS.9004","error_msg":"No."}', headers)),
    ).toMatchObject({
      __typename: 'SmsForbiddenError',
      code: 'SMS.9004',
    });
  });

  test.each(['application/x-ndjson', 'application/octet-stream'])(
    'is an error if each line is an error object, as %s',
    async (contentType) => {
      const line = '{"error_code":"SMS.9004","error_msg":"No."}\n';
      const gateway = await gatewayToFile(line + line, { 'Content-Type': contentType });
      expect(await exportResult(gateway)).toMatchObject({ __typename: 'SmsForbiddenError', code: 'SMS.9004' });
    },
  );

  test('is a file if only some lines are error objects', async () => {
    const text = '{"task_id":"1","result":"same"}\n{"error_code":"SMS.9004","error_msg":"No."}\n';
    const gateway = await gatewayToFile(text, { 'Content-Type': 'application/x-ndjson' });
    expect(await exportResult(gateway)).toMatchObject({ files: [{ text }] });
  });

  test.each([
    ['text/html', '<p>a,b</p>'],
    ['application/json', '{"task_id":'],
  ])('is a file after all if it is an attachment: %s', async (contentType, text) => {
    const headers = { 'Content-Type': contentType, 'Content-Disposition': 'attachment; filename=results' };
    expect(await exportResult(await gatewayToFile(text, headers))).toMatchObject({ files: [{ contentType, text }] });
  });
});

/** Text whose UTF-8 bytes Node writes into a header. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

async function gatewayToFile(bytes: Buffer | string, headers: Record<string, string>) {
  return gatewayTo(await httpServer((_, response) => response.writeHead(200, headers).end(bytes)));
}
