import type { Plugin } from 'graphql-yoga';
import { RequestError } from '../errors/request-error.ts';

/** The documents that may run, by their ids. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** In a request: the parameter of GraphQL over HTTP. Apollo clients send `extensions.persistedQuery` instead. */
export const DOCUMENT_ID = 'documentId';

/** Runs listed documents by their ids and nothing else: not even a text that is listed. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams({ params, setParams }) {
      const { query, [DOCUMENT_ID]: _, ...others } = params as typeof params & { [DOCUMENT_ID]?: unknown };
      const id = idIn(params);
      if (id === null || query)
        throw new RequestError('PERSISTED_QUERY_ID_REQUIRED', 'Send the id of a listed document, and no text.');
      const text = documents.get(bareId(id));
      if (text === undefined) throw new RequestError('PERSISTED_QUERY_NOT_IN_LIST', 'There is no document of this id.');
      setParams({ ...others, query: text });
    },
  };
}

function idIn(params: { [DOCUMENT_ID]?: unknown; extensions?: unknown }): string | null {
  const { [DOCUMENT_ID]: id, extensions } = params;
  const { sha256Hash } = Object(Object(extensions).persistedQuery) as { sha256Hash?: unknown };
  const given = id ?? sha256Hash;
  return typeof given === 'string' ? given : null;
}

/** GraphQL over HTTP names the algorithm before a hash; codegen's file does not. */
export function bareId(id: string): string {
  return id.replace(/^sha(?:1|256):/, '');
}
