import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { requestIdOf } from './context.ts';
import { graphqlError, isSmsFailure } from './errors.ts';
import type { Log } from './log.ts';

/**
 * What leaves with an error of a field: an SMS refusal with its type and code, a GraphQL error as it is, and of a bug
 * nothing but the request id by which it is found in the log.
 */
export function useErrorDoor(log: Log): Plugin {
  const door = <Result extends ExecutionResult>(result: Result, context: unknown): Result => {
    const requestId = requestIdOf((context as { request: Request }).request);
    return { ...result, errors: result.errors?.map((error) => publicError(error, requestId, log)) };
  };
  return {
    onExecute: ({ args }) => ({
      onExecuteDone({ result, setResult }) {
        if (!isAsyncIterable(result) && result.errors) setResult(door(result, args.contextValue));
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult({ result, setResult }) {
        if (!isAsyncIterable(result)) return result.errors && setResult(door(result, args.contextValue));
        return {
          onNext({ result: event, setResult: setEvent }) {
            if (!isAsyncIterable(event) && event.errors) setEvent(door(event, args.contextValue));
          },
        };
      },
    }),
  };
}

function publicError(error: GraphQLError, requestId: string, log: Log): GraphQLError {
  const { originalError, path } = error;
  const place = { nodes: error.nodes ?? null, path: path ?? null };
  if (isSmsFailure(originalError)) {
    const { message, extensions } = graphqlError(originalError);
    return new GraphQLError(message, { ...place, extensions });
  }
  if (originalError === undefined || originalError instanceof GraphQLError) return error;
  log.error({ requestId, path: path?.join('.'), bug: originalError.stack }, 'A field failed by a bug');
  return new GraphQLError('Unexpected error.', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  });
}
