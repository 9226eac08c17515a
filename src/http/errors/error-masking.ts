import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { graphqlError, isSmsFailure } from '../../graphql/errors.ts';
import { bugOf, type Log } from '../../logging/log.ts';
import type { Context } from '../../request/context.ts';
import { requestIdOf } from '../../request/request-id.ts';
import { MAX_ERRORS } from '../../sms/budget/request-budget.ts';
import { MAX_REJECTION_ERRORS, withoutValues } from './error-redaction.ts';
import { RequestError } from './request-error.ts';

/**
 * What leaves as an error: an SMS refusal with its type and code, a GraphQL error without the values that it repeats, and
 * of a bug nothing but the request id by which it is found in the log. `suggests`: whether "Did you mean" may help.
 */
export function useErrorMasking(log: Log, { suggests }: { suggests: boolean }): Plugin {
  const door = <Result extends ExecutionResult>(result: Result, context: unknown): Result => {
    const { request, budget } = context as Context & { request: Request };
    const errors = distinct(result.errors ?? [], budget.stop);
    const shown = errors.slice(0, MAX_ERRORS).map((error) => publicError(error, request, log));
    const omitted = errors.length - shown.length + budget.omittedErrors;
    return { ...result, errors: omitted === 0 ? shown : [...shown, omittedErrors(omitted)] };
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
    // Here pass the errors of requests that were never executed, too.
    onResultProcess({ result, setResult }) {
      if (isAsyncIterable(result) || Array.isArray(result) || !result.errors) return;
      const errors = 'data' in result ? result.errors : result.errors.slice(0, MAX_REJECTION_ERRORS);
      setResult({ ...result, errors: errors.map((error) => refusal(error) ?? withoutValues(error, suggests)) });
    },
  };
}

/** For Yoga: what was thrown outside of a field is a bug, unless it is an error of GraphQL's. */
export function masking(log: Log) {
  return {
    isDev: false,
    maskError(error: unknown): Error {
      if (error instanceof GraphQLError && !(error.originalError && !(error.originalError instanceof GraphQLError)))
        return error;
      log.error({ bug: bugOf(error) }, 'A request failed by a bug');
      return new GraphQLError('Unexpected error.', {
        extensions: { code: 'INTERNAL_SERVER_ERROR', http: { status: 500 } },
      });
    },
  };
}

/** What ended the calls of a request is one error, though it reached fields that may not be null as well. */
function distinct(errors: readonly GraphQLError[], stop: unknown): readonly GraphQLError[] {
  if (stop === null || errors.length === 1) return errors;
  let isReported = false;
  return errors.filter(({ originalError }) => {
    if (originalError !== stop) return true;
    const isFirst = !isReported;
    isReported = true;
    return isFirst;
  });
}

function omittedErrors(count: number): GraphQLError {
  return new GraphQLError(`${count} more errors are left out.`, {
    extensions: { code: 'ERRORS_OMITTED', omitted: count },
  });
}

// On its way Yoga marks every error of a document as one that some clients get with 200.
function refusal(error: GraphQLError): GraphQLError | null {
  if (!(error instanceof RequestError)) return null;
  error.extensions['http'] = error.http;
  return error;
}

function publicError(error: GraphQLError, request: Request, log: Log): GraphQLError {
  const { originalError, path } = error;
  const place = { nodes: error.nodes ?? null, path: path ?? null };
  if (isSmsFailure(originalError)) {
    const { message, extensions } = graphqlError(originalError);
    return new GraphQLError(message, { ...place, extensions });
  }
  if (originalError === undefined || originalError instanceof GraphQLError) return error;
  const requestId = requestIdOf(request);
  log.error({ requestId, path: path?.join('.'), bug: bugOf(originalError) }, 'A field failed by a bug');
  return new GraphQLError('Unexpected error.', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  });
}
