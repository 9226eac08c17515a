/** Requests against the API's description: openapi.json decides what is well-formed and which permission is needed. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { queryOf } from './incoming.ts';
import description from './openapi.json' with { type: 'json' };
import { smsRefusal, unknownApi } from './refusal.ts';
import type { Call, Incoming } from './route.ts';

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

const formats = { int32: true, int64: true, double: true, password: true } as const;
const bodies = new Ajv2020({ strict: false, formats }).addSchema(description, 'sms');
// Query values arrive as text: "50" is a number where one is asked for.
const texts = new Ajv2020({ strict: false, allErrors: true, formats, coerceTypes: true, useDefaults: true }).addSchema(
  description,
  'sms',
);

/** The IAM action that an operation needs, or null. Keys as in `Routes`. */
export function actionOf(key: string): string | null {
  const action = operation(key)['x-iam-action'];
  return action === 'none' ? null : action;
}

/**
 * Path, query and body of a request, checked. Refuses with 400 SMS.9001 and names the field and the limit, never the
 * value. Unknown query names and body fields are ignored; an empty query value counts as absent (our choice).
 */
export function validated(
  key: string,
  params: Record<string, string>,
  request: Incoming,
): Pick<Call, 'params' | 'query' | 'body'> {
  const { params: checkParams, query: checkQuery, body: checkBody, bodyRequired } = rulesOf(key);
  // A path that does not fit its own pattern (`/favicon.ico` for `/{version}`) is no path of this API.
  if (!checkParams(params) && checkParams.errors?.some(({ keyword }) => keyword === 'pattern')) throw unknownApi();
  refuse('path', checkParams.errors);
  const query = Object.fromEntries(queryOf(request).filter(([, value]) => value !== ''));
  checkQuery(query);
  refuse('query', checkQuery.errors);
  if (!checkBody) return { params, query, body: undefined };
  if (request.body.length === 0 && !bodyRequired) return { params, query, body: {} };
  const body = parsed(request.body);
  checkBody(body);
  refuse('body', checkBody.errors);
  return { params, query, body };
}

/** The JSON of a body, or 400 SMS.9001. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw smsRefusal(400, 'SMS.9001', 'The request body is not valid JSON.');
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
    body: requestBody ? bodies.compile(local(requestBody.content['application/json'].schema)) : null,
    bodyRequired: requestBody?.required ?? false,
  };
  rules.set(key, compiled);
  return compiled;
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

function refuse(place: string, errors: ErrorObject[] | null | undefined): void {
  const error = errors?.[0];
  if (!error) return;
  const { instancePath, keyword, params, message } = error;
  const path = keyword === 'required' ? `${instancePath}/${params['missingProperty']}` : instancePath;
  const field =
    path
      .slice(1)
      .replace(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.') || place;
  throw smsRefusal(400, 'SMS.9001', `Parameter ${field} is not valid: ${limitOf(keyword, params) ?? message}.`);
}

function limitOf(keyword: string, params: ErrorObject['params']): string | undefined {
  if (keyword === 'required') return 'it is mandatory';
  return keyword === 'enum' ? `must be one of ${params['allowedValues'].join(', ')}` : undefined;
}
