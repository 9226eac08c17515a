/** How the emulator says no: the three error shapes of the vendor, as values that a handler throws. */

/** An answer that refuses. `body` is given the id of the request, since the API gateway repeats it there. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: (requestId: string) => unknown;

  constructor(status: number, message: string, body: (requestId: string) => unknown) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** SMS itself refuses: `{error_code, error_msg}`. It documents 400 for every code of its own. */
export function smsRefusal(code: string, message: string): Refusal {
  return new Refusal(400, message, () => ({ error_code: code, error_msg: message }));
}

/** The API gateway in front of SMS refuses: the same pair, and the request id in the body. */
export function gatewayRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, message, (requestId) => ({ error_code: code, error_msg: message, request_id: requestId }));
}

/** The caller lacks a permission: the longer shape that SMS uses for 403 alone. It holds sentences, not the bare action. */
export function forbidden(action: string, resource: string): Refusal {
  const sentence = `Action ${action} is not granted to you on resource ${resource}.`;
  const message = `The policies of this account do not allow the call. ${sentence}`;
  return new Refusal(403, message, (requestId) => ({
    error_code: 'SMS.9004',
    error_msg: message,
    encoded_authorization_message: Buffer.from(`emulator denied ${action} in ${requestId}`).toString('base64'),
    error_param: [sentence],
    details: [{ error_code: 'SMS.9004', error_msg: sentence }],
  }));
}

/** IAM refuses: the error is nested. */
export function iamRefusal(status: number, title: string, message: string): Refusal {
  return new Refusal(status, message, () => ({ error: { code: status, message, title } }));
}

/** Nothing listens at this method and path. */
export function unknownApi(): Refusal {
  return gatewayRefusal(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment');
}

/** An identifier that is fit to be repeated in a message; a long one is not. */
export function named(id: string): string {
  return id.length <= 36 ? `"${id}"` : `of ${id.length} characters`;
}
