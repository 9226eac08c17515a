import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isObjectType, parse } from 'graphql';
import { errorObject, isSmsFailure } from './errors.ts';
import { limitsOf } from './limits.ts';
import { resolvers as consistency } from './resolvers/consistency.ts';
import { wireName } from './sms/wire.ts';

const SDL = new URL('../schema/', import.meta.url);

const parts = { schema: {}, errors: {}, consistency, tasks: {}, sources: {} };

/** The subgraph: SDL, resolvers, wire names and limits, put together once a process. */
export function buildSchema(): GraphQLSchema {
  const schema = buildSubgraphSchema(
    Object.entries(parts).map(([part, resolvers]) => ({
      typeDefs: parse(readFileSync(new URL(`${part}.graphql`, SDL), 'utf8')),
      resolvers,
    })),
  );
  readWireNames(schema);
  checkLimits(schema);
  return schema;
}

/** A field without a resolver of its own reads its wire name, worked out here and not in each request. */
function readWireNames(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      const name = wireName(field.name);
      field.resolve ??= (source: Record<string, unknown>) => source[name];
    }
  }
}

/** Inputs are checked before the resolver runs. A mutation answers with the error; elsewhere it is thrown. */
function checkLimits(schema: GraphQLSchema): void {
  const mutation = schema.getMutationType();
  for (const type of [schema.getQueryType(), mutation, schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const check = limitsOf(field);
      const { resolve } = field;
      if (check === null || !resolve) continue;
      field.resolve = (source, args, context, info) => {
        try {
          check(args);
        } catch (error) {
          if (type === mutation && isSmsFailure(error)) return errorObject(error);
          throw error;
        }
        return resolve(source, args, context, info);
      };
    }
  }
}
