/** What the directives of the SDL say about a type or a field. */
import {
  type DirectiveNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  Kind,
} from 'graphql';
import type { View } from '../sms/operations/entities.ts';
import { wireName } from '../sms/wire.ts';
import type { Field } from './wrappers/field-wrapper.ts';

interface Annotated {
  readonly directives?: readonly DirectiveNode[] | undefined;
}

export function directiveOf(node: Annotated | null | undefined, name: string): DirectiveNode | undefined {
  return node?.directives?.find((directive) => directive.name.value === name);
}

export function isEntity({ astNode }: GraphQLNamedType): boolean {
  return directiveOf(astNode, 'key') !== undefined;
}

export function viewOf({ astNode }: Pick<Field, 'astNode'>): View {
  return directiveOf(astNode, 'detail') ? 'detail' : directiveOf(astNode, 'listed') ? 'listed' : 'any';
}

/** The name of the field in SMS's JSON, from `@wire` or by the rule. `stateText` has the wire name of `state`. */
export function wireNameOf(field: Field, type: GraphQLObjectType): string {
  const value = directiveOf(field.astNode, 'wire')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : wireName(enumFieldOf(field, type)?.name ?? field.name);
}

/** The enum field whose raw text this field has: `state` for `stateText`. */
export function enumFieldOf({ name }: Field, type: GraphQLObjectType): Field | undefined {
  const field = name.endsWith('Text') ? type.getFields()[name.slice(0, -'Text'.length)] : undefined;
  return field && isEnumType(getNamedType(field.type)) ? field : undefined;
}
