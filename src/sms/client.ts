import { type Caller, type CallRequest, call, type Query } from './call/call.ts';
import { ConcurrencyLimit } from './call/concurrency-limit.ts';
import type { SmsUpstream } from './call/upstream.ts';
import { SmsUnavailableError } from './errors/errors.ts';
import { ofChange } from './errors/outcome.ts';
import { isRoundFull, nextTurn } from './event-loop-turns.ts';
import { type DownloadedFile, fileIn } from './http/file-response.ts';
import type { HttpResponse } from './http/response.ts';
import { isWebPage } from './http/web-page.ts';

export type { Caller, Query } from './call/call.ts';
export { type SmsUpstream, smsUpstream } from './call/upstream.ts';

export interface Downloaded {
  /** Null if SMS only acknowledged the request. */
  file: DownloadedFile | null;
  requestId: string | null;
}

/**
 * SMS for one caller, with a cache of its reads until the next write. Keys of bodies and queries are renamed to wire names.
 * The number of concurrent calls is bounded. Redirects are not followed, and writes are not retried. Every method throws
 * `RequestRejectedError` if SMS rejects the call, and `SmsUnavailableError` if there is no usable response. The type of a
 * response is asserted, not checked.
 */
export interface SmsClient {
  get<Body>(path: string, query?: Query): Promise<Body>;
  /** For a read that is not cached itself, since only a derived value is. */
  getUncached<Body>(path: string, query?: Query): Promise<Body>;
  /** Caches a value that is derived from reads. */
  cached<Value>(key: string, make: () => Promise<Value>): Promise<Value>;
  isCached(key: string): boolean;
  /** Counts the bytes of a derived value, less than 0 to release them. Throws if the request may not hold so many. */
  hold(bytes: number): void;
  /** Reads a page of a list. `items` is the name of its rows in the response. */
  list<Item>(path: string, items: string, query?: Query): Promise<Page<Item>>;
  post<Body>(path: string, body?: object): Promise<Body>;
  put<Body>(path: string, body?: object): Promise<Body>;
  delete<Body>(path: string): Promise<Body>;
  /** A POST that changes nothing and returns a file. Default language: the caller's. */
  download(path: string, body: object, language?: string): Promise<Downloaded>;
  /** Every write does this, too. */
  clearCache(): void;
}

export interface Page<Item> {
  /** Rows in all pages together. Null if SMS reports no valid count. */
  count: number | null;
  items: Item[];
}

const MAX_CONCURRENT_CALLS = 16;

export function smsClient(upstream: SmsUpstream, caller: Caller): SmsClient {
  const limit = new ConcurrencyLimit(MAX_CONCURRENT_CALLS);
  const cache = new Map<string, Promise<unknown>>();

  const { budget } = caller;
  const start = (request: CallRequest) => {
    budget?.addQueuedCalls(-1);
    return budget?.hasLeft ? new Promise<never>(() => {}) : call(upstream, caller, request);
  };
  /** If no call has to be sent, thousands of queued ones may start in one round of the event loop. */
  const send = (request: CallRequest) => {
    budget?.addQueuedCalls(1);
    return limit.run(() =>
      !budget?.takeUnpaced() && isRoundFull() ? nextTurn().then(() => start(request)) : start(request),
    );
  };

  const write = async <Body>(method: CallRequest['method'], path: string, body?: object): Promise<Body> => {
    if (caller.noWrites) throw caller.noWrites;
    try {
      return acknowledgementIn(await send({ method, path, body, onlyReads: false })) as Body;
    } catch (error) {
      throw ofChange(error, path);
    } finally {
      cache.clear();
    }
  };

  const cached = <Value>(key: string, make: () => Promise<Value>): Promise<Value> => {
    const value = cache.get(key) ?? make();
    cache.set(key, value);
    return value as Promise<Value>;
  };

  const getUncached = <Body>(path: string, query: Query = {}): Promise<Body> =>
    send({ method: 'GET', path, query, onlyReads: true }).then(objectIn) as Promise<Body>;

  const get = <Body>(path: string, query: Query = {}): Promise<Body> =>
    cached(JSON.stringify([path, query]), () => getUncached<Body>(path, query));

  return {
    get,
    getUncached,
    cached,
    hold: (bytes) => budget?.holdDerived(bytes),
    isCached: (key) => cache.has(key),
    list: async <Item>(path: string, items: string, query?: Query) => {
      const { [items]: rows, count } = await get<Record<string, unknown>>(path, query);
      if (!Array.isArray(rows ?? [])) throw invalidResponse(`${items} that are not a list`);
      return { count: countIn(count), items: (rows ?? []) as Item[] };
    },
    post: (path, body) => write('POST', path, body),
    put: (path, body) => write('PUT', path, body),
    delete: (path) => write('DELETE', path),
    download: async (path, body, language = caller.language) => {
      const response = await send({ method: 'POST', path, body, language, onlyReads: true });
      return { file: fileIn(response), requestId: response.requestId };
    },
    clearCache: () => cache.clear(),
  };
}

function objectIn(response: HttpResponse): object {
  const value = response.json;
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
 * that succeeded. A web page comes from an intermediary.
 */
function acknowledgementIn(response: HttpResponse): object {
  if (isWebPage(response)) throw invalidResponse('a web page', response);
  const value = response.json;
  return typeof value === 'object' && value !== null ? value : {};
}

function invalidResponse(what: string, response?: HttpResponse): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', `SMS responded with ${what}. Try later.`, {
    facts: { requestId: response?.requestId ?? null },
  });
}
