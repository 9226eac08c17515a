import { type ExecutionArgs, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { callEstimate } from '../../graphql/cost.ts';
import type { Context } from '../../request/context.ts';
import { RequestError } from '../errors/request-error.ts';

/** Rejects an operation that may need more calls to SMS than its request may make, before it makes any. */
export function useCallEstimate(schema: GraphQLSchema): Plugin<Context> {
  const estimate = callEstimate(schema);
  const check = ({ document, operationName, variableValues, contextValue }: Args) => {
    const operation = getOperationAST(document, operationName);
    const calls = operation ? estimate(document, operation, variableValues ?? {}) : 0;
    const { maxCalls } = contextValue.budget;
    return calls > maxCalls ? { errors: [tooExpensive(calls, maxCalls)] } : null;
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const rejection = check(args);
      if (rejection !== null) setResultAndStopExecution(rejection);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const rejection = check(args);
      if (rejection !== null) setResultAndStopExecution(rejection);
    },
  };
}

type Args = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'> & { contextValue: Context };

function tooExpensive(estimate: number, limit: number): RequestError {
  const message = `The request may need ${estimate} calls to SMS (page sizes times joins), and its limit is ${limit}. Request smaller pages or fewer joins.`;
  return new RequestError('QUERY_TOO_EXPENSIVE', message, { facts: { estimate, limit } });
}
