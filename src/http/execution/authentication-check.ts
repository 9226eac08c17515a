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

/** Root fields that tell nothing but how the gateway is made. */
const PUBLIC = new Set(['__typename', '__schema', '__type', '_service']);

/**
 * Checks the caller's credentials once an operation, before any resolver runs. A query is answered with one error; a
 * mutation answers each of its fields with it as data. A subscription reports it in its first event.
 */
export function useAuthenticationCheck(): Plugin<Context & { request: RequestHead }> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { document, operationName, contextValue } = args;
      const operation = getOperationAST(document, operationName);
      const found = operation ? credentialRejection(document, operation, contextValue) : null;
      const reject = (rejection: ExecutionResult | null) => {
        if (rejection !== null) setResultAndStopExecution(rejection);
      };
      return found instanceof Promise ? found.then(reject) : reject(found);
    },
  };
}

/** The result of an operation whose caller's credentials are not valid. Null if it may run. */
export function credentialRejection(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { budget, request, checkCredentials }: Context & { request: RequestHead },
): ExecutionResult | null | Promise<ExecutionResult | null> {
  if (isPublic(operation, document)) return null;
  const reject = (error: unknown): ExecutionResult | null => {
    if (request.signal.aborted) return clientLeft();
    // A bug shows in the fields, where it is masked and logged with the request id.
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

const known = new WeakMap<OperationDefinitionNode, boolean>();

function isPublic(operation: OperationDefinitionNode, document: DocumentNode): boolean {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const isPublicIn = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return PUBLIC.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return isPublicIn(selection.selectionSet);
      // Valid documents spread no fragment within itself, and none that is not there.
      const fragment = fragments.get(selection.name.value);
      return fragment !== undefined && isPublicIn(fragment);
    });
  const found = isPublicIn(operation.selectionSet);
  known.set(operation, found);
  return found;
}
