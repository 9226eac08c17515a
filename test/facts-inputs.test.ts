/** Compares the inputs of the SDL with the requests in openapi.json, in both directions. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
} from 'graphql';
import { expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import {
  graphqlName,
  type Operation,
  objectVariant,
  operationKeyOf,
  operations,
  resolved,
  rootFieldsOf,
  type Schema,
  typeOf,
} from './support/openapi.ts';

type Input = GraphQLArgument | GraphQLInputField;

const schema = buildSchema(['agent', 'secrets']);

/** Inputs that deliberately differ from openapi.json. */
const EXCEPTIONS: Record<string, string> = {
  'ConsistencyTaskInput.sourceId': 'an empty one identifies nothing',
  'ConsistencyTaskInput.sourceName': 'an empty one identifies nothing',
  'DeleteTasksInput.ids': 'no id of SMS has more than 36 characters',
  'ExportConsistencyResultsInput.taskInfo':
    'more tasks than SMS allows in one call are spread over several; may be selected otherwise',
  'SpeedLimitInput.end': 'must be HH:MM, or SMS rejects it (SMS.6405)',
  'SpeedLimitInput.start': 'must be HH:MM, or SMS rejects it (SMS.6405)',
  'configurationSetting.configKey': 'a string in the query, an enum everywhere else',
};

/** Inputs that are in no body, query or path of the operation. */
const GATEWAY_INPUTS: Record<string, string> = {
  'ExportConsistencyResultsInput.language': 'a header of SMS',
  'ExportConsistencyResultsInput.migrationProject': 'selects tasks by their source servers',
  'ExportConsistencyResultsInput.sourceServers': 'selects tasks by their source servers',
  'MigrationTaskFilter.orderBy': 'SMS cannot sort',
  'MigrationTaskFilter.states': 'SMS filters by one state',
  'SourceServerFilter.orderBy': 'SMS cannot sort',
  'targetPassword.templateId': 'an `id` in SMS, which would read as the id of the password',
};

/** Inputs that are part of the path of another operation. */
const SELECTIONS = ['migrationProject'];

/** The arguments that become `limit` and `offset`. */
const PAGE_ARGUMENTS = ['first', 'after'];

/** The maximum of GraphQL's Int, which needs no `@limit`. */
const MAX_INT = 2 ** 31 - 1;

const comparison = compareInputs();

it('the SDL has every input of every operation under its own name, mandatory and limited as in SMS', () => {
  expect(comparison.differences).toEqual([]);
});

it('the SDL has no input that SMS does not have', () => {
  expect([...comparison.unknown].sort()).toEqual(Object.keys(GATEWAY_INPUTS).sort());
});

