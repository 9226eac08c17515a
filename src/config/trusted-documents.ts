import { GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { parseWithin, type QueryLimits } from '../http/documents/query-limits.ts';
import { bareId, type TrustedDocuments } from '../http/documents/trusted-documents.ts';
import { withoutValues } from '../http/errors/error-redaction.ts';
import { readTextFile } from '../sms/text/text-file.ts';
import { SettingsError, shown } from './settings.ts';

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
  return new Map(entries.map(([id, text]) => [bareId(id), String(text)]));
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

/** Of SHA-1 or SHA-256. */
function isHash(id: string): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(id);
}
