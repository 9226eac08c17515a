import { Client, fetchExchange, mapExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { withIdleTimeout } from './idle-timeout.ts';

/** A stream of the gateway has a sign of life every 12 seconds. */
const IDLE_TIMEOUT_MS = 20_000;
/** Longer than any request of the gateway takes, so this is for a connection that is cut in the middle. */
const RESPONSE_TIMEOUT_MS = 90_000;

export interface ClientSettings {
  url: string;
  /** Read for each request, so that a new token or language needs no new client. */
  headers(): Record<string, string>;
  /** Called when the gateway or SMS does not accept the token, or no longer does. */
  onUnauthenticated(): void;
  /** Called with every response. */
  onResponse(response: Response): void;
}

/**
 * There is no cache: everything on this page changes by itself, and each view reads what it shows.
 * Each request has only the id of its document. A gateway without a list of documents answers the first one with
 * `PersistedQueryNotSupported`; from then on, requests have the text.
 */
export function createClient({ url, headers, onUnauthenticated, onResponse }: ClientSettings): Client {
  return new Client({
    url,
    preferGetMethod: false,
    fetchSubscriptions: true,
    requestPolicy: 'network-only',
    fetchOptions: () => ({ headers: headers(), credentials: 'omit', referrerPolicy: 'no-referrer' }),
    fetch: async (input, init) => {
      const timeout = new AbortController();
      const timer = setTimeout(() => timeout.abort(), RESPONSE_TIMEOUT_MS);
      const signals = [timeout.signal, ...(init?.signal ? [init.signal] : [])];
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) }).finally(() =>
        clearTimeout(timer),
      );
      onResponse(response);
      return withIdleTimeout(response, IDLE_TIMEOUT_MS);
    },
    exchanges: [
      mapExchange({
        onResult({ data, error }) {
          const isRefused =
            error?.graphQLErrors.some(({ extensions }) => extensions['type'] === 'SmsUnauthenticatedError') ||
            Object.values({ ...data }).some((field) => typenameOf(field) === 'SmsUnauthenticatedError');
          if (isRefused) onUnauthenticated();
        },
      }),
      persistedExchange({
        preferGetForPersistedQueries: false,
        enableForMutation: true,
        enableForSubscriptions: true,
        generateHash: async (_, document) => idOf(document),
      }),
      fetchExchange,
    ],
  });
}

/** Codegen has written it into the document. */
function idOf(document: object): string {
  const { hash } = ('__meta__' in document ? document.__meta__ : {}) as { hash?: string };
  return hash ?? '';
}

function typenameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '__typename' in value ? value.__typename : undefined;
}
