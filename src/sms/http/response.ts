import type { Dispatcher } from 'undici';
import { jsonIn, jsonInTurns, jsonLinesIn } from '../../text/decode.ts';
import { isRoundFull, nextRound } from '../../time/event-loop-turns.ts';
import type { CallBudget } from '../call-budget.ts';
import { isErrorBody } from '../errors/error-body.ts';
import { type ResponseError, responseErrorIn } from '../errors/error-kind.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { decoded, decodersFor, TooLongError } from './content-coding.ts';
import { type Redactor, redactorOf } from './redact.ts';
import type { Peer } from './transport.ts';

/** An error holds at most an encrypted decision of 64 KiB and some short texts. */
const MAX_ERROR_BYTES = 512 * 1024;
/** Node reads at most this much at once from a socket. A longer buffer was joined for this response alone. */
const CHUNK_BYTES = 64 * 1024;
/** A longer body is parsed in turns. */
const LONG_BYTES = 64 * 1024;
/** A shorter body is parsed at once. Up to `LONG_BYTES`, it is parsed in one piece, but not in a round that is full. */
const SHORT_BYTES = 16 * 1024;

/** Names are in lower case. */
type Headers = Dispatcher.ResponseData['headers'];

/** A complete response. */
export class HttpResponse {
  readonly status: number;
  readonly bytes: Buffer;
  /** For everything in the response that is repeated to the caller beside data. */
  readonly redactor: Redactor;
  readonly #headers: Headers;
  #json: { value: unknown } | undefined;
  #error: ResponseError | undefined;
  #isSuccess: boolean | undefined;
  #requestId: string | null | undefined;

  constructor(status: number, bytes: Buffer, headers: Headers = {}, redactor: Redactor = redactorOf()) {
    this.status = status;
    this.bytes = bytes;
    this.redactor = redactor;
    this.#headers = headers;
  }

  /** The server's own id of the request, if it is safe to repeat. */
  get requestId(): string | null {
    if (this.#requestId === undefined) this.#requestId = this.redactor.id(this.header('x-request-id'));
    return this.#requestId;
  }

  /** The first header with that name, which is in lower case. */
  header(name: string): string | null {
    return firstOf(this.#headers[name]);
  }

  /** Whether the status is 2xx and the body is not an error. */
  get isSuccess(): boolean {
    if (this.status < 200 || this.status > 299) return false;
    this.#isSuccess ??= this.bytes.length > MAX_ERROR_BYTES || !isErrorBody(this.#values);
    return this.#isSuccess;
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
    this.#error ??= responseErrorIn(this.status, this.#values);
    return this.#error;
  }

  /** What may be an error: the JSON body, or a list if there is JSON in each line. */
  get #values(): unknown {
    return this.json === undefined ? jsonLinesIn(this.bytes, this.contentType) : this.json;
  }

  /**
   * Frees a body that was joined from chunks. It lies outside of the heap, where a buffer that has survived two collections of
   * young objects would wait for a full one. `bytes` is empty then.
   */
  release(): void {
    const { buffer } = this.bytes;
    if (buffer instanceof ArrayBuffer && buffer.byteLength > CHUNK_BYTES) buffer.transfer(0);
  }

  /** Parses the body now. */
  parsed(): this {
    void this.json;
    return this;
  }

  /** Parses a long body in turns. */
  async parseInTurns(hold?: (bytes: number) => void): Promise<this> {
    this.#json = { value: await jsonInTurns(this.bytes, this.contentType, { ...(hold && { hold }) }) };
    return this;
  }
}

/** 206 Partial Content, and 226 IM Used, which contains only what differs from another response. */
const PARTIAL = new Set([206, 226]);
/** 204 No Content. Higher 2xx statuses are for browsers and WebDAV. */
const MAX_SUCCESS_STATUS = 204;

function isPart(headers: Headers): boolean {
  return (
    headers['content-range'] !== undefined || /^multipart\/byteranges/i.test(firstOf(headers['content-type']) ?? '')
  );
}

/** Collects a response. */
export class ResponseReader {
  readonly #status: number;
  readonly #headers: Headers;
  readonly #peer: Pick<Peer, 'name' | 'limits'>;
  readonly #redactor: Redactor;
  readonly #budget: CallBudget | undefined;
  readonly #decoders: NonNullable<ReturnType<typeof decodersFor>>;
  readonly #announcedSize: number;
  #buffer = NO_BYTES;
  #size = 0;

