import type { ExecutionResult } from 'graphql';
import { graphqlError } from '../../graphql/errors.ts';
import type { Budget } from '../../request/budget/request-budget.ts';

/**
 * The result of a query, or as soon as others need its memory, only the error that stopped it. Not for mutations, which must report
 * what they have changed.
 */
export function unlessAbandoned(result: Promise<ExecutionResult>, budget: Budget): Promise<ExecutionResult> {
  return new Promise((resolve, reject) => {
    budget.onAbandoned = (error) => resolve({ data: null, errors: [graphqlError(error)] });
    result.then(resolve, reject).finally(() => {
      budget.onAbandoned = null;
    });
  });
}
