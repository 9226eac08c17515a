import { GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { parseDocument, type QueryLimits } from '../http/documents/query-limits.ts';
import { hashOf, type TrustedDocuments } from '../http/documents/trusted-documents.ts';
import { redactValues } from '../http/errors/error-redaction.ts';
import { readTextFile } from '../text/text-file.ts';
import { printable, SettingsError } from './settings.ts';

/** Reads the `persisted-documents.json` of codegen's client preset: an object of hashes and documents. */
export function readDocuments(file: string): TrustedDocuments {
  const invalid = (problem: string) => new SettingsError(`DOCUMENTS is ${printable(file)}, which ${problem}.`);
  let content: unknown;
  try {
    content = JSON.parse(readTextFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw invalid(code ? `cannot be read (${code})` : 'is not JSON');
  }
  const entries = typeof content === 'object' && !Array.isArray(content) ? Object.entries(content ?? {}) : [];
  if (entries.length === 0 || !entries.every(([id, text]) => id !== '' && typeof text === 'string'))
    throw invalid("is not an object of ids and documents, as codegen's client preset writes it");
  return new Map(entries.map(([id, text]) => [hashOf(id), String(text)]));
}

/** Throws `SettingsError` for the first document that could not run. */
export function checkDocuments(documents: TrustedDocuments, schema: GraphQLSchema, limits: QueryLimits): void {
  for (const [id, text] of documents) {
    try {
      const [error] = validate(schema, parseDocument(text, limits));
      if (error) throw error;
    } catch (error) {
      const name = isHash(id) ? `"${id}"` : printable(id);
      throw new SettingsError(`DOCUMENTS contains ${name}, which cannot run: ${reasonOf(error)}`);
    }
  }
}

/** Repeats nothing of the document: the file may be another than was meant, such as that of a key. */
function reasonOf(error: unknown): string {
  if (!(error instanceof GraphQLError)) return 'It cannot be parsed.';
  const { locations, message } = error;
  const location = locations?.map(({ line, column }) => `${line}:${column}`).join(', ');
  return message.startsWith('Syntax Error') ? `Syntax error at ${location}.` : redactValues(error, false).message;
}

/** A hash of SHA-1 or SHA-256. */
function isHash(id: string): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(id);
}
