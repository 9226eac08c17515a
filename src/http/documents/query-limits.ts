import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionNode,
  type ValueNode,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { MAX_REJECTION_ERRORS } from '../errors/error-redaction.ts';
import { RequestError } from '../errors/request-error.ts';

/** How large a document may be. All except tokens are counted with fragments expanded. */
export interface QueryLimits {
  maxTokens: number;
  /** Levels of nested fields. */
  maxDepth: number;
  maxAliases: number;
  maxDirectives: number;
  /** Distinct response names at the root of an operation. */
  maxRootFields: number;
}

/** The parser reads comments, strings and empty lines of any length before it counts a token. */
const MAX_DOCUMENT_CHARACTERS = 256 * 1024;
/** graphql-js counts all lines before the location of an error. So errors of longer documents have no location. */
const MAX_LINES_WITH_LOCATIONS = 500;
/** Fields and fragments, so that nested fragments cannot multiply without limit. */
const MAX_SELECTIONS = 5_000;
/** Validation compares all selections of one response name at one path with each other: 20,000 pairs take it 30 ms. */
const MAX_DUPLICATES = 100;
const MAX_DUPLICATE_PAIRS = 20_000;
/** Fields with a long response for every caller. */
const SCHEMA_FIELDS = new Set(['_service', 'sdl', '__schema']);
/** The forms of a file's content, each of up to 32 MiB. */
const CONTENT_FIELDS = new Set(['text', 'base64', 'json']);
const MAX_CONTENT_ALIASES = 3;
const MAX_DIRECTIVES_PER_LOCATION = 5;
const MAX_DEFINITIONS = 200;
const MAX_VALUE_DEPTH = 16;

/** Applies the limits when a document is parsed. Validation ends after as many errors as the client gets. */
export function useQueryLimits(limits: QueryLimits): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source: string) => parseDocument(source, limits));
    },
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { maxErrors: MAX_REJECTION_ERRORS }),
      );
    },
  };
}

/** Parses a document and checks its limits. Throws a `GraphQLError`. */
export function parseDocument(source: string, limits: QueryLimits): DocumentNode {
  checkLimit(source.length, MAX_DOCUMENT_CHARACTERS, 'QUERY_TOO_LARGE', 'characters');
  const document = parseTokens(source, limits.maxTokens);
  checkDocument(document, limits);
  return document;
}

function parseTokens(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxLexicalTokens: maxTokens, maxComments: maxTokens, noLocation: hasManyLines(source) });
  } catch (error) {
    // The parser recurses with every brace.
    if (error instanceof RangeError) throw new RequestError('QUERY_TOO_DEEP', 'The document is nested too deeply.');
    if (error instanceof GraphQLError && error.message.endsWith('Parsing aborted.'))
      throw limitExceeded(maxTokens, 'QUERY_TOO_LARGE', 'tokens');
    throw error;
  }
}

function hasManyLines(source: string): boolean {
  return source.split(/\r\n|[\n\r]/, MAX_LINES_WITH_LOCATIONS + 1).length > MAX_LINES_WITH_LOCATIONS;
}

function checkLimit(count: number, max: number, code: string, unit: string): void {
  if (count > max) throw limitExceeded(max, code, unit);
}

function limitExceeded(max: number, code: string, unit: string): RequestError {
  return new RequestError(code, `The document exceeds the limit of ${withCommas(max)} ${unit}.`);
}

