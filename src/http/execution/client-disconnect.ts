import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Budget } from '../../request/budget/request-budget.ts';
import type { Context } from '../../request/context.ts';
import type { RequestHead } from '../../request/request-id.ts';

/** Ends an execution as soon as its client disconnects. Fields that are still waiting never go on. */
export function useClientDisconnect(): Plugin<Context & { request: RequestHead }> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { budget, request } = args.contextValue;
      setExecuteFn((...of) => untilDisconnect(() => executeFn(...of), budget, request.signal));
    },
  };
}

/** The result of an execution, or `clientLeft()` if the client disconnects first. */
export function untilDisconnect<Result>(
  execute: () => Result | Promise<Result>,
  budget: Budget,
  signal: AbortSignal,
): Result | ExecutionResult | Promise<Result | ExecutionResult> {
  if (signal.aborted) return clientLeft();
  const result = execute();
  if (!(result instanceof Promise)) return result;
  return new Promise((resolve, reject) => {
    const leave = () => {
      budget.hasLeft = true;
      resolve(clientLeft());
    };
    signal.addEventListener('abort', leave, { once: true });
    result.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject);
  });
}

/** The result for a client that has disconnected. Only the access log reads it. */
export function clientLeft(): ExecutionResult {
  return { errors: [new GraphQLError('The client has left.', { extensions: { code: 'CLIENT_LEFT' } })] };
}
