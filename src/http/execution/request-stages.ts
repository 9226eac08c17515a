import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { coerceLongVariables, hasLongVariable } from '../../graphql/long-variables.ts';
import { isRoundFull, nextRound } from '../../time/event-loop-turns.ts';

/**
 * Delays the context and the execution of a request to the next round of the event loop if this round has had its share of
 * long work. Coerces long variables in turns. Must be the last plugin, since others may still reject the operation.
 */
export function useRequestStages(): Plugin {
  return {
    onContextBuilding: () => (isRoundFull() ? nextRound() : undefined),
    onExecute: ({ args, setResultAndStopExecution }) => stage(args, setResultAndStopExecution),
    onSubscribe: ({ args, setResultAndStopExecution }) => stage(args, setResultAndStopExecution),
  };
}

type Args = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;

function stage(args: Args, reject: (result: ExecutionResult) => void): Promise<void> | undefined {
  if (args.variableValues && hasLongVariable(args.variableValues)) return withCoercedVariables(args, reject);
  return isRoundFull() ? nextRound() : undefined;
}

async function withCoercedVariables(args: Args, reject: (result: ExecutionResult) => void): Promise<void> {
  const { schema, document, operationName, variableValues } = args;
  const operation = getOperationAST(document, operationName);
  if (!operation || !variableValues) return;
  await nextRound();
  const coerced = await coerceLongVariables(schema, document, operation, variableValues);
  if (Array.isArray(coerced)) reject({ errors: coerced });
  else Object.assign(args, coerced);
  if (isRoundFull()) await nextRound();
}
