import type { GraphQLObjectType } from 'graphql';
import { withinBudget } from '../response-budget.ts';
import type { Field, FieldWrapper, ValueStep } from './field-wrapper.ts';

/** Passes the value of a field through the steps that it needs, and counts it towards the size of the response. */
export function completeValue(
  ...steps: readonly ((field: Field, type: GraphQLObjectType) => ValueStep | null)[]
): FieldWrapper {
  return (resolve, field, type) => {
    const needed = steps.map((step) => step(field, type)).filter((step) => step !== null);
    return withinBudget(field, resolve, needed.reduce(inOrder));
  };
}

function inOrder(first: ValueStep, next: ValueStep): ValueStep {
  return (value, source) => next(first(value, source), source);
}
