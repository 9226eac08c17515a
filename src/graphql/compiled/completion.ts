/** Turns the values of fields into a result, with the same steps and errors as Yoga's executor. */
import {
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isNonNullType,
  locatedError,
} from 'graphql';
import type { Context } from '../../request/context.ts';
import type { Entity } from '../../sms/operations/entities.ts';
import type { DirectRead } from '../direct-read.ts';
import { PLAIN_VALUES } from '../plain-values.ts';
import type { Values } from './variables.ts';

/** One execution of a plan. */
export interface Run {
  readonly context: Context;
  readonly variables: Values;
  readonly errors: GraphQLError[];
}

/** The path of a value in the response, as a list linked from its end. Undefined is the root. */
type Path = { readonly above: Path; readonly key: string | number } | undefined;

/** Completes a value at `key` below a path. Throws if it is null but must not be. */
export type Complete = (run: Run, value: unknown, above: Path, key: string | number) => unknown;

interface FieldParts {
  responseName: string;
  nodes: readonly FieldNode[];
  field: GraphQLField<unknown, unknown>;
  readArguments: (variables: Values) => Values;
  resolve: (source: unknown, args: Values, context: Context, info: GraphQLResolveInfo) => unknown;
  complete: Complete;
  info: GraphQLResolveInfo;
}

export class FieldPlan {
  readonly responseName: string;
  readonly #parts: FieldParts;
  readonly #directRead: DirectRead | null;
  readonly #isNonNull: boolean;

  constructor(parts: FieldParts) {
    this.responseName = parts.responseName;
    this.#parts = parts;
    this.#directRead = parts.field.extensions.directRead ?? null;
    this.#isNonNull = isNonNullType(parts.field.type);
  }

  /** The completed value or a promise of it. Throws if a non-nullable field is null. */
  run(run: Run, source: unknown, path: Path): unknown {
    const direct = this.#directRead?.read(source as Entity, run.context.budget);
    if (direct !== undefined) return direct;
    const { readArguments, resolve, complete, info } = this.#parts;
    const { responseName } = this;
    try {
      const value = resolve(source, readArguments(run.variables), run.context, info);
      if (value instanceof Promise) return this.#completeLater(run, value, path);
      const completed = complete(run, value, path, responseName);
      return completed instanceof Promise ? this.#catch(run, completed, path) : completed;
    } catch (error) {
      return this.#fail(run, error, path);
    }
  }

  // Separate methods, because a closure in `run` would allocate an object per field and row, even without a promise.
  #completeLater(run: Run, value: Promise<unknown>, path: Path): Promise<unknown> {
    const completeNow = (resolved: unknown) => {
      try {
        const completed = this.#parts.complete(run, resolved, path, this.responseName);
        return completed instanceof Promise ? this.#catch(run, completed, path) : completed;
      } catch (error) {
        return this.#fail(run, error, path);
      }
    };
    return value.then(completeNow, (error) => this.#fail(run, error, path));
  }

  #catch(run: Run, completed: Promise<unknown>, path: Path): Promise<unknown> {
    return completed.catch((error) => this.#fail(run, error, path));
  }

  #fail(run: Run, error: unknown, path: Path): null {
    return fail(run, error, this.#isNonNull, this.#parts.nodes, path, this.responseName);
  }
}

/** Returns null in place of a value that failed, or throws if it must not be null. */
function fail(
  run: Run,
  raw: unknown,
  isNonNull: boolean,
  nodes: readonly FieldNode[],
  above: Path,
  key: string | number,
): null {
  const error = locatedError(raw, nodes, keysOf({ above, key }));
  if (isNonNull) throw error;
  run.errors.push(error);
  return null;
}

function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.above) keys.push(at.key);
  return keys.reverse();
}

export class ObjectPlan {
  readonly #fields: readonly FieldPlan[];
  /** Copied for each result, since an object that starts with all names need not grow. */
  readonly #empty: Values;

  constructor(fields: readonly FieldPlan[]) {
    this.#fields = fields;
    this.#empty = Object.fromEntries(fields.map(({ responseName }) => [responseName, undefined]));
  }

  readonly complete: Complete = (run, value, above, key) => {
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? null : this.run(run, value, { above, key });
  };

