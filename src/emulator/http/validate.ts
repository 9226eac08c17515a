/** Requests against the API's description: openapi.json decides what is well-formed and which permission is needed. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { smsRefusal, unknownApi } from '../error-responses.ts';
import { codeOf } from './field-codes.ts';
import description from './openapi.json' with { type: 'json' };
import { queryOf } from './request.ts';
import type { Call, EmulatorRequest } from './router.ts';

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

/** What one operation asks for, compiled at its first call. */
interface Rules {
  params: ValidateFunction;
  query: ValidateFunction;
  body: ValidateFunction | null;
  bodyRequired: boolean;
}

const paths = description.paths as unknown as Record<string, Record<string, Operation>>;
const rules = new Map<string, Rules>();

// The lists of allowed values are incomplete; the API's own texts name a few more.
for (const schema of Object.values(description.components.schemas as Record<string, Schema>)) {
  if (schema.enum)
    schema.enum = [...new Set([...schema.enum, ...Object.keys(schema['x-values-seen-elsewhere'] ?? {})])];
}

const options = {
  strict: false,
  verbose: true,
  formats: { int32: true, int64: true, double: true, password: true, binary: true },
} as const;
const bodies = new Ajv2020(options).addSchema(description, 'sms');
// Migration agents send numbers as texts, and a migration project's name may be sent as a number.
const lenientBodies = new Ajv2020({ ...options, coerceTypes: true }).addSchema(description, 'sms');
// Query values arrive as text: "50" is a number where one is asked for.
const texts = new Ajv2020({ ...options, allErrors: true, coerceTypes: true, useDefaults: true }).addSchema(
  description,
  'sms',
);

const LENIENT: readonly string[] = [
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

/** The permission that an operation needs: IAM action and kind of resource; null where it needs none. Keys as in `Routes`. */
export function permissionOf(key: string): { action: string; resource: string | null } | null {
  const { 'x-iam-action': action, 'x-iam': iam } = operation(key);
  return action === null || action === 'none' ? null : { action, resource: iam.resource };
}

/**
 * Path, query and body of a request, checked. Refuses with 400 and SMS's code, and names the field and the limit, never
 * the value. Unknown query names and body fields are ignored; an empty query value counts as absent (our choice).
 */
export function validated(
  key: string,
  params: Record<string, string>,
  request: EmulatorRequest,
): Pick<Call, 'params' | 'query' | 'body'> {
  const { params: checkParams, query: checkQuery, body: checkBody, bodyRequired } = rulesOf(key);
  // A path that does not fit its own pattern (`/favicon.ico` for `/{version}`) is no path of this API.
  if (!checkParams(params) && checkParams.errors?.some(({ keyword }) => keyword === 'pattern')) throw unknownApi();
  refuse('path', checkParams.errors, () => 'SMS.9001');
  const query = Object.fromEntries(queryOf(request).filter(([, value]) => value !== ''));
  checkQuery(query);
  refuse('query', checkQuery.errors, () => 'SMS.9001');
  if (!checkBody) return { params, query, body: undefined };
  if (request.body.length === 0 && !bodyRequired) return { params, query, body: {} };
  refuseOtherTypes(request);
  if (request.body.length === 0) throw smsRefusal('SMS.6012', 'The request body is empty.');
  const body = parsed(request.body, LENIENT.includes(key) ? bytesOf : undefined);
  checkBody(body);
  refuse('body', checkBody.errors, (field, { keyword, data }) => codeOf(key, field, keyword, data));
  return { params, query, body };
}

/** The JSON of a body, or 400 SMS.6010. */
export function parsed(body: Buffer, reviver?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), reviver);
  } catch {
    throw smsRefusal('SMS.6010', 'The request body is not valid JSON.');
  }
}

const UNITS = 'KMGT';

/** Agents report some sizes as a text with a unit, `3.30GiB`. */
function bytesOf(_: string, value: unknown): unknown {
  const [, number, unit] = (typeof value === 'string' && /^(\d+(?:\.\d+)?)([KMGT])iB$/.exec(value)) || [];
  return unit ? Math.round(Number(number) * 1024 ** (UNITS.indexOf(unit) + 1)) : value;
}

function refuseOtherTypes({ headers }: EmulatorRequest): void {
  const { 'content-type': type } = headers;
  if (type === undefined) throw smsRefusal('SMS.6015', 'The header Content-Type is missing.');
  if (!/^application\/json *(;|$)/i.test(type)) {
    throw smsRefusal('SMS.6016', 'The header Content-Type must be application/json.');
  }
}

function operation(key: string): Operation {
  const [method = '', path = ''] = key.split(' ');
  const found = paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`openapi.json does not know ${key}`);
  return found;
}

function rulesOf(key: string): Rules {
  const known = rules.get(key);
  if (known) return known;
  const { parameters = [], requestBody } = operation(key);
  const compiled = {
    params: texts.compile(objectOf(parameters, 'path')),
    query: texts.compile(objectOf(parameters, 'query')),
    body: requestBody ? compilerOf(key).compile(local(requestBody.content['application/json'].schema)) : null,
    bodyRequired: requestBody?.required ?? false,
  };
  rules.set(key, compiled);
  return compiled;
}

function compilerOf(key: string): Ajv2020 {
  return LENIENT.includes(key) ? lenientBodies : bodies;
}

function objectOf(parameters: Parameter[], place: Parameter['in']): object {
  const chosen = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(chosen.map(({ name, schema, required }) => [name, local(schema, required)])),
    required: chosen.filter(({ required }) => required).map(({ name }) => name),
  };
}

// A default must not stand in for a value that is mandatory (`offset` of ListErrorServers has both).
function local(schema: Schema, mandatory = false): object {
  const text = JSON.stringify(mandatory ? { ...schema, default: undefined } : schema);
  return JSON.parse(text.replaceAll('"#/', '"sms#/'));
}

function refuse(
  place: string,
  errors: ErrorObject[] | null | undefined,
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
      .replaceAll('/', '.') || place;
  const code = codeFor(names.at(-1) ?? place, error);
  throw smsRefusal(code, `Parameter ${field} is not valid: ${limitOf(keyword, params) ?? message}.`);
}

function limitOf(keyword: string, params: ErrorObject['params']): string | undefined {
  if (keyword === 'required') return 'it is mandatory';
  return keyword === 'enum' ? `must be one of ${params['allowedValues'].join(', ')}` : undefined;
}
