/** The OpenAPI description of SMS, as far as tests compare the SDL and the emulator with it. */
import { readFileSync } from 'node:fs';
import type { GraphQLField, GraphQLSchema } from 'graphql';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  'x-values-seen-elsewhere'?: Record<string, string>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

interface RawOperation {
  operationId: string;
  parameters?: (Parameter & { $ref?: string })[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content?: { 'application/json': { schema: Schema } } }>;
  'x-legacy'?: boolean;
}

export interface Operation {
  /** `METHOD /path`, as in the descriptions of the SDL. */
  key: string;
  operationId: string;
  isRetired: boolean;
  parameters: Parameter[];
  body: Schema | null;
  response: Schema | null;
}

const description = JSON.parse(
  readFileSync(new URL('../../src/emulator/http/openapi.json', import.meta.url), 'utf8'),
) as {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
};

export const operations: readonly Operation[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, operation]) => operation.responses !== undefined)
    .map(([method, { operationId, parameters = [], requestBody, responses, 'x-legacy': isRetired = false }]) => ({
      key: `${method.toUpperCase()} ${path}`,
      operationId,
      isRetired,
      parameters: parameters.map((parameter) => (parameter.$ref ? parameterNamed(parameter.$ref) : parameter)),
      body: requestBody?.content['application/json'].schema ?? null,
      response:
        Object.entries(responses).find(([status]) => status < '3')?.[1].content?.['application/json'].schema ?? null,
    })),
);

/** All queries and mutations, without the fields of federation. */
export function rootFieldsOf(schema: GraphQLSchema): GraphQLField<unknown, unknown>[] {
  return [schema.getQueryType(), schema.getMutationType()]
    .flatMap((type) => Object.values(type?.getFields() ?? {}))
    .filter(({ name }) => !name.startsWith('_'));
}

/** The key of a root field's operation, from the end of its description. */
export function operationKeyOf({ description }: GraphQLField<unknown, unknown>): string | undefined {
  return /`((?:GET|POST|PUT|DELETE) \/\S*)`$/.exec(description?.trim() ?? '')?.[1];
}

/** The schema behind a reference, with its name. Keywords beside the reference are kept. */
export function resolved(schema: Schema): Schema & { name?: string } {
  if (!schema.$ref) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  const { $ref: _, ...siblings } = schema;
  return { ...description.components.schemas[name], ...siblings, name };
}

/** The object alternative of a value that may also be a string or null. */
export function objectVariant(value: Schema): Schema {
  return value.anyOf?.map(resolved).find(({ properties }) => properties) ?? value;
}

/** The type of a schema other than null. */
export function typeOf({ type }: Schema): string | undefined {
  return Array.isArray(type) ? type.find((name) => name !== 'null') : type;
}

/** The name of a field in SMS's JSON. */
export function wireNameOf({ name, astNode }: Pick<GraphQLField<unknown, unknown>, 'name' | 'astNode'>): string {
  const wire = astNode?.directives?.find((directive) => directive.name.value === 'wire')?.arguments?.[0]?.value;
  return wire?.kind === 'StringValue' ? wire.value : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `task_info` -> `taskInfo` */
export function graphqlName(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function parameterNamed(reference: string): Parameter {
  const parameter = description.components.parameters[reference.split('/').at(-1) ?? ''];
  if (!parameter) throw new Error(`openapi.json has no ${reference}`);
  return parameter;
}
