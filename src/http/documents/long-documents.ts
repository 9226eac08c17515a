import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  OverlappingFieldsCanBeMergedRule,
  specifiedRules,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { nextRound } from '../../time/event-loop-turns.ts';
import { MAX_REJECTION_ERRORS } from '../errors/error-redaction.ts';
import { parseDocument, type QueryLimits } from './query-limits.ts';

const MAX_SHORT_DOCUMENT_CHARACTERS = 4 * 1024;

/**
 * Splits the work for a long document over three rounds of the event loop: parsing, the most expensive rule of validation, and
 * the other rules. Documents in the cache need no parsing.
 */
export function useLongDocuments(
  limits: QueryLimits,
  schema: GraphQLSchema,
  cache: { has(text: string): boolean },
): Plugin<{ request: Request }> {
  /** Each function returns or throws the result of parsing. */
  const parsed = new WeakMap<Request, () => DocumentNode>();
  const conflicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();

  const prepare = async (request: Request, text: string) => {
    await nextRound();
    try {
      const document = parseDocument(text, limits);
      parsed.set(request, () => document);
      await nextRound();
      conflicts.set(document, validateBy(schema, document, [OverlappingFieldsCanBeMergedRule]));
      await nextRound();
    } catch (error) {
      parsed.set(request, () => {
        throw error;
      });
    }
  };

  return {
    onParams({ params: { query }, request }) {
      if (typeof query !== 'string' || query.length <= MAX_SHORT_DOCUMENT_CHARACTERS || cache.has(query))
        return undefined;
      return prepare(request, query);
    },
    onParse({ context: { request }, setParseFn }) {
      const parse = parsed.get(request);
      if (parse !== undefined) setParseFn(parse);
    },
    onValidate({ params: { documentAST }, setValidationFn }) {
      const errors = conflicts.get(documentAST);
      if (errors === undefined) return;
      setValidationFn((_, document, rules: typeof specifiedRules = specifiedRules) => [
        ...errors,
        ...validateBy(
          schema,
          document,
          rules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule),
        ),
      ]);
    },
  };
}

function validateBy(schema: GraphQLSchema, document: DocumentNode, rules: typeof specifiedRules) {
  return validate(schema, document, rules, { maxErrors: MAX_REJECTION_ERRORS });
}
