import type { Plugin } from 'graphql-yoga';
import { RequestError } from '../errors/request-error.ts';
import { persistedQueryIn } from './persisted-queries.ts';

/** The documents that may run, by their hashes. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** The parameter of GraphQL over HTTP. Apollo clients send `extensions.persistedQuery` instead. */
export const DOCUMENT_ID = 'documentId';

/** Runs only listed documents, by their ids. Even the text of a listed document is rejected. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams({ params, setParams }) {
      const { query, [DOCUMENT_ID]: documentId, ...others } = params as typeof params & { [DOCUMENT_ID]?: unknown };
      const id = documentId ?? persistedQueryIn(params)?.sha256Hash;
      if (typeof id !== 'string' || query)
        throw new RequestError(
          'PERSISTED_QUERY_ID_REQUIRED',
          'Only listed documents run. Send the id of one, and no query.',
        );
      const text = documents.get(hashOf(id));
      if (text === undefined)
        throw new RequestError('PERSISTED_QUERY_NOT_IN_LIST', 'No listed document has this id. Send the id of one.');
      setParams({ ...others, query: text });
    },
  };
}

/** The id without the prefix `sha256:`, which clients of GraphQL over HTTP send, but codegen does not write. */
export function hashOf(id: string): string {
  return id.replace(/^sha(?:1|256):/, '');
}
