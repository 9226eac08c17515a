import { createYoga, type Plugin, useReadinessCheck } from 'graphql-yoga';
import type { Config } from './config.ts';
import { type AuthSettings, contextOf, requestIdOf } from './context.ts';
import { corsFor } from './cors.ts';
import { useErrorDoor } from './error-door.ts';
import { type GraphiqlExample, useGraphiql } from './graphiql.ts';
import { useHttpRules } from './http-rules.ts';
import type { Log } from './log.ts';
import { buildSchema } from './schema.ts';
import type { SmsEndpoint } from './sms/client.ts';
import type { TaskWatches } from './sms/task-watch.ts';

export const GRAPHQL_PATH = '/graphql';

export interface GatewayOptions extends Pick<Config, 'corsOrigins' | 'expose'>, AuthSettings {
  sms: SmsEndpoint;
  watches: TaskWatches;
  log: Log;
  /** What GraphiQL opens with; null switches it off. */
  graphiql: GraphiqlExample | null;
  /** Whether new requests are welcome, as `/ready` says. */
  isReady(): boolean;
}

/** The gateway as a request listener and a `fetch`: its parts in the order in which a request passes them. */
export function createGateway({ sms, watches, log, graphiql, isReady, corsOrigins, expose, ...auth }: GatewayOptions) {
  return createYoga({
    graphqlEndpoint: GRAPHQL_PATH,
    healthCheckEndpoint: '/health',
    landingPage: false,
    graphiql: false,
    multipart: false,
    batching: false,
    logging: yogaLog(log),
    cors: corsFor(corsOrigins),
    plugins: [
      useRequestId(),
      useReadinessCheck({ endpoint: '/ready', check: isReady }),
      graphiql !== null && useGraphiql(GRAPHQL_PATH, graphiql),
      useHttpRules(GRAPHQL_PATH),
      useErrorDoor(log),
    ],
    schema: buildSchema(expose),
    context: ({ request }) => contextOf(request, { endpoint: sms, watches }, auth),
  });
}

function useRequestId(): Plugin {
  return {
    onResponse: ({ request, response }) => response.headers.set('x-request-id', requestIdOf(request)),
  };
}

/** Yoga's own log of what failed outside of a field. Only the text: an error object may hold a request. */
function yogaLog(log: Log) {
  const text = (...parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: (...parts: unknown[]) => log.debug(text(...parts)),
    info: (...parts: unknown[]) => log.info(text(...parts)),
    warn: (...parts: unknown[]) => log.warn(text(...parts)),
    error: (...parts: unknown[]) => log.error(text(...parts)),
  };
}
