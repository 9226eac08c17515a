import { isRoundFull, nextTurn } from '../time/event-loop-turns.ts';
import { type Caller, type CallRequest, call, type Query } from './call/call.ts';
import { ConcurrencyLimit } from './call/concurrency-limit.ts';
import type { SmsUpstream } from './call/upstream.ts';
import { SmsUnavailableError } from './errors/errors.ts';
import { ofChange } from './errors/outcome.ts';
import { type DownloadedFile, fileIn } from './http/file-response.ts';
import { isProse } from './http/plain-text.ts';
import type { HttpResponse } from './http/response.ts';
import { isWebPage } from './http/web-page.ts';

export type { Caller, Query } from './call/call.ts';
export { type SmsUpstream, smsUpstream } from './call/upstream.ts';

export interface Downloaded {
  /** Null if SMS only acknowledged the request. */
  file: DownloadedFile | null;
  requestId: string | null;
}

export interface Page<Item> {
  /** Rows in all pages together. Null if SMS reports no valid count. */
  count: number | null;
  items: Item[];
}

const MAX_CONCURRENT_CALLS = 16;

/**
 * SMS for one caller, with a cache of its reads until the next write. Keys of bodies and queries are renamed to wire names.
 * The number of concurrent calls is bounded. Redirects are not followed, and writes are not retried. Every method throws
 * `RequestRejectedError` if SMS rejects the call, and `SmsUnavailableError` if there is no usable response. The type of a
 * response is asserted, not checked.
 */
export class SmsClient {
  readonly #upstream: SmsUpstream;
  readonly #caller: Caller;
  readonly #limit = new ConcurrencyLimit(MAX_CONCURRENT_CALLS);
  /** Created on first use. */
  #cache: Map<string, Promise<unknown>> | null = null;

  constructor(upstream: SmsUpstream, caller: Caller) {
    this.#upstream = upstream;
    this.#caller = caller;
  }

  get<Body>(path: string, query: Query = {}): Promise<Body> {
    return this.cached(JSON.stringify([path, query]), () => this.getUncached<Body>(path, query));
  }

  /** For a read that is not cached itself, since only a derived value is. */
  getUncached<Body>(path: string, query: Query = {}): Promise<Body> {
    return this.#send({ method: 'GET', path, query, onlyReads: true }).then(objectIn) as Promise<Body>;
  }

  /** Caches a value that is derived from reads. */
  cached<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
    this.#cache ??= new Map();
    const value = this.#cache.get(key) ?? make();
    this.#cache.set(key, value);
    return value as Promise<Value>;
  }

  isCached(key: string): boolean {
    return this.#cache?.has(key) ?? false;
  }

  /** Counts the bytes of a derived value, less than 0 to release them. Throws if the request may not hold so many. */
  hold(bytes: number): void {
    this.#caller.budget?.holdDerived(bytes);
  }

  /** Reads a page of a list. `items` is the name of its rows in the response. */
  async list<Item>(path: string, items: string, query?: Query): Promise<Page<Item>> {
    const { [items]: rows, count } = await this.get<Record<string, unknown>>(path, query);
    if (rows === undefined || rows === null) return { count: countIn(count), items: [] };
    if (!Array.isArray(rows)) throw invalidResponse(`${items} that are not a list`);
    this.#caller.budget?.emptyAtEnd(rows);
    return { count: countIn(count), items: rows as Item[] };
  }

  post<Body>(path: string, body?: object): Promise<Body> {
    return this.#write('POST', path, body);
  }

  put<Body>(path: string, body?: object): Promise<Body> {
    return this.#write('PUT', path, body);
  }

  delete<Body>(path: string): Promise<Body> {
    return this.#write('DELETE', path);
  }

  /** A POST that changes nothing and returns a file. Default language: the caller's. */
  download(path: string, body: object, language = this.#caller.language): Promise<Downloaded> {
    return this.#send({ method: 'POST', path, body, language, onlyReads: true }).then(downloadIn);
  }

  /** Every write does this, too. */
  clearCache(): void {
    this.#cache?.clear();
  }

  async #write<Body>(method: CallRequest['method'], path: string, body?: object): Promise<Body> {
    if (this.#caller.noWrites) throw this.#caller.noWrites;
    try {
      return acknowledgementIn(await this.#send({ method, path, body, onlyReads: false })) as Body;
    } catch (error) {
      throw ofChange(error, path);
    } finally {
      this.#cache?.clear();
    }
  }

  /** If no call has to be sent, thousands of queued ones may start in one round of the event loop. */
  #send(request: CallRequest): Promise<HttpResponse> {
    const { budget } = this.#caller;
    budget?.addQueuedCalls(1);
    return this.#limit.run(() =>
      !budget?.takeUnpaced() && isRoundFull() ? nextTurn().then(() => this.#start(request)) : this.#start(request),
    );
  }

  #start(request: CallRequest): Promise<HttpResponse> {
    const { budget } = this.#caller;
    budget?.addQueuedCalls(-1);
    return budget?.isAbandoned ? new Promise<never>(() => {}) : call(this.#upstream, this.#caller, request);
  }
}

function downloadIn(response: HttpResponse): Downloaded {
  return { file: fileIn(response), requestId: response.requestId };
}

function objectIn(response: HttpResponse): object {
  const value = response.json;
  response.release();
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalidResponse('something other than a JSON object', response);
}

/** Some services write the count as a string. */
function countIn(count: unknown): number | null {
  if (typeof count === 'string' && /^\d{1,15}$/.test(count)) return Number(count);
  return Number.isSafeInteger(count) && Number(count) >= 0 ? Number(count) : null;
}

/**
 * The object in the response to a write. SMS does not promise one: it may send text, nothing, or truncated JSON after a write
 * that succeeded. A web page, or a text in words, comes from an intermediary.
 */
function acknowledgementIn(response: HttpResponse): object {
  if (isWebPage(response)) throw invalidResponse('a web page', response);
  if (isProse(response)) throw invalidResponse('a text', response);
  const value = response.json;
  return typeof value === 'object' && value !== null ? value : {};
}

function invalidResponse(what: string, response?: HttpResponse): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', `SMS responded with ${what}. Try later.`, {
    facts: { requestId: response?.requestId ?? null },
  });
}