it('every exception for inputs is needed', () => {
  expect([...comparison.usedExceptions].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});

it('the SDL marks every id that becomes part of a path with @pathId', () => {
  const unmarked = operations.flatMap((operation) => {
    const field = fieldOf(operation);
    const ids = operation.parameters.filter(({ in: location, name }) => location === 'path' && name !== 'version');
    const marked = field
      ? inputsOf(field).filter((input) => directiveOf(input, 'pathId') && !SELECTIONS.includes(input.name))
      : [];
    return field && marked.length !== ids.length ? [field.name] : [];
  });
  expect(unmarked).toEqual([]);
});

function compareInputs() {
  const differences: string[] = [];
  const usedExceptions = new Set<string>();
  const unknown = new Set<string>();

  const addDifference = (coordinate: string, difference: string | undefined) => {
    if (difference && EXCEPTIONS[coordinate]) usedExceptions.add(coordinate);
    else if (difference) differences.push(`${coordinate} ${difference}`);
  };

  const compareFields = (name: string, inputs: readonly Input[], { properties = {}, required = [] }: Schema) => {
    for (const [property, value] of Object.entries(properties)) {
      const coordinate = `${name}.${graphqlName(property)}`;
      const input = inputs.find((other) => other.name === graphqlName(property));
      if (!input) {
        addDifference(coordinate, 'is missing');
        continue;
      }
      const mandatory = required.includes(property);
      if (isNonNullType(input.type) !== mandatory)
        addDifference(coordinate, `is ${mandatory ? '' : 'not '}mandatory for SMS`);
      compareValue(coordinate, input, objectVariant(resolved(value)));
    }
    for (const input of inputs.filter((other) => !Object.keys(properties).map(graphqlName).includes(other.name)))
      unknown.add(`${name}.${input.name}`);
  };

  const compareValue = (coordinate: string, input: Input, value: Schema) => {
    addDifference(coordinate, limitDifference(input, value));
    const type = nullableType(input.type);
    const isArray = typeOf(value) === 'array';
    if (isArray !== isListType(type)) return addDifference(coordinate, 'is a list in only one of the two');
    const item = isArray ? resolved(value.items ?? {}) : value;
    const named = getNamedType(type);
    if (isInputObjectType(named) && item.properties) {
      return compareFields(named.name, Object.values(named.getFields()), item);
    }
    return addDifference(coordinate, leafDifference(coordinate, named.name, item));
  };

  for (const operation of operations) {
    const field = fieldOf(operation);
    if (!field) continue;
    const inputs = inputsOf(field).filter(({ name }) => !PAGE_ARGUMENTS.includes(name));
    const path = operation.parameters.filter(({ in: location }) => location === 'path');
    // If the path has a single id, the input may call it `id`.
    const named = path.flatMap(({ name }) => [graphqlName(name), 'id']);
    const rest = inputs.filter((input) => !(directiveOf(input, 'pathId') && named.includes(input.name)));
    compareFields(nameOf(field), rest, inputSchemaOf(operation));
  }
  return { differences, usedExceptions, unknown };
}

function fieldOf({ key }: Operation): GraphQLField<unknown, unknown> | undefined {
  return rootFieldsOf(schema).find((field) => operationKeyOf(field) === key);
}

function groupOf({ args }: GraphQLField<unknown, unknown>) {
  return args.find(({ name }) => name === 'input' || name === 'filter');
}

function nameOf(field: GraphQLField<unknown, unknown>): string {
  const group = groupOf(field);
  return group ? getNamedType(group.type).name : field.name;
}

/** The arguments of a field. Those named `input` or `filter` are replaced by their fields. */
function inputsOf(field: GraphQLField<unknown, unknown>): Input[] {
  return field.args.flatMap((argument): Input[] => {
    const type = getNamedType(argument.type);
    return argument === groupOf(field) && isInputObjectType(type) ? Object.values(type.getFields()) : [argument];
  });
}

/** The schema of all inputs of an operation: body, query, and the version, a path parameter that is not an id. */
function inputSchemaOf({ body, parameters }: Operation): Schema {
  const { properties = {}, required = [] } = body ? resolved(body) : {};
  const others = parameters.filter(
    ({ in: location, name }) => (location === 'query' && name !== 'limit' && name !== 'offset') || name === 'version',
  );
  return {
    properties: { ...properties, ...Object.fromEntries(others.map(({ name, schema: value }) => [name, value])) },
    required: [...required, ...others.filter((parameter) => parameter.required).map(({ name }) => name)],
  };
}

function directiveOf({ astNode }: Input, directive: string) {
  return astNode?.directives?.find(({ name }) => name.value === directive);
}

function nullableType(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

function limitDifference(input: Input, value: Schema): string | undefined {
  const args = directiveOf(input, 'limit')?.arguments ?? [];
  const limit = Object.fromEntries(args.map(({ name, value: node }) => [name.value, valueFromASTUntyped(node)]));
  const text: Schema = value.enum ? {} : value;
  const expected = {
    minLength: text.minLength || undefined,
    maxLength: text.maxLength,
    pattern: value.pattern,
    minItems: value.minItems || undefined,
    maxItems: value.maxItems,
    itemMaxLength: value.items && resolved(value.items).maxLength,
    least: value.minimum,
    most: value.format === 'int32' && value.maximum === MAX_INT ? undefined : value.maximum,
  };
  const [ours, theirs] = [limit, expected].map((limits) =>
    JSON.stringify(
      Object.entries(limits)
        .filter(([, bound]) => bound !== undefined)
        .sort(),
    ),
  );
  return ours === theirs ? undefined : `has the limits ${ours}, not ${theirs}`;
}

function leafDifference(coordinate: string, type: string, value: Schema): string | undefined {
  const graphqlEnum = schema.getType(type);
  if (isEnumType(graphqlEnum) && value.enum) {
    const values = graphqlEnum.getValues().map((entry) => entry.value as string);
    const expected = [...new Set([...value.enum, ...Object.keys(value['x-values-seen-elsewhere'] ?? {})])];
    const sendable = values.filter((name) => name !== 'UNKNOWN');
    return sendable.sort().join() === expected.sort().join() ? undefined : `has the values ${values}, not ${expected}`;
  }
  const expected = {
    string: /(\.ids?|Id)$/.test(coordinate) ? 'ID' : 'String',
    integer: value.format === 'int32' ? 'Int' : 'Long',
    number: 'Float',
    boolean: 'Boolean',
    object: 'an object',
  }[typeOf(value) ?? ''];
  return type === (expected ?? 'JSON') ? undefined : `is ${type}, not ${expected ?? 'JSON'}`;
}
