/** Automatic persisted queries of Apollo Client and urql: a hash first, and the document if the server does not know it. */
import type { GraphQLParams } from 'graphql-yoga';

/** With this message and code, clients stop sending hashes and send documents. */
export const PERSISTED_QUERY_NOT_SUPPORTED = {
  status: 200,
  code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  message: 'PersistedQueryNotSupported',
};

interface PersistedQuery {
  sha256Hash?: unknown;
}

export function persistedQueryIn({ extensions }: GraphQLParams): PersistedQuery | null {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: PersistedQuery | null };
  return persistedQuery ?? null;
}

/** Whether a request has a hash and no document. */
export function isHashOnly(params: GraphQLParams): boolean {
  return !params.query && persistedQueryIn(params) !== null;
}

/** The same for the URL of a GET. */
export function isHashOnlyUrl(url: string): boolean {
  if (!url.includes('persistedQuery')) return false;
  const { searchParams } = new URL(url);
  return !searchParams.get('query') && /"persistedQuery"\s*:/.test(searchParams.get('extensions') ?? '');
}
