import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { Context } from '../request/context.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/** What wraps the resolver of a field; null for a field that is left as it is. */
export type FieldWrapper = (
  field: GraphQLField<unknown, Context>,
  type: GraphQLObjectType,
) => ((resolve: Resolver) => Resolver) | null;

/** Wraps every resolver of the schema, once: the first wrapper of the list is the innermost. */
export function wrapFields(schema: GraphQLSchema, wrappers: readonly FieldWrapper[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      for (const wrapperOf of wrappers) {
        const wrap = wrapperOf(field, type);
        if (wrap && field.resolve) field.resolve = wrap(field.resolve);
      }
  }
}
