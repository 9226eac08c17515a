import type { Dispatcher } from 'undici';
import type { Budget } from '../budget/request-budget.ts';
import { isErrorBody } from '../errors/error-body.ts';
import { type ResponseError, responseErrorIn } from '../errors/error-kind.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { beginningOf, jsonIn, jsonInTurns } from '../text/decode.ts';
import { type Decode, decoded, decodersFor, TooLongError } from './content-coding.ts';
import { type Redactor, redactorOf } from './redact.ts';
import type { Peer } from './transport.ts';

/** An error holds at most an encrypted decision of 64 KiB and some short texts. */
const MAX_ERROR_BYTES = 512 * 1024;
/** A shorter body is parsed at once. */
const LONG_BYTES = 64 * 1024;

/** Names are in lower case. */
type Headers = Dispatcher.ResponseData['headers'];

/** A complete response. */
export class HttpResponse {
  readonly status: number;
  readonly bytes: Buffer;
  /** The server's own id of the request, if it is safe to repeat. */
  readonly requestId: string | null;
  /** For everything in the response that is repeated to the caller beside data. */
  readonly redactor: Redactor;
  readonly #headers: Headers;
  #json: { value: unknown } | undefined;
  #error: ResponseError | undefined;

  constructor(status: number, bytes: Buffer, headers: Headers = {}, redactor: Redactor = redactorOf()) {
    this.status = status;
    this.bytes = bytes;
    this.requestId = redactor.id(firstOf(headers['x-request-id']));
    this.redactor = redactor;
    this.#headers = headers;
  }

  /** The first header with that name, which is in lower case. */
  header(name: string): string | null {
    return firstOf(this.#headers[name]);
  }

  /** Whether the status is that of a success and the body is not an error all the same. */
  get isSuccess(): boolean {
    if (this.status < 200 || this.status > 299) return false;
    return this.bytes.length > MAX_ERROR_BYTES || !isErrorBody(this.json);
  }

  get contentType(): string | null {
    return this.header('content-type');
  }

  /** The value of a JSON body, parsed once. Undefined if the body is anything else. */
  get json(): unknown {
    this.#json ??= { value: jsonIn(this.bytes, this.contentType) };
    return this.#json.value;
  }

  /** What the body says as an error, read once. Of use only if the response is not a success. */
  get error(): ResponseError {
    this.#error ??= responseErrorIn(this.status, this.json);
    return this.#error;
  }

  /** Parses a long body in turns. One that does not begin like an object, a list or a string is not JSON. */
  async parseInTurns(): Promise<this> {
    const { bytes, contentType } = this;
    const mayBeJson = /^\s*(?:[{["]|$)/.test(beginningOf(bytes, contentType));
    this.#json = { value: mayBeJson ? await jsonInTurns(bytes, contentType) : undefined };
    return this;
  }
}

interface ResponseHead {
  status: number;
  headers: Headers;
  peer: Peer;
  redactor?: Redactor;
  budget?: Budget | undefined;
}

/** Collects a response. Throws `SmsUnavailableError` INVALID_ANSWER if it is too long, incomplete or compressed in an unknown way. */
export class ResponseReader {
  readonly #head: ResponseHead;
  readonly #decoders: readonly Decode[];
  readonly #announcedSize: number;
  /** Grows as bytes arrive: to join 15 MB at the end would keep the process busy for 15 ms. */
  #buffer = Buffer.alloc(0);
  #size = 0;

  constructor(head: ResponseHead) {
    this.#head = head;
    const { status, headers } = head;
    const isSuccess = status >= 200 && status < 300;
    if (status === 206 || (isSuccess && headers['content-range'] !== undefined))
      throw this.#invalid(`sent only a part of its response (HTTP ${status}), which was not asked for. Try later.`);
    const decoders = decodersFor(headers['content-encoding']);
    if (decoders === null) throw this.#invalid('sent a response that is compressed in an unknown way. Try later.');
    this.#decoders = decoders;
    this.#announcedSize = Number(firstOf(headers['content-length'])) || 0;
    if (this.#announcedSize > this.#maxBytes) throw this.#tooLong();
  }

  /** Also throws what ends the budget. */
  push(chunk: Buffer): void {
    const size = this.#size + chunk.length;
    if (size > this.#maxBytes) throw this.#tooLong();
    if (size > this.#buffer.length) this.#grow(size);
    chunk.copy(this.#buffer, this.#size);
    this.#size = size;
    this.#spend(chunk.length);
  }

  #grow(size: number): void {
    const buffer = Buffer.allocUnsafeSlow(Math.max(size, this.#announcedSize, 2 * this.#buffer.length));
    this.#buffer.copy(buffer);
    this.#buffer = buffer;
  }

  /** Returns the response at once unless it is long or compressed. */
  end(): HttpResponse | Promise<HttpResponse> {
    const bytes = this.#buffer.subarray(0, this.#size);
    return this.#decoders.length === 0 ? this.#responseWith(bytes) : this.#decompressed(bytes);
  }

  async #decompressed(bytes: Buffer): Promise<HttpResponse> {
    const plain = await decoded(bytes, this.#decoders, this.#maxBytes).catch((cause: unknown) => {
      if (cause instanceof TooLongError) throw this.#tooLong();
      throw this.#invalid('sent a compressed response that is broken. Try later.');
    });
    this.#spend(Math.max(0, plain.length - bytes.length));
    return this.#responseWith(plain);
  }

  #responseWith(bytes: Buffer): HttpResponse | Promise<HttpResponse> {
    const { status, headers, redactor } = this.#head;
    const response = new HttpResponse(status, bytes, headers, redactor);
    return bytes.length > LONG_BYTES ? response.parseInTurns() : response;
  }

  get #maxBytes(): number {
    return this.#head.peer.limits.maxResponseBytes;
  }

  #tooLong(): SmsUnavailableError {
    const advice = 'Ask for fewer things at once, or raise the limit.';
    return this.#invalid(`sent more than ${this.#maxBytes} bytes in one answer. ${advice}`);
  }

  #spend(bytes: number): void {
    const stop = this.#head.budget?.takeRead(bytes) ?? null;
    if (stop !== null) throw stop;
  }

  #invalid(what: string): SmsUnavailableError {
    const { peer, headers, redactor = redactorOf() } = this.#head;
    const requestId = redactor.id(firstOf(headers['x-request-id']));
    return new SmsUnavailableError('INVALID_ANSWER', `${peer.name} ${what}`, { facts: { requestId } });
  }
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
