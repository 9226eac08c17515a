import { type FieldNode, type GraphQLField, getArgumentValues, Kind, type ValueNode, visit } from 'graphql';
import type { Values } from './variables.ts';

type ReadArguments = (variables: Values) => Values;

const NONE: Values = {};

/** The arguments of a field. Arguments without variables are computed once. */
export function compileArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  if (field.args.length === 0) return () => NONE;
  const nodes = node.arguments ?? [];
  if (!nodes.some(({ value }) => hasVariable(value))) {
    const values = getArgumentValues(field, node);
    return () => values;
  }
  const isPlain = nodes.every(({ value }) => value.kind === Kind.VARIABLE) && field.args.every(hasNoDefault);
  if (!isPlain) return (variables) => getArgumentValues(field, node, variables);
  const pairs = nodes.map(
    ({ name, value }) => [asKey(name.value), asKey(value.kind === Kind.VARIABLE ? value.name.value : '')] as const,
  );
  return (variables) => {
    const values: Values = {};
    for (const [name, variable] of pairs) {
      const value = variables[variable];
      // A missing or null value may be invalid.
      if (value === undefined || value === null) return getArgumentValues(field, node, variables);
      values[name] = value;
    }
    return values;
  };
}

/**
 * The same text as V8 stores it for a property. A name that was cut out of a document is another string, by which it looks properties
 * up more slowly, and for which it discards optimized code again and again.
 */
function asKey(name: string): string {
  return Object.keys({ [name]: null })[0] ?? name;
}

function hasNoDefault({ defaultValue }: { defaultValue?: unknown }): boolean {
  return defaultValue === undefined;
}

function hasVariable(value: ValueNode): boolean {
  let isFound = false;
  visit(value, {
    Variable() {
      isFound = true;
    },
  });
  return isFound;
}
