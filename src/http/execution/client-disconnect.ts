import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../request/context.ts';

/**
 * Ends an execution at once, and once, when its client leaves: whatever its fields still wait for is dropped, and none of
 * them goes on.
 */
export function useClientDisconnect(): Plugin<Context & { request: Request }> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { budget, request } = args.contextValue;
      const { signal } = request;
      setExecuteFn((...of) => {
        if (signal.aborted) return clientLeft();
        const result: unknown = executeFn(...of);
        if (!(result instanceof Promise)) return result;
        return new Promise((resolve, reject) => {
          const leave = () => {
            budget.hasLeft = true;
            resolve(clientLeft());
          };
          signal.addEventListener('abort', leave, { once: true });
          result.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject);
        });
      });
    },
  };
}

/** Nobody reads it. */
export function clientLeft(): ExecutionResult {
  return { errors: [new GraphQLError('The client has left.', { extensions: { code: 'CLIENT_LEFT' } })] };
}
