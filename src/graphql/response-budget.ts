/** Adds the values of fields to the response, within the budget of the request and in turns with other work. */
import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { Budget } from '../request/budget/request-budget.ts';
import type { Entity } from '../sms/operations/entities.ts';
import { isTurnOver, mayGoOn, nextTurn } from '../time/event-loop-turns.ts';
import type { Field, Resolver, ValueStep } from './wrappers/field-wrapper.ts';

type Add = (value: unknown, budget: Budget) => unknown;

/**
 * Wraps a resolver so that its value, after the step `last`, counts towards the size of the response. If the response has no
 * room for it, or the request reports no more errors, a nullable field is null.
 */
export function withinBudget(field: Field, read: Resolver, last: ValueStep): Resolver {
  const isNullable = !isNonNullType(field.type);
  const add = adderFor(field.type, field.name);
  const finish = (resolved: unknown, source: Entity, budget: Budget) => {
    if (budget.isAbandoned) return never();
    try {
      return add(last(resolved, source), budget);
    } catch (error) {
      return failed(error, budget, isNullable);
    }
  };
  // A closure here would cost each field of each row an object.
  const whenRead = (value: Promise<unknown>, source: Entity, budget: Budget) =>
    value.then(
      // Thousands of values may resolve at the same time.
      (resolved) =>
        budget.takeUnpaced() || mayGoOn()
          ? finish(resolved, source, budget)
          : nextTurn().then(() => finish(resolved, source, budget)),
      (error: unknown) => failed(error, budget, isNullable),
    );
  return (source, args, context, info) => {
    const { budget } = context;
    try {
      const value: unknown = read(source, args, context, info);
      return value instanceof Promise ? whenRead(value, source, budget) : add(last(value, source), budget);
    } catch (error) {
      return failed(error, budget, isNullable);
    }
  };
}

/** Returns null if the field is nullable and the response has too many errors already. Else throws the error. */
export function failed(error: unknown, budget: Budget, isNullable: boolean): unknown {
  if (budget.isAbandoned) return never();
  if (isNullable && !budget.admits(error)) return null;
  throw error;
}

/**
 * Never resolves, so that nothing that waits for the field resumes. For a request whose client has left: garbage collection
 * frees everything.
 */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** Quotes, a colon and a comma around a name and its value. */
const PUNCTUATION_BYTES = 4;
/** Estimated size of a value that is not a string. */
export const SHORT_VALUE_BYTES = 8;
/** A longer string is only added if there is room for it. */
export const LONG_STRING_LENGTH = 64 * 1024;
/** A longer list is completed in turns. */
const LONG_LIST_LENGTH = 256;

/** Estimated bytes of a field without its value. */
export function ownBytesOf(name: string): number {
  return name.length + PUNCTUATION_BYTES;
}

function adderFor(type: GraphQLOutputType, name: string): Add {
  if (isNonNullType(type)) return adderFor(type.ofType, name);
  const ownBytes = ownBytesOf(name);
  if (isLeafType(type))
    return (value, budget) => {
      budget.addToResponse(ownBytes + sizeOf(value, budget));
      return value;
    };
  if (!isListType(type))
    return (value, budget) => {
      if (value === null || value === undefined) return value;
      budget.checkResponse();
      budget.addToResponse(ownBytes);
      return value;
    };
  const isOfObjects = isNonNullType(type.ofType) && !isLeafType(type.ofType.ofType);
  return (value, budget) => {
    if (!Array.isArray(value)) return value;
    budget.checkResponse();
    budget.addToResponse(ownBytes);
    if (isOfObjects) return isShort(value, budget) ? value : new ListInTurns(value, budget);
    for (const item of value) budget.addToResponse(sizeOf(item, budget));
    return value;
  };
}

function isShort({ length }: readonly unknown[], budget: Budget): boolean {
  return budget.takeUnpaced(length) || (length <= LONG_LIST_LENGTH && !isTurnOver());
}

function sizeOf(value: unknown, budget: Budget): number {
  if (typeof value !== 'string') return SHORT_VALUE_BYTES;
  if (value.length > LONG_STRING_LENGTH) budget.checkResponse(value.length);
  return value.length;
}

/** Items between two checks of the time. Their reads share a batch. */
const ITEMS_PER_CHECK = 16;

/** A list whose items the executor takes one by one, in turns. Throws when the response has no more room. */
class ListInTurns implements AsyncIterableIterator<unknown> {
  readonly #items: readonly unknown[];
  readonly #budget: Budget;
  #at = 0;

  constructor(items: readonly unknown[], budget: Budget) {
    this.#items = items;
    this.#budget = budget;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#at % ITEMS_PER_CHECK === 0 && isTurnOver()) return nextTurn().then(() => this.#next());
    // The executor awaits any value, and an extra promise per item would be slow.
    return this.#next() as unknown as Promise<IteratorResult<unknown>>;
  }

  #next(): IteratorResult<unknown> | Promise<never> {
    if (this.#budget.isAbandoned) return never();
    if (this.#at === this.#items.length) return { done: true, value: undefined };
    this.#budget.checkResponse();
    const value = this.#items[this.#at];
    this.#at += 1;
    return { done: false, value };
  }
}
