/** Validates requests against openapi.json, which also names the permission that an operation requires. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { smsError, unknownApiError } from '../error-responses.ts';
import { errorCodeFor } from './field-codes.ts';
import description from './openapi.json' with { type: 'json' };
import { type EmulatorRequest, parseJson, queryPairs } from './request.ts';
import type { Call } from './router.ts';

interface Schema {
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  'x-values-seen-elsewhere'?: Record<string, string>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: { 'application/json': { schema: Schema } } };
  'x-iam-action': string | null;
  'x-iam': { resource: string | null };
}

/** Compiled at the first call of an operation. */
interface Validators {
  params: ValidateFunction;
  query: ValidateFunction;
  body: ValidateFunction | null;
  bodyRequired: boolean;
}

const paths = description.paths as unknown as Record<string, Record<string, Operation>>;
const compiledValidators = new Map<string, Validators>();

// The documented enums are incomplete; texts of the API reference name more values.
for (const schema of Object.values(description.components.schemas as Record<string, Schema>)) {
  schema.enum &&= [...new Set([...schema.enum, ...Object.keys(schema['x-values-seen-elsewhere'] ?? {})])];
}

const options = {
  strict: false,
  verbose: true,
  formats: { int32: true, int64: true, double: true, password: true, binary: true },
} as const;
const bodyCompiler = new Ajv2020(options).addSchema(description, 'sms');
const lenientBodyCompiler = new Ajv2020({ ...options, coerceTypes: true }).addSchema(description, 'sms');
// Path and query values are text: "50" is a number where the schema has one.
const parameterCompiler = new Ajv2020({
  ...options,
  allErrors: true,
  coerceTypes: true,
  useDefaults: true,
}).addSchema(description, 'sms');

/** Migration agents send numbers as text, and the name of a migration project may be sent as a number. */
const LENIENT_OPERATIONS: readonly string[] = [
  'POST /v3/migprojects',
  'PUT /v3/migprojects/{mig_project_id}',
  'POST /v3/sources',
  'PUT /v3/sources/{source_id}/changestate',
  'PUT /v3/sources/{source_id}/diskinfo',
  'POST /v3/sources/{server_id}/command_result',
  'POST /v3/tasks/{task_id}/consistency-result',
  'PUT /v3/tasks/{task_id}/progress',
  'POST /v3/{task_id}/update-network-check-info',
];

/** IAM action and kind of resource; null if the operation requires none. Keys as in `Routes`. */
export function requiredPermission(key: string): { action: string; resource: string | null } | null {
  const { 'x-iam-action': action, 'x-iam': iam } = operation(key);
  return action === null || action === 'none' ? null : { action, resource: iam.resource };
}

/**
 * Validated path, query and body of a request. Throws 400 with SMS's code; the message names the field and the limit,
 * never the value. Unknown query names and body fields are ignored; an empty query value counts as absent (our choice).
 */
export function validate(
  key: string,
  params: Record<string, string>,
  request: EmulatorRequest,
): Pick<Call, 'params' | 'query' | 'body'> {
  const validators = validatorsOf(key);
  // A path that violates a pattern (`/favicon.ico` for `/{version}`) does not belong to this API.
  if (!validators.params(params) && validators.params.errors?.some(({ keyword }) => keyword === 'pattern')) {
    throw unknownApiError();
  }
  throwFirst(validators.params.errors, 'path', () => 'SMS.9001');
  const query = Object.fromEntries(queryPairs(request).filter(([, value]) => value !== ''));
  validators.query(query);
  throwFirst(validators.query.errors, 'query', () => 'SMS.9001');
  if (!validators.body) return { params, query, body: undefined };
  if (request.body.length === 0 && !validators.bodyRequired) return { params, query, body: {} };
  checkContentType(request);
  if (request.body.length === 0) throw smsError('SMS.6012', 'The request body is empty.');
  const body = parseJson(request.body, LENIENT_OPERATIONS.includes(key) ? sizeInBytes : undefined);
  validators.body(body);
  throwFirst(validators.body.errors, 'body', (field, { keyword, data }) => errorCodeFor(key, field, keyword, data));
  return { params, query, body };
}

/** Agents report some sizes as text with a unit: `3.30GiB`. */
function sizeInBytes(_: string, value: unknown): unknown {
  const [, number, unit] = (typeof value === 'string' && /^(\d+(?:\.\d+)?)([KMGT])iB$/.exec(value)) || [];
  return unit ? Math.round(Number(number) * 1024 ** ('KMGT'.indexOf(unit) + 1)) : value;
}

function checkContentType({ headers }: EmulatorRequest): void {
  const { 'content-type': type } = headers;
  if (type === undefined) throw smsError('SMS.6015', 'The header Content-Type is missing.');
  if (!/^application\/json *(;|$)/i.test(type)) {
    throw smsError('SMS.6016', 'The header Content-Type must be application/json.');
  }
}

function operation(key: string): Operation {
  const [method = '', path = ''] = key.split(' ');
  const match = paths[path]?.[method.toLowerCase()];
  if (!match) throw new Error(`openapi.json has no operation ${key}`);
  return match;
}

function validatorsOf(key: string): Validators {
  const compiled = compiledValidators.get(key) ?? compileValidators(key);
  compiledValidators.set(key, compiled);
  return compiled;
}

function compileValidators(key: string): Validators {
  const { parameters = [], requestBody } = operation(key);
  const compiler = LENIENT_OPERATIONS.includes(key) ? lenientBodyCompiler : bodyCompiler;
  return {
    params: parameterCompiler.compile(parametersSchema(parameters, 'path')),
    query: parameterCompiler.compile(parametersSchema(parameters, 'query')),
    body: requestBody ? compiler.compile(withAbsoluteRefs(requestBody.content['application/json'].schema)) : null,
    bodyRequired: requestBody?.required ?? false,
  };
}

function parametersSchema(parameters: Parameter[], location: Parameter['in']): object {
  const located = parameters.filter((parameter) => parameter.in === location);
  return {
    type: 'object',
    properties: Object.fromEntries(
      located.map(({ name, schema, required }) => [
        name,
        // A default must not fill in a required value (`offset` of ListErrorServers has both).
        withAbsoluteRefs(required ? { ...schema, default: undefined } : schema),
      ]),
    ),
    required: located.filter(({ required }) => required).map(({ name }) => name),
  };
}

function withAbsoluteRefs(schema: Schema): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"sms#/'));
}

function throwFirst(
  errors: ErrorObject[] | null | undefined,
  location: string,
  codeFor: (field: string, error: ErrorObject) => string,
): void {
  const error = errors?.[0];
  if (!error) return;
  const { instancePath, keyword, params, message } = error;
  const path = keyword === 'required' ? `${instancePath}/${params['missingProperty']}` : instancePath;
  const names = path.split('/').filter((name) => name !== '' && !/^\d+$/.test(name));
  const field =
    path
      .slice(1)
      .replace(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.') || location;
  const code = codeFor(names.at(-1) ?? location, error);
  throw smsError(code, `Parameter ${field} is not valid: ${explanationOf(keyword, params) ?? message}.`);
}

function explanationOf(keyword: string, params: ErrorObject['params']): string | undefined {
  if (keyword === 'required') return 'it is mandatory';
  return keyword === 'enum' ? `must be one of ${params['allowedValues'].join(', ')}` : undefined;
}
