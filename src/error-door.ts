import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { requestIdOf } from './context.ts';
import { graphqlError, isSmsFailure } from './errors.ts';
import type { Log } from './log.ts';

/**
 * What leaves with an error of a field: an SMS refusal with its type and code, a GraphQL error as it is, and of a bug
 * nothing but the request id by which it is found in the log.
 */
export function useErrorDoor(log: Log): Plugin {
  return {
    onExecute({ args }) {
      const request = (args.contextValue as { request: Request }).request;
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result) || !result.errors) return;
          setResult({ ...result, errors: result.errors.map((error) => publicError(error, requestIdOf(request), log)) });
        },
      };
    },
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
