/** The SDL against the API's description, both ways: what comes back. Inputs are in facts-inputs.test.ts. */
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
import { buildSchema } from '../src/schema.ts';
import {
  graphName,
  objectAmong,
  operationNamed,
  operations,
  resolved,
  rootFieldsOf,
  type Schema,
  typeOf,
} from './openapi.ts';

const schema = buildSchema(['agent', 'secrets']);
const rootFields = rootFieldsOf(schema);

/** Where an answer holds what the field gives, when not at the top. */
const PLACES: Record<string, string> = {
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

/** What stands beside it in the answer: a count becomes `totalCount`, and the id is the one that was asked for. */
const BESIDE = ['count', 'task_id', 'template_id'];

/** The answers that give one object in full, and a row of a list. */
const VIEWS: Record<string, [detail: string, listed: string]> = {
  MigrationTask: ['ShowTaskResponse', 'TasksResponseBody'],
  SourceServer: ['ShowServerResponse', 'SourceServersResponseBody'],
  MigrationProject: ['ShowMigprojectResponse', 'MigprojectsResponseBody'],
  ServerTemplate: ['TemplateResponseBody', 'TemplateResponseBody'],
};

/** Fields of SMS's that stand elsewhere, or have another type than the mechanical one. */
const OTHERWISE: Record<string, string> = {
  'ServerTemplate.isTemplate': 'a boolean in requests, a text in answers',
  'SmsApiVersion.updated': 'a text that holds a time',
  'PhysicalVolume.deviceUse': 'an enum of partitions of a target, a free text of those of a source: read as an enum',
  'PhysicalVolume.inodeSize': 'of 32 bits in one answer, of 64 in another',
  'MigrationTask.state': 'a free text below a source server, an enum elsewhere',
  'SourceServer.osType': 'a free text for one server, an enum elsewhere',
  'AgentConfig.config': 'a map with keys of its own',
  'AgentConfig.regions': 'maps with keys of their own',
};

/** Fields that SMS does not have. */
const OURS: Record<string, string> = {
  'FailedServer.sourceServer': 'a join by sourceId',
  'MigrationTask.configurationSetting': 'a join by id',
  'MigrationTask.consistencyResults': 'a join by id',
  'MigrationTask.migrationProject': 'a join: the project that lists its source server',
  'MigrationTask.serverTemplate': 'a join by vmTemplateId',
  'MigrationTask.speedLimits': 'a join by id',
  'SourceServer.migrationProject': 'a join: the project that lists it',
};

const { disagreements, excused, seen } = compareAnswers();

it('gives every field of every answer under its own name and type', () => {
  expect(disagreements).toEqual([]);
});

it('needs every exception that is listed', () => {
  expect([...excused].sort()).toEqual(Object.keys(OTHERWISE).sort());
});

it('gives nothing that no answer has, but joins, and enums in SMS’s own words', () => {
  const unknown = [...seen].flatMap(([type, properties]) =>
    Object.values(type.getFields())
      .filter((field) => !properties.has(field.name) && !isOwnWords(type, field))
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(unknown.sort()).toEqual(Object.keys(OURS).sort());
});

it('reaches every type that is neither a page, nor the outcome of a mutation, nor an answer of our own', () => {
  const ours =
    /^(__|_|Query$|Mutation$|Subscription$|PageInfo$|Sms\w*(Error|InvalidField|ErrorDetail)$|Exported|Failed\w+Task$)|(Connection|Edge|Success|Partial|Update)$|^ConsistencyReport/;
  const reached = new Set([...seen.keys()].map(({ name }) => name));
  const rest = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !reached.has(type.name) && !ours.test(type.name),
  );
  expect(rest.map(({ name }) => name)).toEqual([]);
});

it('gives each enum that SMS may extend in SMS’s own words too', () => {
  const silent = [...seen.keys()].flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isEnumType(getNamedType(field.type)))
      .filter((field) => getNamedType(type.getFields()[`${field.name}Text`]?.type)?.name !== 'String')
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(silent).toEqual([]);
});

it('promises only the ids of entities', () => {
  const promised = [...seen.keys()].flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type))
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(promised.sort()).toEqual(['MigrationProject.id', 'MigrationTask.id', 'ServerTemplate.id', 'SourceServer.id']);
});

it('says at each field of an entity where SMS gives it', () => {
  const misplaced = Object.entries(VIEWS).flatMap(([entity, views]) => {
    const [detail, listed] = views.map((name) => Object.keys(resolved({ $ref: name }).properties ?? {}));
    const type = schema.getType(entity) as GraphQLObjectType;
    return Object.values(type.getFields()).flatMap((field) => {
      const name = isOwnWords(type, field) ? field.name.slice(0, -'Text'.length) : field.name;
      const [inDetail, inList] = [detail, listed].map((names) => names?.map(graphName).includes(name) ?? false);
      const wanted = inDetail ? (inList ? undefined : 'detail') : inList ? 'listed' : 'given';
      const directives = field.astNode?.directives?.map((directive) => directive.name.value) ?? [];
      const found = ['detail', 'listed', 'given'].find((view) => directives.includes(view));
      const isFree = field.name === 'id' || OURS[`${entity}.${field.name}`] !== undefined;
      return isFree || wanted === found ? [] : [`${entity}.${field.name} is ${found}, not ${wanted}`];
    });
  });
  expect(misplaced).toEqual([]);
});

