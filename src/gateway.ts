import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { createYoga } from 'graphql-yoga';
import type { Config } from './config/config.ts';
import { checkDocuments } from './config/trusted-documents.ts';
import type { CallerIdentity } from './fairness/caller-identity.ts';
import { CompiledOperations } from './graphql/compiled/compiled-operations.ts';
import { buildSchema } from './graphql/schema.ts';
import { documentCache } from './http/documents/document-cache.ts';
import { useNoIntrospection } from './http/documents/introspection.ts';
import { useLongDocuments } from './http/documents/long-documents.ts';
import { useQueryLimits } from './http/documents/query-limits.ts';
import { useRequestParser } from './http/documents/request-parser.ts';
import { DOCUMENT_ID, type TrustedDocuments, useTrustedDocuments } from './http/documents/trusted-documents.ts';
import { maskedErrors, useErrorMasking } from './http/errors/error-masking.ts';
import { useAuthenticationCheck } from './http/execution/authentication-check.ts';
import { useClientDisconnect } from './http/execution/client-disconnect.ts';
import { useCompiledExecution } from './http/execution/compiled-execution.ts';
import { costCheck, useCostEstimate } from './http/execution/cost-estimate.ts';
import { useLongResults } from './http/execution/long-results.ts';
import { useRequestStages } from './http/execution/request-stages.ts';
import { FastPath } from './http/fast-path.ts';
import type { HttpContext } from './http/http-context.ts';
import { HTTP_LIMITS, type HttpLimits } from './http/limits.ts';
import { createListener } from './http/listener.ts';
import { Admission } from './http/load/admission.ts';
import { useStreamPermits } from './http/load/stream-permits.ts';
import { useConsole } from './http/protocol/console.ts';
import { corsOptions } from './http/protocol/cors.ts';
import { type GraphiqlExample, useGraphiql } from './http/protocol/graphiql.ts';
import { ruleCheck, useHttpRules } from './http/protocol/http-rules.ts';
import { useReadiness } from './http/protocol/readiness.ts';
import { useResponseHeaders } from './http/protocol/response-headers.ts';
import { logRequest, recordCall, recordMutationErrors, useAccessLog } from './http/telemetry/access-log.ts';
import type { Metrics } from './http/telemetry/metrics.ts';
import type { Tracing } from './http/telemetry/tracing.ts';
import { type Log, yogaLog } from './logging/log.ts';
import { UpstreamLog } from './logging/upstream-log.ts';
import { HeldBytes } from './request/budget/held-bytes.ts';
import { MAX_HELD_BYTES, REQUEST_LIMITS, type RequestLimits } from './request/budget/request-budget.ts';
import { type ContextSettings, callerIdentifier, contextOf } from './request/context.ts';
import type { RequestHead } from './request/request-id.ts';
import type { SmsUpstream } from './sms/client.ts';
import type { TaskWatches } from './sms/operations/task-watch.ts';

export const GRAPHQL_PATH = '/graphql';

export interface GatewayOptions
  extends Pick<Config, 'corsOrigins' | 'expose'>,
    Partial<Pick<Config, 'corsHeaders'>>,
    Omit<ContextSettings, 'requestLimits'> {
  requestLimits?: Partial<RequestLimits>;
  sms: SmsUpstream;
  watches: TaskWatches;
  log: Log;
  /** What GraphiQL opens with; null: GraphiQL is off. */
  graphiql: GraphiqlExample | null;
  /** The folder of the built console; null, the default: it is not served. */
  consoleDirectory?: string | null;
  /** Whether clients may query the schema and get suggestions for misspelt names. Default true. */
  introspection?: boolean;
  /** Whether usual requests are served without Yoga. Default true. */
  fastPath?: boolean;
  /** The only documents that may run; null, the default: any. */
  documents?: TrustedDocuments | null;
  httpLimits?: Partial<HttpLimits>;
  /** What all requests together hold. By default they may hold a part of the heap. */
  held?: HeldBytes;
  metrics?: Metrics | null;
  /** Null, the default: there are no traces. */
  tracing?: Tracing | null;
  /** Whether the embedded emulator replaces SMS, as every response then says. */
  isEmulated?: boolean;
  /** Whether the process is about to stop. */
  isStopping?(): boolean;
}

