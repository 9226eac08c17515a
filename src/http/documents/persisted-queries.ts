/** Automatic persisted queries of Apollo Client and urql: a hash first, and the document when the server does not know it. */
import type { GraphQLParams } from 'graphql-yoga';

/** By this message and code, whatever the status, clients send the document from now on, and no more hashes. */
export const PERSISTED_QUERY_NOT_SUPPORTED = {
  status: 200,
  code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  message: 'PersistedQueryNotSupported',
};

/** A hash in place of a document. */
export function hasHashAlone({ query, extensions }: GraphQLParams): boolean {
  const { persistedQuery } = Object(extensions) as { persistedQuery?: unknown };
  return !query && persistedQuery !== undefined && persistedQuery !== null;
}

/** The same in an address: clients may send hashes by GET. Nothing is executed for it. */
export function isHashAlone(url: string): boolean {
  if (!url.includes('persistedQuery')) return false;
  const { searchParams } = new URL(url);
  return !searchParams.get('query') && /"persistedQuery"\s*:/.test(searchParams.get('extensions') ?? '');
}
