import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, isObjectType } from 'graphql';
import { defaultResolver } from './default-resolver.ts';
import { directRead } from './direct-read.ts';
import { linkParts } from './entity-parts.ts';
import { errorObject, type SmsFailure } from './errors.ts';
import { errorEvent, failWithEvent } from './events.ts';
import type { Resolvers } from './generated/graphql.ts';
import type { HiddenPart } from './hidden-parts.ts';
import { convertEnum, lowerCaseEnums } from './open-enums.ts';
import { resolvers as account } from './resolvers/account.ts';
import { resolvers as agent } from './resolvers/agent.ts';
import { resolvers as consistency } from './resolvers/consistency.ts';
import { resolvers as projects } from './resolvers/projects.ts';
import { resolvers as secrets } from './resolvers/secrets.ts';
import { resolvers as sources } from './resolvers/sources.ts';
import { resolvers as tasks } from './resolvers/tasks.ts';
import { resolvers as templates } from './resolvers/templates.ts';
import { resolvers as waves } from './resolvers/waves.ts';
import { checkShape } from './response-shape.ts';
import { scalars } from './scalars.ts';
import { documentOf } from './sdl.ts';
import { validateArguments } from './wrappers/argument-validation.ts';
import { endWithCallBudget, renewBudget } from './wrappers/call-budget.ts';
import { resolveReferences } from './wrappers/entity-references.ts';
import type { Field, FieldWrapper, Resolver } from './wrappers/field-wrapper.ts';
import { completeValue } from './wrappers/response-value.ts';

/** The parts of SMS: one SDL file each, and the resolvers of the same name if it has any. */
const parts = {
  schema: scalars,
  errors: {},
  machines: {},
  'target-servers': {},
  consistency,
  tasks,
  sources,
  projects,
  waves,
  templates,
  account,
};

const hiddenParts: Record<HiddenPart, Resolvers> = { agent, secrets };

/**
 * Builds the subgraph from the SDL and the resolvers. `mutationWrappers` are the outermost wrappers of mutations, and `rootWrappers`
 * those of all root fields.
 */
export function buildSchema(
  exposed: readonly HiddenPart[] = [],
  mutationWrappers: readonly FieldWrapper[] = [],
  rootWrappers: readonly FieldWrapper[] = [],
): GraphQLSchema {
  const included = { ...parts, ...Object.fromEntries(exposed.map((part) => [part, hiddenParts[part]])) };
  const schema = buildSubgraphSchema(
    Object.entries(included).flatMap(([part, resolvers]) => {
      const typeDefs = documentOf(part);
      return [
        { typeDefs, resolvers },
        { typeDefs: EMPTY_DOCUMENT, resolvers: lowerCaseEnums(typeDefs) },
      ];
    }),
  );
  wrapResolvers(schema, mutationWrappers, rootWrappers);
  return schema;
}

const EMPTY_DOCUMENT: DocumentNode = { kind: 'Document' as DocumentNode['kind'], definitions: [] };

/** The wrappers of a resolver by the kind of its field, innermost first. */
function wrapResolvers(
  schema: GraphQLSchema,
  mutationWrappers: readonly FieldWrapper[],
  rootWrappers: readonly FieldWrapper[],
): void {
  const forRead = [completeValue(checkShape, convertEnum, linkParts), validateArguments(throwError)];
  const forReferences = [resolveReferences(schema)];
  const forMutation = [validateArguments(errorObject), endWithCallBudget, ...mutationWrappers];
  const forEventStream = [failWithEvent, validateArguments(errorEvent)];
  const forEvent = [renewBudget];

  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType))
    for (const field of Object.values(type.getFields()) as Field[]) {
      const { resolve = defaultResolver(field, type), subscribe } = field;
      const wrap = (resolver: Resolver, wrappers: readonly FieldWrapper[]) =>
        wrappers.reduce((inner, wrapper) => wrapper(inner, field, type), resolver);
      if (type === schema.getMutationType()) field.resolve = wrap(resolve, forMutation);
      else if (type === schema.getSubscriptionType()) {
        field.resolve = wrap(resolve, forEvent);
        if (subscribe) field.subscribe = wrap(subscribe, [...forEventStream, ...rootWrappers]);
      } else if (field.name === '_entities') field.resolve = wrap(resolve, forReferences);
      // Other types whose names begin with an underscore belong to introspection and federation.
      else if (!type.name.startsWith('_') && !field.name.startsWith('_')) {
        if (!field.resolve) field.extensions = { ...field.extensions, directRead: directRead(field, type) };
        field.resolve = wrap(resolve, forRead);
      }
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      if (isRoot && field.resolve) field.resolve = wrap(field.resolve, rootWrappers);
    }
}

function throwError(error: SmsFailure): never {
  throw error;
}
