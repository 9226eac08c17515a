import pLimit from 'p-limit';
import { type Caller, type CallRequest, call, type Query } from './call/call.ts';
import type { SmsUpstream } from './call/upstream.ts';
import { SmsUnavailableError } from './errors/errors.ts';
import { ofChange } from './errors/outcome.ts';
import { type DownloadedFile, fileIn } from './http/file-response.ts';
import type { HttpResponse } from './http/response.ts';
import { isWebPage } from './http/web-page.ts';
import { isRoundFull, nextTurn } from './turns.ts';

export type { Caller, Query } from './call/call.ts';
export { type SmsUpstream, smsUpstream } from './call/upstream.ts';

export interface Downloaded {
  /** Null when SMS only acknowledged. */
  file: DownloadedFile | null;
  requestId: string | null;
}

/**
 * SMS for one caller. Keys of bodies and query are renamed to their wire form, each call is proved anew, and a bounded
 * number of calls is under way at once. Equal reads are one call, until something is written. Every method throws
 * `SmsRefused` when SMS says no, and `SmsUnreachable` when it does not answer as promised; redirects are never followed
 * and a write is never repeated. The type of an answer is the caller's word for what SMS promises.
 */
export interface SmsClient {
  get<Body>(path: string, query?: Query): Promise<Body>;
  /** A read that is not kept for others, since what is made of it is cached. */
  getUncached<Body>(path: string, query?: Query): Promise<Body>;
  /** What is made of reads: once for all who ask for the same, until something is written. */
  cached<Value>(key: string, make: () => Promise<Value>): Promise<Value>;
  /** A page of a list. `items` is its name in the answer. */
  list<Item>(path: string, items: string, query?: Query): Promise<Page<Item>>;
  post<Body>(path: string, body?: object): Promise<Body>;
  put<Body>(path: string, body?: object): Promise<Body>;
  delete<Body>(path: string): Promise<Body>;
  /** A POST that only reads and is answered with a file, in the language given or else the caller's own. */
  download(path: string, body: object, language?: string): Promise<Downloaded>;
  /** What was read may have changed: it is read anew. A write does so too. */
  clearCache(): void;
  /** How often it was forgotten what was read. */
  cacheGeneration(): number;
}

export interface Page<Item> {
  /** Of all that there are, over every page, as SMS reports it. Null if it reports none, or something that is not a count. */
  count: number | null;
  items: Item[];
}

const CALLS_AT_ONCE = 16;

export function smsClient(endpoint: SmsUpstream, caller: Caller): SmsClient {
  const inTurn = pLimit(CALLS_AT_ONCE);
  /** Reads, and what is made of them, by what was requested. */
  const reads = new Map<string, Promise<unknown>>();
  let cacheGeneration = 0;

  const clearCache = () => {
    cacheGeneration += 1;
    reads.clear();
  };

  const start = (request: CallRequest) =>
    caller.budget?.hasLeft ? new Promise<never>(() => {}) : call(endpoint, caller, request);
  /** Thousands of calls may be queued, and all may be started at once if none of them is sent. */
  const send = (request: CallRequest) =>
    inTurn(() => (isRoundFull() ? nextTurn().then(() => start(request)) : start(request)));

  const write = async <Body>(method: CallRequest['method'], path: string, body?: object): Promise<Body> => {
    if (caller.noWrites) throw caller.noWrites;
    try {
      return acknowledgementIn(await send({ method, path, body, onlyReads: false })) as Body;
    } catch (error) {
      throw ofChange(error, path);
    } finally {
      clearCache();
    }
  };

  const cached = <Value>(key: string, make: () => Promise<Value>): Promise<Value> => {
    const made = reads.get(key) ?? make();
    reads.set(key, made);
    return made as Promise<Value>;
  };

  const getUncached = <Body>(path: string, query: Query = {}): Promise<Body> =>
    send({ method: 'GET', path, query, onlyReads: true }).then(objectIn) as Promise<Body>;

  const get = <Body>(path: string, query: Query = {}): Promise<Body> =>
    cached(JSON.stringify([path, query]), () => getUncached<Body>(path, query));

  return {
    get,
    getUncached,
    cached,
    list: async <Item>(path: string, items: string, query?: Query) => {
      const { [items]: list = [], count } = await get<Record<string, unknown>>(path, query);
      if (!Array.isArray(list ?? [])) throw notAsPromised(`${items} that are not a list`);
      const found = (list ?? []) as Item[];
      return { count: countIn(count), items: found };
    },
    post: (path, body) => write('POST', path, body),
    put: (path, body) => write('PUT', path, body),
    delete: (path) => write('DELETE', path),
    download: async (path, body, language = caller.language) => {
      const answer = await send({ method: 'POST', path, body, language, onlyReads: true });
      return { file: fileIn(answer), requestId: answer.requestId };
    },
    clearCache,
    cacheGeneration: () => cacheGeneration,
  };
}

function objectIn(answer: HttpResponse): object {
  const value = answer.json;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw notAsPromised('something other than a JSON object', answer);
}

/** A number, which some services write as a text. */
function countIn(count: unknown): number | null {
  if (typeof count === 'string' && /^\d{1,15}$/.test(count)) return Number(count);
  return Number.isSafeInteger(count) && Number(count) >= 0 ? Number(count) : null;
}

/**
 * What a write is answered with is not agreed: an object, a text, nothing. Only an object can say something, but a web
 * page is none of these: somebody else than SMS has answered. JSON that breaks off takes nothing from the success.
 */
function acknowledgementIn(answer: HttpResponse): object {
  if (isWebPage(answer)) throw notAsPromised('a web page', answer);
  const value = answer.json;
  return typeof value === 'object' && value !== null ? value : {};
}

function notAsPromised(what: string, answer?: HttpResponse): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', `SMS answered with ${what}. Try later.`, {
    facts: { requestId: answer?.requestId ?? null },
  });
}
