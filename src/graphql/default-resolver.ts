import type { GraphQLObjectType } from 'graphql';
import { isEmbedded } from '../sms/operations/entities.ts';
import type { EntityName } from '../sms/operations/not-found.ts';
import { isPart, readPart } from './entity-parts.ts';
import { isEntity, viewOf, wireNameOf } from './field-directives.ts';
import { openEnumOf } from './open-enums.ts';
import type { Field, Resolver } from './wrappers/field-wrapper.ts';

/**
 * The resolver of every field that has none: reads the wire name, which is computed here and not per request. If the entity lacks
 * the field, it is read from SMS.
 */
export function defaultResolver(field: Field, type: GraphQLObjectType): Resolver {
  const name = wireNameOf(field, type);
  const view = viewOf(field);
  if (isPart(type)) return (part, _, { entities }) => readPart(part, name, view, entities);
  if (!isEntity(type) || field.name === 'id') return (source) => source[name];
  const entity = type.name as EntityName;
  const openEnum = openEnumOf(field, type);
  return (source, _, { entities }) => {
    if (!Object.hasOwn(source, name)) return entities[entity].fetchField(source, name, view);
    const embedded = source[name];
    // Inside another object, SMS sends some enums as free text. Read on its own, the object has a value of the enum.
    if (!openEnum || embedded === null || openEnum.valueOf(embedded) !== undefined || !isEmbedded(source))
      return embedded;
    return wholeOr(embedded, entities[entity].fetchField(source, name, view));
  };
}

function wholeOr(embedded: unknown, whole: unknown): unknown {
  return whole instanceof Promise ? whole.then((value) => value ?? embedded) : embedded;
}
