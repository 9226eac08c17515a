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
import { buildSchema } from '../src/graphql/schema.ts';
import {
  objectAmong,
  operationNamed,
  operations,
  resolved,
  rootFieldsOf,
  type Schema,
  typeOf,
  wireNameOf,
} from './support/openapi.ts';

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

/** The responses that give one object in full, and a row of a list; and the parts of each that are not alike. */
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

/** Fields of rows that are missing in the samples of the API reference: they are read from the object. */
const SPARSE: Record<string, string> = {
  'MigrationProject.existServer': 'in a row it is another fact, MigrationProjectEdge.hasSourceServers',
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
  'ConsistencyCheck.reason': 'why it is not verified',
  'ConsistencyCheck.verdict': 'the verdict of the gateway',
  'ConsistencyResult.reason': 'why it is not verified',
  'ConsistencyResult.verdict': 'the verdict of the gateway',
  'FailedServer.sourceServer': 'a join by sourceId',
  'MigrationTask.configurationSetting': 'a join by id',
  'MigrationTask.consistencyResults': 'a join by id',
  'MigrationTask.latestConsistencyCheck': 'a join by id',
  'MigrationTask.migrationProject': 'a join: the project that lists its source server',
  'MigrationTask.serverTemplate': 'a join by vmTemplateId',
  'MigrationTask.speedLimits': 'a join by id',
  'SourceServer.latestConsistencyCheck': 'a join by the id of its current task',
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
      .filter((field) => !properties.has(wireNameOf(field)) && !isOwnWords(type, field))
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(unknown.sort()).toEqual(Object.keys(OURS).sort());
});

it('reaches every type that is neither a page, nor the outcome of a mutation, nor an answer of our own', () => {
  const ours =
    /^(__|_|Query$|Mutation$|Subscription$|PageInfo$|Sms\w*(Error|InvalidField|ErrorDetail)$|Exported|Failed\w+Task$)|(Connection|Edge|Success|Partial|Update)$|^ConsistencyReport|^LatestConsistencyCheck$/;
  const reached = new Set([...seen.keys()].map(({ name }) => name));
  const rest = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !reached.has(type.name) && !ours.test(type.name),
  );
  expect(rest.map(({ name }) => name)).toEqual([]);
});

it('gives each enum that SMS may extend in SMS’s own words too', () => {
  const silent = [...seen.keys()].flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isEnumType(getNamedType(field.type)) && !OURS[`${type.name}.${field.name}`])
      .filter((field) => getNamedType(type.getFields()[`${field.name}Text`]?.type)?.name !== 'String')
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(silent).toEqual([]);
});

it('promises only the ids of entities', () => {
  const promised = [...seen.keys()].flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type) && !OURS[`${type.name}.${field.name}`])
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(promised.sort()).toEqual(['MigrationProject.id', 'MigrationTask.id', 'ServerTemplate.id', 'SourceServer.id']);
});

it('says at each field of an entity, and of its parts, where SMS gives it', () => {
  const misplaced = Object.entries(VIEWS).flatMap(([entity, views]) => {
    const [detail, listed] = views.map((name) => Object.keys(resolved({ $ref: name }).properties ?? {}));
    const type = schema.getType(entity) as GraphQLObjectType;
    return Object.values(type.getFields()).flatMap((field) => {
      const place = `${entity}.${field.name}`;
      const name = wireNameOf(
        isOwnWords(type, field) ? { ...field, name: field.name.slice(0, -'Text'.length) } : field,
      );
      const [inDetail, inList] = [detail, listed].map((names) => names?.includes(name) ?? false);
      const both = SPARSE[place] ? 'detail' : undefined;
      const wanted = inDetail ? (inList ? both : 'detail') : inList ? 'listed' : 'nowhere';
      const directives = field.astNode?.directives?.map((directive) => directive.name.value) ?? [];
      const found = ['detail', 'listed'].find((view) => directives.includes(view));
      const isFree = field.name === 'id' || OURS[place] !== undefined;
      return isFree || wanted === found ? [] : [`${place} is ${found}, not ${wanted}`];
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

  const compareObject = (types: GraphQLObjectType[], { properties = {}, name = '' }: Schema & { name?: string }) => {
    const names = types.map((type) => type.name).join(' and ');
    if (compared.has(`${names} ${name}`)) return;
    compared.add(`${names} ${name}`);
    for (const type of types) if (!seen.has(type)) seen.set(type, new Set());
    for (const [property, value] of Object.entries(properties)) {
      const places = types.flatMap((type) => {
        const fields = Object.values(type.getFields()).filter((field) => wireNameOf(field) === property);
        if (fields.length > 0) seen.get(type)?.add(property);
        return fields.map((field) => ({ place: `${type.name}.${field.name}`, type: field.type }));
      });
      if (places.length === 0) disagreements.push(`${name}.${property} is not in ${names}`);
      compareValue(places, value);
    }
  };

  /** More than one field may show a value: an object whose fields are spread over several types. */
  const compareValue = (outputs: { place: string; type: GraphQLOutputType }[], given: Schema): void => {
    const value = objectAmong(resolved(given));
    const objects = outputs.map(({ type }) => getNamedType(type)).filter((type) => isObjectType(type));
    if (outputs.length > 1 && value.properties && objects.length === outputs.length) {
      compareObject(objects, value);
      return;
    }
    for (const { place, type: output } of outputs) {
      const type = isNonNullType(output) ? output.ofType : output;
      const named = getNamedType(type);
      const isArray = typeOf(value) === 'array';
      if (isArray && isListType(type)) compareValue([{ place, type: type.ofType }], value.items ?? {});
      else if (isArray || isListType(type)) complain(place, 'is a list in one of the two');
      else if (value.properties && isObjectType(named)) compareObject([named], value);
      else complain(place, leafDisagreement(place, named.name, value));
    }
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
      compareValue([{ place: field.name, type: field.type }], answer);
      continue;
    }
    const { [place]: inside = {}, ...beside } = whole.properties ?? {};
    for (const name of Object.keys(beside).filter((other) => !BESIDE.includes(other)))
      disagreements.push(`${whole.name}.${name} is lost`);
    compareValue([{ place: field.name, type: nodesOf(field) ?? field.type }], inside);
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
