/** Error responses in the vendor's shapes, as errors that handlers throw. */

/** Becomes the response. `body` takes the request id, because the API gateway repeats it there. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: (requestId: string) => unknown;

  constructor(status: number, message: string, body: (requestId: string) => unknown) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** An error of SMS itself: `{error_code, error_msg}`. SMS documents status 400 for all of its own codes. */
export function smsError(code: string, message: string): HttpError {
  return new HttpError(400, message, () => ({ error_code: code, error_msg: message }));
}

/** An error of the API gateway in front of SMS: the same pair, plus the request id. */
export function apiGatewayError(status: number, code: string, message: string): HttpError {
  return new HttpError(status, message, (requestId) => ({
    error_code: code,
    error_msg: message,
    request_id: requestId,
  }));
}

/** A missing permission: the longer shape that SMS uses only for 403. It names the action only within sentences. */
export function forbiddenError(action: string, resource: string): HttpError {
  const sentence = `Action ${action} is not granted to you on resource ${resource}.`;
  const message = `The policies of this account do not allow the call. ${sentence}`;
  return new HttpError(403, message, (requestId) => ({
    error_code: 'SMS.9004',
    error_msg: message,
    encoded_authorization_message: Buffer.from(`emulator denied ${action} in ${requestId}`).toString('base64'),
    error_param: [sentence],
    details: [{ error_code: 'SMS.9004', error_msg: sentence }],
  }));
}

/** An error of IAM, which nests it. */
export function iamError(status: number, title: string, message: string): HttpError {
  return new HttpError(status, message, () => ({ error: { code: status, message, title } }));
}

/** No operation has this method and path. */
export function unknownApiError(): HttpError {
  return apiGatewayError(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment');
}

/** An id for use in a message; a long one is replaced by its length. */
export function printableId(id: string): string {
  return id.length <= 36 ? `"${id}"` : `of ${id.length} characters`;
}
