import { type GraphQLError, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { FieldWrapper } from '../../graphql/wrappers/field-wrapper.ts';
import type { Log } from '../../logging/log.ts';
import type { Budget } from '../../request/budget/request-budget.ts';
import { isOwnFault } from './fault.ts';

/** What is logged about a request. It contains no input of the client except the name of the operation and names in the schema. */
export interface RequestRecord {
  /** Null unless an OpenTelemetry SDK is loaded. */
  readonly trace: RequestTrace | null;
  requestId: string | null;
  operation: Operation | null;
  /** Codes and types of errors. */
  outcomes: Set<string>;
  /** A failure that the operator of the gateway must deal with. */
  isOwnFault: boolean;
  /** Null until an operation is executed. */
  budget: Budget | null;
  /** Calls to SMS. */
  calls: number;
  /** The duration of all those calls together. */
  smsMilliseconds: number;
  /** SMS's request ids of the first calls. */
  smsRequestIds: string[];
}

/** The trace that a request belongs to. */
export interface RequestTrace {
  readonly id: string;
  /** Null unless errors show it. */
  readonly idForErrors: string | null;
  run<Result>(work: () => Result): Result;
  setOperation(operation: Operation): void;
  end(record: RequestRecord, end: RequestEnd): void;
}

export interface RequestEnd {
  method: string | undefined;
  status: number;
  milliseconds: number;
  /** Whether the client left before the response was complete. */
  hasLeft: boolean;
}

export interface Operation {
  /** Null for an anonymous operation or a long name. */
  name: string | null;
  type: string;
  fields: string[];
}

const MAX_NAME_CHARACTERS = 64;
const MAX_FIELDS = 10;
const MAX_SMS_REQUEST_IDS = 10;

export function newRequestRecord(trace: RequestTrace | null = null): RequestRecord {
  return {
    trace,
    requestId: null,
    operation: null,
    outcomes: new Set(),
    isOwnFault: false,
    budget: null,
    calls: 0,
    smsMilliseconds: 0,
    smsRequestIds: [],
  };
}

/** Writes one line per request, when its response has ended or its client has left. */
export function logRequest(log: Log, record: RequestRecord, { status, milliseconds, hasLeft }: RequestEnd): void {
  const { requestId, trace, operation, outcomes, calls, smsMilliseconds, smsRequestIds } = record;
  // The same shape each time, which costs less. Undefined fields are not written.
  log.info(
    {
      requestId,
      traceId: trace?.id,
      name: operation?.name,
      type: operation?.type,
      fields: operation?.fields,
      status,
      outcome: outcomes.size === 0 ? 'OK' : [...outcomes].join(' '),
      milliseconds: roundToTenth(milliseconds),
      calls,
      smsMilliseconds: calls > 0 ? roundToTenth(smsMilliseconds) : undefined,
      smsRequestIds: smsRequestIds.length > 0 ? smsRequestIds : undefined,
      left: hasLeft || undefined,
    },
    'request',
  );
}

function roundToTenth(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** Records an attempt of a call to SMS. */
export function recordCall(record: RequestRecord, smsRequestId: string | null, milliseconds: number): void {
  record.calls += 1;
  record.smsMilliseconds += milliseconds;
  if (smsRequestId !== null && record.smsRequestIds.length < MAX_SMS_REQUEST_IDS)
    record.smsRequestIds.push(smsRequestId);
}

interface WithRecord {
  record?: RequestRecord;
}

/** Records the operation of a request and its errors. */
export function useAccessLog(): Plugin<WithRecord> {
  return {
    onExecute({ args }) {
      const { record } = args.contextValue;
      if (!record) return undefined;
      recordOperation(record, getOperationAST(args.document, args.operationName));
      return {
        onExecuteDone({ result }) {
          if (!isAsyncIterable(result)) recordErrors(record, result.errors);
        },
      };
    },
    onSubscribe({ args }) {
      const { record } = args.contextValue;
      if (record) recordOperation(record, getOperationAST(args.document, args.operationName));
    },
    onResultProcess({ result, serverContext }) {
      const { record } = serverContext as WithRecord;
      if (record && !record.operation && !isAsyncIterable(result) && !Array.isArray(result))
        recordErrors(record, result.errors);
    },
  };
}

/** Records the errors that mutations return as data. */
export const recordMutationErrors: FieldWrapper = (resolve) => (source, args, context, info) => {
  const { record } = context as WithRecord;
  const recordError = (result: unknown) => {
    if (record && isSmsError(result)) {
      record.outcomes.add(result.__typename);
      record.isOwnFault ||= isOwnFault(result.code);
    }
    return result;
  };
  const result: unknown = resolve(source, args, context, info);
  return result instanceof Promise ? result.then(recordError) : recordError(result);
};

function isSmsError(result: unknown): result is { __typename: string; code?: unknown } {
  if (typeof result !== 'object' || result === null || !('__typename' in result)) return false;
  return typeof result.__typename === 'string' && result.__typename.startsWith('Sms');
}

export function recordErrors(record: RequestRecord, errors: readonly GraphQLError[] | undefined): void {
  for (const { extensions } of errors ?? []) {
    const { type, code } = extensions;
    record.isOwnFault ||= isOwnFault(code);
    record.outcomes.add(typeof type === 'string' ? type : typeof code === 'string' ? code : 'ERROR');
  }
}

/** Computed once per cached document. */
const operations = new WeakMap<OperationDefinitionNode, Operation>();

export function recordOperation(record: RequestRecord, node: OperationDefinitionNode | null | undefined): void {
  if (!node) return;
  let operation = operations.get(node);
  if (operation === undefined) {
    operation = describe(node);
    operations.set(node, operation);
  }
  record.operation = operation;
  record.trace?.setOperation(operation);
}

function describe({ operation: type, name, selectionSet }: OperationDefinitionNode): Operation {
  const fields = selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
  return {
    name: name && name.value.length <= MAX_NAME_CHARACTERS ? name.value : null,
    type,
    fields: [...new Set(fields)].slice(0, MAX_FIELDS),
  };
}
