import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Context } from './context.ts';
import { shapeOf } from './shape.ts';
import type { Entity, EntityName, View } from './sms/entities.ts';
import { wireName } from './sms/wire.ts';

type Read = (source: Entity, args: unknown, context: Context, info: GraphQLResolveInfo) => unknown;

/**
 * A field without a resolver of its own reads its wire name, worked out here and not in each request. What an entity at
 * hand lacks is read from SMS. Whatever SMS sent is held against the type of its field.
 */
export function readFields(schema: GraphQLSchema): void {
  const roots = new Set([schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_') || roots.has(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const read = (field.resolve ?? reader(type, field)) as Read;
      field.resolve = after(read, shapeOf(type, field), knownValue(field));
    }
  }
}

function after(read: Read, shape: (value: unknown) => unknown, known: ((value: unknown) => unknown) | null): Read {
  const last = known ? (value: unknown) => known(shape(value)) : shape;
  return (source, args, context, info) => {
    const value = read(source, args, context, info);
    return value instanceof Promise ? value.then(last) : last(value);
  };
}

function reader(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Read {
  const name = wireName(ownWords(type, field) ?? field.name);
  const directives = field.astNode?.directives?.map((directive) => directive.name.value) ?? [];
  const view: View = directives.includes('detail') ? 'detail' : directives.includes('listed') ? 'listed' : 'any';
  const isEntity = type.astNode?.directives?.some((directive) => directive.name.value === 'key') ?? false;
  if (!isEntity || field.name === 'id' || directives.includes('given')) return (source) => source[name];
  const entity = type.name as EntityName;
  return (source, _, { entities }) =>
    Object.hasOwn(source, name) ? source[name] : entities[entity].read(source, name, view);
}

/** `stateText` is `state` in SMS's own words: the name of the enum field beside it. */
function ownWords(type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>): string | null {
  const beside = name.endsWith('Text') ? type.getFields()[name.slice(0, -'Text'.length)] : undefined;
  return beside && isEnumType(getNamedType(beside.type)) ? beside.name : null;
}

/** A value that SMS has added to an enum must not cost the row: it reads `UNKNOWN`. */
function knownValue(field: GraphQLField<unknown, unknown>): ((value: unknown) => unknown) | null {
  const type = getNamedType(field.type);
  if (!isEnumType(type) || !type.getValue('UNKNOWN')) return null;
  const known = new Set<unknown>(type.getValues().map(({ value }) => value));
  return (value) => (value === null || value === undefined || known.has(value) ? value : 'UNKNOWN');
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
