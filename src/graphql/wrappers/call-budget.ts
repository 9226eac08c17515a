import { errorObject } from '../errors.ts';
import { never } from '../response-budget.ts';
import type { FieldWrapper } from './field-wrapper.ts';

/** Once the request may make no more calls, a mutation returns the reason as its result and its resolver does not run. */
export const endWithCallBudget: FieldWrapper = (resolve) => (source, args, context, info) => {
  const { budget } = context;
  if (budget.stop !== null) return errorObject(budget.stop);
  const result: unknown = resolve(source, args, context, info);
  return result instanceof Promise ? result.then((outcome) => (budget.hasLeft ? never() : outcome)) : result;
};

/** Each event of a subscription has a budget of its own. */
export const renewBudget: FieldWrapper = (resolve) => (source, args, context, info) => {
  context.budget.renew();
  return resolve(source, args, context, info);
};
