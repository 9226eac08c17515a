/** The answers of the 24 cases in wire-samples.json, as SMS would write them. */

export const REQUEST_ID = '0123456789abcdef0123456789abcdef';
const SUCCESS = { __typename: 'ExportConsistencyResultsSuccess', requestIds: [REQUEST_ID] };
const NO_FILE = { ...SUCCESS, files: [] };
const REFUSAL = { requestId: REQUEST_ID, errorParam: null, details: null };
const INVALID_INPUT = { __typename: 'SmsInvalidInputError', ...REFUSAL, fields: null };
const UNAVAILABLE = {
  __typename: 'SmsUnavailableError',
  ...REFUSAL,
  reason: 'UPSTREAM_ERROR',
  retryAfter: null,
};

interface Case {
  /** Null closes the connection instead. */
  sends: { status: number; headers?: Record<string, string>; body?: string } | null;
  becomes: object;
}

export const CASES: Readonly<Record<string, Case>> = {
  ok: { sends: json(200, '{}'), becomes: NO_FILE },
  'empty-json': { sends: json(200, ''), becomes: NO_FILE },
  'empty-none': { sends: { status: 200 }, becomes: NO_FILE },
  '204': { sends: { status: 204 }, becomes: NO_FILE },
  text: { sends: { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'OK' }, becomes: NO_FILE },
  'json-string': { sends: json(200, '"OK"'), becomes: NO_FILE },
  'json-null': { sends: json(200, 'null'), becomes: NO_FILE },
  'json-array': { sends: json(200, '[{"a":1}]'), becomes: file('application/json', '[{"a":1}]', [{ a: 1 }]) },
  'json-object': {
    sends: json(200, '{"result":"x","n":1}'),
    becomes: file('application/json', '{"result":"x","n":1}', { result: 'x', n: 1 }),
  },
  'json-charset': {
    sends: { status: 200, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: '{"result":"x"}' },
    becomes: file('application/json;charset=UTF-8', '{"result":"x"}', { result: 'x' }),
  },
  octet: {
    sends: {
      status: 200,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': 'attachment; filename="results.zip"',
      },
      body: 'PK\u0003\u0004fake',
    },
    becomes: file('application/octet-stream', 'PK\u0003\u0004fake', null, 'results.zip'),
  },
  'err-page403': {
    sends: json(
      403,
      JSON.stringify({
        error_code: 'SMS.9004',
        error_msg: 'The current account does not have the permission to execute policy P.',
        encoded_authorization_message: 'XXXXXX',
        error_param: ['P'],
        details: [{ error_code: 'SMS.9004', error_msg: 'Policy P.' }],
      }),
    ),
    becomes: {
      __typename: 'SmsForbiddenError',
      code: 'SMS.9004',
      message: 'The current account does not have the permission to execute policy P.',
      requestId: REQUEST_ID,
      encodedAuthorizationMessage: 'XXXXXX',
      errorParam: ['P'],
      details: [{ errorCode: 'SMS.9004', errorMsg: 'Policy P.' }],
    },
  },
  'err-code-message': {
    sends: json(400, '{"code":"SMS.0001","message":"cm"}'),
    becomes: { ...INVALID_INPUT, code: 'SMS.0001', message: 'cm' },
  },
  'err-nested': {
    sends: json(
      401,
      '{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}',
    ),
    becomes: {
      __typename: 'SmsUnauthenticatedError',
      ...REFUSAL,
      code: '401',
      message: 'The request you have made requires authentication.',
    },
  },
  'err-nested-str': {
    sends: json(400, '{"error":{"code":"X.1","message":"n"}}'),
    becomes: { ...INVALID_INPUT, code: 'X.1', message: 'n' },
  },
  'err-camel': {
    sends: json(400, '{"errorCode":"C.1","errorMsg":"camel"}'),
    becomes: { ...INVALID_INPUT, code: 'C.1', message: 'camel' },
  },
  'err-apigw': {
    sends: json(
      429,
      `{"error_msg":"The throttling threshold has been reached","error_code":"APIGW.0308","request_id":"${REQUEST_ID}"}`,
      { 'Retry-After': '1' },
    ),
    becomes: {
      __typename: 'SmsThrottledError',
      ...REFUSAL,
      code: 'APIGW.0308',
      message: 'The throttling threshold has been reached',
      retryAfter: 1,
    },
  },
  'err-empty': {
    sends: { status: 500 },
    becomes: { ...UNAVAILABLE, code: 'HTTP_500', message: 'SMS failed with HTTP 500. Try later.' },
  },
  'err-html': {
    sends: {
      status: 502,
      headers: { 'Content-Type': 'text/html' },
      body: '<html><body>502 Bad Gateway</body></html>',
    },
    becomes: { ...UNAVAILABLE, code: 'HTTP_502', message: 'SMS failed with HTTP 502. Try later.' },
  },
  'err-array': {
    sends: json(400, '["x"]'),
    becomes: {
      ...UNAVAILABLE,
      code: 'HTTP_400',
      message: 'The API gateway or a proxy answered in place of SMS with HTTP 400. Try later.',
    },
  },
  'err-nomsg': {
    sends: json(400, '{"error_code":"ONLY.CODE"}'),
    becomes: { ...INVALID_INPUT, code: 'ONLY.CODE', message: 'SMS refused the call with HTTP 400.' },
  },
  'err-504': {
    sends: json(504, '{"error_code":"APIGW.0201","error_msg":"Backend timeout."}'),
    becomes: { ...UNAVAILABLE, code: 'APIGW.0201', message: 'Backend timeout.' },
  },
  redirect: {
    sends: { status: 302, headers: { Location: '/v3/tasks' } },
    becomes: {
      ...UNAVAILABLE,
      code: 'HTTP_302',
      message: 'SMS sent the call elsewhere (HTTP 302), which is never followed. Check the endpoint.',
    },
  },
  reset: {
    sends: null,
    becomes: {
      ...UNAVAILABLE,
      code: 'UNREACHABLE',
      reason: 'UNREACHABLE',
      message: 'The connection to SMS broke before its answer came. Try later.',
      requestId: null,
    },
  },
};

function json(status: number, body: string, headers: Record<string, string> = {}): Case['sends'] {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

function file(contentType: string, text: string, value: unknown, fileName: string | null = null): object {
  const exported = { fileName, contentType, size: text.length, base64: btoa(text), text, json: value };
  return { ...SUCCESS, files: [exported] };
}
