import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CORSOptions, getCORSHeadersByRequestAndOptions } from '@whatwg-node/server';
import type { DocumentNode, ExecutionResult } from 'graphql';
import type { CompiledOperation, CompiledOperations } from '../graphql/compiled/compiled-operations.ts';
import type { Values } from '../graphql/compiled/variables.ts';
import type { Log } from '../logging/log.ts';
import type { Context } from '../request/context.ts';
import type { RequestHead } from '../request/request-id.ts';
import { endOfRound, isRoundFull, nextRound } from '../time/event-loop-turns.ts';
import { persistedQueryIn } from './documents/persisted-queries.ts';
import { maskErrors } from './errors/error-masking.ts';
import { redactValues } from './errors/error-redaction.ts';
import { unlessAbandoned } from './execution/abandoned-query.ts';
import { credentialRejection } from './execution/authentication-check.ts';
import { clientLeft } from './execution/client-disconnect.ts';
import type { CostCheck } from './execution/cost-estimate.ts';
import { resultJson } from './execution/long-results.ts';
import type { HttpContext } from './http-context.ts';
import type { ruleCheck } from './protocol/http-rules.ts';
import { responseHeaders } from './protocol/response-headers.ts';
import { type RequestRecord, recordErrors, recordOperation } from './telemetry/access-log.ts';

/** The rules that every request passes. On the other path, plugins of Yoga call the same functions. */
export interface FastPathRules {
  endpoint: string;
  rejectionOf: ReturnType<typeof ruleCheck>;
  documents: { get(text: string): DocumentNode | undefined };
  operations: CompiledOperations;
  contextFor(request: RequestHead, http: HttpContext): Context;
  costRejection: CostCheck;
  corsFor(request: RequestHead): CORSOptions;
  suggests: boolean;
  log: Log;
}

/** Characters. Longer bodies are parsed and checked in turns. */
const MAX_BODY_CHARACTERS = 64 * 1024;
/** `Accept` headers whose content type is cached, and how long they may be. */
const MAX_ACCEPT_HEADERS = 64;
const MAX_ACCEPT_CHARACTERS = 200;

/** Node joins a head and a text before it writes them. Above this size, bytes are faster. */
const MAX_JOINED_BYTES = 8 * 1024;

const PARAMETERS = new Set(['query', 'variables', 'operationName', 'extensions']);
/** May be an unpaired surrogate. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** A request that can be served without Yoga. */
interface Prepared {
  request: RequestHead;
  operation: CompiledOperation;
  variables: Values;
  contentType: string;
}

type FastContext = Context & { request: RequestHead; record: RequestRecord };

/**
 * Serves the common case without Yoga: a POST of a compiled operation, with plain variables and an `Accept` header whose content
 * type Yoga has chosen before. It hands over everything else to Yoga before it executes anything, so it rejects nothing itself.
 */
export class FastPath {
  readonly #rules: FastPathRules;
  /** The content type of responses, by the `Accept` header of their requests. */
  readonly #contentTypes = new Map<string, string>();
  /** Of the last request. The next one often has the same, and to compare texts takes less time than to hash one. */
  #document: { text: string; node: DocumentNode } | null = null;

  constructor(rules: FastPathRules) {
    this.#rules = rules;
  }

  /** Caches the content type that Yoga has chosen for a request. */
  cacheContentType(
    { method, headers: { accept = '' } }: IncomingMessage,
    status: number,
    contentType: string | null,
  ): void {
    const isCacheable =
      method === 'POST' && status === 200 && /^application\/[\w+-]+; charset=utf-8$/.test(contentType ?? '');
    if (!isCacheable || contentType === null || accept.length > MAX_ACCEPT_CHARACTERS) return;
    if (this.#contentTypes.size < MAX_ACCEPT_HEADERS) this.#contentTypes.set(accept, contentType);
  }

  /** Null for a request that Yoga has to serve. */
  prepare({ method = '', url = '' }: IncomingMessage, body: string, request: RequestHead): Prepared | null {
    const { endpoint, rejectionOf, operations } = this.#rules;
    if (method !== 'POST' || url !== endpoint || body.length > MAX_BODY_CHARACTERS) return null;
    const contentType = this.#contentTypes.get(request.headers.get('accept') ?? '');
    const parameters = contentType === undefined ? null : parsed(body);
    if (contentType === undefined || parameters === null) return null;
    if (rejectionOf({ method, url, headers: request.headers }) !== null) return null;
    const { query, operationName, variables: raw } = parameters;
    const document = this.#documentOf(query);
    const operation = document ? operations.find(document, operationName ?? null) : null;
    const variables = operation?.coerceVariables(raw ?? {});
    return operation && variables ? { request, operation, variables, contentType } : null;
  }

  #documentOf(text: string): DocumentNode | null {
    if (this.#document?.text !== text) {
      const node = this.#rules.documents.get(text);
      this.#document = node ? { text, node } : null;
    }
    return this.#document?.node ?? null;
  }