/** `toLocaleString` takes 14 ms the first time. */
function withCommas(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What is selected at one path of the response. */
class PathSelections {
  readonly children = new Map<string, PathSelections>();
  /** The response names of each form of content. */
  readonly contentNames = new Map<string, Set<string>>();
  count = 0;
}

function checkDocument({ definitions }: DocumentNode, limits: QueryLimits): void {
  const fragments = new Map<string, readonly SelectionNode[]>();
  const openFragments = new Set<string>();
  const schemaFields = new Set<string>();
  const counts = { selections: 0, duplicatePairs: 0, aliases: 0, directives: 0 };

  checkLimit(definitions.length, MAX_DEFINITIONS, 'QUERY_TOO_LARGE', 'definitions');
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet.selections);
  for (const definition of definitions) {
    if (!('selectionSet' in definition) || definition.selectionSet === undefined) continue;
    const root = new PathSelections();
    checkDirectives(definition);
    for (const { defaultValue } of definition.variableDefinitions ?? []) checkValueDepth(defaultValue, 1);
    checkSelections(definition.selectionSet.selections, root, 0);
    if (definition.kind === Kind.OPERATION_DEFINITION)
      checkLimit(root.children.size, limits.maxRootFields, 'TOO_MANY_ROOT_FIELDS', 'root fields per operation');
  }

  function checkSelections(selections: readonly SelectionNode[], parent: PathSelections, depth: number): void {
    for (const selection of selections) {
      counts.selections += 1;
      checkLimit(counts.selections, MAX_SELECTIONS, 'QUERY_TOO_LARGE', 'fields and fragments');
      checkDirectives(selection);
      if (selection.kind === Kind.FIELD) checkField(selection, parent, depth + 1);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) checkFragment(selection.name.value, parent, depth);
      else checkSelections(selection.selectionSet.selections, parent, depth);
    }
  }

  // A fragment that spreads itself is left to validation, which rejects it.
  function checkFragment(name: string, parent: PathSelections, depth: number): void {
    const selections = fragments.get(name);
    if (selections === undefined || openFragments.has(name)) return;
    openFragments.add(name);
    checkSelections(selections, parent, depth);
    openFragments.delete(name);
  }

  function checkField(field: FieldNode, parent: PathSelections, depth: number): void {
    const fieldName = field.name.value;
    const responseName = field.alias?.value ?? fieldName;
    checkLimit(depth, limits.maxDepth, 'QUERY_TOO_DEEP', 'levels of fields');
    if (field.alias) counts.aliases += 1;
    checkLimit(counts.aliases, limits.maxAliases, 'TOO_MANY_ALIASES', 'aliases');
    if (SCHEMA_FIELDS.has(fieldName) && schemaFields.size === schemaFields.add(fieldName).size)
      throw limitExceeded(1, 'TOO_MANY_DUPLICATES', `selection of ${fieldName}`);
    const child = getOrAdd(parent.children, responseName, () => new PathSelections());
    child.count += 1;
    checkLimit(child.count, MAX_DUPLICATES, 'TOO_MANY_DUPLICATES', 'selections of the same field');
    counts.duplicatePairs += child.count - 1;
    checkLimit(
      counts.duplicatePairs,
      MAX_DUPLICATE_PAIRS,
      'TOO_MANY_DUPLICATES',
      'pairs of selections of the same field',
    );
    if (CONTENT_FIELDS.has(fieldName)) {
      const names = getOrAdd(parent.contentNames, fieldName, () => new Set<string>()).add(responseName);
      checkLimit(names.size, MAX_CONTENT_ALIASES, 'TOO_MANY_ALIASES', "aliases of a file's content");
    }
    for (const { value } of field.arguments ?? []) checkValueDepth(value, 1);
    if (field.selectionSet) checkSelections(field.selectionSet.selections, child, depth);
  }

  function checkDirectives({ directives = [] }: { readonly directives?: readonly unknown[] | undefined }): void {
    counts.directives += directives.length;
    checkLimit(directives.length, MAX_DIRECTIVES_PER_LOCATION, 'TOO_MANY_DIRECTIVES', 'directives in one place');
    checkLimit(counts.directives, limits.maxDirectives, 'TOO_MANY_DIRECTIVES', 'directives');
  }
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}

function checkValueDepth(value: ValueNode | undefined, depth: number): void {
  if (value?.kind !== Kind.LIST && value?.kind !== Kind.OBJECT) return;
  checkLimit(depth, MAX_VALUE_DEPTH, 'QUERY_TOO_DEEP', 'levels of values');
  if (value.kind === Kind.LIST) for (const item of value.values) checkValueDepth(item, depth + 1);
  else for (const field of value.fields) checkValueDepth(field.value, depth + 1);
}
