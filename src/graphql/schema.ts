import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';
import type { Context } from '../request/context.ts';
import { InvalidInputError } from '../sms/errors/errors.ts';
import { hasRoundedNumber } from '../sms/text/json.ts';
import { isTurnOver, nextTurn } from '../sms/turns.ts';
import { errorObject, isSmsFailure, type SmsFailure } from './errors.ts';
import { failed, never } from './execution.ts';
import { type FieldWrapper, wrapFields } from './field-wrapper.ts';
import { enumValues, readFields } from './fields.ts';
import type { Resolvers } from './generated/graphql.ts';
import type { HiddenPart } from './hidden-parts.ts';
import { limitsOf, MAX_FIELDS } from './input-limits.ts';
import { resolvers as account } from './resolvers/account.ts';
import { resolvers as agent } from './resolvers/agent.ts';
import { resolvers as consistency } from './resolvers/consistency.ts';
import { resolvers as projects } from './resolvers/projects.ts';
import { resolvers as secrets } from './resolvers/secrets.ts';
import { resolvers as sources } from './resolvers/sources.ts';
import { resolvers as tasks } from './resolvers/tasks.ts';
import { resolvers as templates } from './resolvers/templates.ts';
import { scalars } from './scalars.ts';

const SDL = new URL('../../schema/', import.meta.url);

/** The parts of SMS: an SDL file each, with the resolvers of the same name where it has any. */
const parts = {
  schema: scalars,
  errors: {},
  machines: {},
  'target-servers': {},
  consistency,
  tasks,
  sources,
  projects,
  templates,
  account,
};

const hiddenParts: Record<HiddenPart, Resolvers> = { agent, secrets };

/** The subgraph: SDL, resolvers, wire names and limits, put together once a process. `wrappers` run around all of that. */
export function buildSchema(
  exposed: readonly HiddenPart[] = [],
  wrappers: readonly FieldWrapper[] = [],
): GraphQLSchema {
  const shown = { ...parts, ...Object.fromEntries(exposed.map((part) => [part, hiddenParts[part]])) };
  const schema = buildSubgraphSchema(
    Object.entries(shown).flatMap(([part, resolvers]) => {
      const typeDefs = parse(readFileSync(new URL(`${part}.graphql`, SDL), 'utf8'));
      return [
        { typeDefs, resolvers },
        { typeDefs: NOTHING, resolvers: enumValues(typeDefs) },
      ];
    }),
  );
  readFields(schema);
  guardFields(schema);
  wrapFields(schema, wrappers);
  return schema;
}

const NOTHING: DocumentNode = { kind: 'Document' as DocumentNode['kind'], definitions: [] };

/**
 * The arguments of every field are checked before its resolver runs. A mutation answers with the error, a subscription
 * with an event, and elsewhere it is thrown. Where the caller's calls have ended, a mutation answers with that and its
 * resolver does not run.
 */
function guardFields(schema: GraphQLSchema): void {
  const roots = [schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.includes(type)) continue;
    for (const field of fieldsOf(type)) {
      if (field.name === '_entities') guardEntities(field, checkReferences(schema));
      else guard(field, 'resolve', throwIt);
    }
  }
  for (const field of fieldsOf(schema.getMutationType())) {
    guard(field, 'resolve', errorObject);
    endWithCalls(field);
  }
  for (const field of fieldsOf(schema.getSubscriptionType())) {
    guard(field, 'subscribe', async function* (error) {
      yield { error };
    });
    renewForEvents(field);
  }
}

type Field = GraphQLField<unknown, Context>;

function fieldsOf(type: GraphQLObjectType | null | undefined): Field[] {
  return Object.values(type?.getFields() ?? {});
}

function guard(field: Field, function_: 'resolve' | 'subscribe', answer: (error: SmsFailure) => unknown): void {
  const guarded = field[function_];
  const check = limitsOf(field);
  if (check === null || !guarded) return;
  field[function_] = (source, args, context, info) => {
    try {
      check(args);
    } catch (error) {
      if (isSmsFailure(error)) return answer(error);
      throw error;
    }
    return guarded(source, args, context, info);
  };
}

function endWithCalls(field: Field): void {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = (source, args, context, info) => {
    const { budget } = context;
    if (budget.stop !== null) return errorObject(budget.stop);
    const result: unknown = resolve(source, args, context, info);
    return result instanceof Promise ? result.then((outcome) => (budget.hasLeft ? never() : outcome)) : result;
  };
}

/** Each event of a stream has a budget of its own. */
function renewForEvents(field: Field): void {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = (source, args, context, info) => {
    context.budget.renew();
    return resolve(source, args, context, info);
  };
}

/** Every reference is null or fails on its own, like a field. */
function guardEntities(field: Field, check: (args: Record<string, unknown>) => void): void {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = (source, args, context, info) => {
    const { budget } = context;
    check(args);
    budget.takeReferences((args['representations'] as unknown[]).length);
    const found = resolve(source, args, context, info) as Promise<unknown>[];
    return found.map((entity) =>
      entity.then(
        async (later) => {
          if (isTurnOver()) await nextTurn();
          return budget.hasLeft ? never() : later;
        },
        (error: unknown) => failed(error, budget, true),
      ),
    );
  };
}

/** Each may cost a call, so one request must not bring any number of them. */
const MAX_REFERENCES = 2_000;

/**
 * The SDL of `_entities` is the federation's, so its limits cannot stand there; and its resolver calls a type that is no
 * entity a bug of ours.
 */
function checkReferences(schema: GraphQLSchema): (args: Record<string, unknown>) => void {
  const entities = new Set(typesOf(schema.getType('_Entity')));
  return ({ representations }) => {
    const references: unknown[] = Array.isArray(representations) ? representations : [];
    if (references.length > MAX_REFERENCES)
      throw new InvalidInputError([
        { path: ['representations'], message: `Has ${references.length} items; up to ${MAX_REFERENCES} are allowed.` },
      ]);
    const wrong = references.flatMap((reference, index) => {
      const path = ['representations', String(index)];
      if (!entities.has(Object(reference).__typename))
        return [{ path: [...path, '__typename'], message: `Is not one of ${[...entities].join(', ')}.` }];
      if (hasRoundedNumber(reference)) return [{ path, message: 'Holds a number beyond 2^53 - 1. Send it as a text.' }];
      return [];
    });
    if (wrong.length > 0) throw new InvalidInputError(wrong.slice(0, MAX_FIELDS));
  };
}

function typesOf(type: GraphQLNamedType | undefined): string[] {
  return isUnionType(type) ? type.getTypes().map(({ name }) => name) : [];
}

function throwIt(error: SmsFailure): never {
  throw error;
}
