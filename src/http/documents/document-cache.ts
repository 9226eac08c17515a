import type { DocumentNode } from 'graphql';
import type { YogaServerOptions } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';

/** A parsed document takes up to 200 bytes per character. */
const MAX_CACHED_CHARACTERS = 512 * 1024;
const MAX_DOCUMENT_CHARACTERS = 32 * 1024;
const MAX_DOCUMENTS = 1_000;

/**
 * The stores of Yoga's cache (decision 0092): parsed documents, valid or not, are bounded by their length, and syntax errors
 * are not cached. Yoga keeps the result of a validation for as long as its document.
 */
export function documentCache() {
  return {
    documentCache: new LRUCache<string, DocumentNode>({
      max: MAX_DOCUMENTS,
      maxSize: MAX_CACHED_CHARACTERS,
      maxEntrySize: MAX_DOCUMENT_CHARACTERS,
      sizeCalculation: (_, text) => text.length + 1,
    }),
    errorCache: { get: () => undefined, set: () => {} },
  } satisfies YogaServerOptions<object, object>['parserAndValidationCache'];
}
