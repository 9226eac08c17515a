import { isRoundFull, nextTurn } from '../../time/event-loop-turns.ts';
import { isSmsFailure, type SmsFailure } from '../errors.ts';
import { argumentCheck } from '../input-limits.ts';
import type { FieldWrapper, Resolver } from './field-wrapper.ts';

/** Validates the arguments before the resolver runs. `resultOf` returns the error as data or throws it, depending on the field. */
export function validateArguments(resultOf: (error: SmsFailure) => unknown): FieldWrapper {
  return (resolve, field) => {
    const check = argumentCheck(field);
    if (check === null) return resolve;
    const validated: Resolver = (source, args, context, info) => {
      try {
        check(args);
      } catch (error) {
        if (isSmsFailure(error)) return resultOf(error);
        throw error;
      }
      return resolve(source, args, context, info);
    };
    // An operation may have twenty such fields with thousands of items each, which all start in the same round.
    return (source, args, context, info) =>
      context.budget.takeUnpaced(sizeOf(args)) || !isRoundFull()
        ? validated(source, args, context, info)
        : nextTurn().then(() => validated(source, args, context, info));
  };
}

function sizeOf(args: Readonly<Record<string, unknown>>): number {
  let size = 1;
  for (const name in args) {
    const value = args[name];
    if (Array.isArray(value)) size += value.length;
  }
  return size;
}
