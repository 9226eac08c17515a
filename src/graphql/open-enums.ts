/** Enums to which SMS may add values: those with the value `UNKNOWN`. */
import { type DocumentNode, type GraphQLObjectType, getNamedType, isEnumType, Kind } from 'graphql';
import { directiveOf, enumFieldOf } from './field-directives.ts';
import type { Field, ValueStep } from './wrappers/field-wrapper.ts';

interface OpenEnum {
  /** The value of the enum that SMS sent, in any case; undefined for a value that is not in the schema. */
  valueOf(sent: unknown): string | undefined;
}

/** The open enum of a field, which is either the enum field or the text field with the raw value. */
export function openEnumOf(field: Field, type: GraphQLObjectType): OpenEnum | null {
  const named = getNamedType((enumFieldOf(field, type) ?? field).type);
  if (!isEnumType(named) || !named.getValue('UNKNOWN')) return null;
  const names = named.getValues().map(({ value }) => String(value));
  const values = new Map(names.flatMap((name) => [[name, name] as const, [name.toLowerCase(), name] as const]));
  return { valueOf: (sent) => values.get(String(sent)) ?? values.get(String(sent).toLowerCase()) };
}

/** A value that SMS has added to an enum does not fail the row: the field is `UNKNOWN`, and the text field has the raw value. */
export function convertEnum(field: Field, type: GraphQLObjectType): ValueStep | null {
  const openEnum = openEnumOf(field, type);
  if (!openEnum) return null;
  const isText = enumFieldOf(field, type) !== undefined;
  return (value) => {
    if (value === null || value === undefined) return value;
    return openEnum.valueOf(value) ?? (isText ? value : 'UNKNOWN');
  };
}

/** The internal values of enums that SMS writes in lower case, marked by `@lowerCase` in the SDL. */
export function lowerCaseEnums(sdl: DocumentNode): Record<string, Record<string, string>> {
  return Object.fromEntries(
    sdl.definitions.flatMap((definition) => {
      if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || !directiveOf(definition, 'lowerCase')) return [];
      const names = (definition.values ?? []).map(({ name }) => name.value);
      const values = names.map((name) => [name, name === 'UNKNOWN' ? name : name.toLowerCase()]);
      return [[definition.name.value, Object.fromEntries(values)]];
    }),
  );
}