  run(run: Run, source: unknown, path: Path): Values | Promise<Values> {
    const result = { ...this.#empty };
    let pending: Promise<unknown>[] | null = null;
    try {
      for (const field of this.#fields) {
        const name = field.responseName;
        const value = field.run(run, source, path);
        if (value instanceof Promise) {
          pending ??= [];
          pending.push(setLater(result, name, value));
        } else result[name] = value;
      }
    } catch (error) {
      if (pending === null) throw error;
      return rejectAfter(pending, error);
    }
    return pending === null ? result : resultAfter(pending, result);
  }

  /** Runs one field after the other, as the specification requires for mutations. */
  async runSerially(run: Run): Promise<Values> {
    const result = { ...this.#empty };
    for (const field of this.#fields) {
      const value = field.run(run, undefined, undefined);
      result[field.responseName] = value instanceof Promise ? await value : value;
    }
    return result;
  }
}

function completeLater(
  complete: Complete,
  run: Run,
  value: Promise<unknown>,
  above: Path,
  key: string | number,
): Promise<unknown> {
  return value.then((resolved) => complete(run, resolved, above, key));
}

async function setLater(result: Values, name: string, value: Promise<unknown>): Promise<void> {
  result[name] = await value;
}

function rejectAfter(pending: readonly Promise<unknown>[], error: unknown): Promise<never> {
  const reject = () => {
    throw error;
  };
  return Promise.all(pending).then(reject, reject);
}

function resultAfter(pending: readonly Promise<unknown>[], result: Values): Promise<Values> {
  const [first] = pending;
  return (pending.length === 1 && first ? first : Promise.all(pending)).then(() => result);
}

export class AbstractPlan {
  readonly #type: GraphQLAbstractType;
  readonly #plans: ReadonlyMap<string, ObjectPlan>;
  readonly #info: GraphQLResolveInfo;

  constructor(type: GraphQLAbstractType, plans: ReadonlyMap<string, ObjectPlan>, info: GraphQLResolveInfo) {
    this.#type = type;
    this.#plans = plans;
    this.#info = info;
  }

  readonly complete: Complete = (run, value, above, key) => {
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) return null;
    const name = this.#type.resolveType
      ? this.#type.resolveType(value, run.context, this.#info, this.#type)
      : (value as { __typename?: unknown }).__typename;
    const path = { above, key };
    return name instanceof Promise ? this.#runLater(run, value, path, name) : this.#planOf(name).run(run, value, path);
  };

  async #runLater(run: Run, value: unknown, path: Path, name: Promise<unknown>): Promise<Values> {
    return this.#planOf(await name).run(run, value, path);
  }

  #planOf(name: unknown): ObjectPlan {
    const plan = this.#plans.get(String(name));
    if (plan === undefined) throw new GraphQLError(`"${name}" is not a possible type of "${this.#type.name}".`);
    return plan;
  }
}

export function completeNonNull(inner: Complete, field: string): Complete {
  const checked = (value: unknown) => {
    if (value === null) throw new Error(`Cannot return null for non-nullable field ${field}.`);
    return value;
  };
  return (run, value, above, key) => {
    const completed = inner(run, value, above, key);
    // A promise comes from an object or a list, so it is not null.
    return completed instanceof Promise ? completed : checked(completed);
  };
}

export function completeLeaf(type: GraphQLLeafType): Complete {
  const isPlain = PLAIN_VALUES[type.name];
  return (_, value) => {
    if (value === null || value === undefined) return null;
    if (isPlain?.(value)) return value;
    if (value instanceof Error) throw value;
    return serialized(type, value);
  };
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  let serial: unknown;
  try {
    serial = type.serialize(value);
  } catch (error) {
    // A plain error, so that it is masked like any other invalid value.
    throw error instanceof GraphQLError ? new Error(error.message) : error;
  }
  if (serial === null || serial === undefined) throw new Error(`A value of ${type.name} has no serialization.`);
  return serial;
}

export function completeList(item: Complete, itemType: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  const isNonNull = isNonNullType(itemType);

  const completeItem: Complete = (run, value, path, index) => {
    try {
      const completed =
        value instanceof Promise ? completeLater(item, run, value, path, index) : item(run, value, path, index);
      return completed instanceof Promise ? catchIn(run, completed, path, index) : completed;
    } catch (error) {
      return fail(run, error, isNonNull, nodes, path, index);
    }
  };
  const catchIn = (run: Run, completed: Promise<unknown>, path: Path, index: string | number) =>
    completed.catch((error) => fail(run, error, isNonNull, nodes, path, index));

  const inTurns = async (run: Run, iterator: AsyncIterator<unknown>, path: Path) => {
    const completed: unknown[] = [];
    run.context.budget.emptyAtEnd(completed);
    let isPending = false;
    for (let index = 0; ; index += 1) {
      let step: IteratorResult<unknown>;
      try {
        const next: Promise<IteratorResult<unknown>> | IteratorResult<unknown> = iterator.next();
        step = next instanceof Promise ? await next : next;
        if (step.done) break;
      } catch (error) {
        completed.push(fail(run, error, isNonNull, nodes, path, index));
        break;
      }
      const value = completeItem(run, step.value, path, index);
      isPending ||= value instanceof Promise;
      completed.push(value);
    }
    return isPending ? Promise.all(completed) : completed;
  };

  return (run, value, above, key) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const path = { above, key };
    if (!Array.isArray(value)) {
      if (isAsyncIterable(value)) return inTurns(run, value[Symbol.asyncIterator](), path);
      throw new GraphQLError(`A list was expected for ${keysOf(path).join('.')}.`);
    }
    const completed: unknown[] = [];
    run.context.budget.emptyAtEnd(completed);
    let isPending = false;
    try {
      for (let index = 0; index < value.length; index += 1) {
        const one = completeItem(run, value[index], path, index);
        isPending ||= one instanceof Promise;
        completed.push(one);
      }
    } catch (error) {
      // Earlier items may fail, too, and nothing awaits them any more.
      if (isPending) Promise.allSettled(completed);
      throw error;
    }
    return isPending ? Promise.all(completed) : completed;
  };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
