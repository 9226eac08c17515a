import { type ExecutionArgs, type GraphQLError, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { FieldWrapper } from '../../graphql/wrappers/field-wrapper.ts';
import type { Log } from '../../logging/log.ts';
import type { Budget } from '../../sms/budget/request-budget.ts';

/** What the log tells of a request. Nothing in it is the client's own word but names that the schema has. */
export interface RequestRecord {
  requestId: string | null;
  operation: Operation | null;
  /** Codes and types of what was answered instead of data. */
  outcomes: Set<string>;
  /** Calls to SMS. */
  calls: number;
  /** What it may use. Null where no operation came to be executed. */
  budget: Budget | null;
  /** How long they took, together. */
  smsMilliseconds: number;
  /** SMS's ids of the calls, the first few. */
  smsRequestIds: string[];
}

interface Operation {
  /** The client's name for it; null where it is long. */
  name: string | null;
  type: string;
  fields: string[];
}

const MAX_NAME_CHARACTERS = 64;
const MAX_FIELDS = 10;
const MAX_IDS = 10;

export function newRequestRecord(): RequestRecord {
  return {
    requestId: null,
    operation: null,
    outcomes: new Set(),
    budget: null,
    calls: 0,
    smsMilliseconds: 0,
    smsRequestIds: [],
  };
}

/** One line for each request, when its response has ended or its client has left. */
export function logRequest(log: Log, served: RequestRecord, { status, milliseconds, left }: RequestEnd): void {
  const { requestId, operation, outcomes, calls, smsMilliseconds, smsRequestIds } = served;
  log.info(
    {
      requestId,
      ...operation,
      status,
      outcome: outcomes.size === 0 ? 'OK' : [...outcomes].join(' '),
      milliseconds: tenths(milliseconds),
      calls,
      ...(calls > 0 && { smsMilliseconds: tenths(smsMilliseconds) }),
      ...(smsRequestIds.length > 0 && { smsRequestIds }),
      ...(left && { left }),
    },
    'request',
  );
}

export interface RequestEnd {
  status: number;
  milliseconds: number;
  /** The client left before it had the whole answer. */
  left: boolean;
}

/** Notes an attempt of a call to SMS. */
export function recordCall(served: RequestRecord, smsRequestId: string | null, milliseconds: number): void {
  served.calls += 1;
  served.smsMilliseconds += milliseconds;
  if (smsRequestId !== null && served.smsRequestIds.length < MAX_IDS) served.smsRequestIds.push(smsRequestId);
}

/** Notes which operation a request runs and what comes of it. */
export function useAccessLog(): Plugin<WithServed> {
  return {
    onExecute({ args }) {
      const { served } = args.contextValue;
      if (!served) return undefined;
      served.operation = operationIn(args);
      return {
        onExecuteDone({ result }) {
          if (!isAsyncIterable(result)) noteErrors(served, result.errors);
        },
      };
    },
    onSubscribe({ args }) {
      const { served } = args.contextValue;
      if (served) served.operation = operationIn(args);
    },
    onResultProcess({ result, serverContext }) {
      const { served } = serverContext as WithServed;
      if (served && !served.operation && !isAsyncIterable(result) && !Array.isArray(result))
        noteErrors(served, result.errors);
    },
  };
}

/** Records the errors that mutations return as data. */
export const recordMutationErrors: FieldWrapper = (resolve) => (source, args, context, info) => {
  const { served } = context as WithServed;
  const record = (result: unknown) => {
    if (isSmsError(result)) served?.outcomes.add(result.__typename);
    return result;
  };
  const result: unknown = resolve(source, args, context, info);
  return result instanceof Promise ? result.then(record) : record(result);
};

function isSmsError(result: unknown): result is { __typename: string } {
  if (typeof result !== 'object' || result === null || !('__typename' in result)) return false;
  return typeof result.__typename === 'string' && result.__typename.startsWith('Sms');
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

interface WithServed {
  served?: RequestRecord;
}

function noteErrors({ outcomes }: RequestRecord, errors: readonly GraphQLError[] | undefined): void {
  for (const { extensions } of errors ?? []) {
    const { type, code } = extensions;
    outcomes.add(typeof type === 'string' ? type : typeof code === 'string' ? code : 'ERROR');
  }
}

const operations = new WeakMap<OperationDefinitionNode, Operation>();

function operationIn({ document, operationName }: Pick<ExecutionArgs, 'document' | 'operationName'>): Operation | null {
  const node = getOperationAST(document, operationName);
  if (!node) return null;
  const known = operations.get(node) ?? operationOf(node);
  operations.set(node, known);
  return known;
}

function operationOf({ operation: type, name, selectionSet }: OperationDefinitionNode): Operation {
  const fields = selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
  return {
    name: name && name.value.length <= MAX_NAME_CHARACTERS ? name.value : null,
    type,
    fields: [...new Set(fields)].slice(0, MAX_FIELDS),
  };
}
