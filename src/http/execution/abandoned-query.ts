import type { ExecutionResult } from 'graphql';
import { graphqlError } from '../../graphql/errors.ts';
import type { Budget } from '../../request/budget/request-budget.ts';

/**
 * The result of a query, or as soon as others need its memory, only the error that stopped it. Not for mutations, which must report
 * what they have changed.
 */
export async function unlessAbandoned(result: Promise<ExecutionResult>, budget: Budget): Promise<ExecutionResult> {
  try {
    const outcome = await new Promise<ExecutionResult | Stop>((resolve, reject) => {
      // `resolve` itself: with a closure around it, every result outlives its request by several garbage collections.
      budget.onAbandoned = resolve;
      result.then(resolve, reject);
    });
    return outcome instanceof Error ? { data: null, errors: [graphqlError(outcome)] } : outcome;
  } finally {
    budget.onAbandoned = null;
  }
}

type Stop = NonNullable<Budget['stop']>;