it('says of each success what was created, where SMS gives no more than an id', () => {
  const wrong = operations.flatMap(({ key, answer }) => {
    const field = rootFields.find((root) => operationNamed(root) === key);
    const type = field && getNamedType(field.type);
    if (!isUnionType(type) || !answer) return [];
    const { name, properties = {} } = resolved(answer);
    const known = name === 'AckBody' || ['id', 'task_id'].includes(Object.keys(properties).join());
    return known ? [] : [key];
  });
  expect(wrong).toEqual([]);
});

function compareAnswers() {
  const seen = new Map<GraphQLObjectType, Set<string>>();
  const compared = new Set<string>();
  const disagreements: string[] = [];
  const excused = new Set<string>();

  const compareObject = (type: GraphQLObjectType, { properties = {}, name = '' }: Schema & { name?: string }) => {
    if (compared.has(`${type.name} ${name}`)) return;
    compared.add(`${type.name} ${name}`);
    const fields = seen.get(type) ?? new Set();
    seen.set(type, fields);
    for (const [property, value] of Object.entries(properties)) {
      const field = type.getFields()[graphName(property)];
      const place = `${type.name}.${graphName(property)}`;
      if (!field) disagreements.push(`${name}.${property} is not in ${type.name}`);
      else compareValue(place, field.type, value);
      fields.add(graphName(property));
    }
  };

  const compareValue = (place: string, output: GraphQLOutputType, given: Schema): void => {
    const value = objectAmong(resolved(given));
    const type = isNonNullType(output) ? output.ofType : output;
    const named = getNamedType(type);
    const isArray = typeOf(value) === 'array';
    if (isArray && isListType(type)) compareValue(place, type.ofType, value.items ?? {});
    else if (isArray || isListType(type)) complain(place, 'is a list in one of the two');
    else if (value.properties && isObjectType(named)) compareObject(named, value);
    else complain(place, leafDisagreement(place, named.name, value));
  };

  const complain = (place: string, wrong: string | undefined) => {
    if (wrong && OTHERWISE[place]) excused.add(place);
    else if (wrong) disagreements.push(`${place} ${wrong}`);
  };

  for (const { key, answer } of operations) {
    const field = rootFields.find((root) => operationNamed(root) === key);
    if (!field || !answer || isUnionType(getNamedType(field.type))) continue;
    const whole = resolved(answer);
    const place = PLACES[field.name];
    if (!place) {
      compareValue(field.name, field.type, answer);
      continue;
    }
    const { [place]: inside = {}, ...beside } = whole.properties ?? {};
    for (const name of Object.keys(beside).filter((other) => !BESIDE.includes(other)))
      disagreements.push(`${whole.name}.${name} is lost`);
    compareValue(field.name, nodesOf(field) ?? field.type, inside);
  }
  return { disagreements, excused, seen };
}

/** The list of nodes, where the field gives a page. */
function nodesOf(field: GraphQLField<unknown, unknown>): GraphQLOutputType | undefined {
  const type = getNamedType(field.type);
  return isObjectType(type) && type.name.endsWith('Connection') ? type.getFields()['nodes']?.type : undefined;
}

function isOwnWords(type: GraphQLObjectType, { name }: { name: string }): boolean {
  const beside = name.endsWith('Text') ? type.getFields()[name.slice(0, -4)] : undefined;
  return beside !== undefined && isEnumType(getNamedType(beside.type));
}

/** How a value of this schema must not be typed, or undefined. */
function leafDisagreement(place: string, type: string, value: Schema): string | undefined {
  const allowed = allowedTypes(place, value);
  if (!allowed.includes(type)) return `is ${type}, but ${JSON.stringify(value.type)} asks for ${allowed.join(' or ')}`;
  const graphEnum = schema.getType(type);
  if (!isEnumType(graphEnum)) return undefined;
  const values = graphEnum.getValues().map((entry) => entry.value as string);
  const elsewhere = Object.keys(value['x-values-seen-elsewhere'] ?? {});
  const wanted = [...new Set([...(value.enum ?? []), ...elsewhere, 'UNKNOWN'])];
  return values.sort().join() === wanted.sort().join() ? undefined : `has the values ${values}, not ${wanted}`;
}

function allowedTypes(place: string, { enum: values, format, description = '', ...value }: Schema & { name?: string }) {
  switch (typeOf(value)) {
    case 'string':
      if (values) return Object.keys(schema.getTypeMap()).filter((name) => isEnumType(schema.getType(name)));
      return [/(^|\.)id$|Id$/.test(place) ? 'ID' : 'String'];
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
