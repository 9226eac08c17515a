/** The only door between an SMS refusal and a GraphQL error. */
import { GraphQLError } from 'graphql';
import type { CallOutcome, SmsUnavailableReason } from './generated/graphql.ts';
import { InvalidInput, SmsRefused, SmsUnreachable } from './sms/errors.ts';

/** One of the six error types, under its wire names. */
export interface SmsErrorObject {
  __typename: SmsErrorName;
  message: string;
  code: string;
  request_id: string | null;
  retry_after: number | null;
  error_param: string[] | null;
  details: { error_code: string | null; error_msg: string | null }[] | null;
  encoded_authorization_message: string | null;
  fields: { path: string[]; message: string }[] | null;
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

export type SmsFailure = SmsRefused | SmsUnreachable;

/** The success of a mutation, made of SMS's answer, or the error that the caller can act on. A bug flies on. */
export function orError<Name extends string, Answer, Success extends object>(
  typename: Name,
  answer: Promise<Answer>,
  success: (answer: Answer) => Success,
): Promise<(Success & { __typename: Name }) | SmsErrorObject> {
  return caught(answer.then((said) => ({ ...success(said), __typename: typename })));
}

/** The outcome, or the error that the caller can act on. A bug flies on. */
export async function caught<Outcome>(outcome: Promise<Outcome>): Promise<Outcome | SmsErrorObject> {
  try {
    return await outcome;
  } catch (error) {
    if (isSmsFailure(error)) return errorObject(error);
    throw error;
  }
}

export function isSmsFailure(error: unknown): error is SmsFailure {
  return error instanceof SmsRefused || error instanceof SmsUnreachable;
}

export function errorObject(error: SmsFailure): SmsErrorObject {
  const { facts } = error;
  return {
    __typename: typeOf(error),
    message: error.message,
    code: error.code,
    request_id: facts.requestId ?? null,
    retry_after: facts.retryAfter ?? null,
    error_param: facts.errorParam ?? null,
    details: facts.details ?? null,
    encoded_authorization_message: facts.encodedAuthorizationMessage ?? null,
    fields: error instanceof InvalidInput ? [...error.fields] : null,
    reason: error instanceof SmsUnreachable ? error.reason : 'UPSTREAM_ERROR',
    outcome: error instanceof SmsUnreachable ? error.outcome : 'UNKNOWN',
  };
}

/** The same refusal where a field cannot answer with a union: a GraphQL error with the type and code as extensions. */
export function graphqlError(error: SmsFailure): GraphQLError {
  const {
    __typename: type,
    message,
    code,
    request_id: requestId,
    retry_after: retryAfter,
    fields,
  } = errorObject(error);
  const httpStatus = error instanceof SmsRefused ? error.status : undefined;
  return new GraphQLError(message, {
    extensions: {
      type,
      code,
      requestId,
      ...(httpStatus && { httpStatus }),
      ...(retryAfter !== null && { retryAfter }),
      ...(fields && { fields }),
      ...(error instanceof SmsUnreachable && { outcome: error.outcome }),
    },
  });
}

/**
 * Codes that SMS sends with 401 though no token is at fault: a method, a body that is too long, a Content-Type, a server
 * that is registered already. Source: the page of historical error codes, 2022.
 */
const INPUT_REFUSED_WITH_401 = new Set(['SMS.2003', 'SMS.2004', 'SMS.2005', 'SMS.2006', 'SMS.2013']);

function typeOf(error: SmsFailure): SmsErrorName {
  if (error instanceof SmsUnreachable) return 'SmsUnavailableError';
  switch (error.status) {
    case 401:
      return INPUT_REFUSED_WITH_401.has(error.code) ? 'SmsInvalidInputError' : 'SmsUnauthenticatedError';
    case 403:
      return 'SmsForbiddenError';
    case 404:
      return 'SmsNotFoundError';
    case 429:
      return 'SmsThrottledError';
    default:
      return 'SmsInvalidInputError';
  }
}
