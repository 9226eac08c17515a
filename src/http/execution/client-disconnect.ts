import { type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../request/context.ts';
import { unlessAbandoned } from './abandoned-query.ts';

type Result = Awaited<ReturnType<Parameters<NonNullable<Plugin['onExecute']>>[0]['executeFn']>>;

/** Ends an execution as soon as its client disconnects, or a query if the heap is full. Fields that are waiting never resume. */
export function useClientDisconnect(): Plugin<Context & { request: Request }> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { budget, request } = args.contextValue;
      const { signal } = request;
      setExecuteFn((...of) => {
        if (signal.aborted) return clientLeft();
        const result: unknown = executeFn(...of);
        if (!(result instanceof Promise)) return result as Result;
        const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query';
        const ended = isQuery ? unlessAbandoned(result as Promise<ExecutionResult>, budget) : result;
        return new Promise<Result>((resolve, reject) => {
          const leave = () => {
            budget.isAbandoned = true;
            resolve(clientLeft());
          };
          signal.addEventListener('abort', leave, { once: true });
          ended.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject);
        });
      });
    },
  };
}

/** The result for a client that has disconnected. Only the access log reads it. */
export function clientLeft(): ExecutionResult {
  return { errors: [new GraphQLError('The client has left.', { extensions: { code: 'CLIENT_LEFT' } })] };
}
