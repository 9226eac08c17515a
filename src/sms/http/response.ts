import type { Dispatcher } from 'undici';
import type { Budget } from '../budget/request-budget.ts';
import { isErrorBody } from '../errors/error-body.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { beginningOf, jsonIn, jsonInTurns } from '../text/decode.ts';
import { decoded, decodersFor, TooLongError } from './content-coding.ts';
import { type Redactor, redactorOf } from './redact.ts';

/** Bytes. An error holds at most an encrypted decision of 64 KiB and some short texts. */
const MAX_ERROR_BYTES = 512 * 1024;

/** A shorter body is parsed at once. */
const LONG_BYTES = 64 * 1024;

/** A response, read to its end. */
export class HttpResponse {
  readonly status: number;
  readonly bytes: Buffer;
  /** SMS's own id of the call, when it is safe to repeat. */
  readonly requestId: string | null;
  /** For what of it is repeated to the caller beside data. */
  readonly redact: Redactor;
  readonly #headers: Dispatcher.ResponseData['headers'];
  #json: { value: unknown } | undefined;

  /** `headers` have their names in lower case. */
  constructor(
    status: number,
    bytes: Buffer,
    headers: Dispatcher.ResponseData['headers'] = {},
    redact: Redactor = redactorOf({}),
  ) {
    this.status = status;
    this.bytes = bytes;
    this.requestId = redact.id(firstOf(headers['x-request-id']));
    this.redact = redact;
    this.#headers = headers;
  }

  /** The first header of that name, which is in lower case. */
  header(name: string): string | null {
    return firstOf(this.#headers[name]);
  }

  /** Whether its status is that of a success, and its body no error all the same. */
  get isSuccess(): boolean {
    if (this.status < 200 || this.status > 299) return false;
    return this.bytes.length > MAX_ERROR_BYTES || !isErrorBody(this.json);
  }

  get contentType(): string | null {
    return this.header('content-type');
  }

  /** Parses a long body that may be JSON in turns, so that `json` has its value at hand. */
  async parseLong(): Promise<void> {
    const { bytes, contentType } = this;
    if (bytes.length > LONG_BYTES && /^\s*[{["]/.test(beginningOf(bytes, contentType)))
      this.#json = { value: await jsonInTurns(bytes, contentType) };
  }

  /** The value of a body of JSON, parsed once. Undefined when it is anything else. */
  get json(): unknown {
    this.#json ??= { value: jsonIn(this.bytes, this.contentType) };
    return this.#json.value;
  }
}

/**
 * Reads a response to a call up to `maxBytes`, before and after its decompression; the connection of a longer one is dropped.
 * `redact` knows the secrets of the call. Throws `SmsUnreachable` INVALID_ANSWER for a body that is too long, of an unknown
 * coding, broken or only a part.
 */
export async function readResponse(
  response: Dispatcher.ResponseData,
  redact: Redactor,
  maxBytes: number,
  budget?: Budget,
): Promise<HttpResponse> {
  const { statusCode, headers } = response;
  const requestId = redact.id(firstOf(headers['x-request-id']));
  // Destroying it is an error to the stream, and one that nobody listens to ends the process.
  const drop = () => response.body.on('error', () => {}).destroy();
  const refuse = (message: string) => {
    drop();
    return new SmsUnavailableError('INVALID_ANSWER', message, { facts: { requestId } });
  };

  const take = (count: number) => {
    const stop = budget?.takeRead(count) ?? null;
    if (stop === null) return;
    drop();
    throw stop;
  };

  const isSuccess = statusCode >= 200 && statusCode < 300;
  if (statusCode === 206 || (isSuccess && headers['content-range'] !== undefined))
    throw refuse(`SMS sent only a part of its response (HTTP ${statusCode}), which was not asked for. Try later.`);
  const decoders = decodersFor(headers['content-encoding']);
  if (decoders === null) throw refuse('SMS sent a response that is compressed in an unknown way. Try later.');
  const tooLong = `SMS sent more than ${maxBytes} bytes in one answer. Ask for fewer things at once, or raise the limit.`;
  if (Number(firstOf(headers['content-length'])) > maxBytes) throw refuse(tooLong);

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw refuse(tooLong);
    chunks.push(chunk);
    take(chunk.length);
  }
  const bytes = await decoded(Buffer.concat(chunks), decoders, maxBytes).catch((cause: unknown) => {
    throw refuse(cause instanceof TooLongError ? tooLong : 'SMS sent a compressed response that is broken. Try later.');
  });
  take(Math.max(0, bytes.length - size));
  const answer = new HttpResponse(statusCode, bytes, headers, redact);
  await answer.parseLong();
  return answer;
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
