import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Context } from './context.ts';
import type { Entity, EntityName, View } from './sms/entities.ts';
import { wireName } from './sms/wire.ts';

type Read = (source: Entity, _: unknown, context: Context) => unknown;

/**
 * A field without a resolver of its own reads its wire name, worked out here and not in each request. What an entity at
 * hand lacks is read from SMS.
 */
export function readFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) field.resolve ??= withKnownValues(field, reader(type, field));
  }
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
function withKnownValues(field: GraphQLField<unknown, unknown>, read: Read): Read {
  const type = getNamedType(field.type);
  if (!isEnumType(type) || !type.getValue('UNKNOWN')) return read;
  const known = new Set(type.getValues().map(({ value }) => value));
  const knownOrNot = (value: unknown) =>
    value === null || value === undefined || known.has(value) ? value : 'UNKNOWN';
  return (source, args, context) => {
    const value = read(source, args, context);
    return value instanceof Promise ? value.then(knownOrNot) : knownOrNot(value);
  };
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
