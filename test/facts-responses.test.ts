/** Compares the output types of the SDL with the responses in openapi.json, in both directions. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import {
  objectVariant,
  operationKeyOf,
  operations,
  resolved,
  rootFieldsOf,
  type Schema,
  typeOf,
  wireNameOf,
} from './support/openapi.ts';

const schema = buildSchema(['agent', 'secrets']);
const rootFields = rootFieldsOf(schema);

/** The property of the response that a field returns, if it is not the whole response. */
const RESPONSE_PROPERTIES: Record<string, string> = {
  apiVersions: 'versions',
  consistencyResults: 'result_list',
  failedServers: 'migration_errors',
  migrationProjects: 'migprojects',
  migrationTasks: 'tasks',
  passphrase: 'passphrase',
  serverTemplate: 'template',
  serverTemplates: 'templates',
  sourceServers: 'source_servers',
  speedLimits: 'speed_limit',
  targetPassword: 'target_password',
};

/** Properties beside it that need no field: a count becomes `totalCount`, and an id repeats the requested one. */
const OTHER_PROPERTIES = ['count', 'task_id', 'template_id'];

/** The schemas of one object in full and of a row in a list, and those of its parts that differ. */
const VIEWS: Record<string, [detail: string, listed: string]> = {
  MigrationTask: ['ShowTaskResponse', 'TasksResponseBody'],
  SourceServer: ['ShowServerResponse', 'SourceServersResponseBody'],
  MigrationProject: ['ShowMigprojectResponse', 'MigprojectsResponseBody'],
  ServerTemplate: ['TemplateResponseBody', 'TemplateResponseBody'],
  TargetServer: ['TaskTargetServer', 'TargetServerAssociatedWithTask'],
  CloneServer: ['CloneServer', 'CloneServerBrief'],
  MigrationSubTask: ['SubTask', 'SubTaskAssociatedWithTask'],
  CurrentTaskSettings: ['TaskByServerSource', 'TaskByServerSources'],
  TaskLog: ['TaskByServerSource', 'TaskByServerSources'],
};

/** Fields that the rows in the API reference's samples lack, so they are read from the object. */
const NOT_IN_ROWS: Record<string, string> = {
  'MigrationProject.existServer': 'means something else in a row: MigrationProjectEdge.hasSourceServers',
  'MigrationProject.startNetworkCheck': 'not in the sample rows',
  'MigrationProject.syncing': 'not in the sample rows',
  'MigrationTask.cloneServer': 'not in the sample rows',
  'MigrationTask.subTasks': 'not in the sample rows',
  'ServerTemplate.dataVolumeType': 'not in the sample rows',
  'ServerTemplate.dataVolumeTypeText': 'not in the sample rows',
  'ServerTemplate.disk': 'not in the sample rows',
  'ServerTemplate.isTemplate': 'not in the sample rows',
  'ServerTemplate.publicip': 'not in the sample rows',
  'ServerTemplate.targetPassword': 'not in the sample rows',
  'ServerTemplate.targetServerName': 'not in the sample rows',
};

/** Fields whose type deliberately differs from the one in openapi.json. */
const EXCEPTIONS: Record<string, string> = {
  'ServerTemplate.isTemplate': 'a boolean in requests, a string in responses',
  'SmsApiVersion.updated': 'a string that holds a time',
  'PhysicalVolume.deviceUse': 'an enum for a target, a string for a source: read as an enum',
  'PhysicalVolume.inodeSize': '32 bits in one response, 64 in another',
  'MigrationTask.state': 'a string inside a source server, an enum elsewhere',
  'SourceServer.osType': 'a string for one server, an enum elsewhere',
  'AgentConfig.config': 'a map with arbitrary keys',
  'AgentConfig.regions': 'maps with arbitrary keys',
};

/** Fields that only the gateway has. */
const GATEWAY_FIELDS: Record<string, string> = {
  'ConsistencyCheck.reason': 'why it is not verified',
  'ConsistencyCheck.verdict': 'the verdict of the gateway',
  'ConsistencyResult.reason': 'why it is not verified',
  'ConsistencyResult.verdict': 'the verdict of the gateway',
  'EnvironmentCheck.error': 'the error code and its values, explained',
  'FailedServer.error': 'errorJson, explained',
  'FailedServer.sourceServer': 'a join by sourceId',
  'MigrationProject.consistency': 'a verdict of the gateway',
  'MigrationProject.cutoverGate': 'a verdict of the gateway',
  'MigrationProject.progress': 'sums over its source servers',
  'MigrationProject.sourceServers': 'a join: the source servers that have its id',
  'MigrationTask.allowedActions': 'what its state allows',
  'MigrationTask.configurationSetting': 'a join by id',
  'MigrationTask.consistencyResults': 'a join by id',
  'MigrationTask.error': 'errorJson, explained',
  'MigrationTask.latestConsistencyCheck': 'a join by id',
  'MigrationTask.migrationProject': 'a join: the project that lists its source server',
  'MigrationTask.serverTemplate': 'a join by vmTemplateId',
  'MigrationTask.speedLimits': 'a join by id',
  'SourceServer.latestConsistencyCheck': 'a join by the id of its current task',
  'SourceServer.migrationProject': 'a join: the project that lists it',
};

