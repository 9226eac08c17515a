import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { parseWithin, type QueryLimits } from './query-limits.ts';

/** Characters. A parsed document takes up to 200 bytes for each. */
const MAX_CHARACTERS = 512 * 1024;
const MAX_DOCUMENT_CHARACTERS = 32 * 1024;
const MAX_DOCUMENTS = 1_000;

/**
 * Parses a document within the limits, and keeps it once it was found valid, so that one that comes again costs nothing.
 * In place of Yoga's own memory, which is bounded by the number of documents but not by their length.
 */
export function useDocumentCache(limits: QueryLimits): Plugin {
  const known = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    maxEntrySize: MAX_DOCUMENT_CHARACTERS,
    sizeCalculation: (_, text) => text.length + 1,
  });
  const valid = new WeakSet<DocumentNode>();
  const texts = new WeakMap<DocumentNode, string>();
  return {
    onParse({ params: { source }, setParsedDocument, setParseFn }) {
      const document = known.get(String(source));
      if (document) return setParsedDocument(document);
      setParseFn((text: string) => {
        const parsed = parseWithin(text, limits);
        texts.set(parsed, text);
        return parsed;
      });
    },
    onValidate({ params: { documentAST: document }, setResult }) {
      if (valid.has(document)) return setResult([]);
      return ({ valid: isValid }) => {
        const text = texts.get(document);
        if (!isValid || text === undefined) return;
        valid.add(document);
        known.set(text, document);
      };
    },
  };
}
