import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Estimate, estimator } from '../../graphql/cost.ts';
import { graphqlError } from '../../graphql/errors.ts';
import type { Budget } from '../../request/budget/request-budget.ts';
import type { Context } from '../../request/context.ts';
import { RequestRejectedError } from '../../sms/errors/errors.ts';
import { RequestError } from '../errors/request-error.ts';

/** Rejects an operation, before it runs, if it may need more calls to SMS than a request may make, or has too many references. */
export function useCostEstimate(schema: GraphQLSchema): Plugin<Context> {
  const rejectionFor = costCheck(schema);
  const rejectionOf = ({ document, operationName, variableValues, contextValue: { budget } }: Args) => {
    const operation = getOperationAST(document, operationName);
    return operation ? rejectionFor(document, operation, variableValues ?? {}, budget) : null;
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const result = rejectionOf(args);
      if (result !== null) setResultAndStopExecution(result);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const result = rejectionOf(args);
      if (result !== null) setResultAndStopExecution(result);
    },
  };
}

export type CostCheck = ReturnType<typeof costCheck>;

/** The result of an operation that costs too much. Null if it may run. */
export function costCheck(schema: GraphQLSchema) {
  const estimate = estimator(schema);
  return (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, budget: Budget) =>
    rejection(estimate(document, operation, variables), budget);
}

type Variables = Readonly<Record<string, unknown>>;
type Args = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'> & { contextValue: Context };

function rejection({ calls, references }: Estimate, budget: Budget): ExecutionResult | null {
  const { maxCalls, maxReferences } = budget;
  if (calls > maxCalls) return { errors: [tooExpensive(calls, maxCalls)] };
  const error =
    references > maxReferences ? tooManyReferences(references, maxReferences) : budget.holdReferences(references);
  return error === null ? null : { data: null, errors: [graphqlError(error)] };
}

function tooExpensive(estimate: number, limit: number): RequestError {
  const message = `The request may need ${estimate} calls to SMS (page sizes times joins), and its limit is ${limit}. Request smaller pages or fewer joins.`;
  return new RequestError('QUERY_TOO_EXPENSIVE', message, { facts: { estimate, limit } });
}

function tooManyReferences(count: number, limit: number): RequestRejectedError {
  const message = `The request has ${count} references to entities, and its limit is ${limit}. Send several requests.`;
  return new RequestRejectedError(400, 'REFERENCE_BUDGET_EXCEEDED', message);
}
