/** Faults on request: the next matching requests fail in a chosen way. */
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { EmulatorResponse, jsonResponse } from './response.ts';

export type Fault = FaultKind & {
  /** Number of requests that it affects. Default 1; `Infinity` for all. */
  times?: number;
  /** Only requests whose target starts with this, e.g. `/v3/tasks`. */
  path?: string;
  method?: string;
};

type FaultKind =
  /** The normal response, `ms` later. */
  | { kind: 'latency'; ms: number }
  /** This response instead; the request is not executed. A body that is not a string is sent as JSON. */
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  /** 429; `retryAfter` as in the header, seconds or a date. */
  | { kind: 'throttle'; retryAfter: number | string }
  /** The connection is reset without a response; the request is not executed. */
  | { kind: 'reset' }
  /** The request is executed; the connection is closed after half of the declared Content-Length. */
  | { kind: 'reset-in-body' }
  | { kind: 'redirect'; location: string; status?: number }
  /** 200 and `bytes` bytes, with a Content-Length if `declared`. */
  | { kind: 'oversized'; bytes: number; declared?: boolean; contentType?: string }
  /** The normal response with another Content-Type. */
  | { kind: 'content-type'; value: string }
  /** The normal response, byte by byte. */
  | { kind: 'drip'; bytesPerSecond: number }
  /** The request is read and gets no response. */
  | { kind: 'hang' };

const BLOCK = Buffer.alloc(65_536, 'x');

/** The pending faults, oldest first. */
export class Faults {
  #pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that affects this request, if any; counts as one of its `times`. */
  take(method: string, target: string): Fault | undefined {
    const match = this.#pending.find(
      ({ fault }) => (fault.method ?? method) === method && target.startsWith(fault.path ?? ''),
    );
    if (!match) return undefined;
    match.left -= 1;
    if (match.left <= 0) this.#pending = this.#pending.filter((entry) => entry !== match);
    return match.fault;
  }
}

/** Sends the response of `execute` as the fault alters it. Some faults replace it; then `execute` is not called. */
export async function sendWithFault(
  fault: Fault | undefined,
  execute: () => EmulatorResponse,
  response: ServerResponse,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return send(execute(), response);
    case 'latency':
      await delay(fault.ms, undefined, { ref: false });
      return send(execute(), response);
    case 'content-type': {
      const { status, headers, body } = execute();
      return send(new EmulatorResponse(status, { ...headers, 'Content-Type': fault.value }, body), response);
    }
    case 'status':
      return send(statusResponse(fault), response);
    case 'throttle':
      return send(throttledResponse(fault.retryAfter), response);
    case 'redirect':
      return send(new EmulatorResponse(fault.status ?? 302, { Location: fault.location }), response);
    case 'reset':
      response.req.socket.resetAndDestroy();
      return undefined;
    case 'reset-in-body':
      return sendHalf(execute(), response);
    case 'oversized':
      return sendBytes(fault, response);
    case 'drip':
      return sendSlowly(execute(), fault.bytesPerSecond, response);
    case 'hang':
      return undefined;
  }
}

function send({ status, headers, body }: EmulatorResponse, response: ServerResponse): void {
  const length = status === 204 ? {} : { 'Content-Length': body.length };
  response.writeHead(status, { ...headers, ...length }).end(body);
}

function statusResponse({ status, headers = {}, body = '' }: Fault & { kind: 'status' }): EmulatorResponse {
  if (typeof body === 'string') return new EmulatorResponse(status, headers, body);
  const json = jsonResponse(status, body);
  return new EmulatorResponse(status, { ...json.headers, ...headers }, json.body);
}

// No public page confirms the code of a throttled call.
function throttledResponse(retryAfter: number | string): EmulatorResponse {
  const { status, headers, body } = jsonResponse(429, {
    error_code: 'APIGW.0308',
    error_msg: 'The throttling threshold has been reached: policy user over ratelimit',
  });
  return new EmulatorResponse(status, { ...headers, 'Retry-After': String(retryAfter) }, body);
}

function sendHalf({ status, headers, body }: EmulatorResponse, response: ServerResponse): void {
  const declared = Math.max(2, body.length);
  response.writeHead(status, { ...headers, 'Content-Length': declared });
  const half = Buffer.concat([body, Buffer.from('  ')]).subarray(0, Math.floor(declared / 2));
  response.write(half, () => response.destroy());
}

async function sendBytes(fault: Fault & { kind: 'oversized' }, response: ServerResponse): Promise<void> {
  const length = fault.declared ? { 'Content-Length': fault.bytes } : {};
  response.writeHead(200, { 'Content-Type': fault.contentType ?? 'application/octet-stream', ...length });
  await pipeline(blocks(fault.bytes), response);
}

function* blocks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= BLOCK.length) yield BLOCK.subarray(0, Math.min(left, BLOCK.length));
}

async function sendSlowly(
  { status, headers, body }: EmulatorResponse,
  bytesPerSecond: number,
  response: ServerResponse,
) {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  await pipeline(singleBytes(body, 1000 / bytesPerSecond), response);
}

async function* singleBytes(body: Buffer, pauseMs: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += 1) {
    yield body.subarray(at, at + 1);
    await delay(pauseMs, undefined, { ref: false });
  }
}
