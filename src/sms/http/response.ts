import type { Dispatcher } from 'undici';
import type { Budget } from '../budget/request-budget.ts';
import { isErrorBody } from '../errors/error-body.ts';
import { type ResponseError, responseErrorIn } from '../errors/error-kind.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { beginningOf, jsonIn, jsonInTurns } from '../text/decode.ts';
import { decoded, decodersFor, TooLongError } from './content-coding.ts';
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
  #isSuccess: boolean | undefined;

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
    this.#isSuccess ??= this.bytes.length > MAX_ERROR_BYTES || !isErrorBody(this.json);
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
    this.#error ??= responseErrorIn(this.status, this.json);
    return this.#error;
  }

  /** Parses a long body in turns. One that does not begin like an object, a list or a string is not JSON. */
  async parseInTurns(hold?: (bytes: number) => void): Promise<this> {
    const { bytes, contentType } = this;
    const mayBeJson = /^\s*(?:[{["]|$)/.test(beginningOf(bytes, contentType));
    this.#json = { value: mayBeJson ? await jsonInTurns(bytes, contentType, { ...(hold && { hold }) }) : undefined };
    return this;
  }
}

/** Collects a response. */
export interface ResponseReader {
  /** Throws `SmsUnavailableError` if the response is too long, and what ends the budget. */
  push(chunk: Buffer): void;
  /** Returns the response at once unless it is long or compressed. */
  end(): HttpResponse | Promise<HttpResponse>;
}

/** Throws `SmsUnavailableError` INVALID_ANSWER if the response is too long, a part, or compressed in an unknown way. */
export function responseReader(
  status: number,
  headers: Headers,
  { name, limits: { maxResponseBytes } }: Peer,
  { redactor = redactorOf(), budget }: { redactor?: Redactor; budget?: Budget | undefined },
): ResponseReader {
  const invalid = (what: string) => {
    const requestId = redactor.id(firstOf(headers['x-request-id']));
    return new SmsUnavailableError('INVALID_ANSWER', `${name} ${what}`, { facts: { requestId } });
  };
  const assertSize = (bytes: number) => {
    if (bytes <= maxResponseBytes) return;
    const advice = 'Request less at once, or raise SMS_MAX_ANSWER_BYTES.';
    throw invalid(`sent a response of more than ${maxResponseBytes} bytes. ${advice}`);
  };
  const spend = (bytes: number) => {
    const stop = budget?.takeRead(bytes) ?? null;
    if (stop !== null) throw stop;
  };

  if (status === 206 || (status >= 200 && status < 300 && headers['content-range'] !== undefined))
    throw invalid(`sent only a part of its response (HTTP ${status}), which was not requested. Try later.`);
  const decoders = decodersFor(headers['content-encoding']);
  if (decoders === null) throw invalid('compressed its response in an unknown way. Try later.');
  const announcedSize = Number(firstOf(headers['content-length'])) || 0;
  assertSize(announcedSize);

  // Grows as bytes arrive: joining 15 MB at the end would block the process for 15 ms.
  let buffer = Buffer.alloc(0);
  let size = 0;
  const append = (chunk: Buffer) => {
    const newSize = size + chunk.length;
    if (newSize > buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(newSize, announcedSize, 2 * buffer.length));
      buffer.copy(grown);
      buffer = grown;
    }
    chunk.copy(buffer, size);
    size = newSize;
  };
  const responseWith = (bytes: Buffer) => {
    const response = new HttpResponse(status, bytes, headers, redactor);
    return bytes.length > LONG_BYTES ? response.parseInTurns((count) => budget?.holdParsed(count)) : response;
  };
  const decompressed = async () => {
    const bytes = await decoded(buffer.subarray(0, size), decoders, maxResponseBytes).catch((cause: unknown) => {
      if (cause instanceof TooLongError) assertSize(Number.POSITIVE_INFINITY);
      throw invalid('sent a compressed response that cannot be read. Try later.');
    });
    spend(Math.max(0, bytes.length - size));
    return responseWith(bytes);
  };
  return {
    push(chunk) {
      assertSize(size + chunk.length);
      append(chunk);
      spend(chunk.length);
    },
    end: () => (decoders.length === 0 ? responseWith(buffer.subarray(0, size)) : decompressed()),
  };
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