  /** Throws `SmsUnavailableError` INVALID_ANSWER if the response is too long, a part, or compressed in an unknown way. */
  constructor(
    status: number,
    headers: Headers,
    peer: Pick<Peer, 'name' | 'limits'>,
    { redactor = redactorOf(), budget }: { redactor?: Redactor; budget?: CallBudget | undefined },
  ) {
    this.#status = status;
    this.#headers = headers;
    this.#peer = peer;
    this.#redactor = redactor;
    this.#budget = budget;
    const isSuccess = status >= 200 && status < 300;
    if (PARTIAL.has(status) || (isSuccess && isPart(headers)))
      throw this.#invalid(`sent only a part of its response (HTTP ${status}), which was not requested. Try later.`);
    if (isSuccess && status > MAX_SUCCESS_STATUS) {
      const advice = 'It probably comes from a proxy. Try later.';
      throw this.#invalid(`responded with HTTP ${status}, a status that it does not use. ${advice}`);
    }
    const decoders = decodersFor(headers['content-encoding']);
    if (decoders === null) throw this.#invalid('compressed its response in an unknown way. Try later.');
    this.#decoders = decoders;
    this.#announcedSize = Number(firstOf(headers['content-length'])) || 0;
    this.#assertSize(this.#announcedSize);
  }

  /** Throws `SmsUnavailableError` if the response is too long, and what ends the budget. */
  push(chunk: Buffer): void {
    const size = this.#size + chunk.length;
    this.#assertSize(size);
    // Most responses are a single chunk. Others grow as bytes arrive: joining 15 MB at the end would block the process for 15 ms.
    if (this.#size === 0 && chunk.length >= this.#announcedSize) this.#buffer = chunk;
    else {
      if (size > this.#buffer.length) {
        const grown = Buffer.allocUnsafeSlow(Math.max(size, this.#announcedSize, 2 * this.#buffer.length));
        this.#buffer.copy(grown, 0, 0, this.#size);
        this.#buffer = grown;
      }
      chunk.copy(this.#buffer, this.#size);
    }
    this.#size = size;
    this.#spend(chunk.length);
  }

  /** Whether more is to come of a body that is long already. */
  get isLongAndIncomplete(): boolean {
    return this.#size > LONG_BYTES && (this.#announcedSize === 0 || this.#size < this.#announcedSize);
  }

  /** Returns the response at once unless it is long or compressed, or too much work has come in this round. */
  end(): HttpResponse | Promise<HttpResponse> {
    const bytes = this.#buffer.length === this.#size ? this.#buffer : this.#buffer.subarray(0, this.#size);
    return this.#decoders.length === 0 ? this.#responseWith(bytes) : this.#decompressed(bytes);
  }

  #responseWith(bytes: Buffer): HttpResponse | Promise<HttpResponse> {
    const response = new HttpResponse(this.#status, bytes, this.#headers, this.#redactor);
    if (bytes.length > LONG_BYTES) return response.parseInTurns((count) => this.#budget?.holdParsed(count));
    return bytes.length > SHORT_BYTES && isRoundFull() ? nextRound().then(() => response.parsed()) : response;
  }

  async #decompressed(compressed: Buffer): Promise<HttpResponse> {
    const { maxResponseBytes } = this.#peer.limits;
    const bytes = await decoded(compressed, this.#decoders, maxResponseBytes).catch((cause: unknown) => {
      if (cause instanceof TooLongError) this.#assertSize(Number.POSITIVE_INFINITY);
      throw this.#invalid('sent a compressed response that cannot be read. Try later.');
    });
    this.#spend(Math.max(0, bytes.length - compressed.length));
    return this.#responseWith(bytes);
  }

  #assertSize(bytes: number): void {
    const { maxResponseBytes } = this.#peer.limits;
    if (bytes <= maxResponseBytes) return;
    const advice = 'Request less at once, or raise SMS_MAX_ANSWER_BYTES.';
    throw this.#invalid(`sent a response of more than ${maxResponseBytes} bytes. ${advice}`);
  }

  #spend(bytes: number): void {
    const stop = this.#budget?.takeRead(bytes) ?? null;
    if (stop !== null) throw stop;
  }

  #invalid(what: string): SmsUnavailableError {
    const requestId = this.#redactor.id(firstOf(this.#headers['x-request-id']));
    return new SmsUnavailableError('INVALID_ANSWER', `${this.#peer.name} ${what}`, { facts: { requestId } });
  }
}

const NO_BYTES: Buffer = Buffer.alloc(0);

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