  /**
   * Returns false if Yoga has to serve the request after all. Nothing has been executed then: `onExecution` is called before
   * the execution begins.
   */
  async serve(
    prepared: Prepared,
    response: ServerResponse,
    http: HttpContext,
    onExecution: () => void,
  ): Promise<boolean> {
    if (isRoundFull()) await nextRound();
    const text = await this.#textFor(prepared, http, onExecution);
    if (text === null) return false;
    // The responses of one round are sent together: a client that waits is woken once for all of its requests.
    await endOfRound();
    if (!response.destroyed) this.#send(text, prepared, response);
    return true;
  }

  /**
   * The result as JSON, or null if Yoga has to serve the request. A function of its own, so that everything that was read for the
   * result can be collected while the text waits to be sent.
   */
  async #textFor(prepared: Prepared, http: HttpContext, onExecution: () => void): Promise<string | Buffer | null> {
    const { request } = prepared;
    const context = Object.assign(this.#rules.contextFor(request, http), { request, record: http.record });
    const result = await this.#run(prepared, context, onExecution);
    if (result === null) return null;
    const json = resultJson(this.#masked(result, context), context.budget);
    const text = typeof json === 'string' ? json : await json;
    context.budget.emptyLists();
    context.budget.end();
    return text;
  }

  #send(text: string | Buffer, { request, contentType }: Prepared, response: ServerResponse): void {
    const bytes = Buffer.byteLength(text);
    const headers: Record<string, string> = responseHeaders(request);
    headers['content-type'] = contentType;
    headers['content-length'] = String(bytes);
    const cors = this.#rules.corsFor(request);
    if (cors !== false) Object.assign(headers, getCORSHeadersByRequestAndOptions(request as Request, cors));
    // ASCII needs no conversion, and a buffer of a third of the size.
    const encoding = bytes === text.length ? 'latin1' : 'utf8';
    const isLong = typeof text === 'string' && bytes > MAX_JOINED_BYTES;
    response.writeHead(200, headers).end(isLong ? Buffer.from(text, encoding) : text, encoding);
  }

  /** Null if Yoga has to serve the request. If the client disconnects, the listener ends the budget, which stops the execution. */
  #run(
    { request, operation: compiled, variables }: Prepared,
    context: FastContext,
    onExecution: () => void,
  ): ExecutionResult | null | Promise<ExecutionResult | null> {
    const { document, operation } = compiled;
    recordOperation(context.record, operation);
    const execute = (rejected: ExecutionResult | null) => {
      if (rejected === null && this.#rules.costRejection(document, operation, variables, context.budget) !== null) {
        // Yoga's context has a budget of its own.
        context.budget.end();
        return null;
      }
      onExecution();
      if (request.signal.aborted) return clientLeft();
      if (rejected !== null) return rejected;
      const result = compiled.execute(context, variables);
      const mayBeAbandoned = result instanceof Promise && operation.operation === 'query';
      return mayBeAbandoned ? unlessAbandoned(result, context.budget) : result;
    };
    const rejection = credentialRejection(document, operation, context);
    return rejection instanceof Promise ? rejection.then(execute) : execute(rejection);
  }

  #masked(result: ExecutionResult, context: FastContext): ExecutionResult {
    if (!result.errors) return result;
    const { log, suggests } = this.#rules;
    const masked = maskErrors(result, context, log);
    recordErrors(context.record, masked.errors);
    return { ...masked, errors: masked.errors?.map((error) => redactValues(error, suggests)) ?? [] };
  }
}

interface Parameters {
  query: string;
  operationName?: string | null;
  variables?: Values | null;
}

/** The parameters of a request. Null if it needs one of the checks that only the other path has. */
function parsed(body: string): Parameters | null {
  // Hardly any body has an escape, and `includes` takes a tenth of the time of the expression.
  if (body.includes('\\u') && SURROGATE_ESCAPE.test(body)) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isObject(value) || !Object.keys(value).every((name) => PARAMETERS.has(name))) return null;
  const { query, operationName = null, variables = null, extensions = null } = value;
  if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string')) return null;
  if ((variables !== null && !isObject(variables)) || (extensions !== null && !isObject(extensions))) return null;
  return persistedQueryIn({ extensions: extensions ?? {} }) === null ? { query, operationName, variables } : null;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
