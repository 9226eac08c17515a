/** Coerces long variables in turns. The executor coerces all variables at once, which takes 0.4 s for 100,000 items. */
import {
  coerceInputValue,
  type DocumentNode,
  GraphQLError,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLScalarType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { isTurnOver, nextTurn } from '../time/event-loop-turns.ts';

/** A variable with more values is long. */
const MAX_SHORT_VALUES = 500;
/** Coercion ends after so many errors. */
const MAX_ERRORS = 10;

/** Federation's scalar, which accepts any value unchanged. */
const ANY: VariableDefinitionNode['type'] = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: '_Any' } };
const UNCHANGED = new GraphQLScalarType({ name: 'Unchanged' });

type Variables = Readonly<Record<string, unknown>>;

/** A document and variables for the executor. Long variables are coerced already, and declared as `_Any`. */
interface Coerced {
  document: DocumentNode;
  variableValues: Variables;
}

export function hasLongVariable(variables: Variables): boolean {
  return Object.values(variables).some(isLong);
}

/** Coerces the long variables of an operation. Returns the errors if there are any. */
export async function coerceLongVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Promise<Coerced | GraphQLError[]> {
  const variableValues: Record<string, unknown> = { ...variables };
  const errors: GraphQLError[] = [];
  const variableDefinitions: VariableDefinitionNode[] = [];
  try {
    for (const definition of operation.variableDefinitions ?? []) {
      const name = definition.variable.name.value;
      const type = typeFromAST(schema, definition.type);
      if (isInputType(type) && isLong(variables[name])) {
        variableValues[name] = await new Coercion(definition, errors).value(variables[name], type, []);
        variableDefinitions.push({ ...definition, type: ANY });
      } else variableDefinitions.push(definition);
    }
  } catch (error) {
    if (errors.length < MAX_ERRORS) throw error;
  }
  if (errors.length > 0) return errors;
  const declared = { ...operation, variableDefinitions };
  const definitions = document.definitions.map((definition) => (definition === operation ? declared : definition));
  return { document: { ...document, definitions }, variableValues };
}

class Coercion {
  readonly #definition: VariableDefinitionNode;
  readonly #errors: GraphQLError[];

  constructor(definition: VariableDefinitionNode, errors: GraphQLError[]) {
    this.#definition = definition;
    this.#errors = errors;
  }

  async value(value: unknown, type: GraphQLInputType, path: readonly (string | number)[]): Promise<unknown> {
    if (isNonNullType(type)) return this.value(value, type.ofType, path);
    if (isListType(type) && Array.isArray(value)) return this.#list(value, type.ofType, path);
    if (isInputObjectType(type) && isObject(value)) return this.#object(value, type, path);
    return this.#short(value, type, path);
  }

  async #list(items: readonly unknown[], type: GraphQLInputType, path: readonly (string | number)[]) {
    const list: unknown[] = [];
    for (const [index, item] of items.entries()) {
      if (isTurnOver()) await nextTurn();
      const at = [...path, index];
      list.push(isLong(item) ? await this.value(item, type, at) : this.#short(item, type, at));
    }
    return list;
  }

  /** Coerces the long fields first, and then the object with those left unchanged. */
  async #object(object: Variables, type: GraphQLInputObjectType, path: readonly (string | number)[]) {
    const config = type.toConfig();
    const fields = { ...config.fields };
    const values = { ...object };
    for (const [name, field] of Object.entries(fields)) {
      if (!isLong(object[name])) continue;
      values[name] = await this.value(object[name], field.type, [...path, name]);
      fields[name] = { ...field, type: UNCHANGED };
    }
    return this.#short(values, new GraphQLInputObjectType({ ...config, fields }), path);
  }

  #short(value: unknown, type: GraphQLInputType, path: readonly (string | number)[]): unknown {
    return coerceInputValue(value, type, (below, _, { message }) => {
      const name = this.#definition.variable.name.value;
      const place = [...path, ...below].map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
      const text = `Variable "$${name}" got an invalid value at "${name}${place}"; ${message}`;
      const error = new GraphQLError(text, { nodes: this.#definition });
      this.#errors.push(error);
      if (this.#errors.length >= MAX_ERRORS) throw error;
    });
  }
}

/** Whether a value contains more than 500 values. */
function isLong(value: unknown): boolean {
  let count = 0;
  const countIn = (part: unknown): boolean => {
    count += 1;
    if (count > MAX_SHORT_VALUES) return true;
    return typeof part === 'object' && part !== null && Object.values(part).some(countIn);
  };
  return countIn(value);
}

function isObject(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
