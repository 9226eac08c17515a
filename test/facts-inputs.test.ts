/** The SDL against the API's description, both ways: what can be sent. Answers are in facts.test.ts. */
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
  graphName,
  type Operation,
  objectAmong,
  operationNamed,
  operations,
  resolved,
  rootFieldsOf,
  type Schema,
  typeOf,
} from './support/openapi.ts';

type Slot = GraphQLArgument | GraphQLInputField;

const schema = buildSchema(['agent', 'secrets']);

/** What is taken otherwise than SMS does. */
const OTHERWISE: Record<string, string> = {
  'ConsistencyTaskInput.sourceId': 'an empty one names nothing',
  'ConsistencyTaskInput.sourceName': 'an empty one names nothing',
  'DeleteTasksInput.ids': 'no id of SMS has more than 36 characters',
  'ExportConsistencyResultsInput.taskInfo': 'more than SMS takes in a call are cut into calls',
  'SpeedLimitInput.end': 'HH:MM, or SMS refuses it (SMS.6405)',
  'SpeedLimitInput.start': 'HH:MM, or SMS refuses it (SMS.6405)',
  'configurationSetting.configKey': 'a free text in a query, an enum everywhere else',
};

/** What SMS takes in no body, query or path of that operation. */
const OURS: Record<string, string> = {
  'ExportConsistencyResultsInput.language': 'a header of SMS',
  'targetPassword.templateId': 'an `id` in SMS, which would read as an id of the password',
};

/** What `limit` and `offset` are made of. */
const PAGE = ['first', 'after'];

/** The greatest Int, which needs no limit where the type is Int. */
const MAX_INT = 2 ** 31 - 1;

const comparison = compareInputs();

it('takes what SMS takes, in every operation, under the mechanical name, as mandatory and as limited', () => {
  expect(comparison.disagreements).toEqual([]);
});

it('takes nothing that SMS does not', () => {
  expect([...comparison.unknown].sort()).toEqual(Object.keys(OURS).sort());
});

it('needs every exception that is listed', () => {
  expect([...comparison.excused].sort()).toEqual(Object.keys(OTHERWISE).sort());
});

it('checks every id that stands in a path', () => {
  const bare = operations.flatMap((operation) => {
    const field = fieldOf(operation);
    const ids = operation.parameters.filter(({ in: place, name }) => place === 'path' && name !== 'version');
    const checked = field ? slotsOf(field).filter((slot) => directiveOf(slot, 'pathId')) : [];
    return field && checked.length !== ids.length ? [field.name] : [];
  });
  expect(bare).toEqual([]);
});

function compareInputs() {
  const disagreements: string[] = [];
  const excused = new Set<string>();
  const unknown = new Set<string>();

  const complain = (place: string, wrong: string | undefined) => {
    if (wrong && OTHERWISE[place]) excused.add(place);
    else if (wrong) disagreements.push(`${place} ${wrong}`);
  };

  const compareAll = (name: string, slots: readonly Slot[], { properties = {}, required = [] }: Schema) => {
    for (const [property, value] of Object.entries(properties)) {
      const place = `${name}.${graphName(property)}`;
      const slot = slots.find((other) => other.name === graphName(property));
      if (!slot) {
        complain(place, 'is missing');
        continue;
      }
      const mandatory = required.includes(property);
      if (isNonNullType(slot.type) !== mandatory) complain(place, `is ${mandatory ? '' : 'not '}mandatory for SMS`);
      compareValue(place, slot, objectAmong(resolved(value)));
    }
    for (const slot of slots.filter((other) => !Object.keys(properties).map(graphName).includes(other.name)))
      unknown.add(`${name}.${slot.name}`);
  };

  const compareValue = (place: string, slot: Slot, value: Schema) => {
    complain(place, limitDisagreement(slot, value));
    const type = nullable(slot.type);
    const isArray = typeOf(value) === 'array';
    if (isArray !== isListType(type)) return complain(place, 'is a list in one of the two');
    const item = isArray ? resolved(value.items ?? {}) : value;
    const named = getNamedType(type);
    if (isInputObjectType(named) && item.properties) {
      return compareAll(named.name, Object.values(named.getFields()), item);
    }
    return complain(place, leafDisagreement(place, named.name, item));
  };

  for (const operation of operations) {
    const field = fieldOf(operation);
    if (!field) continue;
    const slots = slotsOf(field).filter(({ name }) => !PAGE.includes(name));
    const path = operation.parameters.filter(({ in: place }) => place === 'path');
    // Where an operation has a single id in its path, the input may call it plainly `id`.
    const named = path.flatMap(({ name }) => [graphName(name), 'id']);
    const rest = slots.filter((slot) => !(directiveOf(slot, 'pathId') && named.includes(slot.name)));
    compareAll(nameOf(field), rest, sentIn(operation));
  }
  return { disagreements, excused, unknown };
}