const { differences, usedExceptions, propertiesOf } = compareResponses();

it('the SDL has every property of every response, under its own name and type', () => {
  expect(differences).toEqual([]);
});

it('every exception for responses is needed', () => {
  expect([...usedExceptions].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});

it('the SDL has no field that no response has, except joins, verdicts and raw enum values', () => {
  const unknown = [...propertiesOf].flatMap(([type, properties]) =>
    Object.values(type.getFields())
      .filter((field) => !properties.has(wireNameOf(field)) && !isRawEnumValue(type, field))
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(unknown.sort()).toEqual(Object.keys(GATEWAY_FIELDS).sort());
});

it('the comparison covers every type that is not a page, a result of a mutation or a type of the gateway', () => {
  const notCompared =
    /^(__|_|Query$|Mutation$|Subscription$|PageInfo$|Sms\w*(Error|InvalidField|ErrorDetail)$|Exported|Failed\w+Task$)|(Connection|Edge|Success|Partial|Update)$|^Consistency(Report|Counts)|^MigrationProject(Consistency|Progress)$|^TaskStateCount$|^MigrationError$|^CutoverGate|^LatestConsistencyCheck$/;
  const compared = new Set([...propertiesOf.keys()].map(({ name }) => name));
  const missing = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !compared.has(type.name) && !notCompared.test(type.name),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

it('the SDL has a text field with the raw value beside each enum that SMS may extend', () => {
  const missing = [...propertiesOf.keys()].flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isEnumType(getNamedType(field.type)) && !GATEWAY_FIELDS[`${type.name}.${field.name}`])
      .filter((field) => getNamedType(type.getFields()[`${field.name}Text`]?.type)?.name !== 'String')
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(missing).toEqual([]);
});

it('the SDL has no field of SMS that cannot be null, except the ids of entities', () => {
  const nonNull = [...propertiesOf.keys()].flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type) && !GATEWAY_FIELDS[`${type.name}.${field.name}`])
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(nonNull.sort()).toEqual(['MigrationProject.id', 'MigrationTask.id', 'ServerTemplate.id', 'SourceServer.id']);
});

it('the SDL marks each field of an entity and of its parts with the view in which SMS returns it', () => {
  const wrong = Object.entries(VIEWS).flatMap(([entity, views]) => {
    const [detail, listed] = views.map((name) => Object.keys(resolved({ $ref: name }).properties ?? {}));
    const type = schema.getType(entity) as GraphQLObjectType;
    return Object.values(type.getFields()).flatMap((field) => {
      const coordinate = `${entity}.${field.name}`;
      const name = wireNameOf(
        isRawEnumValue(type, field) ? { ...field, name: field.name.slice(0, -'Text'.length) } : field,
      );
      const [inDetail, inList] = [detail, listed].map((names) => names?.includes(name) ?? false);
      const inBoth = NOT_IN_ROWS[coordinate] ? 'detail' : undefined;
      const expected = inDetail ? (inList ? inBoth : 'detail') : inList ? 'listed' : 'nowhere';
      const directives = field.astNode?.directives?.map((directive) => directive.name.value) ?? [];
      const actual = ['detail', 'listed'].find((view) => directives.includes(view));
      const isExempt = field.name === 'id' || GATEWAY_FIELDS[coordinate] !== undefined;
      return isExempt || expected === actual ? [] : [`${coordinate} is ${actual}, not ${expected}`];
    });
  });
  expect(wrong).toEqual([]);
});

it('SMS returns at most an id for a mutation, and the SDL has it', () => {
  const lost = operations.flatMap(({ key, response }) => {
    const field = rootFields.find((root) => operationKeyOf(root) === key);
    const type = field && getNamedType(field.type);
    if (!isUnionType(type) || !response) return [];
    const { name, properties = {} } = resolved(response);
    const isAtMostAnId = name === 'AckBody' || ['id', 'task_id'].includes(Object.keys(properties).join());
    return isAtMostAnId ? [] : [key];
  });
  expect(lost).toEqual([]);
});

function compareResponses() {
  /** The properties that the fields of each type show. */
  const propertiesOf = new Map<GraphQLObjectType, Set<string>>();
  const compared = new Set<string>();
  const differences: string[] = [];
  const usedExceptions = new Set<string>();

  const compareObject = (types: GraphQLObjectType[], { properties = {}, name = '' }: Schema & { name?: string }) => {
    const names = types.map((type) => type.name).join(' and ');
    if (compared.has(`${names} ${name}`)) return;
    compared.add(`${names} ${name}`);
    for (const type of types) if (!propertiesOf.has(type)) propertiesOf.set(type, new Set());
    for (const [property, value] of Object.entries(properties)) {
      const outputs = types.flatMap((type) => {
        const fields = Object.values(type.getFields()).filter((field) => wireNameOf(field) === property);
        if (fields.length > 0) propertiesOf.get(type)?.add(property);
        return fields.map((field) => ({ coordinate: `${type.name}.${field.name}`, type: field.type }));
      });
      if (outputs.length === 0) differences.push(`${name}.${property} is not in ${names}`);
      compareValue(outputs, value);
    }
  };

  /** Several fields may show one value: an object whose properties are spread over several types. */
  const compareValue = (outputs: { coordinate: string; type: GraphQLOutputType }[], schemaOfValue: Schema): void => {
    const value = objectVariant(resolved(schemaOfValue));
    const objects = outputs.map(({ type }) => getNamedType(type)).filter((type) => isObjectType(type));
    if (outputs.length > 1 && value.properties && objects.length === outputs.length) {
      compareObject(objects, value);
      return;
    }
    for (const { coordinate, type: output } of outputs) {
      const type = isNonNullType(output) ? output.ofType : output;
      const named = getNamedType(type);
      const isArray = typeOf(value) === 'array';
      if (isArray && isListType(type)) compareValue([{ coordinate, type: type.ofType }], value.items ?? {});
      else if (isArray || isListType(type)) addDifference(coordinate, 'is a list in only one of the two');
      else if (value.properties && isObjectType(named)) compareObject([named], value);
      else addDifference(coordinate, leafDifference(coordinate, named.name, value));
    }
  };

  const addDifference = (coordinate: string, difference: string | undefined) => {
    if (difference && EXCEPTIONS[coordinate]) usedExceptions.add(coordinate);
    else if (difference) differences.push(`${coordinate} ${difference}`);
  };

  for (const { key, response } of operations) {
    const field = rootFields.find((root) => operationKeyOf(root) === key);
    if (!field || !response || isUnionType(getNamedType(field.type))) continue;
    const property = RESPONSE_PROPERTIES[field.name];
    if (!property) {
      compareValue([{ coordinate: field.name, type: field.type }], response);
      continue;
    }
    const { name, properties = {} } = resolved(response);
    const { [property]: value = {}, ...others } = properties;
    for (const other of Object.keys(others).filter((other) => !OTHER_PROPERTIES.includes(other)))
      differences.push(`${name}.${other} is lost`);
    compareValue([{ coordinate: field.name, type: nodesOf(field) ?? field.type }], value);
  }
  return { differences, usedExceptions, propertiesOf };
}

/** The type of the nodes, if the field returns a connection. */
function nodesOf(field: GraphQLField<unknown, unknown>): GraphQLOutputType | undefined {
  const type = getNamedType(field.type);
  return isObjectType(type) && type.name.endsWith('Connection') ? type.getFields()['nodes']?.type : undefined;
}

function isRawEnumValue(type: GraphQLObjectType, { name }: { name: string }): boolean {
  const enumField = name.endsWith('Text') ? type.getFields()[name.slice(0, -'Text'.length)] : undefined;
  return enumField !== undefined && isEnumType(getNamedType(enumField.type));
}

/** How the type of a field differs from the schema of its value; undefined if they agree. */
function leafDifference(coordinate: string, type: string, value: Schema): string | undefined {
  const allowed = allowedTypes(coordinate, value);
  if (!allowed.includes(type)) return `is ${type}, but ${JSON.stringify(value.type)} requires ${allowed.join(' or ')}`;
  const graphqlEnum = schema.getType(type);
  if (!isEnumType(graphqlEnum)) return undefined;
  const values = graphqlEnum.getValues().map((entry) => entry.value as string);
  const seenElsewhere = Object.keys(value['x-values-seen-elsewhere'] ?? {});
  const expected = [...new Set([...(value.enum ?? []), ...seenElsewhere, 'UNKNOWN'])];
  return values.sort().join() === expected.sort().join() ? undefined : `has the values ${values}, not ${expected}`;
}

function allowedTypes(
  coordinate: string,
  { enum: values, format, description = '', ...value }: Schema & { name?: string },
): string[] {
  switch (typeOf(value)) {
    case 'string':
      if (values) return Object.keys(schema.getTypeMap()).filter((name) => isEnumType(schema.getType(name)));
      return [/(^|\.)id$|Id$/.test(coordinate) ? 'ID' : 'String'];
    case 'integer':
      if (format === 'int32') return ['Int'];
      return [/epoch milliseconds/.test(description) ? 'DateTime' : 'Long'];
    case 'number':
      return ['Float'];
    case 'boolean':
      return ['Boolean'];
    default:
      return ['an object'];
  }
}
