import { isRoundFull, nextRound } from '../../time/event-loop-turns.ts';
import { errorObject } from '../errors.ts';
import { never } from '../response-budget.ts';
import type { FieldWrapper } from './field-wrapper.ts';

/** Once a request may make no more calls, its remaining mutations do not run. They return the reason as their result. */
export const endWithCallBudget: FieldWrapper = (resolve) => (source, args, context, info) => {
  const { budget } = context;
  if (budget.stop !== null) return errorObject(budget.stop);
  const result: unknown = resolve(source, args, context, info);
  return result instanceof Promise ? result.then((outcome) => (budget.isAbandoned ? never() : outcome)) : result;
};

/** Gives each event of a subscription a new budget. Events of many subscriptions may be ready in the same round. */
export const renewBudget: FieldWrapper = (resolve) => (source, args, context, info) => {
  context.budget.renew();
  const result = () => resolve(source, args, context, info);
  return isRoundFull() ? nextRound().then(result) : result();
};