/** The gateway as a request listener and a `fetch`. Its parts are listed in the order in which a request passes them. */
export function createGateway(options: GatewayOptions) {
  const { sms, watches, log, graphiql, corsOrigins, documents = null, metrics = null, tracing = null } = options;
  const { consoleDirectory = null, introspection = true, isEmulated = false, isStopping = () => false } = options;
  const limits = { ...HTTP_LIMITS, ...options.httpLimits };
  const identify = callerIdentifier(options);
  const { held = new HeldBytes(MAX_HELD_BYTES) } = options;
  const build = () => buildSchema(options.expose, [recordMutationErrors], tracing === null ? [] : [tracing.wrapField]);
  const schema = tracing === null ? build() : tracing.suppress(build);
  if (documents !== null) checkDocuments(documents, schema, limits);
  const trustedDocuments = documents !== null;
  const cache = documentCache();
  const operations = new CompiledOperations(schema);
  const corsFor = corsOptions(corsOrigins, options.corsHeaders);
  const httpRules = { corsOrigins, onlyLocal: options.auth === 'service' && options.open, trustedDocuments };

  const contextSettings = { ...options, requestLimits: { ...REQUEST_LIMITS, ...options.requestLimits } };
  const contextFor = (request: RequestHead, { record, caller }: Partial<HttpContext>) => {
    const parts = { upstream: sms, watches, held: record ? held : null };
    const identity = caller ?? identify((name) => request.headers.get(name), '');
    const context = contextOf(request, parts, contextSettings, identity, (response, milliseconds) => {
      if (record) recordCall(record, response?.requestId ?? null, milliseconds);
    });
    if (record) record.budget = context.budget;
    return context;
  };

  const yoga = createYoga<Partial<HttpContext>>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    healthCheckEndpoint: '/health',
    landingPage: false,
    graphiql: false,
    multipart: false,
    batching: false,
    // The listener counts bytes. Yoga's own check costs more than all the rest of a request.
    maxRequestBodySize: false,
    logging: yogaLog(log),
    maskedErrors: maskedErrors(log),
    cors: corsFor,
    extraParamNames: trustedDocuments ? [DOCUMENT_ID] : [],
    parserAndValidationCache: cache,
    plugins: [
      useResponseHeaders(),
      useReadiness(isStopping, sms, { isEmulated }),
      graphiql !== null && useGraphiql(GRAPHQL_PATH, graphiql),
      consoleDirectory !== null && useConsole(consoleDirectory),
      useHttpRules(GRAPHQL_PATH, httpRules),
      useRequestParser({ trustedDocuments }),
      documents !== null && useTrustedDocuments(documents),
      useQueryLimits(limits),
      useLongDocuments(limits, schema, cache.documentCache),
      !introspection && useNoIntrospection(),
      useStreamPermits(),
      useErrorMasking(log, { suggests: introspection }),
      useAccessLog(),
      useLongResults(),
      useCompiledExecution(operations),
      useClientDisconnect(),
      useAuthenticationCheck(),
      useCostEstimate(schema),
      useRequestStages(),
    ],
    context: ({ request, ...http }) => contextFor(request, http),
  });

  // Trusted documents are requested by their ids, which only Yoga's plugin knows.
  const fastPath =
    options.fastPath === false || trustedDocuments
      ? null
      : new FastPath({
          endpoint: GRAPHQL_PATH,
          rejectionOf: ruleCheck(httpRules),
          documents: cache.documentCache,
          operations,
          contextFor,
          costRejection: costCheck(schema),
          corsFor,
          suggests: introspection,
          log,
        });
  /** Of the last request on each connection. */
  const callers = new WeakMap<Socket, CallerIdentity>();
  const admission = new Admission(limits);
  metrics?.observe(admission, sms, held);
  sms.observers.push(new UpstreamLog(log, { traceId: () => tracing?.activeId ?? null }));
  const listener: RequestListener = createListener(yoga, {
    ...limits,
    endpoint: GRAPHQL_PATH,
    servesConsole: consoleDirectory !== null,
    admission,
    fastPath,
    identify: ({ headers, socket }) => {
      const caller = identify((name) => headers[name], socket.remoteAddress ?? '', callers.get(socket));
      callers.set(socket, caller);
      return caller;
    },
    corsOrigins,
    log,
    tracing,
    isEmulated,
    isStopping,
    onEnd: (record, end) => {
      record.budget?.end();
      record.trace?.end(record, end);
      logRequest(log, record, end);
      metrics?.recordRequest(record, end);
    },
  });
  return Object.assign(listener, { fetch: yoga.fetch });
}
