import type { RequestListener } from 'node:http';
import { getHeapStatistics } from 'node:v8';
import { createYoga } from 'graphql-yoga';
import type { Config } from './config.ts';
import { type ContextSettings, contextOf, identifier } from './context.ts';
import { logServed, noteCall, noteRefusals, useAccessLog } from './edge/access-log.ts';
import { Admission } from './edge/admission.ts';
import { useAnswerHeaders } from './edge/answer-headers.ts';
import { useCallEstimate } from './edge/call-estimate.ts';
import { corsFor } from './edge/cors.ts';
import { useDocumentMemory } from './edge/document-memory.ts';
import { checkDocuments, DOCUMENT_ID, type TrustedDocuments, useTrustedDocuments } from './edge/documents.ts';
import { type EdgeContext, edge } from './edge/edge.ts';
import { masking, useErrorDoor } from './edge/error-door.ts';
import { type GraphiqlExample, useGraphiql } from './edge/graphiql.ts';
import { useHttpRules } from './edge/http-rules.ts';
import { useIdentification } from './edge/identification.ts';
import { useNoIntrospection } from './edge/introspection.ts';
import { useLeaving } from './edge/leaving.ts';
import { EDGE_LIMITS, type EdgeLimits } from './edge/limits.ts';
import { useLongResults } from './edge/long-results.ts';
import type { Metrics } from './edge/metrics.ts';
import { useReadiness } from './edge/readiness.ts';
import { useRequestParser } from './edge/request-parser.ts';
import { useStreamSlots } from './edge/streams.ts';
import { type Log, yogaLog } from './log.ts';
import { buildSchema } from './schema.ts';
import { maxHeldBytes } from './sms/budget.ts';
import type { SmsEndpoint } from './sms/client.ts';
import { HeldBytes } from './sms/held-bytes.ts';
import type { TaskWatches } from './sms/task-watch.ts';

export const GRAPHQL_PATH = '/graphql';

export interface GatewayOptions
  extends Pick<Config, 'corsOrigins' | 'expose'>,
    Partial<Pick<Config, 'corsHeaders'>>,
    ContextSettings {
  sms: SmsEndpoint;
  watches: TaskWatches;
  log: Log;
  /** What GraphiQL opens with; null switches it off. */
  graphiql: GraphiqlExample | null;
  /** Whether clients may ask about the schema, and are helped when they misspell it. Default true. */
  introspection?: boolean;
  /** Documents that alone may run. */
  documents?: TrustedDocuments | null;
  edgeLimits?: Partial<EdgeLimits>;
  /** Bytes that all requests together may hold. Default: a part of the heap. */
  maxHeldBytes?: number;
  metrics?: Metrics | null;
  /** Whether the embedded emulator stands in for SMS, so that every response says so. */
  isEmulated?: boolean;
  /** Whether new requests are welcome, as `/ready` says. */
  isReady(): boolean;
  /** Whether the process is about to stop. */
  isLeaving?(): boolean;
}

/** The gateway as a request listener and a `fetch`: its parts in the order in which a request passes them. */
export function createGateway(options: GatewayOptions) {
  const {
    sms,
    watches,
    log,
    graphiql,
    corsOrigins,
    introspection = true,
    documents = null,
    metrics = null,
    isEmulated = false,
  } = options;
  const limits = { ...EDGE_LIMITS, ...options.edgeLimits };
  const identify = identifier(options);
  const held = new HeldBytes(options.maxHeldBytes ?? maxHeldBytes(getHeapStatistics().heap_size_limit));
  const schema = buildSchema(options.expose);
  noteRefusals(schema);
  if (documents !== null) checkDocuments(documents, schema, limits);

  const yoga = createYoga<Partial<EdgeContext>>({
    graphqlEndpoint: GRAPHQL_PATH,
    healthCheckEndpoint: '/health',
    landingPage: false,
    graphiql: false,
    multipart: false,
    batching: false,
    // The edge counts bytes; Yoga's own way costs more than all the rest.
    maxRequestBodySize: false,
    logging: yogaLog(log),
    maskedErrors: masking(log),
    cors: corsFor(corsOrigins, options.corsHeaders),
    extraParamNames: documents === null ? [] : [DOCUMENT_ID],
    parserAndValidationCache: false,
    plugins: [
      useAnswerHeaders(),
      useReadiness(() => options.isReady(), sms, { isEmulated }),
      graphiql !== null && useGraphiql(GRAPHQL_PATH, graphiql),
      useHttpRules(GRAPHQL_PATH, {
        corsOrigins,
        onlyLocal: options.auth === 'service' && options.open,
        trustedDocuments: documents !== null,
      }),
      useRequestParser({ trustedDocuments: documents !== null }),
      documents !== null && useTrustedDocuments(documents),
      useDocumentMemory(limits),
      !introspection && useNoIntrospection(),
      useStreamSlots(),
      useErrorDoor(log, { suggests: introspection }),
      useAccessLog(),
      useLongResults(),
      useLeaving(),
      useIdentification(),
      useCallEstimate(schema),
    ],
    schema,
    context: ({ request, served, caller = identify((name) => request.headers.get(name), '') }) => {
      const parts = { endpoint: sms, watches, held: served ? held : null };
      const context = contextOf(request, parts, options, caller, (answer, milliseconds) => {
        if (served) noteCall(served, answer?.requestId ?? null, milliseconds);
        metrics?.smsCall(answer?.status ?? null, milliseconds);
      });
      if (served) served.budget = context.budget;
      return context;
    },
  });

  const admission = new Admission(limits);
  metrics?.watch(admission, sms);
  const listener: RequestListener = edge(yoga, {
    ...limits,
    endpoint: GRAPHQL_PATH,
    admission,
    identify: ({ headers, socket }) => identify((name) => headers[name], socket.remoteAddress ?? ''),
    corsOrigins,
    log,
    isEmulated,
    isLeaving: options.isLeaving ?? (() => false),
    onEnd: (served, ended) => {
      served.budget?.end();
      logServed(log, served, ended);
      metrics?.request(served, ended);
    },
  });
  return Object.assign(listener, { fetch: yoga.fetch });
}
