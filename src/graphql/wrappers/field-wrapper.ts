import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType } from 'graphql';
import type { Context } from '../../request/context.ts';
import type { Entity } from '../../sms/operations/entities.ts';

type Arguments = Record<string, unknown>;
export type Field = GraphQLField<Entity, Context, Arguments>;
export type Resolver = GraphQLFieldResolver<Entity, Context, Arguments>;

/** Wraps a resolver. Returns it unchanged if the field does not need this wrapper. */
export type FieldWrapper = (resolve: Resolver, field: Field, type: GraphQLObjectType) => Resolver;

/** Checks or converts the value that a resolver returned. */
export type ValueStep = (value: unknown, source: Entity) => unknown;
