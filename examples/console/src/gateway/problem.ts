import type { CombinedError } from '@urql/core';
import type { CallOutcome, ProblemFragment, SmsInvalidInputKind } from '../gql/graphql.ts';

/** What kind of thing went wrong, by what a person can do about it. The first six are the gateway's own types. */
export type ProblemKind =
  | 'SmsInvalidInputError'
  | 'SmsUnauthenticatedError'
  | 'SmsForbiddenError'
  | 'SmsNotFoundError'
  | 'SmsThrottledError'
  | 'SmsUnavailableError'
  | 'GatewayOverloaded'
  | 'GatewayUnreachable'
  | 'GatewayRejected';

export interface Problem {
  kind: ProblemKind;
  /** The gateway's own words. */
  message: string;
  code: string | null;
  /** For a support ticket. */
  requestId: string | null;
  retryAfterSeconds: number | null;
  inputKind: SmsInvalidInputKind | null;
  /** Whether a change may have been carried out. */
  outcome: CallOutcome | null;
}

const NOTHING_KNOWN = {
  code: null,
  requestId: null,
  retryAfterSeconds: null,
  inputKind: null,
  outcome: null,
};

const SMS_KINDS: ReadonlySet<string> = new Set<ProblemKind>([
  'SmsInvalidInputError',
  'SmsUnauthenticatedError',
  'SmsForbiddenError',
  'SmsNotFoundError',
  'SmsThrottledError',
  'SmsUnavailableError',
]);

/** An error that is data: a member of a result union, or the `error` of a task. */
export function problemOf(error: ProblemFragment): Problem {
  return {
    kind: error.__typename,
    message: error.message,
    code: error.code,
    requestId: error.requestId ?? null,
    retryAfterSeconds: ('retryAfter' in error && error.retryAfter) || null,
    inputKind: 'kind' in error ? error.kind : null,
    outcome: 'outcome' in error ? error.outcome : null,
  };
}

/** An error of a whole request, or the first of a query's fields. */
export function problemOfRequest(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) return { ...NOTHING_KNOWN, kind: 'GatewayUnreachable', message: error.networkError?.message ?? '' };
  return problemOfGraphqlError(first);
}

export function problemOfGraphqlError({
  message,
  extensions,
}: {
  message: string;
  extensions?: Record<string, unknown>;
}): Problem {
  const { type, code, requestId, retryAfter, kind, outcome } = extensions ?? {};
  return {
    ...NOTHING_KNOWN,
    kind: isSmsKind(type) ? type : code === 'OVERLOADED' ? 'GatewayOverloaded' : 'GatewayRejected',
    message,
    code: textOrNull(code),
    requestId: textOrNull(requestId),
    retryAfterSeconds: typeof retryAfter === 'number' ? retryAfter : null,
    inputKind: kind === 'INVALID' || kind === 'CONFLICT' || kind === 'QUOTA' ? kind : null,
    outcome: outcome === 'NOT_SENT' || outcome === 'UNKNOWN' ? outcome : null,
  };
}

/** Whether the same request may succeed later, without a change of anything. */
export function mayPass({ kind }: Problem): boolean {
  return (
    kind === 'SmsThrottledError' ||
    kind === 'SmsUnavailableError' ||
    kind === 'GatewayOverloaded' ||
    kind === 'GatewayUnreachable'
  );
}

function isSmsKind(type: unknown): type is ProblemKind {
  return typeof type === 'string' && SMS_KINDS.has(type);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
