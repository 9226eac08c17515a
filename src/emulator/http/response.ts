/** Responses of the emulator. */

export class EmulatorResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;

  constructor(status: number, headers: Record<string, string>, body: string | Buffer = '') {
    this.status = status;
    this.headers = headers;
    this.body = Buffer.from(body);
  }
}

const JSON_TYPE = 'application/json;charset=UTF-8';

export function jsonResponse(status: number, value: unknown): EmulatorResponse {
  return new EmulatorResponse(status, { 'Content-Type': JSON_TYPE }, JSON.stringify(value));
}

/** SMS's response to a call that returns nothing: byte for byte as in its reference, with the space. */
export function acknowledgement(): EmulatorResponse {
  return new EmulatorResponse(200, { 'Content-Type': JSON_TYPE }, '{ }');
}