function fieldOf({ key }: Operation): GraphQLField<unknown, unknown> | undefined {
  return rootFieldsOf(schema).find((field) => operationNamed(field) === key);
}

function groupOf({ args }: GraphQLField<unknown, unknown>) {
  return args.find(({ name }) => name === 'input' || name === 'filter');
}

function nameOf(field: GraphQLField<unknown, unknown>): string {
  const group = groupOf(field);
  return group ? getNamedType(group.type).name : field.name;
}

/** The arguments of a field, and the fields of its `input` or `filter`. */
function slotsOf(field: GraphQLField<unknown, unknown>): Slot[] {
  return field.args.flatMap((argument): Slot[] => {
    const type = getNamedType(argument.type);
    return argument === groupOf(field) && isInputObjectType(type) ? Object.values(type.getFields()) : [argument];
  });
}

/** Body and query as one object; and the version, which is a path parameter without being an id. */
function sentIn({ body, parameters }: Operation): Schema {
  const { properties = {}, required = [] } = body ? resolved(body) : {};
  const others = parameters.filter(
    ({ in: place, name }) => (place === 'query' && name !== 'limit' && name !== 'offset') || name === 'version',
  );
  return {
    properties: { ...properties, ...Object.fromEntries(others.map(({ name, schema: value }) => [name, value])) },
    required: [...required, ...others.filter((parameter) => parameter.required).map(({ name }) => name)],
  };
}

function directiveOf({ astNode }: Slot, directive: string) {
  return astNode?.directives?.find(({ name }) => name.value === directive);
}

function nullable(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

function limitDisagreement(slot: Slot, value: Schema): string | undefined {
  const given = directiveOf(slot, 'limit')?.arguments ?? [];
  const limit = Object.fromEntries(given.map(({ name, value: node }) => [name.value, valueFromASTUntyped(node)]));
  const text: Schema = value.enum ? {} : value;
  const wanted = {
    minLength: text.minLength || undefined,
    maxLength: text.maxLength,
    pattern: value.pattern,
    minItems: value.minItems || undefined,
    maxItems: value.maxItems,
    itemMaxLength: value.items && resolved(value.items).maxLength,
    least: value.minimum,
    most: value.format === 'int32' && value.maximum === MAX_INT ? undefined : value.maximum,
  };
  const [ours, theirs] = [limit, wanted].map((limits) =>
    JSON.stringify(
      Object.entries(limits)
        .filter(([, most]) => most !== undefined)
        .sort(),
    ),
  );
  return ours === theirs ? undefined : `has the limits ${ours}, not ${theirs}`;
}

function leafDisagreement(place: string, type: string, value: Schema): string | undefined {
  const graphEnum = schema.getType(type);
  if (isEnumType(graphEnum) && value.enum) {
    const values = graphEnum.getValues().map((entry) => entry.value as string);
    const wanted = [...new Set([...value.enum, ...Object.keys(value['x-values-seen-elsewhere'] ?? {})])];
    const sendable = values.filter((name) => name !== 'UNKNOWN');
    return sendable.sort().join() === wanted.sort().join() ? undefined : `has the values ${values}, not ${wanted}`;
  }
  const wanted = {
    string: /(\.ids?|Id)$/.test(place) ? 'ID' : 'String',
    integer: value.format === 'int32' ? 'Int' : 'Long',
    number: 'Float',
    boolean: 'Boolean',
    object: 'an object',
  }[typeOf(value) ?? ''];
  return type === (wanted ?? 'JSON') ? undefined : `is ${type}, not ${wanted ?? 'JSON'}`;
}
