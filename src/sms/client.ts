import pLimit from 'p-limit';
import { type Dispatcher, errors, Pool } from 'undici';
import { type Answer, readAnswer } from './answer.ts';
import type { Credentials } from './credentials.ts';
import { type DownloadedFile, fileIn, textIn } from './download.ts';
import { SmsUnreachable } from './errors.ts';
import { parseJson } from './json.ts';
import { errorFrom } from './refusal.ts';
import { canonicalQuery, type SignableRequest } from './sign.ts';
import { toWire } from './wire.ts';

/** How long each step of a call may take, in milliseconds, and how much an answer may hold. */
export interface SmsLimits {
  connectTimeout: number;
  /** From the request being sent to the first byte of the answer. */
  headersTimeout: number;
  /** Between two pieces of the body. */
  bodyTimeout: number;
  /** The whole call. */
  totalTimeout: number;
  maxAnswerBytes: number;
  /** Connections that are kept to the endpoint. */
  connections: number;
}

/** A place where SMS answers, with its pool of connections: one a process. */
export interface SmsEndpoint {
  readonly origin: string;
  readonly limits: SmsLimits;
  readonly pool: Dispatcher;
  close(): Promise<void>;
}

export function smsEndpoint(origin: string, limits: SmsLimits): SmsEndpoint {
  const pool = new Pool(origin, {
    connections: limits.connections,
    pipelining: 1,
    connect: { timeout: limits.connectTimeout },
    headersTimeout: limits.headersTimeout,
    bodyTimeout: limits.bodyTimeout,
  });
  return { origin, limits, pool, close: () => pool.destroy() };
}

/** Who makes the calls of one client. */
export interface Caller {
  credentials: Credentials;
  /** Sent as `X-Request-Id`. */
  requestId: string;
  /** Sent as `X-Language` where an operation takes it and none is chosen. */
  language?: string | undefined;
  /** Ends every call of this caller. */
  signal?: AbortSignal | undefined;
}

export interface Downloaded {
  /** Null when SMS only acknowledged. */
  file: DownloadedFile | null;
  requestId: string | null;
}

/**
 * SMS for one caller. Keys of bodies and query are renamed to their wire form, each call is proved anew, and a bounded
 * number of calls is under way at once. Equal reads are one call, until something is written. Every method throws
 * `SmsRefused` when SMS says no, and `SmsUnreachable` when it does not answer as promised; redirects are never followed
 * and nothing is repeated. The type of an answer is the caller's word for what SMS promises.
 */
export interface SmsClient {
  get<Body>(path: string, query?: Query): Promise<Body>;
  /** A page of a list. `items` is its name in the answer. */
  list<Item>(path: string, items: string, query?: Query): Promise<Page<Item>>;
  post<Body>(path: string, body?: object): Promise<Body>;
  put<Body>(path: string, body?: object): Promise<Body>;
  delete<Body>(path: string): Promise<Body>;
  /** A POST that only reads and is answered with a file, in the language given or else the caller's own. */
  download(path: string, body: object, language?: string): Promise<Downloaded>;
  /** What was read may have changed: it is read anew. A write does so too. */
  forget(): void;
  /** How often it was forgotten what was read. */
  generation(): number;
}

