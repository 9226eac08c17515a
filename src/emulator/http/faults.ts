/**
 * Faults on request: the next matching requests fail in a chosen way. In the same process `emulator.fault({...})`;
 * from another one the control address, which answers loopback peers only and is no part of SMS:
 *
 *     POST   /emulator/fault        a `Fault` as JSON
 *     DELETE /emulator/faults       forget all faults
 *     POST   /emulator/export-form  {"form": "csv"}, see export-form.ts
 *     POST   /emulator/result-form  {"form": "objects"}, see export-form.ts
 *     POST   /emulator/clock        {"advance": 60000}, milliseconds
 *
 * `Infinity` in JSON is written "always": {"kind": "hang", "times": "always"}.
 */
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Answer, json } from './router.ts';

export type Fault = FaultKind & {
  /** How many requests it meets; default 1, `Infinity` for all. */
  times?: number;
  /** Only requests whose target starts so, e.g. `/v3/tasks`. */
  path?: string;
  method?: string;
};

type FaultKind =
  /** The right answer, `ms` later. */
  | { kind: 'latency'; ms: number }
  /** This answer instead; the request is not carried out. An object as body is sent as JSON. */
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  /** 429; `retryAfter` in seconds or a date, as in the header. */
  | { kind: 'throttle'; retryAfter: number | string }
  /** The connection is reset without an answer; the request is not carried out. */
  | { kind: 'reset' }
  /** The request is carried out; half of the promised bytes come, then the connection breaks. */
  | { kind: 'reset-in-body' }
  | { kind: 'redirect'; location: string; status?: number }
  /** 200 and `bytes` bytes; with `declared` the Content-Length says so beforehand. */
  | { kind: 'oversized'; bytes: number; declared?: boolean; contentType?: string }
  /** The right answer under a false type. */
  | { kind: 'content-type'; value: string }
  /** The right answer, slowly. */
  | { kind: 'drip'; bytesPerSecond: number }
  /** The request is read and never answered. */
  | { kind: 'hang' };

const BLOCK = Buffer.alloc(65_536, 'x');

/** The faults that wait for their requests, oldest first. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that this request meets, counted down. */
  take(method: string, target: string): Fault | undefined {
    const met = this.#waiting.find(
      ({ fault }) => (fault.method ?? method) === method && target.startsWith(fault.path ?? ''),
    );
    if (!met) return undefined;
    met.left -= 1;
    if (met.left <= 0) this.#waiting = this.#waiting.filter((entry) => entry !== met);
    return met.fault;
  }
}

/** Sends the answer, or what the fault makes of it. `answer` is called only if the request is to be carried out. */
export async function deliver(
  fault: Fault | undefined,
  answer: () => Promise<Answer>,
  response: ServerResponse,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return send(await answer(), response);
    case 'latency':
      await delay(fault.ms, undefined, { ref: false });
      return send(await answer(), response);
    case 'content-type': {
      const { status, headers, body } = await answer();
      return send(new Answer(status, { ...headers, 'Content-Type': fault.value }, body), response);
    }
    case 'status':
      return send(statusAnswer(fault), response);
    case 'throttle':
      return send(throttled(fault.retryAfter), response);
    case 'redirect':
      return send(new Answer(fault.status ?? 302, { Location: fault.location }), response);
    case 'reset':
      response.req.socket.resetAndDestroy();
      return undefined;
    case 'reset-in-body':
      return breakOff(await answer(), response);
    case 'oversized':
      return pour(fault, response);
    case 'drip':
      return drip(await answer(), fault.bytesPerSecond, response);
    case 'hang':
      return undefined;
  }
}

function send({ status, headers, body }: Answer, response: ServerResponse): void {
  const length = status === 204 ? {} : { 'Content-Length': body.length };
  response.writeHead(status, { ...headers, ...length }).end(body);
}

function statusAnswer({ status, headers = {}, body = '' }: Fault & { kind: 'status' }): Answer {
  if (typeof body === 'string') return new Answer(status, headers, body);
  const plain = json(status, body);
  return new Answer(status, { ...plain.headers, ...headers }, plain.body);
}

// The code that throttled calls carry was not confirmed by any public page; the status is what counts.
function throttled(retryAfter: number | string): Answer {
  const { status, headers, body } = json(429, {
    error_code: 'APIGW.0308',
    error_msg: 'The throttling threshold has been reached: policy user over ratelimit',
  });
  return new Answer(status, { ...headers, 'Retry-After': String(retryAfter) }, body);
}

function breakOff({ status, headers, body }: Answer, response: ServerResponse): void {
  const promised = Math.max(2, body.length);
  response.writeHead(status, { ...headers, 'Content-Length': promised });
  const half = Buffer.concat([body, Buffer.from('  ')]).subarray(0, Math.floor(promised / 2));
  response.write(half, () => response.destroy());
}

async function pour(fault: Fault & { kind: 'oversized' }, response: ServerResponse): Promise<void> {
  const length = fault.declared ? { 'Content-Length': fault.bytes } : {};
  response.writeHead(200, { 'Content-Type': fault.contentType ?? 'application/octet-stream', ...length });
  await pipeline(blocks(fault.bytes), response);
}

function* blocks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= BLOCK.length) yield BLOCK.subarray(0, Math.min(left, BLOCK.length));
}

async function drip({ status, headers, body }: Answer, bytesPerSecond: number, response: ServerResponse) {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  await pipeline(drops(body, 1000 / bytesPerSecond), response);
}

async function* drops(body: Buffer, pause: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += 1) {
    yield body.subarray(at, at + 1);
    await delay(pause, undefined, { ref: false });
  }
}
