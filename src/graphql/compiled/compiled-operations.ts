import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../../request/context.ts';
import type { ObjectPlan } from './completion.ts';
import { compilePlan } from './plan.ts';
import { type CoerceVariables, compileVariables, type Values } from './variables.ts';

/** A query or mutation that runs without its document. */
export class CompiledOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Changes its input in place. */
  readonly coerceVariables: CoerceVariables;
  readonly #plan: ObjectPlan;

  constructor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    plan: ObjectPlan,
    coerceVariables: CoerceVariables,
  ) {
    this.document = document;
    this.operation = operation;
    this.coerceVariables = coerceVariables;
    this.#plan = plan;
  }

  /** `variables` are coerced. Never throws. */
  execute(context: Context, variables: Values): ExecutionResult | Promise<ExecutionResult> {
    const errors: GraphQLError[] = [];
    const run = { context, variables, errors };
    // The errors come first, as in the results of the executor.
    const failed = (error: unknown): ExecutionResult => ({ errors: [...errors, error as GraphQLError], data: null });
    const done = (data: Values): ExecutionResult => (errors.length === 0 ? { data } : { errors, data });
    try {
      const isMutation = this.operation.operation === 'mutation';
      const data = isMutation ? this.#plan.runSerially(run) : this.#plan.run(run, undefined, undefined);
      return data instanceof Promise ? data.then(done, failed) : done(data);
    } catch (error) {
      return failed(error);
    }
  }
}

/** By the name of the operation. Null for an operation that is not supported. */
type Compiled = Map<string | null, CompiledOperation | null>;

/**
 * Compiles the operations of a document after its second request: people send most documents only once, while programs send
 * the same ones again and again.
 */
export class CompiledOperations {
  readonly #schema: GraphQLSchema;
  readonly #compiled = new WeakMap<DocumentNode, Compiled>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Null until it is compiled, and for an operation that the executor has to run. */
  get(document: DocumentNode, operationName: string | null): CompiledOperation | null {
    const operations = this.#compiled.get(document);
    if (operations === undefined) {
      this.#compiled.set(document, new Map());
      return null;
    }
    const compiled = operations.get(operationName);
    if (compiled !== undefined) return compiled;
    operations.set(operationName, null);
    setImmediate(() => operations.set(operationName, this.#compile(document, operationName)));
    return null;
  }

  /** The same, but never triggers a compilation. */
  find(document: DocumentNode, operationName: string | null): CompiledOperation | null {
    return this.#compiled.get(document)?.get(operationName) ?? null;
  }

  #compile(document: DocumentNode, operationName: string | null): CompiledOperation | null {
    const operation = getOperationAST(document, operationName);
    if (!operation) return null;
    const plan = compilePlan(this.#schema, document, operation);
    const coerceVariables = compileVariables(this.#schema, operation.variableDefinitions ?? []);
    return plan && coerceVariables && new CompiledOperation(document, operation, plan, coerceVariables);
  }
}
