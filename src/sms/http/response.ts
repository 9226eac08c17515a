import type { Dispatcher } from 'undici';
import type { Budget } from '../budget/request-budget.ts';
import { isErrorBody } from '../errors/error-body.ts';
import { type ResponseError, responseErrorIn } from '../errors/error-kind.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { beginningOf, jsonIn, jsonInTurns } from '../text/decode.ts';
import { type Decode, decoded, decodersFor, TooLongError } from './content-coding.ts';
import { NO_SECRETS, type Redactor, redactorOf } from './redact.ts';
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

  constructor(status: number, bytes: Buffer, headers: Headers = {}, redactor: Redactor = redactorOf(NO_SECRETS)) {
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

  /** Parses a body that may be JSON, and yields to other work in between. */
  async parseInTurns(): Promise<this> {
    const { bytes, contentType } = this;
    if (/^\s*[{["]/.test(beginningOf(bytes, contentType)))
      this.#json = { value: await jsonInTurns(bytes, contentType) };
    return this;
  }
}

/**
 * Collects one response. The constructor and `push` throw `SmsUnavailableError` INVALID_ANSWER for a response that the gateway does
 * not take: one that is too long, before or after its decompression, only a part, or compressed in an unknown way.
 */
export class ResponseReader {
  readonly #status: number;
  readonly #headers: Headers;
  readonly #peer: Peer;
  readonly #redactor: Redactor;
  readonly #budget: Budget | undefined;
  readonly #decoders: readonly Decode[];
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(status: number, headers: Headers, peer: Peer, redactor: Redactor, budget?: Budget) {
    this.#status = status;
    this.#headers = headers;
    this.#peer = peer;
    this.#redactor = redactor;
    this.#budget = budget;
    const isSuccess = status >= 200 && status < 300;
    if (status === 206 || (isSuccess && headers['content-range'] !== undefined))
      throw this.#invalid(`sent only a part of its response (HTTP ${status}), which was not asked for. Try later.`);
    const decoders = decodersFor(headers['content-encoding']);
    if (decoders === null) throw this.#invalid('sent a response that is compressed in an unknown way. Try later.');
    this.#decoders = decoders;
    if (Number(firstOf(headers['content-length'])) > peer.limits.maxResponseBytes) throw this.#tooLong();
  }

  /** Throws also what ends the budget. */
  push(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#peer.limits.maxResponseBytes) throw this.#tooLong();
    this.#chunks.push(chunk);
    this.#spend(chunk.length);
  }

  /** The whole response: at once, unless it is long or compressed. */
  end(): HttpResponse | Promise<HttpResponse> {
    const bytes = Buffer.concat(this.#chunks);
    return this.#decoders.length === 0 ? this.#responseWith(bytes) : this.#decompressed(bytes);
  }

  async #decompressed(bytes: Buffer): Promise<HttpResponse> {
    const plain = await decoded(bytes, this.#decoders, this.#peer.limits.maxResponseBytes).catch((cause: unknown) => {
      throw cause instanceof TooLongError
        ? this.#tooLong()
        : this.#invalid('sent a compressed response that is broken. Try later.');
    });
    this.#spend(Math.max(0, plain.length - bytes.length));
    return this.#responseWith(plain);
  }

  #responseWith(bytes: Buffer): HttpResponse | Promise<HttpResponse> {
    const response = new HttpResponse(this.#status, bytes, this.#headers, this.#redactor);
    return bytes.length > LONG_BYTES ? response.parseInTurns() : response;
  }

  #spend(bytes: number): void {
    const stop = this.#budget?.takeRead(bytes) ?? null;
    if (stop !== null) throw stop;
  }

  #tooLong(): SmsUnavailableError {
    const { maxResponseBytes } = this.#peer.limits;
    return this.#invalid(
      `sent more than ${maxResponseBytes} bytes in one answer. Ask for fewer things at once, or raise the limit.`,
    );
  }

  #invalid(what: string): SmsUnavailableError {
    const requestId = this.#redactor.id(firstOf(this.#headers['x-request-id']));
    return new SmsUnavailableError('INVALID_ANSWER', `${this.#peer.name} ${what}`, { facts: { requestId } });
  }
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
