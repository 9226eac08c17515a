import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { hasRoundedNumber } from '../../sms/text/json.ts';
import { nextTurn } from '../../sms/turns.ts';
import { RequestError } from '../errors/request-error.ts';
import { MAX_JSON_DEPTH, scanJson, tooDeep } from './json-scan.ts';
import { isHashOnly, PERSISTED_QUERY_NOT_SUPPORTED } from './persisted-queries.ts';

/** Items of one list: twice what any field takes, so that a list just too long is answered by its field, as data. */
const MAX_LIST_ITEMS = 20_000;

/**
 * Reads what a request asks for, in place of Yoga's own parsers, whose errors repeat the body. JSON must be one object,
 * neither too deep nor with lists that no field takes, and of texts that UTF-8 can carry: all of it is refused here, with
 * 400 and a code, before anybody walks over it. The hash of an automatic persisted query is refused as clients expect it, unless only
 * `trustedDocuments` run: there it is an id.
 */
export function useRequestParser({ trustedDocuments }: { trustedDocuments: boolean }): Plugin {
  const checked = (params: GraphQLParams) => {
    if (trustedDocuments || !isHashOnly(params)) return params;
    const { code, message, status } = PERSISTED_QUERY_NOT_SUPPORTED;
    throw new RequestError(code, message, { status });
  };
  return {
    onRequestParse({ request, url, setRequestParser }) {
      if (request.method === 'GET') setRequestParser(() => checked(paramsIn(url.searchParams)));
      else setRequestParser(async (post) => checked(await paramsOf(await post.text())));
    },
  };
}

/** Characters. A longer body is read, checked and executed in turns of its own. */
const LONG_BODY = 128 * 1024;

async function paramsOf(body: string): Promise<GraphQLParams> {
  const isLong = body.length > LONG_BODY;
  const params = parsed(body, 'The body');
  if (isLong) await nextTurn();
  check(params, 'The body');
  if (isLong) await nextTurn();
  if (Array.isArray(params)) throw new RequestError('BATCHING_NOT_SUPPORTED', 'Send one operation a request.');
  if (typeof params !== 'object' || params === null)
    throw new RequestError('BAD_REQUEST', 'The body is not a JSON object.');
  return exactly(params);
}

function paramsIn(search: URLSearchParams): GraphQLParams {
  const params: Record<string, unknown> = {};
  for (const [name, text] of search) {
    if (text === '') continue;
    params[name] = name === 'variables' || name === 'extensions' ? jsonIn(text, name) : text;
  }
  return exactly(params);
}

/** An id or a size that was rounded would be that of something else. */
function exactly(params: GraphQLParams): GraphQLParams {
  if (!hasRoundedNumber(params.variables)) return params;
  throw new RequestError(
    'NUMBER_TOO_LARGE',
    'The variables hold a number beyond 2^53 - 1, which JSON readers round. Send it as a text.',
  );
}

function jsonIn(text: string, what: string): unknown {
  const value = parsed(text, what);
  check(value, what);
  return value;
}

function parsed(text: string, what: string): unknown {
  scanJson(text, what);
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError('BAD_JSON', `${what} is not JSON.`);
  }
}

// Level by level, since JSON may be nested deeper than any stack.
function check(value: unknown, what: string): void {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_JSON_DEPTH) throw tooDeep(what);
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'string') wellFormed(item, what);
      if (typeof item !== 'object' || item === null) continue;
      if (Array.isArray(item) && item.length > MAX_LIST_ITEMS)
        throw new RequestError('LIST_TOO_LONG', `${what} has a list of more than ${MAX_LIST_ITEMS} items.`);
      for (const [key, inner] of Object.entries(item)) {
        wellFormed(key, what);
        below.push(inner);
      }
    }
    level = below;
  }
}

function wellFormed(text: string, what: string): void {
  if (!text.isWellFormed())
    throw new RequestError('BAD_TEXT', `${what} has a text with half a character (a lone surrogate).`);
}
