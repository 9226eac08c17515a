import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { graphqlError, isSmsFailure } from '../../graphql/errors.ts';
import type { Context } from '../../request/context.ts';
import type { RequestHead } from '../../request/request-id.ts';
import { clientLeft } from './client-disconnect.ts';

/** Root fields that only describe the schema. */
const PUBLIC_FIELDS = new Set(['__typename', '__schema', '__type', '_service']);

/**
 * Checks the caller's credentials once per operation, before any resolver runs. If they are rejected, a
 * query has a single error, each field of a mutation returns the error as data, and a subscription sends it as its first event.
 */
export function useAuthenticationCheck(): Plugin<Context & { request: RequestHead }> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { document, operationName, contextValue } = args;
      const operation = getOperationAST(document, operationName);
      const rejection = operation ? credentialRejection(document, operation, contextValue) : null;
      const reject = (result: ExecutionResult | null) => {
        if (result !== null) setResultAndStopExecution(result);
      };
      return rejection instanceof Promise ? rejection.then(reject) : reject(rejection);
    },
  };
}

/** The result of an operation whose caller has invalid credentials. Null if the operation may run. */
export function credentialRejection(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { budget, request, checkCredentials }: Context & { request: RequestHead },
): ExecutionResult | null | Promise<ExecutionResult | null> {
  if (isPublic(operation, document)) return null;
  const reject = (error: unknown): ExecutionResult | null => {
    if (request.signal.aborted) return clientLeft();
    // Any other error is a bug. It occurs again in the fields, where it is masked and logged with the request id.
    if (!isSmsFailure(error)) return null;
    budget.stopWith(error);
    return operation.operation === 'query' ? { data: null, errors: [graphqlError(error)] } : null;
  };
  try {
    return checkCredentials()?.then(() => null, reject) ?? null;
  } catch (error) {
    return reject(error);
  }
}

const cache = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether anyone may run an operation, since it selects only public fields. */
function isPublic(operation: OperationDefinitionNode, document: DocumentNode): boolean {
  const cached = cache.get(operation);
  if (cached !== undefined) return cached;
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const isPublicIn = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return PUBLIC_FIELDS.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return isPublicIn(selection.selectionSet);
      // In a valid document, no fragment contains itself, and every fragment exists.
      const fragment = fragments.get(selection.name.value);
      return fragment !== undefined && isPublicIn(fragment);
    });
  const result = isPublicIn(operation.selectionSet);
  cache.set(operation, result);
  return result;
}
