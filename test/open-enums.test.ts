/** Enums have the value `UNKNOWN` for new values in responses. No input may send it. */
import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { gatewayTo, httpServer } from './support/harness.ts';
import { subscribe } from './support/sse.ts';

const schema = buildSchema(['agent', 'secrets']);

/** A value of each scalar that fits every `@limit`. */
const SAMPLES: Record<string, unknown> = {
  ID: 'a',
  String: 'aaaaa',
  Int: 10,
  Long: 10,
  Float: 10,
  Boolean: true,
  JSON: {},
};

/** Every argument of an open enum, also rest input objects: the type with the field, the field, and the path. */
const openEnums = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((argument) =>
        enumPathsIn(argument.type, [argument.name]).map((path) => ({
          type,
          field,
          path,
          coordinate: `${type.name}.${field.name}(${path.join('.')})`,
        })),
      ),
    ),
  );

it.each(openEnums)('rejects UNKNOWN in $coordinate', async ({ type, field, path }) => {
  const calls: string[] = [];
  const url = await httpServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const gateway = gatewayTo(url, { expose: ['agent', 'secrets'], auth: 'forward', key: null });
  const definitions = field.args.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
  const args = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const error = isUnionType(getNamedType(field.type)) ? '... on SmsInvalidInputError { fields { path message } }' : '';
  const selection = `${field.name}(${args}) { __typename ${error} }`;
  const variables = Object.fromEntries(
    field.args.flatMap((argument) => {
      const rest = argument.name === path[0] ? path.slice(1) : null;
      return rest || isNonNullType(argument.type) ? [[argument.name, sampleOf(argument.type, rest)]] : [];
    }),
  );
  const fields = [{ path, message: 'UNKNOWN is not a valid input.' }];
  const rejected = { [field.name]: { __typename: 'SmsInvalidInputError', fields } };
  if (type === schema.getSubscriptionType()) {
    const events = await subscribe(gateway.listener, `subscription (${definitions}) { ${selection} }`, { variables });
    expect([await events.next(), calls]).toEqual([{ data: rejected }, []]);
    return;
  }
  const root = type === schema.getMutationType() ? 'mutation' : 'query';
  const operation =
    type === schema.getMutationType() || type === schema.getQueryType()
      ? selection
      : `_entities(representations: [{ __typename: "${type.name}", id: "a" }]) { ... on ${type.name} { ${selection} } }`;
  const { body } = await gateway.send(`${root} (${definitions}) { ${operation} }`, variables);
  if (root === 'mutation') expect(body.data).toEqual(rejected);
  else expect(body.errors?.map(({ extensions }) => extensions?.['fields'])).toEqual([fields]);
  expect(calls.filter((call) => !/^GET \/v3\/\w+\/a$/.test(call))).toEqual([]);
});

/** The paths of all open enums in an input type, as validation errors name them. */
function enumPathsIn(type: GraphQLInputType, path: string[], ancestors: GraphQLInputType[] = []): string[][] {
  const named = getNamedType(type);
  const itemPath = isListType(isNonNullType(type) ? type.ofType : type) ? [...path, '0'] : path;
  if (isEnumType(named)) return named.getValue('UNKNOWN') ? [itemPath] : [];
  if (!isInputObjectType(named) || ancestors.includes(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    enumPathsIn(field.type, [...itemPath, field.name], [...ancestors, named]),
  );
}

/** A valid value with all mandatory fields, and UNKNOWN at the end of the path. */
function sampleOf(type: GraphQLInputType, path: string[] | null): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, path);
  if (isListType(type)) return [sampleOf(type.ofType, path?.slice(1) ?? null)];
  if (isEnumType(type)) return path ? 'UNKNOWN' : type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SAMPLES[type.name];
  return Object.fromEntries(
    Object.values(type.getFields()).flatMap((field) => {
      const rest = path && field.name === path[0] ? path.slice(1) : null;
      return rest || isNonNullType(field.type) ? [[field.name, sampleOf(field.type, rest)]] : [];
    }),
  );
}
