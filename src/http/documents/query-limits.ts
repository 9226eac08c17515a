import { type DocumentNode, GraphQLError, Kind, parse, type SelectionNode, type ValueNode } from 'graphql';
import { RequestError } from '../errors/request-error.ts';

/** How large a document may be. All but the tokens are counted with every fragment put in where it is spread. */
export interface QueryLimits {
  maxTokens: number;
  /** Fields below one another. */
  maxDepth: number;
  maxAliases: number;
  maxDirectives: number;
  /** Distinct response names at the root of an operation. */
  maxRootFields: number;
}

/** Characters. The parser reads comments, texts and empty lines of any length before it has a token. */
const MAX_DOCUMENT_CHARACTERS = 256 * 1024;
/** Every error counts the lines before its place, several times. In longer documents errors name no place. */
const MAX_LINES_WITH_PLACES = 500;
/** Most selections, so that fragments of fragments cannot multiply without end. */
const MAX_SELECTIONS = 5_000;
/** Most selections of one response name in one place. Validation compares each of them with each other. */
const MAX_SAME = 100;
/** Fields whose answer is long whoever asks, so one document may ask once. */
const ONCE = new Set(['_service', 'sdl', '__schema']);
/** The forms of a file's content, which may have 32 MiB, and under how many names one place may show one of them. */
const CONTENT = new Set(['text', 'base64', 'json']);
const MAX_CONTENT_NAMES = 3;
/** Most directives on one selection. */
const MAX_DIRECTIVES_PER_LOCATION = 5;
const MAX_DEFINITIONS = 200;
const MAX_VALUE_DEPTH = 16;

/** The document, if it is small enough. Throws a `GraphQLError`. */
export function parseWithin(source: string, limits: QueryLimits): DocumentNode {
  const document = parsed(source, limits);
  new Measure(document, limits).take();
  return document;
}

function parsed(source: string, { maxTokens }: QueryLimits): DocumentNode {
  if (source.length > MAX_DOCUMENT_CHARACTERS)
    throw new RequestError('QUERY_TOO_LARGE', `A document may have ${MAX_DOCUMENT_CHARACTERS} characters.`);
  try {
    return parse(source, { maxLexicalTokens: maxTokens, maxComments: maxTokens, noLocation: hasManyLines(source) });
  } catch (error) {
    // The parser goes down the stack with every brace.
    if (error instanceof RangeError) throw new RequestError('QUERY_TOO_DEEP', 'The document is nested too deeply.');
    if (error instanceof GraphQLError && error.message.endsWith('Parsing aborted.'))
      throw new RequestError('QUERY_TOO_LARGE', `A document may have ${maxTokens} tokens.`);
    throw error;
  }
}

function hasManyLines(source: string): boolean {
  return source.split(/\r\n|[\n\r]/, MAX_LINES_WITH_PLACES + 1).length > MAX_LINES_WITH_PLACES;
}

/** Everything selected in one place of the answer. */
class Place {
  readonly fields = new Map<string, Place>();
  readonly #content = new Map<string, Set<string>>();
  count = 0;

  /** Under how many names a form of content is selected here, with this one. */
  namesOf(form: string, name: string): number {
    const names = this.#content.get(form) ?? new Set();
    this.#content.set(form, names);
    return names.add(name).size;
  }

  /** The place below, which is now selected once more. */
  at(name: string): Place {
    const place = this.fields.get(name) ?? new Place();
    this.fields.set(name, place);
    place.count += 1;
    return place;
  }
}

class Measure {
  readonly #document: DocumentNode;
  readonly #limits: QueryLimits;
  readonly #fragments = new Map<string, readonly SelectionNode[]>();
  readonly #spread = new Set<string>();
  readonly #once = new Set<string>();
  #selections = 0;
  #aliases = 0;
  #directives = 0;

  constructor(document: DocumentNode, limits: QueryLimits) {
    this.#document = document;
    this.#limits = limits;
  }

