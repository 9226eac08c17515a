import { type GraphQLNamedType, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import type { Entities, Entity, View } from '../sms/operations/entities.ts';
import type { EntityName } from '../sms/operations/not-found.ts';
import { isEntity, viewOf, wireNameOf } from './field-directives.ts';
import type { Field, ValueStep } from './wrappers/field-wrapper.ts';

/**
 * Whether a type is a part of an entity that SMS sends with more or fewer fields, depending on how the entity was read. An example
 * is the target server of a task.
 */
export function isPart(type: GraphQLNamedType): boolean {
  return (
    isObjectType(type) && !isEntity(type) && Object.values(type.getFields()).some((field) => viewOf(field) !== 'any')
  );
}

/** Links the parts of an entity to it, so that fields they lack can be read from it. */
export function linkParts(field: Field, type: GraphQLObjectType): ValueStep | null {
  if (!isEntity(type) || !isPart(getNamedType(field.type))) return null;
  const location = { entity: type.name as EntityName, name: wireNameOf(field, type) };
  const link: ValueStep = (value, whole) =>
    typeof value === 'object' && value !== null ? new Part(value as Entity, whole, location) : value;
  return (value, whole) => (Array.isArray(value) ? value.map((item) => link(item, whole)) : link(value, whole));
}

/** A field of an object by its wire name. A field that a part lacks is read from its entity. */
export function readPart(part: unknown, name: string, view: View, entities: Entities): unknown {
  return part instanceof Part ? part.read(name, view, entities) : (part as Entity)[name];
}

/** A part of an entity as SMS sent it, and the field of the entity that holds it. */
class Part {
  readonly #part: Entity;
  readonly #whole: Entity;
  readonly #location: { entity: EntityName; name: string };

  constructor(part: Entity, whole: Entity, location: { entity: EntityName; name: string }) {
    this.#part = part;
    this.#whole = whole;
    this.#location = location;
  }

  /** A field by its wire name. If the part lacks it, it is read from the same part of the entity in the given view. */
  read(name: string, view: View, entities: Entities): unknown {
    if (Object.hasOwn(this.#part, name)) return this.#part[name];
    const value = entities[this.#location.entity].fetchField(this.#whole, this.#location.name, view);
    return value instanceof Promise ? value.then((other) => this.#counterpartIn(other)?.[name] ?? null) : null;
  }

  #counterpartIn(value: unknown): Entity | null | undefined {
    return Array.isArray(value) ? value.find((item: Entity | null) => item?.id === this.#part.id) : (value as Entity);
  }
}
