import { type ExecutionResult, GraphQLError } from 'graphql';
import { handleStreamOrSingleExecutionResult, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { graphqlError, isSmsFailure } from '../../graphql/errors.ts';
import { bugReport, type Log } from '../../logging/log.ts';
import { MAX_ERRORS } from '../../request/budget/request-budget.ts';
import type { Context } from '../../request/context.ts';
import { type RequestHead, requestIdOf } from '../../request/request-id.ts';
import { MAX_REJECTION_ERRORS, redactValues } from './error-redaction.ts';
import { RequestError } from './request-error.ts';

/**
 * Gives errors their public form: an SMS error has its type and code, an error of graphql-js repeats no values, and a bug shows
 * only the request id of its log line. `suggests`: whether "Did you mean" may reveal names in the schema.
 */
export function useErrorMasking(log: Log, { suggests }: { suggests: boolean }): Plugin {
  const masking =
    (context: unknown) =>
    ({ result, setResult }: { result: unknown; setResult(result: ExecutionResult): void }) => {
      const { errors } = result as ExecutionResult;
      if (errors) setResult(maskErrors(result as ExecutionResult, context as ErrorContext, log));
    };
  return {
    onExecute: ({ args }) => ({ onExecuteDone: masking(args.contextValue) }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult: (payload) => handleStreamOrSingleExecutionResult(payload, masking(args.contextValue)),
    }),
    // Covers the errors of requests that were never executed, too.
    onResultProcess({ result, setResult }) {
      if (isAsyncIterable(result) || Array.isArray(result) || !result.errors) return;
      const errors = 'data' in result ? result.errors : result.errors.slice(0, MAX_REJECTION_ERRORS);
      setResult({ ...result, errors: errors.map((error) => requestError(error) ?? redactValues(error, suggests)) });
    },
  };
}

type ErrorContext = Pick<Context, 'budget'> & {
  request: RequestHead;
  record?: { trace: { idForErrors: string | null } | null };
};

/** The result with the public form of its errors, without repetitions, and at most `MAX_ERRORS`. */
export function maskErrors<Result extends ExecutionResult>(
  result: Result,
  { request, budget, record }: ErrorContext,
  log: Log,
): Result {
  const errors = withStopOnce(result.errors ?? [], budget.stop);
  const traceId = record?.trace?.idForErrors ?? null;
  const shown = errors.slice(0, MAX_ERRORS).map((error) => publicError(error, request, log));
  if (traceId !== null) for (const { extensions } of shown) extensions['traceId'] = traceId;
  const omitted = errors.length - shown.length + budget.omittedErrors;
  return { ...result, errors: omitted === 0 ? shown : [...shown, errorsOmitted(omitted)] };
}

/** Yoga's `maskedErrors`: any error outside of a field is a bug, unless it is a GraphQL error. */
export function maskedErrors(log: Log) {
  return {
    isDev: false,
    maskError(error: unknown): Error {
      if (error instanceof GraphQLError && !(error.originalError && !(error.originalError instanceof GraphQLError)))
        return error;
      log.error({ bug: bugReport(error) }, 'A request failed because of a bug');
      return new GraphQLError('Unexpected error.', {
        extensions: { code: 'INTERNAL_SERVER_ERROR', http: { status: 500 } },
      });
    },
  };
}

/** The error that ended the calls of a request is reported once, though it may have reached several fields. */
function withStopOnce(errors: readonly GraphQLError[], stop: unknown): readonly GraphQLError[] {
  if (stop === null) return errors;
  const first = errors.find(({ originalError }) => originalError === stop);
  return errors.filter((error) => error === first || error.originalError !== stop);
}

function errorsOmitted(count: number): GraphQLError {
  return new GraphQLError(`${count} more errors are omitted.`, {
    extensions: { code: 'ERRORS_OMITTED', omitted: count },
  });
}

/** Restores the HTTP status: for some clients, Yoga sends every error of a document with the status 200. */
function requestError(error: GraphQLError): GraphQLError | null {
  if (!(error instanceof RequestError)) return null;
  error.extensions['http'] = error.http;
  return error;
}

function publicError(error: GraphQLError, request: RequestHead, log: Log): GraphQLError {
  const { originalError, path } = error;
  const location = { nodes: error.nodes ?? null, path: path ?? null };
  if (isSmsFailure(originalError)) {
    const { message, extensions } = graphqlError(originalError);
    return new GraphQLError(message, { ...location, extensions });
  }
  if (originalError === undefined || originalError instanceof GraphQLError) return error;
  const requestId = requestIdOf(request);
  log.error({ requestId, path: path?.join('.'), bug: bugReport(originalError) }, 'A field failed because of a bug');
  return new GraphQLError('Unexpected error.', {
    ...location,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  });
}