  take(): void {
    const { definitions } = this.#document;
    if (definitions.length > MAX_DEFINITIONS)
      throw new RequestError('QUERY_TOO_LARGE', `The document has more than ${MAX_DEFINITIONS} definitions.`);
    for (const definition of definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition.selectionSet.selections);
    for (const definition of definitions) {
      if (!('selectionSet' in definition) || definition.selectionSet === undefined) continue;
      const root = new Place();
      this.#directivesOf(definition);
      for (const { defaultValue } of definition.variableDefinitions ?? []) deepEnough(defaultValue, 0);
      this.#select(definition.selectionSet.selections, root, 0);
      if (definition.kind === Kind.OPERATION_DEFINITION && root.fields.size > this.#limits.maxRootFields)
        throw new RequestError(
          'TOO_MANY_ROOT_FIELDS',
          `An operation may have ${this.#limits.maxRootFields} root fields.`,
        );
    }
  }

  #select(selections: readonly SelectionNode[], place: Place, depth: number): void {
    for (const selection of selections) {
      this.#selections += 1;
      if (this.#selections > MAX_SELECTIONS)
        throw new RequestError(
          'QUERY_TOO_LARGE',
          `The document selects more than ${MAX_SELECTIONS} fields and fragments.`,
        );
      this.#directivesOf(selection);
      if (selection.kind === Kind.FRAGMENT_SPREAD) this.#follow(selection.name.value, place, depth);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#select(selection.selectionSet.selections, place, depth);
      else this.#field(selection, place, depth + 1);
    }
  }

  // A fragment within itself is left to validation, which refuses it.
  #follow(name: string, place: Place, depth: number): void {
    const selections = this.#fragments.get(name);
    if (selections === undefined || this.#spread.has(name)) return;
    this.#spread.add(name);
    this.#select(selections, place, depth);
    this.#spread.delete(name);
  }

  #field(field: Extract<SelectionNode, { kind: Kind.FIELD }>, place: Place, depth: number): void {
    const { maxDepth, maxAliases } = this.#limits;
    if (depth > maxDepth) throw new RequestError('QUERY_TOO_DEEP', `Fields may be nested ${maxDepth} deep.`);
    if (field.alias) this.#aliases += 1;
    if (this.#aliases > maxAliases)
      throw new RequestError('TOO_MANY_ALIASES', `A document may have ${maxAliases} aliases.`);
    if (ONCE.has(field.name.value) && this.#once.size === this.#once.add(field.name.value).size)
      throw new RequestError('TOO_MANY_DUPLICATES', `A document may select ${field.name.value} once.`);
    const name = (field.alias ?? field.name).value;
    const below = place.at(name);
    if (below.count > MAX_SAME)
      throw new RequestError('TOO_MANY_DUPLICATES', `A field may be selected ${MAX_SAME} times in one place.`);
    if (CONTENT.has(field.name.value) && place.namesOf(field.name.value, name) > MAX_CONTENT_NAMES)
      throw new RequestError(
        'TOO_MANY_ALIASES',
        `The content of a file may be shown under ${MAX_CONTENT_NAMES} names.`,
      );
    for (const { value } of field.arguments ?? []) deepEnough(value, 0);
    if (field.selectionSet) this.#select(field.selectionSet.selections, below, depth);
  }

  #directivesOf({ directives = [] }: { readonly directives?: readonly unknown[] | undefined }): void {
    this.#directives += directives.length;
    if (directives.length > MAX_DIRECTIVES_PER_LOCATION || this.#directives > this.#limits.maxDirectives)
      throw new RequestError(
        'TOO_MANY_DIRECTIVES',
        `A document may have ${this.#limits.maxDirectives} directives, ${MAX_DIRECTIVES_PER_LOCATION} in one place.`,
      );
  }
}

function deepEnough(value: ValueNode | undefined, depth: number): void {
  if (value?.kind !== Kind.LIST && value?.kind !== Kind.OBJECT) return;
  if (depth >= MAX_VALUE_DEPTH)
    throw new RequestError('QUERY_TOO_DEEP', `Values may be nested ${MAX_VALUE_DEPTH} deep.`);
  if (value.kind === Kind.LIST) for (const item of value.values) deepEnough(item, depth + 1);
  else for (const field of value.fields) deepEnough(field.value, depth + 1);
}
