import {
  type ExecutionArgs,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { graphqlError, isSmsFailure } from '../../graphql/errors.ts';
import type { Context } from '../../request/context.ts';
import { clientLeft } from './client-disconnect.ts';

/** Root fields that tell nothing but how the gateway is made. */
const PUBLIC = new Set(['__typename', '__schema', '__type', '_service']);

/**
 * Checks the caller's credentials once an operation, before any resolver runs. A query is answered with one error; a
 * mutation answers each of its fields with it as data. A subscription reports it in its first event.
 */
export function useAuthenticationCheck(): Plugin<Context & { request: Request }> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const operation = getOperationAST(args.document, args.operationName);
      if (!operation || isPublic(operation, args)) return undefined;
      const { budget, request } = args.contextValue;
      const reject = (error: unknown) => {
        if (request.signal.aborted) return setResultAndStopExecution(clientLeft());
        // A bug shows in the fields, where it is masked and logged with the request id.
        if (!isSmsFailure(error)) return;
        budget.stopWith(error);
        if (operation.operation === 'query') setResultAndStopExecution({ data: null, errors: [graphqlError(error)] });
      };
      try {
        return args.contextValue.checkCredentials()?.then(() => {}, reject);
      } catch (error) {
        return reject(error);
      }
    },
  };
}

const known = new WeakMap<OperationDefinitionNode, boolean>();

function isPublic(operation: OperationDefinitionNode, { document }: Pick<ExecutionArgs, 'document'>): boolean {
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
