/** The responses of SMS for the cases in wire-samples.json, and the results that they become. */

export const REQUEST_ID = '0123456789abcdef0123456789abcdef';
const SUCCESS = { __typename: 'ExportConsistencyResultsSuccess', requestIds: [REQUEST_ID] };
const NO_FILE = { ...SUCCESS, files: [] };
const REJECTION = { requestId: REQUEST_ID, errorParam: null, details: null };
const INVALID_INPUT = { __typename: 'SmsInvalidInputError', ...REJECTION, fields: null };
const UNAVAILABLE = {
  __typename: 'SmsUnavailableError',
  ...REJECTION,
  reason: 'UPSTREAM_ERROR',
  retryAfter: null,
};

interface Case {
  /** Null closes the connection. */
  response: { status: number; headers?: Record<string, string>; body?: string } | null;
  expected: object;
}

export const RESPONSE_SAMPLES: Readonly<Record<string, Case>> = {
  ok: { response: json(200, '{}'), expected: NO_FILE },
  'empty-json': { response: json(200, ''), expected: NO_FILE },
  'empty-none': { response: { status: 200 }, expected: NO_FILE },
  '204': { response: { status: 204 }, expected: NO_FILE },
  text: { response: { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'OK' }, expected: NO_FILE },
  'json-string': { response: json(200, '"OK"'), expected: NO_FILE },
  'json-null': { response: json(200, 'null'), expected: NO_FILE },
  'json-array': { response: json(200, '[{"a":1}]'), expected: file('application/json', '[{"a":1}]', [{ a: 1 }]) },
  'json-object': {
    response: json(200, '{"result":"x","n":1}'),
    expected: file('application/json', '{"result":"x","n":1}', { result: 'x', n: 1 }),
  },
  'json-charset': {
    response: { status: 200, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: '{"result":"x"}' },
    expected: file('application/json;charset=UTF-8', '{"result":"x"}', { result: 'x' }),
  },
  octet: {
    response: {
      status: 200,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': 'attachment; filename="results.zip"',
      },
      body: 'PK\u0003\u0004fake',
    },
    expected: file('application/octet-stream', 'PK\u0003\u0004fake', null, 'results.zip'),
  },
  'err-page403': {
    response: json(
      403,
      JSON.stringify({
        error_code: 'SMS.9004',
        error_msg: 'The current account does not have the permission to execute policy P.',
        encoded_authorization_message: 'XXXXXX',
        error_param: ['P'],
        details: [{ error_code: 'SMS.9004', error_msg: 'Policy P.' }],
      }),
    ),
    expected: {
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
    response: json(400, '{"code":"SMS.0001","message":"cm"}'),
    expected: { ...INVALID_INPUT, code: 'SMS.0001', message: 'cm' },
  },
  'err-nested': {
    response: json(
      401,
      '{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}',
    ),
    expected: {
      __typename: 'SmsUnauthenticatedError',
      ...REJECTION,
      code: '401',
      message: 'The request you have made requires authentication.',
    },
  },
  'err-nested-str': {
    response: json(400, '{"error":{"code":"X.1","message":"n"}}'),
    expected: { ...INVALID_INPUT, code: 'X.1', message: 'n' },
  },
  'err-camel': {
    response: json(400, '{"errorCode":"C.1","errorMsg":"camel"}'),
    expected: { ...INVALID_INPUT, code: 'C.1', message: 'camel' },
  },
  'err-apigw': {
    response: json(
      429,
      `{"error_msg":"The throttling threshold has been reached","error_code":"APIGW.0308","request_id":"${REQUEST_ID}"}`,
      { 'Retry-After': '1' },
    ),
    expected: {
      __typename: 'SmsThrottledError',
      ...REJECTION,
      code: 'APIGW.0308',
      message: 'The throttling threshold has been reached',
      retryAfter: 1,
    },
  },
  'err-empty': {
    response: { status: 500 },
    expected: { ...UNAVAILABLE, code: 'HTTP_500', message: 'SMS failed with HTTP 500. Try later.' },
  },
  'err-html': {
    response: {
      status: 502,
      headers: { 'Content-Type': 'text/html' },
      body: '<html><body>502 Bad Gateway</body></html>',
    },
    expected: { ...UNAVAILABLE, code: 'HTTP_502', message: 'SMS failed with HTTP 502. Try later.' },
  },
  'err-array': {
    response: json(400, '["x"]'),
    expected: {
      ...UNAVAILABLE,
      code: 'HTTP_400',
      message: 'The API gateway or a proxy responded in place of SMS with HTTP 400. Try later.',
    },
  },
  'err-nomsg': {
    response: json(400, '{"error_code":"ONLY.CODE"}'),
    expected: { ...INVALID_INPUT, code: 'ONLY.CODE', message: 'SMS refused the call with HTTP 400.' },
  },
  'err-504': {
    response: json(504, '{"error_code":"APIGW.0201","error_msg":"Backend timeout."}'),
    expected: { ...UNAVAILABLE, code: 'APIGW.0201', message: 'Backend timeout.' },
  },
  redirect: {
    response: { status: 302, headers: { Location: '/v3/tasks' } },
    expected: {
      ...UNAVAILABLE,
      code: 'HTTP_302',
      message: 'SMS responded with a redirect (HTTP 302), which is not followed. Check the endpoint.',
    },
  },
  reset: {
    response: null,
    expected: {
      ...UNAVAILABLE,
      code: 'UNREACHABLE',
      reason: 'UNREACHABLE',
      message: 'The connection to SMS broke before the response arrived. Try later.',
      requestId: null,
    },
  },
};

function json(status: number, body: string, headers: Record<string, string> = {}): Case['response'] {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

function file(contentType: string, text: string, value: unknown, fileName: string | null = null): object {
  const exported = { fileName, contentType, size: text.length, base64: btoa(text), text, json: value };
  return { ...SUCCESS, files: [exported] };
}
