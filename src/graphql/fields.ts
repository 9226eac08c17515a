import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Context } from '../request/context.ts';
import type { EntityName } from '../sms/operations/absence.ts';
import { type Entities, type Entity, isEmbedded, type View } from '../sms/operations/entities.ts';
import { wireName } from '../sms/wire.ts';
import { withinBudget } from './execution.ts';
import { shapeOf } from './response-shape.ts';

type Read = (source: Entity, args: unknown, context: Context, info: GraphQLResolveInfo) => unknown;
type Change = (value: unknown, source: Entity) => unknown;

/**
 * A field without a resolver of its own reads its wire name, worked out here and not in each request. A field that the
 * entity at hand lacks is read from SMS. The value is checked against the type of its field.
 */
export function readFields(schema: GraphQLSchema): void {
  const roots = new Set([schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_') || roots.has(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const read = (field.resolve ?? reader(type, field)) as Read;
      const changes = [shapeOf(type, field), inKnownForm(type, field), asParts(type, field)];
      field.resolve = withinBudget(field, read, allOf(changes)) as Read;
    }
  }
}

function allOf(changes: readonly (Change | null)[]): Change {
  return changes
    .filter((change) => change !== null)
    .reduce<Change>(
      (first, next) => (value, source) => next(first(value, source), source),
      (value) => value,
    );
}

function reader(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Read {
  const name = wireNameOf(type, field);
  const view = viewOf(field);
  if (isPart(type)) return (part, _, { entities }) => (part as unknown as Part).read(name, view, entities);
  if (!isEntity(type) || field.name === 'id') return (source) => source[name];
  const entity = type.name as EntityName;
  const known = knownValues(type, field);
  return (source, _, { entities }) => {
    if (!Object.hasOwn(source, name)) return entities[entity].fetchField(source, name, view);
    const own = source[name];
    // SMS types some enums as free text where it embeds an object. The object itself has a value of the enum.
    if (!known || own === null || knownForm(known, own) !== undefined || !isEmbedded(source)) return own;
    const whole = entities[entity].fetchField(source, name, view);
    return whole instanceof Promise ? whole.then((value) => value ?? own) : own;
  };
}

/** The wire name of a field: that of its `@wire`, or the mechanical one. `stateText` has that of `state`. */
function wireNameOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
  const wire = field.astNode?.directives?.find((directive) => directive.name.value === 'wire')?.arguments?.[0]?.value;
  return wire?.kind === Kind.STRING ? wire.value : wireName(ownWords(type, field) ?? field.name);
}

function viewOf({ astNode }: GraphQLField<unknown, unknown>): View {
  const directives = astNode?.directives?.map(({ name }) => name.value) ?? [];
  return directives.includes('detail') ? 'detail' : directives.includes('listed') ? 'listed' : 'any';
}

function isEntity({ astNode }: GraphQLObjectType): boolean {
  return astNode?.directives?.some(({ name }) => name.value === 'key') ?? false;
}

/** Whether a type is a part of an entity that SMS gives in more or less detail, like the target server of a task. */
function isPart(type: GraphQLNamedType): boolean {
  return (
    isObjectType(type) && !isEntity(type) && Object.values(type.getFields()).some((field) => viewOf(field) !== 'any')
  );
}

/** Lets the parts of an entity know their entity, which has what they lack. */
function asParts(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Change | null {
  if (!isEntity(type) || !isPart(getNamedType(field.type))) return null;
  const place = { entity: type.name as EntityName, name: wireNameOf(type, field) };
  const partOf: Change = (value, whole) =>
    typeof value === 'object' && value !== null ? new Part(value as Entity, whole, place) : value;
  return (value, whole) => (Array.isArray(value) ? value.map((item) => partOf(item, whole)) : partOf(value, whole));
}

/** A part of an entity, as SMS sent it, and the place from which it came. */
class Part {
  readonly #part: Entity;
  readonly #whole: Entity;
  readonly #place: { entity: EntityName; name: string };

  constructor(part: Entity, whole: Entity, place: { entity: EntityName; name: string }) {
    this.#part = part;
    this.#whole = whole;
    this.#place = place;
  }

  /** A field by its wire name: of the part at hand, or else of the same part of the entity in that view. */
  read(name: string, view: View, entities: Entities): unknown {
    if (Object.hasOwn(this.#part, name)) return this.#part[name];
    const found = entities[this.#place.entity].fetchField(this.#whole, this.#place.name, view);
    return found instanceof Promise ? found.then((value) => this.#counterpartIn(value)?.[name] ?? null) : null;
  }

  #counterpartIn(value: unknown): Entity | null | undefined {
    return Array.isArray(value) ? value.find((item: Entity | null) => item?.id === this.#part.id) : (value as Entity);
  }
}

/** `stateText` is `state` in SMS's own words: the name of the enum field beside it. */
function ownWords(type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>): string | null {
  const beside = name.endsWith('Text') ? type.getFields()[name.slice(0, -'Text'.length)] : undefined;
  return beside && isEnumType(getNamedType(beside.type)) ? beside.name : null;
}

/** A value that SMS has added to an enum must not cost the row: it reads `UNKNOWN`, and in SMS's own words as it is. */
function inKnownForm(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Change | null {
  const known = knownValues(type, field);
  if (!known) return null;
  const isText = ownWords(type, field) !== null;
  return (value) => {
    if (value === null || value === undefined) return value;
    return knownForm(known, value) ?? (isText ? value : 'UNKNOWN');
  };
}

/** The values of the enum that SMS may extend and that a field shows, by themselves and in lower case. */
function knownValues(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): ReadonlyMap<string, string> | null {
  const shown = type.getFields()[ownWords(type, field) ?? field.name];
  const named = shown && getNamedType(shown.type);
  if (!isEnumType(named) || !named.getValue('UNKNOWN')) return null;
  const values = named.getValues().map(({ value }) => String(value));
  return new Map(values.flatMap((value) => [[value, value] as const, [value.toLowerCase(), value] as const]));
}

/** Where SMS types an enum as free text, it may write a value in another case. */
function knownForm(known: ReadonlyMap<string, string>, value: unknown): string | undefined {
  return known.get(String(value)) ?? known.get(String(value).toLowerCase());
}

/** The values of the enums that SMS writes in lower case, by the `@lowerCase` directive of the SDL. */
export function enumValues(sdl: DocumentNode): Record<string, Record<string, string>> {
  return Object.fromEntries(
    sdl.definitions.flatMap((definition) => {
      if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
      if (!definition.directives?.some(({ name }) => name.value === 'lowerCase')) return [];
      const names = (definition.values ?? []).map(({ name }) => name.value);
      return [
        [
          definition.name.value,
          Object.fromEntries(names.map((name) => [name, name === 'UNKNOWN' ? name : name.toLowerCase()])),
        ],
      ];
    }),
  );
}
