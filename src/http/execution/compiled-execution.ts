import { type GraphQLError, getVariableValues } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { CompiledOperations } from '../../graphql/compiled/compiled-operations.ts';
import { hasLongVariable } from '../../graphql/long-variables.ts';
import type { Context } from '../../request/context.ts';

/** Executes compiled operations by their plans, instead of with Yoga's executor. */
export function useCompiledExecution(operations: CompiledOperations): Plugin<Context> {
  return {
    onExecute({ args, setExecuteFn }) {
      const { schema, document, operationName, variableValues } = args;
      const compiled = operations.get(document, operationName ?? null);
      // Long variables are coerced in turns, which only the executor's path does.
      if (compiled === null || hasLongVariable(variableValues ?? {})) return;
      const definitions = compiled.operation.variableDefinitions ?? [];
      const { coerced, errors } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: 50 });
      // Yoga's executor reports these errors.
      if (hasErrors(errors)) return;
      setExecuteFn(({ contextValue }) => compiled.execute(contextValue as Context, coerced ?? {}));
    },
  };
}

function hasErrors(errors: readonly GraphQLError[] | undefined): boolean {
  return errors !== undefined && errors.length > 0;
}
