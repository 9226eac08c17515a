import { GraphQLError, type GraphQLSchema, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { SettingsError, shown } from '../../config/settings.ts';
import { readTextFile } from '../../sms/text/text-file.ts';
import { withoutValues } from '../errors/error-redaction.ts';
import { RequestRefused } from '../errors/request-error.ts';
import { parseWithin, type QueryLimits } from './query-limits.ts';

/** The documents that may run, by their ids. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** In a request: the parameter of GraphQL over HTTP. Apollo clients send `extensions.persistedQuery` instead. */
export const DOCUMENT_ID = 'documentId';

/**
 * Reads the file that codegen's client preset writes (`persisted-documents.json`): an object of ids, which are hashes, and
 * texts. Throws `SettingsError`, which names what is wrong.
 */
export function readDocuments(file: string): TrustedDocuments {
  const wrong = (why: string) => new SettingsError(`DOCUMENTS ${why}`);
  let content: unknown;
  try {
    content = JSON.parse(readTextFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(code ? `is ${shown(file)}, which cannot be read (${code}).` : `is ${shown(file)}, which is not JSON.`);
  }
  const entries = typeof content === 'object' && !Array.isArray(content) ? Object.entries(content ?? {}) : [];
  if (entries.length === 0 || !entries.every(([id, text]) => id !== '' && typeof text === 'string'))
    throw wrong(
      `is ${shown(file)}, which is not an object of ids and documents, as codegen's client preset writes it.`,
    );
  return new Map(entries.map(([id, text]) => [bare(id), String(text)]));
}

/** Throws `SettingsError` for the first document that could not run. */
export function checkDocuments(documents: TrustedDocuments, schema: GraphQLSchema, limits: QueryLimits): void {
  for (const [id, text] of documents) {
    try {
      const [error] = validate(schema, parseWithin(text, limits));
      if (error) throw error;
    } catch (error) {
      throw new SettingsError(
        `DOCUMENTS holds ${isHash(id) ? `"${id}"` : shown(id)}, which cannot run: ${reasonOf(error)}`,
      );
    }
  }
}

/** Without what the text holds: the file may be another than was meant, such as that of a key. */
function reasonOf(error: unknown): string {
  if (!(error instanceof GraphQLError)) return 'it cannot be read.';
  const { locations, message } = error;
  const place = locations?.map(({ line, column }) => `${line}:${column}`).join(', ');
  return message.startsWith('Syntax Error') ? `it is no GraphQL at ${place}.` : withoutValues(error, false).message;
}

/** Runs listed documents by their ids and nothing else: not even a text that is listed. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams({ params, setParams }) {
      const { query, [DOCUMENT_ID]: _, ...others } = params as typeof params & { [DOCUMENT_ID]?: unknown };
      const id = idIn(params);
      if (id === null || query)
        throw new RequestRefused('PERSISTED_QUERY_ID_REQUIRED', 'Send the id of a listed document, and no text.');
      const text = documents.get(bare(id));
      if (text === undefined)
        throw new RequestRefused('PERSISTED_QUERY_NOT_IN_LIST', 'There is no document of this id.');
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

/** Of SHA-1 or SHA-256. */
function isHash(id: string): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(id);
}

/** GraphQL over HTTP names the algorithm before a hash; codegen's file does not. */
function bare(id: string): string {
  return id.replace(/^sha(?:1|256):/, '');
}