export interface Page<Item> {
  /** Of all that there are, over every page. */
  count: number;
  items: Item[];
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

const CALLS_AT_ONCE = 16;

export function smsClient(endpoint: SmsEndpoint, caller: Caller): SmsClient {
  const inTurn = pLimit(CALLS_AT_ONCE);
  const reads = new Map<string, Promise<unknown>>();
  let generation = 0;

  const forget = () => {
    generation += 1;
    reads.clear();
  };

  const send = (method: Method, path: string, options?: CallOptions) =>
    inTurn(() => call(endpoint, caller, method, path, options));

  const write = async <Body>(method: Method, path: string, body?: object): Promise<Body> => {
    try {
      return acknowledgementIn(await send(method, path, { body })) as Body;
    } finally {
      forget();
    }
  };

  const get = <Body>(path: string, query: Query = {}): Promise<Body> => {
    const key = JSON.stringify([path, query]);
    const read = reads.get(key) ?? send('GET', path, { query }).then(objectIn);
    reads.set(key, read);
    return read as Promise<Body>;
  };

  return {
    get,
    list: async <Item>(path: string, items: string, query?: Query) => {
      const { [items]: list = [], count } = await get<Record<string, unknown>>(path, query);
      if (!Array.isArray(list ?? [])) throw notAsPromised(`${items} that are not a list`);
      const found = (list ?? []) as Item[];
      return { count: typeof count === 'number' ? count : found.length, items: found };
    },
    post: (path, body) => write('POST', path, body),
    put: (path, body) => write('PUT', path, body),
    delete: (path) => write('DELETE', path),
    download: async (path, body, language = caller.language) => {
      const answer = await send('POST', path, { body, language });
      return { file: fileIn(answer), requestId: answer.requestId };
    },
    forget,
    generation: () => generation,
  };
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface CallOptions {
  query?: Query | undefined;
  body?: object | undefined;
  language?: string | undefined;
}

async function call(
  { origin, limits, pool }: SmsEndpoint,
  { credentials, requestId, signal }: Caller,
  method: Method,
  path: string,
  { query = {}, body, language }: CallOptions = {},
): Promise<Answer> {
  const pairs = Object.entries(toWire(query) as Query).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)] as const],
  );
  const request: SignableRequest & { body: string | null } = {
    method,
    path,
    query: pairs,
    body: body === undefined ? null : JSON.stringify(toWire(body)),
    headers: {
      Host: new URL(origin).host,
      'Content-Type': 'application/json',
      'X-Request-Id': requestId,
      ...(language !== undefined && { 'X-Language': language }),
    },
  };
  const now = new Date();
  const headers = credentials(request, now);
  const deadline = AbortSignal.timeout(limits.totalTimeout);
  const answer = await answerTo(
    pool,
    {
      method,
      path: pairs.length === 0 ? path : `${path}?${canonicalQuery(pairs)}`,
      headers,
      body: request.body,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    },
    limits,
  ).catch((error: unknown) => {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(error, limits);
  });
  if (answer.status < 200 || answer.status >= 300) throw errorFrom(answer, headers, now);
  return answer;
}

async function answerTo(
  pool: Dispatcher,
  request: Dispatcher.RequestOptions & { headers: Record<string, string> },
  { maxAnswerBytes }: SmsLimits,
): Promise<Answer> {
  const response = await pool.request(request);
  try {
    return await readAnswer(response, request.headers, maxAnswerBytes);
  } catch (cause) {
    if (cause instanceof errors.SocketError || cause instanceof errors.ResponseContentLengthMismatchError)
      throw new SmsUnreachable('INVALID_ANSWER', 'The answer of SMS broke off. Try later.', { cause });
    throw cause;
  }
}

const NOT_HTTP = [errors.HTTPParserError, errors.HeadersOverflowError, errors.ResponseContentLengthMismatchError];

/** What kept an answer from coming. The cause is kept for the log; the message names no address. */
function unreachable(cause: unknown, limits: SmsLimits): Error {
  if (cause instanceof SmsUnreachable) return cause;
  // A request that undici itself refuses is a bug of ours, not a failure of SMS.
  if (cause instanceof errors.InvalidArgumentError || cause instanceof TypeError) return cause;
  if (NOT_HTTP.some((kind) => cause instanceof kind))
    return new SmsUnreachable('INVALID_ANSWER', 'The answer of SMS is not HTTP. Try later.', { cause });
  if (cause instanceof errors.ConnectTimeoutError)
    return timeout(`SMS could not be reached within ${limits.connectTimeout} ms.`, cause);
  if (cause instanceof errors.HeadersTimeoutError)
    return timeout(`SMS did not begin to answer within ${limits.headersTimeout} ms.`, cause);
  if (cause instanceof errors.BodyTimeoutError)
    return timeout(`SMS stopped for more than ${limits.bodyTimeout} ms within its answer.`, cause);
  if (cause instanceof DOMException && cause.name === 'TimeoutError')
    return timeout(`SMS did not answer in full within ${limits.totalTimeout} ms.`, cause);
  return new SmsUnreachable('UNREACHABLE', 'SMS could not be reached, or the connection broke. Try later.', { cause });
}

function timeout(message: string, cause: unknown): SmsUnreachable {
  return new SmsUnreachable('TIMEOUT', `${message} Whether the call was carried out is not known.`, { cause });
}

function objectIn(answer: Answer): object {
  const value = jsonOf(answer);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw notAsPromised('something other than a JSON object', answer);
}

/** What a write is answered with is not agreed: an object, a text, nothing. Only an object can say something. */
function acknowledgementIn(answer: Answer): object {
  const value = jsonOf(answer);
  return typeof value === 'object' && value !== null ? value : {};
}

/** Undefined for what is not JSON. */
function jsonOf(answer: Answer): unknown {
  try {
    return parseJson(textIn(answer.bytes) ?? '');
  } catch {
    return undefined;
  }
}

function notAsPromised(what: string, answer?: Answer): SmsUnreachable {
  return new SmsUnreachable('INVALID_ANSWER', `SMS answered with ${what}. Try later.`, {
    facts: { requestId: answer?.requestId ?? null },
  });
}
