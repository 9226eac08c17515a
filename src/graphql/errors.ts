/** Maps the errors of `sms/` to GraphQL: the six error types as data, or a GraphQL error. */
import { GraphQLError } from 'graphql';
import {
  InvalidInputError,
  type RejectionKind,
  RequestRejectedError,
  SmsUnavailableError,
} from '../sms/errors/errors.ts';
import type { CallOutcome, SmsInvalidInputKind, SmsUnavailableReason } from './generated/graphql.ts';

/** One of the six error types, with wire names. */
export interface SmsErrorObject {
  __typename: SmsErrorName;
  message: string;
  code: string;
  request_id: string | null;
  http_status: number | null;
  retry_after: number | null;
  error_param: string[] | null;
  details: { error_code: string | null; error_msg: string | null }[] | null;
  encoded_authorization_message: string | null;
  fields: { path: string[]; message: string }[] | null;
  kind: SmsInvalidInputKind;
  reason: SmsUnavailableReason;
  outcome: CallOutcome;
}

export type SmsErrorName =
  | 'SmsInvalidInputError'
  | 'SmsUnauthenticatedError'
  | 'SmsForbiddenError'
  | 'SmsNotFoundError'
  | 'SmsThrottledError'
  | 'SmsUnavailableError';

export type SmsFailure = RequestRejectedError | SmsUnavailableError;

/** The success type of a mutation, which may depend on SMS's response, or the error as data. Rejects only for a bug. */
export function successOrError<Name extends string, Response, Success extends object>(
  typename: Name,
  response: Promise<Response>,
  success: Success | ((response: Response) => Success),
): Promise<(Success & { __typename: Name }) | SmsErrorObject> {
  const successOf = typeof success === 'function' ? success : () => success;
  return resultOrError(response.then((body) => ({ ...successOf(body), __typename: typename })));
}

/** The result, or the error as data. Rejects only for a bug. */
export function resultOrError<Result>(result: Promise<Result>): Promise<Result | SmsErrorObject> {
  return result.catch((error: unknown) => {
    if (isSmsFailure(error)) return errorObject(error);
    throw error;
  });
}

export function isSmsFailure(error: unknown): error is SmsFailure {
  return error instanceof RequestRejectedError || error instanceof SmsUnavailableError;
}

export function errorObject(error: SmsFailure): SmsErrorObject {
  const { facts } = error;
  return {
    __typename: typeOf(error),
    message: error.message,
    code: error.code,
    request_id: facts.requestId ?? null,
    http_status: error instanceof RequestRejectedError ? error.status : (facts.httpStatus ?? null),
    retry_after: facts.retryAfter ?? null,
    error_param: facts.errorParam ?? null,
    details: facts.details ?? null,
    encoded_authorization_message: facts.encodedAuthorizationMessage ?? null,
    fields: error instanceof InvalidInputError ? [...error.fields] : null,
    kind: (error instanceof RequestRejectedError && INPUT_KINDS[error.kind]) || 'INVALID',
    reason: error instanceof SmsUnavailableError ? error.reason : 'UPSTREAM_ERROR',
    outcome: error instanceof SmsUnavailableError ? error.outcome : 'UNKNOWN',
  };
}

/** The error of a field that is not a result union: a GraphQL error with the type and code as extensions. */
export function graphqlError(error: SmsFailure): GraphQLError {
  const {
    __typename: type,
    message,
    code,
    request_id,
    http_status,
    retry_after,
    fields,
    kind,
    outcome,
  } = errorObject(error);
  return new GraphQLError(message, {
    extensions: {
      type,
      code,
      requestId: request_id,
      ...(type === 'SmsInvalidInputError' && { kind }),
      ...(http_status !== null && { httpStatus: http_status }),
      ...(retry_after !== null && { retryAfter: retry_after }),
      ...(fields && { fields }),
      ...(type === 'SmsUnavailableError' && { outcome }),
    },
  });
}

/** Conflicts and quotas have no separate types, so that clients with a switch over the six types keep working. */
const TYPES: Readonly<Record<RejectionKind, SmsErrorName>> = {
  'invalid-input': 'SmsInvalidInputError',
  conflict: 'SmsInvalidInputError',
  quota: 'SmsInvalidInputError',
  unauthenticated: 'SmsUnauthenticatedError',
  forbidden: 'SmsForbiddenError',
  'not-found': 'SmsNotFoundError',
  throttled: 'SmsThrottledError',
};

const INPUT_KINDS: Readonly<Partial<Record<RejectionKind, SmsInvalidInputKind>>> = {
  conflict: 'CONFLICT',
  quota: 'QUOTA',
};

function typeOf(error: SmsFailure): SmsErrorName {
  return error instanceof RequestRejectedError ? TYPES[error.kind] : 'SmsUnavailableError';
}
