import {
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import { PLAIN_VALUES } from '../plain-values.ts';

export type Values = Record<string, unknown>;

/** Coerced variables, or null if graphql-js has to coerce them: it also handles the rare forms, and writes the errors. */
export type CoerceVariables = (raw: Readonly<Values>) => Values | null;

/** Marks a value that is left to graphql-js. */
const NOT_PLAIN = Symbol('not plain');

type Coerce = (value: unknown) => unknown;

/**
 * Compiles the coercion of an operation's variables. It changes the values in place instead of copying them, so nothing else may
 * use them. Null if a variable has a type that is not supported.
 */
export function compileVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): CoerceVariables | null {
  const coercions = new Map<GraphQLInputType, Coerce>();
  const variables: { name: string; coerce: Coerce; isRequired: boolean; defaultTo: unknown }[] = [];
  for (const { variable, type: typeNode, defaultValue } of definitions) {
    const type = typeFromAST(schema, typeNode);
    if (!isInputType(type)) return null;
    variables.push({
      name: variable.name.value,
      coerce: coercionOf(type, coercions),
      isRequired: isNonNullType(type),
      defaultTo: defaultValue && valueFromAST(defaultValue, type),
    });
  }
  return (raw) => {
    const coerced: Values = {};
    for (const { name, coerce, isRequired, defaultTo } of variables) {
      if (!Object.hasOwn(raw, name)) {
        if (defaultTo !== undefined) coerced[name] = defaultTo;
        else if (isRequired) return null;
        continue;
      }
      const value = coerce(raw[name]);
      if (value === NOT_PLAIN) return null;
      coerced[name] = value;
    }
    return coerced;
  };
}

function coercionOf(type: GraphQLInputType, compiled: Map<GraphQLInputType, Coerce>): Coerce {
  const before = compiled.get(type);
  if (before !== undefined) return before;
  // An input type may contain itself.
  let coerce: Coerce = () => NOT_PLAIN;
  compiled.set(type, (value) => coerce(value));
  coerce = compileCoercion(type, compiled);
  compiled.set(type, coerce);
  return coerce;
}

function compileCoercion(type: GraphQLInputType, compiled: Map<GraphQLInputType, Coerce>): Coerce {
  if (isNonNullType(type)) {
    const inner = coercionOf(type.ofType, compiled);
    return (value) => (value === null || value === undefined ? NOT_PLAIN : inner(value));
  }
  if (isListType(type)) {
    const item = coercionOf(type.ofType, compiled);
    return (value) => {
      if (value === null) return null;
      return Array.isArray(value) && replaceItems(value, item) ? value : NOT_PLAIN;
    };
  }
  if (!isInputObjectType(type)) return leafCoercion(type);
  if (type.isOneOf) return () => NOT_PLAIN;
  const fields = Object.values(type.getFields()).map((field) => ({
    name: field.name,
    coerce: coercionOf(field.type, compiled),
    isRequired: isNonNullType(field.type),
    defaultTo: field.defaultValue,
  }));
  return (value) => {
    if (value === null) return null;
    if (typeof value !== 'object' || Array.isArray(value)) return NOT_PLAIN;
    const object = value as Values;
    // Counting the names takes less time than looking up each of them.
    let unknownNames = 0;
    for (const _ in object) unknownNames += 1;
    for (const { name, coerce, isRequired, defaultTo } of fields) {
      const value = object[name];
      if (value === undefined) {
        if (defaultTo !== undefined) object[name] = defaultTo;
        else if (isRequired) return NOT_PLAIN;
        continue;
      }
      unknownNames -= 1;
      const coerced = coerce(value);
      if (coerced === NOT_PLAIN) return NOT_PLAIN;
      if (coerced !== value) object[name] = coerced;
    }
    return unknownNames === 0 ? object : NOT_PLAIN;
  };
}

function replaceItems(items: unknown[], coerce: Coerce): boolean {
  for (let index = 0; index < items.length; index += 1) {
    const coerced = coerce(items[index]);
    if (coerced === NOT_PLAIN) return false;
    if (coerced !== items[index]) items[index] = coerced;
  }
  return true;
}

function leafCoercion(type: GraphQLLeafType): Coerce {
  if (isEnumType(type)) {
    const values = new Map(type.getValues().map(({ name, value }) => [name, value]));
    return (value) =>
      value === null ? null : typeof value === 'string' && values.has(value) ? values.get(value) : NOT_PLAIN;
  }
  const isPlain = PLAIN[type.name];
  if (isPlain) return (value) => (isPlain(value) || value === null ? value : NOT_PLAIN);
  if (!PARSED.has(type.name)) return (value) => (value === null ? null : NOT_PLAIN);
  return (value) => {
    if (value === null) return null;
    try {
      const parsed = type.parseValue(value);
      return parsed === undefined ? NOT_PLAIN : parsed;
    } catch {
      return NOT_PLAIN;
    }
  };
}

/** Our own scalars that are parsed here. The others are left to graphql-js, which checks their depth and precision. */
const PARSED = new Set(['DateTime', 'Long']);

/** graphql-js words the error of a number that JSON parsers round. */
const PLAIN: typeof PLAIN_VALUES = {
  ...PLAIN_VALUES,
  Float: (value) => typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER,
};
