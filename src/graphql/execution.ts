/** How the value of a field gets into the response: within the budget of its request, and in turns with other work. */
import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { Budget } from '../sms/budget/request-budget.ts';
import { isTurnOver, mayGoOn, nextTurn } from '../sms/turns.ts';
import type { Field, Resolver, ValueStep } from './wrappers/field-wrapper.ts';

type Put = (value: unknown, budget: Budget) => unknown;

/**
 * A resolver that counts its value as a part of the response. `last` is what is done to the value before. What the response
 * has no room for, and what its request reports no more, is null where the field may be.
 */
export function withinBudget(field: Field, read: Resolver, last: ValueStep): Resolver {
  const isNullable = !isNonNullType(field.type);
  const put = putting(field.type, field.name);
  return (source, args, context, info) => {
    const { budget } = context;
    try {
      const value: unknown = read(source, args, context, info);
      if (!(value instanceof Promise)) return put(last(value, source), budget);
      const finish = (found: unknown) => {
        if (budget.hasLeft) return never();
        try {
          return put(last(found, source), budget);
        } catch (error) {
          return failed(error, budget, isNullable);
        }
      };
      // Many may come at once.
      return value.then(
        (found) => (budget.takeUnpaced() || mayGoOn() ? finish(found) : nextTurn().then(() => finish(found))),
        (error: unknown) => failed(error, budget, isNullable),
      );
    } catch (error) {
      return failed(error, budget, isNullable);
    }
  };
}

/** Null in place of an error that the response reports no more, where the field may be null. Else throws the error. */
export function failed(error: unknown, budget: Budget, isNullable: boolean): unknown {
  if (budget.hasLeft) return never();
  if (isNullable && !budget.admits(error)) return null;
  throw error;
}

/** For a field that nobody waits for: nothing above it goes on. It holds nothing, and nothing holds it. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** Bytes beside a name and its value: quotes, a colon, a comma. */
const PUNCTUATION = 4;
/** Bytes of a value that is no text. */
const SHORT_VALUE = 8;
/** Characters. A longer text is only taken where there is room for it. */
const LONG_TEXT = 64 * 1024;
/** Items. A longer list is completed in turns. */
const LONG_LIST = 256;

function putting(type: GraphQLOutputType, name: string): Put {
  if (isNonNullType(type)) return putting(type.ofType, name);
  const own = name.length + PUNCTUATION;
  if (isLeafType(type))
    return (value, budget) => {
      budget.addToResponse(own + sizeOf(value, budget));
      return value;
    };
  if (!isListType(type))
    return (value, budget) => {
      if (value === null || value === undefined) return value;
      budget.checkResponse();
      budget.addToResponse(own);
      return value;
    };
  const isOfObjects = isNonNullType(type.ofType) && !isLeafType(type.ofType.ofType);
  return (value, budget) => {
    if (!Array.isArray(value)) return value;
    budget.checkResponse();
    budget.addToResponse(own);
    if (isOfObjects) return isShort(value, budget) ? value : new ListInTurns(value, budget);
    for (const item of value) budget.addToResponse(sizeOf(item, budget));
    return value;
  };
}

function isShort({ length }: readonly unknown[], budget: Budget): boolean {
  return budget.takeUnpaced(length) || (length <= LONG_LIST && !isTurnOver());
}

function sizeOf(value: unknown, budget: Budget): number {
  if (typeof value !== 'string') return SHORT_VALUE;
  if (value.length > LONG_TEXT) budget.checkResponse(value.length);
  return value.length;
}

/** Items between two looks at the clock. Their reads share a batch. */
const ITEMS_PER_LOOK = 16;

/** A list whose items the executor takes one by one. It ends, as a whole, with the budget. */
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
    if (this.#at % ITEMS_PER_LOOK === 0 && isTurnOver()) return nextTurn().then(() => this.#next());
    // The executor waits for it all the same, and a promise more for each item would cost a good part of its time.
    return this.#next() as unknown as Promise<IteratorResult<unknown>>;
  }

  #next(): IteratorResult<unknown> | Promise<never> {
    if (this.#budget.hasLeft) return never();
    if (this.#at === this.#items.length) return { done: true, value: undefined };
    this.#budget.checkResponse();
    const value = this.#items[this.#at];
    this.#at += 1;
    return { done: false, value };
  }
}
