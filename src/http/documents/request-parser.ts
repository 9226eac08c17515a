import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { hasRoundedNumber } from '../../text/json.ts';
import { parseJsonInTurns } from '../../text/long-json.ts';
import { isRoundFull, isTurnOver, nextRound, nextTurn } from '../../time/event-loop-turns.ts';
import { RequestError } from '../errors/request-error.ts';
import { MAX_JSON_DEPTH, scanJson, tooDeep } from './json-scan.ts';
import { isHashOnly, PERSISTED_QUERY_NOT_SUPPORTED } from './persisted-queries.ts';

/** Twice what any field accepts, so that a list just beyond the limit of a field is reported by that field, as data. */
const MAX_LIST_ITEMS = 20_000;
/** A longer body is scanned, parsed and checked in turns. */
const LONG_BODY_CHARACTERS = 64 * 1024;
const VALUES_PER_CHECK = 1_000;

/**
 * Parses requests in place of Yoga's own parsers, whose errors repeat the body. The body must be one JSON object, not nested too
 * deeply, without lists that are too long for any field, and with well-formed strings. Anything else is rejected with 400 and a
 * code. The hash of an automatic persisted query is rejected in the way that clients expect, unless only `trustedDocuments` run,
 * whose ids are such hashes.
 */
export function useRequestParser({ trustedDocuments }: { trustedDocuments: boolean }): Plugin {
  const withDocument = (params: GraphQLParams) => {
    if (trustedDocuments || !isHashOnly(params)) return params;
    const { code, message, status } = PERSISTED_QUERY_NOT_SUPPORTED;
    throw new RequestError(code, message, { status });
  };
  return {
    onRequestParse({ request, url, setRequestParser }) {
      if (request.method === 'GET') setRequestParser(() => withDocument(paramsInQuery(url.searchParams)));
      else setRequestParser(async (post) => withDocument(await paramsInBody(await post.text())));
    },
  };
}

async function paramsInBody(body: string): Promise<GraphQLParams> {
  if (isRoundFull()) await nextRound();
  let params: unknown;
  try {
    params = body.length <= LONG_BODY_CHARACTERS ? JSON.parse(body) : await parsedInTurns(body);
  } catch (error) {
    throw error instanceof RequestError ? error : notJson('The body');
  }
  if (Array.isArray(params)) throw new RequestError('BATCHING_NOT_SUPPORTED', 'Send one operation per request.');
  if (typeof params !== 'object' || params === null)
    throw new RequestError('BAD_REQUEST', 'The body is not a JSON object.');
  for (const [name, value] of Object.entries(params)) {
    checkString(name, 'The body');
    for (const _ of checks(value, name, 'The body')) if (isTurnOver()) await nextTurn();
  }
  return params;
}

async function parsedInTurns(body: string): Promise<unknown> {
  await scanJson(body, 'The body');
  return parseJsonInTurns(body);
}

/** Never long, since the server limits the size of headers and of the query string. */
function paramsInQuery(search: URLSearchParams): GraphQLParams {
  const params: Record<string, unknown> = {};
  for (const [name, text] of search) {
    if (text === '') continue;
    params[name] = name === 'variables' || name === 'extensions' ? jsonIn(text, name) : text;
  }
  return params;
}

function jsonIn(text: string, name: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson(name);
  }
  Array.from(checks(value, name, name));
  return value;
}

function notJson(what: string): RequestError {
  return new RequestError('BAD_JSON', `${what} is not JSON.`);
}

/** Checks a parameter level by level, since recursion could overflow the stack. Yields after every 1,000 values. */
function* checks(parameter: unknown, name: string, what: string): Generator<void> {
  // A rounded id would refer to another object.
  const isExact = name === 'variables';
  let level = [parameter];
  let count = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_JSON_DEPTH) throw tooDeep(what);
    const below: unknown[] = [];
    for (const value of level) {
      count += 1;
      if (count % VALUES_PER_CHECK === 0) yield;
      if (typeof value === 'string') checkString(value, what);
      else if (Array.isArray(value)) {
        if (value.length > MAX_LIST_ITEMS)
          throw new RequestError('LIST_TOO_LONG', `${what} has a list of more than ${MAX_LIST_ITEMS} items.`);
        for (const item of value) below.push(item);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          checkString(key, what);
          below.push(inner);
        }
      } else if (isExact && hasRoundedNumber(value))
        throw new RequestError(
          'NUMBER_TOO_LARGE',
          'The variables contain a number beyond 2^53 - 1, which JSON parsers round. Send it as a string.',
        );
    }
    level = below;
  }
}

function checkString(text: string, what: string): void {
  if (!text.isWellFormed()) throw new RequestError('BAD_TEXT', `${what} contains a string with an unpaired surrogate.`);
}
